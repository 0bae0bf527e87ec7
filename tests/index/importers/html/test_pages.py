"""How whole pages become articles: golden pages, and what pages of other kinds come to."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from msgspec.structs import replace

from index.document import RepairKind
from index.encoding import to_json
from index.importers.html import read
from index.importers.material import Material, Unreadable
from index.outline import outline

PAGES = Path(__file__).parent / "pages"
DATA = Path(__file__).parents[4] / ".." / "shared" / "data"
TEXT = f"<p>{'The ferry is late again, and nobody knows why. ' * 12}</p>"
LEAST = {"text": 0.95, "headings": 0.88, "list items": 0.80, "table cells": 0.85, "title": 0.90, "byline": 0.85, "date": 0.95}


@pytest.mark.parametrize("page", sorted(PAGES.glob("*.html")), ids=lambda page: page.stem)
def test_golden_pages(page: Path) -> None:
    """The whole document with its repairs, as it was checked by eye."""
    reading = read(Material(page.read_bytes(), page.name, page.name))
    article = reading.article
    source = replace(article.source, repairs=reading.repairs.placed(outline(article)))
    found = json.loads(to_json(replace(article, source=source)))
    assert found == json.loads(page.with_suffix(".json").read_text(encoding="utf-8"))


def test_a_page_without_text_is_refused() -> None:
    """With a reason; where there is a title at least, it is an article with a repair."""
    for content in (b"", b" \n ", b"<html><head></head><body><script>app()</script></body></html>"):
        with pytest.raises(Unreadable, match="The page has no text"):
            read(Material(content))
    reading = read(Material(b"<title>An application</title><div id=root></div><script>app()</script>"))
    assert reading.article.title == "An application"
    assert reading.repairs.notes[0].repair.message == "No text was found on the page “An application”; scripts may build it."


def test_relative_addresses_are_made_absolute() -> None:
    """Against the page's `base`, its own address, or where it was found; unknown, they stay relative."""
    page = '{}<p>{}<a href="b.html">link</a> <a href="#c">within</a></p>'
    word = "word and word, " * 20

    def links(head: str, location: str) -> list[str | None]:
        (paragraph,) = read(Material(page.format(head, word).encode(), location)).article.blocks
        return [span.href for span in getattr(paragraph, "spans", ()) if span.href]

    assert links("<base href='https://example.com/x/'>", "https://example.org/a/") == ["https://example.com/x/b.html", "#c"]
    assert links("<link rel=canonical href='https://example.net/y/z'><base href='/w/'>", "") == ["https://example.net/w/b.html", "#c"]
    assert links("", "https://example.org/a/c.html") == ["https://example.org/a/b.html", "#c"]
    assert links("<base href='javascript:x'>", "c.html") == ["b.html", "#c"]


def test_dates_and_authors_come_from_the_page_where_metadata_are_silent() -> None:
    """As guesses, with repairs; from a path only where the page has none."""
    body = f"<div><p class=byline>By Ada Kerr</p><time datetime=2025-03-04>4 March</time><p>{'word and word, ' * 60}</p></div>"
    reading = read(Material(body.encode(), "2001-01-01-x.html", "2001-01-01-x.html"))
    assert [author.name for author in reading.article.authors] == ["Ada Kerr"]
    assert str(reading.article.published_at) == "2025-03-04 00:00:00+00:00"
    kinds = {note.repair.kind.value: note.repair.confidence for note in reading.repairs.notes}
    assert (kinds["AUTHOR_INFERRED"], kinds["DATE_INFERRED"]) == (0.9, 0.8)
    marked = f"<div><span itemprop=author>Bo Lind</span><time pubdate datetime=2025-03-04></time><time class=updated datetime=2025-03-05></time><p>{'word, ' * 99}</p></div>"
    reading = read(Material(marked.encode()))
    assert "DATE_INFERRED" not in {note.repair.kind.value for note in reading.repairs.notes}
    assert str(reading.article.updated_at) == "2025-03-05 00:00:00+00:00"


def test_a_date_in_metadata_that_cannot_be_read_is_named() -> None:
    """Whether or not the page shows another; where one of several can be read nothing is amiss."""
    head = '<meta property="article:published_time" content="soon"><meta name="lastmod" content="later">'
    page = f"<head>{head}%s</head><body><time datetime=2025-03-04></time>{TEXT}</body>"
    said = [
        [note.repair.message for note in read(Material((page % more).encode())).repairs.notes if note.repair.kind is RepairKind.OTHER]
        for more in ("", '<meta name="date" content="2025-03-04"><meta name="revised" content="2025-03-05">')
    ]
    assert said == [[f"“{word}” in the page's metadata is not a date, and is left out." for word in ("soon", "later")], []]


