"""Scripts in cells and files that stand for notebooks: does IPython renew what a reload leaves stale?"""

from __future__ import annotations

from pathlib import Path

import pytest

from flake8_unload.notebooks import autoreloads

RENEWED = {
    "jupytext": "# %%\n# %load_ext autoreload\n# %autoreload 2\n",
    "jupytext, markdown first": "# %% [markdown]\n# Notes\n\n# %%\n# %autoreload 2\n",
    "nbconvert": "# In[1]:\n\n\nget_ipython().run_line_magic('load_ext', 'autoreload')\n",
    "the older call": "get_ipython().magic('autoreload 2')\n",
    "the older call, loading": "ip = get_ipython()\nip.magic('load_ext autoreload')\n",
    "by IPython itself": 'IPython.get_ipython().run_line_magic("reload_ext", "autoreload")\n',
}
NOT_RENEWED = {
    "no cells": "# %load_ext autoreload\nimport m\n",
    "a server": "uvicorn.run(app, autoreload=True)\n",
    "tornado": "from tornado import autoreload\n\nautoreload.start()\n",
    "a text in cells": "# %%\nprint('%autoreload')\n",
    "another magic": "# %%\n# %load_ext autoreload_notes\n",
    "a call of another magic": "get_ipython().run_line_magic('load_ext', 'rich')\nautoreload = 1\n",
}


@pytest.mark.parametrize("source", RENEWED.values(), ids=RENEWED)
def test_autoreload_in_a_script(source: str) -> None:
    assert autoreloads(source.splitlines(keepends=True), "notes.py")


@pytest.mark.parametrize("source", NOT_RENEWED.values(), ids=NOT_RENEWED)
def test_no_autoreload_in_a_script(source: str) -> None:
    assert not autoreloads(source.splitlines(keepends=True), "notes.py")


@pytest.mark.parametrize(
    "content", [None, "", "[]", "{}", '{"cells": [1]}', '{"cells": [{"cell_type": "code"}]}']
)
def test_notebooks_that_cannot_be_read(tmp_path: Path, content: str | None) -> None:
    if content is not None:
        (tmp_path / "notes.ipynb").write_text(content, encoding="utf-8")
    assert not autoreloads(["# %autoreload 2\n"], str(tmp_path / "notes12345678_nbqa_ipynb.py"))
