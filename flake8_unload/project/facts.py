"""What the link needs of every file: its imports, and whether it may act on modules. Knows one file, no rule.

Everything else is looked at only in the few files that an acting one can reach.
"""

from __future__ import annotations

import ast
import json
import re
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from sys import intern
from typing import Any, NamedTuple

SCHEMA = 4
"""Changes whenever the meaning of what is serialised does."""

_LIBRARIES = ("importlib", "imp", "six", "past", "__builtin__")
_RELOADS = [re.compile(rf"{each}(?<!\w{each})\b") for each in _LIBRARIES]  # a text first is found fastest
_RELOADS += [re.compile(r"reload\((?<![.\w]reload\()")]
_REMOVES = re.compile(r"\bmodules\s*\.\s*(?:pop|popitem|clear|__delitem__)\b|\bdel\b.*\bmodules\b")
_HOST = re.compile(r"""["']([A-Za-z_]\w*)\.([^\s"']*)["']""")
_EXACT = re.compile(r"""["']([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+)["']""")
_LAST = re.compile(r"""\.[A-Za-z_0-9\x80-\U0010ffff]+["']""")  # a set of ranges is found faster than `\w`
_REST = re.compile(r"(?:\w+|%s|\{\w*\}|)")
_INNER = re.compile(r"^[ \t]+(?:from[ \t]+(\.*[\w.]*)[ \t]+)?import[ \t]+(\([^)]*\)?|[^\n#;]+)", re.M)
_NAME = re.compile(r"([\w.]+)(?:\s+as\s+\w+)?")

FUNCTIONS = frozenset({ast.FunctionDef, ast.AsyncFunctionDef})
_DECORATED = FUNCTIONS | {ast.ClassDef}
_LEAVES = frozenset({ast.Import, ast.ImportFrom, *FUNCTIONS})
_SIMPLE = frozenset({ast.Expr, ast.Assign, ast.AnnAssign, ast.AugAssign, ast.Assert, ast.Pass, ast.Delete})
_LONG = 2  # lines that follow the first one of a body


class Imported(NamedTuple):
    """One import. ``module`` keeps its leading dots; ``names`` is empty for `import module`.

    ``at_import`` is False for imports inside of functions.
    """

    line: int
    module: str
    names: tuple[str, ...]
    at_import: bool


@dataclass(frozen=True, slots=True)
class Facts:
    """One file. ``acts``: it may reload or unload; ``dotted`` are its texts that may name modules, of a file
    that acts formats of such texts, too. ``bodies`` are the first and last lines of function bodies, in turn:
    see `survey/outlines`."""

    imports: tuple[Imported, ...] = ()
    acts: bool = False
    dotted: tuple[str, ...] = ()
    bodies: Sequence[int] = ()

    def packed(self) -> str:
        """One text: of a large project there are many, and between processes it costs nothing."""
        return json.dumps([self.imports, self.acts, self.dotted, [*self.bodies]], separators=(",", ":"))

    @classmethod
    def unpacked(cls, text: str) -> Facts:
        """What `packed` was given. Raises TypeError or ValueError for anything else."""
        rows, acts, dotted, bodies = json.loads(text)
        imports = tuple(
            Imported(int(line), intern(module), tuple(map(intern, names)), bool(at_import))
            for line, module, names, at_import in rows
        )
        try:
            compact = array("i", bodies)
        except OverflowError as error:
            raise ValueError(str(error)) from None
        return cls(imports, bool(acts), tuple(map(str, dotted)), compact)


def facts_of(tree: ast.Module, lines: Sequence[str]) -> Facts:
    """The facts of a parsed file; ``lines`` are its source lines."""
    text = "".join(lines)
    outermost = list(executed(tree))
    outer = [each for node in outermost for each in _imports(node)]
    seen = {each.line for each in outer}
    inner = [each for each in _inner_imports(text) if each.line not in seen] if "import" in text else []
    reloads = "reload" in text and any(each.search(text) for each in _RELOADS)
    acts = reloads or "exec_module" in text or _removes(text)
    dotted = sorted(_dotted(text) if acts else set(_exact(text)))
    return Facts((*outer, *inner), acts, tuple(dotted), tuple(_bodies(outermost, lines)))


