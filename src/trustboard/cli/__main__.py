"""Run `python -m trustboard.cli` like the command `trustboard`."""

from trustboard.cli.commands import app

app(prog_name="trustboard")
