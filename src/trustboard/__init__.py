"""TrustBoard: were promises that officials made in public kept? Computed from published data."""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("trustboard")
except PackageNotFoundError:  # the source tree is used without being installed
    __version__ = "0+unknown"

#: Raised whenever a rule or a computation changes in a way that could change a published number.
METHOD_VERSION = "1.0"

#: What stands under the name, on every page and in every preview of one.
TAGLINE = "What officials promised, and what published data show"
