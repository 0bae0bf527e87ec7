"""What no source can do: reach the network or another file, swell, nest without end, or put something into a page that runs."""

from __future__ import annotations

import gzip
import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.document import Block, Section, SourceFormat
from index.importers import archives
from index.importers.archives import SWOLLEN, Found, opened
from index.importers.files import File
from index.importers.material import Material, Reading, Rejection, Unreadable
from index.importers.read import read
from index.outline import children
from tests.fuzzed import NAMES, read_through
from tests.service import ROOT

DEEPEST = 64  # blocks within blocks, and sections within sections, as the docs say

REACHING = {
    "page.html": "<!DOCTYPE html SYSTEM 'http://127.0.0.1:9/x.dtd'><html><head><link rel=stylesheet href='http://127.0.0.1:9/a.css'>"
    "<base href='http://127.0.0.1:9/'><meta http-equiv=refresh content='0;url=http://127.0.0.1:9/'></head><body><article><p>Text of a page"
    " <img src='http://127.0.0.1:9/i.png'></p><iframe src='http://127.0.0.1:9/f'></iframe><object data='file:///etc/passwd'></object></article>",
    "feed.xml": "<!DOCTYPE rss [<!ENTITY x SYSTEM 'file:///etc/passwd'><!ENTITY % y SYSTEM 'http://127.0.0.1:9/y'>%y;]>"
    "<rss xmlns:xi='http://www.w3.org/2001/XInclude'><channel><item><title>&x;</title><description>d"
    "<xi:include href='file:///etc/passwd' parse='text'/></description></item></channel></rss>",
    "export.xml": "<!DOCTYPE rss SYSTEM 'http://127.0.0.1:9/x'><rss xmlns:wp='http://wordpress.org/export/1.2/'><channel>"
    "<wp:wxr_version>1.2</wp:wxr_version><item><title>A</title><link>http://127.0.0.1:9/a</link></item></channel></rss>",
    "note.md": "---\ntitle: A\nimage: http://127.0.0.1:9/i.png\n---\n![a](http://127.0.0.1:9/j.png) <script src='//127.0.0.1:9/'></script>\n"
    "{{< readfile file='/etc/passwd' >}} {% include_relative ../../etc/passwd %}",
    "record.json": '{"title": "A", "url": "http://127.0.0.1:9/", "html": "<img src=http://127.0.0.1:9/i.png>", "source": "file:///etc/passwd"}',
}
WATCHED = """
import sys
from index.importers.read import read
from index.importers.dispatch import IMPORTERS
from index.importers.material import Material, Reading
from index.importers.finish import finish
from index.importers.language import language_of
language_of("Die Fischer sind am Morgen mit ihren Booten hinaus auf das Meer gefahren und kamen erst am Abend wieder zurück. " * 4)
folder, *names = sys.argv[1:]
contents = {name: open(f"{folder}/{name}", "rb").read() for name in names}
for name, content in contents.items():
    list(read(Material(content, name, name)))  # loads what it needs
met = []
sys.addaudithook(lambda event, given: met.append((event, given)) if event.startswith(("socket.", "urllib", "subprocess", "open", "os.system")) else None)
for name, content in contents.items():
    for outcome in read(Material(content, name, name)):
        assert isinstance(outcome, Reading), outcome
        assert "root:" not in str(finish(outcome, Material(content, name, name)))
print(met)
"""