def _exact(text: str) -> Iterator[str]:
    """The texts in it that are dotted names; by their ends, as there are far more quotes than such ends."""
    for last in _LAST.finditer(text):
        end = last.end()
        start = text.rfind(text[end - 1], 0, last.start())
        found = _EXACT.match(text, start) if start >= 0 else None
        if found is not None and found.end() == end:
            yield found[1]


def _dotted(text: str) -> set[str]:
    """The texts in it that may name modules, formats of such texts included."""
    found = (each for each in _HOST.finditer(text) if ".." not in each[2])
    return {f"{each[1]}.{each[2]}" for each in found if all(map(_REST.fullmatch, each[2].split(".")))}


def _removes(text: str) -> bool:
    """A line takes something out of `sys.modules`, or of something else that is called so."""
    return any(_REMOVES.search(_line(text, start)) for start in _lines_with("modules", text))


def _line(text: str, start: int) -> str:
    end = text.find("\n", start)
    return text[start:end] if end >= 0 else text[start:]


def _lines_with(word: str, text: str) -> Iterator[int]:
    """Where the lines that hold a word start; looking at every line would take longer."""
    at = text.find(word)
    while at >= 0:
        yield text.rfind("\n", 0, at) + 1
        at = text.find("\n", at)
        at = text.find(word, at) if at >= 0 else -1


def executed(tree: ast.Module) -> Iterator[Any]:
    """The imports and definitions of functions that the module body executes, in order.

    Those in blocks and class bodies, too.
    """
    pending: list[Any] = tree.body[::-1]
    while pending:
        node = pending.pop()
        kind = type(node)
        if kind in _LEAVES:
            yield node
        elif kind is ast.ClassDef:
            pending.extend(node.body[::-1])
        elif kind not in _SIMPLE:
            pending.extend(reversed(list(_suites(node))))


def _imports(node: Any) -> Iterator[Imported]:
    kind = type(node)
    if kind is ast.Import:
        for alias in node.names:
            yield Imported(node.lineno, alias.name, (), True)
    elif kind is ast.ImportFrom:
        module = "." * node.level + (node.module or "")
        yield Imported(node.lineno, module, tuple([alias.name for alias in node.names]), True)


def _bodies(outermost: Iterable[Any], lines: Sequence[str]) -> Iterator[int]:
    """The first and last lines of function bodies that are long, and start on a line of their own."""
    for node in outermost:
        if type(node) in FUNCTIONS and node.end_lineno - node.lineno >= _LONG:
            start, last = node.body[0], node.end_lineno
            first = start.lineno
            if type(start) in _DECORATED and start.decorator_list:
                first = min(first, *(each.lineno for each in start.decorator_list))
            if last - first >= _LONG:
                line = lines[first - 1]
                if line[: start.col_offset].isspace() or line.lstrip()[:1] == "@":
                    yield first
                    yield last


def _suites(node: Any) -> Iterator[Any]:
    """The statements inside of a compound statement."""
    for field in ("body", "handlers", "orelse", "finalbody", "cases"):
        yield from getattr(node, field, ())


def _inner_imports(text: str) -> Iterator[Imported]:
    """Imports on indented lines, by their text: a walk through all functions would cost too much."""
    line, counted = 1, 0
    for start in _lines_with("import", text):
        found = _INNER.match(text, start)
        if found is None:
            continue
        line += text.count("\n", counted, start)
        counted = start
        names = tuple(each[1] for each in _NAME.finditer(found[2].replace("\n", " ")))
        if found[1] is not None:
            yield Imported(line, found[1], names or ("*",), False)
        else:
            yield from (Imported(line, each, (), False) for each in names)
