"""How much is accepted, and how long is waited."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Largest sizes in bytes. No publisher's table here comes near them."""

    sent: int = 1_000_000_000  # a body as it is sent
    unpacked: int = 2_000_000_000  # a body or an archive member once unpacked
    page: int = 200_000_000  # an answer that is read as a whole, such as a page of JSON


@dataclass(frozen=True, slots=True)
class Patience:
    """Longest times in seconds, and how often one request is tried."""

    tries: int = 5
    first_wait: float = 1.0  # doubled each time, unless the publisher says how long
    longest_wait: float = 120.0
    connect: float = 10.0
    silence: float = 30.0  # without a single byte
    answer: float = 900.0  # from request to last byte of one try