def test_nothing_that_is_read_reaches_the_network_or_a_file(tmp_path: Path) -> None:
    """Whatever a source names: entities, style sheets, frames, pictures, files to include. The interpreter itself says what is opened."""
    for name, content in REACHING.items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    done = subprocess.run([sys.executable, "-c", WATCHED, str(tmp_path), *REACHING], cwd=ROOT, capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("[]\n", "")


def zipped(content: bytes, name: str) -> bytes:
    """A zip archive of one file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return out.getvalue()


def test_a_bomb_within_a_bomb_is_refused_while_it_swells(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the outer packing unpacks to is measured against the file on disk, not against what is within."""
    monkeypatch.setattr(archives, "AT_LEAST", 2**20)
    bomb = zipped(zipped(gzip.compress(bytes(2**26)), "a.gz"), "b.zip")
    (tmp_path / "c.zip").write_bytes(bomb)
    assert len(bomb) < 2**12
    read, reasons = 0, []
    for found in opened(File(str(tmp_path / "c.zip"), "c.zip", "c.zip")):
        if isinstance(found, Found):
            try:
                while data := found.stream.read(2**16):
                    read += len(data)
            except Unreadable as unreadable:
                reasons.append(unreadable.reason)
    assert reasons == [SWOLLEN]
    assert read <= max(2**20, len(bomb) * archives.RATIO)


def depth_of_blocks(blocks: Iterable[Block]) -> int:
    """How deep blocks stand within blocks."""
    return max((1 + max((depth_of_blocks(inner) for inner in children(block)), default=0) for block in blocks), default=0)


def depth_of_sections(sections: Iterable[Section]) -> int:
    """How deep sections stand within sections."""
    return max((1 + depth_of_sections(section.sections) for section in sections), default=0)


DEEP = {
    "elements": (SourceFormat.HTML, "<!doctype html><article>" + "<div><ul><li>" * 20_000 + "text"),
    "quotations of a page": (SourceFormat.HTML, "<!doctype html><p>lead</p>" + "<blockquote>" * 20_000 + "text"),
    "tables": (SourceFormat.HTML, "<!doctype html><p>lead</p>" + "<table><tr><td>" * 5_000 + "text"),
    "quotations": (SourceFormat.MARKDOWN, "> " * 20_000 + "text"),
    "lists": (SourceFormat.MARKDOWN, "".join(f"{'  ' * n}- item\n" for n in range(600))),
    "bullets": (SourceFormat.TEXT, "Title\n\n" + "".join(f"{'  ' * n}• item\n" for n in range(600))),
    "markup of an item": (SourceFormat.FEED, "<rss><channel><item><description>" + "<b><div>" * 20_000 + "text"),
    "markup of a post": (
        SourceFormat.WXR,
        "<rss><channel><item><title>A</title><content:encoded><![CDATA[" + "<div><ul><li>" * 20_000 + "text]]>",
    ),
    "arrays": (SourceFormat.JSON, '{"title": "A", "blocks": ' + '[{"kind": "BLOCKQUOTE", "blocks": ' * 5_000),
}


@pytest.mark.parametrize("what", DEEP)
def test_nesting_is_bounded_in_every_format(what: str) -> None:
    """What is deeper is flattened or refused with a sentence, never tripped over."""
    format, content = DEEP[what]
    for outcome in read(Material(content.encode(), "a", "a"), format):
        if isinstance(outcome, Reading):
            assert depth_of_blocks(outcome.article.blocks) <= DEEPEST
            assert depth_of_sections(outcome.article.sections) <= DEEPEST
        else:
            assert isinstance(outcome, Rejection)
            assert "defect" not in outcome.reason


PIECES = st.sampled_from(
    [
        *("<a href='javascript:alert(1)'>", '<a href="java\nscript:x">', "<img src=x onerror=x>", "<svg/onload=x>", "<script>x</script>"),
        *("<iframe srcdoc='<b>'>", "<style>@import'x'</style>", "<math><mi xlink:href='data:x'>", "<form action=javascript:x><input>"),
        *("<base href='data:,'>", "<p>", "</p>", "<ul><li>", "<table><td>", "<h2>", "<blockquote>", "<pre><code class='x\"><script>'>"),
        *("[a](javascript:x)", "![b](data:image/svg+xml;base64,x)", "<javascript:x>", "`c`", "**d**", "# ", "|", "---", "> ", "* "),
        *("[e]: vbscript:x", "[e]", '{{< f "javascript:x" >}}', "<!--", "-->", "<![CDATA[", "]]>", "&lt;script&gt;", "&#106;avascript:"),
        *("＜script＞", "text"),
    ]
)
WRAPPED = {
    SourceFormat.HTML: "<!doctype html><title>t</title><article><p>Some words to begin with.</p>{}</article>",
    SourceFormat.MARKDOWN: "# Title\n\nSome words.\n\n{}",
    SourceFormat.TEXT: "Title\n\nSome words.\n\n{}",
    SourceFormat.FEED: "<rss><channel><item><title>t</title><description><![CDATA[{}]]></description></item></channel></rss>",
    SourceFormat.WXR: "<rss><channel><item><title>t</title><content:encoded><![CDATA[{}]]></content:encoded></item></channel></rss>",
    SourceFormat.JSON: '{{"title": "t", "html": {}}}',
}


@pytest.mark.parametrize("format", SourceFormat)
@given(pieces=st.lists(PIECES, max_size=12), between=st.sampled_from(["", " ", "\n", "\n\n"]))
def test_an_independent_sanitiser_leaves_every_page_as_it_is(format: SourceFormat, pieces: list[str], between: str) -> None:
    """Whatever stands in a source of any format, the HTML that comes of it is harmless; and its JSON gives it back."""
    markup = between.join(pieces)
    content = WRAPPED[format].format(json.dumps(markup) if format is SourceFormat.JSON else markup)
    assert read_through(content.encode(), format, NAMES[format]) <= 1
