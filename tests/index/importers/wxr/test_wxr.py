"""How WordPress exports become articles."""

from __future__ import annotations

import datetime as dt
import html
import re
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from index.document import Article, ArticleStatus, Author, Category, Embed, Image, ImageBlock, Paragraph, SourceFormat, Span, Tag
from index.importers import wxr
from index.importers.dispatch import in_items
from index.importers.finish import finish
from index.importers.material import Material, Reading, Rejection, Skipped
from index.importers.wxr.fields import fields
from index.plain import article_text

DATA = Path(__file__).parents[4] / ".." / "shared" / "data" / "wxr"
with_data = pytest.mark.skipif(not DATA.is_dir(), reason="the shared data is not here")

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<rss xmlns:wp="http://wordpress.org/export/1.2/" xmlns:content="x" xmlns:excerpt="x" xmlns:dc="x"><channel>
<title>The Daily</title><link>https://daily.example</link><language>en-US</language>
<wp:author><wp:author_login>ada</wp:author_login><wp:author_display_name><![CDATA[Ada Kerr]]></wp:author_display_name></wp:author>
<wp:category><wp:category_nicename>ports</wp:category_nicename><wp:category_parent></wp:category_parent>
<wp:cat_name><![CDATA[Ports & piers]]></wp:cat_name><wp:category_description>Where ships land</wp:category_description></wp:category>
<wp:category><wp:category_nicename>law</wp:category_nicename><wp:category_parent>ports</wp:category_parent><wp:cat_name>Law</wp:cat_name></wp:category>
<wp:category><wp:category_nicename>round</wp:category_nicename><wp:category_parent>round</wp:category_parent><wp:cat_name>Round</wp:cat_name></wp:category>
"""
POST = {
    "title": "Night work",
    "link": "https://daily.example/2020/night-work/",
    "dc:creator": "<![CDATA[ada]]>",
    "content:encoded": "<![CDATA[One\n\nTwo]]>",
    "excerpt:encoded": "<![CDATA[In <b>short</b>]]>",
    "wp:post_id": "7",
    "wp:post_date": "2020-01-02 10:00:00",
    "wp:post_date_gmt": "2020-01-02 15:00:00",
    "wp:post_name": "night-work",
    "wp:status": "publish",
    "wp:post_type": "post",
}


def export(*items: str) -> list[Reading | Rejection | Skipped]:
    """What an export of these items comes to."""
    return list(in_items(SourceFormat.WXR, Material(f"{HEAD}{''.join(items)}</channel></rss>".encode(), "a.xml", "a.xml")))


def item(more: str = "", **fields: str) -> str:
    """A post, some of its fields otherwise."""
    said = POST | {name.replace("__", ":"): value for name, value in fields.items()}
    return "<item>" + "".join(f"<{name}>{value}</{name}>\n" for name, value in said.items() if value != "-") + more + "</item>\n"


def reading(more: str = "", **fields: str) -> Reading:
    """What one post comes to."""
    (found,) = export(item(more, **fields))
    assert isinstance(found, Reading)
    return found


def article(more: str = "", **fields: str) -> Article:
    """The article of one post."""
    return reading(more, **fields).article


def test_a_post_is_an_article() -> None:
    """With address, slug, author, excerpt, language, site, and its body's paragraphs."""
    found = reading()
    assert (found.article.title, found.article.url, found.article.slug) == (
        "Night work",
        "https://daily.example/2020/night-work/",
        "night-work",
    )
    assert found.article.authors == (Author("Ada Kerr", "ada-kerr"),)
    assert (found.article.summary, found.article.language, found.article.source.publication) == ("In short", "en-US", "The Daily")
    assert found.article.blocks == (Paragraph("One"), Paragraph("Two"))
    assert (found.given, found.line, found.repairs.notes) == ("night-work", 9, [])


def test_a_page_is_one_too() -> None:
    """And so is an item that does not say what it is."""
    assert article(wp__post_type="page").title == "Night work"
    assert article(wp__post_type="-", wp__status="-").status is ArticleStatus.PUBLISHED


