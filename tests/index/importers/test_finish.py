"""What makes a reading complete."""

from __future__ import annotations

import datetime as dt
import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from index.document import Article, Paragraph, Repair, RepairKind, Section, Source, SourceFormat
from index.identity import article_id, number_of
from index.importers import finish as finishing
from index.importers.finish import fingerprint, finish, renamed, shown
from index.importers.material import Material, Reading
from index.importers.repairs import Repairs
from index.incoming import Incoming
from index.outline import outline

PAGE = Material(b"content", "posts/2020/night-work.md", "2020/night-work.md", "posts")
ONE = Article("Night work", Source(SourceFormat.MARKDOWN))


def done(article: Article = ONE, material: Material = PAGE, given: str = "", **more: object) -> Incoming:
    """An article, finished."""
    return finish(Reading(article, given), material, **more)  # type: ignore[arg-type]  # fields by name


def test_an_article_knows_where_it_came_from() -> None:
    """Its publication is the folder's unless its source names one; its hash is that of its source."""
    assert done().article.source == Source(
        SourceFormat.MARKDOWN, "posts", "posts/2020/night-work.md", content_hash=hashlib.sha256(b"content").hexdigest()
    )
    assert done(replace(ONE, source=Source(SourceFormat.JSON, "The Daily"))).article.source.publication == "The Daily"


@pytest.mark.parametrize(
    ("article", "given", "part", "key"),
    [
        (replace(ONE, url="HTTPS://A.example/x/#top"), "slug", False, "url:https://a.example/x"),
        (ONE, "slug", False, "slug:posts:slug"),
        (replace(ONE, url="/x"), "", False, "slug:posts:/x"),
        (replace(ONE, source=Source(SourceFormat.JSON, "The Daily")), "17", True, "slug:The Daily:17"),
        (ONE, "", False, "path:2020/night-work.md"),
        (ONE, "", True, "path:2020/night-work.md#night-work"),
        (replace(ONE, published_at=dt.datetime(2020, 1, 2, tzinfo=dt.UTC)), "", True, "path:2020/night-work.md#night-work-2020-01-02"),
    ],
)
def test_an_article_is_known_by_the_first_of_its_names(article: Article, given: str, part: bool, key: str) -> None:
    """Its address, what its source calls it within the publication, its path; in a file of several the title is part of that."""
    incoming = done(article, given=given, part=part)
    assert (incoming.key, incoming.article.id) == (key, article_id(key))


def test_a_page_that_was_given_by_its_address_has_it() -> None:
    """Unless it names another; an item of a feed has not the feed's."""
    web = Material(b"x", "https://a.example/x", "x")
    assert done(material=web).article.url == "https://a.example/x"
    assert done(replace(ONE, url="https://a.example/y"), web).article.url == "https://a.example/y"
    assert done(material=web, part=True).article.url is None


@pytest.mark.parametrize(
    ("slug", "title", "path", "expected"),
    [
        ("Night_Work-2.0", "T", "a.md", "Night_Work-2.0"),
        ("/night work/", "T", "a.md", "night-work"),
        ("%d0%bd%d0%be%d1%87%d1%8c", "T", "a.md", "ночь"),
        ("x" * 101, "T", "a.md", "x" * 80),
        ("", "Night Work!", "a.md", "night-work"),
        ("", "!?", "posts/night_work.v2.md", "night-work"),
        ("", "!?", "night-work/index.md", "night-work"),
        ("", "!?", "", number_of(article_id("path:"))),
    ],
)
def test_a_slug_is_the_given_one_or_made(slug: str, title: str, path: str, expected: str) -> None:
    """Of the title, else of the file's name, else of the id."""
    assert done(replace(ONE, slug=slug, title=title), Material(b"x", path, path)).article.slug == expected


@pytest.mark.parametrize(
    ("article", "path", "title"),
    [
        (replace(ONE, title=" ", sections=(Section("The plan"),)), "a.md", "The plan"),
        (replace(ONE, title="", blocks=(Paragraph("The council met."),), sections=(Section("The plan"),)), "a.md", "The council met."),
        (replace(ONE, title=""), "posts/night-work_2.md", "night work 2"),
        (replace(ONE, title="", url="https://a.example/x/night-work/"), "", "night work"),
        (replace(ONE, title=""), "", "Untitled"),
    ],
)
def test_an_article_without_a_title_gets_one_with_a_word(article: Article, path: str, title: str) -> None:
    """From how it begins, else from what its file or page is called."""
    found = done(article, Material(b"x", path, path)).article
    assert found.title == title
    assert found.source.repairs == (Repair(RepairKind.HEADING_INFERRED, f"No title is given, so it is called “{title}”.", None, 0.5),)


def test_a_title_is_one_line() -> None:
    """Whatever breaks it had."""
    assert done(replace(ONE, title=" Night\n  work ")).article.title == "Night work"


def test_repairs_name_the_blocks_that_came_of_them() -> None:
    """By the ids that these have in the finished article."""
    repairs = Repairs()
    block = Paragraph("b")
    repairs.add(RepairKind.OTHER, "m\0", 4, 0.5, block)
    incoming = finish(Reading(replace(ONE, blocks=(Paragraph("a"), block)), repairs=repairs), PAGE)
    assert incoming.article.source.repairs == (Repair(RepairKind.OTHER, "m", 4, 0.5, outline(incoming.article).blocks[1].id),)


