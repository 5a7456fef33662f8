"""The fix of UNL401: the module is imported instead of the name, and every use goes through it."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from flake8_unload.edits import Edit, Fix, Refusal, Remove, Replace, ReplaceStatement, anchor
from flake8_unload.events import Bind, Read
from flake8_unload.fixes.by_text import in_doctest
from flake8_unload.fixes.certain import has_comment
from flake8_unload.fixes.elsewhere import is_patched
from flake8_unload.lifecycle import File
from flake8_unload.project.code_names import nodes
from flake8_unload.project.linked import Project
from flake8_unload.project.once import once
from flake8_unload.project.sites import Site, statement


def qualified_import(project: Project, site: Site, others: Sequence[Site]) -> Fix | Refusal:
    """`import m` in the place of `from m import f`, and `m.f` in the place of `f`.

    ``others`` are further sites of the file: those that take from the same module are repaired together.
    """
    file = project.file(site.path)
    node = statement(project, site.path, site.line)
    if not isinstance(node, ast.ImportFrom) or node.names[0].name == "*":
        return Refusal("only a from-import of names can be replaced by the module")
    line, module = _import(node)
    if module in file.bindings.module.bindings or any(module in each.bindings for each in file.blocks):
        return Refusal(f"the name `{module}` is taken in this file")
    if not _is_given(node, file):
        return Refusal(f"the name `{module}` stands for something else in the package")
    edits: list[Edit] = []
    for each in sorted({site, *others}, key=lambda each: each.line):
        other = statement(project, each.path, each.line)
        if isinstance(other, ast.ImportFrom) and (other.module, other.level) == (node.module, node.level):
            more = _of_statement(each, other, "" if edits else line, module, project)
            if isinstance(more, str) and each is site:
                return Refusal(more)
            edits += more if not isinstance(more, str) else []
    return Fix(f"use `{module}.{site.worst.old.name}`", tuple(edits), safe=False)


def _of_statement(
    site: Site, node: ast.ImportFrom, line: str, module: str, project: Project
) -> list[Edit] | str:
    """The edits for one statement and the uses of its names, or why it has to stay."""
    file = project.file(site.path)
    names = {each.name for each in site.stale if each.how == "name"}
    aliases = [each for each in node.names if (each.asname or each.name) in names]
    if not aliases:
        return "the old thing is no name of this statement"
    if through := next((each for each in aliases if not _is_of(each, node, site, project)), None):
        return f"`{through.name}` comes through a module that does not define it"
    uses: list[Edit] = []
    for alias in aliases:
        replaced = _uses(alias, module, node, project, site.path, file)
        if isinstance(replaced, str):
            return replaced
        uses += replaced
    rest = [each for each in node.names if each not in aliases]
    return [_statement(line, rest, node, file), *uses]


def _is_of(alias: ast.alias, node: ast.ImportFrom, site: Site, project: Project) -> bool:
    """The module that the statement names is the one that is reloaded: others may stay old themselves."""
    name, space = alias.asname or alias.name, project.layout.space(site.path)
    source = space.find(
        project.graph(site.path).base(site.path, "." * node.level + (node.module or "")) or ""
    )
    of_name = (each for each in site.stale if each.how == "name" and each.name == name)
    return all(space.find(each.old.module) == source for each in of_name)


def _import(node: ast.ImportFrom) -> tuple[str, str]:
    """The statement that imports the module of a from-import, and the name that it binds."""
    parent, _, leaf = (node.module or "").rpartition(".")
    dots = "." * node.level
    if not dots and not parent:
        return f"import {leaf}", leaf
    return f"from {dots}{parent} import {leaf}", leaf


def _is_given(node: ast.ImportFrom, file: File) -> bool:
    """The import gives the module, and no submodule of this package takes its name."""
    source = "." * node.level + (node.module or "")
    package, _, leaf = source.rpartition(".")
    package = package if package.strip(".") else "." * node.level
    return not file.place.is_lost_here(source) and (not package or file.place.gives_submodule(package, leaf))


def _statement(line: str, rest: list[ast.alias], node: ast.ImportFrom, file: File) -> Edit:
    kept = ", ".join(f"{each.name} as {each.asname}" if each.asname else each.name for each in rest)
    source = "." * node.level + (node.module or "")
    code = "\n".join(each for each in (line, f"from {source} import {kept}" if kept else "") if each)
    at = anchor(node, file.lines)
    return ReplaceStatement(at, code) if code else Remove(at)


def _uses(
    alias: ast.alias, module: str, node: ast.ImportFrom, project: Project, path: str, file: File
) -> list[Edit] | str:
    """The replaced uses of one name, or why it has to stay."""
    name = alias.asname or alias.name
    var = (file.bindings.module, name)
    if not node.module:
        return "the name comes from the package itself"
    if has_comment(node, file) or any(
        "noqa" in each for each in file.lines[node.lineno - 1 : node.end_lineno]
    ):
        return "the import has a comment that is about its names"
    if len(list(file.changes_of(var, Bind))) != 1 or _is_declared(name, file):
        return f"`{name}` is bound elsewhere, too"
    if name in file.exported or _is_taken_by_others(name, project, path):
        return f"other files take `{name}` from this one"
    if is_patched(path, name):
        return f"a text names `{name}` in this module, as patches do"
    reads = [each for each in file.events_naming(name, Read) if each.var == var]
    if any(file.block(each) is file.bindings.module for each in reads):
        return f"`{name}` is used while the file is imported, which would stay old"
    if len(reads) != _mentions(name, file):
        return f"`{name}` also stands in an annotation, a text or another scope"
    return [Replace(anchor(each.node, file.lines), f"{module}.{alias.name}") for each in reads]


@dataclass(frozen=True, slots=True)
class _Words:
    """The names of a file with how often they stand in it, those in f-strings and `global`, and its texts."""

    names: Counter[str]
    formatted: frozenset[str]
    declared: frozenset[str]
    texts: frozenset[str]
    examples: tuple[str, ...]


@once
def _words(tree: ast.AST) -> _Words:
    names, texts = Counter[str](), set[str]()
    formatted, declared = set[str](), set[str]()
    for each in nodes(tree):
        match each:
            case ast.Name(id=name):
                names[name] += 1
            case ast.Constant(value=str(text)):
                texts.add(text)
            case ast.JoinedStr():
                formatted.update(part.id for part in nodes(each) if isinstance(part, ast.Name))
            case ast.Global(names=more):
                declared.update(more)
    examples = tuple(each for each in texts if ">>>" in each)
    return _Words(names, frozenset(formatted), frozenset(declared), frozenset(texts), examples)


def _is_declared(name: str, file: File) -> bool:
    return name in _words(file.tree).declared


def _mentions(name: str, file: File) -> int:
    """How often the name stands in the file; -1 where it stands in a text or an f-string."""
    words = _words(file.tree)
    if name in words.formatted or name in words.texts:
        return -1
    return -1 if any(in_doctest(each, name) for each in words.examples) else words.names[name]


def _is_taken_by_others(name: str, project: Project, path: str) -> bool:
    graph = project.graph(path)
    for other in graph.importers.get(path, ()):
        imports = project.layout.files[other].imports
        if any(name in each.names or "*" in each.names for each in imports):
            return True
        if f".{name}" in project.text(other):
            return True
    return False
