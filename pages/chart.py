"""One chart by itself, with everything that belongs to it; in a frame with `embed=true`."""

from trustboard.ui.frame import here
from trustboard.ui.one_chart import show_one_chart

show_one_chart(here())
