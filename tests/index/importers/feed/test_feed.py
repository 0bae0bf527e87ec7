"""How feeds become articles."""

from __future__ import annotations

import datetime as dt
import html
import json
import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from index.document import Article, Author, Category, Embed, Image, ImageBlock, Paragraph, RepairKind, SourceFormat, Span, Tag
from index.importers import feed
from index.importers.dispatch import in_items
from index.importers.finish import finish
from index.importers.material import Material, Reading, Rejection, Skipped, Unreadable
from index.plain import article_text

DATA = Path(__file__).parents[4] / ".." / "shared" / "data" / "feeds"
with_data = pytest.mark.skipif(not DATA.is_dir(), reason="the shared data is not here")

SPACES = (
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:media="http://search.yahoo.com/mrss/"'
    ' xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dcterms="http://purl.org/dc/terms/"'
)
RSS = f"<rss {SPACES}><channel><title>The Daily</title><link>https://daily.example/</link><language>en-gb</language>\n"
ATOM = (
    '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de" xml:base="https://daily.example/a/"><title>The Daily</title>'
    '<link rel="self" href="/feed"/><author><name>Ada Kerr</name></author>\n'
)


def entries(content: str | bytes) -> list[Reading | Rejection | Skipped]:
    """What a feed comes to."""
    return list(in_items(SourceFormat.FEED, Material(content.encode() if isinstance(content, str) else content, "a.xml", "a.xml")))


def reading(content: str | bytes) -> Reading:
    """What a feed of one entry comes to."""
    (found,) = entries(content)
    assert isinstance(found, Reading)
    return found


def rss(inside: str) -> Article:
    """The article of one item of RSS."""
    return reading(f"{RSS}<item>{inside}</item></channel></rss>").article


def atom(inside: str) -> Article:
    """The article of one entry of Atom."""
    return reading(f"{ATOM}<entry>{inside}</entry></feed>").article


def json_feed(item: object, **feed: object) -> Article:
    """The article of one item of a JSON Feed."""
    return reading(json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "The Daily", "items": [item], **feed})).article


def test_an_item_of_rss_is_an_article() -> None:
    """With address, date, author, topics, body and what it goes by; the feed's title is the publication."""
    found = reading(
        f"{RSS}<item><title>Tom &amp;amp; Jerry</title><link> https://daily.example/1 </link><guid isPermaLink='false'>g-1</guid>"
        "<pubDate>Thu, 02 Jan 2020 10:00:00 -0500</pubDate><author>ada@daily.example (Ada Kerr)</author><category>Ports</category>"
        "<category domain='x'>Law</category><description>In short</description><content:encoded><![CDATA[<p>One</p>]]></content:encoded></item>"
    )
    article = found.article
    assert (article.title, article.url, found.given) == ("Tom & Jerry", "https://daily.example/1", "g-1")
    assert article.published_at == dt.datetime(2020, 1, 2, 10, tzinfo=dt.timezone(dt.timedelta(hours=-5)))
    assert (article.authors, article.categories) == (
        (Author("Ada Kerr", "ada-kerr"),),
        (Category("Ports", "ports"), Category("Law", "law")),
    )
    assert (article.summary, article.blocks, article.language) == ("In short", (Paragraph("One"),), "en-GB")
    assert (article.source.publication, found.line, found.repairs.notes) == ("The Daily", 2, [])


def test_an_entry_of_atom_is_one_too() -> None:
    """Its author and language are the feed's unless it says otherwise; addresses are relative to the nearest base."""
    article = atom(
        '<title type="html">A &amp;lt;b></title><id>urn:1</id><link href="1"/><link rel="edit" href="2"/><published>2020-01-02T10:00:00Z</published>'
        '<updated>2020-01-03T10:00:00Z</updated><category term="t-1" label="Ports"/><category term="law"/><category term="http://x/kind#post"/>'
        '<summary>In short</summary><content type="html" xml:base="b/">&lt;p>See &lt;a href="c">this&lt;/a></content>'
    )
    assert (article.title, article.url, article.language) == ("A <b>", "https://daily.example/a/1", "de")
    assert (article.published_at, article.updated_at) == (
        dt.datetime(2020, 1, 2, 10, tzinfo=dt.UTC),
        dt.datetime(2020, 1, 3, 10, tzinfo=dt.UTC),
    )
    assert (article.authors, [category.name for category in article.categories]) == ((Author("Ada Kerr", "ada-kerr"),), ["Ports", "law"])
    assert article.blocks == (Paragraph("See this", (Span("See "), Span("this", (), "https://daily.example/a/b/c"))),)
    assert atom("<author><name>Bo Hale</name><uri>https://b.example</uri></author><title>x</title>").authors == (
        Author("Bo Hale", "bo-hale", url="https://b.example"),
    )