@pytest.mark.parametrize(
    ("local", "universal", "expected"),
    [
        ("2020-01-02 10:00:00", "2020-01-02 15:00:00", dt.datetime(2020, 1, 2, 10, tzinfo=dt.timezone(dt.timedelta(hours=-5)))),
        ("2020-01-02 15:30:01", "2020-01-02 10:00:00", dt.datetime(2020, 1, 2, 15, 30, tzinfo=dt.timezone(dt.timedelta(hours=5.5)))),
        ("2020-01-02 10:00:00", "2020-01-02 10:00:00", dt.datetime(2020, 1, 2, 10, tzinfo=dt.UTC)),
        ("2020-01-02 10:00:00", "0000-00-00 00:00:00", dt.datetime(2020, 1, 2, 10, tzinfo=dt.UTC)),
        ("0000-00-00 00:00:00", "2020-01-02 10:00:00", dt.datetime(2020, 1, 2, 10, tzinfo=dt.UTC)),
        ("2019-01-02 10:00:00", "2020-01-02 10:00:00", dt.datetime(2020, 1, 2, 10, tzinfo=dt.UTC)),
        ("0000-00-00 00:00:00", "0000-00-00 00:00:00", dt.datetime(2021, 3, 4, 5, 6, 7, tzinfo=dt.UTC)),
    ],
)
def test_dates_have_the_zone_of_the_site(local: str, universal: str, expected: dt.datetime) -> None:
    """As the difference of the two times shows it; zeros are no date, and the feed's date is the last resort."""
    found = article(wp__post_date=local, wp__post_date_gmt=universal, pubDate="Thu, 04 Mar 2021 05:06:07 +0000").published_at
    assert found is not None
    assert (found, found.utcoffset()) == (expected, expected.utcoffset())


def test_a_post_without_a_date_has_none() -> None:
    """WordPress writes 30 November for it."""
    none = "0000-00-00 00:00:00"
    assert article(wp__post_date=none, wp__post_date_gmt=none, pubDate="Tue, 30 Nov 1999 00:00:00 +0000").published_at is None
    assert article(wp__post_date=none, wp__post_date_gmt=none, pubDate="Mon, 30 Nov -0001 00:00:00 +0000").published_at is None


def test_a_date_that_cannot_be_read_is_named() -> None:
    """Zeros are none; anything else that is no date is said."""
    found = reading(wp__post_date="soon", wp__post_date_gmt="0000-00-00 00:00:00", wp__post_modified="later")
    said = [note.repair.message for note in found.repairs.notes]
    assert said == ["“soon” in publishedAt is not a date, and is left out.", "“later” in updatedAt is not a date, and is left out."]


def test_the_last_change_is_known() -> None:
    """In the same zone."""
    found = article(wp__post_modified="2021-01-02 10:00:00", wp__post_modified_gmt="2021-01-02 15:00:00").updated_at
    assert found == dt.datetime(2021, 1, 2, 15, tzinfo=dt.UTC)


def test_topics_have_names_slugs_and_parents() -> None:
    """A circle of parents ends; formats are no topics; terms of other taxonomies become tags, which is said."""
    found = reading(
        '<category domain="category" nicename="law"><![CDATA[Law]]></category><category domain="category" nicename="round">Round</category>'
        '<category domain="post_tag" nicename="%d0%bf">П</category><category domain="post_format" nicename="aside">Aside</category>'
        '<category domain="genre" nicename="essay">Essay</category><category>Law</category>'
    )
    ports = Category("Ports & piers", "ports", description="Where ships land")
    assert found.article.categories == (Category("Law", "law", ports), Category("Round", "round"))
    assert found.article.tags == (Tag("П", "п"), Tag("Essay", "essay"))
    assert [note.repair.message for note in found.repairs.notes] == ["“Essay” of the taxonomy “genre” became a tag."]


def test_topics_of_old_exports_have_names_only() -> None:
    """Those are categories."""
    assert article("<category>Law</category>").categories == (Category("Law", "law"),)


def test_a_category_that_the_channel_does_not_know_stands_at_the_top() -> None:
    """So does one whose parent is unknown."""
    assert article('<category domain="category" nicename="new">New</category>').categories == (Category("New", "new"),)


def test_the_featured_picture_is_found_by_its_number() -> None:
    """Before or behind the post."""
    meta = "<wp:postmeta><wp:meta_key>_thumbnail_id</wp:meta_key><wp:meta_value>{}</wp:meta_value></wp:postmeta>"
    alt = "<wp:postmeta><wp:meta_key>_wp_attachment_image_alt</wp:meta_key><wp:meta_value><![CDATA[A pier]]></wp:meta_value></wp:postmeta>"
    picture = item(f"<wp:attachment_url>https://daily.example/7.jpg</wp:attachment_url>{alt}", wp__post_type="attachment", wp__post_id="70")
    first, skipped, second, third = export(item(meta.format(70)), picture, item(meta.format("70")), item(meta.format(71)))
    assert isinstance(first, Reading)
    assert isinstance(second, Reading)
    assert isinstance(third, Reading)
    assert first.article.image == second.article.image == Image("https://daily.example/7.jpg", "A pier")
    assert third.article.image is None
    assert skipped == Skipped("a.xml", "attachment", skipped.line)


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"wp__post_type": "attachment"}, "attachment"),
        ({"wp__post_type": "nav_menu_item"}, "menu item"),
        ({"wp__post_type": "revision"}, "revision"),
        ({"wp__post_type": "product"}, "item of the type product"),
        ({"wp__status": "private"}, "private post"),
        ({"wp__status": "trash"}, "trashed post"),
        ({"wp__status": "auto-draft"}, "automatic draft"),
        ({"wp__status": "inherit"}, "revision"),
        ({"wp__post_password": "<![CDATA[secret]]>"}, "post with a password"),
    ],
)
def test_what_nobody_may_read_is_left_out_and_counted(fields: dict[str, str], reason: str) -> None:
    """By a phrase for each kind."""
    assert export(item(**fields)) == [Skipped("a.xml", reason, 9)]


