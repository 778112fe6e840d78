"""What a reader has chosen to see: read from an address, checked, asked of the data, said in words.

A view knows nothing of pages or of HTTP. The same view gives the same numbers wherever it is asked.
"""

from trustboard.view.address import address, only, pairs_of, read_places, read_view
from trustboard.view.asking import Asked, ask
from trustboard.view.model import NAMES, View
from trustboard.view.offered import Offered, offered_by
from trustboard.view.saying import said

__all__ = [
    "NAMES",
    "Asked",
    "Offered",
    "View",
    "address",
    "ask",
    "offered_by",
    "only",
    "pairs_of",
    "read_places",
    "read_view",
    "said",
]
