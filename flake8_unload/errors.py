"""The one exception for whatever a user got wrong. Printed as one line, exit status 2."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


class UserError(Exception):
    """A wrong option, name or value; the text is one line that says what would be right."""


def nearest(word: str, known: Iterable[str]) -> str:
    """` (did you mean `x`?)`, or nothing when no known word is close."""
    spelled = {each.lower(): each for each in known}
    close = difflib.get_close_matches(word.lower(), spelled, n=1, cutoff=0.5)
    return f" (did you mean `{spelled[close[0]]}`?)" if close else ""
