"""A view read from an address, and written into one.

Names and values are those of the API and of the command line (`place`, `from`, `filed_by` …), so
that a parameter means the same everywhere. Whatever an address holds, a view comes out whose every
value the city has; what was set aside is told in notes. The notes repeat what was asked, so whoever
shows them must escape them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from typing import Final, TypeVar, get_args
from urllib.parse import urlencode

from trustboard.query import FILTERS
from trustboard.view.model import NAMES, Show, View
from trustboard.view.offered import Offered
from trustboard.written_days import first_day, last_day

#: Bounds on what one address may ask for: of one name, more than any city here has places.
MOST_VALUES: Final = 100
LONGEST: Final = 80
MOST_SIDE_BY_SIDE: Final = 4
_MOST_NAMES: Final = 40
#: Choices are named where one was asked for that there is not, if their names are no longer.
LONGEST_LIST: Final = 160
_V = TypeVar("_V", bound=str)

Given = Mapping[str, Sequence[str]]


@dataclass(slots=True)
class _Reading:
    """An address being read."""

    given: Given
    offered: Offered
    notes: list[str] = field(default_factory=list)

    def values(self, name: str) -> list[str]:
        """Give the values under a name; the empty ones ask for nothing, too many are cut."""
        return self._cut(name, [one for one in self.given.get(name, ()) if one])

    def _cut(self, name: str, found: list[str]) -> list[str]:
        if len(found) > MOST_VALUES:
            self.notes.append(f"Only the first {MOST_VALUES} values of “{name}” were read.")
        return found[:MOST_VALUES]

    def ids(self, name: str, known: Mapping[str, str], *, group: str = "") -> tuple[str, ...]:
        """Read ids of a group: given several times, or separated by commas; printed names, too.

        `group` is what the ids are of, where the address calls it otherwise.
        """
        wanted: list[str] = []
        for value in self.values(name):
            wanted += [value] if value in known else value.split(",", MOST_VALUES + 1)
        if not known.keys() >= set(wanted):
            printed = {word.casefold(): one for one, word in known.items()}
            wanted = [one if one in known else printed.get(one.casefold(), one) for one in wanted]
        wanted = self._cut(name, [one for one in dict.fromkeys(wanted) if one])
        strange = [one for one in wanted if one not in known]
        if strange:
            more = f" (and {len(strange) - 1} more)" if len(strange) > 1 else ""
            word, they = self._word(group or name), "they were" if more else "it was"
            said = f"There is no {word} {told(strange[0])}{more} here; {they} set aside."
            every = "; ".join(known.values())
            listed = f" There is: {every}." if 0 < len(every) <= LONGEST_LIST else ""
            self.notes.append(said + listed)
        return tuple(one for one in known if one in wanted)

    def _word(self, group: str) -> str:
        """Say what the ids of a group name."""
        return {"place": self.offered.place_word, "filed_by": "group of filers"}.get(group, group)

    def one(self, name: str, allowed: Sequence[_V], *, default: _V) -> _V:
        """Read a value of which there can be one."""
        found = list(dict.fromkeys(self.values(name)))
        if not found:
            return default
        if len(found) == 1 and found[0] in allowed:
            return next(one for one in allowed if one == found[0])
        what = "given more than once" if len(found) > 1 else told(found[0])
        choices = " or ".join(allowed)
        self.notes.append(f"“{name}” is {choices}, not {what}; “{default}” is shown.")
        return default

    def day(self, name: str) -> str:
        """Read a day, month or year that some table covers."""
        found = list(dict.fromkeys(self.values(name)))
        if not found:
            return ""
        first, last = self.offered.first, self.offered.last
        if first is None or last is None:
            self.notes.append(f"“{name}” was set aside: no table here covers any time.")
            return ""
        try:
            if len(found) > 1:
                raise ValueError
            starts, ends = first_day(found[0]), last_day(found[0])
        except ValueError:
            what = "is given more than once" if len(found) > 1 else f"{told(found[0])} is no date"
            self.notes.append(
                f"“{name}”: {what}; write 2019, 2019-03 or 2019-03-05. It was set aside."
            )
            return ""
        if ends < first or starts > last:
            self.notes.append(
                f"“{name}”: the data cover {first.year} to {last.year}; {told(found[0])} was set "
                "aside."
            )
            return ""
        return found[0]


def only(values: Sequence[str]) -> str:
    """Give what an address holds under a name that takes one value.

    Empty where it holds nothing, and where it holds several that differ: none of them was meant
    more than the others, and to take the last would show one reader's link as another's.
    """
    found = set(values)
    return found.pop() if len(found) == 1 else ""


def told(value: str) -> str:
    """Repeat somebody's own words, cut to a length that can be repeated."""
    return f"“{value}”" if len(value) <= 40 else f"“{value[:39]}…”"