def test_a_feed_without_a_namespace_is_known_by_its_tags() -> None:
    """Entries are Atom's, items RSS's."""
    found = reading(
        "<feed><title>T</title><entry><title>One</title><author><name>Ada</name></author><content><p>x</p></content></entry></feed>"
    )
    assert (found.article.authors, found.article.blocks, found.article.source.publication) == (
        (Author("Ada", "ada"),),
        (Paragraph("x"),),
        "T",
    )


def test_an_entry_may_stand_alone() -> None:
    """Without a feed around it."""
    assert reading('<?xml version="1.0"?><entry xmlns="http://www.w3.org/2005/Atom"><title>One</title></entry>').article.title == "One"


def test_an_item_of_rdf_stands_beside_its_channel() -> None:
    """And goes by the name that RDF gives it."""
    found = reading(
        '<rdf:RDF xmlns="http://purl.org/rss/1.0/" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        '<channel rdf:about="c"><title>The Daily</title><items><rdf:Seq><rdf:li resource="1"/></rdf:Seq></items></channel>'
        '<item rdf:about="https://daily.example/1"><title>One</title><link>https://daily.example/1</link><dc:date>2020-01-02</dc:date>'
        "<dc:creator>Ada Kerr</dc:creator><dc:subject>Ports</dc:subject></item></rdf:RDF>"
    )
    assert (found.given, found.article.source.publication) == ("https://daily.example/1", "The Daily")
    assert (found.article.authors, found.article.categories) == ((Author("Ada Kerr", "ada-kerr"),), (Category("Ports", "ports"),))


def test_modules_stand_in_for_fields_of_their_format() -> None:
    """Dublin Core, iTunes and Media RSS."""
    article = rss(
        "<dc:title>One</dc:title><dcterms:created>2020-01-02</dcterms:created><itunes:author>Ada Kerr</itunes:author>"
        "<itunes:summary>In short</itunes:summary><itunes:keywords>a, b</itunes:keywords><itunes:image href='/i.jpg'/>"
    )
    assert (article.title, article.authors, article.tags) == ("One", (Author("Ada Kerr", "ada-kerr"),), (Tag("a", "a"), Tag("b", "b")))
    assert (article.image, article.summary, article.blocks) == (Image("https://daily.example/i.jpg"), "In short", (Paragraph("In short"),))


@pytest.mark.parametrize(
    ("link", "url"),
    [
        ("<link>/1</link>", "https://daily.example/1"),
        ("<guid>https://daily.example/1</guid>", "https://daily.example/1"),
        ("<guid isPermaLink='false'>https://daily.example/1</guid>", None),
        ("<guid>g-1</guid>", None),
        ("<link/><atom:link rel='alternate' href='https://daily.example/1'/>", "https://daily.example/1"),
        ("<link>https://proxy.example/1</link><f:origLink xmlns:f='urn:f'>https://daily.example/1</f:origLink>", "https://daily.example/1"),
    ],
)
def test_an_address_is_that_of_the_page(link: str, url: str | None) -> None:
    """Not that of a counter before it, nor a name that only looks like one."""
    assert rss(f"<title>One</title>{link}").url == url


def test_the_date_of_the_last_change_stands_for_one_that_is_missing() -> None:
    """Which is said."""
    found = reading(f"{ATOM}<entry><title>One</title><updated>2020-01-03</updated></entry></feed>")
    assert found.article.published_at == found.article.updated_at == dt.datetime(2020, 1, 3, tzinfo=dt.UTC)
    assert [note.repair.kind for note in found.repairs.notes] == [RepairKind.DATE_INFERRED]


