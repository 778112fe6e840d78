"""What a question about millions of rows needed is given back when it is answered."""

from __future__ import annotations

import platform
import subprocess
import sys

import pytest

QUESTIONS = """
import threading
import numpy as np
import pyarrow
from trustboard.serving.memory import give_back_early

def held():
    with open("/proc/self/status") as file:
        return next(int(line.split()[1]) for line in file if line.startswith("VmRSS")) / 1024

def question():
    for size in (1_500_000, 4_000_000, 2_500_000):  # 12 to 32 MB, kept beside each other
        kept = [np.ones(size) for _ in range(4)]
        pyarrow.array(kept[0])
        kept.append(np.ones(1000))

taken = give_back_early()
question()
before = held()
for _ in range(3):
    threads = [threading.Thread(target=question) for _ in range(4)]
    [one.start() for one in threads]
    [one.join() for one in threads]
print(taken, pyarrow.default_memory_pool().backend_name, round(held() - before))
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only glibc can be told to")
def test_many_questions_at_once_leave_no_more_behind_than_one_did() -> None:
    done = subprocess.run(
        [sys.executable, "-c", QUESTIONS], capture_output=True, text=True, check=True
    )
    taken, pool, more = done.stdout.split()
    assert (taken, pool) == ("True", "system")
    assert int(more) < 12
