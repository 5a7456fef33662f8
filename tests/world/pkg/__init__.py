"""A package that takes nothing from its submodule."""
