"""One neighborhood against the rest of the city."""

from trustboard.ui.frame import here
from trustboard.ui.neighborhood import show_neighborhood

show_neighborhood(here())
