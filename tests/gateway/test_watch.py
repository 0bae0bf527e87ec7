"""`broadsheet watch`, as a process that follows real folders."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.service import COMMAND, ROOT, broadsheet, environment
from tests.waiting import PATIENCE, until


class Watch:
    """A running watch and what it has said."""

    def __init__(self, home: Path, *folders: Path) -> None:
        home.mkdir(exist_ok=True)
        self.home = home
        self.output = home / "watch.log"
        with self.output.open("wb") as log:
            command = [*COMMAND, "watch", *map(str, folders)]
            self.process = subprocess.Popen(command, cwd=ROOT, env=environment(home), stdout=log, stderr=log)

    def said(self) -> list[str]:
        """The lines so far."""
        return self.output.read_text(encoding="utf-8").splitlines()

    def wait_for(self, line: str, after: int = 0) -> int:
        """Wait until a line that begins so is said, and give the number of lines up to and with it."""

        def found() -> int:
            return next((number for number, one in enumerate(self.said()[after:], after + 1) if one.startswith(line)), 0)

        until(lambda: found() or self.process.poll() is not None)
        assert found(), f"{line!r} was not said: {self.said()}"
        return found()

    def titles(self) -> set[str]:
        """The titles of what is stored."""
        done = broadsheet("export", "-", home=self.home)
        return {json.loads(line)["title"] for line in done.stdout.splitlines()}

    def end(self, number: int = signal.SIGTERM) -> int:
        """Send a signal, and give the exit status."""
        self.process.send_signal(number)
        return self.process.wait(timeout=30)


@contextlib.contextmanager
def watching(home: Path, *folders: Path) -> Iterator[Watch]:
    """A watch whose first import is done."""
    watch = Watch(home, *folders)
    try:
        watch.wait_for("watching")
        yield watch
    finally:
        if watch.process.poll() is None:
            watch.process.kill()
            watch.process.wait()


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A folder of two articles, and something else."""
    folder = tmp_path / "site"
    (folder / "deep").mkdir(parents=True)
    (folder / "one.md").write_text("# One\n\nText of one.\n")
    (folder / "deep" / "two.md").write_text("# Two\n\nText of two.\n")
    (folder / "style.css").write_text("a {}")
    return folder


def test_the_archive_follows_what_is_made_changed_moved_and_removed(site: Path, tmp_path: Path) -> None:
    """Each set of changes has its line; the articles are known by their path in the folder, as `import` knows them."""
    with watching(tmp_path / "home", site) as watch:
        assert watch.said()[0] == "2 created, 0 updated, 0 unchanged, 0 rejected"
        (site / "deep" / "three.md").write_text("# Three\n\nText of three.\n")
        at = watch.wait_for("1 created, 0 updated, 0 unchanged, 0 rejected", 2)
        (site / "one.md").write_text("# One again\n\nText of one.\n")
        at = watch.wait_for("0 created, 1 updated, 0 unchanged, 0 rejected", at)
        (site / "deep").rename(site / "elsewhere")
        at = watch.wait_for("2 created, 0 updated, 1 unchanged, 2 removed, 0 rejected", at)
        (site / "one.md").unlink()
        watch.wait_for("0 created, 0 updated, 2 unchanged, 1 removed, 0 rejected", at)
        assert watch.titles() == {"Two", "Three"}
        assert watch.end() == 0
    again = broadsheet("import", site, "--prune", home=tmp_path / "home")
    assert again.stdout.splitlines()[-1] == "0 created, 0 updated, 2 unchanged, 0 rejected"
    assert broadsheet("check", home=tmp_path / "home").returncode == 0


def test_what_vanished_before_it_began_is_removed(site: Path, tmp_path: Path) -> None:
    """The first import prunes."""
    broadsheet("import", site, home=tmp_path / "home")
    (site / "one.md").unlink()
    with watching(tmp_path / "home", site) as watch:
        assert watch.said()[0] == "0 created, 0 updated, 1 unchanged, 1 removed, 0 rejected"
        assert watch.titles() == {"Two"}


def test_a_half_written_file_leaves_its_article_and_is_tried_again(site: Path, tmp_path: Path) -> None:
    """It is rejected with its name; once it is whole, the article is the new one."""
    whole = json.dumps({"title": "Three", "blocks": [{"kind": "PARAGRAPH", "text": "New text."}]})
    (site / "three.json").write_text(json.dumps({"title": "Three as it was"}))
    with watching(tmp_path / "home", site) as watch:
        (site / "three.json").write_text(whole[:40])
        at = watch.wait_for(f"rejected: {site / 'three.json'}", 2)
        at = watch.wait_for("0 created, 0 updated, 0 unchanged, 1 rejected", at)
        assert "Three as it was" in watch.titles()
        (site / "three.json").write_text(whole)
        watch.wait_for("0 created, 1 updated, 0 unchanged, 0 rejected", at)
        assert watch.titles() == {"One", "Two", "Three"}


