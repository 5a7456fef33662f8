"""Takes out of a program what fails whenever it is reached, unless a rule is about that failure.

An error ends a program, and nothing could be learned from the rest of it. What is left is a program like any
other, with marks of its own text: no mark comes from these executions. Knows no rule's verdict.
"""

from __future__ import annotations

import ast

from tests.differential.execution import execute
from tests.differential.program import Program
from tests.differential.runs import Run
from tests.differential.text import Text

_MOST_RUNS = 200
_MOST_ROUNDS = 20


def pruned(program: Program) -> Program:
    """The program without its hopeless statements."""
    for _ in range(_MOST_ROUNDS):
        line = _hopeless(program.text, execute(program, _MOST_RUNS, faults=False)[0])
        if line is None:
            break
        program = Program(_without(line, program.text.tree, program.source))
    return program


def _hopeless(text: Text, runs: list[Run]) -> int | None:
    """The first statement that some run fails at, none comes past, and that is no hazard to be told."""
    passed = {line for run in runs for at, line in enumerate(run.begun) if at not in run.broken}
    for run in runs:
        for line, error in run.failed:
            if line not in passed and not _is_hazard(line, error, text):
                return line
    return None


def _is_hazard(line: int, error: str, text: Text) -> bool:
    """A removal or reload of what is not there, a loop over a dict that changes, a use after `del`."""
    node = text.statements[line]
    match error:
        case "RuntimeError":
            return True
        case "KeyError":
            return "sys.modules" in ast.unparse(node)
        case "ImportError":
            return line in text.reloading
        case "NameError" | "UnboundLocalError":
            reads = (each for each in ast.walk(node) if isinstance(each, ast.Name))
            return any(
                isinstance(each.ctx, ast.Load) and None in text.binders(each.id, line).values()
                for each in reads
            )
    return False


def _without(line: int, tree: ast.Module, source: str) -> str:
    lines = source.splitlines(keepends=True)
    for node in ast.walk(tree):
        for name in ("body", "orelse", "finalbody"):
            suite = getattr(node, name, [])
            for each in suite if isinstance(suite, list) else ():
                if each.lineno == line:
                    indent = " " * each.col_offset
                    put = [indent + "pass\n"] if len(suite) == 1 else []
                    lines[each.lineno - 1 : each.end_lineno] = put
                    return "".join(lines)
    raise ValueError(line)
