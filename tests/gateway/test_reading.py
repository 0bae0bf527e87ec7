"""How an article is shown with what was guessed, mended and dropped at its place."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import struct
import subprocess
import termios
from pathlib import Path

import pytest

from gateway.commands.reading_places import Note, Part, Source, in_place
from index.document import RepairKind, SourceFormat
from index.importers.flow import Heading
from index.importers.material import Material, Reading
from index.importers.read import finish, read, shown
from index.outline import outline
from tests.gateway.test_cli import FLAT
from tests.service import COMMAND, ROOT, broadsheet, environment

PAGE = """<!doctype html><title>Harbour news</title>
<nav><a href="/">Home</a> <a href="/all">All news</a></nav>
<article><h1>Harbour news</h1>
<p>The council met on Friday to decide on the breakwater.</p>
<aside class="related">Read also: the &amp; ferries
of the north</aside>
<p onclick="x()">It was approved by seven votes against two.</p>
<table><tr><th>Vote<th>Count<tr><td>Yes<td>7<tr><td>No<td>2</table>
</article><footer>Imprint and contact</footer>"""
STRUCK = "\x1b[2;9;31m"


def on_terminal(*arguments: str | Path, home: Path, **variables: str) -> str:
    """What a command writes to a terminal of 100 columns."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 50, 100, 0, 0))
    given = environment(home, TERM="xterm-256color", **variables)
    del given["COLUMNS"]
    with subprocess.Popen([*COMMAND, *map(str, arguments)], cwd=ROOT, env=given, stdout=theirs, stderr=subprocess.PIPE) as process:
        os.close(theirs)
        out = b""
        while data := _read(ours):
            out += data
        assert process.stderr is not None
        assert process.stderr.read() == b""
    os.close(ours)
    assert process.returncode == 0
    return out.decode().replace("\r\n", "\n")


def _read(terminal: int) -> bytes:
    """What has been written; nothing once the other side is closed, which Linux reports as an error."""
    try:
        return os.read(terminal, 2**16)
    except OSError:
        return b""


def plain(text: str) -> list[str]:
    """The lines that a person sees, without empty ones."""
    return [line.rstrip() for line in re.sub(r"\x1b\[[0-9;]*m", "", text).splitlines() if line.strip()]


def placed(content: str | bytes, format: SourceFormat, line: int = 1) -> list[Part | Note]:
    """The parts and repairs of a source, in place."""
    data = content if isinstance(content, bytes) else content.encode()
    material = Material(data, "a", "a", first_line=line)
    (reading,) = read(material, format)
    assert isinstance(reading, Reading)
    article = shown(finish(reading, material))
    outline(article)
    nowhere, parts = in_place(article, Source(data, format, line))
    return [*nowhere, *parts]


def told(parts: list[Part | Note]) -> list[tuple[str, ...]]:
    """Each as its text, or as kind and what was taken out."""
    return [(one.text,) if isinstance(one, Part) else (one.repair.kind.value, *one.gone) for one in parts]


