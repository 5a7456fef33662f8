"""Rules about entries that leave `sys.modules` (UNL1xx)."""
