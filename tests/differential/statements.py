"""What a single statement of a program does, by its text. Knows no order."""

from __future__ import annotations

import ast
from collections.abc import Iterator

BOUND = "="  # in front of a name: a look at what an import has just bound, not a read of the program
HEADER_NAMES = ("sys", "importlib", "reload", "flag", "rounds", "boundary", "suppress", "keep")


def suppresses(node: ast.AST) -> bool:
    """`with suppress(…)`."""
    return isinstance(node, ast.With) and "suppress" in ast.unparse(node.items[0].context_expr)


def catches(handler: ast.ExceptHandler) -> bool:
    """The clause takes every error."""
    return handler.type is None or ast.unparse(handler.type) == "Exception"


def takes(node: ast.Try, error: str) -> bool:
    """A clause takes errors of this kind; the programs name `Exception` and `KeyError` alone."""
    return any(catches(each) or ast.unparse(each.type or each) == error for each in node.handlers)


def cannot_fail(node: ast.stmt) -> bool:
    """Nothing but the program itself can make the statement fail: it deletes names, or jumps."""
    if isinstance(node, ast.Delete):
        return all(isinstance(each, ast.Name) for each in node.targets)
    return isinstance(node, (ast.Pass, ast.Global, ast.Return, ast.Break, ast.Continue))


def purges(node: ast.AST) -> bool:
    """The loop that removes a package with all that is below it."""
    return isinstance(node, ast.For) and ast.unparse(node.iter) in ("sys.modules", "list(sys.modules)")


def sieves(node: ast.AST) -> bool:
    """The test in such a loop: it changes nothing, and comes a thousand times."""
    return isinstance(node, ast.If) and ".startswith('pkg.')" in ast.unparse(node.test)


def binds(node: ast.stmt) -> Iterator[tuple[str, str | None]]:
    """The names that a statement without its suites binds, each with what it holds then.

    That is a qualified name, or an expression in the names of the program. None: the name is deleted.
    """
    match node:
        case ast.Import(names=names):
            for each in names:
                top = each.name.partition(".")[0]
                yield (each.asname, each.name) if each.asname else (top, top)
        case ast.ImportFrom(module=module, names=names):
            yield from ((each.asname or each.name, f"{module}.{each.name}") for each in names)
        case ast.Assign(targets=[ast.Name(id=name)], value=ast.Call(args=[ast.Constant(value=module)])):
            yield name, str(module)
        case ast.Assign(targets=[ast.Name(id=name)], value=ast.Call(ast.Name("reload"), [reloaded])):
            yield name, _qualified(reloaded)
        case ast.Assign(targets=[ast.Name(id=name)], value=value):
            yield name, _qualified(value)
        case (
            ast.FunctionDef(name=name, args=ast.arguments(defaults=[value]))
            | ast.ClassDef(name=name, bases=[value])
        ):
            yield name, _qualified(value)
        case ast.Delete(targets=targets):
            yield from ((each.id, None) for each in targets if isinstance(each, ast.Name))
        case ast.For(target=ast.Name(id=name)):
            yield name, ast.unparse(node.iter)


def read_by(node: ast.stmt) -> Iterator[str]:
    """What a statement without its suites reads: variables, `pkg.sub`, and what it has just imported."""
    for each in heads(node):
        match each:
            case ast.Name(id=name, ctx=ast.Load()) if name not in HEADER_NAMES:
                yield name
            case ast.Attribute(ctx=ast.Load()) if ast.unparse(each) == "pkg.sub":
                yield "pkg.sub"
    yield from (BOUND + name for name in looked_at(node))


def looked_at(node: ast.stmt) -> list[str]:
    """What `from pkg import sub` or `import pkg.sub as sub` has just bound."""
    match node:
        case ast.ImportFrom(module="pkg", names=names):
            return [each.asname or each.name for each in names]
        case ast.Import(names=[ast.alias(asname=str())]):
            return [each.asname or each.name for each in node.names]
    return []


def loads(node: ast.stmt) -> set[str]:
    """The modules of which a statement sees to it that they are loaded."""
    match node:
        case ast.Import(names=[ast.alias(name=name)]):
            return {name, name.partition(".")[0]}
        case ast.ImportFrom(module=str(module), names=names):
            inner = {f"{module}.{each.name}" for each in names if each.name == "sub"}
            return {module, module.partition(".")[0]} | inner
        case ast.Assign(
            value=ast.Call(func=ast.Attribute(attr="import_module"), args=[ast.Constant(value=name)])
        ):
            return {name, name.partition(".")[0]}
    return set()


def heads(node: ast.stmt) -> Iterator[ast.AST]:
    """The nodes of a statement without those of its suites."""
    suites = {
        id(each) for name in ("body", "orelse", "finalbody", "handlers") for each in getattr(node, name, ())
    }
    pending: list[ast.AST] = [node]
    while pending:
        found = pending.pop()
        yield found
        pending.extend(each for each in ast.iter_child_nodes(found) if id(each) not in suites)


def reloads(node: ast.stmt) -> list[str]:
    """What a statement reloads, as it is written; a submodule by its qualified name."""
    return [
        _qualified(each.args[0])
        for each in heads(node)
        if isinstance(each, ast.Call) and ast.unparse(each.func).endswith("reload")
    ]


def _qualified(value: ast.expr) -> str:
    """An expression, with the names that stand for the submodule spelled out."""
    text = ast.unparse(value)
    return "pkg.sub" if text in ("sub", "s", "sys.modules['pkg.sub']") else text
