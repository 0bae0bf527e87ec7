"""How formats are told from content."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.document import SourceFormat
from index.importers.material import Foreign, Unreadable
from index.importers.sniff import HEAD, sniff

DATA = Path(__file__).parents[3] / ".." / "shared" / "data"
with_data = pytest.mark.skipif(not DATA.is_dir(), reason="the shared data is not here")

JSON, FEED, WXR = SourceFormat.JSON, SourceFormat.FEED, SourceFormat.WXR
HTML, MARKDOWN, TEXT = SourceFormat.HTML, SourceFormat.MARKDOWN, SourceFormat.TEXT


@pytest.mark.parametrize(
    ("content", "format"),
    [
        ('{"title": "One"}', JSON),
        ('\ufeff \n{"title": "One"}\n{"title": "Two"}\n', JSON),
        ('{\n  "title": "One"\n}', JSON),
        ('[{"title": "One"}]', JSON),
        ("[]", JSON),
        ("{}", JSON),
        ('oops\n{"title": "One"}\n{"title": "Two"},\n', JSON),
        ('{"version": "https://jsonfeed.org/version/1.1", "items": []}', FEED),
        ('{"version":"1.0","items":[{"content_text":"x"}]}', FEED),
        ('{"title": "x", "home_page_url": "https://a.example", "items": []}', FEED),
        ('<?xml version="1.0"?>\n<!-- a -->\n<rss version="2.0"><channel></channel></rss>', FEED),
        ("<rss><channel><item/></channel></rss>", FEED),
        ('<feed xmlns="http://www.w3.org/2005/Atom"></feed>', FEED),
        ('<atom:feed xmlns:atom="http://www.w3.org/2005/Atom"></atom:feed>', FEED),
        ('<?xml version="1.0"?><entry xmlns="http://www.w3.org/2005/Atom"/>', FEED),
        ('<!DOCTYPE rdf:RDF [<!ENTITY x "y">]><rdf:RDF xmlns:rdf="x"></rdf:RDF>', FEED),
        ('<br />Warning: it broke in line 3\n<?xml version="1.0"?>\n<rss></rss>', FEED),
        ('Warning: it broke\n<?xml version="1.0"?>\n<rss></rss>', FEED),
        ('<rss xmlns:wp="http://wordpress.org/export/1.2/"><channel/></rss>', WXR),
        ("<rss><channel><wp:wxr_version>1.0</wp:wxr_version></channel></rss>", WXR),
        ("<!DOCTYPE html><title>One</title>", HTML),
        (
            '<?xml version="1.0"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN"><html xmlns="http://www.w3.org/1999/xhtml"/>',
            HTML,
        ),
        ("<!-- saved -->\n<html><body># no heading</body></html>", HTML),
        ("server says:\n<html><body>x</body></html>", HTML),
        ("<body>x</body>", HTML),
        ("<p>One</p>\n\n<p>Two</p>", HTML),
        ("<p>One</p>\n<pre>\n# no heading\n\n[a](b)\n\n* x\n</pre>", HTML),
        ("<p>One</p>\n\nTwo [three](four)\n\nFive", MARKDOWN),
        ("---\ntitle: One\n---\n\nText.", MARKDOWN),
        ("\r\n--- \r\ntitle: One\r\n---\r\nText.", MARKDOWN),
        ("+++\ntitle = 'One'\n+++\nText.", MARKDOWN),
        ("---\ntitle: One\n---\n<html><body>x</body></html>", MARKDOWN),
        ("# One\n\nText.", MARKDOWN),
        ("Text with a [link](https://a.example).", MARKDOWN),
        ("import A from 'a'\n\n<Tabs>\n\n## One\n\n</Tabs>", MARKDOWN),
        ("Harbour Council\n\nThe council met.\n\n• A fund\n• Night work", TEXT),
        ("{% raw %} is how a template begins", TEXT),
        ("[1] A note in brackets, and no more.", TEXT),
        ("a < b and b > c", TEXT),
        ("<insert title here>\n\nThe council met.", TEXT),
        ("How feeds begin:\n\n```xml\n<?xml version='1.0'?>\n<rss></rss>\n```", MARKDOWN),
    ],
)
def test_content_tells_its_format(content: str, format: SourceFormat) -> None:
    """Whatever the file is called, or not called at all."""
    assert sniff(content.encode()) is format


@pytest.mark.parametrize(
    ("content", "name", "format"),
    [
        ("The council met.", "a.md", MARKDOWN),
        ("The council met.", "a.txt", TEXT),
        ("The council met.", "a", TEXT),
        ("The council met.<br>It voted.", "a.html", HTML),
        ("The council met.", "a.html", TEXT),
        ("One [link](https://a.example).", "a.txt", TEXT),
        ("# One\n\nA [link](https://a.example).", "a.txt", MARKDOWN),
        ("<p>One</p>\n\n<p>Two</p>", "a.md", MARKDOWN),
        ("<!DOCTYPE html><p>One</p>", "a.md", HTML),
        ('{"title": "One"}\n\nText.', "a.md", MARKDOWN),
        ('{"title": "One"}', "a.md", JSON),
        ("# One\n\nText", "a.html", MARKDOWN),
    ],
)
def test_an_ending_breaks_ties_only(content: str, name: str, format: SourceFormat) -> None:
    """Between plain text, Markdown and pieces of HTML; what shows its format has it under any name."""
    assert sniff(content.encode(), name) is format


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32", "utf-8-sig"])
def test_any_encoding_of_unicode_will_do(encoding: str) -> None:
    """With a byte order mark or without."""
    assert sniff('<?xml version="1.0"?>\n<rss version="2.0"><channel></channel></rss>'.encode(encoding)) is FEED


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "It is empty."),
        (b" \n\t\r\n", "It is empty."),
        (b"\xef\xbb\xbf\n", "It is empty."),
        (b"\0\0\0\0", "It is empty."),
        (b"%PDF-1.7\n%\xe2\xe3", "It is a PDF. Convert or unpack it to HTML, Markdown or text first."),
        (b"\x89PNG\r\n\x1a\n", "It is an image. Convert or unpack it to HTML, Markdown or text first."),
        (b"{\\rtf1 x}", "It is an RTF document. Convert or unpack it to HTML, Markdown or text first."),
        (bytes(range(256)) * 8, "It is binary data, not text. Convert or unpack it to HTML, Markdown or text first."),
    ],
)
def test_what_is_no_text_is_refused_with_its_reason(content: bytes, reason: str) -> None:
    """By its name where it has one, and with what to do."""
    with pytest.raises(Unreadable) as raised:
        sniff(content, "a.md")
    assert raised.value.reason == reason


@pytest.mark.parametrize(
    "content",
    [
        '<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"></urlset>',
        '<svg xmlns="http://www.w3.org/2000/svg"></svg>',
        "<note><body>x</body></note>\n",
        '<?xml version="1.0"?>',
    ],
)
def test_xml_of_another_kind_is_foreign(content: str) -> None:
    """In a folder it is passed over, and not held against anybody."""
    with pytest.raises(Foreign, match="XML"):
        sniff(content.encode())


def test_a_character_cut_off_at_the_end_is_no_damage() -> None:
    """What is looked at is the beginning of a file."""
    assert sniff(b"# One\n\nUm \xc3", "a", complete=False) is MARKDOWN


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode), st.sampled_from(["", "a.md", "a.txt", "a.html"]))
def test_whatever_comes_has_a_format_or_a_reason(content: bytes, name: str) -> None:
    """Nothing else comes out."""
    try:
        said: object = sniff(content, name)
    except Unreadable as unreadable:
        said = unreadable.reason
    assert isinstance(said, SourceFormat) or str(said).endswith(".")


@pytest.mark.parametrize("piece", ["<!DOCTYPE x [", "{{ ", "[a](", "<!--", "* **", "_a ", "|-", "`", "<a ", "{%", "<?xml", "[ ] ", "- a\n"])
def test_a_beginning_that_never_ends_is_told_all_the_same(piece: str) -> None:
    """Repeated to the end of what is looked at: were it gone over again and again, this would not come to an end."""
    try:
        said: object = sniff((piece * HEAD)[:HEAD].encode())
    except Unreadable as unreadable:
        said = unreadable.reason
    assert said


@with_data
@pytest.mark.parametrize(
    ("pattern", "format"),
    [("flat/*.txt", TEXT), ("frontmatter/**/*.md", MARKDOWN), ("wxr/*.xml", WXR), ("html/readability/*/source.html.gz", HTML)],
)
def test_files_of_every_kind_are_told_without_their_names(pattern: str, format: SourceFormat) -> None:
    """All of them."""
    for path in sorted(DATA.glob(pattern)):
        content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        assert sniff(content[:HEAD], complete=len(content) <= HEAD) is format, path.name
