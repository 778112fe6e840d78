"""`city.yml`: what a city publishes, where it is, and how its words map to ours. No Python needed.

The models below are the whole language. `docs/add-a-city.md` teaches it; the JSON Schema generated
from them (`data/schemas/city.schema.json`) lets an editor complete and check while one writes.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Final, Literal

from pydantic import AnyHttpUrl, Field, field_validator, model_validator

from trustboard.described import Described
from trustboard.formats import flaw_of_encoding, flaw_of_format
from trustboard.patterns import flaw_of
from trustboard.sources.declared import AnyFetch

TableName = Literal["complaints", "outcomes", "outreach", "places", "figures"]
#: A file below `published/` and nowhere else: no absolute path, no way up.
BELOW_PUBLISHED: Final = r"^[\w][\w .-]*(/[\w][\w .-]*)*$"
#: What a description was checked against.
Verified = Literal["rows", "schema", "documentation"]
Certainty = Literal["read", "read_data_file", "computed", "inferred", "reported"]


class Source(Described):
    """Where a table comes from, so that anybody can fetch it again."""

    publisher: str
    title: str
    url: AnyHttpUrl
    licence: str = Field(description="The licence as the publisher states it, or 'not stated'.")
    retrieved: date = Field(description="The day this copy was fetched or compiled.")
    published: date | None = Field(
        default=None, description="The day the publisher says it was published, where it says so."
    )
    note: str = ""


class Coverage(Described):
    """The stretch of time for which the absence of a row means that nothing was recorded."""

    from_: date = Field(alias="from")
    to: date = Field(description="The last day covered: the data date.")
    complete: bool = Field(
        default=True,
        description=(
            "False for a collection that nobody claims to be complete: listed, never counted over "
            "time, never a rate."
        ),
    )
    settles_after_months: int = Field(
        default=3, ge=0, le=1200, description="Months until late rows no longer change a month."
    )
    publishing_interval_months: float = Field(
        default=12, gt=0, le=1200, description="How often the publisher updates."
    )
    missing: tuple[str, ...] = Field(
        default=(), description="Classes of case that the source leaves out."
    )
    closed_cases_only: bool = Field(
        default=False, description="True where open cases are not published at all."
    )

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> Coverage:
        if self.to < self.from_:
            raise ValueError(f"coverage ends ({self.to}) before it starts ({self.from_})")
        return self


class Replace(Described):
    """Replace what a regular expression matches (Python syntax; `\\1` in `with` is allowed)."""

    pattern: str
    with_: str = Field(alias="with", default="", max_length=200)

    @model_validator(mode="after")
    def _can_be_made(self) -> Replace:
        flaw = flaw_of(self.pattern, self.with_)
        if flaw is not None:
            raise ValueError(flaw)
        return self


class Column(Described):
    """How one of our columns is made from the published ones; a bare column name is enough."""

    column: str | None = Field(default=None, description="One published column.")
    called: tuple[str, ...] = Field(
        default=(),
        description=(
            "One published column whose name no document gives: likely names, the likeliest first. "
            "The first that the file has is taken, and pages and checks say so."
        ),
    )
    first_of: tuple[str, ...] = Field(default=(), description="The first of these not empty.")
    join: tuple[str, ...] = Field(default=(), description="These, glued together.")
    glue: str = Field(default=" ", description="What `join` puts between.")
    constant: str | None = Field(default=None, description="The same value in every row.")
    replace: tuple[Replace, ...] = ()
    divide_by: int | None = Field(
        default=None, gt=0, description="Integer division, for codes such as beat // 100."
    )
    date: tuple[str, ...] = Field(
        default=(), description="Date formats to try in order, as in strptime."
    )
    missing: tuple[str, ...] = Field(
        default=(), description="Published words that mean 'not known' (empty cells always do)."
    )
    unreadable: tuple[str, ...] = Field(
        default=(), description="Broken cells such as '#VALUE!': treated as missing and listed."
    )
    words: dict[str, str | None] = Field(
        default_factory=dict, description="Published word → canonical term; null = not known."
    )

    @field_validator("date")
    @classmethod
    def _can_be_read(cls, forms: tuple[str, ...]) -> tuple[str, ...]:
        for form in forms:
            flaw = flaw_of_format(form)
            if flaw is not None:
                raise ValueError(flaw)
        return forms

    @model_validator(mode="after")
    def _has_one_origin(self) -> Column:
        origins = [self.column is not None, bool(self.called), bool(self.first_of)]
        origins += [bool(self.join), self.constant is not None]
        if sum(origins) != 1:
            raise ValueError("give exactly one of: column, called, first_of, join, constant")
        return self


class Break(Described):
    """A date at which a series stops being comparable with its own past."""

    on: date
    why: str
    affects: tuple[str, ...] = Field(
        default=(),
        description="Ids of the indicators affected; none listed means all of the table.",
    )
    words: tuple[Literal["category", "filed_by", "finding", "discipline"], ...] = Field(
        default=(),
        description="Columns in which only the words changed: what is neither split nor filtered "
        "by one of them stays comparable. None listed means that the rows themselves changed.",
    )
    source: AnyHttpUrl | None = None

    @property
    def concerned(self) -> tuple[str, ...]:
        """Name the indicators it concerns, and the columns whose words changed; none means all."""
        return (*self.affects, *(f"words of {column}" for column in self.words))


class TableSpec(Described):
    """One published table: which file, whose, for when, and what its columns mean."""

    file: str = Field(
        pattern=BELOW_PUBLISHED,
        description="A file below `published/`: .csv, .csv.gz, .xlsx, .parquet or .geojson.",
    )
    sheet: str | None = Field(default=None, description="The sheet, for Excel.")
    encoding: str | None = Field(
        default=None, description="Only where recognising the encoding goes wrong."
    )
    source: Source
    fetch: AnyFetch | None = Field(
        default=None, description="Where `trustboard refresh` gets the newest rows."
    )
    coverage: Coverage | None = Field(default=None, description="None for a table without time.")
    unit: str = Field(description="What one row is: complaint, allegation, officer-allegation …")
    row_id: str | None = Field(
        default=None, description="The publisher's own row number or id, where there is one."
    )
    columns: dict[str, str | Column]
    breaks: tuple[Break, ...] = ()
    totals_series: str | None = Field(
        default=None,
        description="Series id of published figures that print this table's totals, to compare.",
    )
    verified: Verified = Field(
        default="rows", description="What this description was checked against."
    )
    notes: tuple[str, ...] = ()

    @field_validator("encoding")
    @classmethod
    def _is_known(cls, name: str | None) -> str | None:
        flaw = None if name is None else flaw_of_encoding(name)
        if flaw is not None:
            raise ValueError(flaw)
        return name

    def column(self, name: str) -> Column | None:
        """Give the description of one of our columns in its long form, or None."""
        spec = self.columns.get(name)
        return Column(column=spec) if isinstance(spec, str) else spec


class Publication(Described):
    """A document that is known to exist or was promised, whether or not it could be read."""

    id: str
    title: str
    holder: str = Field(description="Who holds it.")
    topics: tuple[Literal["complaints", "outcomes", "outreach", "figures"], ...]
    should_contain: tuple[str, ...]
    status: Literal["read", "exists_not_read", "promised", "overdue"]
    period: str = ""
    due: date | None = Field(
        default=None, description="The day it was or is to appear, where one was given."
    )
    last_appeared: date | None = Field(
        default=None, description="The day an edition of it last appeared, where that is known."
    )
    url: AnyHttpUrl | None = None
    found_through: AnyHttpUrl | None = Field(
        default=None, description="The page that names the document."
    )
    note: str = ""


class Map(Described):
    """How places are drawn: tiles of our own drawing, or the publisher's boundaries."""

    kind: Literal["tiles", "boundaries"]
    file: str | None = Field(
        default=None, pattern=BELOW_PUBLISHED, description="A .geojson below `published/`."
    )
    id_property: str | None = Field(default=None, description="The property holding our place_id.")
    fetch: AnyFetch | None = Field(default=None, description="Where the boundaries can be fetched.")
    verified: Verified = Field(default="rows", description="What `fetch` was checked against.")


