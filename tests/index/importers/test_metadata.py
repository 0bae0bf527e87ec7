"""What does a record say of its article, besides the body?"""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.document import ArticleStatus, Author, Category, Image, Repair, RepairKind, Tag
from index.importers.metadata import Metadata, metadata, plain
from index.importers.repairs import Repairs


def said(record: dict[str, object], **more: str) -> tuple[Metadata, list[Repair]]:
    """What a record says, and what had to be said of it; each key stands on the line of its place."""
    repairs = Repairs()
    found = metadata(record, repairs, {key: line for line, key in enumerate(record, 2)}, **more)
    return found, [note.repair for note in repairs.notes]


def test_everything_at_once() -> None:
    """A record with all fields under their plain names."""
    found, repairs = said(
        {
            "title": "Piers &#58; a <em>history</em> of <InputView>",
            "subtitle": "From oak to steel",
            "summary": "How the\n  piers were built.",
            "language": "en_gb",
            "date": "2025-03-04 10:05:00 -0400",
            "updated": "2025-03-05",
            "author": "Ada Kerr",
            "categories": ["Harbour"],
            "tags": "piers, oak",
            "image": {"src": "/pier.jpg", "alt": "A pier", "width": 640, "height": "480px"},
            "slug": "piers",
            "canonical": "https://harbour.example/news/piers",
            "layout": "post",
        }
    )
    assert found == Metadata(
        title="Piers : a history of <InputView>",
        subtitle="From oak to steel",
        summary="How the piers were built.",
        language="en-GB",
        published_at=dt.datetime(2025, 3, 4, 10, 5, tzinfo=dt.timezone(dt.timedelta(hours=-4))),
        updated_at=dt.datetime(2025, 3, 5, tzinfo=dt.UTC),
        authors=(Author("Ada Kerr", "ada-kerr"),),
        categories=(Category("Harbour", "harbour"),),
        tags=(Tag("piers", "piers"), Tag("oak", "oak")),
        image=Image("https://harbour.example/pier.jpg", "A pier", 640, 480),
        url="https://harbour.example/news/piers",
        slug="piers",
        given="piers",
    )
    assert repairs == []


@pytest.mark.parametrize(
    ("key", "field"),
    [
        *(("headline", "title"), ("Title", "title"), ("deck", "subtitle"), ("excerpt", "summary"), ("meta_description", "summary")),
        *(("abstract", "summary"), ("sub-heading", "subtitle")),
    ],
)
def test_other_names_for_texts(key: str, field: str) -> None:
    """Keys are read whatever their case, hyphens and underscores."""
    assert getattr(said({key: "Words"})[0], field) == "Words"


@pytest.mark.parametrize(
    ("key", "field"),
    [
        *(("publishedAt", "published_at"), ("pubDate", "published_at"), ("publish-date", "published_at"), ("created_at", "published_at")),
        *(("lastmod", "updated_at"), ("last_modified_at", "updated_at"), ("dateModified", "updated_at")),
    ],
)
def test_other_names_for_dates(key: str, field: str) -> None:
    """Dates go by many names."""
    assert getattr(said({key: "2025-03-04"})[0], field) == dt.datetime(2025, 3, 4, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    "value",
    [
        dt.date(2025, 3, 4),
        dt.datetime(2025, 3, 4, tzinfo=dt.UTC),
        "March 4, 2025",
        {"$date": "2025-03-04T00:00:00Z"},
        "Tue, 4 Mar 2025 00:00:00 GMT",
    ],
)
def test_values_that_are_dates(value: object) -> None:
    """Texts, TOML's dates and objects that hold one."""
    assert said({"date": value})[0].published_at == dt.datetime(2025, 3, 4, tzinfo=dt.UTC)


def test_dates_that_are_guessed_or_none() -> None:
    """A guess is said with its line, and so is what is no date; the next field is asked then."""
    found, repairs = said({"date": "soon", "created": "11-9-2017"})
    assert found.published_at == dt.datetime(2017, 11, 9, tzinfo=dt.UTC)
    assert [(repair.kind, repair.line) for repair in repairs] == [(RepairKind.OTHER, 2), (RepairKind.DATE_INFERRED, 3)]
    assert repairs[0].message == "“soon” in date is not a date, and is left out."
    assert repairs[1].message == ("“11-9-2017” in created is taken for 2017-11-09: of two small numbers the first is taken for the month.")
    assert [len(said({"published": value})[1]) for value in ("soon", "yes", False)] == [1, 0, 0]


@pytest.mark.parametrize(
    ("record", "path", "day"),
    [
        ({}, "posts/2025-03-04-piers.md", 4),
        ({"path": "2025/03/05/piers"}, "posts/2025-03-04-piers.md", 5),
        ({"permalink": "/2025/03/06/piers/"}, "", 6),
        ({"url": "https://harbour.example/2025/03/07/piers"}, "", 7),
        ({"date": "2025-03-08"}, "posts/2025-03-04-piers.md", 8),
    ],
)
def test_dates_from_paths(record: dict[str, object], path: str, day: int) -> None:
    """A record without a date has the one that its address or file names, as a guess."""
    found, repairs = said(record, path=path)
    assert found.published_at == dt.datetime(2025, 3, day, tzinfo=dt.UTC)
    assert [repair.kind for repair in repairs] == ([] if "date" in record else [RepairKind.DATE_INFERRED])


