"""What the files of a project hold of each other, for a run that looks at some of them: flake8's.

When nothing has changed since the last time, the answer is read from the cache and no file is opened.
"""

from __future__ import annotations

import os

from flake8_unload.findings import Finding
from flake8_unload.settings import Settings
from flake8_unload.survey.cache import Cache


def across_files(root: str, settings: Settings) -> dict[str, list[Finding]]:
    """The findings of the rules about several files, by absolute path. Raises UserError."""
    root = os.path.abspath(root)
    cache = Cache(root, settings)
    found = cache.at_once()
    if found is None:
        found = _worked_out(root, settings, cache)
    return {os.path.normpath(os.path.join(root, path)): each for path, each in found.items()}


def _worked_out(root: str, settings: Settings, cache: Cache) -> dict[str, list[Finding]]:
    from flake8_unload.discover import python_files
    from flake8_unload.inspection import Inspector
    from flake8_unload.survey.run import Survey

    files, _ = python_files([root])
    everything = Survey(root, Inspector(settings), cache).examine_all([(path, None) for path in files], None)
    found: dict[str, list[Finding]] = {}
    for path, findings in everything.items():
        across = [each for each in findings if each.code.startswith("UNL4")]
        if across:
            found[os.path.relpath(path, root)] = across
    cache.stamp([os.path.relpath(path, root) for path in files], found)
    return found
