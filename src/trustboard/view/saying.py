"""What is shown, in one sentence: everything a reader has chosen, or that nothing was."""

from __future__ import annotations

from typing import Final

from trustboard.listing import together
from trustboard.view.model import View
from trustboard.view.offered import Offered
from trustboard.wording.periods import MONTHS
from trustboard.written_days import parts_of

_MOST_NAMED: Final = 4
#: What a complaint may have instead of a finding, as one says it.
_WITHOUT: Final = {"no_finding": "closed without a finding", "pending": "without a finding yet"}


def said(view: View, offered: Offered, *, needs: str = "complaints") -> str:
    """Say what is shown, and how it is counted, for the line above the charts.

    `needs` is the table whose rows are counted: only complaints are counted by complaint.
    """
    where = _where(view, offered)
    parts = [where, _when(view, offered), *_what(view, offered)]
    parts.append(_counted(view, offered, needs=needs))
    return f"Shown: {'; '.join(part for part in parts if part)}."


def _where(view: View, offered: Offered) -> str:
    places, districts = (_named(offered, g, view.kept(g)) for g in ("place", "district"))
    here = " in ".join(one for one in (places, districts) if one) or f"all of {offered.city}"
    beside = _named(offered, view.compared, view.vs) if view.compared else ""
    return f"{here}, beside {beside}" if beside else here


def _when(view: View, offered: Offered) -> str:
    if offered.first is None or offered.last is None:
        return ""
    return _period(view) or f"{offered.first.year} to {offered.last.year}"


def _period(view: View) -> str:
    if view.from_ and view.to:
        first, last = in_words(view.from_), in_words(view.to)
        return first if first == last else f"{first} to {last}"
    if view.from_:
        return f"from {in_words(view.from_)} on"
    return f"until {in_words(view.to)}" if view.to else ""


def _what(view: View, offered: Offered) -> list[str]:
    parts = []
    if view.category:
        parts.append(f"about {_named(offered, 'category', view.category)}")
    if view.finding:
        parts.append(_finding(view, offered))
    if view.filed_by:
        parts.append(f"filed by {_named(offered, 'filed_by', view.filed_by)}")
    return parts


def _finding(view: View, offered: Offered) -> str:
    """Say which findings are chosen; to have none yet is no finding."""
    found = tuple(one for one in view.finding if one not in _WITHOUT)
    with_one = f"with the finding {_named(offered, 'finding', found)}" if found else ""
    without = [_WITHOUT[one] for one in view.finding if one in _WITHOUT]
    return together([part for part in (with_one, *without) if part], word="or")


def _counted(view: View, offered: Offered, *, needs: str) -> str:
    rows = offered.category or offered.finding
    counted = f"counted by {offered.unit_word(view.unit)}" if needs != "outreach" and rows else ""
    rates = "per 10,000 residents a year where that can be told" if view.show == "rates" else ""
    return "; ".join(part for part in (counted, rates) if part)


def _named(offered: Offered, group: str, ids: tuple[str, ...]) -> str:
    """Name the chosen; in the middle of a sentence a finding or a filer is no name."""
    names = [offered.names(group)[one] for one in ids]
    if group not in ("place", "district"):
        names = [name[:1].lower() + name[1:] for name in names]
    if len(names) > _MOST_NAMED:
        names = [*names[: _MOST_NAMED - 1], f"{len(names) - _MOST_NAMED + 1} more"]
    return together(names)


def in_words(written: str) -> str:
    """Write a day of an address out: "2019", "March 2019" or "5 March 2019"."""
    year, month, day = parts_of(written)
    if month is None:
        return str(year)
    return " ".join(str(part) for part in (day, MONTHS[month - 1], year) if part is not None)
