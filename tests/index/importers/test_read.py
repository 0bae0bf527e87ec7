"""The whole way from paths to articles."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from index.document import SourceFormat
from index.importers.material import Rejection, Skipped
from index.importers.read import UNCHANGED, read_all
from index.incoming import Incoming

DATA = Path(__file__).parents[3] / ".." / "shared" / "data"
with_data = pytest.mark.skipif(not DATA.is_dir(), reason="the shared data is not here")


def lines(*records: object) -> str:
    """Records, a line each."""
    return "".join((record if isinstance(record, str) else json.dumps(record)) + "\n" for record in records)


def titles(outcomes: Sequence[Incoming | Rejection | Skipped]) -> list[str]:
    """The titles of articles, and the reasons of what is none."""
    return [outcome.article.title if isinstance(outcome, Incoming) else outcome.reason for outcome in outcomes]


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of many pages and records in several formats."""
    folder = tmp_path / "archive"
    folder.mkdir()
    for number in range(40):
        (folder / f"{number:02}.md").write_text(f"# Page {number}\n\nText.\n")
    (folder / "x.jsonl").write_text(lines(*({"title": f"Record {number}"} for number in range(40)), "broken"))
    (folder / "y.xml").write_text("<rss><channel><item><title>Item</title></item></channel></rss>")
    (folder / "z.png").write_bytes(b"\x89PNG")
    monkeypatch.chdir(tmp_path)
    return folder


EXPECTED = [
    *(f"Page {number}" for number in range(40)),
    *(f"Record {number}" for number in range(40)),
    "It is not JSON: expecting value at character 1.",
    "Item",
    ".png file",
]


@pytest.mark.parametrize("processes", [1, 3])
def test_the_order_is_that_of_the_input(archive: Path, processes: int) -> None:
    """Whatever runs in parallel, and every source is answered for."""
    assert titles(list(read_all(["archive"], processes=processes))) == EXPECTED


def test_several_paths_follow_one_another(archive: Path) -> None:
    """Each as it was given."""
    assert titles(list(read_all(["archive/z.png", "nowhere", "archive/*3.md"], processes=1)))[1:] == [
        "There is no such file or folder. Check the path.",
        *(f"Page {number}" for number in (3, 13, 23, 33)),
    ]


def test_a_format_may_be_given_for_all(archive: Path) -> None:
    """Then nothing is looked for."""
    (found,) = read_all(["archive/00.md"], format=SourceFormat.TEXT, processes=1)
    assert isinstance(found, Incoming)
    assert found.article.source.format is SourceFormat.TEXT


def test_times_keep_their_offsets_on_the_way(tmp_path: Path) -> None:
    """From the process that reads to whoever asked."""
    (tmp_path / "a.json").write_text('{"title": "One", "date": "2020-01-02T03:04:05+05:30"}')
    (found,) = read_all([str(tmp_path / "a.json")], processes=1)
    assert isinstance(found, Incoming)
    assert found.article.published_at is not None
    assert found.article.published_at.isoformat() == "2020-01-02T03:04:05+05:30"


def test_what_is_stored_is_not_read_again(archive: Path) -> None:
    """A second time everything whose fingerprint is known is skipped, with the key of its article."""
    first = [outcome for outcome in read_all(["archive"], processes=2) if isinstance(outcome, Incoming)]
    known = {incoming.fingerprint: incoming.key for incoming in first}
    asked: list[str] = []

    def stored(fingerprints: Sequence[str]) -> dict[str, str]:
        asked.extend(fingerprints)
        return {mark: known[mark] for mark in fingerprints if mark in known}

    (archive / "07.md").write_text("# Page 7, mended\n")
    second = list(read_all(["archive"], processes=2, stored=stored))
    assert titles(second) == [
        "Page 7, mended" if title == "Page 7" else title if title in ("Item", ".png file") or "JSON" in title else UNCHANGED
        for title in EXPECTED
    ]
    unchanged = [outcome for outcome in second if isinstance(outcome, Skipped) and outcome.reason == UNCHANGED]
    assert {outcome.key for outcome in unchanged} == {i.key for i in first} - {"path:07.md"} - {
        i.key for i in first if "Item" in i.article.title
    }
    assert unchanged[-1].line == 40


