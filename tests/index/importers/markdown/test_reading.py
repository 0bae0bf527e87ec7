"""How does a Markdown file become an article?"""

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.anchors import anchored
from index.document import (
    Article,
    Author,
    Category,
    Code,
    Embed,
    Image,
    ImageBlock,
    List,
    ListItem,
    Mark,
    Paragraph,
    RepairKind,
    Section,
    Source,
    SourceFormat,
    Span,
    Tag,
)
from index.importers.flow import Heading
from index.importers.frontmatter import split
from index.importers.markdown import read, titled
from index.importers.markdown.reading import plain_title
from index.importers.material import Material, Reading, Unreadable
from index.importers.repairs import Repairs
from index.outline import outline

DATA = Path(__file__).parents[4] / ".." / "shared" / "data" / "frontmatter"
Said = list[tuple[int | None, RepairKind]]


def reading(text: str | bytes, path: str = "piers.md") -> tuple[Reading, Said]:
    """The article of a file, and what had to be said of it."""
    content = text.encode() if isinstance(text, str) else text
    found = read(Material(content, f"archive/{path}", path, "harbour"))
    return found, [(note.repair.line, note.repair.kind) for note in found.repairs.notes]


def test_a_whole_file() -> None:
    """Front matter and body become one article."""
    found, said = reading(
        "---\ntitle: The Piers\ndate: 2025-03-04\nauthor: Ada Kerr\ntags: [oak]\nslug: piers\n---\n\nLead.\n\n## Oak\n\nText.\n\n### Beams\n\n## Steel\n"
    )
    assert found.article == Article(
        title="The Piers",
        source=Source(SourceFormat.MARKDOWN, "harbour", "archive/piers.md"),
        slug="piers",
        published_at=dt.datetime(2025, 3, 4, tzinfo=dt.UTC),
        authors=(Author("Ada Kerr", "ada-kerr"),),
        tags=(Tag("oak", "oak"),),
        blocks=(Paragraph("Lead."),),
        sections=(
            Section("Oak", 2, "", (Paragraph("Text."),), (Section("Beams", 3),)),
            Section("Steel", 2),
        ),
    )
    assert (found.given, found.line, said) == ("piers", None, [])


