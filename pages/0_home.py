"""Did they do what they said? Every promise with its verdict, or its honest "cannot tell"."""

from trustboard.ui.frame import here
from trustboard.ui.promises import show_home

show_home(here())
