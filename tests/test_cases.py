"""Every snippet of `cases/`, and of every rule page, gives the findings it is marked with and no others."""

from __future__ import annotations

import pytest

from flake8_unload.registry import Rule
from flake8_unload.settings import Settings
from tests.snippets import (
    DEFAULT,
    OPT_IN,
    Snippet,
    aliased,
    case_snippets,
    findings,
    page_blocks,
    single_file_rules,
)

SNIPPETS = list(case_snippets())
RULES = single_file_rules()


def _settings(opt_in: bool) -> Settings:
    return OPT_IN if opt_in else DEFAULT


@pytest.mark.parametrize("snippet", SNIPPETS, ids=lambda each: each.title)
def test_findings_are_those_marked(snippet: Snippet) -> None:
    expected = snippet.expected()
    found = findings(snippet.source, snippet.filename, _settings(snippet.opt_in))
    assert [(each.line, each.code) for each in found] == [(line, code) for line, code, _ in expected]
    for each, (_, _, column) in zip(found, expected, strict=True):
        assert column is None or each.column == column


@pytest.mark.parametrize("snippet", SNIPPETS, ids=lambda each: each.title)
def test_crlf_changes_nothing(snippet: Snippet) -> None:
    settings = _settings(snippet.opt_in)
    crlf = snippet.source.replace("\n", "\r\n")
    assert findings(crlf, snippet.filename, settings) == findings(snippet.source, snippet.filename, settings)


@pytest.mark.parametrize("snippet", SNIPPETS, ids=lambda each: each.title)
def test_aliased_imports_change_nothing(snippet: Snippet) -> None:
    settings = _settings(snippet.opt_in)
    plain = findings(snippet.source, snippet.filename, settings)
    renamed = findings(aliased(snippet.source), snippet.filename, settings)
    assert [(each.line, each.code) for each in renamed] == [(each.line, each.code) for each in plain]


@pytest.mark.parametrize("rule", RULES, ids=lambda each: each.code)
def test_page_examples(rule: Rule) -> None:
    (bad,) = page_blocks(rule, "Example")
    assert rule.code in {each.code for each in findings(bad, settings=_settings(rule.opt_in))}
    good = page_blocks(rule, "Use instead") + page_blocks(rule, "Clean")
    for source in good:
        assert findings(source, settings=_settings(rule.opt_in)) == [], source


@pytest.mark.parametrize("rule", RULES, ids=lambda each: each.code)
def test_messages_fit_the_house_style(rule: Rule) -> None:
    (bad,) = page_blocks(rule, "Example")
    for each in findings(bad, settings=_settings(rule.opt_in)):
        assert len(each.message) <= 100
        assert not each.message.endswith(".")
        assert " you" not in each.message


def test_what_a_purged_package_defines_is_no_module() -> None:
    purge = "for k in list(sys.modules):\n    if k.startswith('pkg.'):\n        del sys.modules[k]\n"
    source = f"import sys\nimport pkg.sub\nmodule, f = pkg.sub, pkg.sub.f\n{purge}module.f()\nf()\n"
    (found,) = findings(source)
    assert found.message.startswith("`module` still holds the module removed")
