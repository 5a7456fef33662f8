"""Fixes one file in memory: apply, detect again, until nothing changes. What makes it worse is not kept."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from flake8_unload import source
from flake8_unload.edits import Fix
from flake8_unload.failures import UNREADABLE, Unreadable
from flake8_unload.findings import Finding
from flake8_unload.inspection import Inspector
from flake8_unload.repair.apply import NotApplied, apply, lost_comments
from flake8_unload.repair.splice import Unwritable, spliced
from flake8_unload.repair.wanted import Wanted
from flake8_unload.results import BASELINE

_ROUNDS = 100
_ENDLESS = f"the file still changes after {_ROUNDS} rounds"


@dataclass(frozen=True, slots=True)
class Repaired:
    """One file after its repair. ``data`` is what was given where nothing was ``fixed``.

    ``left`` are the findings of rules with fixes that stay, with the reason; ``others`` those of rules
    without any, or the failure that kept the file from being looked at.
    """

    data: bytes
    fixed: tuple[Finding, ...] = ()
    left: tuple[tuple[Finding, str], ...] = ()
    others: tuple[Finding, ...] = ()


def repaired(path: str, data: bytes, inspector: Inspector, wanted: Wanted) -> Repaired:
    """Fix everything in ``data`` that ``wanted`` and the inspector's selection let through."""
    inspector = replace(inspector, settings=replace(inspector.settings, fixes=True))
    found, reported = inspector.examine(path, data)
    fixed: list[Finding] = []
    failed: dict[_Identity, str] = {}
    for _ in range(_ROUNDS):
        ready = [each for each in reported if wanted.applies(each) and _identity(each, data) not in failed]
        if not ready:
            break
        before = data
        try:
            data, done, found, reported = attempt(path, data, ready, found, inspector)
            fixed += done
        except Failed as error:
            if len(ready) == 1:
                failed[_identity(ready[0], data)] = str(error)
                continue
            for each in ready:
                try:
                    data, done, found, reported = attempt(path, data, [each], found, inspector)
                except Failed as error_of_one:
                    failed[_identity(each, data)] = str(error_of_one)
                else:
                    fixed += done
                    break  # the places of the others may have moved
        if inspector.accepted and data != before:
            inspector = _still_accepting(path, before, data, inspector)
            found, reported = inspector.examine(path, data)
    left = [(each, _reason(each, data, wanted, failed)) for each in reported if each.fix]
    others = [each for each in reported if not each.fix]
    return Repaired(data, tuple(fixed), tuple(left), tuple(others))


def _still_accepting(path: str, old: bytes, new: bytes, inspector: Inspector) -> Inspector:
    """A fix may change the source of a finding of the baseline; whatever it became stays accepted."""
    before, after = inspector.judge(path, old)[1], inspector.judge(path, new)[1]
    known = {each.identity for each in before}
    left = {each.identity for each in after}
    lost = {each.finding.code for each in before if each.suppressed == BASELINE and each.identity not in left}
    changed = {
        each.identity.fingerprint
        for each in after
        if each.identity not in known and each.finding.code in lost
    }
    return replace(inspector, accepted=inspector.accepted | changed)


def _reason(finding: Finding, data: bytes, wanted: Wanted, failed: dict[_Identity, str]) -> str:
    return wanted.why_not(finding) or failed.get(_identity(finding, data), _ENDLESS)


class Failed(Exception):
    """None of these fixes can be kept; says why."""


_Attempt = tuple[bytes, list[Finding], list[Finding], list[Finding]]


def attempt(
    path: str, data: bytes, ready: Sequence[Finding], found: Sequence[Finding], inspector: Inspector
) -> _Attempt:
    """The new bytes, what was fixed, and all that is found and reported then. Raises Failed."""
    text = source.normalised(source.decode(data)[0])
    try:
        applied = apply(text, [each.fix for each in ready if isinstance(each.fix, Fix)])
        if not applied.done:
            raise Failed(applied.left[0])
        lost = lost_comments(applied.before, applied.after)
        if lost:
            raise Failed(f"the comment `{lost[0]}` would be lost")
        new = spliced(data, applied.before, applied.after)
    except (NotApplied, Unwritable) as error:
        raise Failed(str(error)) from None
    except UnicodeEncodeError as error:
        raise Failed(f"the new code cannot be written as {error.encoding}") from None
    except Unreadable as error:
        raise Failed(error.finding.message) from None
    if new == data:
        raise Failed("the fix changes nothing")
    if _compiles(data) and not _compiles(new):
        raise Failed("the result would not compile")
    done = [ready[number] for number in applied.done]
    now, reported = inspector.examine(path, new)
    worse = _new_ones([each for each in found if each not in done], data, now, new)
    if worse:
        again = any(each.code == worse[0].code and each.message == worse[0].message for each in done)
        found_then = f"{worse[0].code} at line {worse[0].line}: {worse[0].message}"
        raise Failed("the hazard would stay" if again else f"the fix would bring {found_then}")
    return new, done, now, reported


_SAME = ((0, 1, 2), (0, 1), (0, 2))  # an edit may change the source of another finding, or its message
_Identity = tuple[str, str, str]


def _new_ones(found: Sequence[Finding], data: bytes, now: Sequence[Finding], new: bytes) -> list[Finding]:
    """The findings of ``now`` that were not there before, each old one standing for one new one at most."""
    known = [_identity(each, data) for each in found]
    fresh = list(now)
    for parts in _SAME:
        unknown: list[Finding] = []
        for finding in fresh:
            own = _identity(finding, new)
            same = next((each for each in known if all(each[at] == own[at] for at in parts)), None)
            if same is None:
                unknown.append(finding)
            else:
                known.remove(same)
        fresh = unknown
    return fresh


def _identity(finding: Finding, data: bytes) -> _Identity:
    """Code, message, and the source it points at without regard to spaces."""
    if finding.code == UNREADABLE:
        return finding.code, finding.message, ""
    lines = _lines(data)[finding.line - 1 : finding.end_line]
    lines[-1] = lines[-1][: finding.end_column]
    lines[0] = lines[0][finding.column :]
    return finding.code, finding.message, " ".join("\n".join(lines).split())


def _compiles(data: bytes) -> bool:
    """More than parsing: `global m` behind a use of `m` is refused only here."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compile(source.normalised(source.decode(data)[0]), "<fixed>", "exec", dont_inherit=True)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True


@lru_cache(maxsize=2)
def _lines(data: bytes) -> list[str]:
    return source.normalised(source.decode(data)[0]).split("\n")
