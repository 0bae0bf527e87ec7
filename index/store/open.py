"""Which store does a setting name?"""

from __future__ import annotations

from pathlib import Path

from index.store.sqlite import SqliteStore
from index.store.store import Store, StoreError

SQLITE = "sqlite:///"


def open_store(url: str, home: Path, *, read_limit: float = 2.0, write_patience: float = 30.0) -> Store:
    """The store at this address, made or migrated where it has to be; raises `StoreError`.

    `sqlite:///name.db` stands in the home, `sqlite:////path/name.db` anywhere. `read_limit` is how many seconds one read may take,
    `write_patience` how many a write waits for another process's.
    """
    if url.startswith(SQLITE) and len(url) > len(SQLITE):
        return SqliteStore(home / url.removeprefix(SQLITE), read_limit=read_limit, write_patience=write_patience)
    scheme = url.partition(":")[0]
    raise StoreError(f"No store is known by the address “{url}” ({scheme}). Set BROADSHEET_STORE to one such as sqlite:///broadsheet.db.")
