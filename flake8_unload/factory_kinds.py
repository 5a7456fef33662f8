"""What the call of a factory means for the process: the kinds of `factory_table`. Data only."""

from __future__ import annotations

EAGER = "eager"  # the call itself opens something that stays held
POOL = "pool"  # holds threads once work is submitted to it
LOOP_BOUND = "loop-bound"  # its pool belongs to the first event loop that uses it
STARTS = "starts"  # the call itself starts a thread, process or background service
STARTABLE = "startable"  # nothing yet; `.start()` starts a thread or process
HANDLER = "handler"  # a logging handler that holds a file or socket as soon as it is made
LAZY = "lazy"  # a client that opens nothing until it is used
