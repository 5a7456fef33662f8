"""Notebooks, as text: what nbQA hands over in their place, and scripts in cells. Knows no rule.

nbQA masks every magic, and leaves out cells that hold little else; so whether a notebook loads IPython's
autoreload is read in the notebook itself, which lies beside the file that stands for it.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Sequence
from typing import Any

STANDS_FOR = "_nbqa_ipynb.py"  # how the name of nbQA's file ends, after eight random characters
_RANDOM = 8
_MAGIC = r"%(?:(?:re)?load_ext[ \t]+)?autoreload\b"
_IN_CELL = re.compile(rf"^[ \t]*{_MAGIC}", re.M)
_IN_COMMENT = re.compile(rf"^[ \t]*#[ \t]*{_MAGIC}", re.M)  # jupytext's way to keep a script a script
_CALL = re.compile(
    r"""\.(?:run_line_magic|magic|run_cell)\(\s*(?:"|')%?(?:(?:re)?load_ext(?:"|')?[\s,'"]+)?autoreload\b"""
)
_CELLS = re.compile(r"^# ?(?:%%|In\[)", re.M)


def autoreloads(lines: Sequence[str], filename: str) -> bool:
    """True for a notebook or script in cells that has IPython renew what was taken from changed modules."""
    if filename.endswith(STANDS_FOR):
        text = "\n".join(_cells(_notebook(filename)))
        return bool(_IN_CELL.search(text) or _CALL.search(text))
    if not any("autoreload" in line for line in lines):
        return False
    text = "".join(lines)
    return bool(_CALL.search(text) or (_CELLS.search(text) and _IN_COMMENT.search(text)))


def _notebook(filename: str) -> str:
    """The path of the notebook that nbQA's file stands for."""
    folder, base = os.path.split(filename)
    return os.path.join(folder, base[: -len(STANDS_FOR) - _RANDOM] + ".ipynb")


def _cells(path: str) -> Iterator[str]:
    """The source of the code cells of a notebook; nothing where there is none, or it cannot be read."""
    try:
        with open(path, encoding="utf-8") as file:
            notebook: Any = json.load(file)
        for cell in notebook["cells"]:
            if cell["cell_type"] == "code":
                yield "".join(cell["source"])
    except (OSError, ValueError, LookupError, TypeError, RecursionError):
        return
