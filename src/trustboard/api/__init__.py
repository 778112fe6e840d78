"""The same numbers for programs: a read-only HTTP interface, feeds, and what crawlers ask for."""

from trustboard.api.application import routes

__all__ = ["routes"]
