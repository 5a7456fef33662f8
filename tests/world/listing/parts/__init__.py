"""A package that holds a module and takes nothing from it."""
