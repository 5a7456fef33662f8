"""The documentation as a site: `sphinx-build -W -n docs build/site`. The pages read well on GitHub, too."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from docutils import nodes
from pygments.lexers.special import TextLexer

from flake8_unload import __version__

if TYPE_CHECKING:
    from sphinx.application import Sphinx

DOCS = Path(__file__).parent
SHORT = 28  # characters of code that fit into a line of a phone
MANY = 4  # columns that do not
PATTERN = re.compile(r"[a-z-]+\*")  # of pages, in the contents

project = "flake8-unload"
author = "the flake8-unload contributors"
version = release = __version__
language = "en"

extensions = ["myst_parser"]
exclude_patterns = ["examples", "_build"]

myst_heading_anchors = 3
myst_enable_extensions = ["tasklist"]

html_theme = "furo"
html_title = f"flake8-unload {version}"
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_favicon = "_static/favicon.svg"
html_copy_source = html_show_sourcelink = html_show_copyright = False
html_theme_options = {
    "source_repository": "https://github.com/flake8-unload/flake8-unload/",
    "source_branch": "main",
    "source_directory": "docs/",
    "light_css_variables": {"color-brand-primary": "#0b6e4f", "color-brand-content": "#0b6e4f"},
    "dark_css_variables": {"color-brand-primary": "#5fd3a5", "color-brand-content": "#5fd3a5"},
}
pygments_style, pygments_dark_style = "friendly", "monokai"


def complete_contents(app: Sphinx, name: str, source: list[str]) -> None:
    """Give the list of rules a table of contents; take from the first page what this checkout has not."""
    if name == "rules/index":  # on GitHub, a table of contents would show as text
        pages = sorted(path.stem for path in (DOCS / "rules").glob("UNL*.md"))
        source[0] += "\n```{toctree}\n:hidden:\n\n" + "\n".join(pages) + "\n```\n"
    if name == "index":
        lines = source[0].splitlines()
        kept = [line for line in lines if not PATTERN.fullmatch(line) or any(DOCS.glob(f"{line}.md"))]
        source[0] = "\n".join(kept)


def fit_phones(app: Sphinx, doctree: nodes.document, name: str) -> None:
    """Keep short code in one piece, and give each cell of a wide table the heading of its column."""
    for code in doctree.findall(nodes.literal):
        if len(code.astext()) <= SHORT:
            code["classes"].append("short")
    for table in doctree.findall(nodes.table):
        headings, *rows = ([*row.children] for row in table.findall(nodes.row))
        if len(headings) >= MANY:
            table["classes"].append("many")
            for row in rows:
                for heading, cell in zip(headings[1:], row[1:], strict=True):
                    cell.insert(0, nodes.paragraph("", heading.astext(), classes=["heading-of-column"]))


def setup(app: Sphinx) -> None:
    """Called by Sphinx."""
    app.add_lexer("mermaid", TextLexer)  # which GitHub draws
    app.connect("source-read", complete_contents)
    app.connect("doctree-resolved", fit_phones)
