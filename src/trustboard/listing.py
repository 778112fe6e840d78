"""Several things named in one sentence."""

from __future__ import annotations

from collections.abc import Sequence


def together(names: Sequence[str], *, word: str = "and") -> str:
    """Name several things: "Hill", "Hill and Dale", "Hill, Dale and Quay"; nothing for none."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {word} {names[-1]}"
