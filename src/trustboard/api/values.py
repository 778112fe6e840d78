"""A measured table, a source and a refusal in plain values: the words beside the numbers."""

from __future__ import annotations

from typing import Any

from trustboard import METHOD_VERSION
from trustboard.citydata import CityData
from trustboard.exports import citation, data_to, filters_sentence, reproduce_line
from trustboard.indicator import catalogue
from trustboard.pins import pin_of
from trustboard.provenance import tables_used
from trustboard.query import Query
from trustboard.tidy import STATES, CannotMeasure, Measured


def head_of(city: CityData) -> dict[str, Any]:
    """Say whose data an answer rests on, up to when, and in which version."""
    return {
        "city": city.slug,
        "city_name": city.city.name,
        "invented": city.city.fictional,
        "as_of": data_to(city),
        "data_hash": city.data_hash,
        "method_version": METHOD_VERSION,
        "pin": pin_of(city),
    }


def words_of(found: Measured, city: CityData, *, query: Query, link: str) -> dict[str, Any]:
    """Give everything that belongs to a measured table besides its rows."""
    tables = tables_used(city, catalogue()[found.indicator], query)
    cited = citation(found, city, link)
    return {
        "indicator": found.indicator,
        "title": found.title,
        "question": found.question,
        "kind": found.kind,
        "unit": found.unit,
        "counted_by": query.unit,
        "denominator": found.denominator,
        "filters": list(found.filters),
        "filters_sentence": filters_sentence(found),
        "period": found.period,
        "groups": list(found.groups),
        "names": found.names,
        "states": dict(STATES),
        "method": found.method,
        "caveats": list(found.limits),
        "breaks": [{"on": on.date(), "why": why} for on, why in found.breaks],
        "sources": [source_values(table.spec.source) for table in tables],
        "link": link,
        "citation": cited.plain,
        "bibtex": cited.bibtex,
        "reproduce": reproduce_line(city, found.indicator, query),
    }


def source_values(source: Any) -> dict[str, Any]:
    """Give a table's source with its licence."""
    return {
        "publisher": source.publisher,
        "title": source.title,
        "url": str(source.url),
        "licence": source.licence,
        "retrieved": source.retrieved,
        "published": source.published,
    }


def cannot_values(found: CannotMeasure) -> dict[str, Any]:
    """Give the reason why there is no answer."""
    return {
        "indicator": found.indicator,
        "title": found.title,
        "question": found.question,
        "cannot_tell": found.why,
        "missing": list(found.missing),
        "would_resolve": found.would_resolve,
        "publications": list(found.publications),
    }
