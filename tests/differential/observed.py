"""All executions of one program, by what happened where. Knows no rule."""

from __future__ import annotations

import ast
import itertools
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from tests.differential.execution import BOUND, HEADER_NAMES, Program, Read, Run, Seen, suppresses


class Observed:
    """All runs of a program, by what happened where."""

    def __init__(self, program: Program, tree: ast.Module, runs: list[Run]) -> None:
        self.program = program
        self.tree = tree
        self.runs = runs
        self.removals = {line for line, _ in program.aims.values()}
        self.stale = {(cause, read.name) for run in runs for read in run.reads for cause in read.causes}
        self.failed = {failure for run in runs for failure in run.failed}
        begun = Counter(line for run in runs for line in run.begun)
        failures = Counter(line for run in runs for line, _ in run.failed)
        self.done = {line for line, times in begun.items() if failures[line] < times}
        self.hopeless = {line for line in begun if line and line not in self.done}
        self.guarded = {
            each.lineno
            for node in ast.walk(tree)
            if isinstance(node, (ast.Try, ast.With))
            for part in node.body
            for each in ast.walk(part)
            if isinstance(each, ast.stmt)
        }
        self.cut_short = {
            each.lineno
            for node in ast.walk(tree)
            if isinstance(node, ast.For) and (node.lineno, "RuntimeError") in self.failed
            for each in ast.walk(node)
            if isinstance(each, ast.stmt) and each is not node
        }
        self._parents = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
        self.statements = {
            node.lineno: node for node in reversed(list(ast.walk(tree))) if isinstance(node, ast.stmt)
        }
        self.imports = {
            node.lineno for node in ast.walk(tree) if isinstance(node, (ast.Import, ast.ImportFrom))
        }
        self.calls_of_others = {
            node.lineno
            for node in ast.walk(tree)
            if isinstance(node, ast.Call) and _is_foreign(node, program)
        }
        self.bound = defaultdict(set)  # name: the lines that bind or delete it
        self.stands_for = defaultdict(set)  # name: the modules it is bound to
        for node in ast.walk(tree):
            for name, module in _modules_bound(node):
                self.stands_for[name].add(module)
        self.calls_of_others |= {
            node.lineno
            for node in ast.walk(tree)
            if isinstance(node, ast.Call)
            and "reload" in ast.unparse(node.func)
            and self._is_unclear(node.args)
        }
        self.deleted = defaultdict(set)  # name: the lines that delete it
        for node in ast.walk(tree):
            for name in _bound(node):
                self.bound[name].add(node.lineno)  # type: ignore[attr-defined]
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Del):
                self.deleted[node.id].add(node.lineno)

    def _is_unclear(self, arguments: list[ast.expr]) -> bool:
        """A name that is bound to different modules."""
        names = {each.id for each in arguments if isinstance(each, ast.Name)}
        names |= {name for each in arguments for name in self.looped(each.lineno)}
        return any(len(self.stands_for[name]) > 1 for name in names)

    def reads_after(self, line: int, name: str) -> Iterator[Read]:
        """Every read of ``name`` after the statement of ``line``, in any run."""
        for run in self.runs:
            if run.faulted == line:
                continue  # it may have been cut short half-way
            for read in run.reads:
                if read.name == name and run.follows(line, read.at):
                    yield read

    def around(self, line: int) -> list[ast.AST]:
        """The nodes around the statement of ``line``, innermost first."""
        at: ast.AST = self.statements[line]
        found = []
        while at in self._parents:
            at = self._parents[at]
            found.append(at)
        return found

    def function(self, line: int) -> ast.AST:
        """The function or module whose code the statement of ``line`` is."""
        return next(node for node in self.around(line) if isinstance(node, (ast.FunctionDef, ast.Module)))

    def mentions(self, line: int, text: str) -> bool:
        """Whether the statement of ``line`` contains ``text``."""
        return text in ast.unparse(self.statements[line])

    def is_cleanup(self, line: int) -> bool:
        """Whether the statement of ``line`` stands below an `except` or a `finally`."""
        chain = [self.statements[line], *self.around(line)]
        return any(
            isinstance(outer, ast.ExceptHandler) or (isinstance(outer, ast.Try) and inner in outer.finalbody)
            for inner, outer in itertools.pairwise(chain)
        )

    def failure_expected(self, line: int) -> bool:
        """Whether the statement of ``line`` stands in a `try` with handlers, or in a `suppress`."""
        chain = [self.statements[line], *self.around(line)]
        return any(
            (isinstance(outer, ast.Try) and inner in outer.body and outer.handlers)
            or (isinstance(outer, ast.With) and suppresses(outer))
            for inner, outer in itertools.pairwise(chain)
        )

    def loading(self, module: str) -> set[int]:
        """The lines that import ``module``."""
        parent, _, leaf = module.rpartition(".")
        starts = (f"import {module}", f"from {module} ", f"from {parent} import {leaf}")
        return {
            number
            for number, text in enumerate(self.program.source.splitlines(), 1)
            if text.strip().startswith(starts) or f"import_module('{module}')" in text
        }

    def loads_before(self, line: int, module: str) -> bool:
        """Whether any run comes to ``line`` after a statement that imports ``module``."""
        return any(
            each == line and self.loading(module) & set(run.begun[:at])
            for run in self.runs
            for at, each in enumerate(run.begun)
        )

    def keys(self, line: int) -> tuple[str, ...]:
        """The keys that the statement of ``line`` removes."""
        return self.program.aims.get(line, (line, ()))[1]

    def missing_at(self, line: int) -> set[str]:
        """The names that some run does not find at ``line``."""
        reads = (read for run in self.runs for read in run.reads)
        return {read.name for read in reads if read.line == line and read.seen is Seen.MISSING}

    def missed_in(self, name: str) -> set[int]:
        """The lines at which some run finds ``name`` not bound."""
        reads = (read for run in self.runs for read in run.reads)
        return {read.line for read in reads if read.name == name and read.seen is Seen.MISSING}

    def bound_in_other_round(self, cause: int, line: int, name: str) -> bool:
        """Whether a further round of a loop around ``cause`` binds the name, and then comes to ``line``.

        That is outside of the loop, or in one inside of it that does not bind the name.
        """
        for loop in (node for node in self.around(cause) if isinstance(node, ast.For)):
            binding = [each for each in self.bound[name] if loop in self.around(each) and each != cause]
            if binding and loop not in self.around(line):
                return True
            shared = [node for node in self.around(cause) if node in self.around(line)]
            inner = next((node for node in shared if isinstance(node, ast.For)), loop)
            if inner is not loop and any(inner not in self.around(each) for each in binding):
                return True
        return False

    def taken_from_several(self, name: str) -> bool:
        """Whether from-imports of different modules bind ``name``."""
        nodes = (self.statements[line] for line in self.bound[name])
        return len({node.module for node in nodes if isinstance(node, ast.ImportFrom)}) > 1

    def local_name_missing(self, line: int) -> bool:
        """Whether some run misses a name in the function that ``line`` is in."""
        function = self.function(line)
        reads = (read for run in self.runs for read in run.reads if read.seen is Seen.MISSING)
        return isinstance(function, ast.FunctionDef) and any(
            self.function(read.line) is function for read in reads
        )

    def stands_before(self, key: str, line: int) -> bool:
        """Whether a removal of ``key`` stands above ``line``, or comes before it in a run."""
        above = any(key in keys for each, keys in self.program.aims.values() if each < line)
        return above or self.removed_before(line, key)

    def removed_before(self, line: int, key: str) -> bool:
        """Whether any run comes to ``line`` after a removal of ``key`` on another line."""
        removals = {each for each, keys in self.program.aims.values() if key in keys} - {line}
        return any(
            each == line and any(run.follows(removal, at + 1) for removal in removals)
            for run in self.runs
            for at, each in enumerate(run.begun)
        )

    def unseen_removal(self, key: str, line: int) -> bool:
        """Whether after some removal of ``key`` no run comes to ``line`` without an error on its way."""
        removals = {each for each, keys in self.program.aims.values() if key in keys}
        return any(
            not any(self._comes_to(line, run, at) for run in self.runs for at in _places(removal, run))
            for removal in removals
        )

    def _comes_to(self, line: int, run: Run, start: int) -> bool:
        rest = run.begun[start + 1 :]
        end = start + 1 + rest.index(line) if line in rest else 0
        return end > 0 and not any(start < at < end for at in run.broken)

    def always_removed_before(self, line: int) -> bool:
        """Whether each run that comes to the removal of ``line`` has removed the same key before."""
        keys = self.keys(line)
        others = {each for each, aimed in self.program.aims.values() if set(keys) & set(aimed)} - {line}
        return bool(keys) and all(
            any(run.follows(other, at + 1) for other in others)
            for run in self.runs
            for at, each in enumerate(run.begun)
            if each == line
        )

    def under_condition(self, line: int) -> bool:
        """Whether an `if` or a `with` of its function stands around the statement of ``line``."""
        around = itertools.takewhile(lambda node: not isinstance(node, ast.FunctionDef), self.around(line))
        return any(isinstance(node, (ast.If, ast.With)) for node in around)

    def _since_removal(self, line: int) -> Iterator[list[int]]:
        """The lines between each removal of the same key and the one of ``line``, run by run."""
        keys = self.keys(line)
        others = {each for each, aimed in self.program.aims.values() if set(keys) & set(aimed)} - {line}
        for run in self.runs:
            for at, each in enumerate(run.begun):
                if each == line:
                    before = [
                        time for time in range(at) if run.begun[time] in others and time not in run.broken
                    ]
                    yield from (run.begun[time + 1 : at] for time in before)

    def removed_from_outside(self, line: int) -> bool:
        """Whether in some run a call from outside comes between."""
        return any(0 in between for between in self._since_removal(line))

    def others_between(self, line: int) -> bool:
        """Whether a call of unknown code comes between in some run, or stands between in the text."""
        keys = self.keys(line)
        first = min(each for each, aimed in self.program.aims.values() if set(keys) & set(aimed))
        loops = [node for node in self.around(line) if isinstance(node, ast.For)]
        lasting = [list(range(node.lineno, node.end_lineno or 0)) for node in loops]
        betweens = [*self._since_removal(line), list(range(first + 1, line)), *lasting]
        return any(self.calls_of_others & set(between) for between in betweens)

    def imported_half(self, line: int) -> bool:
        """Whether an import before ``line`` finds the half of the package that was not removed."""
        keys = self.keys(line)
        spelling = {("pkg",): "pkg.sub", ("pkg.sub",): "from pkg import sub"}.get(keys, "?")
        return any(
            each and "import" in (text := ast.unparse(self.statements[each])) and spelling in text
            for between in self._since_removal(line)
            for each in between
        )

    def ends_at_failure(self, lines: set[int], cause: int = 0) -> bool:
        """Whether one of these statements fails in each run that comes to it, or one of its suite does.

        Those runs count that have executed ``cause`` before.
        """
        failing = self._failing_after(cause) & self.statements.keys()
        loops = {each.lineno for line in failing for each in self.around(line) if isinstance(each, ast.For)}
        suites = {self._suite(line) for line in failing | loops} - {None}
        return bool(lines & failing) or any(self._suite(line) in suites for line in lines)

    def _failing_after(self, cause: int) -> set[int]:
        if not cause:
            return self.hopeless
        failed, passed = set(), set()
        for run in self.runs:
            since = run.begun.index(cause) if cause in run.begun else len(run.begun)
            for at in range(since + 1, len(run.begun)):
                (failed if at in run.broken else passed).add(run.begun[at])
        return failed - passed

    def _suite(self, line: int) -> tuple[int, str] | None:
        node = self.statements[line]
        for name in ("body", "orelse", "finalbody"):
            suite = getattr(self._parents[node], name, ())
            if isinstance(suite, list) and node in suite and not isinstance(self._parents[node], ast.Module):
                return id(self._parents[node]), name
        return None

    def derailed_before_read(self, line: int, name: str) -> bool:
        """Whether each run of ``line`` meets an error before it reads ``name`` again."""
        for run in self.runs:
            for at, each in enumerate(run.begun):
                if each != line or at in run.broken:
                    continue
                reads = [read.at for read in run.reads if read.name == name and read.at > at + 1]
                errors = [time for time in run.broken if time > at]
                if reads and not (errors and min(errors) < reads[0]):
                    return False
        return True

    def always_deleted_before(self, line: int) -> bool:
        """Whether what ``line`` misses is a name that was deleted next to a removal of its module."""
        names = {name for name in self.missing_at(line) if "." not in name}
        return any(
            all(
                self._deleted_last(run, read)
                for run in self.runs
                for read in run.reads
                if read.name == name and read.line == line
            )
            for name in names
        )

    def _deleted_last(self, run: Run, read: Read) -> bool:
        function = self.function(read.line)
        if isinstance(function, ast.FunctionDef) and any(
            self.function(line) is function for line in self.deleted[read.name]
        ):
            return False  # local to it
        lines = [line for line in run.begun[: read.at - 1] if line in self.bound[read.name]]
        last = lines[-1] if lines else 0
        return last in self.deleted[read.name] and last in self.program.aims

    def in_loop(self, line: int) -> bool:
        """Whether the statement of ``line`` may be executed again by a loop of its function."""
        around = itertools.takewhile(lambda node: not isinstance(node, ast.FunctionDef), self.around(line))
        return any(isinstance(node, ast.For) for node in around)

    def changed_by_functions(self, name: str) -> bool:
        """Whether some function binds or deletes the global ``name``."""
        lines = (line for each in (name, name.partition(".")[0]) for line in self.bound[each])
        functions = {self.function(line) for line in lines}
        return any(isinstance(each, ast.FunctionDef) for each in functions)

    def named(self, line: int, name: str) -> set[str]:
        """``name``, and the names that the statement of ``line`` and those that bind ``name`` read."""
        lines = {line, *self.bound[name]}
        nodes = (each for at in lines if at in self.statements for each in ast.walk(self.statements[at]))
        return {name} | {node.id for node in nodes if isinstance(node, ast.Name)}

    def looped(self, line: int) -> set[str]:
        """The names that a loop around ``line`` walks over."""
        loops = (each for each in ast.walk(self.tree) if isinstance(each, ast.For))
        around = (each for each in loops if each.lineno < line <= (each.end_lineno or 0))
        return {node.id for each in around for node in ast.walk(each.iter) if isinstance(node, ast.Name)}

    def removes_nothing(self, line: int) -> bool:
        """Whether the loop at ``line`` never found a key to remove."""
        removal, _ = self.program.aims.get(line, (line, ()))
        return removal != line and removal not in self.done


