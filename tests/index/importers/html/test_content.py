"""Which part of a page is taken for the article."""

from __future__ import annotations

import pytest

from index.importers.html.content import find
from index.importers.html.parsing import parse
from index.importers.html.tree import Node

PROSE = "The council met on Monday, heard both sides, and put off the vote until the engineers had measured the wall again. "
LONG = f"<p>{PROSE * 3}</p>" * 3


def content(markup: str, title: str = "") -> str:
    """The text that is taken for the article."""
    return found(markup, title).text


def found(markup: str, title: str = "") -> Node:
    """The element that is taken for the article."""
    page = parse(markup)
    return find(page.first("body") or page.root, title).content


@pytest.mark.parametrize(
    "furniture",
    [
        '<div class="sidebar"><p>{}</p></div>',
        '<div class="comments"><p>{}</p></div>',
        '<div id="related-stories"><p>{}</p></div>',
        '<div role="navigation"><p>{}</p></div>',
        '<div role="dialog" aria-modal="true"><p>{}</p></div>',
        "<footer><p>{}</p></footer>",
        "<aside><p>{}</p></aside>",
        "<div hidden><p>{}</p></div>",
        '<div style="display: none"><p>{}</p></div>',
        '<div aria-hidden="true"><p>{}</p></div>',
        '<ul class="menu"><li>{}</li></ul>',
        '<div class="share"><span>{}</span></div>',
        "<script>{}</script>",
        "<noscript>{}</noscript>",
        "<button>{}</button>",
    ],
)
def test_furniture_is_no_part_of_it(furniture: str) -> None:
    """By its tag, its role, its names or for being hidden."""
    text = content(f"<body><div class=story>{LONG}{furniture.format('Sponsored words.')}{LONG}</div></body>")
    assert text.count("The council met") == 18
    assert "Sponsored" not in text


def test_names_within_tables_and_code_say_nothing() -> None:
    """A cell of class header is a header."""
    table = "<table><tr class=header><th>Year</th><th>Boats</th></tr>" + "<tr><td>1</td><td>2</td></tr>" * 9 + "</table>"
    assert "Year Boats 1 2" in content(f"<div>{LONG}{table.replace('><', '> <')}</div>")


def test_the_best_part_wins_over_lists_of_links() -> None:
    """Text in links gives few points."""
    links = '<div class="box">' + '<p><a href="/x">Another headline, of another story, with a comma</a></p>' * 30 + "</div>"
    text = content(f"<body>{links}<div>{LONG}</div>{links}</body>")
    assert "Another headline" not in text
    assert text.count("The council met") == 9


def test_parts_beside_the_best_belong_to_it() -> None:
    """A second division of the same class, and a paragraph of text beside it, are of the article; a short one with a link is not."""
    bare = f"<p>{PROSE}</p>"
    linked = "<p>More <a href=/x>here</a></p>"
    text = content(
        f"<body><div class=a>{LONG}</div>{bare}<div class=a><p>{PROSE}</p></div>{linked}<p>The end.</p><p>no sentence</p></body>"
    )
    assert text.count("The council met") == 11
    assert "More here" not in text
    assert "The end." in text
    assert "no sentence" not in text


def test_text_parted_by_line_breaks_is_text() -> None:
    """Old pages have no paragraphs."""
    text = content(f"<body><font>{PROSE * 2}<br><br>{PROSE * 2}<br> <br>{PROSE * 2}</font><div><a href=/x>Links only</a></div></body>")
    assert text.count("The council met") == 6


def test_bare_text_beside_blocks_is_kept() -> None:
    """Text that stands directly in a division with blocks beside it."""
    assert content(f"<div>{PROSE * 3}<ul><li>one<li>two</ul>{PROSE * 3}</div>").count("The council met") == 6


def test_the_title_once_more_is_left_out_once() -> None:
    """A heading that is the title is the title; a second one is a heading."""
    node = found(f"<div><h1>Breakwater vote put off</h1>{LONG}<h2>Breakwater vote put off</h2>{LONG}</div>", "Breakwater vote put off")
    assert [inner.tag for inner in node.walk() if inner.tag in ("h1", "h2")] == ["h2"]


