"""Where the static side may be silent, and why: all the reasons that there are. It may never be wrong."""

from __future__ import annotations

import re

from tests.oracle.observed import Held
from tests.oracle.project import Project

FOLDER = "which modules a loop over a folder reloads, and in which order, is up to the folder"
MODULE = "a module in the place of a type is refused by the `typing` of Python 3.10, and taken by later ones"
REASONS = (FOLDER, MODULE)

_WALKED = re.compile(r"^import (\S+) as walked$", re.M)
"""The import of the package whose folder a loop goes through."""
_ALIAS = r"^{} = (?:typing\.)?\w+\[.*?(\w+)\]"
_TAKES_PACKAGE = r"^\(?{},?\)? = \[?pkg\]?$"


def silence(held: Held, project: Project) -> str | None:
    """Why the static side need not tell of this old object; None if it must."""
    for source in project.files.values():
        if (found := _WALKED.search(source)) and held.origin.rpartition(".")[0] == found[1]:
            return FOLDER
    return MODULE if _is_alias_of_module(held, project) else None


def _is_alias_of_module(held: Held, project: Project) -> bool:
    """`A = typing.Optional[x]`, where `x` also stands for the package."""
    sources = project.files.values()
    named = {
        found[1]
        for alias in (held.attribute, held.name)
        for each in sources
        if (found := re.search(_ALIAS.format(re.escape(alias)), each, re.M))
    }
    return any(re.search(_TAKES_PACKAGE.format(name), each, re.M) for name in named for each in sources)
