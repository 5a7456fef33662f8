"""`python -m flake8_unload`: the same as the script `flake8-unload`."""

import sys

from flake8_unload.cli import main

if __name__ == "__main__":
    sys.exit(main())
