"""What bears out a finding: an execution that shows it, or that none comes to where it could be seen."""

from __future__ import annotations

import re

from flake8_unload.findings import Finding
from tests.differential.observed import Observed
from tests.differential.runs import Seen

QUOTED = re.compile(r"`([^`]+)`")
FAILURES = {
    "UNL104": ("KeyError", "NameError"),
    "UNL204": ("ImportError", "KeyError", "NameError", "AttributeError"),
    "UNL106": ("RuntimeError",),
    "UNL108": ("KeyError", "NameError"),
}
JUDGED = {
    "UNL101",
    "UNL102",
    "UNL103",
    "UNL109",
    "UNL110",
    "UNL201",
    "UNL202",
    *FAILURES,
}


def borne_out(finding: Finding, observed: Observed) -> bool:
    """Whether some execution shows what ``finding`` says, or none comes to where it could be seen.

    An error that nobody takes ends a program: what would come after it is not seen.
    """
    line, code = finding.line, finding.code
    names = QUOTED.findall(finding.message)
    if line not in observed.done | {line for line, _ in observed.failed}:
        return True
    if code in ("UNL108", "UNL204") and not observed.removed_before(line, names[0]):
        return True
    if code in ("UNL108", "UNL204") and observed.unseen_removal(names[0], line):
        return True
    if code == "UNL204" and observed.local_name_missing(line):
        return True
    if code in FAILURES:
        failed = any((line, error) in observed.failed for error in FAILURES[code])
        return failed or observed.removes_nothing(line)
    if code == "UNL109":
        return _missing(line, names[0], observed)
    if line not in observed.done:
        return True
    if code == "UNL102":
        return _serves_old(line, observed)
    if code == "UNL103":
        return _leaves_alone(line, observed)
    if code == "UNL202" and _is_kept(line, names[0], observed):
        return True
    return any(_seen_stale(line, name, observed) for name in names)


def _leaves_alone(line: int, observed: Observed) -> bool:
    """A package goes without its submodule; or no execution loads that, comes here and imports it again."""
    if any(line in run.left_alone for run in observed.runs) or not observed.imports_package_after(line):
        return True
    text = observed.text
    return observed.unseen_way(text.loading("pkg.sub"), line, text.removing("pkg.sub"))


def _is_kept(line: int, name: str, observed: Observed) -> bool:
    """A function makes old what others find in the module; or the module never comes to have that."""
    text = observed.text
    if name not in text.definitions or text.scope(line) is text.tree:
        return False  # it must be read in the program
    return observed.is_kept(line, name) or observed.never_kept(name)


def _serves_old(line: int, observed: Observed) -> bool:
    """A from-import gives an old submodule; or none is come to after a removal of it."""
    removals = observed.text.removing("pkg.sub")
    if not observed.removed_before(line, "pkg.sub") or not removals <= observed.done:
        return True
    if observed.unseen_way(removals, line, observed.text.loading("pkg.sub") - observed.text.serving):
        return True
    return any(read.seen is Seen.STALE for read in observed.looks(line))


def _seen_stale(line: int, name: str, observed: Observed) -> bool:
    if (line, name) in observed.stale or observed.derailed_before_read(line, name):
        return True
    ways = observed.program.ways.led_to(line, name)
    if any(not observed.reads_held(line, name, each) for each in ways):
        return True  # no execution gets there
    later = list(observed.reads_after(line, name))
    return all(read.seen is Seen.MISSING for read in later) or (
        "." in name and any(read.seen is Seen.MISSING for read in later)
    )


def _missing(line: int, name: str, observed: Observed) -> bool:
    """The name is missed there; or no execution comes there from a deletion, past no other read of it."""
    if (line, name) in observed.missing():
        return True
    text = observed.text
    stops = (text.reading(name) | set(text.binders(name, line))) - {line}
    ways = (each for each in text.deleting(name) if observed.program.ways.leads(each, line, stops))
    return any(not observed.reads_held(each, name, line) for each in ways)
