"""The same input gives the same output: whatever the machine, the order of the paths, or the way through document JSON."""

from __future__ import annotations

import subprocess
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given

from index.document import Article, SourceFormat
from index.encoding import to_json
from index.importers.material import Material, Reading
from index.importers.read import finish, read, read_all, shown
from index.incoming import Incoming
from tests.service import COMMAND, ROOT, environment
from tests.strategies import articles

DATA = ROOT / ".." / "shared" / "data"
COLLECTIONS = {"articles": 200, "flat": 40, "html": 20, "frontmatter": 105, "wxr": 300, "feeds": 150}
"""Folders of the sample data, and how many of their articles are sent through document JSON: all of them take minutes."""


def read_json(*paths: str | Path, **variables: str) -> list[bytes]:
    """The lines that `broadsheet read --json` prints."""
    command = [*COMMAND, "read", *map(str, paths), "--json"]
    return subprocess.run(command, cwd=ROOT, env=environment(Path("/nowhere"), **variables), capture_output=True).stdout.splitlines()


def again(line: bytes) -> bytes:
    """A line of document JSON once it has been imported and is exported again."""
    material = Material(line, "export.jsonl", "export.jsonl")
    (reading,) = read(material, SourceFormat.JSON)
    assert isinstance(reading, Reading), reading
    return to_json(shown(finish(reading, material)))


def test_locale_time_zone_and_hash_seed_do_not_matter() -> None:
    """Every format, the saved inputs of the fuzzer among them."""
    paths = ("examples/archive", *(f"tests/corpus/{format.value.lower()}" for format in SourceFormat))
    first = read_json(*paths, TZ="UTC", LC_ALL="C", PYTHONHASHSEED="0")
    assert len(first) > 40
    assert read_json(*paths, TZ="Asia/Kathmandu", LC_ALL="tr_TR.UTF-8", PYTHONHASHSEED="1") == first
    assert read_json(*paths, TZ="America/New_York", LC_ALL="de_DE.ISO-8859-1", PYTHONHASHSEED="2", PYTHONUTF8="0") == first


def test_the_order_of_the_paths_is_that_of_the_output_and_nothing_else() -> None:
    """The articles are the same."""
    folders = [path for path in sorted((ROOT / "examples" / "archive").iterdir()) if path.is_dir()]
    forth, back = read_json(*folders), read_json(*reversed(folders))
    assert forth != back
    assert sorted(forth) == sorted(back)


@given(articles)
def test_any_article_comes_back_from_its_own_json(article: Article) -> None:
    """Byte by byte, once what no page may show has been taken out of it."""
    once = again(to_json(article))
    assert again(once) == once


@pytest.mark.skipif(not DATA.is_dir(), reason="the shared data is not here")
@pytest.mark.parametrize("folder", COLLECTIONS)
def test_articles_of_each_collection_come_back_from_their_json(folder: str) -> None:
    """Byte by byte."""
    found = (one for one in read_all([str(DATA / folder)], processes=1) if isinstance(one, Incoming))
    lines = [to_json(shown(one)) for one in islice(found, COLLECTIONS[folder])]
    assert len(lines) > COLLECTIONS[folder] * 0.8
    assert [line for line in lines if again(line) != line] == []
