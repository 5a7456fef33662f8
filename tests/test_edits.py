"""Repairs are plain data: they survive JSON, cost nothing unless wanted, and leave findings as they are."""

from __future__ import annotations

import ast
import json
import pickle

import pytest

from flake8_unload import edits, engine
from flake8_unload.edits import Anchor, Edit, Fix, Refusal, anchor, from_json, to_json
from flake8_unload.findings import Finding
from flake8_unload.settings import Settings

AT = Anchor("Expr", 1, 0, 1, 9)
INSIDE = Anchor("Name", 1, 0, 1, 4)
EVERY: list[Edit] = [
    edits.InsertBefore(AT, "global m"),
    edits.InsertAfter(AT, "del m"),
    edits.Replace(INSIDE, "list(__0__)", (INSIDE,)),
    edits.ReplaceStatement(AT, "pass"),
    edits.AddArgument(INSIDE, "None"),
    edits.AddParameter(AT, "monkeypatch"),
    edits.Remove(AT),
    edits.Swap(AT, Anchor("Expr", 2, 0, 2, 9)),
    edits.Enclose(AT, INSIDE, "_stream"),
    edits.Surround(AT, Anchor("Expr", 2, 0, 2, 9), "if m:"),
    edits.ServeName("m", "get_m()"),
    edits.EnsureImport("importlib"),
    edits.EnsureImport("pathlib", "Path"),
    edits.DropImport(AT, "imp"),
    edits.ReplaceImport(AT, "imp", "importlib"),
]


def test_every_intention_is_tried_here() -> None:
    assert {type(each) for each in EVERY} == set(Edit.__args__)  # type: ignore[attr-defined]


@pytest.mark.parametrize("repair", [Fix("do it", tuple(EVERY), False), Fix("x", ()), Refusal("no")])
def test_json_and_back(repair: Fix | Refusal) -> None:
    assert from_json(json.loads(json.dumps(to_json(repair)))) == repair


@pytest.mark.parametrize("data", [{}, {"title": "x", "safe": True, "edits": [{"intention": "Explode"}]}])
def test_other_json_is_refused(data: dict[str, object]) -> None:
    with pytest.raises(KeyError):
        from_json(data)


def test_columns_count_characters() -> None:
    source = "é = 'ü'; x = open('ß')\n"
    call = ast.parse(source).body[1].value  # type: ignore[attr-defined]
    assert anchor(call, [source]) == Anchor("Call", 1, 13, 1, 22)


def test_fix_is_no_part_of_a_finding_s_identity() -> None:
    plain, fixed = Finding(1, 0, "UNL106", "m"), Finding(1, 0, "UNL106", "m", fix=Refusal("no"))
    assert plain == fixed and hash(plain) == hash(fixed) and not plain < fixed
    assert pickle.loads(pickle.dumps(fixed)).fix == Refusal("no")


def test_fixes_are_worked_out_only_when_wanted() -> None:
    source = "import sys\nfor k in sys.modules:\n    del sys.modules[k]\n"
    lines = source.splitlines(keepends=True)
    plain = engine.check(ast.parse(source), lines, "x.py", Settings())
    wanted = engine.check(ast.parse(source), lines, "x.py", Settings(fixes=True))
    assert plain == wanted and [each.code for each in plain] == ["UNL106"]
    assert plain[0].fix is None
    assert isinstance(wanted[0].fix, Fix)
