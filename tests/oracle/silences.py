"""Where the static side may be silent, and why: all the reasons that there are. It may never be wrong."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tests.oracle.observed import Held, Observation
from tests.oracle.project import Project

FOLDER = "which modules a loop over a folder reloads, and in which order, is up to the folder"
VERSION = "some versions of Python leave nothing old there: they refuse what others take"
"""As the `typing` of Python 3.10 does with a module in the place of a type."""

_WALKED = re.compile(r"^import (\S+) as walked$", re.M)
"""The import of the package whose folder a loop goes through."""


def silence(held: Held, project: Project, elsewhere: Sequence[Observation] = ()) -> str | None:
    """Why the static side need not tell of this old object; None if it must.

    ``elsewhere``: what was observed on other Pythons.
    """
    if any(held not in each.old | each.gone for each in elsewhere if not each.error):
        return VERSION
    for source in project.files.values():
        if (found := _WALKED.search(source)) and held.origin.rpartition(".")[0] == found[1]:
            return FOLDER
    return None
