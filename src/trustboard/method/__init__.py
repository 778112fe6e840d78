"""What the method page says, built from the rule itself and from the published simulation."""

from __future__ import annotations

from trustboard.method.page import Section, method_page
from trustboard.method.published import published
from trustboard.simulation.tables import Table

__all__ = ["Section", "Table", "method_page", "published"]
