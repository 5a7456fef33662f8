"""Executes a program under every choice it leaves open.

An error goes where it would go: into the `try` around it, or it ends the module or the call.
"""

from __future__ import annotations

import ast
import importlib
import itertools
import sys
from collections.abc import Iterator
from contextlib import suppress
from types import CodeType, ModuleType

from tests.differential import world
from tests.differential.instrument import Instrument
from tests.differential.machine import Machine
from tests.differential.program import Program
from tests.differential.runs import Choice, Run

MAX_RUNS = 1500


def execute(program: Program, most: int = MAX_RUNS, *, faults: bool = True) -> tuple[list[Run], bool]:
    """Every run, and whether these are all there can be; ``faults``: also those with a fault put in."""
    instrument = Instrument()
    code = compile(instrument.module(ast.parse(program.source)), "<program>", "exec")
    count = len(instrument.faults) if faults else 0
    choices = list(itertools.islice(_choices(program, count), most + 1))
    with world.present():
        runs = [_one(code, program, choice) for choice in choices[:most]]
    return runs, len(choices) <= most


def _choices(program: Program, faults: int) -> Iterator[Choice]:
    repeats = "for " in program.source or bool(program.functions)
    values: list[tuple[int, ...]] = [(1,), (0,)] + ([(1, 0), (0, 1)] if repeats else [])
    per_flag = [values] * len(program.flags) + [[(0,), (1,), (2,), (3,)]] * len(program.rounds)
    times = ("always", "first", "later") if repeats else ("always",)
    fault_choices = [(0, "always"), *itertools.product(range(1, faults + 1), times)]
    names = (*program.flags, *program.rounds)
    for fault in fault_choices:
        for combination in itertools.product(*per_flag):
            for calls in _epilogues(program.functions):
                for loaded in (False, True):
                    yield Choice(dict(zip(names, combination, strict=True)), fault, calls, loaded)


def _epilogues(functions: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Who is called by others once the module has run, in which order."""
    yield ()
    for length in (1, 2):
        yield from itertools.product(functions, repeat=length)


def _one(code: CodeType, program: Program, choice: Choice) -> Run:
    world.clear()
    if choice.loaded:
        for name in world.MODULES:
            importlib.import_module(name)
    run = Run(choice)
    machine = Machine(run, choice, program)
    namespace = machine.names()
    sys.modules["oracle"] = oracle = ModuleType("oracle")
    vars(oracle).update(namespace)
    with suppress(Exception):
        exec(code, namespace)
        run.finished = True
    for name in choice.calls if run.finished else ():
        function = namespace.get(name)
        if callable(function):
            machine.begin(0, 0)
            try:
                function()
            except Exception:
                run.upset = run.upset or len(run.begun)
    machine.settle()
    machine.keep(namespace)
    return run
