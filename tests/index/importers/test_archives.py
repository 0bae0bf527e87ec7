"""What files hold, once unpacked."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import random
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from index.importers import archives
from index.importers.archives import ENDS_EARLY, SWOLLEN, Found, opened
from index.importers.files import File
from index.importers.material import Rejection, Skipped, Unreadable

TEXT = b"# Night work\n\nThe council met.\n"
NOISE = random.Random(7).randbytes(300_000)


def put(folder: Path, name: str, content: bytes, *, named: bool = True) -> File:
    """A file with this content."""
    (folder / name).write_bytes(content)
    path = str(folder / name)
    return File(path, name, name, "" if named else "folder", path, named)


def contents(file: File) -> list[tuple[str, bytes] | Rejection | Skipped]:
    """What is in a file: locations and bytes, or what became of it."""
    return [(found.file.location, found.stream.read()) if isinstance(found, Found) else found for found in opened(file)]


def zipped(**members: bytes) -> bytes:
    """A zip archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def tarred(mode: str, **members: bytes) -> bytes:
    """A tar archive; `mode` is how it is compressed."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=f"w:{mode}") as archive:  # type: ignore[call-overload]  # the mode is put together
        for name, content in members.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return out.getvalue()


def test_a_plain_file_is_itself(tmp_path: Path) -> None:
    """Its stream can be read from the start as often as one likes."""
    (found,) = opened(put(tmp_path, "a.md", TEXT))
    assert isinstance(found, Found)


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress], ids=["gzip", "bzip2", "xz"])
def test_a_compressed_file_is_what_it_was(tmp_path: Path, pack: object) -> None:
    """By its first bytes, whatever it is called; it keeps its name and that it was named directly."""
    file = put(tmp_path, "a.dat", pack(TEXT))  # type: ignore[operator]  # a packer of the table above
    for found in opened(file):
        assert isinstance(found, Found)
        assert found.file == file
        assert [found.stream.read(), found.stream.seek(0), found.stream.read(3)] == [TEXT, 0, TEXT[:3]]


def test_members_of_a_zip_archive_stand_under_it_as_under_a_folder(tmp_path: Path) -> None:
    """Their path is the one within it, their publication what it is called."""
    file = put(tmp_path, "site.backup.zip", zipped(**{"posts/a.md": TEXT, "b.md": b"b"}))
    found = [found.file for found in opened(file) if isinstance(found, Found)]
    assert [(f.location, f.path, f.publication, f.origin, f.named) for f in found] == [
        ("site.backup.zip/posts/a.md", "posts/a.md", "site", f"{tmp_path}/site.backup.zip/posts/a.md", False),
        ("site.backup.zip/b.md", "b.md", "site", f"{tmp_path}/site.backup.zip/b.md", False),
    ]


def test_an_archive_in_a_folder_is_part_of_its_path(tmp_path: Path) -> None:
    """The folder goes on being the publication."""
    file = put(tmp_path, "a.zip", zipped(**{"b.md": b"b"}), named=False)
    found = next(found.file for found in opened(file) if isinstance(found, Found))
    assert (found.path, found.publication) == ("a.zip/b.md", "folder")


@pytest.mark.parametrize("mode", ["", "gz", "bz2", "xz"])
def test_members_of_a_tar_archive_are_read(tmp_path: Path, mode: str) -> None:
    """However it is compressed; folders and links are no files."""
    assert contents(put(tmp_path, "a.tar", tarred(mode, **{"x/a.md": TEXT, "b.txt": b"b"}))) == [
        ("a.tar/x/a.md", TEXT),
        ("a.tar/b.txt", b"b"),
    ]


def test_links_in_an_archive_are_passed_over(tmp_path: Path) -> None:
    """They may point anywhere."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        folder, link = tarfile.TarInfo("d"), tarfile.TarInfo("l.md")
        folder.type, link.type, link.linkname = tarfile.DIRTYPE, tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(folder)
        archive.addfile(link)
    assert contents(put(tmp_path, "a.tar", out.getvalue())) == [Skipped("a.tar/l.md", "link or device in an archive")]


def test_what_is_no_article_in_an_archive_is_skipped(tmp_path: Path) -> None:
    """By name, and what is hidden, as in a folder."""
    members = {"a.png": b"x", ".git/config": b"x", "__MACOSX/a.md": b"x", "d/": b""}
    assert contents(put(tmp_path, "a.zip", zipped(**members))) == [
        Skipped("a.zip/a.png", ".png file"),
        Skipped("a.zip/.git/config", "hidden file or folder"),
        Skipped("a.zip/__MACOSX/a.md", "hidden file or folder"),
    ]


def test_a_path_that_climbs_out_of_an_archive_does_not(tmp_path: Path) -> None:
    """Nothing is written anyway; what is shown stays within."""
    assert contents(put(tmp_path, "a.zip", zipped(**{"../../etc\\a.md": b"x"}))) == [("a.zip/etc/a.md", b"x")]


def test_packings_within_packings_are_seen_through(tmp_path: Path) -> None:
    """A compressed file in a compressed archive is read; what is packed more often is not."""
    thrice = tarred("gz", **{"a.jsonl.gz": gzip.compress(TEXT)})
    assert contents(put(tmp_path, "a.tgz", thrice)) == [("a.tgz/a.jsonl.gz", TEXT)]
    reason = "It is packed more than 3 times over. Unpack it first."
    assert contents(put(tmp_path, "b.gz", gzip.compress(gzip.compress(gzip.compress(gzip.compress(TEXT)))))) == [Rejection("b.gz", reason)]


