"""What can be done with a home that one may only read?"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from pysqlite3 import dbapi2 as sqlite  # type: ignore[import-untyped]  # the package has no annotations

from index.document import Article, Paragraph, Source, SourceFormat
from index.filters import Selection
from index.identity import article_id
from index.incoming import Incoming
from index.library import Library
from index.search.opening import open_engine
from index.store.open import open_store
from index.store.store import StoreError

NOBODY = 65534


@pytest.fixture
def home() -> Iterator[Path]:
    """A home with an article, in a folder that every user may enter."""
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        home.chmod(0o755)
        with closing(opened(home)) as library:
            article = Article("A quay", Source(SourceFormat.JSON), id=article_id("path:1"), slug="a", blocks=(Paragraph("Stone."),))
            library.add([Incoming(article, "path:1", fingerprint="1")])
            library.catch_up()
        yield home


def opened(home: Path) -> Library:
    """The library in a home."""
    return Library(open_store("sqlite:///broadsheet.db", home), open_engine("whoosh:///index", home))


@contextmanager
def only_read(home: Path) -> Iterator[None]:
    """Be a user who may write nothing in a home: root may write anywhere, so it is somebody else meanwhile."""
    paths, user = [home, *home.rglob("*")], os.geteuid()
    modes = [path.stat().st_mode for path in paths]
    for path in paths:
        path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        if user == 0:
            os.seteuid(NOBODY)
        yield
    finally:
        if user == 0:
            os.seteuid(user)
        for path, mode in zip(paths, modes, strict=True):
            path.chmod(mode)


def test_it_answers_and_can_be_checked(home: Path) -> None:
    """Nothing is made beside it."""
    before = sorted(home.rglob("*"))
    with only_read(home), closing(opened(home)) as library:
        assert library.catch_up() == 1
        assert library.snapshot().count([Selection("stone")]) == [1]
        assert [article.title for article, *_ in library.store.everything()] == ["A quay"]
        assert library.check() == []
    assert sorted(home.rglob("*")) == before


def test_it_shows_what_another_user_writes(home: Path) -> None:
    """Who has it open meanwhile."""
    with closing(opened(home)) as other, only_read(home), closing(opened(home)) as library:
        other.store.persist_documents({"late": "{ site { title } }"})
        assert library.store.persisted_document("late") == "{ site { title } }"


def test_writing_to_it_is_refused_with_a_sentence(home: Path) -> None:
    """That says what to look at."""
    with only_read(home), closing(opened(home)) as library, pytest.raises(StoreError, match=r"cannot be written\. May this user write"):
        library.remove([article_id("path:1")])


@pytest.mark.parametrize(
    ("found", "said"), [("0002", r"by an older version\. Have a user who may write it"), ("9999", "made by a newer version")]
)
def test_one_of_another_version_is_refused_with_a_sentence(home: Path, found: str, said: str) -> None:
    """For it cannot be migrated."""
    with closing(sqlite.connect(str(home / "broadsheet.db"))) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = ?", [found])
    with only_read(home), pytest.raises(StoreError, match=said):
        opened(home)
