"""Is this file a script or a test? Import-time rules are about modules that others import."""

from __future__ import annotations

import ast
import os
import re
from collections.abc import Iterator, Sequence
from fnmatch import fnmatch, translate
from functools import lru_cache

from flake8_unload.settings import Settings

SCRIPT_PATTERNS = (
    "__main__.py", "setup.py", "conf.py", "noxfile.py", "fabfile.py", "manage.py", "dodo.py", "wscript",
    "gunicorn.conf.py", "gunicorn_conf.py", "ez_setup.py", "versioneer.py", "waf", "*.ipynb",
    "*_nbqa_ipynb.py",
)  # fmt: skip
TEST_PATTERNS = ("test_*.py", "*_test.py", "*_tests.py", "tests.py", "test.py", "conftest.py")
_TEST_FOLDERS = frozenset({"test", "tests", "_tests", "testing", "idle_test"})
_SCRIPT_FOLDERS = frozenset({"bin", "script", "scripts", "tools"})
_MAIN_CALLS = frozenset(
    """
    exit parse_args parse_known_args serve_forever mainloop run_forever run_until_complete input raw_input
    run_app start_server execute_from_command_line exec_ exec start_consuming loop_forever infinity_polling
    run_polling start_polling polling run_until_disconnected wait_for_termination
    QApplication QGuiApplication QCoreApplication mkQApp""".split()
)
_SET_UP = frozenset({"setLevel", "setFormatter", "addHandler", "addFilter"})
_FRAMES = frozenset({"flip", "tick", "waitKey"})
_SHOWS = frozenset({"demo", "example", "sample"})
_OUTPUT = 3  # so many prints of its own level make a file a program


def is_script(tree: ast.Module, lines: Sequence[str], filename: str, settings: Settings) -> bool:
    """A file that is run, not imported: by its name, its `#!` line, or because its body is a program."""
    base = os.path.basename(filename)
    if any(
        fnmatch(base, each) or fnmatch(filename, each)
        for each in (*SCRIPT_PATTERNS, *settings.script_patterns)
    ):
        return True
    if base == "__init__.py":
        return False
    stem = base.partition(".")[0].encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    if not stem.isidentifier():  # no `import` statement can name it
        return True
    runnable = bool(lines) and lines[0].startswith("#!")
    inside = _in_package(filename)
    if os.path.basename(os.path.dirname(filename)) in _SCRIPT_FOLDERS and (runnable or not inside):
        if runnable or not _only_defines(tree.body):
            return True
    if runnable and (not inside or _has_main_guard(tree)):
        return True
    return (
        _is_sequence(tree.body)
        or _ends_running(tree.body)
        or any(_runs_a_program(node, tree) for node in _import_time(tree.body))
    )


def stands_alone(tree: ast.Module, filename: str) -> bool:
    """A file with a main guard, in no package."""
    return not _in_package(filename) and _has_main_guard(tree)


def is_test(filename: str, settings: Settings) -> bool:
    """A test file, by its name or the folders it is in, below the working directory if it is there."""
    path = os.path.relpath(filename) if os.path.isabs(filename) else filename
    path = filename if path.startswith("..") else path
    folder, base = os.path.split(path.replace("\\", "/"))
    if _TEST_FOLDERS & set(folder.split("/")):
        return True
    pattern = _one_of((*TEST_PATTERNS, *settings.test_patterns))
    return (
        pattern.match(os.path.normcase(base)) is not None or pattern.match(os.path.normcase(path)) is not None
    )


@lru_cache(maxsize=16)
def _one_of(patterns: tuple[str, ...]) -> re.Pattern[str]:
    """What `fnmatch` says of each of them, at once."""
    return re.compile("|".join(translate(os.path.normcase(each)) for each in patterns))


def is_main_guard(test: ast.expr) -> bool:
    """`__name__ == "__main__"`, either way round, also as part of `and`."""
    match test:
        case ast.Compare(left=left, ops=[ast.Eq()], comparators=[right]):
            pair = {getattr(left, "id", None), getattr(right, "id", None)}
            value = {getattr(left, "value", None), getattr(right, "value", None)}
            return "__name__" in pair and "__main__" in value
        case ast.BoolOp(op=ast.And(), values=values):
            return any(is_main_guard(each) for each in values)
    return False


def _is_sequence(body: list[ast.stmt]) -> bool:
    """Nothing to import, only steps: loops, prints, calls or a main guard and no function; or many prints."""
    prints = _prints(body)
    if any(isinstance(each, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)) for each in body):
        return prints >= _OUTPUT
    calls = [each for each in body if isinstance(each, ast.Expr) and _acts(each.value)]
    loops = any(isinstance(each, (ast.For, ast.While)) or _is_guard(each) for each in body)
    inner = (each.body for each in body if isinstance(each, (ast.Try, ast.With)))
    return prints > 0 or len(calls) > 2 or loops or any(_prints(each) > 0 for each in inner)


