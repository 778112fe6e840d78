"""Finished answers on their way to a page: a short word names one, the door hands it out whole.

A page of some sixty elements is some sixty messages, each of which Streamlit makes, queues, wakes a
thread for and sends by itself. An answer that was made before, for anybody, needs none of that: the
run that would make it leaves it here and says one word, and the door through which the messages of
a socket go (`trustboard.serving.door`) sends the answer in the word's place.
"""

from __future__ import annotations

import secrets
from collections import OrderedDict
from collections.abc import Sequence
from itertools import count
from threading import Lock
from typing import Final, TypeAlias

#: The messages of one answer, ready to be sent.
Answer: TypeAlias = Sequence[bytes]

#: So many answers wait at a time, several for each page that can be open; a run that is broken off
#: leaves its answer behind for good.
MOST_WAITING: Final = 8_192
#: A message that says no more than a word is shorter than this many bytes.
LONGEST_WORD: Final = 400
_DIGITS: Final = 12


class Outbox:
    """Holds answers between the run that found them and the door that sends them."""

    def __init__(self, *, most: int = MOST_WAITING) -> None:
        # Nobody outside this process can guess it, so no published text can pretend to be a word.
        self._sign = secrets.token_hex(16)
        self._sign_as_sent = self._sign.encode("ascii")
        self._most = most
        self._waiting: OrderedDict[str, Answer] = OrderedDict()
        self._numbers = count()
        self._lock = Lock()
        #: Whether somebody stands at the door. Without, nothing may be left here.
        self.is_attended = False

    def leave(self, answer: Answer) -> str:
        """Leave an answer; give the word that stands for it."""
        word = f"{self._sign}{next(self._numbers) % 10**_DIGITS:0{_DIGITS}}"
        with self._lock:
            self._waiting[word] = answer
            if len(self._waiting) > self._most:
                self._waiting.popitem(last=False)
        return word

    def collect(self, message: bytes) -> Answer | None:
        """Give the answer that a message stands for, once; None if it stands for itself."""
        if len(message) > LONGEST_WORD:
            return None
        start = message.find(self._sign_as_sent)
        if start < 0:
            return None
        end = start + len(self._sign_as_sent) + _DIGITS
        with self._lock:
            return self._waiting.pop(message[start:end].decode("ascii"), ())


#: The one of this process.
OUTBOX: Final = Outbox()