def test_an_exported_article_keeps_all_that_it_brings() -> None:
    """Id, slug, publication, place and hash, even where those are empty or unlike what would be made of it."""
    source = Source(SourceFormat.TEXT, "", "", None, "00", (Repair(RepairKind.OTHER, "m"),))
    exported = replace(ONE, id=article_id("x"), slug="s" * 110, source=source)
    assert done(exported).article == exported


@pytest.mark.parametrize(
    ("key", "fields"),
    [
        ("url:https://a.example/x", {"url": "https://a.example/x/"}),
        ("slug:posts:night-work", {"slug": "night-work"}),
        ("slug:posts:night-work", {"slug": f"night-work-{number_of(article_id('slug:posts:night-work'))[:6]}"}),
        ("path:2020/a.md", {"slug": "s"}),
    ],
)
def test_an_exported_article_is_known_by_the_key_that_its_id_came_from(key: str, fields: dict[str, str]) -> None:
    """So that its source, read again after a change of store, finds it."""
    source = Source(SourceFormat.TEXT, "posts", "/archive/posts/2020/a.md")
    assert done(replace(ONE, id=article_id(key), source=source, **fields)).key == key


def test_an_exported_article_that_does_not_show_its_key_is_known_by_its_id() -> None:
    """Which no other article has."""
    id = article_id("path:elsewhere")
    assert done(replace(ONE, id=id)).key == f"id:{id}"


def test_repairs_of_blocks_of_another_article_name_no_block() -> None:
    """A record may bring along what was said of a copy."""
    ours = replace(ONE, id=article_id("x"), blocks=(Paragraph("a"),))
    block = outline(ours).block_ids[0]
    said = (Repair(RepairKind.OTHER, "m", block_id=block), Repair(RepairKind.OTHER, "n", block_id="nonsense"))
    kept = done(replace(ours, source=replace(ours.source, repairs=said))).article.source.repairs
    assert [repair.block_id for repair in kept] == [block, None]
    other = done(replace(ours, id="", source=replace(ours.source, repairs=said))).article.source.repairs
    assert [repair.block_id for repair in other] == [None, None]


def test_a_fingerprint_changes_with_all_that_goes_into_an_article(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its source, where that is, what stands beside it, and the version of the importers."""
    prints = [
        fingerprint(b"a", PAGE, "/posts/a.md"),
        fingerprint(b"b", PAGE, "/posts/a.md"),
        fingerprint(b"a", PAGE, "/posts/b.md"),
        fingerprint(b"a", replace_path(PAGE, "2021/night-work.md"), "/posts/a.md"),
        fingerprint(b"a", PAGE, "/posts/a.md", b"beside"),
    ]
    monkeypatch.setattr(finishing, "VERSION", 0)
    prints.append(fingerprint(b"a", PAGE, "/posts/a.md"))
    assert len(set(prints)) == len(prints)


def replace_path(material: Material, path: str) -> Material:
    """The same material at another path."""
    return Material(material.content, material.location, path, material.publication)


def test_a_fingerprint_that_is_known_is_taken() -> None:
    """Else it is made from the part of the source that the article was read from."""
    assert done(mark="m", origin="/a").fingerprint == "m"
    part = finish(Reading(ONE, content=b"part", beside=b"b"), PAGE, origin="/a")
    assert (part.fingerprint, part.origin) == (fingerprint(b"part", PAGE, "/a", b"b"), "/a")


def test_a_renamed_article_takes_its_blocks_along() -> None:
    """Their ids in its repairs are those that they have from then on."""
    repairs = Repairs()
    block = Paragraph("b")
    repairs.add(RepairKind.OTHER, "m", block=block)
    repairs.add(RepairKind.OTHER, "n")
    other = renamed(finish(Reading(replace(ONE, blocks=(block,)), repairs=repairs), PAGE), "path:other")
    assert (other.key, other.article.id) == ("path:other", article_id("path:other"))
    assert [repair.block_id for repair in other.article.source.repairs] == [outline(other.article).block_ids[0], None]


def test_an_article_is_shown_with_anchors() -> None:
    """The store gives those that readers know; where nothing is stored they are made."""
    incoming = done(replace(ONE, sections=(Section("The plan"), Section("The plan"))))
    assert [section.anchor for section in incoming.article.sections] == ["", ""]
    assert [section.anchor for section in shown(incoming).sections] == ["the-plan", "the-plan-2"]


@given(st.text(max_size=20), st.text(max_size=20), st.text(max_size=20), st.booleans())
def test_any_text_can_be_title_name_and_path(title: str, given: str, path: str, part: bool) -> None:
    """There is always a title, a slug and an id, and no half character in what is stored."""
    incoming = done(replace(ONE, title=title, slug=given), Material(b"x", path, path, path), given, part=part)
    assert incoming.article.title
    assert incoming.article.slug
    assert incoming.key.encode()
    assert incoming.article.id == article_id(incoming.key)
