"""Which index does a setting name?"""

from __future__ import annotations

from pathlib import Path

from index.search.embedded import WhooshEngine
from index.search.engine import Engine, UnknownIndex
from index.search.synonyms import NONE, Synonyms

WHOOSH = "whoosh:///"


def open_engine(url: str, home: Path, *, seconds: float = 2.0, synonyms: Synonyms = NONE, rehearsed: bool = False) -> Engine:
    """The index at this address, its folder made where it is missing; raises `UnknownIndex`.

    `whoosh:///name` stands in the home, `whoosh:////path` anywhere. `seconds` is how long one search may take; `synonyms` are put
    into queries. `rehearsed`: whether it is for a process that answers many questions, of which the first shall not wait.
    """
    if url.startswith(WHOOSH) and len(url) > len(WHOOSH):
        return WhooshEngine(home / url.removeprefix(WHOOSH), seconds=seconds, synonyms=synonyms, rehearsed=rehearsed)
    raise UnknownIndex(f"No index is known by the address {url!r}. Set BROADSHEET_INDEX to one such as whoosh:///index.")
