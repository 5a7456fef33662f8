"""A project that can be run: its files, and what the host does with them. Knows nothing of either side."""

from __future__ import annotations

from dataclasses import dataclass

Step = tuple[str, ...]  # ("import", module), ("reload", module) or ("call", module, function)
FLAG = 'os.environ.get("ORACLE")'
"""A test that is true in one of two runs of a project."""
LENT = "lent_"
"""Names that only the `__getattr__` of a module gives start like that."""
FOREIGN_TWIN = "foreign_twin"
"""A module from which projects would rather take a name than from their own; one of two runs has it."""


@dataclass(frozen=True)
class Project:
    """``steps`` are taken by the host in order; the last one is what reloads or unloads.

    Behind it there may be steps ("keep", module, function): the module keeps what its function gives.
    """

    files: dict[str, str]
    steps: tuple[Step, ...]

    @property
    def modules(self) -> tuple[str, ...]:
        """Dotted names of all files, in order."""
        return tuple(dotted(path) for path in self.files)

    @property
    def environments(self) -> tuple[dict[str, str], ...]:
        """What may differ from run to run, if the project asks for it."""
        found: tuple[dict[str, str], ...] = ({},)
        for text, name in ((FLAG, "ORACLE"), (FOREIGN_TWIN, "ORACLE_TWIN")):
            if any(text in source for source in self.files.values()):
                found += tuple({**each, name: "1"} for each in found)
        return found

    def __str__(self) -> str:
        parts = [f"# --- {path}\n{source}" for path, source in self.files.items()]
        return "\n".join([*parts, "# --- steps", *map(repr, self.steps)])

    @classmethod
    def parsed(cls, text: str) -> Project:
        """What `str` gave, or was written like that by hand."""
        files: dict[str, str] = {}
        for part in text.split("# --- ")[1:]:
            name, _, body = part.partition("\n")
            files[name.strip()] = body.strip("\n") + "\n"
        lines = files.pop("steps").splitlines()
        steps = (tuple(line.strip("() ").replace("'", "").split(", ")) for line in lines if line[:1] == "(")
        return cls(files, tuple(steps))


def dotted(path: str) -> str:
    """The module of a file: `pkg/a/__init__.py` is `pkg.a`."""
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
