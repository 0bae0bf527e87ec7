"""What bylines and dates on a page say."""

from __future__ import annotations

import pytest

from index.importers.html.bylines import dates_on, names_in
from index.importers.html.parsing import parse


@pytest.mark.parametrize(
    ("markup", "names"),
    [
        ("<p>By <b>Nathan Will</b>\n March 25, 2015</p>", "Nathan Will"),
        ("<p>Par Sébastien Farce</p>", "Sébastien Farce"),
        ("<p>By Ada Kerr, Staff Writer</p>", "Ada Kerr"),
        ("<p>Written by Ada Kerr | 3 comments</p>", "Ada Kerr"),
        ("<p>By Ada Kerr and Bo Lind</p>", "Ada Kerr and Bo Lind"),
        ("<p>By Ada Kerr @adakerr</p>", "Ada Kerr"),
        ('<p>by <span itemprop="name">Ada Kerr</span> of the Packet</p>', "Ada Kerr"),
        ('<p><a rel="author" href="/k"><img></a><a rel="author">Ada Kerr, MA</a> Health News</p>', "Ada Kerr, MA"),
        ('<p><span class="author-name">Ada Kerr</span><span class="author-name">Bo Lind</span> share</p>', "Ada Kerr, Bo Lind"),
        ("<p>Byron Lake</p>", "Byron Lake"),
        ("<p>May March</p>", "May March"),
        ("<p>March 3, 2025</p>", ""),
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
    ],
)
def test_dates_are_found(markup: str, published: str | None, changed: str | None, is_marked: bool) -> None:
    """The first date that is not of something else; one that is marked as the day of publication goes before."""
    body = parse(markup).first("body")
    assert body is not None
    found, other, marked = dates_on(body)
    assert (found and found.value.date().isoformat(), other and other.value.date().isoformat(), marked) == (published, changed, is_marked)
