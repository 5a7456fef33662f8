"""Where the static side may be silent, and why: all the reasons that there are. It may never be wrong."""

from __future__ import annotations

import re

from tests.oracle.observed import Held
from tests.oracle.project import Project

FOLDER = "which modules a loop over a folder reloads, and in which order, is up to the folder"
REASONS = (FOLDER,)

_WALKED = re.compile(r"^import (\S+) as walked$", re.M)
"""The import of the package whose folder a loop goes through."""


def silence(held: Held, project: Project) -> str | None:
    """Why the static side need not tell of this old object; None if it must."""
    for source in project.files.values():
        if (found := _WALKED.search(source)) and held.origin.rpartition(".")[0] == found[1]:
            return FOLDER
    return None
