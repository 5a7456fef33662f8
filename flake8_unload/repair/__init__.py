"""Applies fixes to files. Only this package and `codemods` know libcst; neither knows a rule."""
