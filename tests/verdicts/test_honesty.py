"""What a verdict must never do: depend on the clock or the order of rows, rank, claim a cause."""

from __future__ import annotations

import itertools
import math
import re
import sys
import time
from dataclasses import replace
from datetime import date
from typing import NoReturn

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from verdict_promises import change, city_with, only_test, promise, shuffled

from trustboard.rule import smallest_that_matters, state_of_progress
from trustboard.statistics import Interval
from trustboard.verdict_states import CannotTell, Verdict, VerdictState
from trustboard.verdicts import Agreement, assess, assess_all
from trustboard.verdicts.sentences import clause, headline, margin_of_ratio
from trustboard.wording import share

CAUSAL = re.compile(
    r"worked|caus|due to|thanks to|\bfail|improv|no effect|because of the|led to", re.IGNORECASE
)
MARGIN = margin_of_ratio(-math.log(0.9), "decrease")
COUNTS = [31, 28, 35, 30, 22, 41] * 10


def test_no_sentence_claims_a_cause() -> None:
    for now, direction in itertools.product((5, 20, 28, 30, 45, 300), ("decrease", "increase")):
        test = only_test(promise(change(direction=direction)), city_with([30] * 48 + [now] * 12))
        words = [test.sentence, test.headline, *test.caveats, *(g.found for g in test.gates)]
        assert not CAUSAL.search(" ".join(words))
        assert "This cannot show why." in test.sentence


def test_fewer_complaints_are_never_printed_without_saying_what_they_may_mean() -> None:
    test = only_test(promise(change()), city_with(COUNTS))
    assert any("less misconduct or less reporting" in caveat for caveat in test.caveats)


@pytest.mark.parametrize(
    "own", ["", "Fewer complaints may mean less force, or fewer people who complain."]
)
def test_what_fewer_complaints_may_mean_is_said_once_in_the_words_that_fit_best(own: str) -> None:
    test = only_test(promise(change(cannot_show=own)), city_with(COUNTS))
    said = [one for one in (test.sentence, *test.caveats) if "Fewer complaints may mean" in one]
    assert len(said) == 1
    assert said[0].count("Fewer complaints may mean") == 1
    assert own in said[0] if own else "more may mean the opposite" in said[0]


def _phrases(text: str, length: int) -> set[tuple[str, ...]]:
    words = re.findall(r"[a-z]+", text.lower())
    return set(zip(*(words[start:] for start in range(length)), strict=False))


def test_the_two_states_without_a_change_never_share_wording() -> None:
    said = {
        state: clause(Verdict(state), margin=MARGIN, target="change")
        for state in (VerdictState.NO_REAL_CHANGE, VerdictState.NO_CLEAR_CHANGE)
    }
    assert not set.intersection(*(_phrases(text, 2) for text in said.values()))
    assert not set.intersection(*(_phrases(headline(Verdict(state)), 1) for state in said))


@given(st.floats(0.001, 0.9), st.sampled_from(["decrease", "increase"]))
def test_the_margin_in_words_is_the_one_that_the_rule_weighs(margin: float, direction: str) -> None:
    matters = smallest_that_matters(direction, None, margin=margin)
    said = margin_of_ratio(matters, direction)
    for ratio, words in ((math.exp(matters), "higher"), (math.exp(-matters), "lower")):
        step = f"{share(abs(ratio - 1))}"
        assert f"{step} {words}" in said.around
        promised = (words == "lower") == (direction == "decrease")
        assert step == (said.promised if promised else said.other)
        exact = Interval(math.log(ratio), math.log(ratio), math.log(ratio))
        weighed = state_of_progress(exact, matters=matters * (1 - 1e-9)).state
        assert weighed in (VerdictState.MOVING_AS_PROMISED, VerdictState.MOVING_AGAINST)


def test_every_state_has_words_of_its_own() -> None:
    said = [clause(Verdict(s), margin=MARGIN, target="20% lower") for s in VerdictState]
    assert len(set(said)) == len(VerdictState)


class _NoClock(date):
    """A date whose today explodes."""

    @classmethod
    def today(cls) -> NoReturn:
        raise AssertionError("a verdict asked for today's date")


