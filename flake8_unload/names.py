"""Which qualified name an expression stands for, through every alias. Knows bindings, not order.

`None` among the candidates means "something that cannot be proved"; a rule is silent then.
"""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterator

from flake8_unload.scopes import Binding, Bindings, Kind, Scope
from flake8_unload.text_parts import text_parts

_BUILTINS = frozenset(dir(builtins)) | {"reload", "unicode", "basestring", "execfile", "raw_input"}
_IMPORTERS = frozenset({"importlib.import_module", "builtins.__import__", "importlib.__import__"})
_DEPTH = 8

Candidates = frozenset[str | None]
UNKNOWN: Candidates = frozenset({None})
_NOTHING: Candidates = frozenset()


class Names:
    """Resolves expressions of one file. ``module`` is its dotted name or None, ``package`` its package."""

    def __init__(self, bindings: Bindings, module: str | None, package: str | None) -> None:
        self.bindings = bindings
        self.module = module
        self.package = package
        self._of_binding: dict[int, Candidates] = {}
        self._values: dict[int, ast.expr | None] = {}

    def resolve(self, expr: ast.expr | None, scope: Scope) -> str | None:
        """The one qualified name of ``expr``, or None where it is not provable."""
        found = self.candidates(expr, scope)
        return next(iter(found)) if len(found) == 1 else None

    def candidates(self, expr: ast.expr | None, scope: Scope, depth: int = _DEPTH) -> Candidates:
        """Every qualified name that ``expr`` may stand for; None in it for the unprovable rest."""
        if depth == 0 or expr is None:
            return UNKNOWN
        match expr:
            case ast.Name(id=name):
                return self._of_name(name, scope, depth)
            case ast.Attribute(value=value, attr=attr):
                return self._attribute(value, attr, scope, depth)
            case ast.Call(func=func, args=args, keywords=keywords):
                return self._of_call(func, args, keywords, scope, depth)
            case ast.Subscript(value=value, slice=key):
                if self.candidates(value, scope, depth - 1) == {"sys.modules"}:
                    text = self.text(key, scope)
                    return frozenset({text}) if text else UNKNOWN
            case ast.NamedExpr(value=value):
                return self.candidates(value, scope, depth - 1)
        return UNKNOWN

    def _attribute(self, owner: ast.expr, attr: str, scope: Scope, depth: int) -> Candidates:
        base = self.candidates(owner, scope, depth - 1)
        if len(base) == 1 and (held := self._held_by_class(next(iter(base)), attr, depth)):
            return held
        return frozenset(f"{each}.{attr}" if each else None for each in base)

    def _held_by_class(self, owner: str | None, attr: str, depth: int) -> Candidates:
        """What `m = m` in the body of a class of this file keeps in an attribute that nothing else sets."""
        _, here, name = (owner or "").partition("<this file>.")
        bindings = self.bindings.module.bindings.get(name, ()) if here else ()
        if len(bindings) != 1 or not isinstance(bindings[0].node, ast.ClassDef):
            return _NOTHING
        held = self.bindings.scope_of(bindings[0].node).bindings.get(attr, ())
        if len(held) != 1 or _is_set(attr, self.bindings.module.node):
            return _NOTHING
        match held[0].statement:
            case ast.Assign(value=ast.Name(id=name)) if name == attr:
                return self._of_name(attr, self.bindings.module, depth - 1)
            case ast.Assign(value=ast.Name() | ast.Attribute()) | ast.Import() | ast.ImportFrom():
                return self._of_one(held[0], depth - 1)
        return _NOTHING

    def _of_name(self, name: str, scope: Scope, depth: int) -> Candidates:
        home = self.bindings.lookup(name, scope)
        if home is None:
            known = name in _BUILTINS and not self.bindings.module.star_imports
            return frozenset({f"builtins.{name}"}) if known else UNKNOWN
        found: set[str | None] = set()
        bindings = home.bindings.get(name, ())
        for binding in bindings:
            found |= self._of_one(binding, depth)
        if not bindings:
            return UNKNOWN
        return frozenset(found)

    def _of_one(self, binding: Binding, depth: int) -> Candidates:
        cached = self._of_binding.get(id(binding))
        if cached is None:
            self._of_binding[id(binding)] = UNKNOWN  # a name bound to itself ends here
            cached = self._of_binding[id(binding)] = self._bound_to(binding, depth)
        return cached

    def _bound_to(self, binding: Binding, depth: int) -> Candidates:
        statement, node = binding.statement, binding.node
        if isinstance(node, ast.alias):
            found = self.imported(node, statement)
            return frozenset({found}) if found else UNKNOWN
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Del):
            return _NOTHING
        if isinstance(statement, (ast.Assign, ast.AnnAssign)):
            value = assigned_value(statement, node)
            if isinstance(value, ast.Constant) and value.value is None:
                return _NOTHING  # `except ImportError: m = None`
            if self._is_own_reload(value, binding, depth):
                return _NOTHING  # `m = reload(m)`: the same module, or what replaced it under its name
            return self.candidates(value, binding.block, depth - 1)
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            return frozenset({f"<this file>.{node.name}"}) if binding.scope.kind is Kind.MODULE else UNKNOWN
        return UNKNOWN

    def _is_own_reload(self, value: ast.expr | None, binding: Binding, depth: int) -> bool:
        if not isinstance(value, ast.Call) or not isinstance(binding.node, ast.Name):
            return False
        argument = first_argument(value.args, value.keywords, "module")
        if not isinstance(argument, ast.Name) or argument.id != binding.node.id:
            return False
        called = self.candidates(value.func, binding.block, depth - 1)
        same = self.bindings.lookup(argument.id, binding.block) is binding.scope
        return same and bool(called) and called <= RELOADERS

    def _of_call(
        self, func: ast.expr, args: list[ast.expr], keywords: list[ast.keyword], scope: Scope, depth: int
    ) -> Candidates:
        called = self.candidates(func, scope, depth - 1)
        argument = first_argument(args, keywords, "name")
        if called and called <= _IMPORTERS:
            text = self.text(argument, scope)
            if text and text.startswith("."):
                text = self.absolute(text)
            if text and "builtins.__import__" in called and len(args) < 4:
                text = text.partition(".")[0]
            return frozenset({text}) if text else UNKNOWN
        if called and called <= RELOADERS:
            return self.candidates(first_argument(args, keywords, "module"), scope, depth - 1)
        if called == {"builtins.getattr"} and len(args) == 2 and (text := self.text(args[1], scope)):
            return self._attribute(args[0], text, scope, depth)
        if len(called) == 1 and None not in called:
            return frozenset({f"{next(iter(called))}()"})
        return UNKNOWN

    def imported(self, alias: ast.alias, statement: ast.stmt | None) -> str | None:
        """The qualified name that an import binds: `import a.b` binds `a`, `from m import f` binds `m.f`."""
        if isinstance(statement, ast.ImportFrom):
            module = self.source(statement)
            return (
                None if alias.name == "*" else f"{module}.{alias.name}" if module != "." else f".{alias.name}"
            )
        return alias.name if alias.asname else alias.name.partition(".")[0]

    def source(self, statement: ast.ImportFrom) -> str:
        """The module that a from-import takes its names from, absolute where the package is known."""
        relative = "." * statement.level + (statement.module or "")
        return self.absolute(relative) if statement.level else relative

    def absolute(self, relative: str) -> str:
        """`.sub` made absolute, or left as written where the file's package is not known."""
        rest = relative.lstrip(".")
        up = len(relative) - len(rest) - 1
        parts = self.package.split(".") if self.package else []
        if not parts or up >= len(parts):
            return relative
        return ".".join(parts[: len(parts) - up] + ([rest] if rest else []))

    def text(self, expr: ast.expr | None, scope: Scope) -> str | None:
        """The one constant string that ``expr`` is: literals, f-strings, sums, constants, `m.__name__`."""
        found = list(self.texts(expr, scope))
        return found[0] if len(found) == 1 else None

    def texts(self, expr: ast.expr | None, scope: Scope, depth: int = _DEPTH) -> Iterator[str]:
        """Every string that ``expr`` is in turn (a loop over literals gives several); none if unprovable."""
        if depth == 0:
            return
        match expr:
            case ast.Constant(value=str(value)):
                yield value
            case ast.NamedExpr(value=value):
                yield from self.texts(value, scope, depth - 1)
            case ast.JoinedStr() | ast.BinOp() | ast.Call():
                yield from self._joined(text_parts(expr), scope, depth)
            case (
                ast.Attribute(value=value, attr="__name__")
                | ast.Attribute(value=ast.Attribute(value=value, attr="__spec__"), attr="name")
            ):
                name = self.resolve(value, scope)
                if name and not name.startswith("<") and not name.endswith(")"):
                    yield name
            case ast.Name(id="__name__"):
                if self.module:
                    yield self.module
            case ast.Name(id="__package__"):
                if self.package:
                    yield self.package
            case ast.Name(id=name):
                yield from self._texts_of_name(name, scope, depth)

    def _joined(self, parts: list[ast.expr] | None, scope: Scope, depth: int) -> Iterator[str]:
        done = [] if parts is None else [""]
        for part in parts or ():
            ends = list(self.texts(part, scope, depth - 1))
            done = [start + end for start in done for end in ends]
        yield from done

    def _texts_of_name(self, name: str, scope: Scope, depth: int) -> Iterator[str]:
        home = self.bindings.lookup(name, scope)
        bindings = home.bindings.get(name, []) if home else []
        if len(bindings) != 1 or isinstance(bindings[0].node, ast.alias):
            return
        binding = bindings[0]
        match binding.statement:
            case ast.Assign() | ast.AnnAssign() as statement:
                yield from self.texts(assigned_value(statement, binding.node), binding.block, depth - 1)
            case ast.For(target=target, iter=items) if target is binding.node:
                for item in self.items(items, binding.block):
                    yield from self.texts(item, binding.block, depth - 1)

    def items(self, expr: ast.expr | None, scope: Scope, depth: int = _DEPTH) -> list[ast.expr]:
        """The elements of a literal tuple, list or set, also through a name bound once to one."""
        match expr:
            case ast.Tuple(elts=elements) | ast.List(elts=elements) | ast.Set(elts=elements):
                return [] if any(isinstance(each, ast.Starred) for each in elements) else elements
            case ast.Name(id=name) if depth:
                home = self.bindings.lookup(name, scope)
                bindings = home.bindings.get(name, []) if home else []
                if len(bindings) == 1 and isinstance(bindings[0].statement, (ast.Assign, ast.AnnAssign)):
                    value = assigned_value(bindings[0].statement, bindings[0].node)
                    return self.items(value, bindings[0].block, depth - 1)
        return []


