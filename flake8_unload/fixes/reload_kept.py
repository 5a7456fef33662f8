"""What would go on to hold the old object of an imported name after its reload. Knows no edits."""

from __future__ import annotations

import ast

from flake8_unload.call_order import comes_before
from flake8_unload.events import Read, Reload, Var
from flake8_unload.lifecycle import File

_LOOKS = frozenset(
    """
    isinstance issubclass print repr str id type hasattr getattr callable len vars dir help format
    bool""".split()
)
_GOES_ON = (
    ast.Attribute,
    ast.Tuple,
    ast.List,
    ast.Set,
    ast.Dict,
    ast.Starred,
    ast.Await,
    ast.BoolOp,
    ast.IfExp,
    ast.ListComp,
    ast.SetComp,
    ast.DictComp,
    ast.GeneratorExp,
    ast.keyword,
)


def keeper(var: Var, reload: Reload, file: File) -> str | None:
    """Why a fresh object under the name would not do: what took the old one before the reload; or None."""
    for read in file.reads_of(var):
        if _comes_first(read, reload, file):
            what = _keeps(read.node, var[1], file)
            if what:
                return what
    return None


def _comes_first(read: Read, reload: Reload, file: File) -> bool:
    """The read happens before the reload, or may: also in a function that is called before."""
    block = file.block(read)
    if comes_before(file, read, reload):
        return True
    return block is not file.block(reload) and any(
        comes_before(file, call, reload) for call in file.calls_of(block)
    )


def _keeps(node: ast.expr, name: str, file: File) -> str | None:
    """What the value goes into; None where it is looked at, called, raised or thrown away."""
    child: ast.AST = node
    is_class = name.lstrip("_")[:1].isupper()
    for around in file.ancestors(node):
        match around:
            case ast.Attribute(ctx=ast.Store() | ast.Del()):
                return f"`{name}` was changed before the reload"
            case ast.Call(func=func) if func is child:
                if not is_class:
                    return None
            case ast.Call(func=ast.Name(id=called)) if called in _LOOKS:
                return None
            case ast.Call(func=ast.Name(id="setattr" | "delattr"), args=[first, *_]) if first is child:
                return f"`{name}` was changed before the reload"
            case ast.Call():
                return f"a call may keep the old `{name}`"
            case ast.arguments():
                return f"a default argument keeps the old `{name}`"
            case ast.ClassDef(decorator_list=decorators) if child not in decorators:
                return f"a base class keeps the old `{name}`"
            case ast.ClassDef() | ast.FunctionDef() | ast.AsyncFunctionDef():
                return f"a decorator keeps the old `{name}`"
            case ast.Assign() | ast.AnnAssign() | ast.AugAssign() | ast.NamedExpr() | ast.Yield():
                return f"an assignment keeps the old `{name}`"
            case ast.Subscript(value=value) if value is child and isinstance(around.ctx, ast.Load):
                pass  # `C[int]`
            case ast.Subscript(ctx=ast.Store()):
                return f"an assignment keeps the old `{name}`"
            case ast.withitem():
                return f"a `with` statement keeps the old `{name}`"
            case ast.IfExp(test=test) if test is child:
                return None
            case ast.BinOp(op=ast.BitOr()):
                pass
            case _ if not isinstance(around, _GOES_ON):
                return None
        child = around
    return None
