"""Generated programs, executed, against what the rules say about them. Start at `test_differential`."""
