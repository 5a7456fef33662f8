"""What RULES leaves alone must stay untold: a finding there is a disagreement, and silence is none."""

from __future__ import annotations

import pytest

from flake8_unload.findings import Finding
from tests.differential import left_alone
from tests.differential.execution import execute
from tests.differential.observed import Observed
from tests.differential.program import Program
from tests.differential.programs import HEADER
from tests.differential.verdict import compare

CASES = {
    left_alone.CLEANUP: (
        "import m\ntry:\n    keep(m)\nfinally:\n    del sys.modules['m']\nm.f()\n",
        (5, "UNL101", "`m`"),
    ),
    left_alone.EXPECTED: (
        "import m\ndel sys.modules['m'], m\nwith suppress(Exception):\n    keep(m)\n",
        (4, "UNL109", "`m`"),
    ),
    left_alone.ASKED: (
        "import m\ndel sys.modules['m']\nif flag(\"a\"):\n    del sys.modules['m']\n",
        (4, "UNL108", "`m`"),
    ),
    left_alone.CAPTURED: (
        "import m\ng = m.f\ndel sys.modules['m'], m\ng()\n",
        (3, "UNL110", "`g`"),
    ),
    left_alone.MEANT: (
        "def one():\n    import m\n    g = m.f\n    reload(m)\n    m.f()\n    g()\none()\n",
        (4, "UNL202", "`g`"),
    ),
}


@pytest.mark.parametrize("reason", CASES)
def test_what_must_stay_untold(reason: str) -> None:
    source, (line, code, message) = CASES[reason]
    program = Program(HEADER + source)
    observed = Observed(program, *execute(program))
    told = Finding(line + HEADER.count("\n"), 0, code, message)
    assert not compare([], observed).disagreements
    (found,) = compare([told], observed).disagreements
    assert (found.line, found.what) == (told.line, f"{code} although {reason}")


def test_what_is_right_elsewhere_may_be_told() -> None:
    source = "import m\ndel sys.modules['m']\nwith suppress(Exception):\n    reload(m)\nm.f()\n"
    program = Program(HEADER + source)
    told = Finding(HEADER.count("\n") + 2, 0, "UNL101", "`m`")
    assert not compare([told], Observed(program, *execute(program))).disagreements
