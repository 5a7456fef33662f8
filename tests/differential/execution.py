"""Executes a program under every choice it leaves open, and observes each read of a name.

A program is instrumented on its tree. Before every statement the world is compared with what it was,
so that a change is put down to the statement that made it; every read of a name is classified. An error
goes where it would go: into the `try` around it, or it ends the module or the call.
"""

from __future__ import annotations

import ast
import importlib
import itertools
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from enum import Enum
from types import CodeType, ModuleType
from typing import Any

from tests.differential import world

MAX_RUNS = 1500
_PLAIN = (ast.Global, ast.Nonlocal, ast.Pass, ast.Return, ast.Break, ast.Continue, ast.Raise)
HEADER_NAMES = ("sys", "importlib", "reload", "flag", "rounds", "boundary", "suppress", "keep")
_SUITES = ("body", "orelse", "finalbody")


Aims = dict[int, tuple[int, tuple[str, ...]]]
"""Where a removal begins: the line that removes, and the keys that are gone when it is done."""

PARAMETER = "a"  # of every function that has one
BOUND = "="  # in front of a name: a look at what an import has just bound, not a read of the program


class Seen(Enum):
    """What a read of a name gave."""

    FRESH = "fresh"
    STALE = "stale"
    MISSING = "missing"
    OTHER = "other"


@dataclass
class Read:
    """One read, once: ``causes`` are the lines that made the object stale, the first one first."""

    at: int
    line: int
    name: str
    seen: Seen
    causes: tuple[int, ...] = ()
    tagged: bool = False  # an object of a module, not a module


@dataclass(frozen=True)
class Choice:
    """What is left open: the answers of each flag in turn, the fault, who is called after the module has
    run, and whether others had loaded the world before.
    """

    flags: dict[str, tuple[int, ...]]
    fault: tuple[int, str]
    calls: tuple[str, ...]
    loaded: bool


@dataclass
class Run:
    """One execution. ``begun`` are the lines in the order in which they began."""

    choice: Choice
    begun: list[int] = field(default_factory=list)
    reads: list[Read] = field(default_factory=list)
    failed: list[tuple[int, str]] = field(default_factory=list)
    broken: dict[int, str] = field(default_factory=dict)  # error by place in ``begun`` of what failed
    derailed: list[int] = field(default_factory=list)  # times when an error of its own went its way
    faulted: int = 0  # the line that was given an error
    upset: int = 0  # the time when the first call from outside ended in an error
    finished: bool = False  # the module body has come to its end

    def fail(self, line: int, error: str) -> None:
        """Note that the statement of ``line`` that began last came to nothing."""
        self.failed.append((line, error))
        self.broken[len(self.begun) - 1 - self.begun[::-1].index(line)] = error

    def follows(self, line: int, before: int) -> bool:
        """Whether the statement of ``line`` was executed before the time ``before``, and did not fail."""
        return any(each == line and at not in self.broken for at, each in enumerate(self.begun[: before - 1]))


class _Injected(KeyError):
    """Something that the program did not see coming; of a kind that each of its handlers takes."""


