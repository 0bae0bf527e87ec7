"""What boxes about authors say of them."""

from __future__ import annotations

import json

import pytest

from index.document import Author, Image
from index.importers.html import read
from index.importers.html.authorboxes import completed
from index.importers.html.parsing import parse
from index.importers.material import Material
from index.importers.repairs import Repairs

KERR = Author("Ada Kerr", "ada-kerr")
BIO = "Ada Kerr keeps the harbour light."
WORDS = "word and word, " * 60


def of(markup: str, *authors: Author) -> tuple[Author, ...]:
    """The authors of a page of this markup."""
    return completed(authors or (KERR,), parse(markup), "https://example.org/a/", Repairs())


def test_a_box_gives_text_page_and_picture() -> None:
    """On a whole page, with a repair; the box itself is named as left out."""
    box = (
        "<footer class=author-box><img src=/kerr.jpg><h4><a href=/kerr/>Ada Kerr</a></h4>"
        f"<div class=author-bio><p>{BIO}</p><p>She writes about tides, and about the boats that wait for them.</p></div></footer>"
    )
    page = f"<head><link rel=canonical href=https://example.org/a><meta name=author content='Ada Kerr'></head><article><p>{WORDS}</p>{box}</article>"
    reading = read(Material(page.encode()))
    picture = Image("https://example.org/kerr.jpg", "Ada Kerr")
    assert reading.article.authors == (
        Author(
            "Ada Kerr",
            "ada-kerr",
            f"{BIO} She writes about tides, and about the boats that wait for them.",
            "https://example.org/kerr/",
            picture,
        ),
    )
    said = [note.repair.message for note in reading.repairs.notes]
    assert "What is known of Ada Kerr is taken from a box on the page." in said
    assert any(message.startswith("A footer left out: “Ada Kerr") for message in said)


@pytest.mark.parametrize(
    ("markup", "bio"),
    [
        (f"<div class=about-the-author><h3>About Ada Kerr</h3><p>{BIO}</p></div>", BIO),
        (f"<div class=author-info><b>Ada Kerr</b><span class=description>{BIO}</span></div>", BIO),
        (f"<div class='author-card' itemscope><b>Ada Kerr</b><span itemprop=description>{BIO}</span></div>", BIO),
        ("<div class=author-box><b>Ada Kerr</b><p>Harbour editor</p></div>", None),
        ("<div class=author-box><b>Bo Lind</b><p>Bo Lind has a boat of his own.</p></div>", None),
        (f"<div class=comment><b>Ada Kerr</b><p>{BIO}</p></div>", None),
        (f"<div class=author-box><b>Ada Kerr</b><p>{BIO}</p><p>{WORDS * 3}</p></div>", None),
        (f"<div class=author-box><div class=author-bio><b>Ada Kerr</b><p>{BIO}</p></div></div>", BIO),
        (f"<div class=author-box><div class=author-bio><h4>Ada Kerr</h4>{BIO}</div></div>", BIO),
        (f"<div class=author-box><h4>Ada Kerr</h4><p>Ada Kerr {BIO}</p></div>", BIO),
        ("<div class=author-box><p><strong>Ada Kerr</strong> She keeps the harbour light.</p></div>", "She keeps the harbour light."),
        ("<div class=author-box><p><strong>Ada Kerr</strong> keeps the harbour light.</p></div>", BIO),
        ("<div class=author-box><div class=bio>Ada Kerr<br>She keeps the harbour light.</div></div>", "She keeps the harbour light."),
        (f"<div class=author-bio><h4>Ada Kerr</h4>{BIO}</div>", BIO),
        (f"<div class=about-author><h3>Ada Kerr</h3><div>Harbour editor</div><div>{BIO}</div></div>", BIO),
        ("<p>Nothing.</p>", None),
    ],
)
def test_only_what_is_plain_is_taken(markup: str, bio: str | None) -> None:
    """A box must name itself one, name the author, and say something in sentences."""
    assert of(markup)[0].bio == bio


def test_what_is_known_stays() -> None:
    """Metadata go before the box; an author who lacks nothing is as before."""
    box = f"<div class=author-box><img src=k.jpg><a href=/k>Ada Kerr</a><p>{BIO}</p></div>"
    assert of(box, Author("Ada Kerr", "ada-kerr", "Editor.")) == (
        Author("Ada Kerr", "ada-kerr", "Editor.", "https://example.org/k", Image("https://example.org/a/k.jpg", "Ada Kerr")),
    )
    whole = Author("Ada Kerr", "ada-kerr", "Editor.", "https://example.org/", Image("https://example.org/k.png"))
    assert of(box, whole) == (whole,)


def test_addresses_that_may_not_stand_are_left() -> None:
    """A script's, a mailbox, and one of two pictures."""
    box = "<div class=author-box><img src=k.jpg><img src=l.jpg><a href=javascript:x>Ada Kerr</a><a rel=author href=mailto:k@example.org>Mail</a></div>"
    assert of(box) == (KERR,)


def test_two_authors_have_a_box_each() -> None:
    """And one whom no box names has none."""
    lind, moss = Author("Bo Lind", "bo-lind"), Author("Cy Moss", "cy-moss")
    boxes = (
        f"<div class=author-box><h3>By Bo Lind</h3><p>Bo Lind has a boat.</p></div><div class=author-box><i>Ada Kerr</i><p>{BIO}</p></div>"
    )
    assert [author.bio for author in of(boxes, KERR, lind, moss)] == [BIO, "Bo Lind has a boat.", None]


def test_json_ld_says_what_it_knows_of_its_authors() -> None:
    """Description, page and picture of a person, the first of several."""
    picture = [{"@type": "ImageObject", "contentUrl": "https://example.org/k.jpg"}]
    person = {"@type": "Person", "name": "Ada Kerr", "description": BIO, "url": ["https://example.org/kerr"], "image": picture}
    data = json.dumps({"@type": "Article", "headline": "Tides", "author": person})
    page = f'<head><script type="application/ld+json">{data}</script></head><p>{WORDS}</p>'
    (author,) = read(Material(page.encode())).article.authors
    assert author == Author("Ada Kerr", "ada-kerr", BIO, "https://example.org/kerr", Image("https://example.org/k.jpg", "Ada Kerr"))
