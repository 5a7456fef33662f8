"""Takes out of a program what fails whenever it is reached, unless a rule is about that failure.

An error ends a program, and nothing could be learned from the rest of it. Knows no rule's verdict.
"""

from __future__ import annotations

import ast

from tests.differential.execution import execute
from tests.differential.program import Program
from tests.differential.runs import Run

_MOST_RUNS = 200
_MOST_ROUNDS = 20


def pruned(program: Program) -> Program:
    """The program without its hopeless statements."""
    for _ in range(_MOST_ROUNDS):
        tree = ast.parse(program.source)
        line = _hopeless(tree, execute(program, _MOST_RUNS, faults=False)[0])
        if line is None:
            break
        program = Program(_without(line, tree, program.source))
    return program


def _hopeless(tree: ast.Module, runs: list[Run]) -> int | None:
    """The first statement that some run fails at, none comes past, and that is no hazard to be told."""
    statements = {node.lineno: node for node in reversed(list(ast.walk(tree))) if isinstance(node, ast.stmt)}
    deleted = {
        node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Del)
    }
    passed = {line for run in runs for at, line in enumerate(run.begun) if at not in run.broken}
    for run in runs:
        for line, error in run.failed:
            if line not in passed and not _is_hazard(statements[line], error, deleted):
                return line
    return None


def _is_hazard(node: ast.stmt, error: str, deleted: set[str]) -> bool:
    """A removal or reload of what is not there, a loop over a dict that changes, a use after `del`."""
    text = ast.unparse(node)
    match error:
        case "RuntimeError":
            return True
        case "KeyError":
            return "sys.modules" in text
        case "ImportError":
            return "reload(" in text
        case "NameError" | "UnboundLocalError":
            reads = (each for each in ast.walk(node) if isinstance(each, ast.Name))
            return any(each.id in deleted and isinstance(each.ctx, ast.Load) for each in reads)
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