# -- instrumentation ---------------------------------------------------------------------------
class _Instrument:
    def __init__(self) -> None:
        self.faults: list[int] = []

    def module(self, tree: ast.Module) -> ast.Module:
        tree.body = self._suite(tree.body, guarded=False)
        for node in ast.walk(tree):  # lines are arguments by now
            if "lineno" in node._attributes:
                node.lineno = node.end_lineno = 1  # type: ignore[attr-defined]
                node.col_offset = node.end_col_offset = 0  # type: ignore[attr-defined]
        return tree

    def _suite(self, body: list[ast.stmt], guarded: bool) -> list[ast.stmt]:
        out: list[ast.stmt] = []
        for node in body:
            if _sieves(node):
                out.extend(self._statement(node, guarded))
                continue
            fault = 0
            if guarded:
                fault = len(self.faults) + 1
                self.faults.append(node.lineno)
            out.append(_call("__begin__", node.lineno, fault))
            out.extend(self._statement(node, guarded))
        return out

    def _statement(self, node: ast.stmt, guarded: bool) -> list[ast.stmt]:
        inner = guarded
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            inner = False
        suites = [name for name in _SUITES if getattr(node, name, None)]
        if isinstance(node, ast.Try):
            for handler in node.handlers:
                handler.body = self._suite(handler.body, guarded)
        for name in suites:
            opens = name == "body" and (isinstance(node, ast.Try) or suppresses(node))
            setattr(node, name, self._suite(getattr(node, name), inner or opens))
        _Reads(node.lineno).visit_heads(node)
        if isinstance(node, (ast.If, ast.With, ast.Try, *_PLAIN)):
            return [node]
        noted = _call("__failed__", node.lineno, isinstance(node, ast.For))
        handler = ast.ExceptHandler(
            type=ast.Name("__Exception__", ast.Load()), name=None, body=[noted, ast.Raise()]
        )
        return [ast.Try(body=[node, *_looked_at(node)], handlers=[handler], orelse=[], finalbody=[])]


def _looked_at(node: ast.stmt) -> list[ast.stmt]:
    """A read of what `from pkg import sub` or `import pkg.sub as sub` has just bound."""
    if not isinstance(node, (ast.Import, ast.ImportFrom)):
        return []
    if isinstance(node, ast.ImportFrom) and node.module != "pkg":
        return []
    if isinstance(node, ast.Import) and not node.names[0].asname:
        return []
    names = [alias.asname or alias.name for alias in node.names]
    return [
        ast.Expr(_Reads(node.lineno).read(BOUND + name, ast.Name(name, ast.Load(), lineno=node.lineno)))
        for name in names
    ]


def _sieves(node: ast.stmt) -> bool:
    """The test of a loop over `sys.modules`: it changes nothing, and comes a thousand times."""
    return isinstance(node, ast.If) and ".startswith('pkg.')" in ast.unparse(node.test)


def suppresses(node: ast.stmt) -> bool:
    return isinstance(node, ast.With) and "suppress" in ast.unparse(node.items[0].context_expr)


def _call(name: str, *values: int | bool) -> ast.stmt:
    return ast.Expr(ast.Call(ast.Name(name, ast.Load()), [ast.Constant(each) for each in values], []))


class _Reads(ast.NodeTransformer):
    """Wraps every read of a name of the program: `m` becomes `__read__(line, "m", lambda: m)`."""

    def __init__(self, line: int) -> None:
        self.line = line

    def visit_heads(self, node: ast.stmt) -> None:
        """Everything of a statement but its suites, which are done already."""
        kept = {name: getattr(node, name) for name in (*_SUITES, "handlers") if getattr(node, name, None)}
        for name in kept:
            setattr(node, name, [])
        self.generic_visit(node)
        for name, value in kept.items():
            setattr(node, name, value)

    def visit_Name(self, node: ast.Name) -> ast.expr:
        if (
            not isinstance(node.ctx, ast.Load)
            or node.id in HEADER_NAMES
            or node.id.startswith(("__", "k"))
            or node.id == PARAMETER
        ):
            return node
        return self.read(node.id, node)

    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
        dotted = ast.unparse(node)
        if dotted.startswith(("sys.", "importlib.")):
            return node
        if node.attr == "__name__":  # the same for every copy of a module
            return node
        self.generic_visit(node)
        return self.read(dotted, node) if dotted == "pkg.sub" and isinstance(node.ctx, ast.Load) else node

    def read(self, name: str, node: ast.expr) -> ast.expr:
        empty = ast.arguments([], [], None, [], [], None, [])
        arguments = [ast.Constant(node.lineno), ast.Constant(name), ast.Lambda(empty, node)]
        return ast.Call(ast.Name("__read__", ast.Load()), arguments, [])


