"""Which places in an article prove that it answers?"""

import random
import re

import pytest
from rapidfuzz.distance import OSA

from index.document import (
    Article,
    Author,
    Blockquote,
    Category,
    Cell,
    Code,
    Column,
    Embed,
    Image,
    ImageBlock,
    List,
    ListItem,
    Paragraph,
    Row,
    Section,
    Source,
    SourceFormat,
    Table,
    Tag,
)
from index.outline import outline
from index.search.analysis import tokens
from index.search.bodies import body
from index.search.fields import SearchField
from index.search.lexicon import MOST_WORDS, lexicon
from index.search.passages import Document, Finder, Passage
from index.search.places import names_of
from index.search.syntax import parse

PRICES = Table(
    "Prices at the quay",
    (Column("Fish"), Column("Pounds")),
    (Row((Cell("Mackerel"), Cell("1,200"))), Row((Cell("Turbot", blocks=(Paragraph("from the bay"),)), Cell("80")))),
)
ARTICLE = Article(
    "The northern breakwater",
    Source(SourceFormat.JSON),
    language="en",
    subtitle="Stone against the sea",
    summary="Boats & harbours",
    authors=(Author("Ada Kerr"),),
    categories=(Category("Harbour"),),
    tags=(Tag("Fish"),),
    blocks=(Paragraph("The council voted for the breakwater; its harbours don’t wait."), Embed("https://video.example/1")),
    sections=(
        Section(
            "What fish cost",
            blocks=(
                List(items=(ListItem("Fishing boats"), ListItem("Night-work", blocks=(Paragraph("in the harbour"),)))),
                PRICES,
                Table(rows=(Row((Cell("ferry"), Cell("9"))),)),
                Code("fish = 1\nboats = 2"),
                Blockquote("A fisher", (Paragraph("We fished the bay <b>dry</b>."),)),
                Blockquote(blocks=(Paragraph("Silence."),)),
                ImageBlock(Image("https://pictures.example/1", "A ferry"), "The ferry at the quay"),
                Paragraph("港の漁船 and 東京 𝐦𝐚𝐭𝐡 fish"),
            ),
        ),
    ),
)


def found(query: str, first: int = 3, article: Article = ARTICLE) -> list[Passage]:
    """The passages of an article."""
    (passages,) = Finder(parse(query)).find([Document(outline(article), names_of(article))], first)
    return passages


def test_each_part_of_an_article_can_be_shown() -> None:
    """With where it stands, as text and as safe HTML."""
    (row, *_) = found("turbot 80")
    assert (row.field, row.row, row.section and row.section.heading) == (SearchField.TABLE, 1, "What fish cost")
    assert row.html == "<mark>Turbot</mark> from the bay · <mark>80</mark>"
    assert row.block is row.table
    assert row.table is not None
    assert row.table.caption == "Prices at the quay"
    shown = {(passage.field, passage.html) for passage in found("harbour fish boat ferry quay pounds fisher bay", 20)}
    assert shown == {
        (SearchField.SUMMARY, "<mark>Boats</mark> &amp; <mark>harbours</mark>"),
        (SearchField.CATEGORY, "<mark>Harbour</mark>"),
        (SearchField.TAG, "<mark>Fish</mark>"),
        (SearchField.HEADING, "What <mark>fish</mark> cost"),
        (SearchField.BODY, "The council voted for the breakwater; its <mark>harbours</mark> don’t wait."),
        (SearchField.BODY, "in the <mark>harbour</mark>"),
        (SearchField.LIST, "<mark>Fishing</mark> <mark>boats</mark>"),
        (SearchField.TABLE, "Prices at the <mark>quay</mark>"),
        (SearchField.TABLE, "<mark>Fish</mark> · <mark>Pounds</mark>"),
        (SearchField.TABLE, "Turbot from the <mark>bay</mark> · 80"),
        (SearchField.TABLE, "<mark>ferry</mark> · 9"),
        (SearchField.CODE, "<mark>fish</mark> = 1\n<mark>boats</mark> = 2"),
        (SearchField.BODY, "A <mark>fisher</mark>"),
        (SearchField.BODY, "We <mark>fished</mark> the <mark>bay</mark> &lt;b&gt;dry&lt;/b&gt;."),
        (SearchField.BODY, "A <mark>ferry</mark> · The <mark>ferry</mark> at the <mark>quay</mark>"),
        (SearchField.BODY, "港の漁船 and 東京 𝐦𝐚𝐭𝐡 <mark>fish</mark>"),
    }
    assert [passage.text for passage in found("stone ada", 5)] == ["Ada Kerr", "Stone against the sea"]


def test_ranges_count_as_a_browser_does_and_pairs_are_joined() -> None:
    """A letter beyond the basic plane is two units."""
    (passage,) = found("漁船 東京 math", 1)
    units = passage.text.encode("utf-16-le")
    assert [units[start * 2 : end * 2].decode("utf-16-le") for start, end in passage.ranges] == ["漁船", "東京", "𝐦𝐚𝐭𝐡"]


def test_a_beginning_in_writing_without_spaces_is_shown() -> None:
    """Of two characters by the pairs that are it, of three and more by those that it is made of."""
    article = Article("Port", Source(SourceFormat.JSON), language="ja", blocks=(Paragraph("ガス船の港、データベース"),))
    assert [re.findall("<mark>(.*?)</mark>", found(query, 1, article)[0].html) for query in ("ガス*", "データ*")] == [["ガス"], ["データ"]]


