"""Code that only reads `sys.modules`, or adds to it, unloads nothing, whatever else it removes."""

from __future__ import annotations

import ast

import pytest

from flake8_unload.project.code_names import open_tables

READS = (
    "if 'pandas' in sys.modules: rows.pop('index')",
    "module = sys.modules[name]; cache.clear()",
    "sys.modules[name] = module; del module",
    "for name in sys.modules: names.pop(name)",
    "found = {name for name in list(sys.modules) if name not in names}; names.clear()",
    "module = sys.modules.get(name); del names[0]",
)
TAKES = (
    "del sys.modules[name]",
    "sys.modules.pop(name)",
    "table = sys.modules; del table[name]",
    "forget(sys.modules, name); names.clear()",
    "if name in sys.modules: del sys.modules[name]",
    "remove = sys.modules.pop; remove(name)",
    "with patch.dict(sys.modules): names.clear()",
)


@pytest.mark.parametrize("code", READS)
def test_it_is_read(code: str) -> None:
    assert open_tables(ast.parse(code)) == frozenset()


@pytest.mark.parametrize("code", TAKES)
def test_something_may_be_taken_out(code: str) -> None:
    assert open_tables(ast.parse(code)) == {"sys"}
