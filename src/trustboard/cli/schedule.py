"""`trustboard refresh --schedule`: what to give to systemd or cron to do this every night."""

from __future__ import annotations

import shlex
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from trustboard.cli.printing import say, say_json
from trustboard.snapshots.home import snapshot_home

if TYPE_CHECKING:
    from trustboard.cli.refresh import Wish

_UNITS = """\
# ~/.config/systemd/user/trustboard-refresh.service
[Unit]
Description=Fetch newly published police data for TrustBoard
Wants=network-online.target
After=network-online.target

[Service]
Type=oneshot
Environment={home}
ExecStart={command}

# ~/.config/systemd/user/trustboard-refresh.timer
[Unit]
Description=Fetch newly published police data for TrustBoard every night

[Timer]
OnCalendar=*-*-* 04:17:00
RandomizedDelaySec=30min
Persistent=true

[Install]
WantedBy=timers.target

# Start it with: systemctl --user enable --now trustboard-refresh.timer
"""


def report(wish: Wish, *, data: Path | None, home: Path | None, as_json: bool) -> int:
    """Print a systemd service with its timer and a line for cron; always 0."""
    words = [*_program(), "refresh", "--all" if wish.every else str(wish.city), "--json"]
    words += ["--data", str(data.resolve())] if data is not None else []
    words += ["--allow-private"] if wish.allow_private else []
    kept = f"TRUSTBOARD_HOME={snapshot_home(home)}"
    command = " ".join(_for_systemd(word).replace("$", "$$") for word in words)
    units = _UNITS.format(home=_for_systemd(kept), command=command)
    line = " ".join(["17 4 * * *", "env", *(shlex.quote(word) for word in (kept, *words))])
    cron = line.replace("%", r"\%")
    if as_json:
        say_json({"systemd": units, "cron": cron})
    else:
        for one in units.splitlines():
            say(one)
        say(f"\n# Or in the table of cron (crontab -e):\n{cron}")
    return 0


def _program() -> list[str]:
    found = shutil.which("trustboard")
    beside = Path(sys.executable).with_name("trustboard")
    if beside.is_file():
        return [str(beside)]
    return [found] if found else [sys.executable, "-m", "trustboard.cli"]


def _for_systemd(word: str) -> str:
    """Write a word so that systemd reads it as it is, with spaces, quotes and percent signs."""
    plain = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")
    return f'"{plain}"' if plain != word or " " in word else word
