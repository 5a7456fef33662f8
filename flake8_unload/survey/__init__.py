"""All files of a project in one run: each alone, then what they say of each other; with a cache of both."""
