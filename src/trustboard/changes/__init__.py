"""What publishers changed between two snapshots of a city, fit to be shown to anybody.

Free text and whatever may lead to a person stay out, as in every download.
"""

from trustboard.changes.editions import Edition, editions_of, shown_of, state_of
from trustboard.changes.fields import published_fields
from trustboard.changes.found import Changes, TableChange, changes_of
from trustboard.changes.rows import WHAT, changed_rows

__all__ = [
    "WHAT",
    "Changes",
    "Edition",
    "TableChange",
    "changed_rows",
    "changes_of",
    "editions_of",
    "published_fields",
    "shown_of",
    "state_of",
]
