"""A letter that asks for what is missing: plain text, ready to copy."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from datetime import date
from typing import Final

from trustboard.city import City
from trustboard.silence import Missing
from trustboard.wording import date_text

WIDTH: Final = 78

_NO_LAW: Final = (
    "[The description of this city names no law on access to records, so this letter cites none. "
    "Find out which law applies and name it here before you send the letter.]"
)
_FORMAT: Final = (
    "Please send the records electronically: tables as CSV or Excel files with one row per record "
    "and a list of what the columns and codes mean, reports as files whose text can be searched. "
    "Paper copies are not needed."
)
_PRIVATE: Final = (
    "I do not ask for names, addresses or dates of birth of people who complained or who witnessed "
    "something; please leave them out. If the law closes a part of a record, please send the rest "
    "and say which provision closes that part."
)
_FEES: Final = (
    "If there is a charge, please tell me the amount, and how it is made up, before any work is "
    "done. I ask that charges be waived or reduced as far as the law allows: the records concern "
    "how a public promise is kept, will be published free of charge, and serve no business."
)
_ANSWER: Final = (
    "Please answer in writing within the time that the law sets. If a record does not exist, or "
    "never did, please say so; that is an answer too. If it is already public, its address is "
    "enough."
)


def askable(found: Sequence[Missing]) -> list[Missing]:
    """Keep what can be asked for: not a copy that is merely old, for a newer one may be out."""
    return [one for one in found if one.kind != "old_copy"]


def records_request(city: City, wanted: Sequence[Missing], *, on: date) -> str:
    """Draft the letter: the law, the office, the documents, their fields, the format, the fees.

    `wanted` comes from `silence.missing`, perhaps fewer of them; a copy that is merely old is not
    asked for. Without a declared law the letter
    cites none and says so at its top. Raises `ValueError` if nothing is wanted.
    """
    wanted = askable(wanted)
    if not wanted:
        raise ValueError("There is nothing to ask for.")
    law = city.records_law
    office = law.custodian if law else f"Custodian of records, [office], {city.name}"
    under = f"Under the {law.name} ({law.citation}) I ask" if law else "I ask"
    subject = f"Request for records under the {law.name}" if law else "Request for records"
    parts = [
        *([] if law else [_wrapped(_NO_LAW)]),
        "[Your name]\n[Your address or e-mail address]",
        date_text(on),
        _wrapped(f"To: {office}"),
        _wrapped(f"Subject: {subject}"),
        _wrapped(
            f"{under} for copies of the records listed below. If another office holds one of them, "
            "please pass this request on to it, or tell me which office that is."
        ),
        *_listed(wanted),
        *(f"{head}\n{_wrapped(text)}" for head, text in _ENDING),
        *([f"The law: {law.url}"] if law else []),
        "Thank you.\n\n[Your name]",
    ]
    return "\n\n".join(parts) + "\n"


_ENDING: Final = (
    ("FORMAT", _FORMAT),
    ("WHAT CAN BE LEFT OUT", _PRIVATE),
    ("CHARGES", _FEES),
    ("ANSWER", _ANSWER),
)


def _listed(wanted: Sequence[Missing]) -> list[str]:
    """Number what is asked for, under the name of whoever holds it."""
    holders = dict.fromkeys(one.holder for one in wanted)
    parts, number = [], 0
    for holder in holders:
        items = []
        for one in wanted:
            if one.holder == holder:
                number += 1
                items.append(_item(number, one))
        parts.append("\n\n".join([_wrapped(f"HELD, AS FAR AS IS KNOWN, BY: {holder}"), *items]))
    return parts


def _item(number: int, one: Missing) -> str:
    head = f"{number}. {one.title}" + (f" ({one.period})" if one.period else "")
    fields = "Fields" if one.kind in {"late", "no_rows"} else "It should contain"
    lines = [f"{fields}: {'; '.join(one.contains)}." if one.contains else "", one.sentence()]
    if one.url:
        lines.append(f"Known from: {one.url}")
    body = [_wrapped(line, indent="   ") for line in lines if line]
    return "\n".join([_wrapped(head, later="   "), *body])


def _wrapped(text: str, *, indent: str = "", later: str | None = None) -> str:
    return textwrap.fill(
        text,
        width=WIDTH,
        initial_indent=indent,
        subsequent_indent=indent if later is None else later,
        break_long_words=False,
        break_on_hyphens=False,
    )
