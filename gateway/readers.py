"""Who is asking, and what may they see?"""

from __future__ import annotations

from starlette.requests import HTTPConnection

from index.library import Library
from schema.context import Reader, SiteSettings


class Readers:
    """Makes the reader of each request. `remote` says whether store or index are reached over a network, so that reads wait for it."""

    def __init__(self, library: Library, site: SiteSettings, seconds: float, *, remote: bool = False) -> None:
        self.library = library
        self.site = site
        self.seconds = seconds
        self.remote = remote

    def reader(self, _connection: HTTPConnection) -> Reader:
        """The reader of a request: nobody sees drafts and future articles yet."""
        return Reader(self.library, self.site, seconds=self.seconds)
