"""data.police.uk: forces of England, Wales and Northern Ireland. https://data.police.uk/docs/"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, Literal
from urllib.parse import quote

from pydantic import Field, model_validator

from trustboard.sources.base import Fetch, Site, host_of
from trustboard.sources.contract import Fetched
from trustboard.sources.job import Job, as_text
from trustboard.sources.refusals import RefusedByPublisherError

What = Literal["forces", "neighbourhoods", "events", "outcomes", "stops"]

#: The fields kept of each. Contact details and names of officers are left out on purpose.
COLUMNS: Mapping[What, tuple[str, ...]] = MappingProxyType(
    {
        "forces": ("id", "name"),
        "neighbourhoods": ("force", "id", "name"),
        "events": (
            "force",
            "neighbourhood",
            "title",
            "type",
            "start_date",
            "end_date",
            "address",
            "description",
        ),
        "outcomes": (
            "force",
            "month",
            "category.code",
            "category.name",
            "date",
            "person_id",
            "crime.id",
            "crime.persistent_id",
            "crime.category",
            "crime.month",
            "crime.location.latitude",
            "crime.location.longitude",
            "crime.location.street.id",
            "crime.location.street.name",
        ),
        "stops": (
            "force",
            "month",
            "datetime",
            "type",
            "object_of_search",
            "outcome",
            "legislation",
            "operation",
            "age_range",
            "gender",
            "officer_defined_ethnicity",
            "self_defined_ethnicity",
            "location.latitude",
            "location.longitude",
            "location.street.id",
            "location.street.name",
        ),
    }
)


class PoliceForce(Fetch):
    """What one force publishes."""

    kind: Literal["police_uk"]
    force: str = Field(pattern=r"^[a-z][a-z-]*$", description="Such as leicestershire.")
    what: What
    months: tuple[str, ...] = Field(default=(), description="As 2024-01, for outcomes and stops.")
    area: str | None = Field(
        default=None,
        pattern=r"^-?\d+(\.\d+)?,-?\d+(\.\d+)?(:-?\d+(\.\d+)?,-?\d+(\.\d+)?)*$",
        description="For outcomes: corners as `latitude,longitude:latitude,longitude:…`.",
    )
    site: Site = "https://data.police.uk"

    @model_validator(mode="after")
    def _has_months_and_area(self) -> PoliceForce:
        dated = self.what in {"outcomes", "stops"}
        if dated != bool(self.months):
            raise ValueError("give `months` for outcomes and stops, and only for them")
        if (self.what == "outcomes") != (self.area is not None):
            raise ValueError("give `area` for outcomes, and only for them")
        return self

    def own_hosts(self) -> frozenset[str]:
        """Name the service."""
        return frozenset({host_of(self.site)})


def fetch(declared: PoliceForce, job: Job) -> Fetched:
    """Fetch what is declared, one answer per neighbourhood or month."""
    job.keep_pages_of("")
    columns = COLUMNS[declared.what]
    records = READERS[declared.what](declared, job)
    rows = ([as_text(_at(record, name)) for name in columns] for record in records)
    return job.finish_rows(columns, rows)


def _list(declared: PoliceForce, job: Job, path: str, params: dict[str, str] | None = None) -> Any:
    """Ask for a list of objects."""
    answer = job.get_json(f"{declared.site}/api/{path}", params=params)
    if not isinstance(answer, list) or not all(isinstance(item, dict) for item in answer):
        raise RefusedByPublisherError(
            asked=job.answers[-1].url,
            came=f"something that is not a list: {as_text(answer)[:120]}",
            fix="Check `force` and `months` in city.yml.",
        )
    job.progress.add(rows=len(answer))
    return answer


def _forces(declared: PoliceForce, job: Job) -> Iterator[dict[str, Any]]:
    """List every force that the service knows; which one is declared does not matter."""
    yield from _list(declared, job, "forces")


def _neighbourhoods(declared: PoliceForce, job: Job) -> Iterator[dict[str, Any]]:
    for item in _list(declared, job, f"{declared.force}/neighbourhoods"):
        yield {"force": declared.force, **item}


def _events(declared: PoliceForce, job: Job) -> Iterator[dict[str, Any]]:
    for place in list(_neighbourhoods(declared, job)):
        path = f"{declared.force}/{quote(str(place['id']), safe='')}/events"
        for item in _list(declared, job, path):
            yield {"force": declared.force, "neighbourhood": place["id"], **item}


def _outcomes(declared: PoliceForce, job: Job) -> Iterator[dict[str, Any]]:
    for month in declared.months:
        params = {"date": month, "poly": str(declared.area)}
        for item in _list(declared, job, "outcomes-at-location", params):
            yield {"force": declared.force, "month": month, **item}


def _stops(declared: PoliceForce, job: Job) -> Iterator[dict[str, Any]]:
    for month in declared.months:
        params = {"force": declared.force, "date": month}
        for item in _list(declared, job, "stops-force", params):
            yield {"force": declared.force, "month": month, **item}


READERS: Mapping[What, Callable[[PoliceForce, Job], Iterator[dict[str, Any]]]] = MappingProxyType(
    {
        "forces": _forces,
        "neighbourhoods": _neighbourhoods,
        "events": _events,
        "outcomes": _outcomes,
        "stops": _stops,
    }
)


def _at(record: Any, path: str) -> Any:
    """Follow a dotted path; None where it ends early."""
    for name in path.split("."):
        record = record.get(name) if isinstance(record, dict) else None
    return record