@pytest.mark.parametrize("status", ["draft", "pending"])
def test_a_draft_is_stored_as_one(status: str) -> None:
    """Without an address, for that changes once it is published; by its number if it has no name."""
    found = reading(wp__status=status, wp__post_name="")
    assert (found.article.status, found.article.url, found.given) == (ArticleStatus.DRAFT, None, "7")


def test_a_future_post_is_published_at_its_time() -> None:
    """Nobody sees it before."""
    found = article(wp__status="future", wp__post_date_gmt="2099-01-02 15:00:00", wp__post_date="2099-01-02 15:00:00")
    assert found.status is ArticleStatus.PUBLISHED
    assert found.published_at is not None
    assert found.published_at.year == 2099


def test_an_address_on_somebodys_own_machine_is_none() -> None:
    """Every test site has the same."""
    assert article(link="http://localhost/?p=1").url is None
    assert article(link="http://127.0.0.1:8080/?p=1").url is None


def test_blocks_and_embeds_of_the_editor_are_read() -> None:
    """Videos as embeds, pictures with their captions."""
    body = (
        '<!-- wp:image {"id":1} -->\n<figure class="wp-block-image"><img src="/a.jpg" alt="A"/><figcaption>C</figcaption></figure>\n<!-- /wp:image -->\n\n'
        '<!-- wp:embed {"url":"https://youtu.be/x"} -->\n<figure class="wp-block-embed"><div class="wp-block-embed__wrapper">\n'
        "https://youtu.be/x\n</div></figure>\n<!-- /wp:embed -->"
    )
    assert article(content__encoded=f"<![CDATA[{body}]]>").blocks == (
        ImageBlock(Image("https://daily.example/a.jpg", "A"), "C"),
        Embed("https://youtu.be/x"),
    )


def test_a_body_with_raw_ends_of_sections_is_whole() -> None:
    """As careless exporters write it."""
    assert article(content__encoded="<![CDATA[a ]]> b]]>").blocks == (Paragraph("a ]]> b"),)


def test_a_field_that_is_not_closed_is_said() -> None:
    """The others are read."""
    (found,) = export("<item><title>Night work\n<wp:post_id>1</wp:post_id><wp:status>publish</wp:status></item>")
    assert isinstance(found, Reading)
    assert found.article.title == "Night work"
    assert [note.repair.message for note in found.repairs.notes] == ["The field “title” was not closed; it was taken to end at the next."]


def test_many_fields_that_are_not_closed_are_counted() -> None:
    """The first are named; where none is closed, each costs no more than the first."""
    (found,) = export("<item><title>Night work</title>" + "<wp:a>x<b>" * 20_000 + "</item>")
    assert isinstance(found, Reading)
    messages = [note.repair.message for note in found.repairs.notes]
    assert len(messages) == 21
    assert messages[-1] == "39,980 more fields were not closed."


def test_an_item_that_is_cut_off_is_kept() -> None:
    """With a repair; as a draft where what says that it is private or has a password may be lost, under the address that it has."""
    cut = item().removesuffix("</item>\n")
    sticky = f"{cut}<wp:is_sticky>0</wp:is_sticky>"
    said = [
        (one.article.status, one.article.url, [note.repair.message for note in one.repairs.notes])
        for one in export(item(), cut, sticky)
        if isinstance(one, Reading)
    ]
    url = POST["link"]
    assert said == [
        (ArticleStatus.PUBLISHED, url, []),
        (ArticleStatus.DRAFT, url, ["This item is cut off before it says whether it may be shown, and is kept as a draft."]),
        (ArticleStatus.PUBLISHED, url, ["This item is cut off at its end."]),
    ]


def test_an_export_without_items_is_answered_for() -> None:
    """It is sound, but there is nothing in it."""
    assert export() == [Skipped("a.xml", wxr.NO_ITEMS)]


def test_an_item_beyond_all_size_is_rejected(monkeypatch: pytest.MonkeyPatch) -> None:
    """The others land."""
    monkeypatch.setattr("index.importers.items.LONGEST_ITEM", 3000)
    monkeypatch.setattr("index.importers.items.CHUNK", 1000)
    long, short = export(item(content__encoded="x" * 9000), item())
    assert long == Rejection("a.xml", "This item is longer than 0 MiB, and was left out.", 9)
    assert isinstance(short, Reading)


