"""Rules that are off unless selected (UNL9xx)."""