@pytest.mark.parametrize(
    ("content", "blocks"),
    [
        ('<content type="text">a &lt;b> c\n\nd</content>', (Paragraph("a <b> c"), Paragraph("d"))),
        ("<content>a\nb\n\nc</content>", (Paragraph("a\nb"), Paragraph("c"))),
        ('<content type="text/plain">&lt;p>a&lt;/p></content>', (Paragraph("a"),)),
        ('<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>a &amp; b</p></div></content>', (Paragraph("a & b"),)),
        ('<content type="text/html"><p>a</p></content>', (Paragraph("a"),)),
        ('<content src="https://daily.example/a.mp4" type="video/mp4"/>', (Embed("https://daily.example/a.mp4"),)),
        ("<content></content><summary>b</summary>", (Paragraph("b"),)),
        ("", ()),
    ],
)
def test_a_body_is_html_or_text_as_it_says_or_shows(content: str, blocks: tuple[object, ...]) -> None:
    """Clean text has its paragraphs and breaks; what is only described has its description for a body."""
    assert atom(f"<title>x</title>{content}").blocks == blocks


def test_a_description_is_the_summary_unless_it_is_the_whole_body() -> None:
    """A short and plain one is both."""
    assert rss("<title>x</title><description>a &amp;lt;b&amp;gt; c</description>").summary == "a <b> c"
    assert rss("<title>x</title><description>&lt;p>a&lt;/p>&lt;p>b&lt;/p></description>").summary is None
    assert rss(f"<title>x</title><description>{'word ' * 300}</description>").summary is None
    both = rss("<title>x</title><description>&lt;b>In&lt;/b> short</description><content:encoded>&lt;p>a&lt;/p></content:encoded>")
    assert (both.summary, both.blocks) == ("In short", (Paragraph("a"),))


def test_blank_lines_part_the_paragraphs_of_a_description_without_elements_that_do() -> None:
    """As in plain text, whatever entities and marks within lines it holds."""
    for plain in ("one &amp;amp;\ntwo\n\nthree &lt;b>four&lt;/b>", "one &amp;amp; two\n \n\nthree\n&lt;i>four&lt;/i>\n"):
        article = rss(f"<title>x</title><description>{plain}</description>")
        assert [block.text for block in article.blocks if isinstance(block, Paragraph)] == ["one & two", "three four"]
    assert rss("<title>x</title><description>&lt;div>one\n\ntwo&lt;/div></description>").blocks == (Paragraph("one two"),)


def test_what_an_entry_brings_along_is_shown() -> None:
    """Pictures as pictures, the rest as embeds, nothing twice, nothing that the body shows already."""
    article = rss(
        "<title>x</title><enclosure url='https://daily.example/a.mp3' type='audio/mpeg'/><enclosure url='/b.png'/><enclosure url='/b.png'/>"
        "<enclosure url='javascript:x'/><description>&lt;p>&lt;img src='https://daily.example/c.jpg'>&lt;/p></description>"
        "<media:content url='https://daily.example/c.jpg' type='image/jpeg'/>"
        "<media:group><media:content url='https://daily.example/d-100.jpg' medium='image' width='100'><media:title>D</media:title></media:content>"
        "<media:content url='https://daily.example/d-900.jpg' medium='image' width='900'><media:title>D</media:title></media:content></media:group>"
    )
    assert article.blocks == (
        Embed("https://daily.example/a.mp3"),
        ImageBlock(Image("https://daily.example/b.png")),
        ImageBlock(Image("https://daily.example/d-900.jpg", "D")),
        ImageBlock(Image("https://daily.example/c.jpg")),
    )
    assert article.image == Image("https://daily.example/b.png")


def test_the_picture_of_an_entry_is_a_thumbnail_or_the_first_of_its_body() -> None:
    """Whichever is there."""
    thumbnail = "<media:thumbnail url='/t.jpg'/>"
    body = "<description>&lt;img src='/c.jpg'></description>"
    assert rss(f"<title>x</title>{thumbnail}{body}").image == Image("https://daily.example/t.jpg")
    assert rss(f"<title>x</title>{body}").image == Image("https://daily.example/c.jpg")
    assert rss("<title>x</title><image><url>/i.jpg</url></image>").image == Image("https://daily.example/i.jpg")


