"""Rules about modules that are executed again in place (UNL2xx)."""
