"""The first view of a page as plain HTML: readable before any script runs, and without any.

Search engines, link previews, printers and visitors without JavaScript see nothing else. Its
numbers and sentences are those of the page: the same measured tables, verdicts and wording.
"""

from trustboard.first_view.drawing import first_view

__all__ = ["first_view"]
