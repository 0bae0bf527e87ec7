"""What is said of the parts of a page that are no article."""

from __future__ import annotations

from index.importers.html import read
from index.importers.material import Material

PROSE = "The council met on Monday, heard both sides, and put off the vote until the engineers had measured the wall again. "
LONG = f"<p>{PROSE * 3}</p>\n" * 3


def said(body: str, title: str = "Breakwater vote put off") -> list[tuple[str, int | None, float]]:
    """The repairs of a page: message, line and confidence."""
    reading = read(Material(f"<title>{title}</title>\n<body>\n{body}".encode()))
    return [(note.repair.message, note.repair.line, note.repair.confidence) for note in reading.repairs.notes]


def test_each_piece_is_named_with_its_line() -> None:
    """By its tag, by its names, or for standing beside the article; the surer the more is known."""
    assert said(
        f"""<nav><a href=/>Home</a> <a href=/x>News</a></nav>
<div class="newsletter-signup"><p>Every Thursday</p></div>
<div class=story>{LONG}</div>
<div><a href=/y>Elsewhere</a></div>
<div class="comments"><p>First!</p></div>
<p hidden>Not shown</p>
<iframe src="https://ads.example/1"></iframe>
<footer>Imprint</footer>"""
    ) == [
        ("Navigation left out: “Home News”.", 3, 0.95),
        ("A newsletter box left out: “Every Thursday”.", 4, 0.9),
        ("A part beside the article left out: “Elsewhere”.", 9, 0.75),
        ("Comments left out: “First!”.", 10, 0.9),
        ("A hidden part left out: “Not shown”.", 11, 0.95),
        ("A frame left out: “https://ads.example/1”.", 12, 0.95),
        ("A footer left out: “Imprint”.", 13, 0.95),
    ]


def test_what_was_read_for_something_else_is_not_missed() -> None:
    """The title's heading and the byline are in the article's fields; frames that show nothing are nothing."""
    frames = (
        '<iframe src="about:blank"></iframe><iframe hidden src="https://ads.example/"></iframe><script type="application/json">1</script>'
    )
    assert said(f"<h1>Breakwater vote put off</h1><div class=a>{LONG}</div>{frames}") == []
    messages = [
        message for message, _, _ in said(f'<div class=a><h1>Breakwater vote put off</h1><p class="byline">By Ada Kerr</p>{LONG}</div>')
    ]
    assert messages == ["“Ada Kerr” is taken from a byline."]


def test_bare_text_beside_the_article_is_named() -> None:
    """Text that stands in no element of its own."""
    assert said(f"Skip to content<div class=story>{LONG}</div>")[0] == ("A part beside the article left out: “Skip to content”.", 2, 0.75)


def test_a_piece_that_is_in_the_article_is_not_named() -> None:
    """Text that was put into paragraphs on the way is not taken for missing."""
    assert said(f"<div>{PROSE * 3}<br><br>{PROSE * 3}<div>{PROSE * 3}</div></div>") == []


def test_many_pieces_are_counted() -> None:
    """Beyond a hundred the rest is one number."""
    messages = [message for message, _, _ in said("<nav>x</nav>\n" * 130 + f"<div>{LONG}</div>")]
    assert len(messages) == 101
    assert messages[-1] == "30 further pieces were left out."


def test_scripts_handlers_and_controls_are_counted() -> None:
    """With the line of the first; data in scripts are not counted."""
    body = (
        f"<script>x()</script>\n<script>y()</script><script type='application/json'>1</script><div onclick=x>{LONG}<button>b</button></div>"
    )
    assert [message for message in said(body) if "removed" in message[0]] == [
        ("Scripts were removed: 2.", 3, 1.0),
        ("Event handlers of elements were removed: 1.", 4, 1.0),
        ("Form controls were removed: 1.", 7, 1.0),
    ]