# -- execution ---------------------------------------------------------------------------------
class _Machine:
    """One run: the clock, the history of the world, and what was read."""

    def __init__(self, run: Run, choice: Choice, aims: Aims) -> None:
        self.run = run
        self._flags = {name: itertools.cycle(values) for name, values in choice.flags.items()}
        self._fault, self._when = choice.fault
        self._passed = False
        self._told: list[BaseException | None] = []
        self._before = world.state()
        self._gone: dict[
            int, tuple[str, list[int]]
        ] = {}  # id of a module object: its key, lines that removed it
        self._ended: dict[str, list[tuple[int, int]]] = {}  # module: (generation, line that ended it)
        self._alive: list[object] = []  # keeps ids unique
        self._aims = aims

    def names(self) -> dict[str, Any]:
        return {
            "__begin__": self.begin,
            "__failed__": self.failed,
            "__read__": self.read,
            "__Exception__": Exception,
            "__name__": "program",
            "flag": self.choose,
            "rounds": self.choose,
            "boundary": _boundary,
            "keep": id,
        }

    def choose(self, name: str) -> int:
        return next(self._flags[name])

    def begin(self, line: int, fault: int) -> None:
        self.settle()
        self.run.begun.append(line)
        removal, keys = self._aims.get(line, (line, ()))
        for key in keys:
            if key not in self._before:  # nothing to remove: what is stale stays so
                self._ended.setdefault(key, []).append((world.generation(key), removal))
                for name, lines in self._gone.values():
                    if name == key:
                        lines.append(removal)
        if fault and fault == self._fault:
            first, self._passed = not self._passed, True
            if self._when == "always" or first == (self._when == "first"):
                self.run.faulted = line
                self.run.fail(line, _Injected.__name__)
                raise _Injected

    def settle(self) -> None:
        """Put what changed since the last statement began down to it."""
        now = world.state()
        if now == self._before:
            return
        line = self.run.begun[-1] if self.run.begun else 0
        for name, (module, generation) in self._before.items():
            current = now.get(name)
            if current == (module, generation):
                continue
            if current is None or current[0] is not module:
                self._gone.setdefault(id(module), (name, []))
                self._alive.append(module)
                for key, lines in self._gone.values():
                    if key == name:  # older copies are as stale as the one removed here
                        lines.append(line)
            self._ended.setdefault(name, []).append((generation, line))
        self._before = now

    def failed(self, line: int, loop: bool) -> None:
        error = sys.exc_info()[1]
        if isinstance(error, _Injected) or (
            loop and (not isinstance(error, RuntimeError) or error in self._told)
        ):
            return  # not of its own
        self._told.append(error)
        self.run.fail(line, type(error).__name__)
        self.run.derailed.append(len(self.run.begun))

    def read(self, line: int, name: str, value: Callable[[], object]) -> object:
        self.settle()
        try:
            found = value()
        except (NameError, AttributeError):
            self.run.reads.append(Read(len(self.run.begun), line, name, Seen.MISSING))
            raise
        self.run.reads.append(self._classified(line, name, found))
        return found

    def _classified(self, line: int, name: str, value: object) -> Read:
        at = len(self.run.begun)
        if isinstance(value, ModuleType):
            if sys.modules.get(value.__name__) is value:
                return Read(at, line, name, Seen.FRESH)
            _, causes = self._gone.get(id(value), ("", []))
            return Read(at, line, name, Seen.STALE, tuple(causes))
        tag = world.tag_of(value)
        if tag is None:
            return Read(at, line, name, Seen.OTHER)
        current = sys.modules.get(tag.module)
        if current is not None and current.tag == tag:
            return Read(at, line, name, Seen.FRESH, tagged=True)
        ended = self._ended.get(tag.module, ())
        later = tuple(line for generation, line in ended if generation >= tag.generation)
        return Read(at, line, name, Seen.STALE, later, tagged=True)


@contextmanager
def _boundary() -> Iterator[None]:
    yield