def test_what_goes_into_an_article_from_elsewhere_counts_for_its_fingerprint() -> None:
    """A renamed category changes its posts, a new one somewhere else does not."""
    topic = '<category domain="category" nicename="law">Law</category>'
    material = Material(b"", "a.xml", "a.xml")

    def mark(head: str) -> str:
        (found,) = in_items(SourceFormat.WXR, Material(f"{head}{item(topic)}</channel></rss>".encode(), "a.xml", "a.xml"))
        assert isinstance(found, Reading)
        return finish(found, material).fingerprint

    other = HEAD + "<wp:category><wp:category_nicename>x</wp:category_nicename><wp:cat_name>X</wp:cat_name></wp:category>"
    assert mark(HEAD) == mark(other)
    assert mark(HEAD) != mark(HEAD.replace("Ports &amp; piers", "Ports").replace("Ports & piers", "Ports"))


def test_a_picture_that_a_gallery_shows_counts_too() -> None:
    """Its address stands elsewhere in the export."""

    def mark(address: str) -> str:
        picture = item(f"<wp:attachment_url>{address}</wp:attachment_url>", wp__post_type="attachment", wp__post_id="9")
        found = next(one for one in export(picture, item(content__encoded='[gallery ids="9"]')) if isinstance(one, Reading))
        return finish(found, Material(b"", "a.xml", "a.xml")).fingerprint

    assert mark("https://daily.example/1.jpg") != mark("https://daily.example/2.jpg")


def test_nothing_is_expanded_or_fetched() -> None:
    """Entities that a document type defines are text."""
    bomb = '<!DOCTYPE rss [<!ENTITY a "aaaa"><!ENTITY b SYSTEM "file:///etc/passwd">]>'
    (found,) = in_items(
        SourceFormat.WXR, Material(f"{bomb}<rss><channel><item><title>&a; &b;</title></item></channel></rss>".encode(), "a.xml")
    )
    assert isinstance(found, Reading)
    assert found.article.title == "&a; &b;"


@with_data
@pytest.mark.parametrize("path", sorted(DATA.glob("*.xml")), ids=lambda path: path.stem)
def test_counts_agree_with_an_independent_count(path: Path) -> None:
    """Each item is an article or is counted by its kind, as another parser counts them; exports it cannot parse are counted by their tags."""
    content = path.read_bytes()
    out = list(in_items(SourceFormat.WXR, Material(content, path.name, path.name)))
    found = Counter("article" if isinstance(one, Reading) else one.reason for one in out)
    if set(found) == {wxr.NO_ITEMS}:
        found.clear()
    assert found == _counted(content)


def _counted(content: bytes) -> Counter[str]:
    """Items by what should become of them."""
    try:
        root = ET.fromstring(content)
    except ET.ParseError:
        return Counter({"article": len(re.findall(rb"<item[\s>]", content))})
    return Counter(_fate(one) for one in root.iter("item"))


def _fate(one: ET.Element) -> str:
    said = {child.tag.rpartition("}")[2]: (child.text or "").strip() for child in reversed(one) if "fake" not in child.tag}
    kind = said.get("post_type", "post")
    if kind not in ("post", "page"):
        return {"attachment": "attachment", "nav_menu_item": "menu item"}.get(kind, f"item of the type {kind}")
    if said.get("post_password"):
        return "post with a password"
    return {"private": "private post", "trash": "trashed post"}.get(said.get("status", ""), "article")


@with_data
@pytest.mark.parametrize("name", ["theme-test-data__themeunittestdata.wordpress", "wordpress-importer__a11y-unit-test-data"])
def test_no_words_of_a_body_are_lost(name: str) -> None:
    """Of all words that stand between the tags of an export's bodies, 99 in 100 come out again."""
    content = (DATA / f"{name}.xml").read_bytes()
    written, kept = Counter[str](), Counter[str]()
    for one in in_items(SourceFormat.WXR, Material(content, "a.xml", "a.xml")):
        if isinstance(one, Reading):
            body = next((f.text for f in fields(one.content.decode()[len("<item>") :]) if f.name == "content:encoded"), "")
            body = re.sub(r"<!--.*?-->|<(script|style)\b.*?</\1>|<[^<>]*>|\[/?[a-z][^\[\]]*\]", " ", body, flags=re.DOTALL)
            written.update(re.findall(r"\w+", html.unescape(body)))
            kept.update(re.findall(r"\w+", article_text(one.article)))
    assert (written - kept).total() < written.total() / 100


def test_spans_of_a_classic_body_are_read() -> None:
    """Links relative to the post are made absolute."""
    (paragraph,) = article(content__encoded='<![CDATA[See <a href="/x">this</a>]]>').blocks
    assert paragraph == Paragraph("See this", (Span("See "), Span("this", (), "https://daily.example/x")))
