"""Rules about a whole project: files that hold what other files reload or unload."""