def test_an_item_of_a_json_feed_is_an_article() -> None:
    """In both versions; the feed's authors stand in."""
    item = {
        "id": "https://daily.example/1",
        "title": "One",
        "content_html": "<p>a <a href='/b'>b</a></p>",
        "content_text": "not this",
        "summary": "In short",
        "date_published": "2020-01-02T10:00:00Z",
        "tags": ["Ports"],
        "banner_image": "https://daily.example/i.jpg",
        "attachments": [{"url": "https://daily.example/a.mp3", "mime_type": "audio/mpeg"}, {"mime_type": "x"}, 3],
    }
    article = json_feed(item, home_page_url="https://daily.example/", language="en", authors=[{"name": "Ada Kerr"}])
    assert (article.url, article.language, article.summary) == ("https://daily.example/1", "en", "In short")
    assert (article.authors, article.tags) == ((Author("Ada Kerr", "ada-kerr"),), (Tag("Ports", "ports"),))
    assert article.blocks == (
        Embed("https://daily.example/a.mp3"),
        Paragraph("a b", (Span("a "), Span("b", (), "https://daily.example/b"))),
    )
    assert json_feed({"content_text": "a\n\nb", "author": {"name": "Bo"}}, author={"name": "Ada"}).authors == (Author("Bo", "bo"),)
    assert json_feed({"content_text": "a\n\nb", "external_url": "https://x.example"}).blocks == (Paragraph("a"), Paragraph("b"))


@pytest.mark.parametrize(
    ("said", "address"),
    [
        ({"home_page_url": "https://daily.example/"}, "https://daily.example/a/1"),
        ({"feed_url": "https://daily.example/feeds/feed.json"}, "https://daily.example/feeds/a/1"),
        ({"home_page_url": "/news/", "feed_url": "https://daily.example/feeds/feed.json"}, "https://daily.example/news/a/1"),
        ({}, None),
    ],
)
def test_addresses_in_a_json_feed_are_relative_to_its_page_or_to_itself(said: dict[str, str], address: str | None) -> None:
    """Those of its items as well as those in their texts."""
    article = json_feed({"url": " a/1", "content_html": "<a href='a/1'>x</a>"}, **said)
    assert (article.url, article.blocks) == (address, (Paragraph("x", (Span("x", (), address or "a/1"),)),))


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ('{"version": 1, ', "It is not JSON: "),
        ('{"version": 1}', "It has no list of items, as a JSON Feed does."),
        ('{"items": 3}', "It has no list of items, as a JSON Feed does."),
        ('{"a":' * 100_000, "It is nested too deep, or has numbers too long, to be a JSON Feed."),
    ],
)
def test_a_json_feed_that_is_none_is_refused(content: str, reason: str) -> None:
    """With a sentence."""
    with pytest.raises(Unreadable) as raised:
        entries(content)
    assert raised.value.reason.startswith(reason)


def test_a_broken_item_of_a_json_feed_is_rejected_and_the_rest_lands() -> None:
    """Bytes that are no UTF-8 and half characters break nothing."""
    out = entries(b'{"items": [3, {"title": "caf\xe9 \\ud83d x \\ud83d\\ude00"}, {}]}')
    assert isinstance(out[0], Rejection)
    assert isinstance(out[1], Reading)
    assert out[1].article.title == "café \ufffd x 😀"
    assert out[2] == Skipped("a.xml", feed.NOTHING, 1)


CUT = '{"version": "https://jsonfeed.org/version/1.1", "home_page_url": "https://daily.example",\n "items": [\n{"title": "One", "url": "/1"},\n'


@pytest.mark.parametrize(
    ("rest", "line", "reason"),
    [
        ('{"title": "Two", "content_text": "a\\nb', 4, "This entry is cut off, or no JSON as feeds have it."),
        ("", 4, "The feed is cut off here."),
        ('{"title": "Two" "url": "/2"}], "title": "The Daily", "x": {}}', 4, "This entry is cut off, or no JSON as feeds have it."),
        ('\n[3], {"title": "Three"}]', 5, "This entry is no JSON object."),
    ],
)
def test_of_a_json_feed_that_is_broken_or_cut_off_what_is_whole_lands(rest: str, line: int, reason: str) -> None:
    """What is not is rejected with its line; what the feed says before its items holds for them."""
    one, two, *others = entries(CUT + rest)
    assert isinstance(one, Reading)
    assert (one.article.url, one.line) == ("https://daily.example/1", 3)
    assert two == Rejection("a.xml", reason, line)
    assert [other.article.title for other in others if isinstance(other, Reading)] == (["Three"] if "Three" in rest else [])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "koi8-r", "windows-1251", "iso-8859-5"])
def test_any_encoding_will_do(encoding: str) -> None:
    """By its mark, its zeros, or what it declares."""
    declared = "utf-8" if encoding.startswith("utf") else encoding
    content = (
        f'<?xml version="1.0" encoding="{declared}"?><rss><channel><title>Порт</title><item><title>Ночь</title></item></channel></rss>'
    )
    found = reading(content.encode(encoding))
    assert (found.article.title, found.article.source.publication) == ("Ночь", "Порт")


