"""Into which pieces files fall."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from index.document import SourceFormat
from index.importers import pieces as cutting
from index.importers.material import Material, Rejection, Skipped
from index.importers.pieces import Entry, Piece, pieces

RSS = b"<rss><channel><title>The Daily</title>\n<item><title>One</title></item>\n<item><title>Two</title></item></channel></rss>"
WXR = RSS.replace(b"<rss>", b'<rss xmlns:wp="http://wordpress.org/export/1.2/">')


def cut(folder: Path, name: str, content: bytes, *, named: bool = True, format: SourceFormat | None = None) -> list[Entry]:
    """The pieces of one file, given by itself or come across in its folder."""
    (folder / name).write_bytes(content)
    return list(pieces([str(folder / name if named else folder)], format))


def contents(entries: list[Entry]) -> list[tuple[bytes, int, bool]]:
    """Bytes, line, and whether it is a part."""
    return [(piece.content, piece.line, piece.part) for piece in entries if isinstance(piece, Piece)]


def test_a_page_is_one_piece(tmp_path: Path) -> None:
    """With the format that its content shows."""
    (piece,) = cut(tmp_path, "a.txt", b"---\ntitle: One\n---\n")
    assert isinstance(piece, Piece)
    assert (piece.format, piece.part, piece.named, piece.origin) == (SourceFormat.MARKDOWN, False, True, f"{tmp_path}/a.txt")
    assert piece.material == Material(piece.content, f"{tmp_path}/a.txt", "a.txt")


def test_each_record_of_a_json_file_is_a_piece(tmp_path: Path) -> None:
    """One that is alone in its file is the file."""
    assert contents(cut(tmp_path, "a.jsonl", b'{"title": "One"}\n{"title": "Two"}')) == [
        (b'{"title": "One"}', 1, True),
        (b'{"title": "Two"}', 2, True),
    ]
    assert contents(cut(tmp_path, "a.json", b'\n{"title": "One"}')) == [(b'{"title": "One"}', 2, False)]


@pytest.mark.parametrize(("content", "format"), [(RSS, SourceFormat.FEED), (WXR, SourceFormat.WXR)])
def test_each_item_of_a_feed_or_an_export_is_a_piece(tmp_path: Path, content: bytes, format: SourceFormat) -> None:
    """With what the file says of all beside it, the same for each."""
    one, two = cut(tmp_path, "a.xml", content)
    assert isinstance(one, Piece)
    assert isinstance(two, Piece)
    assert (one.content, one.line, two.line, one.part) == (b"<item><title>One</title></item>", 2, 3, True)
    assert (one.format, one.beside is two.beside, b"The Daily" in one.beside) == (format, True, True)


def test_a_fingerprint_is_known_where_the_bytes_are_all(tmp_path: Path) -> None:
    """It differs with content and format; an item's depends on what its feed says, and is found out by reading."""
    marks = [piece.fingerprint for piece in cut(tmp_path, "a.jsonl", b'{"title": "One"}\n{"title": "Two"}') if isinstance(piece, Piece)]
    (text,) = cut(tmp_path, "a.txt", b"The council met.")
    (markdown,) = cut(tmp_path, "a.txt", b"The council met.", format=SourceFormat.MARKDOWN)
    assert isinstance(text, Piece)
    assert isinstance(markdown, Piece)
    assert len({*marks, text.fingerprint, markdown.fingerprint}) == 4
    assert {piece.fingerprint for piece in cut(tmp_path, "a.xml", RSS) if isinstance(piece, Piece)} == {""}


def test_a_format_that_is_given_is_not_looked_for(tmp_path: Path) -> None:
    """Even where the content shows another."""
    (piece,) = cut(tmp_path, "a.html", b"<!DOCTYPE html><p>x", format=SourceFormat.TEXT)
    assert isinstance(piece, Piece)
    assert piece.format is SourceFormat.TEXT


def test_a_format_that_is_given_makes_no_text_of_what_is_none(tmp_path: Path) -> None:
    """An empty or binary file is refused; XML of another kind is what it is said to be."""
    assert cut(tmp_path, "a.dat", b"", format=SourceFormat.TEXT) == [Rejection(f"{tmp_path}/a.dat", "It is empty.")]
    (piece,) = cut(tmp_path, "a.dat", b'<?xml version="1.0"?><urlset/>', format=SourceFormat.TEXT)
    assert isinstance(piece, Piece)


