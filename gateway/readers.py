"""Who is asking, and what may they see?"""

from __future__ import annotations

from starlette.requests import HTTPConnection

from index.library import Library
from schema.context import Reader, SiteSettings
from schema.holding import Holdings


class Readers:
    """Makes the reader of each request. `remote` says whether store or index are reached over a network, so that reads wait for it."""

    def __init__(self, library: Library, site: SiteSettings, seconds: float, *, remote: bool = False) -> None:
        self.library = library
        self.site = site
        self.seconds = seconds
        self.remote = remote

    def scopes(self, _connection: HTTPConnection) -> frozenset[str]:
        """What a caller may do beyond what everybody may: nothing yet."""
        return frozenset()

    def reader(self, connection: HTTPConnection, holdings: Holdings | None = None) -> Reader:
        """The reader of a request, who notes in `holdings` what the answer holds."""
        preview = "preview" in self.scopes(connection)
        return Reader(self.library, self.site, preview=preview, seconds=self.seconds, holdings=holdings)