# one file for each oddity that archives were seen to hold, in words of our own
ODDITIES = {
    "a date with an offset and one figure of an hour": (
        "---\ntitle: A\ndate: 2017-05-09 3:00:03 -0400\n---\nB",
        {"published_at": dt.datetime(2017, 5, 9, 3, 0, 3, tzinfo=dt.timezone(dt.timedelta(hours=-4)))},
        [],
    ),
    "a date with one figure of a month": (
        "---\ntitle: A\ndate: 2024-4-09\n---\nB",
        {"published_at": dt.datetime(2024, 4, 9, tzinfo=dt.UTC)},
        [],
    ),
    "a date that reads two ways": (
        "---\ntitle: A\ndate: 11-9-2017\n---\nB",
        {"published_at": dt.datetime(2017, 11, 9, tzinfo=dt.UTC)},
        [(3, RepairKind.DATE_INFERRED)],
    ),
    "a date in words": ("---\ntitle: A\ndate: May 30th 2024\n---\nB", {"published_at": dt.datetime(2024, 5, 30, tzinfo=dt.UTC)}, []),
    "a date in the path alone": (
        "+++\npath = \"2014/11/20/Moorings\"\ntitle = 'A'\n+++\nB",
        {"published_at": dt.datetime(2014, 11, 20, tzinfo=dt.UTC), "slug": "moorings"},
        [(None, RepairKind.DATE_INFERRED)],
    ),
    "TOML with a table": (
        '+++\ntitle = "A"\nauthors = ["Ada Kerr", "Bo Lind"]\ndate = 2025-03-04T10:00:00Z\n\n[extra]\nteam = "harbour"\n+++\nB',
        {
            "authors": (Author("Ada Kerr", "ada-kerr"), Author("Bo Lind", "bo-lind")),
            "published_at": dt.datetime(2025, 3, 4, 10, tzinfo=dt.UTC),
        },
        [],
    ),
    "CRLF and a byte order mark": (
        "\ufeff---\r\ntitle: A\r\nsummary: B\r\n---\r\n\r\nC\r\nD\r\n",
        {"summary": "B", "blocks": (Paragraph("C D"),)},
        [],
    ),
    "blank lines before it": ("\n\n---\ntitle: A\n---\nB", {"title": "A"}, []),
    "trailing blanks after the rule": ("--- \ntitle: A\n---\t\nB", {"title": "A", "blocks": (Paragraph("B"),)}, []),
    "a key twice": ("---\ntitle: A\nexpiry: 1\nexpiry: 2\n---\nB", {"title": "A"}, [(4, RepairKind.OTHER)]),
    "a tab behind an item": ("---\ntitle: A\nauthors:\n- akerr\t\t\n---\nB", {"authors": (Author("akerr", "akerr"),)}, []),
    "tabs for an indent": ("---\ntitle: A\ntags:\n\t- b\n---\nB", {"tags": (Tag("b", "b"),)}, [(3, RepairKind.OTHER)]),
    "a number for a title": ("---\ntitle: 2019\n---\nB", {"title": "2019"}, []),
    "one tag as a text": ("---\ntitle: A\ntags: blog\n---\nB", {"tags": (Tag("blog", "blog"),)}, []),
    "tags that differ in case": ("---\ntitle: A\ntags: [Tides, tides]\n---\nB", {"tags": (Tag("Tides", "tides"),)}, []),
    "no categories": ("---\ntitle: A\ncategories:\n---\nB", {"categories": ()}, []),
    "topics": ("---\ntitle: A\ntopics:\n  - open-water\n---\nB", {"categories": (Category("open-water", "open-water"),)}, []),
    "four people in one text": (
        "---\ntitle: A\nauthor: Ada Kerr, Bo Lind, Cy Moss and Di Nash\n---\nB",
        {"authors": tuple(Author(name, name.lower().replace(" ", "-")) for name in ("Ada Kerr", "Bo Lind", "Cy Moss", "Di Nash"))},
        [(3, RepairKind.AUTHOR_INFERRED)],
    ),
    "authors under another name": ("---\ntitle: A\nby:\n- Ada Kerr\n---\nB", {"authors": (Author("Ada Kerr", "ada-kerr"),)}, []),
    "a colon in a title": ("---\ntitle: Piers: a history\n---\nB", {"title": "Piers: a history"}, [(2, RepairKind.OTHER)]),
    "entities in a title": ("---\ntitle: 'Piers &#58; &#8216;new&#8217; &amp; old'\n---\nB", {"title": "Piers : ‘new’ & old"}, []),
    "angle brackets in a title": ("---\ntitle: Building <InputView>\n---\nB", {"title": "Building <InputView>"}, []),
    "marks in a title": ("---\ntitle: 'Using `piers` *well*'\n---\nB", {"title": "Using piers well"}, []),
    "no front matter": ("# The Piers\n\nB", {"title": "The Piers", "blocks": (Paragraph("B"),)}, [(None, RepairKind.HEADING_INFERRED)]),
    "no title at all": ("B\n\n## C", {"title": "Piers"}, [(None, RepairKind.OTHER)]),
    "a title that the body repeats": (
        "---\ntitle: The  Piers!\n---\n\n# The piers\n\nB",
        {"blocks": (Paragraph("B"),), "sections": ()},
        [(None, RepairKind.DUPLICATE_REMOVED)],
    ),
    "another heading of level 1": ("---\ntitle: A\n---\n# B\n\n# C\n", {"sections": (Section("B", 1), Section("C", 1))}, []),
    "headings from level 4": (
        "---\ntitle: A\n---\n#### B\n\n##### C\n\n### D\n",
        {"sections": (Section("B", 4, "", (), (Section("C", 5),)), Section("D", 3))},
        [],
    ),
    "raw HTML, a frame and a script": (
        "---\ntitle: A\n---\n<p>\n  B <b>c</b></p>\n\n<iframe src='https://a.example/d'></iframe>\n\n<script>e()</script>\n",
        {"blocks": (Paragraph("B c", (Span("B "), Span("c", (Mark.STRONG,)))), Embed("https://a.example/d"))},
        [(9, RepairKind.UNSAFE_REMOVED)],
    ),
    "relative links and an address": (
        "---\ntitle: A\ncanonical: https://harbour.example/news/a/\n---\n[b](../c) ![](/d.png)",
        {
            "url": "https://harbour.example/news/a/",
            "blocks": (
                Paragraph(
                    "b ",
                    (
                        Span("b", (), "https://harbour.example/news/c"),
                        Span(" "),
                        Span("", (), None, Image("https://harbour.example/d.png")),
                    ),
                ),
            ),
        },
        [],
    ),
    "a picture in the front matter": ("---\ntitle: A\nimage: /a.png\nimage_alt: B\n---\nC", {"image": Image("/a.png", "B")}, []),
    "a call with content, and braces in code": (
        '---\ntitle: A\n---\n{{< box title="B" >}}\n- c\n{{< /box >}}\n\n```\n{{ d }}\n```\n\n{{image "e.png" 800}}\n',
        {
            "blocks": (
                Paragraph("B", (Span("B", (Mark.STRONG,)),)),
                List(items=(ListItem("c"),)),
                Code("{{ d }}"),
                ImageBlock(Image("e.png", "", 800)),
            )
        },
        [(4, RepairKind.OTHER), (12, RepairKind.OTHER)],
    ),
    "bytes that are no UTF-8": (b"---\ntitle: Caf\xe9\n---\nB", {"title": "Café"}, []),
    "front matter that is no YAML at all": (
        "---\n: : [\n{{{\ntitle: A\ndate: @\nslug: b\n---\nB",
        {"title": "A", "slug": "b"},
        [(5, RepairKind.OTHER), (2, RepairKind.OTHER), (3, RepairKind.OTHER), (5, RepairKind.OTHER)],
    ),
}