def test_a_long_text_is_cut_to_where_most_words_stand() -> None:
    """Between words, with dots on the sides that go on."""
    text = "A quay. " + "Nothing here at all. " * 40 + "The quay and the ferry. " + "Nothing more to say. " * 40
    (passage,) = found("quay ferry", 1, Article("x", Source(SourceFormat.JSON), language="en", blocks=(Paragraph(text),)))
    assert passage.text.startswith("…")
    assert passage.text.endswith("…")
    assert "The quay and the ferry." in passage.text
    assert len(passage.text) <= 302


@pytest.mark.parametrize("seed", range(30))
def test_what_is_marked_is_what_the_words_of_the_query_are(seed: int) -> None:
    """By stem, by beginning, by spelling: as a search word by word would have it."""
    chance = random.Random(seed)
    places = found(" ".join(re.findall(r"\w+", "the northern breakwater harbour fish boats ferry bay quay council turbot")), 20)
    words = sorted({word for place in places for word in re.findall("[a-z]{3,}", place.text.lower())})
    chosen = chance.sample(words, 3)
    query = f"{chosen[0]} {chosen[1][:3]}* {chosen[2][1:]}~"
    stems = {token.stem for token in tokens(chosen[0], "en")} - {""}
    for passage in found(query, 20):
        own = [
            (token.start, token.end)
            for token in tokens(passage.text, "en")
            if token.stem in stems or token.word.startswith(chosen[1][:3]) or OSA.distance(token.word, chosen[2][1:]) <= 1
        ]
        if passage.text.isascii():
            assert list(passage.ranges) == own
        assert own


def test_words_of_a_phrase_are_shown_where_it_stands_as_a_whole() -> None:
    """Other words wherever they stand; where it stands nowhere, its words do."""
    texts = "A night at sea", "The night ferry, and a night", "No ferry in winter", "Nightly ferries"
    article = Article("x", Source(SourceFormat.JSON), language="en", blocks=tuple(map(Paragraph, texts)))

    def shown(query: str) -> set[str]:
        return {one.html for one in found(query, 9, article)}

    whole = {"The <mark>night</mark> <mark>ferry</mark>, and a night", "<mark>Nightly</mark> <mark>ferries</mark>"}
    assert shown('"night ferry"') == whole
    assert shown('"night ferry" winter') == whole | {"No ferry in <mark>winter</mark>"}
    assert shown('"ferry night"') == {one.html for one in found("ferry night", 9, article)}
    japanese = Article(
        "x", Source(SourceFormat.JSON), language="ja", blocks=(Paragraph("水産市場"), Paragraph("水産と産市"), Paragraph("市場"))
    )
    assert [one.html for one in found("水産市場", 9, japanese)] == ["<mark>水産市場</mark>"]


def test_nothing_is_shown_where_nothing_is_asked() -> None:
    """Nor where only stop words are, or none are wanted."""
    assert [found(""), found("the"), found("fish", 0), found("xyzzy")] == [[], [], [], []]


def test_a_document_is_read_once_until_another_numbering_is_in_use() -> None:
    """In whatever language it is."""
    article = outline(ARTICLE)
    Finder(parse("fish")).find([Document(article, names_of(ARTICLE))], 3)
    kept, before = body(article), lexicon()
    words = kept.words(before)
    assert body(article).words(lexicon()) is words
    before.words.extend([""] * (MOST_WORDS + 1))
    assert Finder(parse("fish")).find([Document(article, names_of(ARTICLE))], 3) == [found("fish")]
    assert kept.words(lexicon()) is not words


def test_words_are_those_of_the_articles_language() -> None:
    """Also where its stems begin otherwise than its words do."""
    dutch = Article("De haven", Source(SourceFormat.JSON), language="nl", blocks=(Paragraph("De boten hebben gevist."),))
    assert [passage.html for passage in found("vissen", 3, dutch)] == ["De boten hebben <mark>gevist</mark>."]


def test_a_word_without_its_accents_is_marked() -> None:
    """Though it has another stem then; a stop word of the article's language is not."""
    article = Article("Um", Source(SourceFormat.JSON), language="pt", blocks=(Paragraph("A navegação do rio foi aberta."),))
    assert [one.html for one in found("navegacao", article=article)] == ["A <mark>navegação</mark> do rio foi aberta."]
    assert found("do", article=article) == []


def test_passages_of_a_page_are_those_of_its_articles_one_by_one() -> None:
    """Whatever languages they are in, and where some hold nothing of what is asked."""
    portuguese = Article("Um", Source(SourceFormat.JSON), language="pt", blocks=(Paragraph("A navegação do rio foi aberta."),))
    empty = Article("", Source(SourceFormat.JSON))
    page = [Document(outline(article), names_of(article)) for article in (ARTICLE, portuguese, empty, ARTICLE)]
    query = "fish* navegacao harbours"
    assert Finder(parse(query)).find(page, 3) == [found(query, article=document.outline.article) for document in page]


@pytest.mark.parametrize("query", ["漁", "漁*"])
def test_a_character_alone_is_marked_where_a_pair_begins_with_it(query: str) -> None:
    """Of what is searched by pairs a character alone finds those that it stands in."""
    (passage,) = found(query, 1)
    assert "<mark>漁船</mark>" in passage.html


def test_a_character_alone_is_marked_once_wherever_it_stands() -> None:
    """In the pair that begins with it, or in the one that ends with it where nothing goes on; in each item of a list."""
    items = List(items=tuple(ListItem(text) for text in ("地図", "図書", "地図帳")))
    article = Article("x", Source(SourceFormat.JSON), language="ja", blocks=(items,))
    assert {one.html for one in found("図", 9, article)} == {"<mark>地図</mark>", "<mark>図書</mark>", "地<mark>図帳</mark>"}
