"""What `FlowBuilder` asks of the maker of events; `recorder` is it. Knows neither steps nor order."""

from __future__ import annotations

import ast


class Simple:
    """Makes the events of everything that is no control flow."""

    def statement(self, node: ast.stmt) -> None:
        """Events of a statement without a suite, and of a function statement."""
        raise NotImplementedError

    def expression(self, node: ast.expr) -> None:
        """Events of an expression in order of evaluation."""
        raise NotImplementedError

    def target(self, node: ast.expr, value: ast.expr | None, statement: ast.stmt) -> None:
        """Events of an assignment target."""
        raise NotImplementedError

    def pattern(self, node: ast.pattern) -> None:
        """Events of a `case` pattern."""
        raise NotImplementedError

    def loop(self, node: ast.For | ast.AsyncFor) -> None:
        """The start of a loop, after its iterable."""
        raise NotImplementedError

    def loop_end(self, node: ast.For | ast.AsyncFor) -> None:
        """The end of a loop that was not left by a jump."""
        raise NotImplementedError

    def handler(self, node: ast.ExceptHandler) -> None:
        """The head of an `except` clause."""
        raise NotImplementedError

    def class_head(self, node: ast.ClassDef) -> None:
        """Decorators and bases of a class; its body follows."""
        raise NotImplementedError

    def class_end(self, node: ast.ClassDef) -> None:
        """The end of a class body: its name is bound."""
        raise NotImplementedError
