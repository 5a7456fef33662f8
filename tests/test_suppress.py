"""Suppression: our own command says what real flake8 says, comment by comment."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faces import LEAK, flake8, ours, unmarked

CALL = 'LOG = open("x.log", "w")'
USE = "\n\ndef use():\n    LOG.write('x')\n"
LONG = "LOG = open({first}\n    'x.log',\n    'w',\n){last}\n" + USE


def line(comment: str) -> str:
    return f"{CALL}  {comment}\n{USE}"


SNIPPETS = {
    "none": LEAK,
    "bare": line("# noqa"),
    "code": line("# noqa: UNL301"),
    "other_code": line("# noqa: E501"),
    "two_codes": line("# noqa: E501,UNL301"),
    "two_codes_space": line("# noqa: E501 UNL301"),
    "two_codes_comma_space": line("# noqa: E501, UNL301"),
    "prefix_family": line("# noqa: UNL"),
    "prefix_digit": line("# noqa: UNL3"),
    "wrong_prefix": line("# noqa: UNL2"),
    "upper": line("# NOQA:UNL301"),
    "mixed": line("# NoQA: UNL301"),
    "lower_code": line("# noqa: unl301"),
    "space_before_colon": line("# noqa : UNL301"),
    "no_space": line("#noqa: UNL301"),
    "no_space_bare": line("#noqa"),
    "two_spaces": line("# noqa:  UNL301"),
    "dash": line("# noqa - UNL301"),
    "reason": line("# noqa: UNL301 because we like it"),
    "after_type_ignore": line("# type: ignore  # noqa: UNL301"),
    "after_words": line("# a reason # noqa"),
    "rule_name": line("# noqa: module-level-resource"),
    # flake8 joins the lines of one string and of a backslash, not those of brackets (7.5, measured)
    "last_line": LONG.format(first="", last="  # noqa: UNL301"),
    "first_line": LONG.format(first="  # noqa: UNL301", last=""),
    "line_before": "# noqa: UNL301\n" + LEAK,
    "line_after": f"{CALL}\n# noqa\n{USE}",
    "in_string": "LOG = open('# noqa')\n" + USE,
    "in_multiline_string": "LOG = open('''a\n# noqa\n''')\n" + USE,
    "in_fstring": "N = 1\nLOG = open(f'''{N}\n# noqa\n''')\n" + USE,
    "continuation": "LOG = \\\n    open('x.log')  # noqa\n" + USE,
    "semicolon": f"A = 1; {CALL}  # noqa: UNL301\n{USE}",
    "file": "# flake8: noqa\n" + LEAK,
    "file_code": "# flake8: noqa: UNL301\n" + LEAK,
    "file_other_code": "# flake8: noqa: E501\n" + LEAK,
    "file_equals": "# flake8=NOQA\n" + LEAK,
    "file_end": LEAK + "# FLAKE8: NOQA\n",
    "file_indented": LEAK + "    # flake8: noqa\n",
    "file_after_code": line("# flake8: noqa"),
    "file_in_docstring": '"""\n# flake8: noqa\n"""\n' + LEAK,
    "file_no_space": "#flake8: noqa\n" + LEAK,
    "crlf": line("# noqa: UNL301").replace("\n", "\r\n"),
    "bom": "\ufeff" + line("# noqa: UNL301"),
    "no_last_newline": f"def use():\n    LOG.write('x')\n\n\n{CALL}  # noqa: UNL301",
    "form_feed": "\x0c\n" + line("# noqa: UNL301"),
    "line_separator": "A = '\u2028'\n" + line("# noqa: UNL301"),
}


@pytest.fixture(scope="module")
def snippets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("snippets")
    for name, text in SNIPPETS.items():
        (folder / f"{name}.py").write_bytes(text.encode())
    return folder


def test_both_faces_agree_on_every_comment(snippets: Path) -> None:
    theirs, own = flake8(snippets, "--select=UNL", "."), ours(snippets, "check")
    assert unmarked(own.stdout) == theirs.stdout
    reported = {each.split(":")[0].removeprefix("./").removesuffix(".py") for each in own.stdout.splitlines()}
    assert {"none", "other_code", "wrong_prefix", "no_space", "line_before", "last_line"} <= reported
    assert not {"bare", "code", "two_codes_space", "prefix_digit", "first_line", "continuation"} & reported
    assert not {"file", "in_multiline_string"} & reported


def test_both_faces_agree_without_noqa(snippets: Path) -> None:
    theirs = flake8(snippets, "--select=UNL", "--disable-noqa", ".")
    own = ours(snippets, "check", "--disable-noqa")
    assert unmarked(own.stdout) == theirs.stdout
    assert own.stdout.count("UNL301") == len(SNIPPETS)


@pytest.mark.parametrize("name", ["last_line", "code", "none", "file"])
def test_both_faces_agree_on_stdin(snippets: Path, name: str) -> None:
    data = SNIPPETS[name].encode()
    theirs = flake8(snippets, "--select=UNL", "-", stdin=data)
    assert unmarked(ours(snippets, "check", "-", stdin=data).stdout) == theirs.stdout