def _is_set(attr: str, tree: ast.AST) -> bool:
    """Something binds or deletes an attribute of this name."""
    return any(
        isinstance(each, ast.Attribute) and each.attr == attr and not isinstance(each.ctx, ast.Load)
        for each in ast.walk(tree)
    )


RELOADERS: Candidates = frozenset(
    {
        "importlib.reload",
        "importlib._bootstrap.reload",
        "imp.reload",
        "builtins.reload",
        "six.moves.reload_module",
        "six.moves.reload",
        "past.builtins.reload",
    }
)


def first_argument(args: list[ast.expr], keywords: list[ast.keyword], name: str) -> ast.expr | None:
    """The first positional argument or the keyword ``name``; None with a star before it or without either."""
    if args:
        return None if isinstance(args[0], ast.Starred) else args[0]
    return next((each.value for each in keywords if each.arg == name), None)


def assigned_value(statement: ast.Assign | ast.AnnAssign, target: ast.AST) -> ast.expr | None:
    """What ``target`` is given by the assignment, pairwise through tuples; None where not one expression."""
    targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
    for each in targets:
        if each is target:
            return statement.value
        if isinstance(each, (ast.Tuple, ast.List)) and isinstance(statement.value, (ast.Tuple, ast.List)):
            if len(each.elts) == len(statement.value.elts):
                for part, value in zip(each.elts, statement.value.elts, strict=True):
                    if part is target:
                        return value
    return None
