"""The outline of a file is its tree: whatever is looked at, it is what a parse of the whole file gives."""

from __future__ import annotations

import ast
import io
import sysconfig
from collections.abc import Iterator
from pathlib import Path

import pytest

from flake8_unload import source
from flake8_unload.project.facts import facts_of
from flake8_unload.survey.outlines import outline

STDLIB = Path(sysconfig.get_paths()["stdlib"])

TEXTS = {
    "methods, and functions in blocks": """\
class A:
    class B:
        def f(self):
            'def g():'
            x = 1
            return x
    if A:
        def g(self):
            a = 1
            b = 2
            return a, b
    else:
        pass
try:
    def h():
        yield 1
        yield 2
        yield 3
finally:
    match h:
        case 1:
            async def k(x):
                await x
                async for y in x:
                    yield y
after = 1
""",
    "a decorated function first": """\
def f():
    @property
    def inner(self):
        return 1
    return inner
""",
    "headers of several lines": """\
def f(
    a=lambda: (
        1),
    b=2,
) -> None:  # a comment
    # another

    x = 1
    y = 2
    return x
def g(): return (
    1,
    2,
    3)
def h(): \\
    return (1,
        2,
        3)
""",
    "strings that look like code": '''\
def f():
    a = """
def g():
pass
"""
    return a
text = """
def f():
    a
    b
    c
"""
''',
    "tabs, form feeds and letters of all kinds": (
        "def ä():\n\tx = 'é'\n\ty = 2\n\f\tz = '\u2028'\n\treturn x\nß = 1\n"
    ),
    "no line end after the last line": "def f():\n    a = 1\n    b = 2\n    return a",
    "a comment that stands further left": "def f():\n    a = 1\n# left\n    b = 2\n    return a\n",
}


def rows(tree: ast.AST) -> Iterator[tuple[object, ...]]:
    """All nodes with what they are and where; a suite ends where its last statement does."""
    for node in ast.walk(tree):
        place = [getattr(node, each, None) for each in ("lineno", "col_offset", "end_lineno")]
        plain = [each for _, each in ast.iter_fields(node) if not isinstance(each, (ast.AST, list))]
        yield (type(node).__name__, *place, *map(repr, plain))


def outlined(text: str) -> ast.Module:
    return outline(text, facts_of(ast.parse(text), io.StringIO(text).readlines()).bodies)


@pytest.mark.parametrize("text", TEXTS.values(), ids=list(TEXTS))
def test_what_is_looked_at_is_what_stands_there(text: str) -> None:
    assert list(rows(outlined(text))) == list(rows(ast.parse(text)))


@pytest.mark.parametrize("folder", [".", "asyncio", "email", "concurrent/futures"])
def test_so_it_is_in_the_standard_library(folder: str) -> None:
    seen = 0
    for path in sorted((STDLIB / folder).glob("*.py"))[::3]:
        text = source.normalised(source.decode(source.read(str(path)))[0])
        assert list(rows(outlined(text))) == list(rows(source.parse(text))), path
        seen += 1
    assert seen


def test_most_of_a_file_is_not_parsed() -> None:
    text = "".join(f"def f{number}():\n" + "    x = [1, 2, 3]\n" * 40 for number in range(20))
    tree = outlined(text)
    bodies = [list.__len__(each.body) for each in tree.body if isinstance(each, ast.FunctionDef)]
    assert bodies == [0] * 20


@pytest.mark.parametrize(
    "changed",
    [
        "",
        "x = 1\n",
        "def f():\n    a = 1\n    b = 2\n",
        "# new\ndef f():\n    a = 1\n    b = 2\n    return a\ny = 1\n",
        "def f():\n    a = 1\n    b = 2\n    c = 3\n    return a\ny = 1\n",
        "def f():\n    a = '''\n    b = 2\n    '''\n    return a\ny = 1\n",
        "a = 1\nif a:\n    a = 1\n    b = 2\ny = 1\n",
    ],
)
def test_a_file_that_has_changed_since(changed: str) -> None:
    text = "def f():\n    a = 1\n    b = 2\n    return a\ny = 1\n"
    bodies = facts_of(ast.parse(text), text.splitlines(keepends=True)).bodies
    assert list(rows(outline(changed, bodies))) == list(rows(ast.parse(changed)))
