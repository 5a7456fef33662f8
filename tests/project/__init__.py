"""Rules about several files."""
