"""How verdicts are made, and how often the rule is right."""

from trustboard.ui.frame import here
from trustboard.ui.method import show_method

show_method(here())
