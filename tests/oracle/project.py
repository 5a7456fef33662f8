"""A project that can be run: its files, and what the host does with them. Knows nothing of either side."""

from __future__ import annotations

from dataclasses import dataclass, field

Step = tuple[str, ...]  # ("import", module), ("reload", module) or ("call", module, function)


@dataclass(frozen=True)
class Project:
    """``steps`` are taken by the host in order; the last one is what reloads or unloads."""

    files: dict[str, str]
    steps: tuple[Step, ...]
    unprovable: tuple[str, ...] = field(
        default=()
    )  # reasons of `silences`, where the static side may be silent

    @property
    def modules(self) -> tuple[str, ...]:
        """Dotted names of all files, in order."""
        return tuple(dotted(path) for path in self.files)

    def __str__(self) -> str:
        parts = [f"# --- {path}\n{source}" for path, source in self.files.items()]
        return "\n".join([*parts, "# --- steps", *map(repr, self.steps)])


def dotted(path: str) -> str:
    """The module of a file: `pkg/a/__init__.py` is `pkg.a`."""
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