def test_a_page_beyond_all_size_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without being read to its end; the number is named."""
    monkeypatch.setattr(cutting, "LONGEST_PAGE", 2**20)
    assert cut(tmp_path, "a.md", b"# A\n" + bytes([120]) * 2**20) == [
        Rejection(f"{tmp_path}/a.md", "It is longer than the 1 MiB that one page may have. Split it.")
    ]


def test_what_claims_to_be_an_article_and_is_none_is_rejected(tmp_path: Path) -> None:
    """In a folder as well: an empty page, a picture called Markdown."""
    assert cut(tmp_path, "a.md", b"", named=False) == [Rejection(f"{tmp_path}/a.md", "It is empty.")]
    (rejection,) = cut(tmp_path, "a.md", b"\x89PNG\r\n", named=False)
    assert isinstance(rejection, Rejection)


def test_what_does_not_claim_it_is_skipped_in_a_folder(tmp_path: Path) -> None:
    """And rejected where it was given by itself."""
    assert cut(tmp_path, "a.dat", b"\x89PNG\r\n", named=False) == [Skipped(f"{tmp_path}/a.dat", ".dat file")]
    (rejection,) = cut(tmp_path, "a.dat", b"\x89PNG\r\n")
    assert isinstance(rejection, Rejection)


def test_xml_of_another_kind_is_skipped_in_a_folder(tmp_path: Path) -> None:
    """Sites have site maps."""
    sitemap = b'<?xml version="1.0"?><urlset></urlset>'
    assert cut(tmp_path, "sitemap.xml", sitemap, named=False) == [Skipped(f"{tmp_path}/sitemap.xml", "file of another kind")]
    (rejection,) = cut(tmp_path, "sitemap.xml", sitemap)
    assert isinstance(rejection, Rejection)


def test_a_file_without_records_or_items_is_answered_for(tmp_path: Path) -> None:
    """An empty array is a fault, an empty feed is not."""
    assert cut(tmp_path, "a.json", b"[]") == [Rejection(f"{tmp_path}/a.json", "It holds no record.")]
    assert cut(tmp_path, "a.xml", b"<rss><channel></channel></rss>") == [Skipped(f"{tmp_path}/a.xml", "feed without entries")]


def test_records_and_items_beyond_all_size_are_rejected_one_by_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The others are read."""
    monkeypatch.setattr("index.importers.splitting.LONGEST_RECORD", 20)
    long, short = cut(tmp_path, "a.jsonl", b'{"title": "' + b"x" * 30 + b'"}\n{"title": "Two"}')
    assert isinstance(long, Rejection)
    assert isinstance(short, Piece)
    monkeypatch.setattr("index.importers.items.LONGEST_ITEM", 1000)
    monkeypatch.setattr("index.importers.items.CHUNK", 500)
    out = cut(tmp_path, "a.xml", RSS.replace(b"One", b"x" * 3000))
    assert [type(entry).__name__ for entry in out] == ["Rejection", "Piece"]


def test_a_packing_that_breaks_off_keeps_the_records_before(tmp_path: Path) -> None:
    """The file is rejected where it breaks."""
    lines = b"".join(b'{"title": "%d", "text": "%s"}\n' % (n, n.to_bytes(4, "big").hex().encode() * 9) for n in range(20_000))
    packed = gzip.compress(lines)
    out = cut(tmp_path, "a.jsonl.gz", packed[: len(packed) // 2])
    assert isinstance(out[-1], Rejection)
    assert len(out) > 1000


def test_a_folder_that_is_gone_by_then_is_rejected(tmp_path: Path) -> None:
    """As any path to nothing."""
    assert [type(entry).__name__ for entry in pieces([str(tmp_path / "gone")])] == ["Rejection"]


def test_only_what_is_asked_for_is_cut(tmp_path: Path) -> None:
    """At one of the paths or under one; each as it is known in the folder that was given."""
    for name in ("one.md", "two.md", "deep/three.md", "deep/deeper/four.md", "deepest.md"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("The council met.")
    only = {f"{tmp_path}/two.md", f"{tmp_path}/deep", f"{tmp_path}/gone.md"}
    found = [piece.path for piece in pieces([str(tmp_path)], only=only) if isinstance(piece, Piece)]
    assert found == ["deep/deeper/four.md", "deep/three.md", "two.md"]