def _places(line: int, run: Run) -> list[int]:
    """When the statement of ``line`` was executed, and did not fail."""
    return [at for at, each in enumerate(run.begun) if each == line and at not in run.broken]


def _is_foreign(call: ast.Call, program: Program) -> bool:
    """Runs code that is neither of the program nor of the import system nor known not to import."""
    name = ast.unparse(call.func)
    known = name in (*HEADER_NAMES, *program.functions, "range", "list", "id")
    return not known and not name.startswith(("sys.", "importlib.")) and ".startswith" not in name


def _bound(node: ast.AST) -> list[str]:
    match node:
        case ast.Import() | ast.ImportFrom():
            names = [alias.asname or alias.name.partition(".")[0] for alias in node.names]
            return names + [alias.name for alias in node.names]
        case ast.Name(ctx=ast.Store() | ast.Del(), id=name):
            return [name]
        case ast.Attribute(ctx=ast.Del()):
            return [ast.unparse(node)]
        case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
            return [name]
    return []


def _modules_bound(node: ast.AST) -> list[tuple[str, str]]:
    match node:
        case ast.Import():
            return [
                (alias.asname or alias.name.partition(".")[0], alias.name)
                for alias in node.names
                if alias.asname
            ]
        case ast.ImportFrom(module="pkg", names=[ast.alias(name="sub")]):
            return [("sub", "pkg.sub")]
        case ast.Assign(targets=[ast.Name(id=name)], value=ast.Name() | ast.Attribute() as value):
            return [(name, ast.unparse(value))]
    return []


