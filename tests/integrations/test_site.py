"""The documentation builds as a site without one warning, and has what a site must have."""

from __future__ import annotations

import re
import shutil
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import mkdtemp

import pytest

from flake8_unload.registry import rules
from tests.integrations.tools import ROOT, python, run

pytest.importorskip("sphinx")
pytest.importorskip("furo")
pytest.importorskip("myst_parser")

FOREIGN = re.compile(r"""<(?:script|link|img)\b[^>]*\b(?:src|href)="(?:https?:)?//([^"]+)""")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built site."""
    folder = tmp_path_factory.mktemp("site")
    strict = ["-W", "-n", "--keep-going", "-q", "-d", str(folder / "cache")]
    done = python(ROOT, "sphinx", *strict, "docs", str(folder / "html"))
    assert (done.returncode, done.stderr) == (0, "")
    return folder / "html"


def test_every_page_is_there(site: Path) -> None:
    pages = {path.relative_to(ROOT / "docs").with_suffix(".html") for path in (ROOT / "docs").rglob("*.md")}
    assert {each for each in pages if not (site / each).is_file()} == set()


def test_every_rule_is_in_the_contents(site: Path) -> None:
    contents = (site / "rules" / "index.html").read_text(encoding="utf-8")
    sidebar = contents[contents.index('class="sidebar-tree"') :]
    assert [code for code in rules() if f'href="{code}.html"' not in sidebar] == []


def test_there_is_a_search(site: Path) -> None:
    index = (site / "searchindex.js").read_text(encoding="utf-8")
    assert "rules/UNL201" in index
    assert (site / "search.html").is_file()


def test_a_page_needs_no_other_server(site: Path) -> None:
    loads = {(path.name, host) for path in site.rglob("*.html") for host in FOREIGN.findall(path.read_text())}
    assert loads == set()


# -- in a real browser ---------------------------------------------------------------------------
BROWSER = next(filter(shutil.which, ("chromium", "chromium-browser", "google-chrome")), None)
FRAME = """\
<iframe id="page" width="390" height="800" src="{page}"></iframe>
<pre id="seen"></pre>
<script>
  addEventListener("load", () => setTimeout(() => {{
    const page = document.getElementById("page").contentDocument;
    const wide = (each) => each.scrollWidth > each.clientWidth + 8;
    const found = [page.documentElement, ...page.querySelectorAll(".table-wrapper")].filter(wide);
    document.getElementById("seen").textContent =
      `wide: ${{found.map((each) => each.innerText.slice(0, 60))}}; found: ` +
      page.querySelectorAll("#search-results li a").length;
  }}, 3000));
</script>
"""
LOOKED_AT = (
    "index", "hot-reload", "project-mode", "fixing", "real-projects", "beside-other-linters", "configuration",
    "rules/index", "rules/UNL201", "rules/UNL301",
)  # fmt: skip


@pytest.fixture(scope="module")
def served(site: Path) -> Iterator[str]:
    """The address of the site."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=site))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def seen(site: Path, served: str, page: str) -> str:
    """What there is to say about a page in the width of a phone; its console must be empty."""
    (site / "frame.html").write_text(FRAME.format(page=page), encoding="utf-8")
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--enable-logging=stderr"]
    profile = mkdtemp(dir=site.parent)  # a new one: nothing comes out of the cache of another page
    options += [f"--user-data-dir={profile}", "--virtual-time-budget=20000", "--dump-dom"]
    done = run(site, str(BROWSER), *options, f"{served}/frame.html")
    assert [line for line in done.stderr.splitlines() if "CONSOLE" in line] == []
    return done.stdout.partition('<pre id="seen">')[2].partition("</pre>")[0]


@pytest.mark.skipif(not BROWSER, reason="needs Chromium")
@pytest.mark.parametrize("page", LOOKED_AT)
def test_a_page_fits_a_phone_and_says_nothing_on_the_console(site: Path, served: str, page: str) -> None:
    assert seen(site, served, f"{page}.html") == "wide: ; found: 0"


@pytest.mark.skipif(not BROWSER, reason="needs Chromium")
def test_what_is_wrong_with_a_page_is_seen(site: Path, served: str) -> None:
    (site / "wrong.html").write_text("<meta charset=utf-8><p style='width: 600px'>wide</p>")
    assert seen(site, served, "wrong.html") == "wide: wide; found: 0"
    (site / "wrong.html").write_text("<meta charset=utf-8><script>undefined.x</script>")
    with pytest.raises(AssertionError, match="TypeError"):
        seen(site, served, "wrong.html")


@pytest.mark.skipif(not BROWSER, reason="needs Chromium")
def test_the_search_finds_pages(site: Path, served: str) -> None:
    many = re.fullmatch(r"wide: ; found: (\d+)", seen(site, served, "search.html?q=baseline"))
    assert many and int(many[1]) > 2
    assert seen(site, served, "search.html?q=qqqqqqqq") == "wide: ; found: 0"


def test_the_tree_stays_clean(site: Path) -> None:
    assert not (ROOT / "docs" / "_build").exists()
