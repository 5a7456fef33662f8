"""Stands for a file from which another takes a name."""
