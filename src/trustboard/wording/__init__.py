"""Every sentence that a page, a chart or a download builds from numbers. Pure functions only."""

from trustboard.wording.answers import answer, cannot_answer, row_state
from trustboard.wording.firmness import detectable
from trustboard.wording.numbers import (
    amount,
    days,
    interval,
    rate,
    share,
    unit_of,
    value_text,
    whole,
)
from trustboard.wording.periods import date_text, period_name
from trustboard.wording.unsettled import unsettled_words
from trustboard.wording.verdicts import meaning, reason_word, verdict_word

__all__ = [
    "amount",
    "answer",
    "cannot_answer",
    "date_text",
    "days",
    "detectable",
    "interval",
    "meaning",
    "period_name",
    "rate",
    "reason_word",
    "row_state",
    "share",
    "unit_of",
    "unsettled_words",
    "value_text",
    "verdict_word",
    "whole",
]
