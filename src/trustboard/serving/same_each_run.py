"""What Streamlit tells a page anew with each run, though it is the same each time: its dress.

With every run Streamlit goes six times through all its settings to say which colors and fonts the
page has; for an empty page that is a third of the work. Settings do not change while a server
runs, so each part of the answer is worked out once, and again only if the settings are read
again.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeAlias

from streamlit import config
from streamlit.proto.NewSession_pb2 import CustomThemeConfig
from streamlit.runtime import app_session

Fill: TypeAlias = Callable[[CustomThemeConfig, str], None]
#: The function that is kept from working it out each time. None of Streamlit's promises covers it:
#: where a later release does without it, nothing is changed.
NAME: Final = "_populate_theme_msg"


def dress_once() -> bool:
    """Let each part of the dress be worked out once; say whether Streamlit still works it out."""
    fill: Fill | None = getattr(app_session, NAME, None)
    if fill is None:
        return False
    if not isinstance(fill, Once):
        setattr(app_session, NAME, Once(fill))
    return True


class Once:
    """Fills a message as `fill` does, which is asked once for each part."""

    def __init__(self, fill: Fill) -> None:
        self.fill = fill
        self._parts: dict[str, CustomThemeConfig] = {}
        config.on_config_parsed(self._parts.clear, force_connect=True)

    def __call__(self, message: CustomThemeConfig, section: str = "theme") -> None:
        """Fill in what a section of the settings says; nothing where it says nothing."""
        part = self._parts.get(section)
        if part is None:
            part = CustomThemeConfig()
            self.fill(part, section)
            self._parts[section] = part
        if part.ByteSize():
            message.MergeFrom(part)