def _only_defines(body: list[ast.stmt]) -> bool:
    """Functions or classes, and no step at all: to run such a file does nothing."""
    pending, defines = list(body), False
    while pending:
        match pending.pop():
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                defines = True
            case ast.For() | ast.While() | ast.With() | ast.Expr(value=ast.Call() | ast.Await()):
                return False
            case ast.If(test=test) if is_main_guard(test):
                return False
            case ast.If(body=inner, orelse=other) | ast.Try(body=inner, orelse=other):
                pending += [*inner, *other]
    return defines


def _acts(value: ast.expr) -> bool:
    """A call, other than one that sets up a logger."""
    match value:
        case ast.Call(func=ast.Attribute(attr=attr)):
            return attr not in _SET_UP
    return isinstance(value, ast.Call)


def _ends_running(body: list[ast.stmt]) -> bool:
    """The last statement is `main()`, `app.run()`, `asyncio.run(main())` or such: it returns at the end."""
    match body[-1:]:
        case [ast.Try(body=inner)]:
            return _ends_running(inner)
        case [ast.Expr(value=ast.Call(func=ast.Attribute(value=ast.Name(id=owner), attr="run")))]:
            return owner not in ("subprocess", "sp")
        case [ast.Expr(value=ast.Call(func=ast.Name(id=name)))]:
            return name == "main" or name.rpartition("_")[2] in _SHOWS
    return False


def _prints(body: list[ast.stmt]) -> int:
    """How many prints there are; one in a loop is as good as many."""
    calls = [each.value for each in body if isinstance(each, ast.Expr) and isinstance(each.value, ast.Call)]
    prints = sum(isinstance(each.func, ast.Name) and each.func.id == "print" for each in calls)
    loops = (each.body for each in body if isinstance(each, (ast.For, ast.While)))
    return prints + _OUTPUT * any(_prints(each) for each in loops)


def _has_main_guard(tree: ast.Module) -> bool:
    return any(_is_guard(node) for node in tree.body)


def _is_guard(node: ast.stmt) -> bool:
    return isinstance(node, ast.If) and is_main_guard(node.test)


def _in_package(filename: str) -> bool:
    return os.path.isfile(os.path.join(os.path.dirname(os.path.abspath(filename)), "__init__.py"))


def _import_time(body: list[ast.stmt]) -> Iterator[ast.AST]:
    """Every node that the body executes at its own level: no function, class or main-guarded code."""
    pending: list[ast.AST] = list(body)
    while pending:
        node = pending.pop()
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)):
            continue
        if isinstance(node, ast.If) and is_main_guard(node.test):
            pending.extend(node.orelse)
            continue
        yield node
        pending.extend(ast.iter_child_nodes(node))


def _runs_a_program(node: ast.AST, tree: ast.Module) -> bool:
    match node:
        case ast.While(test=ast.Constant(value=value)):
            return bool(value) and not _tries_again(node)
        case ast.While(test=ast.Name() | ast.UnaryOp(operand=ast.Name())):
            return any(isinstance(each, ast.Attribute) and each.attr in _FRAMES for each in ast.walk(node))
        case ast.Attribute(value=ast.Name(), attr="argv") | ast.Name(id="argv", ctx=ast.Load()):
            return True
        case (
            ast.Expr(value=ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)))
            | ast.Assign(value=ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)))
        ):
            return name in _MAIN_CALLS and not _returns_at_once(node.value, tree)
    return False


def _tries_again(loop: ast.While) -> bool:
    """`while True:` around a `try` that is left by `break` as soon as it works."""
    match loop.body:
        case [ast.Try(body=body, orelse=orelse), *_]:
            return any(isinstance(each, ast.Break) for each in (*body, *orelse))
    return False


def _returns_at_once(call: ast.expr, tree: ast.Module) -> bool:
    """`LOOP.run_forever()`, a method of a class of this file that neither loops nor runs another."""
    match call:
        case ast.Call(func=ast.Attribute(value=ast.Name(id=owner), attr=method)):
            return _is_short(owner, method, tree)
    return False


def _is_short(owner: str, method: str, tree: ast.Module) -> bool:
    made = [
        getattr(each.value.func, "id", "")
        for each in tree.body
        if isinstance(each, ast.Assign) and isinstance(each.value, ast.Call)
        if any(getattr(target, "id", "") == owner for target in each.targets)
    ]
    bodies = [
        function
        for each in tree.body
        if isinstance(each, ast.ClassDef) and each.name in made
        for function in each.body
        if isinstance(function, ast.FunctionDef) and function.name == method
    ]
    return bool(bodies) and not any(
        isinstance(node, ast.While) or (isinstance(node, ast.Attribute) and node.attr in _MAIN_CALLS)
        for body in bodies
        for node in ast.walk(body)
    )
