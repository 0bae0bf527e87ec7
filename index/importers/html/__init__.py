"""How does a web page, or a piece of one, become an article?"""

from __future__ import annotations

from index.importers.html.fragments import fragment, inline
from index.importers.html.pages import read

__all__ = ["fragment", "inline", "read"]
