"""Flaws of a definition, what definitions may refer to, and the checks that several kinds share."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from trustboard.indicator import Indicator, catalogue
from trustboard.listing import together


@dataclass(frozen=True, slots=True)
class Flaw:
    """One thing wrong with a test: in which field, what, and how to mend it."""

    path: str  # "target_change", "baseline.to", "filters.place"
    message: str
    fix: str


@dataclass(frozen=True, slots=True)
class Known:
    """What definitions may refer to.

    An empty set of places means that none are described; `figures` is None where the file of
    figures is not on this machine, so that nothing can be said about their ids.
    """

    figures: frozenset[str] | None = frozenset()
    publications: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    indicators: dict[str, Indicator] = field(default_factory=catalogue)


def both_sides(first: tuple[str, ...], second: tuple[str, ...], path: str) -> list[Flaw]:
    """Find a figure that stands on both sides of a comparison."""
    both = sorted(set(first) & set(second))
    if not both:
        return []
    message = f"The figure {both[0]!r} stands on both sides."
    return [Flaw(path, message, "Compare a figure with another one.")]


def unknown_publications(ids: tuple[str, ...], known: Known) -> list[Flaw]:
    """Find publications that the city does not list."""
    return unknown_ids("publications", ids, known.publications, "publication", strict=True)


def unknown_ids(
    path: str,
    ids: tuple[str, ...],
    known: frozenset[str] | None,
    what: str,
    *,
    strict: bool = False,
) -> list[Flaw]:
    """Find ids that nobody describes. Where nothing is described, only `strict` complains."""
    if known is None or (not known and not strict):
        return []
    return [
        Flaw(path, f"There is no {what} {one!r} in this city.", f"Correct the {what}'s id.")
        for one in ids
        if one not in known
    ]


def one_of(words: Iterable[str]) -> str:
    """Join words: "a count, a rate or a share"."""
    return together(list(words), word="or")
