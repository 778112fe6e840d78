"""A view: everything a reader can choose about the numbers, as one small value."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Final, Literal

from trustboard.written_days import first_day, last_day

if TYPE_CHECKING:
    from trustboard.indicator import Unit

Show = Literal["counts", "rates"]
#: Every name a view has in an address, in the order in which it is written there.
NAMES: Final = ("place", "district", "vs", "from", "to", "category", "finding", "filed_by",
                "unit", "show")  # fmt: skip


@dataclass(frozen=True, slots=True)
class View:
    """What is chosen. Hashable, so that what was drawn for it can be kept.

    `from_` and `to` are "2019", "2019-03" or "2019-03-05", both included; empty where open. `place`
    and the other groups hold ids in the city's own order; empty means all. `vs` holds the places
    (or, where only districts are chosen, the districts) to set beside the chosen ones.
    """

    from_: str = ""
    to: str = ""
    place: tuple[str, ...] = ()
    district: tuple[str, ...] = ()
    category: tuple[str, ...] = ()
    finding: tuple[str, ...] = ()
    filed_by: tuple[str, ...] = ()
    unit: Unit = "complaint"
    show: Show = "counts"
    vs: tuple[str, ...] = ()

    @property
    def first_day(self) -> date | None:
        """Give the first day asked for."""
        return first_day(self.from_) if self.from_ else None

    @property
    def last_day(self) -> date | None:
        """Give the last day asked for."""
        return last_day(self.to) if self.to else None

    @property
    def compared(self) -> Literal["", "place", "district"]:
        """Name the group whose members stand beside each other; empty where none do."""
        if not self.vs:
            return ""
        return "place" if self.place else "district"

    def kept(self, group: str) -> tuple[str, ...]:
        """Give the ids chosen of a group; empty where all are."""
        ids: tuple[str, ...] = getattr(self, group)
        return ids

    def profiled(self, *, level: str) -> tuple[str, ...]:
        """Name the places to show by themselves: those chosen, then those set beside them.

        `level` is what the city's places are; where they are districts, a chosen district is one.
        """
        if level == "district" and not self.place:
            return (*self.district, *self.vs)
        return (*self.place, *(self.vs if self.compared == "place" else ()))

    @property
    def is_everything(self) -> bool:
        """Say whether nothing at all has been chosen."""
        return self == View()

    def within(self, place: str) -> View:
        """Give the same view of one place, beside nothing."""
        return replace(self, place=(place,), district=(), vs=())
