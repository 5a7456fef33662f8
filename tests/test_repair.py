"""The applier: edits land exactly, formatting stays, fixes are whole or not at all, nothing gets worse."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from flake8_unload import edits
from flake8_unload.edits import Anchor, Edit, Fix, anchor
from flake8_unload.events import SysModulesLoop
from flake8_unload.inspection import Inspector
from flake8_unload.lifecycle import File
from flake8_unload.repair.apply import LATER, Applied, NotApplied, apply, lost_comments
from flake8_unload.repair.rounds import Repaired, repaired
from flake8_unload.repair.splice import Unwritable, spliced
from flake8_unload.repair.wanted import Wanted


def node(source: str, code: str, count: int = 0) -> Anchor:
    """The anchor of the ``count``-th node that unparses to ``code``, statements first."""
    found: list[ast.expr | ast.stmt] = [
        each
        for each in ast.walk(ast.parse(source))
        if isinstance(each, (ast.expr, ast.stmt)) and ast.unparse(each) == code
    ]
    found.sort(key=lambda each: (isinstance(each, ast.expr), each.lineno, each.col_offset))
    return anchor(found[count], source.split("\n"))


def done(source: str, *wanted: Edit) -> str:
    """The source after one fix, which must have been applied."""
    applied = apply(source, [Fix("", wanted)])
    assert applied.done == (0,), applied.left
    return applied.after


# -- expressions -------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("source", "what", "result"),
    [
        ("f( m )  # c\n", "m", "f( list(m) )  # c\n"),
        ("for k in (m):\n    pass\n", "m", "for k in list(m):\n    pass\n"),
        ("f((\n  # why\n  m\n))\n", "m", "f(list((\n  # why\n  m\n)))\n"),
        ("é = 'ü', m.a\n", "m.a", "é = 'ü', list(m.a)\n"),
        ("x = m.a \\\n  .b\n", "m.a", "x = list(m.a) \\\n  .b\n"),
    ],
)
def test_replace_keeps_what_is_around(source: str, what: str, result: str) -> None:
    at = node(source, what, -1)
    assert done(source, edits.Replace(at, "list(__0__)", (at,))) == result


def test_replace_with_other_nodes() -> None:
    source = "del m, sys.modules[m.__name__]  # c\n"
    one, two = node(source, "m"), node(source, "sys.modules[m.__name__]")
    swap = edits.Replace(one, "__0__", (two,)), edits.Replace(two, "__0__", (one,))
    assert done(source, *swap) == "del sys.modules[m.__name__], m  # c\n"


@pytest.mark.parametrize(
    ("call", "result"),
    [
        ("f(k)", "f(k, None)"),
        ("f( k )", "f( k, None )"),
        ("f(\n    k,  # c\n)", "f(\n    k, None,  # c\n)"),
    ],
)
def test_add_argument(call: str, result: str) -> None:
    assert done(f"{call}\n", edits.AddArgument(node(call, "f(k)", -1), "None")) == f"{result}\n"


@pytest.mark.parametrize("call", ["f()", "f(*k)", "f(k=1)"])
def test_add_argument_needs_plain_ones(call: str) -> None:
    applied = apply(call, [Fix("", (edits.AddArgument(node(call, call, -1), "None"),))])
    assert applied.left == {0: "the call has no plain arguments"}


@pytest.mark.parametrize(
    ("head", "result"),
    [
        ("def f():", "def f(new):"),
        ("@a\nasync def f( x ):", "@a\nasync def f( x, new ):"),
        ("def f(self, x, y=1, *z, k):", "def f(self, x, new, y=1, *z, k):"),
        ("def f(*, k):", "def f(new, *, k):"),
        ("def f(x, /):", "def f(x, /, new):"),
        ("def f(\n    x,  # c\n    y: int,\n) -> None:", "def f(\n    x,  # c\n    y: int, new,\n) -> None:"),
    ],
)
def test_add_parameter(head: str, result: str) -> None:
    source = f"{head}\n    pass\n"
    function = ast.parse(source).body[0]
    assert done(source, edits.AddParameter(anchor(function, source.split("\n")), "new")) == (
        f"{result}\n    pass\n"
    )


# -- statements --------------------------------------------------------------------------------
AFTER = {
    "alone": ("a()\nx()\n", "a()\nnew\nx()\n"),
    "comments": ("# b\na()  # c\n\n# d\nx()\n", "# b\na()  # c\nnew\n\n# d\nx()\n"),
    "semicolons": ("a(); x()  # c\n", "a(); new; x()  # c\n"),
    "last of semicolons": ("x();a();\n", "x();a();new;\n"),
    "one-line suite": ("if x: a()  # c\nelse: pass\n", "if x:\n    a()  # c\n    new\nelse: pass\n"),
    "one-line class": ("class C: a()\n", "class C:\n    a()\n    new\n"),
    "suite with semicolons": ("if x: y(); a()\n", "if x: y(); a(); new\n"),
    "tabs": ("if x:\n\ta()\n\tb()\n", "if x:\n\ta()\n\tnew\n\tb()\n"),
    "two spaces": ("if x:\n  if y: a()\n", "if x:\n  if y:\n    a()\n    new\n"),
    "no final newline": ("if x:\n    a()", "if x:\n    a()\n    new"),
    "form feed": ("x()\n\f\n\fa()\n", "x()\n\f\n\fa()\nnew\n"),
    "unicode line separator": ("x = '\u2028'; a()\ny()\n", "x = '\u2028'; a(); new\ny()\n"),
    "continued": ("a\\\n()\ny()\n", "a\\\n()\nnew\ny()\n"),
    "finally": ("try:\n    x()\nfinally:\n    a()\n", "try:\n    x()\nfinally:\n    a()\n    new\n"),
}


@pytest.mark.parametrize(("source", "result"), AFTER.values(), ids=list(AFTER))
def test_insert_after(source: str, result: str) -> None:
    applied = apply(source, [Fix("", (edits.InsertAfter(node(source, "a()"), "new"),))])
    assert applied.done == (0,), applied.left
    assert spliced(source.encode(), applied.before, applied.after).decode() == result


@pytest.mark.parametrize(
    ("source", "result"),
    [
        ("a()\nx()\n", "a()\nnew  # n\n\nx()\n"),
        ("a()  # c\n\n# d\nx()\n", "a()  # c\nnew  # n\n\n# d\nx()\n"),
        ("a()\n# d\nif x: y\n", "a()\nnew  # n\n\n# d\nif x: y\n"),
        ("if x:\n    a()\n    b()\n", "if x:\n    a()\n    new  # n\n\n    b()\n"),
        ("a(); x(); y()  # c\nz()\n", "a()\nnew  # n\nx()\ny()  # c\nz()\n"),
        ("if x: a()  # c\n", "if x:\n    a()  # c\n    new  # n\n"),
        ("a()\n", "a()\nnew  # n\n"),
    ],
)
def test_insert_after_with_a_comment_and_a_blank_line(source: str, result: str) -> None:
    assert done(source, edits.InsertAfter(node(source, "a()"), "new  # n", apart=True)) == result


def test_replace_statement_with_a_comment_of_its_own() -> None:
    for comment in ("", "  # c"):
        source = f"a(){comment}\n"
        new = edits.ReplaceStatement(node(source, "a()"), "b  # n")
        assert done(source, new) == ("b  # c\n" if comment else "b  # n\n")


@pytest.mark.parametrize(
    ("source", "result"),
    [
        ("x()\n\n# c\na()  # d\n", "x()\n\nnew\n# c\na()  # d\n"),
        ("x(); a()\n", "x(); new; a()\n"),
        ("if x: a()  # c\n", "if x:\n    new\n    a()  # c\n"),
    ],
)
def test_insert_before(source: str, result: str) -> None:
    assert done(source, edits.InsertBefore(node(source, "a()"), "new")) == result


@pytest.mark.parametrize(
    ("source", "statement", "result"),
    [
        ("# b\na()  # c\n", "a()", "# b\none\na()  # c\ntwo\n"),
        ("if x: a()\n", "a()", "if x:\n    one\n    a()\n    two\n"),
        ("# b\nif x:\n    pass\n", "if x:\n    pass", "# b\none\nif x:\n    pass\ntwo\n"),
    ],
)
def test_insert_on_both_sides(source: str, statement: str, result: str) -> None:
    at = node(source, statement)
    assert done(source, edits.InsertBefore(at, "one"), edits.InsertAfter(at, "two")) == result
    fixes = [Fix("", (edits.InsertAfter(at, "two"),)), Fix("", (edits.InsertBefore(at, "one"),))]
    assert apply(source, fixes).after == result


@pytest.mark.parametrize(
    ("source", "result"),
    [
        ("# b\na()  # c\nx()\n", "# b\none\ntwo  # c\nx()\n"),
        ("a(); x()\n", "one; two; x()\n"),
        ("if x: a()\n", "if x:\n    one\n    two\n"),
    ],
)
def test_replace_statement(source: str, result: str) -> None:
    assert done(source, edits.ReplaceStatement(node(source, "a()"), "one\ntwo")) == result


def test_replace_statement_keeps_expressions() -> None:
    source = "del sys . modules['k' # why\n]\n"
    kept = node(source, "sys.modules"), node(source, "'k'")
    statement = node(source, "del sys.modules['k']")
    new = edits.ReplaceStatement(statement, "__0__.pop(__1__, None)", kept)
    assert done(source, new) == "sys . modules.pop('k', None)\n"


@pytest.mark.parametrize(
    ("source", "result"),
    [
        ("x()\na()\ny()\n", "x()\ny()\n"),
        ("x(); a()\n", "x()\n"),
        ("if x:\n    a()\n", "if x:\n    pass\n"),
    ],
)
def test_remove(source: str, result: str) -> None:
    assert done(source, edits.Remove(node(source, "a()"))) == result


@pytest.mark.parametrize(
    ("source", "result"),
    [
        ("a()  # a\nb()  # b\n", "b()  # b\na()  # a\n"),
        ("x\n\n# a\na()\n# b\nb()\nc()\n", "x\n\n# b\nb()\n# a\na()\nc()\n"),
        ("a(); b()\n", "b(); a()\n"),
        ("if x: a(); c(); b()\n", "if x: b(); c(); a()\n"),
    ],
)
def test_swap(source: str, result: str) -> None:
    swap = edits.Swap(node(source, "a()"), node(source, "b()"))
    assert done(source, swap) == result


@pytest.mark.parametrize(
    ("source", "result"),
    [
        (
            "# b\nX = json.load(open(p))  # c\n",
            "# b\nwith open(p) as _file:\n    X = json.load(_file)  # c\n",
        ),
        (
            "if 1:\n\tX = json.load(open(p))\n",
            "if 1:\n\twith open(p) as _file:\n\t\tX = json.load(_file)\n",
        ),
        (
            "if 1: X = json.load(open(p))\n",
            "if 1:\n    with open(p) as _file:\n        X = json.load(_file)\n",
        ),
        (
            "a; X = json.load(open(p)); b  # c\n",
            "a\nwith open(p) as _file:\n    X = json.load(_file)\nb  # c\n",
        ),
    ],
)
def test_enclose(source: str, result: str) -> None:
    statement, call = node(source, "X = json.load(open(p))"), node(source, "open(p)")
    assert done(source, edits.Enclose(statement, call, "_file")) == result


def test_enclose_a_loop() -> None:
    source = "x\n\n# why\nfor line in open(p):  # c\n    '''a\n b'''\n    line\n\nelse:\n    y\n"
    statement = anchor(ast.parse(source).body[1], source.split("\n"))
    assert done(source, edits.Enclose(statement, node(source, "open(p)"), "_file")) == (
        "x\n\n# why\nwith open(p) as _file:\n    for line in _file:  # c\n"
        "        '''a\n b'''\n        line\n\n    else:\n        y\n"
    )


@pytest.mark.parametrize(
    ("source", "result"),
    [
        (
            "x()\n\n# why\na()  # a\n\n# b\nb()  # b\ny()\n",
            "x()\n\n# why\nif z:\n    a()  # a\n\n    # b\n    b()  # b\ny()\n",
        ),
        (
            "if x:\n\ta()\n\tfor c in d:\n\t\tc\n\tb()\n",
            "if x:\n\tif z:\n\t\ta()\n\t\tfor c in d:\n\t\t\tc\n\t\tb()\n",
        ),
    ],
)
def test_surround(source: str, result: str) -> None:
    block = edits.Surround(node(source, "a()"), node(source, "b()"), "if z:")
    assert done(source, block) == result


@pytest.mark.parametrize("source", ["a(); b()\n", "if x: a()\nb()\n", "if x:\n    a()\nb()\n"])
def test_surround_needs_lines_of_one_suite(source: str) -> None:
    block = edits.Surround(node(source, "a()"), node(source, "b()"), "if z:")
    applied = apply(source, [Fix("", (block,))])
    assert (applied.after, len(applied.left)) == (source, 1)


def test_serve_names() -> None:
    source = "import os\na = 1\nb = 2\nc = 3\n"
    fixes = [
        Fix(
            "",
            (
                edits.ReplaceStatement(node(source, code), f"def get_{name}():\n    return {value}"),
                edits.ServeName(name, f"get_{name}()"),
            ),
        )
        for name, value, code in (("a", 1, "a = 1"), ("b", 2, "b = 2"))
    ]
    assert apply(source, fixes).after == (
        "import os\n\n\ndef get_a():\n    return 1\n\n\ndef get_b():\n    return 2\n\n\n"
        'def __getattr__(name):\n    if name == "a":\n        return get_a()\n'
        '    if name == "b":\n        return get_b()\n'
        '    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")\n\n\nc = 3\n'
    )


# -- imports -----------------------------------------------------------------------------------
ENSURE = {
    "nothing there": ("x = 1\n", "import os\n\nx = 1\n"),
    "a function first": ("def f(): pass\n", "import os\n\n\ndef f(): pass\n"),
    "comment of the statement": ("# one\nx = 1\n", "import os\n\n# one\nx = 1\n"),
    "comments of the file": ("#!/x\n# coding: utf-8\nx = 1\n", "#!/x\n# coding: utf-8\nimport os\n\nx = 1\n"),
    "licence": ("# lic\n\nx = 1\n", "# lic\n\nimport os\n\nx = 1\n"),
    "docstring": ('"""Doc."""\nx = 1\n', '"""Doc."""\n\nimport os\n\nx = 1\n'),
    "docstring and blank lines": (
        '"""Doc."""\n\n\ndef f(): 0\n',
        '"""Doc."""\n\nimport os\n\n\ndef f(): 0\n',
    ),
    "future": (
        "from __future__ import annotations\n\nimport sys\n",
        "from __future__ import annotations\n\nimport os\nimport sys\n",
    ),
    "sorted in": ("import ast\nimport sys  # c\nx\n", "import ast\nimport os\nimport sys  # c\nx\n"),
    "last": ("import ast\n\n\nx\n", "import ast\nimport os\n\n\nx\n"),
    "before from-imports": ("import ast\nfrom ast import x\n", "import ast\nimport os\nfrom ast import x\n"),
    "first with a comment": ("# lic\n\n# c\nimport sys\n", "# lic\n\nimport os\n# c\nimport sys\n"),
    "third party only": ("import numpy\n\nx\n", "import os\n\nimport numpy\n\nx\n"),
    "second group": ("import numpy\n\nimport sys\n", "import numpy\n\nimport os\nimport sys\n"),
    "mixed": ("import ast\nimport numpy\n", "import ast\nimport os\nimport numpy\n"),
    "mixed, in front": ("import sys\nimport numpy\n", "import os\nimport sys\nimport numpy\n"),
    "own module": ("from .a import b\nx\n", "import os\n\nfrom .a import b\nx\n"),
    "there already": ("import ast\nimport os  # c\n", "import ast\nimport os  # c\n"),
}


@pytest.mark.parametrize(("source", "result"), ENSURE.values(), ids=list(ENSURE))
def test_ensure_import(source: str, result: str) -> None:
    assert done(source, edits.EnsureImport("os")) == result


def test_ensure_from_import() -> None:
    source = "import sys\nfrom json import loads\nfrom typing import Any\n"
    assert done(source, edits.EnsureImport("pathlib", "Path")) == (
        "import sys\nfrom json import loads\nfrom pathlib import Path\nfrom typing import Any\n"
    )


@pytest.mark.parametrize(
    ("statement", "result"),
    [
        ("from typing import Final", "from typing import Any, Final"),
        ("from typing import IO", "from typing import IO, Any"),
        ("from typing import IO, cast  # c", "from typing import IO, Any, cast  # c"),
        (
            "from typing import (\n    Final,\n    cast,\n)",
            "from typing import (\n    Any,\n    Final,\n    cast,\n)",
        ),
        (
            "from typing import (\n    AnyStr,\n    IO,\n)",
            "from typing import (\n    Any,\n    AnyStr,\n    IO,\n)",
        ),
        (
            "from typing import (\n    IO,\n    AbstractSet,\n)",
            "from typing import (\n    IO,\n    AbstractSet,\n    Any,\n)",
        ),
        ("from typing import (\n    Final,  # c\n    cast,\n)", None),
        ("from typing import (\n    Final,\n)", None),
        ("from typing import *", None),
        ("from .typing import Final", None),
        ("from typing import Final; import os", None),
    ],
)
def test_ensure_a_name_of_a_module_that_others_come_from(statement: str, result: str | None) -> None:
    found = done(f"{statement}\nx\n", edits.EnsureImport("typing", "Any"))
    if result is None:
        assert statement in found and "\nfrom typing import Any\n" in f"\n{found}"
    else:
        assert found == f"{result}\nx\n"


@pytest.mark.parametrize(
    ("statement", "rest", "result"),
    [
        ("import imp", "x\n", "x\n"),
        ("import imp, os", "x\n", "import os\nx\n"),
        ("import os, imp", "x\n", "import os\nx\n"),
        ("import imp; import os", "x\n", "import os\nx\n"),
        ("from imp import (\n    a,\n    imp,\n)", "x\n", "from imp import (\n    a,\n)\nx\n"),
        ("import imp", "imp.x\n", None),
        ("import imp", "__all__ = ['imp']\n", None),
        ("import imp", "x.imp = 1  # imp\n", "x.imp = 1  # imp\n"),
        ("import imp  # c", "x\n", None),
    ],
)
def test_drop_import(statement: str, rest: str, result: str | None) -> None:
    source = f"{statement}\n{rest}"
    at = anchor(ast.parse(source).body[0], source.split("\n"))
    if statement.startswith("from"):
        source = source.replace("from imp ", "from mod ")
        at = anchor(ast.parse(source).body[0], source.split("\n"))
        result = result and result.replace("from imp ", "from mod ")
    assert done(source, edits.DropImport(at, "imp")) == (source if result is None else result)


def test_drop_several_names_whose_uses_are_known() -> None:
    source = "from m import C, f as g, h\nC = g(h)\n"
    at = anchor(ast.parse(source).body[0], source.split("\n"))
    drops = [edits.DropImport(at, name, certain=True) for name in ("C", "g")]
    assert apply(source, [Fix("", tuple(drops))]).after == "from m import h\nC = g(h)\n"


@pytest.mark.parametrize(
    ("statement", "rest", "result"),
    [
        ("import imp", "x\n", "import importlib"),
        ("import imp  # c", "x = 'imp'\n", "import importlib  # c"),
        ("import os, imp as old, sys", "x\n", "import os, importlib, sys"),
        ("import imp", "imp.x\n", "import imp\nimport importlib"),
        ("import imp as old, os; x", "old.x\n", "import imp as old, importlib, os; x"),
    ],
)
def test_replace_import(statement: str, rest: str, result: str) -> None:
    source = f"{statement}\n{rest}"
    at = anchor(ast.parse(source).body[0], source.split("\n"))
    name = "old" if "old" in statement else "imp"
    assert done(source, edits.ReplaceImport(at, name, "importlib")) == f"{result}\n{rest}"


# -- several fixes -----------------------------------------------------------------------------
def test_overlapping_fixes_take_turns() -> None:
    source = "f(a.b)\ng\n"
    inner, outer, other = node(source, "a.b"), node(source, "f(a.b)", -1), node(source, "g", -1)
    fixes = [Fix("", (edits.Replace(each, "new"),)) for each in (inner, outer, other)]
    applied = apply(source, fixes)
    assert (applied.after, applied.done, applied.left) == ("f(new)\nnew\n", (0, 2), {1: LATER})


def test_the_same_edit_of_two_fixes_is_made_once() -> None:
    source = "import imp\nimp.a\nimp.b\n"
    drop = edits.DropImport(node(source, "import imp"), "imp")
    uses = [node(source, name, -1) for name in ("imp.a", "imp.b")]
    fixes = [Fix("", (edits.Replace(each, "os"), edits.EnsureImport("os"), drop)) for each in uses]
    applied = apply(source, fixes)
    assert (applied.after, applied.done) == ("import os\nos\nos\n", (0, 1))


def test_a_fix_is_made_whole_or_not_at_all() -> None:
    source = "f(a)\n"
    missing = edits.Replace(Anchor("Name", 1, 1, 1, 2), "new")
    applied = apply(source, [Fix("", (edits.Replace(node(source, "a"), "new"), missing))])
    assert (applied.after, applied.left) == (source, {0: "cannot locate the Name at line 1"})


@pytest.mark.parametrize("kind", ["Tuple", "GeneratorExp", "Call"])
def test_what_cannot_be_located_is_not_guessed(kind: str) -> None:
    applied = apply("x = (a)\n", [Fix("", (edits.Replace(Anchor(kind, 1, 5, 1, 6), "new"),))])
    assert applied.left == {0: f"cannot locate the {kind} at line 1"}


def test_an_elif_cannot_be_put_beside_something() -> None:
    source = "if a:\n    b\nelif c:\n    d\n"
    inner = ast.parse(source).body[0].orelse[0]  # type: ignore[attr-defined]
    applied = apply(source, [Fix("", (edits.InsertAfter(anchor(inner, source.split("\n")), "x"),))])
    assert applied.left == {0: "nothing can be put beside the If at line 3"}


def test_a_statement_is_no_expression() -> None:
    applied = apply("g\n", [Fix("", (edits.Replace(node("g\n", "g"), "new"),))])
    assert applied.left == {0: "the Expr at line 1 is no expression"}


def test_a_file_that_libcst_cannot_follow() -> None:
    source = "x = " + " + ".join(["a"] * 900) + "\n"
    with pytest.raises(NotApplied, match="nested too deeply for libcst"):
        apply(source, [Fix("", (edits.EnsureImport("os"),))])


def test_a_file_that_libcst_cannot_parse() -> None:
    with pytest.raises(NotApplied, match="libcst cannot parse"):
        apply("x = = 1\n", [])


def test_lost_comments() -> None:
    assert lost_comments("a  # b\n# b\nc = '# d'\n", "# b\nc\n") == ["# b"]


# -- bytes -------------------------------------------------------------------------------------
BYTES = {
    "crlf": (b"a()\r\nb()\r\n", b"a()\r\nnew\r\nb()\r\n"),
    "cr": (b"a()\rb()\r", b"a()\rnew\rb()\r"),
    "mixed": (b"x\na()\r\nb()\ny\r", b"x\na()\r\nnew\r\nb()\ny\r"),
    "no final newline": (b"x\r\na()", b"x\r\na()\r\nnew"),
    "lone line": (b"a()", b"a()\nnew"),
    "bom": (b"\xef\xbb\xbfa()\n", b"\xef\xbb\xbfa()\nnew\n"),
    "latin-1": (b"# coding: latin-1\n'\xe9'; a()\n", b"# coding: latin-1\n'\xe9'; a(); new\n"),
    "shift-jis": (
        "# coding: shift-jis\n'日本'; a()\n".encode("shift-jis"),
        "# coding: shift-jis\n'日本'; a(); new\n".encode("shift-jis"),
    ),
    "spaces at line ends": (b"x  \na()\t\n  \ny \n", b"x  \na()\t\nnew\n  \ny \n"),
    "form feed": (b"x\n\x0c\n\x0cdef f():\r\n  a()\n", b"x\n\x0c\n\x0cdef f():\r\n  a()\n  new\n"),
}


@pytest.mark.parametrize(("data", "result"), BYTES.values(), ids=list(BYTES))
def test_every_other_byte_stays(data: bytes, result: bytes) -> None:
    from flake8_unload.source import decode, normalised

    text = normalised(decode(data)[0])
    applied: Applied = apply(text, [Fix("", (edits.InsertAfter(node(text, "a()"), "new"),))])
    assert spliced(data, applied.before, applied.after) == result


def test_bytes_that_the_encoding_would_write_otherwise() -> None:
    data = b"# coding: utf-7\n'+AGE-'\n"
    with pytest.raises(Unwritable, match="not what utf-7 writes"):
        spliced(data, "# coding: utf-7\n'a'\n", "x\n")


# -- rounds ------------------------------------------------------------------------------------
LOOP = "import sys\n\nfor k in sys.modules:\n    del sys.modules[k]\n"


def run(source: str, wanted: Wanted = Wanted(), path: str = "example.py") -> Repaired:  # noqa: B008
    """The repair of one file in memory."""
    return repaired(path, source.encode(), Inspector(), wanted)


def test_a_second_run_changes_nothing() -> None:
    first = run(LOOP)
    assert first.data.decode() == LOOP.replace("in sys.modules", "in list(sys.modules)")
    assert [each.code for each in first.fixed] == ["UNL106"]
    second = run(first.data.decode())
    assert (second.data, second.fixed, second.left) == (first.data, (), ())


@pytest.mark.parametrize(
    "noqa",
    ["# noqa", "# noqa: UNL106", "# NOQA:UNL1", "# noqa : E1,UNL", "# type: ignore # noqa: UNL106 why"],
)
def test_what_is_suppressed_is_not_fixed(noqa: str) -> None:
    source = LOOP.replace("modules:", f"modules:  {noqa}")
    assert run(source) == Repaired(source.encode())


def test_a_file_that_flake8_skips_is_not_fixed() -> None:
    source = f"# flake8: noqa\n{LOOP}"
    assert run(source) == Repaired(source.encode())


def test_only_what_is_fixable() -> None:
    left = run(LOOP, Wanted(fixable=("UNL1", "UNL3"))).left
    assert left == ()
    ((finding, reason),) = run(LOOP, Wanted(fixable=("UNL3",))).left
    assert (finding.code, reason) == ("UNL106", "left out by `--fixable`")


def test_unreadable_files_stay() -> None:
    assert [each.code for each in run("x = = 1\n").others] == ["UNL000"]


@pytest.fixture
def fixes(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Fix]]:
    """Fixes to be found on the loops of the file instead of the real ones."""
    from flake8_unload.rules.unload import changed_during_iteration

    chosen: list[Fix] = []
    monkeypatch.setattr(changed_during_iteration, "_copied", lambda loop, file: chosen[0])
    yield chosen


@pytest.mark.parametrize(
    ("new", "reason"),
    [
        ("return", "the result would not compile"),
        ("sys.modules.clear()", "the fix would bring UNL107 at line 7: "),
        ("1 +", "libcst cannot parse"),
        ("x = 'é'", "cannot be written as ascii"),
    ],
)
def test_what_makes_it_worse_is_not_kept(fixes: list[Fix], new: str, reason: str) -> None:
    source = f"# coding: ascii\n{LOOP}pass\n"
    iterated = edits.Replace(node(source, "sys.modules"), "()")
    fixes.append(Fix("", (iterated, edits.InsertAfter(node(source, "pass"), new))))
    done = run(source)
    assert done.data.decode() == source
    ((_, why),) = done.left
    assert reason in why


def test_what_cannot_be_located_is_reported_as_not_applied(fixes: list[Fix]) -> None:
    source = LOOP + "pass\n"
    at = node(source, "sys.modules")
    elsewhere = Anchor(at.kind, at.line, at.column + 1, at.end_line, at.end_column)
    fixes.append(Fix("", (edits.Replace(at, "()"), edits.Replace(elsewhere, "()"))))
    done = run(source)
    assert (done.data.decode(), done.fixed) == (source, ())
    assert [why for _, why in done.left] == ["cannot locate the Attribute at line 3"]


def test_the_rounds_have_an_end(fixes: list[Fix], monkeypatch: pytest.MonkeyPatch) -> None:
    """Each fix wants the same place, so each round applies one; what is left then says why."""
    from flake8_unload.repair import rounds
    from flake8_unload.rules.unload import changed_during_iteration

    monkeypatch.setattr(rounds, "_ROUNDS", 3)
    source = LOOP + LOOP.partition("\n\n")[2] * 5 + "pass\n"

    def crowded(loop: SysModulesLoop, file: File) -> Fix:
        copied = edits.Replace(anchor(loop.source, file.lines), "()")
        last = anchor(file.tree.body[-1], file.lines)
        return Fix("", (copied, edits.InsertAfter(last, f"x = {loop.source.lineno}")))

    monkeypatch.setattr(changed_during_iteration, "_copied", crowded)
    done = run(source)
    assert len(done.fixed) == 3 and done.data.count(b"in ():") == 3
    assert {why for _, why in done.left} == {rounds._ENDLESS}


def test_a_fix_that_leaves_the_hazard_is_not_kept(fixes: list[Fix]) -> None:
    source = LOOP + "pass\n"
    fixes.append(Fix("", (edits.Remove(node(source, "pass")),)))
    assert [why for _, why in run(source).left] == ["the hazard would stay"]


def test_a_comment_is_never_lost(fixes: list[Fix]) -> None:
    source = LOOP + "pass  # why\n"
    fixes.append(Fix("", (edits.Remove(node(source, "pass")),)))
    assert [why for _, why in run(source).left] == ["the comment `# why` would be lost"]


def test_deep_nesting_has_a_reason() -> None:
    source = LOOP + "x = " + " + ".join(["a"] * 900) + "\n"
    done = run(source)
    assert done.data.decode() == source
    assert [why for _, why in done.left] == ["this file is nested too deeply for libcst"]


def test_many_fixes_in_one_file() -> None:
    done = run(LOOP + LOOP.partition("\n\n")[2] * 20)
    assert len(done.fixed) == 21 and done.data.count(b"list(sys.modules)") == 21


def test_the_package_of_a_path_is_known(tmp_path: Path) -> None:
    assert run(LOOP, path=str(tmp_path / "app.py")).fixed


@pytest.mark.parametrize(
    "source",
    [
        "@m\ndef f():\n    pass\n",
        "def g():\n    @m\n    @n\n    async def f():\n        pass\n",
        "class C:\n    x = 1\n\n    @n\n    # why\n    @m\n    class D:\n        y = 2\n",
    ],
)
def test_decorators_are_reached(source: str) -> None:
    assert done(source, edits.Replace(node(source, "m", -1), "q.m")) == source.replace("@m", "@q.m")
