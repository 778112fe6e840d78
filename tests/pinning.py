"""A copy of the invented city whose publisher takes the last complaints back."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from trustboard.load import data_root


@dataclass(frozen=True, slots=True)
class Town:
    """The copy, below a folder of cities of its own."""

    cities: Path

    @property
    def complaints(self) -> Path:
        """Name the file of complaints."""
        return self.cities / "riverbend" / "published" / "complaints.csv"

    def take_back(self, rows: int) -> None:
        """Publish the file again without its last rows."""
        lines = self.complaints.read_text("utf-8").splitlines()
        self.complaints.write_text("\n".join(lines[:-rows]) + "\n", "utf-8")


def copied(folder: Path) -> Town:
    """Copy the invented city."""
    left_out = shutil.ignore_patterns("generator", "history.*")
    shutil.copytree(data_root() / "riverbend", folder / "riverbend", ignore=left_out)
    return Town(folder)
