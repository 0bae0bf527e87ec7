"""Which files paths stand for."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from index.importers.files import DEEPEST, File, ending, files, no_article, shown
from index.importers.material import Rejection, Skipped


def locations(*paths: str) -> list[str]:
    """Where the files are that these paths stand for."""
    return [found.location for found in files(paths) if isinstance(found, File)]


def reasons(*paths: str) -> dict[str, str]:
    """What was skipped or rejected, and why."""
    return {found.location: found.reason for found in files(paths) if not isinstance(found, File)}


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder as archives are, and the working directory above it."""
    for name in ("b.md", "a/z.html", "a/b.txt", "a.md", ".git/config", "pictures/p.PNG", "style.css", "LICENSE"):
        path = tmp_path / "archive" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    monkeypatch.chdir(tmp_path)
    return tmp_path / "archive"


def test_a_folder_is_walked_in_the_order_of_names(archive: Path) -> None:
    """Folders and files stand among each other by name, each as it was reached from the path given."""
    assert locations("archive") == ["archive/a/b.txt", "archive/a/z.html", "archive/a.md", "archive/b.md"]


def test_a_file_in_a_folder_goes_by_its_path_within_it(archive: Path) -> None:
    """`path` is relative to the folder, `publication` the folder's name, `origin` absolute."""
    first = next(file for file in files(["./archive/"]) if isinstance(file, File))
    assert first == File("./archive/a/b.txt", "./archive/a/b.txt", "a/b.txt", "archive", str(archive / "a" / "b.txt"), named=False)


def test_a_single_file_goes_by_its_name(archive: Path) -> None:
    """It has no publication."""
    assert list(files(["archive/a/b.txt"])) == [File("archive/a/b.txt", "archive/a/b.txt", "b.txt", "", str(archive / "a" / "b.txt"))]


