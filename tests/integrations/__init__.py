"""Every tool that people meet the linter through, started for real."""