class PlacesSpec(Described):
    """What the city calls its places and which level its rows are located by."""

    level: Literal["neighborhood", "district"] = "neighborhood"
    singular: str = "neighborhood"
    plural: str = "neighborhoods"
    map: Map | None = None
    also: dict[str, str] = Field(
        default_factory=dict,
        description="Places that rows name but no places file lists: id → name. Counted, no rate.",
    )
    population_note: str = ""


class RecordsLaw(Described):
    """The law under which a resident can ask for records."""

    name: str
    citation: str
    url: AnyHttpUrl
    custodian: str


class City(Described):
    """One city's `city.yml`."""

    name: str
    region: str = Field(description="State or country, as residents write it.")
    fictional: bool = Field(default=False, description="True puts a banner on every page.")
    about: str = Field(description="Two or three sentences: what is and is not published here.")
    places: PlacesSpec = PlacesSpec()
    tables: dict[TableName, TableSpec] = Field(default_factory=dict)
    words: dict[str, dict[str, str | None]] = Field(
        default_factory=dict, description="Per canonical column: published word → canonical term."
    )
    category_names: dict[str, str] = Field(
        default_factory=dict, description="Category id → how to print it."
    )
    publications: tuple[Publication, ...] = ()
    how_to_get: Annotated[str, Field(description="What to say when the files are absent.")] = ""
    records_law: RecordsLaw | None = None
    links: dict[str, AnyHttpUrl] = Field(default_factory=dict)
