from n import *  # noqa: F403