def test_a_json_feed_may_be_in_any_encoding_of_unicode() -> None:
    """As other JSON."""
    assert reading('{"items": [{"title": "Ночь"}]}'.encode("utf-16")).article.title == "Ночь"


@pytest.mark.parametrize("declared", ["iso-8859-1", "utf-16", "nonsense", "windows-1252"])
def test_a_declaration_that_lies_is_not_believed(declared: str) -> None:
    """Bytes that are UTF-8 are that."""
    assert (
        reading(f'<?xml version="1.0" encoding="{declared}"?><rss><item><title>Ночь</title></item></rss>'.encode()).article.title == "Ночь"
    )


def test_a_broken_item_costs_no_other() -> None:
    """Tags that are not closed, ampersands, undeclared prefixes and entities."""
    out = entries(
        f"{RSS}<item><title>One & two<description>a</item><item><title>Three &nbsp; &unknown;</title><x:y></item>"
        "<item><link>https://a.example</link>"
    )
    titles = [one.article.title for one in out if isinstance(one, Reading)]
    assert [title[:9] for title in titles] == ["One & two", "Three &un", ""]


@pytest.mark.parametrize(
    ("start", "body", "text"),
    [
        (RSS, "<item><title>Two</title><description>Cut of", "Cut of"),
        (RSS, "<item><title>Two</title><content:encoded><![CDATA[<p>Cut of", "Cut of"),
        (RSS, "<item><title>Two</title><descript", ""),
        (ATOM, "<entry><title>Two</title><content type='html'><![CDATA[Cut of", "Cut of"),
    ],
)
def test_an_entry_that_is_cut_off_is_what_is_left_of_it(start: str, body: str, text: str) -> None:
    """Its repair names its line; what came before it is whole."""
    tag = body[1:].partition(">")[0]
    one, two = entries(f"{start}<{tag}><title>One</title></{tag}>\n\n{body}")
    assert isinstance(one, Reading)
    assert isinstance(two, Reading)
    assert (one.repairs.notes, two.article.title, article_text(two.article)) == ([], "Two", text)
    assert [(note.repair.kind, note.repair.line) for note in two.repairs.notes] == [(RepairKind.OTHER, 4)]


def test_an_entry_that_is_cut_off_before_it_says_anything_is_counted() -> None:
    """It was no empty one."""
    assert entries(f"{RSS}<item><title>One</title></item>\n<item> ")[1:] == [Skipped("a.xml", feed.CUT_OFF, 3)]


def test_an_entry_that_says_nothing_is_skipped() -> None:
    """One that only has an address is an article without a title, which it gets later."""
    assert entries(f"{RSS}<item></item></channel></rss>") == [Skipped("a.xml", feed.NOTHING, 2)]
    found = reading(f"{RSS}<item><link>https://daily.example/2020/night-work/</link></item>")
    assert finish(found, Material(b"", "a.xml", "a.xml"), part=True).article.title == "night work"


def test_a_feed_without_entries_is_answered_for() -> None:
    """Whatever it says of itself."""
    assert entries(f"{RSS}</channel></rss>") == [Skipped("a.xml", feed.NO_ITEMS)]
    assert entries("<rss>") == [Skipped("a.xml", feed.NO_ITEMS)]