def test_files_whose_names_are_no_text_are_followed(site: Path, tmp_path: Path) -> None:
    """Two that only such bytes tell apart are two articles; a folder with such a name cannot be watched, and a sentence says so."""
    first, second = (site / os.fsdecode(b"caf%b.md" % byte) for byte in (b"\xe9", b"\xea"))
    first.write_text("# First\n\nText.\n")
    with watching(tmp_path / "home", site) as watch:
        second.write_text("# Second\n\nText.\n")
        at = watch.wait_for("1 created, 0 updated, 3 unchanged, 0 rejected", 2)
        first.write_text("# First again\n\nText.\n")
        at = watch.wait_for("0 created, 1 updated, 3 unchanged, 0 rejected", at)
        second.unlink()
        watch.wait_for("0 created, 0 updated, 3 unchanged, 1 removed, 0 rejected", at)
        assert watch.titles() == {"One", "Two", "First again"}
    done = broadsheet("watch", site / os.fsdecode(b"\xff"), home=tmp_path / "home")
    assert (done.returncode, "no UTF-8" in done.stderr) == (2, True)


def test_hundreds_of_changes_at_once_are_all_taken(site: Path, tmp_path: Path) -> None:
    """Files that are made, changed, made and removed again, half written and gone, in one go: what is there in the end is stored."""
    with watching(tmp_path / "home", site) as watch:
        for number in range(300):
            (site / f"{number}.md").write_text(f"# Page {number}\n\nText.\n")
        for number in range(0, 300, 3):
            (site / f"{number}.md").unlink()
        for number in range(1, 300, 3):
            (site / f"{number}.md").write_text(f"# Page {number} anew\n\nText.\n")
        (site / "half.json").write_text('{"title": "Ha')
        (site / "half.json").unlink()
        (site / "last.md").write_text("# Last\n\nText.\n")
        expected = {"One", "Two", "Last", *(f"Page {n} anew" for n in range(1, 300, 3)), *(f"Page {n}" for n in range(2, 300, 3))}
        end = time.monotonic() + PATIENCE
        while watch.titles() != expected:
            assert time.monotonic() < end, watch.said()
        assert watch.end() == 0
    assert broadsheet("check", home=tmp_path / "home").returncode == 0


def test_an_article_whose_address_another_file_has_too_outlives_the_first(site: Path, tmp_path: Path) -> None:
    """What vanished is looked for everywhere before its article goes."""
    page = '<html><head><title>Same</title><link rel="canonical" href="https://a.example/same"></head><body><p>Text.</p></body></html>'
    (site / "a.html").write_text(page)
    (site / "b.html").write_text(page)
    with watching(tmp_path / "home", site) as watch:
        (site / "b.html").unlink()
        watch.wait_for("0 created, 1 updated, 2 unchanged, 0 rejected", 2)
        assert watch.titles() == {"One", "Two", "Same"}


def test_what_is_hidden_and_what_is_ours_is_not_followed(site: Path, tmp_path: Path) -> None:
    """An editor's files beside an article, and a home inside the folder, say nothing and begin nothing."""
    with watching(site / "var", site) as watch:
        (site / ".one.md.swp").write_text("# Hidden")
        (site / "style.css").write_text("b {}")
        (site / "last.md").write_text("# Last\n\nText.\n")
        at = watch.wait_for("1 created", watch.wait_for("watching"))
        time.sleep(1)  # that nothing comes can only be waited for
        assert len(watch.said()) == at
        assert watch.titles() == {"One", "Two", "Last"}


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_cleanly(site: Path, tmp_path: Path, number: int) -> None:
    """Without a traceback, and with 0."""
    with watching(tmp_path / "home", site) as watch:
        assert watch.end(number) == 0
        assert watch.said()[-1] == "ended"
        assert len(watch.said()) == 3


def test_a_signal_ends_the_first_import_too(tmp_path: Path) -> None:
    """However much there is to read."""
    pile = tmp_path / "pile"
    pile.mkdir()
    (pile / "many.jsonl").write_text("".join(json.dumps({"title": f"Article {n}"}) + "\n" for n in range(30_000)))
    watch = Watch(tmp_path / "home", pile)
    assert until((tmp_path / "home" / "broadsheet.db").exists)
    time.sleep(0.5)  # somewhere in the middle of the reading, wherever that is
    assert watch.end() == 0
    assert watch.said() == ["ended"]


def test_only_folders_that_exist_can_be_watched(site: Path, tmp_path: Path) -> None:
    """A sentence says what to do instead."""
    for path in (site / "one.md", site / "none", Path("-")):
        done = broadsheet("watch", path, home=tmp_path / "home")
        assert done.returncode == 2
        assert done.stderr.startswith(f"broadsheet: {path} is no folder that can be watched.")


def test_a_folder_that_is_gone_ends_it_and_nothing_is_removed(site: Path, tmp_path: Path) -> None:
    """It may be a disk that is away for a while."""
    with watching(tmp_path / "home", site) as watch:
        site.rename(tmp_path / "away")
        assert watch.process.wait(PATIENCE) == 2
        assert watch.said()[-1] == (f"broadsheet: {site} is gone. What was imported from it stays; bring the folder back, and start again.")
        assert watch.titles() == {"One", "Two"}
