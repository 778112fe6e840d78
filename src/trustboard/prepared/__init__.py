"""Cities read and checked once, kept on the disk, and opened from there without reading raw rows.

An edition is everything that was read and checked of one city from one state of its files. It is
named by a hash of all that it was made from, so a changed file is a new edition and an old one is
never taken for it. Editions of earlier states of the data are kept, so that a pinned view can be
shown as it was.
"""

from trustboard.prepared.building import prepare
from trustboard.prepared.cubes import let_go_of_sums
from trustboard.prepared.faults import quality
from trustboard.prepared.opening import is_prepared, open_city
from trustboard.prepared.states import (
    MOST_ASKED,
    MOST_STATES,
    Edition,
    edition_of,
    editions,
    open_edition,
    open_folder,
)

__all__ = [
    "MOST_ASKED",
    "MOST_STATES",
    "Edition",
    "edition_of",
    "editions",
    "is_prepared",
    "let_go_of_sums",
    "open_city",
    "open_edition",
    "open_folder",
    "prepare",
    "quality",
]