def test_a_feed_or_an_entry_beyond_all_size_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the number."""
    monkeypatch.setattr("index.importers.items.LONGEST_ITEM", 1000)
    monkeypatch.setattr("index.importers.items.CHUNK", 500)
    long, short = entries(f"{RSS}<item>{'x' * 3000}</item><item><title>Two</title></item>")
    assert isinstance(long, Rejection)
    assert isinstance(short, Reading)
    monkeypatch.setattr(feed, "LONGEST", 100)
    with pytest.raises(Unreadable, match="longer than"):
        entries(RSS + "x" * 100)


def test_an_article_changes_with_what_its_feed_says_of_it() -> None:
    """An author of the feed counts for entries that name none."""
    material = Material(b"", "a.xml", "a.xml")

    def mark(content: str) -> str:
        return finish(reading(content), material).fingerprint

    entry = "<entry><title>One</title></entry></feed>"
    assert mark(ATOM + entry) == mark(ATOM.replace("The Daily", "The Weekly") + entry)
    assert mark(ATOM + entry) != mark(ATOM.replace("Ada", "Bo") + entry)


@given(
    st.lists(
        st.sampled_from(
            [
                "<item>",
                "</item>",
                "<entry>",
                "<title>",
                "</title>",
                "a",
                "<![CDATA[",
                "]]>",
                "&x;",
                "<content type='xhtml'>",
                "<p>",
                "<!--",
                "</channel>",
                "<link href='b'/>",
            ]
        ),
        max_size=25,
    )
)
def test_any_feed_is_read(parts: list[str]) -> None:
    """Or refused, entry by entry."""
    for one in entries(RSS + "".join(parts)):
        assert isinstance(one, Reading | Rejection | Skipped)


def words(markup: str) -> Counter[str]:
    """The words of a text, whatever markup it is in."""
    return Counter(re.findall(r"\w+", html.unescape(re.sub(r"<[^<>]*>", " ", html.unescape(markup))).lower()))


@with_data
@pytest.mark.parametrize("path", sorted(DATA.glob("feed-rs/**/*.serde.json")), ids=lambda path: path.name.removesuffix(".serde.json"))
def test_entries_agree_with_what_another_parser_found(path: Path) -> None:
    """Their number, titles, dates, and nineteen in twenty words of their bodies."""
    source = next(other for other in path.parent.glob(f"{path.name.removesuffix('.serde.json')}.*") if other != path)
    found = [finish(one, Material(b"", "a", "a"), part=True).article for one in entries(source.read_bytes()) if isinstance(one, Reading)]
    expected = json.loads(path.read_bytes())["entries"]
    assert len(found) == len(expected)
    for article, other in zip(found, expected, strict=True):
        assert not other["title"] or words(article.title) == words(other["title"]["content"])
        when = other["published"] or other["updated"]
        assert not when or article.published_at == dt.datetime.fromisoformat(when)
        body = words((other["content"] or {}).get("body") or (other["summary"] or {}).get("content") or "")
        assert (body - words(article_text(article))).total() <= body.total() / 20


@with_data
@pytest.mark.parametrize(
    "path", sorted(DATA.glob("gofeed/translator/**/feed_item_*.xml")), ids=lambda path: f"{path.parent.name}-{path.stem}"
)
def test_fields_agree_with_what_a_third_parser_found(path: Path) -> None:
    """Titles, links, dates, authors' names, topics, pictures and enclosures, where it found them."""
    expected = json.loads(path.with_suffix(".json").read_bytes())["items"]
    found = [one for one in entries(path.read_bytes()) if isinstance(one, Reading)]
    assert len(found) == len(expected)
    for one, other in zip(found, expected, strict=True):
        article = one.article
        shown = [
            block.image.url if isinstance(block, ImageBlock) else block.url
            for block in article.blocks
            if isinstance(block, ImageBlock | Embed)
        ]
        assert words(article.title) == words(other.get("title") or "")
        assert other.get("guid", one.given) == one.given
        assert not other.get("publishedParsed") or article.published_at == dt.datetime.fromisoformat(other["publishedParsed"])
        assert [a.name for a in article.authors] == [a["name"] for a in other.get("authors") or () if a.get("name")]
        assert {t.name for t in (*article.categories, *article.tags)} == set(other.get("categories") or ())
        assert not other.get("image") or (article.image is not None and article.image.url == other["image"]["url"])
        assert {enclosure["url"] for enclosure in other.get("enclosures") or ()} <= set(shown)
        assert words(other.get("description") or "") == words(article.summary or other.get("description") or "")


@with_data
@pytest.mark.parametrize(
    "path", [one for one in sorted(DATA.glob("**/*")) if one.suffix in (".xml", ".rdf", ".rss", ".atom")], ids=lambda path: path.stem
)
def test_every_item_that_a_lenient_parser_finds_is_answered_for(path: Path) -> None:
    """As an article, or as an entry that says nothing; libxml2 in its recovering mode counts."""
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True)
    try:
        root = etree.fromstring(path.read_bytes(), parser)
    except etree.XMLSyntaxError:
        return
    tags = [] if root is None else [element.tag for element in root.iter() if isinstance(element.tag, str)]
    found = sum(re.split("[}:]", tag)[-1] in ("item", "entry") for tag in tags)
    assert len(_answers(path)) >= found


def _answers(path: Path) -> list[Reading | Rejection | Skipped]:
    """What the items of a feed came to."""
    return [one for one in entries(path.read_bytes()) if isinstance(one, Reading) or one.line is not None]
