"""Rules about what import time leaves behind (UNL3xx)."""
