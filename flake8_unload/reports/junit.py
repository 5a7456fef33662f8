"""Findings as JUnit XML: a test suite for each file with findings, a failed test for each of these."""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.etree import ElementTree

from flake8_unload.failures import UNREADABLE
from flake8_unload.reports.paths import relative
from flake8_unload.reports.text import mark
from flake8_unload.results import Result

_NO_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render(results: Sequence[tuple[str, Sequence[Result]]]) -> str:
    """The whole report. A run without a finding is one test that passed: services refuse an empty report."""
    files = [(path, [each for each in found if each.reported]) for path, found in results]
    suites = [_suite(relative(path), found) for path, found in files if found]
    if not suites:
        suites = [_element("testsuite", name="flake8-unload", tests="1", failures="0", errors="0")]
        suites[0].append(_element("testcase", name="no findings", classname="flake8-unload"))
    root = _element("testsuites", name="flake8-unload", **_sums(suites))
    root.extend(suites)
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"


def _suite(path: str, results: Sequence[Result]) -> ElementTree.Element:
    errors = sum(each.finding.code == UNREADABLE for each in results)
    suite = _element(
        "testsuite",
        name=path,
        tests=str(len(results)),
        failures=str(len(results) - errors),
        errors=str(errors),
        file=path,
    )
    suite.extend(_case(path, each) for each in results)
    return suite


def _case(path: str, result: Result) -> ElementTree.Element:
    finding = result.finding
    where = f"{finding.line}:{finding.column + 1}"
    case = _element("testcase", name=f"{finding.code} {where}", classname=path)
    message = f"{finding.message}{mark(finding)}"
    kind = "error" if finding.code == UNREADABLE else "failure"
    outcome = _element(kind, type=finding.code, message=message)
    outcome.text = _printable(f"{path}:{where}: {finding.code} {message}")
    case.append(outcome)
    return case


def _sums(suites: Sequence[ElementTree.Element]) -> dict[str, str]:
    counted = ("tests", "failures", "errors")
    return {name: str(sum(int(each.attrib[name]) for each in suites)) for name in counted}


def _element(tag: str, **attributes: str) -> ElementTree.Element:
    return ElementTree.Element(tag, {name: _printable(text) for name, text in attributes.items()})


def _printable(text: str) -> str:
    """XML has no way to write some characters."""
    return _NO_XML.sub(lambda each: ascii(each[0])[1:-1], text)
