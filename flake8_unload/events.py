"""The vocabulary: what can happen to a module, a name or `sys.modules`. Data only; knows no order."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field

from flake8_unload.scopes import Scope

Var = tuple[Scope, str]
"""A name in the scope that owns it."""

Round = ast.For | ast.comprehension
"""A loop, or one `for` of a comprehension."""


@dataclass(slots=True, eq=False)
class Event:
    """Something that happens when ``node`` is executed by the code of ``block``.

    ``step`` is its place in the flow of its block; one node may happen at several steps
    (a `finally` block is entered in two ways).
    """

    node: ast.AST
    block: Scope
    step: int = field(default=-1, init=False)


@dataclass(slots=True, eq=False)
class Bind(Event):
    """A name is bound. ``imported`` is the qualified name when an import does it."""

    var: Var
    statement: ast.stmt | None
    value: ast.expr | None = None
    imported: str | None = None
    source: str | None = None  # the module that a from-import takes the name from


@dataclass(slots=True, eq=False)
class Read(Event):
    """A name is read."""

    var: Var
    node: ast.Name


@dataclass(slots=True, eq=False)
class Forget(Event):
    """`del name`."""

    var: Var
    statement: ast.stmt


@dataclass(slots=True, eq=False)
class WriteNamespace(Event):
    """Globals are bound or deleted as text: `globals()[name] = …`, `exec(…)`; ``name`` where provable."""

    name: str | None


@dataclass(slots=True, eq=False)
class ForgetAttribute(Event):
    """`del pkg.sub` or `delattr(pkg, "sub")`; ``name`` is the qualified name where provable."""

    name: str | None


@dataclass(slots=True, eq=False)
class Import(Event):
    """The import system is asked for ``module`` (statement or call); ``names`` of a from-import."""

    module: str
    names: tuple[str, ...] = ()


@dataclass(slots=True, eq=False)
class Call(Event):
    """A call that is none of the others; ``name`` is what is called, where provable."""

    node: ast.Call
    name: str | None


@dataclass(slots=True, eq=False)
class Keys:
    """What a removal removes: exact keys, and prefixes that end with a dot. ``known`` when that is all."""

    exact: tuple[str, ...] = ()
    prefixes: tuple[str, ...] = ()
    known: bool = False

    def removes(self, module: str) -> bool:
        """True when the entry of ``module`` certainly goes."""
        return self.known and (module in self.exact or module.startswith(self.prefixes or ("\0",)))


@dataclass(slots=True, eq=False)
class Unload(Event):
    """Entries leave `sys.modules`.

    ``spelling``: `del`, `pop`, `popitem`, `clear`, `__delitem__`. ``key`` is the key expression.
    ``lenient``: a missing key raises nothing. ``kept``: the removed module object is used.
    """

    spelling: str
    key: ast.expr | None
    keys: Keys
    lenient: bool
    kept: bool
    statement: ast.stmt | None
    loop: Round | None = None  # the loop whose target is the key


@dataclass(slots=True, eq=False)
class Put(Event):
    """Entries are stored into `sys.modules`; ``key`` is None where not one provable key.

    ``slot`` is the key as written, and ``value`` what is stored, where one entry is.
    """

    key: str | None
    slot: ast.expr | None = None
    value: ast.expr | None = None


@dataclass(slots=True, eq=False)
class Rebind(Event):
    """`sys.modules = value`; value None for `del sys.modules`."""

    value: ast.expr | None
    statement: ast.stmt | None


@dataclass(slots=True, eq=False)
class Reload(Event):
    """A call of a reload function. ``targets`` are the modules that are provably reloaded.

    ``prefixes``: a loop reloads everything loaded that starts with one of them (each ends with a dot).
    """

    node: ast.Call
    function: frozenset[str | None]
    argument: ast.expr | None
    targets: tuple[str, ...]
    statement: ast.stmt | None
    prefixes: tuple[str, ...] = ()


@dataclass(slots=True, eq=False)
class SysModulesLoop(Event):
    """`for … in sys.modules` over the dict itself, a view or a lazy iterator over it."""

    node: ast.For | ast.comprehension
    source: ast.expr


@dataclass(slots=True, eq=False)
class LoopDone(Event):
    """A `for` loop has had all its rounds."""

    node: ast.For


@dataclass(slots=True, eq=False)
class Define(Event):
    """A function or class statement; its name is bound by a `Bind` of its own."""

    node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


@dataclass(slots=True, eq=False)
class Assign(Event):
    """An assignment to an attribute (`target` is it); ``name`` is its qualified name where provable."""

    target: ast.Attribute
    value: ast.expr | None
    name: str | None


@dataclass(slots=True, eq=False)
class Opened(Event):
    """A resource is opened while the file is imported.

    ``holder`` says what keeps it: `global`, `class`, `default`, `decorator`, `container`, `attribute`,
    or `nothing` (used up by the expression around it). ``var`` is the name, where one does.
    ``through`` is the function or class of this file that opens it when ``node`` calls that.
    """

    node: ast.Call
    kind: str
    noun: str
    holder: str
    var: Var | None
    through: str | None


@dataclass(slots=True, eq=False)
class Started(Event):
    """A thread, process or background service is started while the file is imported."""

    node: ast.Call
    noun: str
    through: str | None


@dataclass(slots=True, eq=False)
class HandlerAdded(Event):
    """A logging handler is attached while the file is imported; ``handler`` is its class."""

    node: ast.Call
    handler: str
    through: str | None


@dataclass(slots=True, eq=False)
class HookReplaced(Event):
    """Something that belongs to the process or to another module is replaced at import; ``name`` is it."""

    name: str
    value: ast.expr | None
    through: str | None


@dataclass(slots=True, eq=False)
class Registered(Event):
    """A registry of the process gets an entry at import."""

    node: ast.expr
    name: str