def test_a_flattened_page_on_a_terminal(tmp_path: Path) -> None:
    """What was dropped is struck where it stood, what became a table is drawn, and each repair says line and confidence."""
    (tmp_path / "flat.txt").write_text(FLAT, encoding="utf-8")
    out = on_terminal("read", tmp_path / "flat.txt", home=tmp_path / "home")
    for struck in ("ADVERTISEMENT", "MeasureLead OfficeDeadline", "Fleet FundTreasuryQ3 2025", "Categories", "1 - 2 - 3 - 4"):
        assert f"{STRUCK}{struck}\x1b[0m" in out
    assert "\x1b[1;36mtable split" in out
    assert "\x1b[36m╭────────────┬" in out
    assert plain(out)[1:] == [
        "Harbour Council Approves the Northern Breakwater",
        "2025-03-04T00:00:00+00:00 · Ada Kerr · TEXT",
        "✂ ADVERTISEMENT",
        "▌ boilerplate removed, line 1: An advertisement line was removed: “ADVERTISEMENT”. 100% sure",
        "After two years of hearings the council voted on February 27 to build the breakwater.",
        "## What the council decided",
        "The plan rests on three measures:",
        " • A fund for the fishing fleet",
        " • Night work only outside the breeding season",
        "╭────────────┬────────────────┬──────────╮",
        "│ Measure    │ Lead Office    │ Deadline │",
        "├────────────┼────────────────┼──────────┤",
        "│ Fleet Fund │ Treasury       │ Q3 2025  │",
        "│ Night Work │ Port Authority │ Ongoing  │",
        "╰────────────┴────────────────┴──────────╯",
        "▌ table split, line 14: The cells of 3 lines ran together; they were taken apart into 3 columns. 90%",
        "  sure",
        "✂ MeasureLead OfficeDeadline",
        "✂ Fleet FundTreasuryQ3 2025",
        "▌ duplicate removed, line 18: 3 lines that repeat the ones before them were removed: “MeasureLead",
        "  OfficeDeadline”. 95% sure",
        "▌ table truncated, line 20: A repeat is cut off here after “Night Work”; the text goes on with “What",
        "  Happens Next”. 90% sure",
        "## What Happens Next",
        "Construction starts in the autumn.",
        "✂ ADVERTISEMENT",
        "▌ boilerplate removed, line 24: An advertisement line was removed: “ADVERTISEMENT”. 100% sure",
        "✂ Ada Kerr",
        "▌ boilerplate removed, line 25: The author box was taken from the text: “Ada Kerr”. 100% sure",
        "✂ Categories",
        "▌ boilerplate removed, line 31: A part of the page's widgets was removed: “Categories”. 100% sure",
        "✂ Archives",
        "▌ boilerplate removed, line 33: A part of the page's widgets was removed: “Archives”. 100% sure",
        "✂ 1 - 2 - 3 - 4",
        "▌ boilerplate removed, line 35: A part of the page's pager was removed: “1 - 2 - 3 - 4”. 100% sure",
    ]


def test_what_is_no_terminal_gets_the_same_without_colours(tmp_path: Path) -> None:
    """And so does a terminal whose user wants none."""
    (tmp_path / "flat.txt").write_text(FLAT, encoding="utf-8")
    piped = broadsheet("read", tmp_path / "flat.txt", home=tmp_path / "home")
    assert "\x1b" not in piped.stdout
    assert "✂ ADVERTISEMENT\n▌ boilerplate removed, line 1: " in piped.stdout
    grey = on_terminal("read", tmp_path / "flat.txt", home=tmp_path / "home", NO_COLOR="1")
    assert "\x1b[31m" not in grey


def test_json_on_a_terminal_is_json(tmp_path: Path) -> None:
    """Scripts are tried out there."""
    (tmp_path / "a.md").write_text("# One\n\nText.\n", encoding="utf-8")
    (line,) = on_terminal("read", tmp_path / "a.md", "--json", home=tmp_path / "home").splitlines()
    assert line.startswith("{")


def test_a_source_cannot_speak_to_the_terminal(tmp_path: Path) -> None:
    """Whatever controls stand in what is kept, dropped or quoted."""
    text = FLAT.replace("ADVERTISEMENT", "ADVERTISE\x9b31mMENT\x1b]0;x\x07").replace("fishing", "fish\x9bing")
    (tmp_path / "flat.txt").write_text(text, encoding="utf-8")
    out = on_terminal("read", tmp_path / "flat.txt", home=tmp_path / "home")
    assert "fleet" in out
    assert re.search("[\x00-\x08\x0b-\x1a\x1c-\x1f\x7f-\x9f]|\x1b(?!\\[[0-9;]*m)", out) is None


def test_what_is_rejected_or_skipped_goes_to_standard_error(tmp_path: Path) -> None:
    """The exit status says it too."""
    (tmp_path / "empty.md").write_text("")
    done = broadsheet("read", tmp_path / "empty.md", home=tmp_path / "home")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("rejected: ")
    (tmp_path / "pile").mkdir()
    (tmp_path / "pile" / "a.css").write_text("a {}")
    skipped = broadsheet("read", tmp_path / "pile", home=tmp_path / "home")
    assert (skipped.returncode, skipped.stderr) == (0, f"skipped: {tmp_path}/pile/a.css: .css file\n")