def test_the_working_directory_is_a_publication_by_its_name(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A dot stands for the folder that it is."""
    monkeypatch.chdir(archive)
    assert next((file.publication, file.path) for file in files(["."]) if isinstance(file, File)) == ("archive", "a/b.txt")


def test_what_is_no_article_by_its_name_is_skipped_and_counted(archive: Path) -> None:
    """Hidden things, pictures, styles and licences in a folder are passed over with a phrase to count them by."""
    assert reasons("archive") == {
        "archive/.git": "hidden file or folder",
        "archive/pictures/p.PNG": ".png file",
        "archive/style.css": ".css file",
        "archive/LICENSE": "file named license",
    }


def test_what_was_named_directly_is_never_passed_over(archive: Path) -> None:
    """A picture that was given by itself is a file to answer for."""
    assert locations("archive/style.css", "archive/.git/config") == ["archive/style.css", "archive/.git/config"]


def test_a_pattern_stands_for_what_it_matches_in_order(archive: Path) -> None:
    """Each match counts as if it had been given by itself; two stars go through folders."""
    assert locations("archive/*.md") == ["archive/a.md", "archive/b.md"]
    assert locations("archive/**/*.txt") == ["archive/a/b.txt"]


def test_a_file_whose_name_is_a_pattern_is_that_file(archive: Path) -> None:
    """Brackets in the name of a file that is there match nothing else."""
    (archive / "[a].md").write_text("x")
    assert locations("archive/[a].md") == ["archive/[a].md"]


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("nowhere.md", "There is no such file or folder. Check the path."),
        ("nothing/*.md", "No file matches this pattern."),
        ("nul\0.md", "There is no such file or folder. Check the path."),
        ("archive/a.md/inside", "There is no such file or folder. Check the path."),
    ],
)
def test_a_path_to_nothing_is_rejected_with_its_reason(archive: Path, path: str, reason: str) -> None:
    """The sentence says what to do."""
    assert list(files([path])) == [Rejection(path, reason, is_gone=True)]


def test_a_link_to_nothing_is_rejected(archive: Path) -> None:
    """Given by itself as well as in a folder."""
    (archive / "gone.md").symlink_to("elsewhere.md")
    assert list(files(["archive/gone.md"])) == [Rejection("archive/gone.md", "This link points to nothing that can be reached.")]
    assert Rejection("archive/gone.md", "It is gone, or a link to nothing.") in list(files(["archive"]))


def test_a_link_back_to_a_folder_above_is_passed_over(archive: Path) -> None:
    """A circle of links comes to an end at once."""
    (archive / "a" / "up").symlink_to("..")
    assert reasons("archive")["archive/a/up"] == "link to a folder above"
    assert len(locations("archive")) == 4


def test_a_link_to_another_folder_is_followed(archive: Path, tmp_path: Path) -> None:
    """What is reached through it belongs to the path through it."""
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "c.md").write_text("x")
    (archive / "linked").symlink_to(tmp_path / "other")
    assert "archive/linked/c.md" in locations("archive")


def test_folders_beyond_all_depth_are_passed_over(archive: Path) -> None:
    """The depth is bounded, and what is below is counted."""
    deep = archive
    for _ in range(DEEPEST + 1):
        deep = deep / "d"
    deep.mkdir(parents=True)
    (deep / "x.md").write_text("x")
    assert f"folder more than {DEEPEST} deep" in reasons("archive").values()


def test_pipes_in_a_folder_are_passed_over(archive: Path) -> None:
    """Opening one could wait for ever."""
    os.mkfifo(archive / "pipe")
    assert list(files(["archive"]))[-2] == Skipped("archive/pipe", "device, socket or pipe")


def test_a_device_that_was_named_is_rejected() -> None:
    """It is neither a file nor a folder."""
    assert list(files(["/dev/null"])) == [Rejection("/dev/null", "This is neither a file nor a folder.")]


def test_a_pipe_that_was_named_is_a_file(archive: Path) -> None:
    """Shells hand over what a command says in that form."""
    os.mkfifo(archive / "pipe")
    assert locations("archive/pipe") == ["archive/pipe"]


def test_standard_input_is_a_file() -> None:
    """It has no place on disk."""
    assert list(files(["-"])) == [File("-", "-", "-")]


def test_a_name_that_is_no_text_is_shown_as_text(archive: Path) -> None:
    """Bytes that are no UTF-8 open the file, but do not reach what is stored; names that they alone tell apart stay two."""
    for byte in (b"\xe9", b"\xea"):
        (archive / os.fsdecode(b"caf%b.md" % byte)).write_text(byte.hex())
    found = [file for file in files(["archive"]) if isinstance(file, File) and file.location.startswith("archive/caf")]
    assert [(file.location, file.path) for file in found] == [(f"archive/caf%{byte}.md", f"caf%{byte}.md") for byte in ("E9", "EA")]
    assert [Path(file.name).read_text() for file in found] == ["e9", "ea"]
    assert shown("caf\udcc3\udca9 \udce9") == "café %E9"


def test_a_rejection_is_one_line_whatever_the_name_holds() -> None:
    """Line breaks and what would move a terminal's cursor are escaped."""
    assert str(Rejection("a\nb\x1b[2J é.md", "It is empty.", 3)) == "a\\nb\\x1b[2J é.md:3: It is empty."


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_folder_that_may_not_be_read_is_rejected(archive: Path) -> None:
    """The others are walked."""
    (archive / "a").chmod(0)
    try:
        assert Rejection("archive/a", "It may not be read. Check its permissions.") in list(files(["archive"]))
    finally:
        (archive / "a").chmod(0o755)


def test_an_ending_is_what_follows_the_last_dot() -> None:
    """Of the name, not of a folder; a name that begins with the dot has none."""
    assert [ending(path) for path in ("a/b.MD", "a.b/c", ".htaccess", "x.tar.gz")] == ["md", "", "", "gz"]


def test_pages_of_any_other_ending_may_be_articles() -> None:
    """The content decides about those."""
    assert [no_article(path) for path in ("a.php", "2019/03/a-title", "a.asp", "notes.org")] == [None] * 4
