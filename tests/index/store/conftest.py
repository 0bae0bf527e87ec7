"""Stores to test, one of each implementation, and articles to put into them."""

from __future__ import annotations

import datetime as dt
import itertools
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from index.document import Article, Author, Category, Paragraph, Source, SourceFormat, Tag
from index.store.open import open_store
from index.store.store import Incoming, Store

Make = Callable[..., Incoming]
Open = Callable[[], Store]

IMPLEMENTATIONS = ("sqlite",)  # every one passes every test that asks for `store`


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], Store]:
    """Opens an empty store at a path in a moment: the tables are copied, not made. For tests that need hundreds."""
    made = tmp_path_factory.mktemp("empty")
    open_store("sqlite:///empty.db", made).close()

    def opening(path: Path) -> Store:
        shutil.copy(made / "empty.db", path)
        return open_store(f"sqlite:///{path}", made)

    return opening


@pytest.fixture(params=IMPLEMENTATIONS)
def open_new(tmp_path: Path, empty: Callable[[Path], Store]) -> Iterator[Open]:
    """Opens a new empty store of one implementation each time; all are closed at the end."""
    opened: list[Store] = []

    def opening() -> Store:
        opened.append(empty(tmp_path / f"{len(opened)}.db"))
        return opened[-1]

    yield opening
    for store in opened:
        store.close()


@pytest.fixture
def store(open_new: Open) -> Store:
    """An empty store."""
    return open_new()


@pytest.fixture
def make() -> Make:
    """Makes an incoming article; whatever is not given follows from its number, which counts up."""
    numbers = itertools.count(1)

    def incoming(key: str | None = None, *, fingerprint: str = "", origin: str = "", **fields: Any) -> Incoming:
        number = next(numbers)
        fields.setdefault("title", f"Article {number}")
        fields.setdefault("source", Source(SourceFormat.MARKDOWN, location=f"{number}.md"))
        fields.setdefault("blocks", (Paragraph(f"This is the text of number {number}."),))
        for name, kind in (("authors", Author), ("categories", Category), ("tags", Tag)):
            if name in fields:
                fields[name] = tuple(kind(thing) if isinstance(thing, str) else thing for thing in fields[name])
        return Incoming(Article(**fields), key if key is not None else f"path:{number}.md", fingerprint, origin)

    return incoming


def day(number: int, month: int = 1, year: int = 2024) -> dt.datetime:
    """Midnight UTC of a day."""
    return dt.datetime(year, month, number, tzinfo=dt.UTC)


@pytest.fixture(name="day")
def day_fixture() -> Callable[..., dt.datetime]:
    """Midnight UTC of a day of January 2024, or of another month and year."""
    return day
