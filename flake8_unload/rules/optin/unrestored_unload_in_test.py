"""UNL902 unrestored-unload-in-test: A test removes a module from sys.modules and leaves it at that.

## What it does
Reports a removal from `sys.modules` in a test, or in the fixture or set-up before it, that nothing puts back.
Off unless selected; only in test files (see `unload-test-patterns`).

## Why is this bad?
The process goes on after the test. The other test files hold the module that was removed, and the next import
gives another one: `isinstance` and `except` fail between the two, `mock.patch("m.f")` patches a module that
nobody uses, and whether that happens depends on the order of the tests.

## Example
```python
import sys


def test_default():
    sys.modules.pop("m", None)
    import m

    assert m.X
```

## Use instead
```python
import sys


def test_default(monkeypatch):
    monkeypatch.delitem(sys.modules, "m", raising=False)
    import m

    assert m.X
```

## Clean
`patch.dict` puts back what its block removes:
```python
import sys
from unittest import mock


def test_default():
    with mock.patch.dict(sys.modules):
        sys.modules.pop("m", None)
        import m

        assert m.X
```
Put back by hand:
```python
import sys


def test_default():
    saved = sys.modules.pop("m")
    try:
        import m

        assert m.X
    finally:
        sys.modules["m"] = saved
```
The module is the test's own:
```python
import sys


def test_plugin(tmp_path):
    (tmp_path / "plugin.py").write_text("X = 1")
    sys.path.insert(0, str(tmp_path))
    sys.modules.pop("plugin", None)
    import plugin

    assert plugin.X
```
At the end of the test that imported it:
```python
import sys


def test_plugin():
    import m

    assert m.X
    del sys.modules["m"]
```

## Fix safety
Unsafe: the module that was there before is there again after the test, and other tests may have relied on
the new one. `monkeypatch` is added to the parameters of the test or fixture if need be; for a submodule
the attribute of its parent is removed as well, by `monkeypatch.delattr`, and put back. An entry that was
not there is not removed at the end: `raising=False` registers nothing (U85).

Not offered in `TestCase` classes and in set-up functions, which are given no fixtures, in functions that
are no test or fixture, in fixtures that live longer than one test, where the removed module is used, and
where a `KeyError` is expected.

## References
SEMANTICS HU-16 and HU-22, measured in U53, U56, U80 and U85.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from flake8_unload.events import Call, Import, Unload
from flake8_unload.findings import Hazard
from flake8_unload.fixes.unload_in_test import through_monkeypatch
from flake8_unload.isolation import is_isolated
from flake8_unload.lifecycle import File
from flake8_unload.paths import can_reach
from flake8_unload.presence import loads
from flake8_unload.registry import rule
from flake8_unload.rounds import key_tests
from flake8_unload.scripts import is_test
from flake8_unload.surroundings import FUNCTIONS, Function, blocks_around, is_test_code, neighbours

_OWN_FILES = re.compile(
    r"tmp_?path|tmp_?dir|tempfile|Temporary|testdir|pytester|syspath|sys\.path\b|write_text|exec_module"
)


@rule("UNL902", "unrestored-unload-in-test", fix="unsafe")
def check(unload: Unload, file: File) -> Iterator[Hazard]:
    """The tests after this one find another module, or none."""
    test, module = _test_of(unload, file), _removed(unload, file)
    if test is None or module is None or is_isolated(unload, file):
        return
    own = _is_own(module, test, unload, file) or _is_paired(unload, file)
    if _matters(unload, module, test, file) and not own:
        yield Hazard(
            unload.node,
            f"`{module}` stays removed after the test; use `monkeypatch` or `patch.dict`",
            lambda: through_monkeypatch(unload, file),
        )


def _test_of(unload: Unload, file: File) -> Function | None:
    """The test, fixture or set-up that the removal is in, or that calls the function it is in."""
    if not is_test(file.filename, file.settings):
        return None
    blocks = [*blocks_around(unload), *(file.block(call) for call in file.calls_of(file.block(unload)))]
    for block in blocks:
        if isinstance(block.node, FUNCTIONS) and is_test_code(block.node):
            return block.node
    return None


def _removed(unload: Unload, file: File) -> str | None:
    """A module that certainly goes, or the key of a loop over what is loaded."""
    if unload.spelling in ("clear", "popitem"):
        return None
    for name in (*unload.keys.exact, *unload.keys.prefixes):
        return name.removesuffix(".")
    walked = key_tests(unload.key, unload.node, unload.loop, unload.block, file.names, file.parents)
    return None if walked is None or unload.key is None else ast.unparse(unload.key)


def _matters(unload: Unload, module: str, test: Function, file: File) -> bool:
    """Something comes after the removal; at its end a test takes away what it has brought.

    Unless the file brought it before, and nothing in the test does.
    """
    if not test.name.startswith("test") or _is_of_file(module, unload, file):
        return True
    loop = None if isinstance(unload.loop, ast.comprehension) else unload.loop
    for kind in (Import, Call):
        for event in file.events_of(file.block(unload), kind):
            inside = loop is not None and loop in file.ancestors(event.node)
            if not inside and can_reach(file.flow(unload), unload.step, event.step):
                return True
    return bool(file.calls_of(file.block(unload)))


def _is_of_file(module: str, unload: Unload, file: File) -> bool:
    """The file imports the module for all its tests, and this block does not import it anew."""
    imports = [each for each in file.events_of(file.bindings.module, Import) if each.module]
    if not any(loads(each, module) for each in imports):
        return False
    own = file.events_of(file.block(unload), Import)
    return not any(loads(each, module) for each in own)


def _is_own(module: str, test: Function, unload: Unload, file: File) -> bool:
    """The test writes the module or makes it importable itself; no other code of this file imports it."""
    block, top = file.block(unload), module.partition(".")[0]
    elsewhere = (each for each in file.events(Import) if file.block(each) is not block)
    if any(each.module.partition(".")[0] == top for each in elsewhere):
        return False
    around = [scope.node for scope in neighbours(unload, file) if isinstance(scope.node, FUNCTIONS)]
    before = [each for each in around if is_test_code(each) and not each.name.startswith("test")]
    return any(_OWN_FILES.search(ast.unparse(each)) for each in (test, *before))


def _is_paired(unload: Unload, file: File) -> bool:
    """The same removal is made on the way out as well: whoever wrote it wants the module gone."""
    near, key = set(neighbours(unload, file)), ast.unparse(unload.key) if unload.key else ""
    for other in file.events_in(near, Unload):
        if other is not unload and other.key is not None and is_isolated(other, file):
            if set(other.keys.exact) & set(unload.keys.exact) or ast.unparse(other.key) == key:
                return True
    return False
