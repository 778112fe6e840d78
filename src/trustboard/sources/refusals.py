"""Why a fetch was given up: one class per reason, each with what was asked, came, and helps."""

from __future__ import annotations


class FetchRefusedError(Exception):
    """A fetch was given up; nothing that came is used."""

    def __init__(self, *, asked: str, came: str, fix: str) -> None:
        self.asked, self.came, self.fix = asked, came, fix
        super().__init__(self.sentence())

    def sentence(self) -> str:
        """Say it as one line: what was asked, what came, what to do."""
        return f"Asked {self.asked}: {self.came}. {self.fix}"


class ForbiddenAddressError(FetchRefusedError):
    """The address is not http or https, not a declared host, or a private one."""


class ForbiddenRedirectError(ForbiddenAddressError):
    """The publisher pointed to an address that may not be asked."""


class UnreachableError(FetchRefusedError):
    """Nobody answered: no such host, no connection, or no answer in time, after every retry."""


class BusyPublisherError(FetchRefusedError):
    """The publisher kept asking to wait (429, 500, 502, 503, 504), after every retry."""


class RefusedByPublisherError(FetchRefusedError):
    """The publisher answered that it will not or cannot: any other status, or an error in JSON."""


class TooLargeError(FetchRefusedError):
    """The body or an archive member is larger than is accepted, as sent or once unpacked."""


class TooSlowError(FetchRefusedError):
    """The body did not arrive in the time allowed."""


class NotDataError(FetchRefusedError):
    """Something other than data came, such as an HTML page with status 200."""


class DamagedAnswerError(FetchRefusedError):
    """The body is cut off or cannot be read as what it claims to be."""


class EmptyAnswerError(FetchRefusedError):
    """No row came, and the description does not say that this can be so."""


class ChangedWhileReadError(FetchRefusedError):
    """The publisher's table changed between two pages, so the pages do not belong together."""


class DeclaredWronglyError(FetchRefusedError):
    """What `fetch` declares does not fit what the publisher offers or the table's file."""
