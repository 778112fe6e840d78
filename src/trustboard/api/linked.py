"""Verdicts and data sets in the words of schema.org, for search engines and fact-check indexes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from trustboard.citydata import CityData
from trustboard.exports.describing import data_to, place_line
from trustboard.exports.promises import outcome_word, said_on
from trustboard.verdict_states import CannotTell
from trustboard.verdicts import AssessedCommitment, AssessedTest


@dataclass(frozen=True, slots=True)
class Site:
    """Where this is served: the site, and the city's part of the API."""

    home: str
    api: str


def graph(city: CityData, found: Sequence[AssessedCommitment], *, site: Site) -> dict[str, Any]:
    """Describe a city's data set and each verdict as JSON-LD.

    A verdict has words and no number: "cannot tell" has no place on a scale.
    """
    reviews = [_review(one, test, city, site=site) for one in found for test in one.tests]
    reviews += [_untested(one, city, site=site) for one in found if one.not_measurable]
    return {
        "@context": "https://schema.org",
        "@graph": [_organization(site), dataset(city, site=site), *reviews],
    }


def dataset(city: CityData, *, site: Site) -> dict[str, Any]:
    """Describe a city's tables as a schema.org `Dataset`."""
    spans = [t.spec.coverage for t in city.tables.values() if t.spec.coverage is not None]
    values: dict[str, Any] = {
        "@type": "Dataset",
        "@id": f"{site.api}#dataset",
        "name": f"TrustBoard: {place_line(city)}",
        "description": " ".join(city.city.about.split()),
        "url": f"{site.home}/?city={city.slug}",
        "version": city.data_hash,
        "isAccessibleForFree": True,
        "spatialCoverage": {"@type": "Place", "name": f"{city.city.name}, {city.city.region}"},
        "publisher": {"@id": f"{site.home}/#trustboard"},
        "isBasedOn": [_based_on(city, name) for name in city.tables],
        "distribution": [
            {
                "@type": "DataDownload",
                "encodingFormat": "application/zip",
                "contentUrl": f"{site.api}/package",
            }
        ],
    }
    if spans:
        first, last = min(s.from_ for s in spans), max(s.to for s in spans)
        values["temporalCoverage"] = f"{first}/{last}"
    if data_to(city):
        values["dateModified"] = city.as_of
    licences = sorted({t.spec.source.licence for t in city.tables.values()})
    return {**values, **({"license": [_licence(one) for one in licences]} if licences else {})}


def _licence(words: str) -> str | dict[str, str]:
    """Give a license as schema.org wants it: an address, or a work with a name."""
    if words.startswith(("https://", "http://")) and " " not in words:
        return words
    return {"@type": "CreativeWork", "name": words}


def _based_on(city: CityData, name: str) -> dict[str, Any]:
    source = city.tables[name].spec.source
    return {
        "@type": "Dataset",
        "name": source.title,
        "description": f"{source.title}, published by {source.publisher}, used for: {name}.",
        "url": str(source.url),
        "license": _licence(source.licence),
        "creator": {"@type": "Organization", "name": source.publisher},
    }


def _organization(site: Site) -> dict[str, Any]:
    return {
        "@type": "Organization",
        "@id": f"{site.home}/#trustboard",
        "name": "TrustBoard",
        "url": site.home,
    }


def _review(
    one: AssessedCommitment, test: AssessedTest, city: CityData, *, site: Site
) -> dict[str, Any]:
    return {
        **_claim(one, city, site=site, part=test.test.id),
        "reviewAspect": test.test.question,
        "reviewBody": test.sentence or test.headline,
        "reviewRating": {"@type": "Rating", "alternateName": outcome_word(test.outcome)},
    }


def _untested(one: AssessedCommitment, city: CityData, *, site: Site) -> dict[str, Any]:
    reason = one.not_measurable
    assert isinstance(reason, CannotTell)  # noqa: S101 - the caller asks only for those
    return {
        **_claim(one, city, site=site, part="not-measurable"),
        "reviewBody": reason.found,
        "reviewRating": {"@type": "Rating", "alternateName": outcome_word(reason)},
    }


def _claim(one: AssessedCommitment, city: CityData, *, site: Site, part: str) -> dict[str, Any]:
    said = one.commitment
    where = f"{site.home}/commitments?city={city.slug}&commitment={said.id}"
    return {
        "@type": "ClaimReview",
        "@id": f"{site.api}/verdicts#{said.id}-{part}",
        "url": where,
        "datePublished": one.as_of,
        "author": {"@id": f"{site.home}/#trustboard"},
        "claimReviewed": said.statement,
        "itemReviewed": {
            "@type": "Claim",
            "name": said.title,
            "author": {
                "@type": "Person",
                "name": said.said_by.name,
                "jobTitle": said.said_by.office,
            },
            "datePublished": said_on(said),
            "appearance": {"@type": "CreativeWork", "url": str(said.source.url)},
        },
        "isBasedOn": {"@id": f"{site.api}#dataset"},
    }