@dataclass
class Program:
    """Source text, and what follows from it: what each removal aims at, and the choices that are open."""

    source: str
    aims: Aims = field(init=False)
    flags: tuple[str, ...] = field(init=False)
    rounds: tuple[str, ...] = field(init=False)
    functions: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        tree = ast.parse(self.source)
        functions = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
        self.aims = dict(_aims(tree))
        self.flags = tuple(dict.fromkeys(re.findall(r'flag\("(\w+)"\)', self.source)))
        self.rounds = tuple(dict.fromkeys(re.findall(r'rounds\("(\w+)"\)', self.source)))
        self.functions = tuple(node.name for node in functions if not node.args.args)


def _aims(tree: ast.Module) -> Iterator[tuple[int, tuple[int, tuple[str, ...]]]]:
    loops: dict[str, ast.For] = {}
    for node in ast.walk(tree):  # a loop comes before its body
        match node:
            case ast.For(target=ast.Name(id=name)):
                loops[name] = node
            case (
                ast.Subscript(value=ast.Attribute(attr="modules"), slice=key, ctx=ast.Del())
                | ast.Call(func=ast.Attribute(attr="pop"), args=[key, *_])
            ):
                yield _aim(node.lineno, key, loops)


def _aim(line: int, key: ast.expr, loops: dict[str, ast.For]) -> tuple[int, tuple[int, tuple[str, ...]]]:
    match key:
        case ast.Constant(value=str(module)):
            return line, (line, (module,))
        case ast.Attribute(value=ast.Name(id=name), attr="__name__"):
            return line, (line, (name,))
        case ast.Name(id=name) if isinstance(loops[name].iter, ast.Tuple):
            return line, (line, ast.literal_eval(loops[name].iter))
        case ast.Name(id=name):  # the only prefix that programs purge
            return loops[name].lineno, (line, ("pkg", "pkg.sub"))
    raise ValueError(ast.unparse(key))


def execute(program: Program, most: int = MAX_RUNS, *, faults: bool = True) -> tuple[list[Run], bool]:
    """Every run, and whether these are all there can be; ``faults``: also those with a fault put in."""
    instrument = _Instrument()
    code = compile(instrument.module(ast.parse(program.source)), "<program>", "exec")
    count = len(instrument.faults) if faults else 0
    choices = list(itertools.islice(_choices(program, count), most + 1))
    with world.present():
        runs = [_one(code, program, choice) for choice in choices[:most]]
    return runs, len(choices) <= most


def _choices(program: Program, faults: int) -> Iterator[Choice]:
    repeats = "for " in program.source or bool(program.functions)
    values: list[tuple[int, ...]] = [(1,), (0,)] + ([(1, 0), (0, 1)] if repeats else [])
    per_flag = [values] * len(program.flags) + [[(0,), (1,), (2,), (3,)]] * len(program.rounds)
    times = ("always", "first", "later") if repeats else ("always",)
    fault_choices = [(0, "always"), *itertools.product(range(1, faults + 1), times)]
    names = (*program.flags, *program.rounds)
    for fault in fault_choices:
        for combination in itertools.product(*per_flag):
            for calls in _epilogues(program.functions):
                for loaded in (False, True):
                    yield Choice(dict(zip(names, combination, strict=True)), fault, calls, loaded)


def _epilogues(functions: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Who is called by others once the module has run, in which order."""
    yield ()
    for length in (1, 2):
        yield from itertools.product(functions, repeat=length)


def _one(code: CodeType, program: Program, choice: Choice) -> Run:
    world.clear()
    if choice.loaded:
        for name in world.MODULES:
            importlib.import_module(name)
    run = Run(choice)
    machine = _Machine(run, choice, program.aims)
    namespace = machine.names()
    sys.modules["oracle"] = oracle = ModuleType("oracle")
    vars(oracle).update(namespace)
    with suppress(Exception):
        exec(code, namespace)
        run.finished = True
    for name in choice.calls if run.finished else ():
        function = namespace.get(name)
        if callable(function):
            machine.begin(0, 0)
            try:
                function()
            except Exception:
                run.upset = run.upset or len(run.begun)
    machine.settle()
    return run
