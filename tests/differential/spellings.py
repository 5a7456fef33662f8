"""The simple statements that programs are made of, by what they do; `@` stands for a module."""

from __future__ import annotations

import ast
from functools import cache

FLAT = {
    "import": ["import @", "import @", "import @ as x", "@ = importlib.import_module('@')"],
    "take": ["from @ import f", "from @ import f", "from @ import f as g", "from @ import C, X"],
    "capture": [
        "g = @.f",
        "t = {'k': @.C}",
        "def d(a=@.C): return a",
        "class D(@.C): pass",
        "i = @.C()",
        "x = @",
    ],
    "forget": ["del @", "del f", "del x"],
    "unload": [
        "del sys.modules['@']",
        "del sys.modules['@']",
        "sys.modules.pop('@', None)",
        "sys.modules.pop('@')",
        "del sys.modules['@'], @",
        "del sys.modules[@.__name__]",
    ],
    "reload": ["importlib.reload(@)", "reload(@)", "@ = reload(@)", "reload(sys.modules['@'])", "reload(x)"],
    "use": [
        "keep(@)",
        "@.f()",
        "f()",
        "keep(f)",
        "g()",
        "t['k']()",
        "d()",
        "D()",
        "keep(i)",
        "x.f()",
        "keep(X)",
        "C()",
    ],
}
SUB = {
    "import": [
        "import pkg.sub",
        "import pkg.sub as s",
        "from pkg import sub",
        "from pkg import sub",
        "s = importlib.import_module('pkg.sub')",
        "import pkg",
    ],
    "take": ["from pkg.sub import f", "from pkg.sub import f as g", "from pkg import f"],
    "capture": [
        "g = sub.f",
        "g = pkg.sub.f",
        "t = {'k': s.C}",
        "def d(a=sub.C): return a",
        "x = sub",
        "x = pkg.sub",
    ],
    "forget": ["del sub", "del s", "del pkg", "del pkg.sub", "del f"],
    "unload": [
        "del sys.modules['pkg.sub']",
        "sys.modules.pop('pkg.sub', None)",
        "del sys.modules['pkg']",
        "sys.modules.pop('pkg', None)",
        "del sys.modules['pkg.sub'], sub",
    ],
    "reload": ["reload(sub)", "reload(s)", "reload(pkg.sub)", "importlib.reload(pkg)", "sub = reload(sub)"],
    "use": [
        "keep(sub)",
        "sub.f()",
        "s.f()",
        "pkg.sub.f()",
        "pkg.f()",
        "f()",
        "g()",
        "t['k']()",
        "d()",
        "x.f()",
    ],
}


@cache
def needs(text: str) -> frozenset[str]:
    """The names that a statement reads or deletes."""
    found = [each for each in ast.walk(ast.parse(text)) if isinstance(each, ast.Name)]
    return frozenset(each.id for each in found if not isinstance(each.ctx, ast.Store)) - {"a"}


@cache
def binds(text: str) -> frozenset[str]:
    """The names that a statement binds."""
    (node,) = ast.parse(text).body
    match node:
        case ast.Import() | ast.ImportFrom():
            return frozenset(alias.asname or alias.name.partition(".")[0] for alias in node.names)
        case ast.FunctionDef(name=name) | ast.ClassDef(name=name) | ast.Assign(targets=[ast.Name(id=name)]):
            return frozenset({name})
    return frozenset()
