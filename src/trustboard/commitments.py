"""`commitments.yml`: what was said, by whom, when, where, and the test written down beforehand.

A commitment never contains a verdict. It contains tests; `trustboard.verdicts` computes the rest.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import AnyHttpUrl, Field, model_validator

from trustboard.described import Described

Direction = Literal["decrease", "increase"]


class SaidBy(Described):
    """Who made the promise: a public office, and the name of whoever held it."""

    name: str
    office: str


class Citation(Described):
    """Where the statement, the evidence or the reply can be read."""

    publisher: str
    url: AnyHttpUrl
    title: str = ""
    certainty: Literal["read", "read_on_a_mirror", "year_inferred", "date_inferred"] = "read"


class Window(Described):
    """A stretch of time, both ends included."""

    from_: date = Field(alias="from")
    to: date

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> Window:
        if self.to < self.from_:
            raise ValueError(f"the window ends ({self.to}) before it starts ({self.from_})")
        return self


class Test(Described):
    """What all tests share. `id` is unique within the commitment."""

    id: str = Field(pattern=r"^[a-z0-9-]+$")
    question: str = Field(description="The test as a question a resident would ask.")
    cannot_show: str = Field(default="", description="What this test cannot show.")
    written_on: date | None = Field(default=None, description="When this test was written down.")


class ChangeTest(Test):
    """Did an indicator move as promised between the time before and the time after?"""

    kind: Literal["change"]
    indicator: str
    direction: Direction
    unit: Literal["complaint", "allegation"] = "complaint"
    filters: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    baseline_months: int = Field(default=24, ge=12, le=600)
    current_months: int = Field(default=12, ge=12, le=600)
    baseline: Window | None = Field(default=None, description="Fixed months instead of a length.")
    target_change: float | None = Field(
        default=None, description="As promised, signed: -0.2 is 20% lower.", gt=-1
    )
    margin: float = Field(default=0.10, gt=0, lt=1, description="Smallest change that matters.")
    deadline: date | None = None
    chosen_for_high_value: bool = Field(
        default=False, description="The place was picked because its number was high."
    )


class ThresholdTest(Test):
    """Did a share reach the promised level?"""

    kind: Literal["threshold"]
    indicator: str
    direction: Direction = "increase"
    unit: Literal["complaint", "allegation"] = "complaint"
    filters: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    target: float = Field(ge=0, le=1)
    current_months: int = Field(default=12, ge=1, le=600)
    deadline: date | None = None


class Evidence(Described):
    """One dated thing that was done or delivered, or that a source says was not."""

    what: str
    on: date | None = None
    precision: Literal["day", "month", "year"] = "day"
    status: Literal["announced", "reported", "verified"]
    counts: bool = Field(default=True, description="False for context that delivers nothing.")
    source: Citation


class DeliveryTest(Test):
    """Was a promised thing delivered, or done as many times as promised, by a date?"""

    kind: Literal["delivery"]
    count: int = Field(default=1, ge=1, le=1_000_000)
    deadline: date | None = None
    evidence: tuple[Evidence, ...] = ()
    indicator: str | None = Field(
        default=None, description="Count rows of this indicator instead of listing evidence."
    )
    filters: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    whole_period_published: bool = Field(
        default=False,
        description="True only where everything delivered would have been published: only then can "
        "nothing found mean nothing delivered.",
    )
    publications: tuple[str, ...] = Field(
        default=(), description="Ids of the publications that should show it."
    )


class CoverageTest(Test):
    """Was every place reached in every period?"""

    kind: Literal["coverage"]
    indicator: str
    each: Literal["month", "quarter", "year"] = "quarter"
    of: Literal["neighborhood", "district"] = "neighborhood"
    target: float = Field(default=1.0, gt=0, le=1, description="Share of places, each period.")
    window: Window | None = None
    deadline: date | None = None


class FigureChangeTest(Test):
    """Did a published count change as promised, from one printed figure to another?"""

    kind: Literal["figure_change"]
    before: tuple[str, ...] = Field(min_length=1, description="Figure ids, added together.")
    after: tuple[str, ...] = Field(min_length=1)
    direction: Direction
    target_change: float | None = Field(default=None, gt=-1)
    margin: float = Field(default=0.10, gt=0, lt=1)
    deadline: date | None = None


class AgreementTest(Test):
    """Does a claimed figure agree with published data? Shows both; judges nobody."""

    kind: Literal["agreement"]
    claim: tuple[str, ...] = Field(min_length=1, description="Figure ids, added together.")
    against: tuple[str, ...] = Field(min_length=1)
    tolerance: float = Field(
        default=0.05, ge=0, description="Agree when no further apart than this share."
    )


AnyTest = Annotated[
    ChangeTest | ThresholdTest | DeliveryTest | CoverageTest | FigureChangeTest | AgreementTest,
    Field(discriminator="kind"),
]


class NotMeasurable(Described):
    """Why a statement cannot be tested as it was made, and what would make it testable."""

    why: str
    would_need: str


class Reply(Described):
    """What the official answered, in the official's own words or a fair summary, dated."""

    on: date
    text: str
    source: Citation


class Challenge(Described):
    """A public objection to a test or a verdict, and what came of it."""

    on: date
    by: str = Field(description="An office, an organisation or 'a reader'; never a private name.")
    text: str
    resolution: str = ""
    resolved_on: date | None = None


class Commitment(Described):
    """One statement by one official, with its tests or the reason it has none."""

    id: str = Field(pattern=r"^[a-z0-9-]+$")
    title: str = Field(description="Six words or so, for lists.")
    statement: str = Field(description="What was said, in a fair paraphrase.")
    quote: str = Field(default="", description="The exact words, only where they are certain.")
    said_by: SaidBy
    said_on: date
    said_on_precision: Literal["day", "month", "year"] = "day"
    where: str
    topic: str
    source: Citation
    also: tuple[Citation, ...] = ()
    places: tuple[str, ...] = Field(default=(), description="Place ids the statement names.")
    tests: tuple[AnyTest, ...] = ()
    not_measurable: NotMeasurable | None = None
    publications: tuple[str, ...] = Field(
        default=(), description="Ids of publications that should hold the answer."
    )
    ask: str = Field(default="", description="A question a moderator could put to the official.")
    reply: Reply | None = None
    challenges: tuple[Challenge, ...] = ()

    @model_validator(mode="after")
    def _is_tested_or_says_why_not(self) -> Commitment:
        if not self.tests and self.not_measurable is None:
            raise ValueError("give at least one test, or not_measurable with why and would_need")
        ids = [test.id for test in self.tests]
        if len(ids) != len(set(ids)):
            raise ValueError("two tests of one commitment have the same id")
        return self


class CommitmentsFile(Described):
    """The whole of `commitments.yml`."""

    commitments: tuple[Commitment, ...] = ()