@pytest.mark.parametrize(
    ("path", "year"),
    [
        ("2013/boats/piers.md", 2013),
        ("posts/2014-05-06-piers.md", 2014),
        ("news/2015-07/piers.md", 2015),
        ("piers-2016.md", None),
        ("", None),
    ],
)
def test_a_date_without_a_year_has_that_of_its_path(path: str, year: int | None) -> None:
    """As a guess; where the path names none it is no date."""
    found, repairs = said({"date": "March 4", "updated": "Apr 5"}, path=path)
    expected = [None, None] if year is None else [dt.datetime(year, 3, 4, tzinfo=dt.UTC), dt.datetime(year, 4, 5, tzinfo=dt.UTC)]
    assert [found.published_at, found.updated_at] == expected
    assert {repair.kind for repair in repairs} == {RepairKind.OTHER if year is None else RepairKind.DATE_INFERRED}


@pytest.mark.parametrize(
    ("record", "draft"),
    [
        *(({"draft": True}, True), ({"draft": "yes"}, True), ({"draft": "false"}, False), ({"published": False}, True)),
        *(({"published": "no"}, True), ({"published": True}, False), ({"status": "Draft"}, True), ({"status": "publish"}, False)),
        *(({"status": "private"}, True), ({}, False), ({"published": "2025-03-04"}, False)),
    ],
)
def test_drafts(record: dict[str, object], draft: bool) -> None:
    """Any field that says so makes a draft, and says nothing else."""
    found, repairs = said(record)
    assert (found.status is ArticleStatus.DRAFT, repairs) == (draft, [])


@pytest.mark.parametrize(
    ("record", "url", "slug", "given"),
    [
        ({"url": "https://harbour.example/a"}, "https://harbour.example/a", "", ""),
        ({"permalink": "/2025/piers.html"}, None, "piers", "2025/piers.html"),
        ({"permalink": "/:year/:title/"}, None, "", ""),
        ({"slug": 124062}, None, "124062", "124062"),
        ({"slug": "a", "path": "b/c"}, None, "a", "a"),
        ({"url": "javascript:alert(1)"}, None, "", ""),
        ({"url": ["x"]}, None, "", ""),
    ],
)
def test_addresses(record: dict[str, object], url: str | None, slug: str, given: str) -> None:
    """Only an absolute address is one; a path is what the article goes by in its publication."""
    found, _ = said(record)
    assert (found.url, found.slug, found.given) == (url, slug, given)


@pytest.mark.parametrize(
    ("value", "language"), [("en", "en"), ("pt_br", "pt-BR"), ("zh-hant-tw", "zh-Hant-TW"), ("en_US.UTF-8", "en-US"), ("English", "und")]
)
def test_languages(value: str, language: str) -> None:
    """A language is a BCP 47 tag or unknown."""
    assert said({"lang": value})[0].language == language


@pytest.mark.parametrize(
    ("record", "image"),
    [
        ({"cover": "a.png"}, Image("a.png")),
        ({"images": [{"url": "a.png", "caption": "A"}]}, Image("a.png", "A")),
        ({"hero": True, "thumbnail": "a.png"}, Image("a.png")),
        ({"image": "a-name-of-the-site"}, None),
        ({"image": "a.png", "image_alt": "A"}, Image("a.png", "A")),
        ({"image": {"url": "a.png", "width": "wide", "height": 100000}}, Image("a.png")),
    ],
)
def test_images(record: dict[str, object], image: Image | None) -> None:
    """A picture by its address, or in an object that holds one."""
    assert said(record)[0].image == image


def test_an_unsafe_image() -> None:
    """An address that runs something is left out, and said."""
    found, repairs = said({"image": "javascript:alert(1.0)"})
    assert found.image is None
    assert [(repair.kind, repair.line) for repair in repairs] == [(RepairKind.UNSAFE_REMOVED, 2)]


def test_nested_tables_of_fields() -> None:
    """What the record does not say itself, its tables `taxonomies`, `extra` and the like say."""
    found, _ = said({"title": "A", "taxonomies": {"tags": ["x"], "title": "B"}, "extra": {"author": "Ada Kerr"}})
    assert (found.title, found.tags, found.authors) == ("A", (Tag("x", "x"),), (Author("Ada Kerr", "ada-kerr"),))


def test_both_kinds_of_categories() -> None:
    """Categories and topics are categories, in that order."""
    assert [category.name for category in said({"topics": ["b", "a"], "category": "a"})[0].categories] == ["a", "b"]


def test_empty_fields_are_passed_over() -> None:
    """Null, empty texts and empty lists say nothing."""
    found, repairs = said({"title": None, "headline": "", "name": "A", "authors": [], "by": "Bo Lind", "categories": None, "date": ""})
    assert (found.title, found.authors, found.categories, repairs) == ("A", (Author("Bo Lind", "bo-lind"),), (), [])


def test_plain_texts() -> None:
    """Entities are read once, known tags go, a line break parts words."""
    assert plain("A&amp;lt;b&gt;<br/>c <X y> \n d") == "A&lt;b> c <X y> d"
    assert plain(["x"]) == plain(True) == plain(None) == ""
    assert plain(2019) == "2019"


@given(
    st.dictionaries(
        st.sampled_from(["title", "date", "author", "tags", "url", "image", "draft", "lang", "extra"]),
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
            lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
        ),
    )
)
def test_any_record_at_all(record: dict[str, object]) -> None:
    """Nothing makes it fail, and every text is on one line."""
    found, _ = said(record)
    assert "\n" not in found.title