@pytest.mark.parametrize(
    "byline",
    ['<div class="byline">By Ada Kerr</div>', '<a rel="author">Ada Kerr</a>', '<span itemprop="author">Ada Kerr</span>'],
)
def test_the_byline_is_taken_out(byline: str) -> None:
    """It is found by its names, and is no part of the text."""
    page = parse(f"<body><div>{byline}{LONG}</div></body>")
    body = page.first("body")
    assert body is not None
    result = find(body, "")
    assert result.byline is not None
    assert "Ada Kerr" in result.byline.text
    assert "Ada Kerr" not in result.content.text


def test_little_text_is_looked_for_less_strictly() -> None:
    """Where strictness leaves next to nothing, what names itself furniture is the article all the same."""
    assert content(f'<body><div class="comment-body-x extra sidebar">{LONG}</div></body>').count("The council met") == 9
    assert content("<body><p>Only this.</p></body>") == "Only this."
    assert content("<body></body>") == ""


def test_boxes_out_of_proportion_are_taken_out() -> None:
    """Within the article: a box of links, a form, two pictures without text, an advertisement's label, a script's stand-in."""
    boxes = [
        "<div><a href=/x>One link</a> <a href=/y>another link</a></div>",
        "<form><p>Your address</p><input><input><input></form>",
        "<div><span><img src=a><img src=b></span></div>",
        "<div><span>Advertisement</span></div>",
        "<div><span>Loading...</span></div>",
    ]
    text = content(f"<div>{LONG}{LONG.join(boxes)}{LONG}</div>")
    for words in ("link", "address", "Advertisement", "Loading"):
        assert words not in text


def test_lists_tables_and_pictures_of_the_article_stay() -> None:
    """A list of items, a table of data, a figure and a gallery are content."""
    node = found(
        f"<div>{LONG}<ul><li>Night work only<li>Day work too</ul><table><tr><th>A<th>B<tr><td>1<td>2</table>"
        f"<figure><img src=a><figcaption>C</figcaption></figure><ul><li><img src=b></li><li><img src=c></li></ul>{LONG}</div>"
    )
    tags = [inner.tag for inner in node.walk()]
    assert (tags.count("li"), tags.count("td"), tags.count("img")) == (4, 2, 3)


def test_known_embeds_stay_and_others_go() -> None:
    """A frame of a video site is content, one of anybody else is an advertisement."""
    node = found(
        f'<div>{LONG}<iframe src="https://www.youtube.com/embed/1"></iframe><iframe src="https://ads.example/"></iframe>{LONG}</div>'
    )
    assert [inner.get("src") for inner in node.walk() if inner.tag == "iframe"] == ["https://www.youtube.com/embed/1"]


def test_a_title_like_heading_named_badly_goes() -> None:
    """A heading of a box that went."""
    assert "Shared by" not in content(f'<div>{LONG}<h2 class="share-title">Shared by</h2>{LONG}</div>')


def test_several_close_candidates_are_taken_together() -> None:
    """An article in parts so deep that what holds them has few points of its own."""
    part = f"<div class=outer><div class=inner><div class=part>{LONG}</div></div></div>"
    assert content(f"<body><div>{part * 4}</div><ul><li>{PROSE}</ul></body>").count("The council met") == 36


def test_what_holds_more_text_further_out_is_the_article() -> None:
    """The best part may be a long quotation within the article."""
    part = f"<div><div class=quoted>{LONG * 3}</div></div>"
    text = content(f"<body><div class=links><a href=/x>x</a></div><div class=all>{part}{f'<p>{PROSE * 3}</p>' * 5}</div></body>")
    assert text.count("The council met") == 27 + 15


def test_a_search_outwards_ends_where_points_end() -> None:
    """Around the best part little else is content."""
    text = content(f"<body><div><ul><li>{PROSE}</ul><div><div>{LONG * 3}</div></div></div><p>x</p></body>")
    assert text.count("The council met") == 27


def test_tasks_keep_their_boxes() -> None:
    """A box at the beginning of an item is a task's, not a form's."""
    node = found(f"<div>{LONG}<ul><li><input type=checkbox> Wash the deck</ul><p><input type=checkbox> {PROSE}</p>{LONG}</div>")
    assert [inner.tag for inner in node.walk() if inner.tag == "input"] == ["input"]