def test_an_office_document_is_refused_by_name(tmp_path: Path) -> None:
    """It is a zip archive, but of no articles."""
    (rejection,) = contents(put(tmp_path, "a.docx", zipped(**{"[Content_Types].xml": b"x"})))
    assert isinstance(rejection, Rejection)
    assert "office document" in rejection.reason
    (rejection,) = contents(put(tmp_path, "a.epub", zipped(mimetype=b"application/epub+zip")))
    assert isinstance(rejection, Rejection)


def test_a_packing_that_ends_early_is_rejected(tmp_path: Path) -> None:
    """Where nothing of it can be read, at once."""
    for name, content in [("a.gz", gzip.compress(NOISE)[:9]), ("a.zip", zipped(a=NOISE)[:99]), ("a.tar", tarred("", a=NOISE)[:700])]:
        out = contents(put(tmp_path, name, content))
        assert out[-1] == Rejection(out[-1].location, ENDS_EARLY), name  # type: ignore[union-attr]  # a packer of the table above


def test_the_sound_beginning_of_a_damaged_stream_can_be_read(tmp_path: Path) -> None:
    """What reads it is told where it breaks."""
    for found in opened(put(tmp_path, "a.gz", gzip.compress(NOISE)[:200_000])):
        assert isinstance(found, Found)
        assert found.stream.read(1000) == NOISE[:1000]
        with pytest.raises(Unreadable, match="damaged or ends early"):
            found.stream.read()


def test_a_damaged_member_costs_no_other(tmp_path: Path) -> None:
    """The next is read."""
    content = bytearray(zipped(**{"a.txt": b"a" * 1000, "b.txt": b"b"}))
    content[40:44] = b"\xff\xff\xff\xff"
    out = []
    for found in opened(put(tmp_path, "a.zip", bytes(content))):
        try:
            out.append(found.stream.read() if isinstance(found, Found) else found)
        except Unreadable as unreadable:
            out.append(unreadable.reason)
    assert out[-1] == b"b"


def test_an_encrypted_member_is_rejected(tmp_path: Path) -> None:
    """With what to do."""
    content = bytearray(zipped(**{"a.txt": b"a"}))
    content[6] |= 1
    content[content.index(b"PK\1\2") + 8] |= 1
    assert contents(put(tmp_path, "a.zip", bytes(content))) == [Rejection("a.zip/a.txt", "It is encrypted. Unpack the archive first.")]


@pytest.mark.parametrize("at", range(26))
def test_an_archive_whose_headers_lie_is_answered_for(tmp_path: Path, at: int) -> None:
    """Whatever a byte of a member's entry in the list of contents is; no name at all is one too."""
    content = bytearray(zipped(**{"a.txt": b"a", "b.txt": b"b"}))
    content[content.index(b"PK\1\2") + 4 + at] ^= 0xFF
    for n, found in enumerate(opened(put(tmp_path, f"{at}.zip", bytes(content)))):
        assert n < 2
        if isinstance(found, Found):
            assert found.stream.read() in (b"a", b"b")


def test_a_member_without_a_name_is_a_file(tmp_path: Path) -> None:
    """It goes by the name of its archive."""
    assert contents(put(tmp_path, "a.zip", zipped(NAME=b"x").replace(b"NAME", b"\0AME"))) == [("a.zip/", b"x")]


def test_a_decompression_bomb_is_refused_while_it_swells(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After as many bytes as its size allows, not after all of them."""
    monkeypatch.setattr(archives, "AT_LEAST", 2**20)
    bomb = gzip.compress(bytes(2**25))
    for found in opened(put(tmp_path, "bomb.gz", bomb)):
        assert isinstance(found, Found)
        with pytest.raises(Unreadable) as raised:
            found.stream.read()
        assert raised.value.reason == SWOLLEN


def test_members_share_what_an_archive_may_unpack_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A thousand small bombs are one."""
    monkeypatch.setattr(archives, "AT_LEAST", 2**20)
    monkeypatch.setattr(archives, "RATIO", 1)
    with pytest.raises(Unreadable, match="bomb"):
        contents(put(tmp_path, "a.zip", zipped(**{f"{n}.txt": bytes(400_000) for n in range(4)})))


def test_an_archive_of_too_many_files_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first are read; the reason says what to do with the rest."""
    monkeypatch.setattr(archives, "MOST_MEMBERS", 2)
    monkeypatch.setattr(archives._Budget.__init__, "__defaults__", (2,))
    out = contents(put(tmp_path, "a.zip", zipped(a=b"a", b=b"b", c=b"c")))
    assert [type(one).__name__ for one in out] == ["tuple", "tuple", "Rejection"]


def test_a_file_that_is_gone_is_rejected(tmp_path: Path) -> None:
    """Between the walk and the reading."""
    assert contents(File(str(tmp_path / "a.md"), "a.md", "a.md")) == [Rejection("a.md", "It is gone, or a link to nothing.")]
    assert contents(File(str(tmp_path), "d", "d")) == [Rejection("d", "It cannot be read: Is a directory.")]


def test_standard_input_is_unpacked_too(tmp_path: Path) -> None:
    """It is set aside, so that it can be rewound like any file."""
    program = "from index.importers.archives import opened\nfrom index.importers.files import File\n"
    program += "for f in opened(File('-', '-', '-')): print(f.file.publication, f.file.path, f.stream.read())"
    packed = zipped(**{"a.md": b"x"})
    done = subprocess.run([sys.executable, "-c", program], input=packed, capture_output=True, check=True, cwd=Path(__file__).parents[3])
    assert done.stdout == b" a.md b'x'\n"