def read_view(given: Given, offered: Offered) -> tuple[View, tuple[str, ...]]:
    """Read a view from an address (name → all its values), with notes on what was set aside."""
    reading = _Reading(given, offered)
    _misspelt(reading)
    from_, to = reading.day("from"), reading.day("to")
    if from_ and to and first_day(from_) > last_day(to):
        reading.notes.append(
            f"The period ends ({to}) before it begins ({from_}); it was set aside."
        )
        from_ = to = ""
    groups = {name: reading.ids(name, offered.names(name)) for name in FILTERS}
    view = View(
        from_=from_,
        to=to,
        unit=reading.one("unit", offered.units, default="complaint"),
        show=_show(reading),
        **groups,
    )
    view = _in_unit(reading, view)
    return _beside(reading, view), tuple(reading.notes)


def read_places(
    given: Given, name: str, offered: Offered
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Read which places with a page of their own an address names, with notes on the others."""
    reading = _Reading(given, offered)
    return reading.ids(name, offered.profiled, group="place"), tuple(reading.notes)


def _in_unit(reading: _Reading, view: View) -> View:
    """Set aside the categories that the chosen unit does not have, and say which unit has them."""
    offered = reading.offered
    known = offered.names_in("category", view.unit)
    aside = [one for one in view.category if one not in known]
    if not aside:
        return view
    more = f" (and {len(aside) - 1} more)" if len(aside) > 1 else ""
    was, they, it = (
        ("were", "they are categories", "them") if more else ("was", "it is a category", "it")
    )
    unit = next(one for one in offered.units if aside[0] in offered.names_in("category", one))
    theirs, ours = offered.unit_word(unit), offered.unit_word(view.unit)
    reading.notes.append(
        f"{told(offered.category[aside[0]])}{more} {was} set aside: here {they} of {theirs}s, not "
        f"of {ours}s. To choose {it}, count by {theirs} first."
    )
    return replace(view, category=tuple(one for one in view.category if one in known))


def _show(reading: _Reading) -> Show:
    """Read whether counts or rates are wanted; where no rate can be given, say why."""
    every: tuple[Show, ...] = get_args(Show)
    wanted = reading.one("show", every, default="counts")
    if wanted == "rates" and reading.offered.no_rates:
        reading.notes.append(f"No rates can be shown: {reading.offered.no_rates}.")
        return "counts"
    return wanted


def _beside(reading: _Reading, view: View) -> View:
    """Read what is to be set beside the chosen places or districts."""
    group = "place" if view.place else "district"
    chosen, known = view.kept(group), reading.offered.names(group)
    if not reading.values("vs"):
        return view
    if not chosen:
        word = reading.offered.place_word
        reading.notes.append(
            f"“vs” was set aside: choose a {word} first, then what to set beside it."
        )
        return view
    wanted = tuple(one for one in reading.ids("vs", known, group=group) if one not in chosen)
    room = MOST_SIDE_BY_SIDE - len(chosen)
    if len(wanted) > max(room, 0):
        reading.notes.append(f"At most {MOST_SIDE_BY_SIDE} can stand side by side; the first do.")
        wanted = wanted[: max(room, 0)]
    return replace(view, vs=wanted)


def _misspelt(reading: _Reading) -> None:
    """Note names that look like one of ours: a mistyped filter must not pass for none."""
    for name in list(reading.given)[:_MOST_NAMES]:
        if name in NAMES or len(name) > LONGEST:
            continue
        close = get_close_matches(name.lower(), NAMES, n=1, cutoff=0.75)
        if close:
            reading.notes.append(f"{told(name)} was set aside; did you mean “{close[0]}”?")


def pairs_of(view: View) -> list[tuple[str, str]]:
    """Write a view as the parameters of an address; whatever is as usual is left out."""
    single = {"from": view.from_, "to": view.to}
    single |= {"unit": view.unit if view.unit != "complaint" else ""}
    single |= {"show": view.show if view.show != "counts" else ""}
    pairs: list[tuple[str, str]] = []
    for name in NAMES:
        if name in single:
            pairs += [(name, single[name])] if single[name] else []
        else:
            pairs += [(name, one) for one in getattr(view, name)]
    return pairs


def address(view: View, **others: str) -> str:
    """Write what stands behind the question mark, with other parameters first."""
    return urlencode([*others.items(), *pairs_of(view)])