def test_what_an_export_holds_besides_is_counted(tmp_path: Path) -> None:
    """A line for each kind, not for each attachment."""
    items = "<item><title>a</title><wp:post_type>attachment</wp:post_type></item>" * 3 + "<item><title>One</title></item>"
    (tmp_path / "e.xml").write_text(
        f"<rss xmlns:wp='http://wordpress.org/export/1.2/'><channel><wp:wxr_version>1.2</wp:wxr_version>{items}"
    )
    done = broadsheet("read", tmp_path / "e.xml", "--json", home=tmp_path / "home")
    assert (done.returncode, done.stderr) == (0, f"skipped: {tmp_path}/e.xml: 3 × attachment\n")


def test_what_was_left_out_of_a_page_stands_where_it_stood() -> None:
    """Entities are read, and markup is not shown."""
    assert told(placed(PAGE, SourceFormat.HTML)) == [
        ("BOILERPLATE_REMOVED", "Home All news"),
        ("The council met on Friday to decide on the breakwater.",),
        ("BOILERPLATE_REMOVED", "Read also: the & ferries", "of the north"),
        ("It was approved by seven votes against two.",),
        ("UNSAFE_REMOVED",),
        ("Vote\tCount\nYes\t7\nNo\t2",),
        ("BOILERPLATE_REMOVED", "Imprint and contact"),
    ]


def test_a_line_without_words_is_shown_itself() -> None:
    """Not the next one that has some."""
    page = "* . *\nADVERTISEMENT\nFriday, December 4, 2015\n\nThe council met\n\nIt met on Friday to decide on the breakwater.\n"
    assert told(placed(page, SourceFormat.TEXT))[:2] == [("BOILERPLATE_REMOVED", "* . *"), ("BOILERPLATE_REMOVED", "ADVERTISEMENT")]


def test_a_page_on_one_line_is_told_apart_by_what_repairs_quote() -> None:
    """A line alone would put all of them first."""
    found = [one[0] for one in told(placed(PAGE.replace("\n", " "), SourceFormat.HTML))]
    assert found.index("BOILERPLATE_REMOVED") < found.index("The council met on Friday to decide on the breakwater.")
    assert found[-1] == "BOILERPLATE_REMOVED"


def test_a_repair_without_a_line_stands_before_everything() -> None:
    """It speaks of the article as a whole."""
    (note, heading, text) = placed("# One\n\n## Two\n\nText.\n", SourceFormat.MARKDOWN)
    assert isinstance(note, Note)
    assert note.repair.kind is RepairKind.HEADING_INFERRED
    assert isinstance(heading, Part)
    assert heading.thing == Heading("Two", 2)
    assert isinstance(text, Part)


def test_lines_count_from_where_a_piece_begins() -> None:
    """A post of an export is on its own lines."""
    post = "<item><title>One</title><content:encoded><![CDATA[First words.\n\n[unknown x=1]\n\nLast words.]]></content:encoded></item>"
    assert told(placed(post, SourceFormat.WXR, line=40)) == [("First words.",), ("MARKUP_DROPPED",), ("Last words.",)]


def test_text_in_json_is_found_too() -> None:
    """Behind its escapes; a repair is of the line of the whole record."""
    record = '{"title": "One", "markdown": "First words\\nof it.\\n\\n<script>x()</script>\\n\\nLast words."}'
    assert [one[0] for one in told(placed(record, SourceFormat.JSON))] == ["UNSAFE_REMOVED", "First words of it.", "Last words."]


@pytest.mark.parametrize("tail", ["<!-- ", "<script>", "<p", "<![CDATA[", "</"])
def test_markup_that_never_ends_is_looked_through_once(tail: str) -> None:
    """A hundred thousand beginnings take no longer each."""
    assert Source((tail * 100_000).encode(), SourceFormat.HTML).words in ([], ["p"] * 100_000)


def test_what_is_too_long_to_be_laid_out_is_still_shown() -> None:
    """Repairs stand first then."""
    long = "<p>" + "word " * 20_001 + "</p>"
    parts = placed(f"<!doctype html><title>t</title><nav>Home Page</nav><article>{long}</article>", SourceFormat.HTML)
    assert [type(one) for one in parts] == [Note, Part] or [type(one) for one in parts] == [Part, Note]
