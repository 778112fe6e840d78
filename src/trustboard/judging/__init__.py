"""Verdicts and what a reader needs to check them, worked out where the rows may be brought in.

Verdicts look at single rows: which of them lack a field, and whether that could change the answer.
Of a city with very many rows that takes much memory for a short time, which a serving process
should never hold; another process does it and hands over the answer (`trustboard.judging.apart`).
"""

from trustboard.judging.asked import checked, judged, rows_file
from trustboard.judging.checking import MOST_ROWS, Checked

__all__ = ["MOST_ROWS", "Checked", "checked", "judged", "rows_file"]
