"""Which module a file is, and which file a module: names from the folders of a project. Reads nothing.

A folder is on the path if the imports of the project say so: `src`, the parent of a package, the folder
of a script, the root itself. A folder whose files import each other relatively without an `__init__.py`
is a package that the host names (Sublime, Blender).
"""

from __future__ import annotations

import os
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from flake8_unload.project.facts import Facts, Imported
from flake8_unload.project.folders import below, folders_around, holds, identifier, upwards

_PLUGIN = re.compile(r"\w+\.py")  # Sublime loads `1_reloader.py`, too
_SOURCES = ("src", "lib", "python")
_STDLIB = sys.stdlib_module_names


@dataclass(frozen=True, slots=True)
class Root:
    """A folder that absolute imports start from; ``prefix`` is the name of the package that it is itself."""

    folder: str
    prefix: str = ""


class Layout:
    """The files of one project. ``root`` and the keys of ``files`` are absolute paths."""

    def __init__(self, root: str, files: Mapping[str, Facts]) -> None:
        self.root = root
        self.files = files
        self._folders = folders_around(files, root)
        self._packages = {os.path.dirname(each) for each in files if os.path.basename(each) == "__init__.py"}
        self._hosted = frozenset(self._hosted_folders())
        self.imported = Counter(
            each.module
            for facts in files.values()
            for each in facts.imports
            if not each.module.startswith(".")
        )
        self._below = Counter[str]()  # the imports that start with a dotted name
        self._firsts: dict[str, list[str]] = {}  # the imported modules by their first part
        for module, count in self.imported.items():
            parts = module.split(".")
            self._firsts.setdefault(parts[0], []).append(module)
            for length in range(1, len(parts) + 1):
                self._below[".".join(parts[:length])] += count
        self._host_names: dict[str, str] = {}
        self._spaces: dict[tuple[Root, ...], Space] = {}
        self._of_folder: dict[str, Space] = {}

    def space(self, path: str) -> Space:
        """The names that the code of a file can import."""
        folder = os.path.dirname(path)
        if folder not in self._of_folder:
            roots = self._roots(path, self._top(path))
            self._of_folder[folder] = self._spaces.setdefault(roots, Space(self, roots))
        return self._of_folder[folder]

    def _top(self, path: str) -> str:
        """The folder above the outermost package that the file is in, or the folder of the file."""
        folder = os.path.dirname(path)
        packages = [
            each for each in upwards(folder, self.root) if each in self._packages and each != self.root
        ]
        return os.path.dirname(packages[-1]) if packages else folder

    def imported_from(self, first: str) -> list[str]:
        """The modules that some file imports absolutely, by the first part of their names."""
        return self._firsts.get(first, [])

    def is_folder(self, path: str) -> bool:
        """True for a folder that holds Python files, at any depth."""
        return path in self._folders

    @cached_property
    def by_folder(self) -> dict[str, list[str]]:
        """All files by their folder, which ends with a separator."""
        found: dict[str, list[str]] = defaultdict(list)
        for each in self.files:
            found[each[: each.rfind(os.sep) + 1]].append(each)
        return found

    @cached_property
    def names(self) -> frozenset[str]:
        """The modules that all files are, each as the code beside it names it."""
        return frozenset(self.space(each).name_of(each) for each in self.files)

    def _hosted_folders(self) -> set[str]:
        """Folders outside of packages, as far as the disk tells, that files import relatively from."""
        found: set[str] = set()
        for path, facts in self.files.items():
            for each in facts.imports:
                folder = self._reached(path, each) if each.module[:1] == "." else ""
                if folder in self._folders and holds(folder, self._top(path)):
                    found.add(folder)
        return found

    def _reached(self, path: str, imported: Imported) -> str:
        """The folder that a relative import starts from, if what it asks for is there; else nothing."""
        level = _level(imported)
        folder = path
        for _ in range(level):
            folder = os.path.dirname(folder)
        rest = imported.module[level:]
        asked = [rest] if rest else list(imported.names)
        known = folder in self._packages or any(self._has(folder, each) for each in asked)
        return folder if level and known else ""

    def _roots(self, path: str, top: str) -> tuple[Root, ...]:
        hosted = next((each for each in upwards(top, self.root) if each in self._hosted), None)
        above = [Root(each) for each in upwards(top, self.root) if hosted is None or not holds(hosted, each)]
        if hosted is None and not any(self._evidence(path, each.folder) for each in above):
            inner = [Root(each) for each in upwards(os.path.dirname(path), top)[1:-1]]
            above = [each for each in inner if self._evidence(path, each.folder)] + above
        above.sort(key=lambda each: -self._evidence(path, each.folder))
        sources = [Root(os.path.join(self.root, each)) for each in _SOURCES]
        roots = above + [each for each in sources if each.folder in self._folders and each not in above]
        if hosted is None:
            return tuple(roots)
        return (Root(hosted, self._host_name(hosted)), *roots)

    def _host_name(self, folder: str) -> str:
        """The name that a folder has as a package of its host: what its code says in texts, else its own."""
        if folder not in self._host_names:
            self._host_names[folder] = self._named_by_texts(folder)
        return self._host_names[folder]

    def _named_by_texts(self, folder: str) -> str:
        own = identifier(os.path.basename(folder))
        names = Counter[str]()
        for path, facts in self.files.items():
            if facts.acts and holds(folder, path):
                names.update(first for each in facts.dotted if (first := self._names_it(each, folder)))
        return own if own in names or not names else names.most_common(1)[0][0]

    def _names_it(self, dotted: str, folder: str) -> str:
        """The first part of a text whose rest is a file or folder of the hosted one.

        A prefix alone, `"Git."`, tells it where the folder is no package by itself; sentences end so, too.
        """
        first, _, rest = dotted.partition(".")
        rest = re.split(r"[%{]", rest)[0].strip(".")
        if first in _STDLIB or self._has(folder, f"{first}.{rest}" if rest else first):
            return ""
        prefix = not rest and folder not in self._packages
        return first if prefix or (rest and self._has(folder, rest)) else ""

    def _has(self, folder: str, dotted: str) -> bool:
        base = below(folder, dotted)
        return base + ".py" in self.files or base in self._folders

    def _evidence(self, path: str, folder: str) -> int:
        """How many imports of the project spell the package of ``path`` from this folder on."""
        outermost = self._outermost_package(os.path.dirname(path), folder)
        parts = os.path.relpath(outermost, folder).replace(os.sep, ".")
        if parts == ".":
            return 0
        above = (parts.rsplit(".", count)[0] for count in range(1, parts.count(".") + 1))
        return self._below[parts] + sum(self.imported[each] for each in above)

    def _outermost_package(self, folder: str, root: str) -> str:
        """The first folder with an `__init__.py` on the way from a root down to a folder; else the folder."""
        below = [each for each in upwards(folder, root) if each != root]
        return next((each for each in reversed(below) if each in self._packages), folder)


