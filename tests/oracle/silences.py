"""Where the static side may be silent, and why: all the reasons that there are. It may never be wrong."""

from __future__ import annotations

from tests.oracle.observed import Held
from tests.oracle.project import FOREIGN_TWIN, Project

FOLDER = "which modules a loop over a folder reloads, and in which order, is up to the folder"
CALLED = "a function that the import calls changes a container"
TWIN = "the name may come from a foreign module instead, where that is installed"
REASONS = (FOLDER, CALLED, TWIN)

REGISTRY = "REG"  # generated containers that functions change are called like that
_LISTINGS = ("os.listdir(", "iter_modules(", ".glob(")


def silence(held: Held, project: Project) -> str | None:
    """Why the static side need not tell of this old object; None if it must."""
    if held.name.startswith(REGISTRY) and held.how == "item":
        return CALLED
    if any(text in source for source in project.files.values() for text in _LISTINGS):
        return FOLDER
    if any(FOREIGN_TWIN in source for source in project.files.values()):
        return TWIN
    return None
