"""Every type of `fetch:` that `city.yml` may declare, found by scanning this package.

A module here with a `Fetch` model of its own (whose `kind` names the type) and a function `fetch`
is a type. Nothing else lists the types, so adding one touches one file.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import or_
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Any, get_args

from pydantic import Field

from trustboard.sources.base import Fetch

if TYPE_CHECKING:
    from trustboard.sources.contract import Fetched


@dataclass(frozen=True, slots=True)
class FetchType:
    """One type: what may be declared, and what fetches it (`fetch(declared, job)`)."""

    model: type[Fetch]
    fetch: Callable[[Any, Any], Fetched]


def scan(folder: Path) -> dict[str, FetchType]:
    """Import the modules of a folder of this package and keep those that are types, by `kind`."""
    found: dict[str, FetchType] = {}
    for module in pkgutil.iter_modules([str(folder)]):
        if module.ispkg or module.name == "declared":
            continue
        name = f"trustboard.sources.{module.name}"
        inside = vars(importlib.import_module(name))
        models = [v for v in inside.values() if _is_own_model(v, module=name)]
        for model in models if "fetch" in inside else []:
            (kind,) = get_args(model.model_fields["kind"].annotation)
            found[kind] = FetchType(model, inside["fetch"])
    return found


def _is_own_model(value: object, *, module: str) -> bool:
    own = isinstance(value, type) and issubclass(value, Fetch) and value.__module__ == module
    return own and "kind" in value.model_fields  # type: ignore[attr-defined]


TYPES: Mapping[str, FetchType] = MappingProxyType(scan(Path(__file__).parent))

if TYPE_CHECKING:
    AnyFetch = Fetch
else:
    AnyFetch = Annotated[
        reduce(or_, (TYPES[kind].model for kind in sorted(TYPES))), Field(discriminator="kind")
    ]
