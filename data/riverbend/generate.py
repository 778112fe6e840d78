"""Write Riverbend's published files again, byte for byte the same.

    python data/riverbend/generate.py            rewrites published/ and dirty_rows.json here
    python data/riverbend/generate.py --into DIR writes them below DIR instead

Everything about this city is invented. There is no clock and no network here, only a seed.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

from generator.allegations import allegations_file
from generator.case_faults import plant_case_faults
from generator.cases import draw_cases, number_cases
from generator.complaints import complaints_file, leave_boxes_empty
from generator.draw import Draw
from generator.figures import figures_file
from generator.ledger import ledger
from generator.outreach import outreach_file
from generator.places import places_file
from generator.rows import PublishedFile

# Chosen among many so that every promise comes out clearly as the list in commitments.yml intends.
SEED = 2013


def files() -> list[PublishedFile]:
    """Draw every table; each has a seed of its own, so that one can change without the others."""
    draw = Draw(SEED)
    cases = draw_cases(draw)
    leave_boxes_empty(draw, cases)
    plant_case_faults(Draw(SEED + 1), cases)
    cases = number_cases(cases)
    return [
        complaints_file(cases),
        allegations_file(Draw(SEED + 2), cases),
        outreach_file(Draw(SEED + 3)),
        places_file(),
        figures_file(cases),
    ]


def write(into: Path) -> None:
    """Write `published/` and the ledger below a folder."""
    published = into / "published"
    published.mkdir(parents=True, exist_ok=True)
    made = files()
    for file in made:
        file.write(published)
    text = json.dumps(ledger(made), indent=1, ensure_ascii=False) + "\n"
    (into / "dirty_rows.json").write_text(text, encoding="utf-8", newline="\n")


def main(arguments: Sequence[str] | None = None) -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description="Write the invented city's published files.")
    parser.add_argument("--into", type=Path, default=Path(__file__).resolve().parent)
    write(parser.parse_args(arguments).into)


if __name__ == "__main__":
    main()
