"""The search for inputs that importers trip over: what is saved is read, and what is a defect is found."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from index.document import SourceFormat
from index.importers import dispatch
from tests.fuzzed import NAMES, TARGETS, Defect, read_through, unpack
from tests.service import ROOT

CORPUS = ROOT / "tests" / "corpus"
SAVED = [path for path in sorted(CORPUS.glob("*/*")) if path.parent.name != "packed"]


@pytest.mark.parametrize("path", SAVED, ids=lambda path: f"{path.parent.name}/{path.name}")
@pytest.mark.parametrize("sniffed", [False, True])
def test_what_is_saved_is_read(path: Path, sniffed: bool) -> None:
    """As what it is, and as what it is found to be; at least one article comes out."""
    format = SourceFormat(path.parent.name.upper())
    assert read_through(path.read_bytes(), None if sniffed else format, path.name) >= 1


@pytest.mark.parametrize("path", sorted(CORPUS.glob("packed/*")), ids=lambda path: path.name)
def test_what_is_saved_is_unpacked(path: Path) -> None:
    """Or refused with a sentence."""
    unpack(path.read_bytes())


def test_every_format_is_fuzzed_and_has_saved_inputs() -> None:
    """And a name by which its files are known."""
    assert set(NAMES) == set(SourceFormat)
    assert {path.parent.name for path in CORPUS.glob("*/*")} == set(TARGETS)


def test_what_is_a_defect_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """An importer that trips is found, though an import would go on."""

    def trips(_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setitem(dispatch.IMPORTERS, SourceFormat.HTML, trips)
    with pytest.raises(Defect, match="defect of this program \\(ZeroDivisionError"):
        read_through(b"<p>a</p>", SourceFormat.HTML, "a.html")


@pytest.mark.skipif(find_spec("atheris") is None, reason="atheris has no package for this machine")
@pytest.mark.parametrize("target", sorted(TARGETS))
def test_a_short_search_finds_nothing(tmp_path: Path, target: str) -> None:
    """It ends with 0, and says how much was read; the long one is `make fuzz`."""
    command = [sys.executable, "-m", "tests.fuzz", target, "--runs", "300", "--seed", "1", "--grown", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    assert re.search(r"number_of_executed_units: 3\d\d", done.stderr)
    assert list((tmp_path / "defects").iterdir()) == []
