"""What bylines and dates on a page say."""

from __future__ import annotations

import pytest

from index.document import Paragraph
from index.importers.html.bylines import dates_on, names_in
from index.importers.html.pages import read
from index.importers.html.parsing import parse
from index.importers.material import Material


@pytest.mark.parametrize(
    ("markup", "names"),
    [
        ("<p>By <b>Nathan Will</b>\n March 25, 2015</p>", "Nathan Will"),
        ("<p>Par Sébastien Farce</p>", "Sébastien Farce"),
        ("<p>By Ada Kerr, Staff Writer</p>", "Ada Kerr"),
        ("<p>By Ada Kerr, Bo Lind, Health & Harbour Editor</p>", "Ada Kerr, Bo Lind"),
        ("<p>Written by Ada Kerr | 3 comments</p>", "Ada Kerr"),
        ("<p>By Ada Kerr and Bo Lind</p>", "Ada Kerr and Bo Lind"),
        ("<p>By Ada Kerr @adakerr</p>", "Ada Kerr"),
        ('<p>by <span itemprop="name">Ada Kerr</span> of the Packet</p>', "Ada Kerr"),
        ('<p><a rel="author" href="/k"><img></a><a rel="author">Ada Kerr, MA</a> Health News</p>', "Ada Kerr, MA"),
        ('<p><span class="author-name">Ada Kerr</span><span class="author-name">Bo Lind</span> share</p>', "Ada Kerr, Bo Lind"),
        ("<p>Byron Lake</p>", "Byron Lake"),
        ("<p>May March</p>", "May March"),
        ("<p>March 3, 2025</p>", ""),
        ("<p>Posted on March 3, 2025 by Ada Kerr</p>", "Ada Kerr"),
        ("<p><b>Ada Kerr</b><i>3 March 2025</i></p>", "Ada Kerr"),
        ("<p>Posted on March 3, 2025 in News</p>", ""),
        ("<p>Submitted by ada on Tue, 03/04/2025 - 10:00</p>", "ada"),
    ],
)
def test_names_are_read_without_what_is_around_them(markup: str, names: str) -> None:
    """What bylines put before and after names is left out; names that are marked as such are taken alone."""
    byline = parse(markup).first("p")
    assert byline is not None
    assert names_in(byline) == names


@pytest.mark.parametrize(
    ("markup", "published", "changed", "is_marked"),
    [
        ('<time datetime="2025-03-04">x</time>', "2025-03-04", None, False),
        ('<time pubdate datetime="2025-03-04">x</time>', "2025-03-04", None, True),
        (
            '<time class="updated" datetime="2025-03-05"></time><time class="entry-date published" datetime="2025-03-04"></time>',
            "2025-03-04",
            "2025-03-05",
            True,
        ),
        (
            '<aside><time datetime="2001-01-01"></time></aside><div class="comment"><time datetime="2001-01-01"></time></div>',
            None,
            None,
            False,
        ),
        ('<span class="post-date">Posted on March 4, 2025</span>', "2025-03-04", None, True),
        ('<div class="meta-date">4 March 2025</div>', "2025-03-04", None, False),
        ('<abbr class="published" title="2025-03-04T00:55:00-07:00">12:55 AM</abbr>', "2025-03-04", None, True),
        ('<div class="date">no date, but a long text ' + "word " * 30 + "</div>", None, None, False),
        ("<p>March 4, 2025</p>", None, None, False),
        (f"<p>It was <time datetime='2025-03-04'>a Tuesday</time>. {'And so on. ' * 12}</p>", None, None, False),
        (f"<p>On <time pubdate datetime='2025-03-04'></time>. {'And so on. ' * 12}</p>", "2025-03-04", None, True),
        ('<p class="entry-meta">March 4, 2025 | Ada Kerr | 5 minutes</p>', "2025-03-04", None, False),
    ],
)
def test_dates_are_found(markup: str, published: str | None, changed: str | None, is_marked: bool) -> None:
    """The first date that is not of something else; one that is marked as the day of publication goes before."""
    body = parse(markup).first("body")
    assert body is not None
    found, other, marked = dates_on(body)
    assert (found and found.value.date().isoformat(), other and other.value.date().isoformat(), marked) == (published, changed, is_marked)


@pytest.mark.parametrize(
    ("byline", "published", "changed"),
    [
        ('<p class="byline">By Ada Kerr, 4 March 2025</p>', "2025-03-04", None),
        ('<p class="byline">By Ada Kerr · Updated 5 March 2025</p>', None, "2025-03-05"),
        ('<p class="byline">Ada Kerr<span>Published 4 March 2025, updated 5 March 2025 at 10:05 pm</span></p>', "2025-03-04", "2025-03-05"),
        ('<div class="post-meta">By Ada Kerr on 4 March 2025</div>', "2025-03-04", None),
        ('<div class="info">Posted on March 4, 2025 by Ada Kerr</div>', "2025-03-04", None),
    ],
)
def test_a_byline_says_the_days_within_it(byline: str, published: str | None, changed: str | None) -> None:
    """It leaves the text with its name and dates; of an element that is only named `meta` or the like its words decide."""
    text = f"<p>{'The ferry is late again, and nobody knows why. ' * 12}</p>"
    article = read(Material(f"<html><title>The ferry is late</title><body><div>{byline}{text}</div></body>".encode())).article
    dates = [date and date.date().isoformat() for date in (article.published_at, article.updated_at)]
    assert (dates, [author.name for author in article.authors], len(article.blocks)) == ([published, changed], ["Ada Kerr"], 1)


def test_a_day_that_a_sentence_about_the_author_leads_to_is_no_date_of_the_page() -> None:
    """For it is what the sentence speaks of."""
    byline = parse("<p class=author>Ada Kerr keeps the lamp since 12 May 2012</p>").first("p")
    assert byline is not None
    assert dates_on(byline, byline) == (None, None, False)


@pytest.mark.parametrize("meta", ["By the lamp on 4 March 2025 forty ships passed", "Due by Friday", "4 March 2025"])
def test_what_is_named_meta_and_no_byline_stays(meta: str) -> None:
    """Whatever it says besides a name and a date is content."""
    text = f"<p>{'The ferry is late again, and nobody knows why. ' * 12}</p>"
    article = read(Material(f'<html><body><div><p class="meta">{meta}</p>{text}</div></body>'.encode())).article
    assert (article.blocks[0], article.authors) == (Paragraph(meta), ())