def test_records_that_only_their_title_names_are_told_apart(tmp_path: Path) -> None:
    """The first keeps the plain name; one that is repeated byte for byte is skipped."""
    path = tmp_path / "a.jsonl"
    path.write_text(lines({"title": "One", "text": "a"}, {"title": "One", "text": "b"}, {"title": "One", "text": "a"}, {"title": "Two"}))
    found = list(read_all([str(path)], processes=1))
    assert titles(found) == ["One", "One", "repeated record", "Two"]
    assert [i.key for i in found if isinstance(i, Incoming)] == ["path:a.jsonl#one", "path:a.jsonl#one-2", "path:a.jsonl#two"]
    assert len({i.article.id for i in found if isinstance(i, Incoming)}) == 3


def test_a_record_keeps_its_number_when_one_beside_it_changes(tmp_path: Path) -> None:
    """Else it would take the place of the other."""
    path = tmp_path / "a.jsonl"
    path.write_text(lines({"title": "One", "text": "a"}, {"title": "One", "text": "b"}))
    known = {i.fingerprint: i.key for i in read_all([str(path)], processes=1) if isinstance(i, Incoming)}
    path.write_text(lines({"title": "One", "text": "a"}, {"title": "One", "text": "mended"}))
    unchanged, mended = read_all([str(path)], processes=1, stored=lambda marks: {mark: known[mark] for mark in marks if mark in known})
    assert isinstance(unchanged, Skipped)
    assert isinstance(mended, Incoming)
    assert (unchanged.key, mended.key) == ("path:a.jsonl#one", "path:a.jsonl#one-2")


def test_the_same_titles_in_two_files_are_no_matter(tmp_path: Path) -> None:
    """Each file counts for itself."""
    for name in ("a.jsonl", "b.jsonl"):
        (tmp_path / name).write_text(lines({"title": "One"}, {"title": "Two"}))
    keys = [i.key for i in read_all([str(tmp_path)], processes=1) if isinstance(i, Incoming)]
    assert keys == [f"path:{name}#{title}" for name in ("a.jsonl", "b.jsonl") for title in ("one", "two")]


def test_articles_that_take_too_long_are_rejected(archive: Path) -> None:
    """Each by itself; reading comes to its end."""
    out = list(read_all(["archive/0*.md"], processes=2, patience=0))
    assert titles(out) == ["Reading it takes more than 0 seconds. Split it, or say so if it is an ordinary page."] * 10


def test_reading_can_be_left_off(archive: Path) -> None:
    """No process stays behind."""
    outcomes = read_all(["archive"], processes=2)
    first = next(outcomes)
    outcomes.close()  # type: ignore[attr-defined]  # it is a generator
    assert isinstance(first, Incoming)
    assert list(outcomes) == []


def test_a_folder_called_like_a_package_of_ours_gets_in_nobodys_way(archive: Path, tmp_path: Path) -> None:
    """Processes are started in the working directory, but import nothing from it."""
    for name in ("index", "html", "json"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").write_text("raise SystemExit(3)")
    root = Path(__file__).parents[3]
    program = "from index.importers.read import read_all; print(sum(1 for _ in read_all(['archive'], processes=2)))"
    done = subprocess.run(
        [sys.executable, "-P", "-c", program], env={**os.environ, "PYTHONPATH": str(root)}, capture_output=True, check=True
    )
    assert done.stdout.strip() == str(len(EXPECTED)).encode()


@with_data
def test_every_folder_of_the_sample_data_is_answered_for() -> None:
    """Nothing that is in it makes an importer fail."""
    for name, least in (("frontmatter", 105), ("wxr", 300), ("feeds", 150)):
        out = list(read_all([str(DATA / name)], processes=2))
        assert sum(isinstance(outcome, Incoming) for outcome in out) >= least, name
        assert not [outcome for outcome in out if isinstance(outcome, Rejection) and "defect" in outcome.reason], name
