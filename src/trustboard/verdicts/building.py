"""Put an assessed test together, in the same way for every kind of test."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from trustboard.citydata import CityData
from trustboard.commitments import AnyTest, Commitment
from trustboard.definitions import flaws_of_test
from trustboard.definitions.flaws import Flaw, Known
from trustboard.verdict_states import CannotTell
from trustboard.verdicts.gates import measurable, try_gates
from trustboard.verdicts.model import AssessedTest, Outcome
from trustboard.verdicts.sentences import (
    CANNOT_SHOW_WHY,
    FEWER_MAY_MEAN,
    headline,
    joined,
    refusal,
)
from trustboard.verdicts.series import ask
from trustboard.verdicts.view import View


def assembled(
    commitment: Commitment,
    test: AnyTest,
    view: View,
    outcome: Outcome,
    *,
    sentence: str = "",
    raw: Outcome | None = None,
    caveats: tuple[str, ...] = (),
    **more: Any,
) -> AssessedTest:
    """Build the result; where nobody can tell, the sentence also says why and what would help."""
    said = joined(sentence, refusal(outcome)) if isinstance(outcome, CannotTell) else sentence
    return AssessedTest(
        commitment_id=commitment.id,
        test=test,
        outcome=outcome,
        raw=outcome if raw is None else raw,
        headline=headline(outcome),
        sentence=joined(said, _also_not_shown(said, test.cannot_show)),
        as_of=view.day,
        caveats=_told_once((*caveats, *view.notes), said=test.cannot_show),
        **more,
    )


def _told_once(caveats: Iterable[str], *, said: str) -> tuple[str, ...]:
    """List what to keep in mind, each once.

    What fewer complaints may mean is told in the sentence where the test says it in words of its
    own, which fit it better; else by the first caveat that tells it.
    """
    told = FEWER_MAY_MEAN in said
    kept = []
    for one in dict.fromkeys(caveats):
        if one.startswith(FEWER_MAY_MEAN):
            if told:
                continue
            told = True
        kept.append(one)
    return tuple(kept)


def _also_not_shown(said: str, cannot_show: str) -> str:
    """Write what a test cannot show as a sentence of its own, without saying anything twice."""
    text = cannot_show.strip()
    if said.endswith(CANNOT_SHOW_WHY):
        text = text.removeprefix(CANNOT_SHOW_WHY).strip()
    opening = text.partition(" ")[0]
    if opening in ("Whether", "How", "Who", "Which", "What", "Why"):
        return f"It cannot show {text[:1].lower()}{text[1:]}"
    return text


def known_in(city: CityData) -> Known:
    """Give everything that a city's definitions may refer to."""
    figures, places = city.frame("figures"), city.places
    listed = frozenset(places.index) | frozenset(city.city.places.also) if len(places) else ()
    return Known(
        figures=frozenset() if figures is None else frozenset(figures["figure_id"]),
        publications=frozenset(one.id for one in city.city.publications),
        places=frozenset(listed),
    )


def flaws_in(commitment: Commitment, test: AnyTest, view: View) -> list[Flaw]:
    """Find what is wrong with a test, but for figures that were simply not published yet."""
    found = flaws_of_test(commitment, test, known_in(view.city))
    absent = "figures" not in view.city.tables
    return [
        flaw for flaw in found if not (absent and flaw.message.startswith("There is no figure"))
    ]


def publications_named(view: View, ids: tuple[str, ...]) -> str:
    """Name the publications that should hold an answer, with their holders."""
    listed = [one for one in view.city.city.publications if one.id in ids]
    return "; ".join(f"“{one.title}” ({one.holder})" for one in listed)


def ill_defined(commitment: Commitment, test: AnyTest, view: View) -> AssessedTest | None:
    """Refuse a test that cannot be run as it is written down; None where it can."""
    problems = [flaw.message for flaw in flaws_in(commitment, test, view)]
    indicator, filters = getattr(test, "indicator", None), getattr(test, "filters", {})
    if not problems and indicator is not None and filters:
        question = ask(
            view.city, indicator, filters=filters, unit=getattr(test, "unit", "complaint")
        )
        problems = [question.asked_wrongly] if question.asked_wrongly else []
    if not problems:
        return None
    tried, cannot = try_gates([lambda: measurable(problems, found="")])
    assert cannot is not None  # noqa: S101 - a gate with problems is never passed
    return assembled(commitment, test, view, cannot, gates=tried)
