"""What published columns may be called, for each table and each of our columns."""

from __future__ import annotations

import re
from typing import Final

_DISTRICT: Final = (r"district|precinct",)
#: What a list of events and one of printed figures both say of where they have it from.
_SOURCE: Final[dict[str, tuple[str, ...]]] = {
    "publisher": (r"^(publisher|source)$",),
    "url": (r"^(url|link)$",),
    "note": (r"^notes?$",),
}
#: Table → our column → the names it may go by, the likeliest first, written like `some_name`.
NAMES: Final[dict[str, dict[str, tuple[str, ...]]]] = {
    "rows": {  # of complaints and of what came of them, which may be one file
        "complaint_id": (
            r"complaint.*(id|number|no)$",
            r"^(cr|case|file|log)_?(id|number|no)$",
            r"(case|file|tracking|control).*(id|number|no)$",
            r"^(case|id|number)$",
        ),
        "filed_on": (r"filed|receiv|reciev", r"complaint.*date|report.*date|opened", r"^date$"),
        "closed_on": (r"clos", r"complet|end_date"),
        "incident_on": (r"incident|occur",),
        "district_id": (r"district|precinct", r"beat|neighborhood"),
        "category": (r"categor|classif", r"allegation|case_type|complaint_type"),
        "filed_by": (r"complainant_type|filed_by|^source$",),
        "status": (r"status",),
        "finding": (r"final.*(finding|disposition)", r"finding", r"disposition"),
        "discipline": (r"final.*(penalt|disciplin)", r"disciplin|penalt"),
        "row_id": (r"^(row|allegation|record|unique|object).*(id|identity)$",),
    },
    "outreach": {
        "event_id": (r"^event_?(id|number|no)$",),
        "held_on": (r"^(event_)?date$", r"held|start"),
        "date_precision": (r"^date_precision$",),
        "event_kind": (r"^event_?(kind|type)$", r"^(kind|type)$"),
        "event_status": (r"police_present|status|attend",),
        "place_id": (r"(neighborhood|neighbourhood|nhd|place).*(num|id|no|code)$",),
        "district_id": _DISTRICT,
        "venue": (r"^(venue|location)$",),
        "what": (r"^(what|title)$",),
        **_SOURCE,
    },
    "figures": {
        "figure_id": (r"^figure_?(id|number|no)$",),
        "topic": (r"^topic$",),
        "measure": (r"^measure$", r"^(indicator|what)$"),
        "series": (r"^series$",),
        "value": (r"^(value|number|count)$",),
        "unit": (r"^units?$",),
        "period": (r"^(period|year)$",),
        "place": (r"^(place|geography)$",),
        "title": (r"^title$",),
        "published_on": (r"^published(_on)?$",),
        "certainty": (r"^certainty$",),
        **_SOURCE,
    },
    "places": {
        "place_id": (
            r"(neighborhood|neighbourhood|nhd|place|area).*(nu|num|number|id|no|code)$",
            r"(dist|district|precinct).*(nu|num|number|id|no|code)$",
        ),
        "name": (r"(neighborhood|neighbourhood|nhd|place|area|dist|district).*name$", r"^name$"),
        "place_kind": (r"^(place_)?(type|kind)$",),
        "district_id": _DISTRICT,
        "population": (r"^pop(?!.*(moe|margin|share))|population|residents",),
    },
}
#: What a sample must have to be such a table; `rows` are told apart further on.
NEEDS: Final = {
    "outreach": ("event_id", "held_on", "event_kind"),
    "figures": ("figure_id", "topic", "measure", "value"),
    "places": ("place_id",),
}
#: Columns about persons, and what was only recommended; no number needs them.
NEVER: Final = re.compile(r"officer|employee|_name|race|sex|gender|address|recommend|summary|text")
DATES: Final = frozenset({"filed_on", "closed_on", "incident_on", "held_on"})
#: Words or dates, as printed.
TEXTS: Final = frozenset({"period", "published_on", "title", "what", "note", "venue", "measure"})
#: Whatever stands in these of a table, no two rows may share it.
UNIQUE: Final = {
    "rows": frozenset({"row_id"}),
    "outreach": frozenset({"event_id"}),
    "figures": frozenset({"figure_id"}),
    "places": frozenset({"place_id"}),
}
#: A column with more different words than this is free text, and may name persons.
MOST_WORDS: Final = {
    "category": 200,
    "finding": 80,
    "discipline": 80,
    "filed_by": 20,
    "status": 40,
    "event_kind": 60,
    "event_status": 12,
    "place_kind": 12,
    "date_precision": 5,
}