@dataclass
class StaleRead:
    """What `provable` knows of a read: whether it gave an object of a module or a module, and how it came."""

    tagged: bool
    binders: set[int | None] = field(default_factory=set)  # the lines that had bound the name
    between: set[int] = field(default_factory=set)  # every line executed after the cause; 0 for a new call
    at_once: bool = False  # in some execution nobody outside has to call a function in between


Pair = tuple[int, int, str]
"""The line of the first cause, the line of the read, the name that is read."""


def provable(observed: Observed) -> dict[Pair, StaleRead]:
    """Stale reads that every execution agrees on.

    Whenever the cause was followed by the read, with the name not bound in between, the read was stale.
    """
    found: dict[Pair, StaleRead] = {}
    refuted: set[Pair] = set()
    causes = {cause for cause, _ in observed.stale}
    for run in observed.runs:
        for read in run.reads:
            for at, line in enumerate(run.begun[: read.at - 1]):
                if line not in causes or at in run.broken:
                    continue
                pair = (line, read.line, read.name)
                between = run.begun[at + 1 : read.at - 1]
                if any(at < time < read.at for time in run.derailed):
                    refuted.add(pair)  # which statements of a `try` come to nothing is not known beforehand
                elif read.causes[:1] == (line,) and not _rebound(read, between, observed):
                    stale = found.setdefault(pair, StaleRead(read.tagged))
                    stale.binders.add(_binder(read, run.begun[:at], observed))
                    stale.between.update(between)
                    stale.at_once |= 0 not in between
                elif line not in read.causes or _rebound(read, between, observed):
                    refuted.add(pair)
    return {pair: stale for pair, stale in found.items() if pair not in refuted}


def _binder(read: Read, begun: list[int], observed: Observed) -> int | None:
    """The line that bound the name last."""
    return next((line for line in reversed(begun) if line in observed.bound[read.name]), None)


def _rebound(read: Read, lines: list[int], observed: Observed) -> bool:
    if read.name.startswith(BOUND):
        return False
    names = {read.name, read.name.partition(".")[0]}
    return any(line in observed.bound[name] for name in names for line in lines)


def certain_failures(observed: Observed) -> set[tuple[int, str]]:
    """Lines that fail whenever they are reached, for a reason that a rule is about."""
    found = set()
    for line, error in observed.failed:
        if error == "RuntimeError" and isinstance(observed.statements[line], ast.For):
            found.add((line, "UNL106"))
        elif line in observed.done:
            continue
        elif error == "KeyError" and observed.always_removed_before(line):
            found.add((line, "UNL108"))
        elif error == "NameError" and observed.always_deleted_before(line):
            found.add((line, "UNL109"))
    return found
