"""What every `fetch:` in `city.yml` has in common. Knows nothing of the network."""

from __future__ import annotations

import re
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field

from trustboard.described import Described

HOST = re.compile(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*(:\d{1,5})?")
USUAL_PORTS = {"http": 80, "https": 443}


def host_of(address: str) -> str:
    """Give the host of a web address, with the port where it is not the usual one.

    Raises `ValueError` for anything but http and https, for names and passwords in the address,
    and for a host that is not plain ASCII.
    """
    parts = urlsplit(address)
    if parts.scheme not in USUAL_PORTS:
        raise ValueError(f"{address[:80]!r} must begin with https:// or http://")
    if "@" in parts.netloc or "\\" in address or not HOST.fullmatch(parts.netloc.lower()):
        raise ValueError(f"{address[:80]!r} has no plain host name")
    usual = parts.port in (None, USUAL_PORTS[parts.scheme])
    return str(parts.hostname) if usual else f"{parts.hostname}:{parts.port}"


def _web_address(value: str) -> str:
    host_of(value)
    return value


def _site(value: str) -> str:
    """Give the site as `https://host`; `http://` only where it is written out."""
    address = value if "://" in value else f"https://{value}"
    host_of(address)
    return address.rstrip("/")


def _host(value: str) -> str:
    return host_of(f"https://{value}")


WebAddress = Annotated[str, AfterValidator(_web_address)]
Site = Annotated[str, AfterValidator(_site)]
Host = Annotated[str, AfterValidator(_host)]


class Fetch(Described):
    """Where a table can be fetched. Each type of portal adds its own fields."""

    also_from: tuple[Host, ...] = Field(
        default=(), description="Other hosts that the publisher may point to, such as its storage."
    )
    may_be_empty: bool = Field(
        default=False, description="True where a table without rows is nothing unusual."
    )
    note: str = ""

    def own_hosts(self) -> frozenset[str]:
        """Name the hosts that the fields of this type name."""
        raise NotImplementedError

    def hosts(self) -> frozenset[str]:
        """Name every host that will be asked; no other ever is."""
        return self.own_hosts() | frozenset(self.also_from)
