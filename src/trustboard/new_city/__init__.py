"""Draft the `city.yml` of a new city from a sample of what its publisher has.

Nothing here is sure of anything: every guess is marked TODO, and a word without a guess is left
out, so that `trustboard check` lists the rows that carry it.
"""

from trustboard.new_city.folder import Drafted, write_draft
from trustboard.new_city.origin import Allowed

__all__ = ["Allowed", "Drafted", "write_draft"]
