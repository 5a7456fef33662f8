"""`All`, and one command for each rule with a fix, named by its code. Detection is the same as everywhere."""

from __future__ import annotations

import argparse
from typing import ClassVar

import libcst as cst
from libcst.codemod import CodemodCommand, CodemodContext

from flake8_unload.inspection import Inspector
from flake8_unload.registry import Rule, rules
from flake8_unload.repair.rounds import repaired
from flake8_unload.repair.wanted import Wanted
from flake8_unload.selection import Selection
from flake8_unload.settings import FROM_IMPORT, Settings


class All(CodemodCommand):
    """Every fix of every default rule. What is suppressed by `# noqa` stays."""

    DESCRIPTION: str = "Repair what flake8-unload reports, as far as the fixes are safe."
    SELECT: ClassVar[tuple[str, ...]] = ()

    @staticmethod
    def add_args(arg_parser: argparse.ArgumentParser) -> None:
        """`--unsafe-fixes` and `--from-import`, as `flake8-unload fix` has them."""
        arg_parser.add_argument("--unsafe-fixes", action="store_true", help="apply unsafe fixes, too")
        arg_parser.add_argument(
            "--from-import",
            choices=FROM_IMPORT,
            default=FROM_IMPORT[0],
            help="after a reload, import stale names again, or qualify their uses",
        )

    def __init__(
        self, context: CodemodContext, unsafe_fixes: bool = False, from_import: str = FROM_IMPORT[0]
    ) -> None:
        super().__init__(context)
        self._unsafe = unsafe_fixes
        self._from_import = from_import

    def transform_module_impl(self, tree: cst.Module) -> cst.Module:
        """The repaired module; a fix that is refused becomes a warning."""
        settings = Settings(select=self.SELECT, from_import=self._from_import)
        inspector = Inspector(settings, Selection(select=self.SELECT))
        path, before = self.context.filename or "stdin", tree.bytes
        done = repaired(path, before, inspector, Wanted(self._unsafe))
        for finding, reason in done.left:
            self.warn(f"{finding.line}: {finding.code} not fixed: {reason}")
        return tree if done.data == before else cst.parse_module(done.data)


def _command(rule: Rule) -> type[All]:
    """The command of one rule; it can be pickled, since it is an attribute of this module."""
    what = {
        "DESCRIPTION": f"Repair {rule.code} {rule.name}. {rule.summary}.",
        "SELECT": (rule.code,),
        "__doc__": f"The fixes of {rule.code} alone.",
        "__module__": __name__,
    }
    return type(rule.code, (All,), what)


globals().update(
    {rule.code: _command(rule) for rule in rules().values() if rule.fix and not rule.across_files}
)