def test_a_verdict_never_asks_for_todays_date(monkeypatch: pytest.MonkeyPatch) -> None:
    def explode(*_: object, **__: object) -> NoReturn:
        raise AssertionError("a verdict asked for the time")

    city, promised = city_with(COUNTS), promise(change())
    patched = 0
    for name, module in list(sys.modules.items()):
        if name.startswith("trustboard") and getattr(module, "date", None) is date:
            monkeypatch.setattr(module, "date", _NoClock)
            patched += 1
    for name in ("time", "localtime", "gmtime"):
        monkeypatch.setattr(time, name, explode)
    for name in ("now", "today", "utcnow"):
        monkeypatch.setattr(pd.Timestamp, name, explode)
    assert patched > 3
    assert isinstance(only_test(promised, city).outcome, Verdict)


@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 2**16))
def test_a_verdict_never_depends_on_the_order_of_rows(seed: int) -> None:
    city = city_with(COUNTS)
    promised = promise(change(filters={"place": ["alder"]}))
    one = only_test(promised, city)
    other = only_test(promised, shuffled(city, "complaints", seed=seed))
    assert one.numbers == other.numbers
    assert (one.outcome, one.sentence, one.gates) == (other.outcome, other.sentence, other.gates)


def test_a_verdict_never_depends_on_the_time_zone_or_the_language(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    city, promised = city_with(COUNTS), promise(change())
    here = only_test(promised, city)
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
    time.tzset()
    there = only_test(promised, city)
    monkeypatch.undo()
    time.tzset()
    assert (here.sentence, here.numbers) == (there.sentence, there.numbers)


def test_an_unrelated_row_changes_nothing() -> None:
    promised = promise(change(filters={"place": ["alder"]}))
    far = [{"complaint_id": "x", "filed_on": date(2023, 5, 1), "place_id": "birch"}]
    one, other = (only_test(promised, city_with(COUNTS, extra=extra)) for extra in ([], far))
    assert one.numbers == other.numbers


def test_assessments_have_no_order_and_no_sum() -> None:
    city = city_with(COUNTS)
    found = [assess(promise(change()), city) for _ in range(2)]
    with pytest.raises(TypeError):
        sorted(found)  # type: ignore[type-var]
    with pytest.raises(TypeError):
        sorted(one.tests[0] for one in found)  # type: ignore[type-var]
    for attempt in (sum, max):
        with pytest.raises(TypeError):
            attempt([Agreement(1, 1, 0), Agreement(2, 2, 0)])  # type: ignore[operator]


def test_a_commitment_shows_all_its_tests_and_no_average() -> None:
    city = city_with([30] * 48 + [18] * 12)
    found = assess(promise(change(), change(direction="increase")), city)
    assert [test.outcome for test in found.tests] == [
        Verdict(VerdictState.MOVING_AS_PROMISED),
        Verdict(VerdictState.MOVING_AGAINST),
    ]
    assert not {"outcome", "state", "score", "headline"} & set(dir(found))


# As known at a day


def test_a_table_is_seen_only_once_it_was_published() -> None:
    city, promised = city_with(COUNTS), promise(change())  # retrieved on 5 January 2024
    before = only_test(promised, city, as_of=date(2024, 1, 4))
    assert isinstance(before.outcome, CannotTell)
    after = only_test(promised, city, as_of=date(2024, 1, 5))
    assert isinstance(after.outcome, Verdict)
    assert any("the day it was fetched" in note for note in after.caveats)


def test_the_publishers_own_date_comes_before_the_day_of_fetching() -> None:
    source = {
        "publisher": "Office of Records",
        "title": "Complaints",
        "url": "https://example.org/data",
        "licence": "public domain",
        "retrieved": date(2026, 1, 1),
        "published": date(2024, 1, 10),
    }
    city = city_with(COUNTS, of_table={"complaints": {"source": source}})
    promised = promise(change())
    assert isinstance(only_test(promised, city, as_of=date(2024, 1, 9)).outcome, CannotTell)
    seen = only_test(promised, city, as_of=date(2024, 1, 10))
    assert isinstance(seen.outcome, Verdict)


def test_a_promise_not_yet_made_is_not_assessed() -> None:
    city = replace(city_with(COUNTS), commitments=(promise(change()),))
    assert len(assess_all(city)) == 1
    assert assess_all(city, as_of=date(2021, 6, 14)) == ()
