"""The command `trustboard`: the same answers as the dashboard, for terminals and scripts.

Every command ends with 0 when all is well, 1 when there is something to look at, 2 when it cannot
run. The commands import what they need only when they run, so that `--help` answers at once.
"""

from trustboard.cli import snapshot_commands, verdict_commands  # add their commands to `app`
from trustboard.cli.commands import app

__all__ = ["app", "snapshot_commands", "verdict_commands"]
