"""Memory that a question needed goes back to the system when the question is answered.

The C library keeps what was freed for later, and the more, the larger it was and the more threads
asked for it: after a few questions about millions of rows a server held a hundred megabytes of
nothing. Large pieces are therefore mapped one by one and given back one by one, and threads share
two arenas. It is the glibc of Linux that can be told so; elsewhere nothing is changed.
"""

from __future__ import annotations

import ctypes
from typing import Final

import pyarrow

#: Options of mallopt(3), from glibc's malloc.h, and what they are set to.
_TRIM_THRESHOLD, _MMAP_THRESHOLD, _ARENA_MAX = -1, -3, -8
OPTIONS: Final = {_ARENA_MAX: 2, _MMAP_THRESHOLD: 2**20, _TRIM_THRESHOLD: 4 * 2**20}


def give_back_early() -> bool:
    """Tell both allocators of this process to keep little; say whether the C library took it."""
    pyarrow.set_memory_pool(pyarrow.system_memory_pool())
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (OSError, AttributeError, TypeError):  # no glibc: macOS, Windows, musl
        return False
    return all(mallopt(option, value) == 1 for option, value in OPTIONS.items())
