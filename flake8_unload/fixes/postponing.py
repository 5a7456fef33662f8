"""May a resource be opened at its first use instead of at import? Knows resources, no edits."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass

from flake8_unload import factories
from flake8_unload.events import Call, Opened
from flake8_unload.fixes.path_arguments import Counts, counts_from, path_argument
from flake8_unload.holders import WRAPPERS
from flake8_unload.importtime import entered
from flake8_unload.lifecycle import File
from flake8_unload.scopes import Scope

_SQLITE = ("sqlite3.", "pysqlite2.", "pysqlite3.", "sqlcipher3.")
_ITERATORS = frozenset({"os.scandir", "xml.etree.ElementTree.iterparse", "xml.dom.pulldom.parse"})
_SHARED = frozenset({"shared memory segment", "manager process", "pipe"})
_READ_AGAIN = """
    os.environ os.environb os.getenv os.path.expandvars os.getcwd pathlib.Path.cwd sys.argv sys.stdin
    sys.stdout sys.stderr""".split()
_DIFFERS = ("time.", "random.", "datetime.", "uuid.", "secrets.", "getpass.", "builtins.input")
_THREADS = ("threading", "_thread", "concurrent.futures", "multiprocessing.dummy", "multiprocessing.pool")
_DECIDED = (ast.IfExp, ast.BoolOp, ast.NamedExpr)


@dataclass(frozen=True, slots=True)
class Opening:
    """The call that opens, in the code of ``scope``, and its qualified name."""

    node: ast.Call
    scope: Scope
    name: str


def why_now(opened: Opened, value: ast.expr, file: File) -> str | None:
    """Why what ``value`` opens must be opened at import; None where it may wait for its first use."""
    openings = list(_openings(opened, file))
    for each in openings:
        reason = _of_kind(each, opened) or _of_path(each, file) or _of_body(each, opened, file)
        if reason:
            return reason
    return _of_file(opened, openings, file) or _of_value(value, opened, file)


def is_path_uncertain(opened: Opened, file: File) -> bool:
    """Nothing says whether the path that is opened is absolute."""
    return any(_counts(each, file) is Counts.UNKNOWN for each in _openings(opened, file))


def _openings(opened: Opened, file: File) -> Iterator[Opening]:
    """The call itself, or those that open something in the function of this file that it calls."""
    if opened.through is None:
        yield Opening(opened.node, opened.block, file.names.resolve(opened.node.func, opened.block) or "")
        return
    for call in file.events_of(file.bindings.module, Call):
        inner = entered(call, file) if call.node is opened.node else None
        for each in file.events_of(inner, Call) if inner is not None else ():
            name = each.name or ""
            if factories.lookup(name, file.settings.extend_factories) and factories.opens(name, each.node):
                yield Opening(each.node, each.block, name)


def _of_kind(opening: Opening, opened: Opened) -> str | None:
    """Threads, forks and loops that the object belongs to; what caching does not help."""
    name = opening.name
    if opened.kind == factories.LOOP_BOUND or name.startswith("aiohttp."):
        return "a cached object still belongs to the first event loop that uses it"
    if name.startswith("multiprocessing.") or opened.noun in _SHARED:
        return "child processes share it only if it exists before they start"
    if opened.noun == "raw file descriptor":
        return "nothing gives a raw descriptor back, cached or not; `os.fdopen` makes a file of it"
    if name == "tempfile.mkdtemp":
        return "nothing removes the folder, cached or not; `TemporaryDirectory` does"
    if name in _ITERATORS:
        return "an iterator is used up by its first loop, cached or not"
    if name.startswith(_SQLITE) and not _shares_threads(opening.node):
        return "the connection belongs to the thread that opens it; `check_same_thread=False` frees it"
    if name.startswith(("dbm.", "shelve.")):
        return "since Python 3.13 it may belong to the thread that opens it"
    if opened.noun in ("window", "terminal screen"):
        return "it belongs to the thread that makes it"
    return None


def _shares_threads(call: ast.Call) -> bool:
    return any(
        each.arg == "check_same_thread" and isinstance(each.value, ast.Constant) and each.value.value is False
        for each in call.keywords
    )


def _of_path(opening: Opening, file: File) -> str | None:
    if _counts(opening, file) is Counts.FROM_FOLDER:
        return "a relative path would count from the folder of the first use; make it absolute"
    return None


def _of_body(opening: Opening, opened: Opened, file: File) -> str | None:
    """A function of this file that opens with what the process holds at that time."""
    if opened.through is None:
        return None
    for node in ast.walk(opening.node):
        if isinstance(node, (ast.Name, ast.Attribute)):
            reason = _of_resolved(file.names.resolve(node, opening.scope))
            if reason:
                return reason
    return None


def _counts(opening: Opening, file: File) -> Counts:
    entry = factories.lookup(opening.name, file.settings.extend_factories)
    path = path_argument(opening.node, opening.name, entry.noun if entry else "")
    return Counts.NOTHING if path is None else counts_from(path, opening.scope, file)


def _of_file(opened: Opened, openings: list[Opening], file: File) -> str | None:
    """Processes and threads that the file starts."""
    modules = set(_imported(file))
    forks = "os.fork" in modules or any(_ends(node, "fork", "forkpty") for node in ast.walk(file.tree))
    if forks or any(f"{each}.".startswith("multiprocessing.") for each in modules):
        return "the file starts processes, and they share it only if it exists before"
    threads = [each for each in modules if each in _THREADS or each.startswith("threading.")]
    own = {each.name for each in openings}
    if opened.kind == factories.POOL or own & {"concurrent.futures.ProcessPoolExecutor"}:
        threads = [each for each in threads if each != "concurrent.futures"]
    if threads or any(_ends(node, "to_thread") for node in ast.walk(file.tree)):
        return "the file uses threads: two may open it at first use, as `functools.cache` is no lock"
    return None


def _imported(file: File) -> Iterator[str]:
    """The modules that the file imports, anywhere in it, and what it takes from them."""
    for node in ast.walk(file.tree):
        match node:
            case ast.Import(names=names):
                yield from (each.name for each in names)
            case ast.ImportFrom(module=str(module), names=names, level=0):
                yield module
                yield from (f"{module}.{each.name}" for each in names)


def _ends(node: ast.AST, *names: str) -> bool:
    return isinstance(node, ast.Attribute) and node.attr in names


def _of_value(value: ast.expr, opened: Opened, file: File) -> str | None:
    """Parts of the expression that may give something else later."""
    for node in ast.walk(value):
        if isinstance(node, _DECIDED):
            return "what is opened depends on what holds at import"
        if isinstance(node, ast.Name):
            reason = _of_name(node, opened, file)
        elif isinstance(node, ast.Attribute):
            reason = _of_attribute(node, opened, file)
        elif isinstance(node, ast.Subscript):
            reason = None if getattr(node.value, "attr", "") == "parents" else _differs(node)
        elif isinstance(node, ast.Call):
            reason = _of_call(node, opened, file)
        else:
            continue
        if reason:
            return reason
    return None


def _of_name(node: ast.Name, opened: Opened, file: File) -> str | None:
    bindings = file.bindings.module.bindings.get(node.id, ())
    if len(bindings) > 1:
        return f"`{node.id}` may be something else at the first use"
    return _of_resolved(file.names.resolve(node, opened.block))


def _of_attribute(node: ast.Attribute, opened: Opened, file: File) -> str | None:
    name = file.names.resolve(node, opened.block)
    known = name is not None and not name.startswith("<")
    if known or isinstance(node.value, ast.Constant):
        return _of_resolved(name)
    return _differs(node)


def _differs(node: ast.expr) -> str:
    return f"`{ast.unparse(node)}` may be something else at the first use"


def _of_resolved(name: str | None) -> str | None:
    """What a module gives that is another thing, or the same thing changed, when it is asked later."""
    if name and any(name == each or name.startswith((f"{each}.", f"{each}(")) for each in _READ_AGAIN):
        return f"`{name.rstrip('()')}` may give something else at the first use"
    return None


def _of_call(node: ast.Call, opened: Opened, file: File) -> str | None:
    if node is opened.node:
        return None
    name = file.names.resolve(node.func, opened.block) or ""
    of_library = name.partition(".")[0] in sys.stdlib_module_names or name.startswith("builtins.")
    if of_library and not name.startswith(_DIFFERS):
        return None
    if name in WRAPPERS or factories.lookup(name) or isinstance(_root(node.func), ast.Constant):
        return None
    return f"`{ast.unparse(node.func)}` would be called at the first use"


def _root(node: ast.expr) -> ast.expr:
    while isinstance(node, ast.Attribute):
        node = node.value
    return node
