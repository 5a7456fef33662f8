"""Stands for a file in which another patches a name."""
