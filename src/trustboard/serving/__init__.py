"""The dashboard and the API in one process, with what keeps both safe and quick."""

from trustboard.serving.application import application, parts

__all__ = ["application", "parts"]
