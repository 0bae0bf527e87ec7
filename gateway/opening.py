"""How do settings become an open library?"""

from __future__ import annotations

from pathlib import Path

import typer

from gateway.settings import Misconfigured, Settings
from index.library import Library
from index.search.engine import UnknownIndex
from index.search.opening import open_engine
from index.search.synonyms import NONE, BadSynonyms, Synonyms, read_synonyms
from index.store.open import open_store
from schema.context import SiteSettings


def open_library(settings: Settings, *, serving: bool = False) -> Library:
    """The store and the index that the settings name, for a service or for one command; raises `StoreError` or `Misconfigured`."""
    synonyms = _synonyms(settings)
    store = open_store(settings.text("store"), settings.home, read_limit=settings.number("limit_store_seconds"))
    try:
        seconds = settings.number("limit_search_seconds")
        engine = open_engine(settings.text("index"), settings.home, seconds=seconds, synonyms=synonyms, rehearsed=serving)
    except UnknownIndex as error:
        store.close()
        raise Misconfigured(str(error)) from None
    return Library(store, engine)


def tell_if_empty(library: Library, settings: Settings) -> None:
    """Say on standard error that nothing has ever been imported: most likely another home is meant."""
    if not library.store.revision():
        typer.echo(f"broadsheet: there is nothing in {settings.home} yet. Import something, or name another home with --home.", err=True)


def _synonyms(settings: Settings) -> Synonyms:
    name = settings.text("synonyms")
    try:
        return read_synonyms(settings.home / Path(name).expanduser()) if name else NONE
    except BadSynonyms as error:
        raise Misconfigured(str(error)) from None


def site_settings(settings: Settings) -> SiteSettings:
    """What the operator says about the archive."""
    from gateway.version import version

    return SiteSettings(
        title=settings.text("title"),
        description=settings.text("description") or None,
        url=settings.text("url") or None,
        version=version(),
    )
