"""The search for inputs that importers trip over: it finds what it should, and what is saved is read."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import pytest

from index.document import SourceFormat
from tests.fuzz import CORPUS, NAMES, Tally, corpus, defect_of, inputs, main


@pytest.mark.parametrize("path", sorted(CORPUS.glob("*/*")), ids=lambda path: f"{path.parent.name}/{path.name}")
@pytest.mark.parametrize("sniffed", [False, True])
def test_what_is_saved_is_read(path: Path, sniffed: bool) -> None:
    """As what it is, and as what it is found to be; at least one article comes out."""
    format, tally = SourceFormat(path.parent.name.upper()), Tally()
    assert defect_of(path.read_bytes(), None if sniffed else format, path.name, tally) == ""
    assert tally.read.total() >= 1


def test_every_format_has_saved_inputs() -> None:
    """And a name by which its files are known."""
    assert set(NAMES) == set(SourceFormat)
    assert all(corpus().values())


def test_a_seed_gives_the_same_inputs() -> None:
    """Another gives others, once those that are saved have been."""
    saved = corpus()
    first, again, other = (list(islice(inputs(seed, saved), 120)) for seed in (1, 1, 2))
    known = 2 * sum(map(len, saved.values()))
    assert first == again
    assert first[:known] == other[:known]
    assert all(one != another for one, another in zip(first[known:], other[known:], strict=True))
    assert {format for _, format, _ in first} == {*SourceFormat, None}


def test_an_input_that_takes_too_long_is_kept(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The run says where, and ends with 1; nothing else is left."""
    assert main(["--most", "1", "--patience", "0.0001", "--findings", str(tmp_path)]) == 1
    (kept,) = tmp_path.iterdir()
    assert kept.read_bytes() == next(inputs(0, corpus()))[0]
    assert "it takes longer than 0.0001 seconds" in capsys.readouterr().out


def test_a_short_search_finds_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It ends with 0, and says how much was read."""
    assert main(["--most", "60", "--seconds", "120", "--findings", str(tmp_path)]) == 0
    assert list(tmp_path.iterdir()) == []
    assert capsys.readouterr().out.splitlines()[-1] == "60 inputs, 0 defects"
