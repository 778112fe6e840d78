"""The canonical terms that every city's own words are mapped to, each with its plain meaning.

A city's wording is never thrown away: it stays in the column `<name>_as_published`.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

#: What investigators concluded, from most to least serious: when a complaint carries several
#: allegations, its finding is the first of these that any of them has. `pending` ranks above every
#: finding that clears, because a complaint with one open allegation is not yet decided.
FINDINGS: Final = MappingProxyType(
    {
        "sustained": "The investigation concluded that the officer broke a rule or the law.",
        "pending": "No conclusion has been published yet.",
        "not_sustained": "The investigation could not show whether the allegation was true.",
        "exonerated": "It happened, and was within the rules.",
        "unfounded": "The investigation concluded that it did not happen.",
        "no_finding": (
            "Closed without a conclusion: withdrawn, no sworn statement, mediated, "
            "referred elsewhere or closed for administrative reasons."
        ),
    }
)

#: The findings that answer whether the allegation was true: the denominator "decided".
DECIDED: Final = ("sustained", "not_sustained", "exonerated", "unfounded")

#: What happened to the officer after a finding, heaviest first; `pending` ranks above the lighter
#: kinds because a complaint with one undecided case may still end with more.
DISCIPLINE: Final = MappingProxyType(
    {
        "separation": "Dismissed, or left while dismissal was pending.",
        "suspension": "Days off without pay.",
        "reprimand": "A written or spoken warning on the record.",
        "other_discipline": "Disciplined; the source does not say how.",
        "pending": "Not decided yet.",
        "training_or_counseling": "Sent to training or counseling; not counted as discipline.",
        "none": "The source says no discipline followed.",
        "not_applicable": "The finding called for none.",
    }
)

#: The kinds of discipline that count as "disciplined".
DISCIPLINED: Final = ("separation", "suspension", "reprimand", "other_discipline")

FILED_BY: Final = MappingProxyType(
    {
        "civilian": "A member of the public.",
        "officer": "Somebody who works for the police department.",
        "anonymous": "Nobody gave a name.",
    }
)

CASE_STATUS: Final = MappingProxyType(
    {"open": "Still being investigated or reviewed.", "closed": "Finished, whatever the finding."}
)

EVENT_STATUS: Final = MappingProxyType(
    {
        "held": "The event took place with police present.",
        "absent": "The event took place and the record says no police came.",
        "announced": "Announced beforehand; nothing read says whether it took place.",
        "cancelled": "Called off.",
    }
)

EVIDENCE: Final = MappingProxyType(
    {
        "announced": "Said beforehand by whoever planned it.",
        "reported": "Told afterwards by one source.",
        "verified": "Shown by an official record or by two independent sources.",
    }
)

EVENT_KINDS: Final = MappingProxyType(
    {
        "neighborhood_meeting": "A meeting of a neighborhood association or ward.",
        "town_hall": "A public meeting called by the police or the city.",
        "forum_panel": "A panel or forum of another host.",
        "school_visit": "Police at a school, not to enforce.",
        "youth_event": "An event for children or teenagers.",
        "neighborhood_walk": "A walk through a neighborhood with residents.",
        "neighborhood_visit": "A visit to a block or housing complex.",
        "giveaway": "Toys, food or other things given away.",
        "festival": "A festival, cookout or block party.",
        "citizens_academy": "A course in which residents learn how the police work.",
        "public_hearing": "Police answering an elected body in public.",
        "recruitment": "Recruiting; not counted as outreach.",
        "media": "An appearance for the press; not counted as outreach.",
    }
)

#: Kinds of event that are listed but never counted as outreach.
NOT_OUTREACH: Final = ("recruitment", "media")

DATE_PRECISION: Final = MappingProxyType(
    {"day": "The exact day is known.", "month": "Only the month.", "year": "Only the year."}
)

PLACE_KINDS: Final = MappingProxyType(
    {
        "neighborhood": "A neighborhood.",
        "district": "A police district.",
        "park": "A park, cemetery or airport: a place without residents.",
    }
)

#: Words for a place that is not on the map. Neither is ever shared out among neighborhoods.
UNKNOWN_PLACE: Final = "unknown"
OUTSIDE: Final = "outside"
#: Where an event belongs that was for the whole city or online: shown, never shared out.
CITYWIDE: Final = "citywide"
#: Where a row lies that lies in no place of its own.
NO_PLACE: Final = (CITYWIDE, OUTSIDE, UNKNOWN_PLACE)
#: All other places together, where some are set beside the rest of their city.
REST: Final = "rest"

#: Canonical terms by column; a column listed here accepts nothing else.
BY_COLUMN: Final = MappingProxyType(
    {
        "finding": FINDINGS,
        "discipline": DISCIPLINE,
        "filed_by": FILED_BY,
        "status": CASE_STATUS,
        "event_status": EVENT_STATUS,
        "evidence": EVIDENCE,
        "event_kind": EVENT_KINDS,
        "place_kind": PLACE_KINDS,
        "date_precision": DATE_PRECISION,
    }
)
