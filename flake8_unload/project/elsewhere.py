"""Who imports files of a package from outside of it: scripts and tools in other folders. Executes nothing."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Iterable

from flake8_unload.project.graph import Graph
from flake8_unload.project.layout import Layout


def importers_elsewhere(
    paths: Iterable[str], layout: Layout, graph: Callable[[str], Graph]
) -> dict[str, set[str]]:
    """For some files those that import them and have other roots, which the graph of the file leaves out."""
    by_leaf: dict[str, list[str]] = defaultdict(list)
    for path in paths:
        by_leaf[_leaf(path)].append(path)
    found: dict[str, set[str]] = defaultdict(set)
    for other, facts in layout.files.items():
        asked = {part for each in facts.imports for part in (each.module.rpartition(".")[2], *each.names)}
        for path in (path for leaf in asked & by_leaf.keys() for path in by_leaf[leaf]):
            if layout.space(other) is not layout.space(path) and path in graph(other).imported(other):
                found[path].add(other)
    return found


def _leaf(path: str) -> str:
    """The last part of the name of the module."""
    folder, name = os.path.split(path)
    return os.path.basename(folder) if name == "__init__.py" else name.removesuffix(".py")
