"""What each page begins with, as HTML."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, TypeAlias

from trustboard import METHOD_VERSION, shared
from trustboard.citydata import CityData
from trustboard.commitments import Commitment
from trustboard.first_view.blocks import cited, judged, question
from trustboard.first_view.markup import listed, paragraph, table, text, to_page
from trustboard.first_view.still import headline
from trustboard.indicator import catalogue
from trustboard.listing import together
from trustboard.method import method_page
from trustboard.verdicts.model import AssessedCommitment
from trustboard.view import View, ask, only, read_view, said
from trustboard.wording import date_text, verdict_word, whole
from trustboard.wording.places import all_places, by_name

#: The address: name → all its values.
Given: TypeAlias = Mapping[str, Sequence[str]]
Content: TypeAlias = Callable[[CityData, Given], str]


@dataclass(frozen=True, slots=True)
class Topic:
    """A page about one topic: its headline and the question it begins with."""

    title: str
    standfirst: str
    indicator: str
    by: tuple[str, ...] = ("year",)

    def __call__(self, city: CityData, given: Given) -> str:
        """Show the first question for what the address chooses, and what was set aside."""
        offered = shared.offered(city)
        view, notes = read_view(given, offered)
        asked = ask(view, self.indicator, by=self.by, offered=offered)
        needs = catalogue()[self.indicator].needs[0].partition(".")[0]
        found = shared.measured(city, asked.indicator, asked.query)
        return (
            headline(self.title, self.standfirst, kicker=city.city.name)
            + "".join(paragraph(one, "fv-note") for one in notes)
            + paragraph(said(view, offered, needs=needs) if view != View() else "", "fv-soft")
            + question(city, found, notes=asked.notes)
        )


def home(city: CityData, given: Given) -> str:
    """List every promise with the word and the sentence for each of its questions."""
    promises = shared.assessed(shared.as_opened(city))
    ordered = [*promises[:1], *sorted(promises[1:], key=lambda one: one.commitment.said_on)]
    topics = {one.commitment.topic for one in promises} & {only(given.get("topic", ()))}
    ordered = [one for one in ordered if not topics or one.commitment.topic in topics]
    items = [_promise(city, one) for one in ordered]
    none = f"No public promise has been entered for {city.city.name} yet."
    return (
        headline("Did they do what they said?", city.city.about, kicker=city.city.name)
        + "<h2>What did they promise, and what do the data say?</h2>"
        + (listed(items, "fv-list") if items else paragraph(none))
    )


def _promise(city: CityData, one: AssessedCommitment) -> str:
    commitment = one.commitment
    link = to_page("commitments", commitment.title, city=city.slug, commitment=commitment.id)
    lines = [
        f"<strong>{text(test.headline)}.</strong> {text(test.sentence or test.test.question)}"
        for test in one.tests
    ]
    if one.not_measurable is not None:
        word = verdict_word(one.not_measurable)
        lines.append(f"<strong>{text(word)}.</strong> {text(one.not_measurable.found)}")
    return f"<h3>{link}</h3>{_who(commitment)}{listed(lines)}"


def _who(commitment: Commitment) -> str:
    who = commitment.said_by
    when = date_text(commitment.said_on, commitment.said_on_precision)
    return paragraph(f"{who.name}, {who.office} · {when}", "fv-soft")


def commitments(city: CityData, given: Given) -> str:
    """Show one promise with each of its tests; the first drawing only.

    Where none is named it is the one the list began with.
    """
    promises = shared.assessed(shared.as_opened(city))
    if not promises:
        return headline("No promise has been entered yet", city.city.about, kicker=city.city.name)
    named = only(given.get("commitment", ()))
    chosen = next((one for one in promises if one.commitment.id == named), promises[0])
    commitment = chosen.commitment
    words = f"“{commitment.quote}”" if commitment.quote else commitment.statement
    source = cited(commitment.source.publisher, commitment.source.url)
    with_rows = [one for one in chosen.tests if one.series is not None]
    tests = "".join(judged(one, drawn=one in with_rows[:1]) for one in chosen.tests)
    unknown = ""
    if chosen.not_measurable is not None:
        why = chosen.not_measurable
        unknown = "<h2>Can this be tested?</h2>" + paragraph(verdict_word(why), "fv-word")
        unknown += paragraph(why.found) + paragraph(f"It would need: {why.would_resolve}")
    kicker = f"{city.city.name} · {commitment.topic.capitalize()}"
    by_whom = f'{_who(commitment)}<p class="fv-soft">{source}</p>'
    return headline(commitment.title, words, kicker=kicker) + by_whom + unknown + tests


def neighborhoods(city: CityData, given: Given) -> str:
    """Show the complaints of the chosen places, year by year; where none is chosen, list all."""
    word, words = city.city.places.singular, city.city.places.plural
    names = shared.offered(city).profiled
    if not names:
        return headline(f"No {word} is published", city.city.about, kicker=city.city.name)
    view, notes = read_view(given, shared.offered(city))
    wanted = view.profiled(level=city.city.places.level)
    places = [names[one] for one in wanted if one in names]
    aside = "".join(paragraph(one, "fv-note") for one in notes)
    if not places:
        said_of_all = all_places(word, words, listed=not city.places.empty)
        links = [
            to_page("neighborhoods", name, city=city.slug, place=one)
            for one, name in sorted(names.items(), key=lambda pair: by_name(pair[1]))
        ]
        return headline(*said_of_all, kicker=city.city.name) + aside + listed(links)
    title = together(places)
    asked = ask(view, "complaints-received", by=("year",))
    found = shared.measured(city, asked.indicator, asked.query)
    kicker = f"{city.city.name} · {word}"
    shown = question(city, found, notes=asked.notes)
    return headline(title, "", kicker=kicker) + aside + shown


def sources(city: CityData, given: Given) -> str:
    """Show the account of every row of every table."""
    del given
    rows = [
        [
            one.name.capitalize(),
            *(whole(n) for n in (one.accounting.read, one.accounting.kept,
                                 one.accounting.quarantined, one.accounting.dropped)),
            one.spec.source.publisher,
        ]
        for one in city.tables.values()
    ]  # fmt: skip
    heads = ["Table", "Read", "Kept", "Set aside", "Dropped", "Published by"]
    account = table(heads, rows, caption="Read = kept + set aside + dropped")
    nothing = paragraph("No published file of this city is on this machine.")
    standfirst = (
        "Every table, where each of its rows went, what is missing, and what the words mean."
    )
    return (
        headline("Sources and methods", standfirst, kicker=city.city.name)
        + "<h2>Where did every row go?</h2>"
        + (account if rows else nothing)
    )


def method(city: CityData, given: Given) -> str:
    """Show the questions of the method page with the first paragraph of each answer."""
    del given
    standfirst = (
        "Nobody types a verdict. A published rule computes it from published rows, and says so "
        "when nobody can tell."
    )
    kicker = f"{city.city.name} · method {METHOD_VERSION}"
    parts = [f"<h2>{text(one.heading)}</h2>{paragraph(one.paragraphs[0])}" for one in method_page()]
    return headline("How verdicts are made", standfirst, kicker=kicker) + "".join(parts)


#: Page → what it begins with. A page that is not here has no first view.
CONTENTS: Final[Mapping[str, Content]] = MappingProxyType(
    {
        "": home,
        "commitments": commitments,
        "complaints": Topic(
            "Complaints against police",
            "What residents reported. More complaints can mean more misconduct, or more trust that "
            "a complaint is worth making; the numbers alone cannot tell which.",
            "complaints-received",
        ),
        "outcomes": Topic(
            "What became of complaints",
            "Findings, time and discipline. Complaints are grouped by the day they were filed, so "
            "that recent ones, many of them still open, are not mistaken for a change.",
            "sustained-within-12-months",
        ),
        "outreach": Topic(
            "Contact that is not enforcement",
            "Meetings, visits, walks, talks. An event counts only with a date, a kind and a "
            "source; how events are spread over the city says more than how many there were.",
            "outreach-events",
        ),
        "neighborhoods": neighborhoods,
        "sources": sources,
        "method": method,
    }
)
