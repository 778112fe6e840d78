"""The command `trustboard`: the same answers as the dashboard, for terminals and scripts.

Every command ends with 0 when all is well, 1 when there is something to look at, 2 when it cannot
run. The commands import what they need only when they run, so that `--help` answers at once.
"""

# Each of these adds its commands to `app`.
from trustboard.cli import drafting_commands, measure_command, snapshot_commands, verdict_commands
from trustboard.cli.commands import app

__all__ = ["app", "drafting_commands", "measure_command", "snapshot_commands", "verdict_commands"]