@pytest.mark.parametrize("oddity", ODDITIES)
def test_oddities(oddity: str) -> None:
    """What archives hold is read, and said where it had to be mended."""
    text, expected, repairs = ODDITIES[oddity]
    found, said = reading(text)
    assert {name: getattr(found.article, name) for name in expected} == expected
    assert sorted(said, key=str) == sorted(repairs, key=str)


def test_headings_that_repeat_get_anchors_of_their_own() -> None:
    """The same heading twice is two sections."""
    found, _ = reading("---\ntitle: A\n---\n## B\n\n## B\n\n## B {#c}\n")
    anchors = [section.anchor for section in anchored(found.article).sections]
    assert len(set(anchors)) == 3
    assert anchors[2] == "c"


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("2016-11-18-release-notes.md", "Release notes"),
        ("blog/the_north-pier/index.md", "The north pier"),
        ("_index.md", "Untitled"),
        ("a/b.markdown", "B"),
        ("", "Untitled"),
    ],
)
def test_titles_from_paths(path: str, title: str) -> None:
    """A file without a title is called what its name says."""
    found, _ = reading("text", path)
    assert found.article.title == title


@pytest.mark.parametrize(
    ("flow", "title", "expected", "left"),
    [
        ([Heading("A", 1), Paragraph("b")], "", "A", 1),
        ([Paragraph("b"), Heading("A", 1)], "", "A", 1),
        ([Heading("A", 2), Heading("B", 1)], "", "Untitled", 2),
        ([ImageBlock(Image("x.png")), Heading("a", 2)], "A", "A", 1),
        ([Paragraph("b"), Heading("A", 1)], "A", "A", 2),
        ([Heading("B", 1)], "A", "A", 1),
        ([], "A", "A", 0),
    ],
)
def test_titles(flow: list[Heading | Paragraph | ImageBlock], title: str, expected: str, left: int) -> None:
    """A title comes from the record, the first heading of level 1, or the path; a heading that repeats it goes."""
    found, rest = titled(list(flow), title, Repairs())
    assert (found, len(rest)) == (expected, left)


def test_plain_titles() -> None:
    """Marks of Markdown go, words with signs in them stay."""
    assert plain_title("snake_case and C* `x` [y](z)") == "snake_case and C* x y"
    assert plain_title("[Draft] <T>") == "[Draft] <T>"


@pytest.mark.parametrize("content", [b"", b"\n \n", b"---\nlayout: post\n---\n", b"<!-- nothing -->"])
def test_nothing_to_import(content: bytes) -> None:
    """A file without text and title is refused with a reason."""
    with pytest.raises(Unreadable, match="no text and no title"):
        reading(content)


def test_a_title_alone_is_an_article() -> None:
    """Front matter with a title is enough."""
    assert reading("---\ntitle: A\n---\n")[0].article.title == "A"


@given(st.text() | st.binary())
def test_any_file_at_all(content: str | bytes) -> None:
    """No file makes it fail but those that hold nothing, and what it reads can be placed."""
    data = content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass")
    for whole in (data, b"---\n" + data + b"\n---\n" + data):
        try:
            found, _ = reading(whole)
        except Unreadable:
            continue
        found.repairs.placed(outline(found.article))


@pytest.mark.skipif(not DATA.exists(), reason="the sample files are not beside this checkout")
def test_every_file_of_six_sites() -> None:
    """Each is read with a title and a date or a reason to have none, and nothing of a template is left in its text."""
    files = sorted(DATA.glob("*/*.md"))
    assert len(files) > 100
    for file in files:
        found, _ = reading(file.read_bytes(), f"{file.parent.name}/{file.name}")
        article = found.article
        assert article.title
        assert article.published_at is not None or not any(char.isdigit() for char in file.name)
        holds_text = split(file.read_text("utf-8"), Repairs()).body.strip()
        assert bool(article.blocks or article.sections) == bool(holds_text)
        spans = (span for block in outline(article).blocks for span in getattr(block, "spans", ()) if not span.marks)
        assert not [span.text for span in spans if "{{" in span.text or "{%" in span.text], file.name
