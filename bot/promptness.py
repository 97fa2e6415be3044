"""Keep the event loop prompt while reader threads compute beside it."""

import gc
import sys

SWITCH_SECONDS = 0.001  # with Python's own 5 ms, the loop waits 20 ms for its turn among four readers


def keep_prompt() -> None:
    """Let threads take turns sooner, and spare the program itself from being gone through for garbage (0.1 s)."""
    sys.setswitchinterval(SWITCH_SECONDS)
    gc.freeze()
