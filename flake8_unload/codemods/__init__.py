"""The fixes as commands of LibCST's own tool: `python -m libcst.tool codemod -x flake8_unload.codemods…`."""
