"""The commands of `flake8-unload`, one module each: `add(commands)` declares it, `run(args)` does it."""
