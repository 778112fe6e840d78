"""Guess which canonical term a published word means, from one list of telling parts of words."""

from __future__ import annotations

import re
from typing import Final

from trustboard import terms
from trustboard.cells import fold_case, slug

#: Canonical column → (term, what gives it away), the first that fits counts.
TELLING: Final[dict[str, tuple[tuple[str, str], ...]]] = {
    "finding": (
        ("unfounded", r"unfounded|not founded"),
        ("not_sustained", r"\b(not?|non)\b.*(sustain|substantiat)|unsubstantiat|inconclusive"),
        ("sustained", r"sustain|substantiat"),
        ("exonerated", r"exonerat|within .*(policy|guideline)|lawful and proper"),
        ("no_finding", r"withdraw|closed|affidavit|expunge|mediat|not applicable|uncooperative"),
        ("pending", r"pending|active|under (investigation|review)|in progress|requested"),
    ),
    "discipline": (
        ("separation", r"separat|terminat|dismissed|resign"),
        ("suspension", r"suspen"),
        ("reprimand", r"reprimand"),
        ("training_or_counseling", r"train|counsel|coach"),
        ("pending", r"pending"),
        ("not_applicable", r"not applicable"),
        ("none", r"no (action|discipline|penalty)|^none$"),
    ),
    "filed_by": (
        ("anonymous", r"anonym"),
        ("officer", r"officer|employee|rank|internal"),
        ("civilian", r"civilian|citizen|public|community|resident"),
    ),
    "status": (
        ("closed", r"clos|complete|final"),
        ("open", r"open|active|pending|progress"),
    ),
    "event_kind": (
        ("town_hall", r"town.?hall"),
        ("neighborhood_meeting", r"(ward|community|neighbou?rhood|beat).*meeting|^meeting$"),
        ("neighborhood_walk", r"walk"),
        ("festival", r"festival|cookout|block.party|night.out"),
        ("school_visit", r"school"),
        ("giveaway", r"giveaway|give.away"),
        ("recruitment", r"recruit"),
    ),
    "event_status": (
        ("cancelled", r"cancel|called off"),
        ("announced", r"announ|planned|scheduled|upcoming"),
        ("absent", r"^(no|n|false|0)$|absent"),
        ("held", r"^(yes|y|true|1)$|held|took place|attended|present"),
    ),
    "place_kind": (
        ("park", r"park|cemeter|airport"),
        ("district", r"district|precinct"),
        ("neighborhood", r"neighbou?rhood"),
    ),
    "date_precision": (("day", r"^day"), ("month", r"^month"), ("year", r"^year")),
}

#: What spreadsheets leave behind in broken cells.
BROKEN: Final = re.compile(r"#[A-Z]+[!?]?|#N/A|#DIV/0!")
#: Signs that stand for nothing.
NOTHING: Final = frozenset({"-", "--", "na", "n/a", "null", "nan"})


def is_term(word: str, *, column: str) -> bool:
    """Say whether a published word is a canonical term as it stands, but for spacing."""
    return slug(word) in terms.BY_COLUMN[column]


def guess(word: str, *, column: str) -> str | None:
    """Give the likeliest term of a canonical column for a published word, or None."""
    if is_term(word, column=column):
        return slug(word)
    folded = fold_case(word)
    return next((term for term, part in TELLING[column] if re.search(part, folded)), None)
