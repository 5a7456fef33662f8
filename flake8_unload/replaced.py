"""Was the attribute that import time sets there before: is it replaced, or added? Knows no rule."""

from __future__ import annotations

import ast

from flake8_unload import library
from flake8_unload.events import HookReplaced
from flake8_unload.lifecycle import File

_METHODS = frozenset(
    """
    __init__ __new__ __call__ __getattribute__ __getattr__ __setattr__ __del__ __enter__""".split()
)
_NEW = frozenset("new patched monkeypatched overridden override fixed hooked wrapped replaced".split())
_STREAMS = frozenset({"sys.stdin", "sys.stdout", "sys.stderr"})
_HERE = "<this file>."
_WRAPPERS = frozenset({"builtins.staticmethod", "builtins.classmethod", "builtins.property"})


def target_of(node: ast.AST) -> tuple[ast.expr, str] | None:
    """Whose attribute is set, and which: `m.f = …`, `setattr(m, "f", …)`."""
    match node:
        case ast.Attribute(value=owner, attr=attr):
            return owner, attr
        case ast.Call(func=ast.Name(id="setattr"), args=[owner, ast.Constant(value=str(attr)), _]):
            return owner, attr
    return None


def existed(replaced: HookReplaced, attr: str, file: File) -> bool:
    """A special method, or one that the import reads, imports by name or speaks of; or the library has it."""
    if attr.startswith("__") and attr.endswith("__"):
        return attr in _METHODS
    if _swallows(replaced.value) or _is_new_version(replaced, attr) or library.defines(replaced.name):
        return True
    if _is_imported(replaced.name, file):
        return True
    return any(
        isinstance(node, ast.Attribute)
        and node.attr == attr
        and is_read(node, replaced.name, file)
        and runs_at_import(node, replaced.through, file)
        for node in ast.walk(file.tree)
    )


def is_read(node: ast.AST, name: str, file: File) -> bool:
    """The expression reads the attribute ``name``, or may, where an import has a fallback."""
    if not isinstance(node, ast.Attribute) or not isinstance(node.ctx, ast.Load):
        return False
    return node.attr == name.rpartition(".")[2] and name in file.names.candidates(node, file.bindings.module)


def _is_imported(name: str, file: File) -> bool:
    """`from module import f as _f`, so that `module.f` is there."""
    owner, _, attr = name.rpartition(".")
    return any(
        isinstance(binding.node, ast.alias)
        and isinstance(binding.statement, ast.ImportFrom)
        and binding.node.name == attr
        and file.names.source(binding.statement) == owner
        for bindings in file.bindings.module.bindings.values()
        for binding in bindings
    )


def _is_new_version(replaced: HookReplaced, attr: str) -> bool:
    """`module.load = patched_load`: the name of the new one says that there is an old one."""
    value = replaced.value.id if isinstance(replaced.value, ast.Name) else ""
    old = attr.lower().strip("_")
    words = value.lower().split(old) if old else ()
    return len(words) == 2 and bool(_NEW & {word for each in words for word in each.split("_")})


def _swallows(value: ast.expr | None) -> bool:
    """`lambda *args, **kwargs: None`: whatever was there is silenced, as nobody adds such a thing."""
    match value:
        case ast.Lambda(args=ast.arguments(vararg=ast.arg()), body=ast.Constant()):
            return True
    return False


def runs_at_import(node: ast.AST, through: str | None, file: File) -> bool:
    """The code at ``node`` stands in no function, or in the one ``through`` which the import goes."""
    child = node
    for around in file.ancestors(node):
        if isinstance(around, ast.Lambda) and child is around.body:
            return False
        if isinstance(around, (ast.FunctionDef, ast.AsyncFunctionDef)) and child in around.body:
            return around.name == through or (through is not None and around.name == "__init__")
        child = around
    return True


def inside_call(replaced: HookReplaced, file: File) -> ast.expr | None:
    """The new value; of a call, what it wraps: `staticmethod(f)`, or the old value in `traced(m.f)`."""
    match replaced.value:
        case ast.Call(func=func, args=[argument]) if file.names.resolve(func, replaced.block) in _WRAPPERS:
            return argument
        case ast.Call(args=arguments):
            return next((each for each in arguments if is_read(each, replaced.name, file)), replaced.value)
    return replaced.value


def is_new_stream(replaced: HookReplaced, file: File) -> bool:
    """`sys.stdout = Tee()`, of a class of this file, or a wrapper: `codecs.getwriter("utf8")(sys.stdout)`."""
    if replaced.name not in _STREAMS or not isinstance(replaced.value, ast.Call):
        return False
    if any(is_read(node, replaced.name, file) for node in ast.walk(replaced.value)):
        return True
    name = file.names.resolve(replaced.value.func, replaced.block) or ""
    made = file.bindings.module.bindings.get(name.removeprefix(_HERE), ())
    return name.startswith(_HERE) and any(isinstance(each.node, ast.ClassDef) for each in made)
