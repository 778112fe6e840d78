"""One promise at a time: what was said, how it is tested, what the data show and cannot show."""

from trustboard.ui.commitment import show_commitment
from trustboard.ui.frame import here

show_commitment(here())