@pytest.mark.parametrize(
    ("markup", "path", "day"),
    [
        ("<time>March 4</time>", "2013/a.html", "2013-03-04"),
        ("<span class=post-date>Posted on March 4</span>", "2013/03/a.html", "2013-03-04"),
        ("<span itemprop=datePublished>March 4</span>", "2013/a.html", "2013-03-04"),
        ("<link rel=canonical href='https://example.org/2014/a/'><time>March 4</time>", "a.html", "2014-03-04"),
        ("<time>March 4</time>", "a.html", None),
        ("<time>March 4</time>", "2013/04/a.html", "2013-04-01"),
        ("<time>March 4</time>", "2013/04/05/a.html", "2013-04-05"),
        ("<time>March 4</time><time>March 5</time>", "2013/a.html", None),
        ("<time>March 5</time><time class=published>March 4</time>", "2013/a.html", "2013-03-04"),
    ],
)
def test_a_day_without_a_year_on_the_page_has_that_of_its_path_or_address(markup: str, path: str, day: str | None) -> None:
    """As a guess, unless they name another month or day, or several such days stand on the page."""
    reading = read(Material(f"<div>{markup}<p>{'word and word, ' * 60}</p></div>".encode(), path, path))
    found = reading.article.published_at
    assert (found and found.date().isoformat()) == day
    assert ("DATE_INFERRED" in {note.repair.kind.value for note in reading.repairs.notes}) == (day is not None)


def test_a_date_with_a_year_goes_before_one_without() -> None:
    """Wherever both stand, and the day of a change has the year as well."""
    markup = "<time>March 4</time><span class=published>April 5, 2012</span>"
    assert (
        str(read(Material(f"<div>{markup}<p>{'word, ' * 99}</p></div>".encode(), path="2013/a.html")).article.published_at)[:10]
        == "2012-04-05"
    )
    markup = "<time class=published>March 4</time><time class=updated>March 6</time>"
    article = read(Material(f"<div>{markup}<p>{'word, ' * 99}</p></div>".encode(), path="2013/a.html")).article
    assert [str(article.published_at)[:10], str(article.updated_at)[:10]] == ["2013-03-04", "2013-03-06"]


def test_json_ld_that_is_broken_is_said() -> None:
    """With its line."""
    page = f'<title>A</title>\n<script type=\'application/ld+json\'>{{"@type": "Article", headline</script><p>{"word, " * 99}</p>'
    (note,) = read(Material(page.encode())).repairs.notes
    assert (note.repair.message, note.repair.line) == ("A block of JSON-LD is broken, and is left out.", 2)


def test_bare_text_of_a_body_is_not_said_to_be_left_out() -> None:
    """What stands between line breaks becomes paragraphs, and nothing else is said of it."""
    word = "word and word, " * 20
    reading = read(Material(f"<title>A</title><body>One {word}<br><br>Two {word}<br><br><b>Three</b> {word}".encode()))
    assert len(reading.article.blocks) == 3
    assert reading.repairs.notes == []


def test_an_author_in_what_is_left_out_is_an_author() -> None:
    """A footer that names the author in microdata."""
    body = f"<div><p>{'word and word, ' * 60}</p></div><div class=post-footer>Posted by <span itemprop=author>Ada Kerr</span></div>"
    assert [author.name for author in read(Material(body.encode())).article.authors] == ["Ada Kerr"]


def test_bytes_that_are_no_text_are_read_or_refused() -> None:
    """Invalid UTF-8, zeros and noise."""
    assert "café" in str(read(Material(b"<p>caf\xe9 " + b"word " * 30)).article.blocks)
    assert read(Material(bytes(range(256)) * 20)).article.blocks


@pytest.mark.skipif(not DATA.is_dir(), reason="the pages with known articles are not beside the repository")
def test_known_pages_score_as_they_must() -> None:
    """The scorer's own measures over all pages of the data set."""
    command = f"{Path(sys.executable).parent / 'broadsheet'} read --json"
    run = subprocess.run([sys.executable, DATA / "score_html.py", "--json", "--command", command], stdout=subprocess.PIPE, check=True)
    result = json.loads(run.stdout)
    assert result["absent"] == 0
    assert {part: value for part, value in result["parts"].items() if value < LEAST[part]} == {}


UNTITLED = [
    (f"<h1>The ferry is late</h1>{TEXT}<h2>By the clock</h2>{TEXT}", "The ferry is late", ["By the clock"]),
    (f"<p>Harbour news today.</p><h1>The ferry is late</h1>{TEXT}<h2>By the clock</h2>{TEXT}", "The ferry is late", ["By the clock"]),
    (f"<h1>The ferry is late</h1>{TEXT}<h1>By the clock</h1>{TEXT}", "The ferry is late", ["By the clock"]),
    (f"{TEXT}<h1>The ferry is late</h1>{TEXT}<h1>By the clock</h1>{TEXT}", "", ["The ferry is late", "By the clock"]),
    (f"<header><h1>The ferry is late</h1></header><main>{TEXT}<h2>By the clock</h2>{TEXT}</main>", "The ferry is late", ["By the clock"]),
    (f"<header><h1>The Packet</h1></header><main><h2>The ferry is late</h2>{TEXT}</main>", "", ["The ferry is late"]),
]


@pytest.mark.parametrize(("body", "title", "headings"), UNTITLED)
def test_a_page_that_names_no_title_has_its_first_headings(body: str, title: str, headings: list[str]) -> None:
    """It is then no section as well, and that is said; of several headings that head parts of the text none is the title."""
    reading = read(Material(f"<!doctype html><body>{body}</body>".encode()))
    assert (reading.article.title, [section.heading for section in reading.article.sections]) == (title, headings)
    assert [note.repair.kind for note in reading.repairs.notes].count(RepairKind.HEADING_INFERRED) == bool(title)