class Space:
    """The modules that one part of the project sees, through its roots in order."""

    def __init__(self, layout: Layout, roots: tuple[Root, ...]) -> None:
        self._layout = layout
        self.roots = roots
        self._found: dict[str, str | None] = {}
        self._names: dict[str, str] = {}
        self._aliases: dict[str, bool] = {}

    def name_of(self, path: str) -> str:
        """The dotted name of a file below the roots."""
        if path not in self._names:
            self._names[path] = self._name_of(path)
        return self._names[path]

    def _name_of(self, path: str) -> str:
        stem = os.path.dirname(path) if os.path.basename(path) == "__init__.py" else os.path.splitext(path)[0]
        for root in self.roots:
            if stem == root.folder and root.prefix:
                return root.prefix
            if stem.startswith(root.folder + os.sep):
                rest = os.path.relpath(stem, root.folder).replace(os.sep, ".")
                return f"{root.prefix}.{rest}" if root.prefix else rest
        return os.path.basename(stem)

    @property
    def is_hosted(self) -> bool:
        """A host application runs its files, as an add-on or a plugin."""
        return any(each.prefix for each in self.roots)

    @cached_property
    def hosted_name(self) -> str:
        """The first part of the names of what a host runs, as far as it is known; empty without a host."""
        return next((each.prefix for each in self.roots if each.prefix), "")

    def host_files(self) -> tuple[str, ...]:
        """What a host runs itself, again and again: its package, or every file of a folder that is none."""
        return self._host_files

    @cached_property
    def _host_files(self) -> tuple[str, ...]:
        hosted = next((each.folder for each in self.roots if each.prefix), None)
        if hosted is None:
            return ()
        package = os.path.join(hosted, "__init__.py")
        if package in self._layout.files:
            return (package,)
        inside = (each for each in self._layout.files if os.path.dirname(each) == hosted)
        return tuple(sorted(each for each in inside if _PLUGIN.fullmatch(os.path.basename(each))))

    def canonical(self, name: str) -> str:
        """The name that this part of the project has for a module; a host may use another first part."""
        prefix = self.hosted_name
        if not prefix:
            return name
        first, _, rest = name.partition(".")
        if first not in (prefix, "") and first not in _STDLIB and self.find(name) is None:
            if rest and self._is_alias(first, prefix) and self.find(f"{prefix}.{rest}") is not None:
                return f"{prefix}.{rest}"
            if self.find(f"{prefix}.{name}") is not None:
                return f"{prefix}.{name}"
        return name

    def _is_alias(self, first: str, prefix: str) -> bool:
        """All that is imported from it is in the package; `bpy` is not, though `bpy.utils` may look so."""
        if first not in self._aliases:
            self._aliases[first] = all(
                self.find(f"{prefix}.{each.partition('.')[2]}") is not None
                for each in self._layout.imported_from(first)
            )
        return self._aliases[first]

    def find(self, name: str) -> str | None:
        """The path of a module: a file, or the folder of a namespace package; None for a foreign one."""
        if name not in self._found:
            self._found[name] = self._find(name)
        return self._found[name]

    def _find(self, name: str) -> str | None:
        if name.partition(".")[0] in _STDLIB:
            return None
        for root in self.roots:
            rest = name
            if root.prefix:
                if name != root.prefix and not name.startswith(root.prefix + "."):
                    continue
                rest = name[len(root.prefix) + 1 :]
            base = below(root.folder, rest) if rest else root.folder
            for candidate in (os.path.join(base, "__init__.py"), base + ".py"):
                if candidate in self._layout.files:
                    return candidate
            if self._layout.is_folder(base):
                return base
        return None


def _level(imported: Imported) -> int:
    return len(imported.module) - len(imported.module.lstrip("."))
