"""Run `python -m trustboard.cli` like the command `trustboard`."""

from trustboard.cli import app

app(prog_name="trustboard")
