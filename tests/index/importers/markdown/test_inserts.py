"""What does a template's call stand for, once its site is gone?"""

import pytest

from index.document import Block, Blockquote, Embed, Image, ImageBlock, Mark, Paragraph, Span
from index.importers.markdown.inserts import Insert, address_of, insert, parse_call


def become(name: str, arguments: str) -> Insert:
    """What a call becomes."""
    return insert(parse_call(name, arguments), "")


@pytest.mark.parametrize(
    ("name", "arguments", "block"),
    [
        ("youtube", "dQw4w9WgXcQ", Embed("https://www.youtube.com/watch?v=dQw4w9WgXcQ")),
        ("lite-youtube", 'videoid="dQw4w9WgXcQ" title="A"', Embed("https://www.youtube.com/watch?v=dQw4w9WgXcQ")),
        ("video", '"https://a.example/embed/b" 650 400', Embed("https://a.example/embed/b")),
        ("video", 'src="/media/a.mp4"', Embed("/media/a.mp4")),
        ("iframe", 'url="https://a.example/map"', Embed("https://a.example/map")),
        ("tweet", 'user="a_b" id="123"', Embed("https://twitter.com/a_b/status/123")),
        ("tweet", "123", Embed("https://twitter.com/i/status/123")),
        ("gist", "ada 7896402", Embed("https://gist.github.com/ada/7896402")),
        ("gist", "7896402", Embed("https://gist.github.com/7896402")),
        ("spotify", 'type="track" id="abc"', Embed("https://open.spotify.com/track/abc")),
        ("image", '"a/b c.jpg" "A pier" 640 480', ImageBlock(Image("a/b%20c.jpg", "A pier", 640, 480))),
        ("image_with_class", '"a.jpg" "width-500px" "A pier"', ImageBlock(Image("a.jpg", "A pier"))),
        ("include", '"figure.html", image: "/a.png", alt: "A", caption: "B"', ImageBlock(Image("/a.png", "A"), "B")),
        (
            "include",
            'figure.html url="/a.png" description="A pier" caption="By *night*"',
            ImageBlock(Image("/a.png", "A pier"), "By night"),
        ),
        ("include", 'media/youtube.html id="dQw4w9WgXcQ"', Embed("https://www.youtube.com/watch?v=dQw4w9WgXcQ")),
        ("figure", 'src="a.png" title="T" caption="A [pier](/b) <b>by</b> `night`"', ImageBlock(Image("a.png"), "T — A pier by night")),
        ("figure", 'src="a.png" alt="A" desc="A *long* pier" attr="Ada Kerr"', ImageBlock(Image("a.png", "A"), "Ada Kerr — A long pier")),
        ("img-right", 'src="name-without-ending" alt="A"', ImageBlock(Image("name-without-ending", "A"))),
        ("anything", 'src="a.svg"', ImageBlock(Image("a.svg"))),
        ("figure", "src='a.png' title='T' width='50%'", ImageBlock(Image("a.png"), "T")),
        ("pull-quote", 'text="Well said" cite="Ada Kerr"', Blockquote("Ada Kerr", (Paragraph("Well said"),))),
    ],
)
def test_blocks(name: str, arguments: str, block: Block) -> None:
    """Pictures, players and quotations are told by names and arguments."""
    assert become(name, arguments).block == block


@pytest.mark.parametrize(
    ("name", "arguments", "spans"),
    [
        ("download", 'file="a.pdf" label="The plan (PDF)"', (Span("The plan (PDF)", (), "a.pdf"),)),
        (
            "card",
            'title="Tides" text="How they turn" href="/tides"',
            (Span("Tides", (Mark.STRONG,)), Span(" — "), Span("How they turn", (), "/tides")),
        ),
        ("details", 'summary="More"', (Span("More", (Mark.STRONG,)),)),
        ("note", '"Mind the step"', (Span("Mind the step"),)),
        ("button", 'url="https://a.example/b"', (Span("https://a.example/b", (), "https://a.example/b"),)),
        ("link", 'text="x" href="javascript:y"', (Span("x"),)),
        ("toc", "", ()),
        ("if", "page.x == 1", ()),
        ("youtube", "", ()),
        ("figure", 'src="javascript:x.png"', ()),
    ],
)
def test_words(name: str, arguments: str, spans: tuple[Span, ...]) -> None:
    """Words stay words, a link where there is something safe to link to; without any nothing is left."""
    found = become(name, arguments)
    assert (found.block, found.spans) == (None, spans)


def test_arguments() -> None:
    """Arguments with keys and without, quoted in three ways; escapes are read."""
    call = parse_call("A", r'''one "two \"2\"" three="3" Four='4 "x"' five=`5` six: "6"''')
    assert call.name == "a"
    assert call.plain == ("one", 'two "2"')
    assert call.named == {"three": "3", "four": '4 "x"', "five": "5", "six": "6"}


@pytest.mark.parametrize(("arguments", "address"), [("a b/c.md", "b/c.md"), ("a", "a"), ("", ""), ('path="/a b"', "/a%20b")])
def test_where_an_address_is_wanted(arguments: str, address: str) -> None:
    """The argument that looks like a path, else the first."""
    assert address_of(parse_call("ref", arguments)) == address


@pytest.mark.parametrize(
    ("insert", "markup", "text"),
    [
        (Insert("", (Span("a<"), Span("b", (), "c"))), 'a&lt;<a href="c">b</a>', "a<b"),
        (Insert("", (), Embed("a?b&c")), '<iframe src="a?b&amp;c"></iframe>', ""),
        (Insert("", (), ImageBlock(Image("a.png", '"A"'))), '<img src="a.png" alt="&quot;A&quot;">', ""),
        (Insert("", (), ImageBlock(Image("a.png"), "C")), '<figure><img src="a.png" alt=""><figcaption>C</figcaption></figure>', ""),
        (Insert("", (), Blockquote(None, (Paragraph("a"),))), "<blockquote>a</blockquote>", "a"),
    ],
)
def test_as_markup_and_as_words(insert: Insert, markup: str, text: str) -> None:
    """Within HTML an insert is HTML, within a word it is its words."""
    assert (insert.markup(), insert.text) == (markup, text)
