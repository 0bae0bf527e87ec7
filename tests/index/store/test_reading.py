import datetime as dt

import msgspec

from index.document import Article, ArticleStatus, Image, Paragraph, Repair, RepairKind, Section, Source, SourceFormat, Tag
from index.encoding import Body
from index.store.store import Document, Incoming, Known, Summary

WIDE = dt.timezone(dt.timedelta(hours=5, minutes=30))


def full_article():
    """An article with something in every field."""
    return Article(
        title="Harbour Council Approves the Northern Breakwater",
        source=Source(
            SourceFormat.HTML,
            publication="Harbour Times",
            location="https://harbour.example/breakwater",
            imported_at=dt.datetime(2025, 3, 5, 6, 7, 8, 9, dt.UTC),
            content_hash="ab" * 32,
            repairs=(Repair(RepairKind.DATE_INFERRED, "Read from the path.", 3, 0.5),),
        ),
        url="HTTPS://Harbour.example/breakwater/#top",
        subtitle="After two years",
        summary="The council voted.",
        language="en-GB",
        published_at=dt.datetime(2025, 3, 4, 23, 30, tzinfo=WIDE),
        updated_at=dt.datetime(2025, 3, 5, 1, 2, 3, 456789, WIDE),
        image=Image("https://harbour.example/a.jpg", "A breakwater", 640, 480),
        blocks=(Paragraph("Two words."),),
        sections=(Section("What was decided", blocks=(Paragraph("Three more words."),)),),
    )


def test_a_summary_holds_all_of_an_article_but_its_body(store, make):
    """What is written is read back, field by field."""
    article = msgspec.structs.replace(full_article(), authors=make(authors=["Ada Kerr", "Bo"]).article.authors, tags=(Tag("Ports"),))
    (written,) = store.write([Incoming(article, "url:https://harbour.example/breakwater")])
    assert store.summaries([written.id])[written.id] == Summary(
        id=written.id,
        slug="harbour-council-approves-the-northern-breakwater",
        title="Harbour Council Approves the Northern Breakwater",
        status=ArticleStatus.PUBLISHED,
        visible=True,
        revision=1,
        format=SourceFormat.HTML,
        imported_at=dt.datetime(2025, 3, 5, 6, 7, 8, 9, dt.UTC),
        language="en-GB",
        url="HTTPS://Harbour.example/breakwater/#top",
        subtitle="After two years",
        summary="The council voted.",
        published_at=dt.datetime(2025, 3, 4, 23, 30, tzinfo=WIDE),
        published_on=dt.date(2025, 3, 4),
        updated_at=dt.datetime(2025, 3, 5, 1, 2, 3, 456789, WIDE),
        image=Image("https://harbour.example/a.jpg", "A breakwater", 640, 480),
        authors=("ada-kerr", "bo"),
        categories=(),
        tags=("ports",),
        word_count=8,
        publication="Harbour Times",
        location="https://harbour.example/breakwater",
        content_hash="ab" * 32,
        repair_count=1,
    )


def test_times_keep_the_offset_that_the_source_gave(store):
    """Equal instants of different offsets are equal to Python, so the offsets are compared by themselves."""
    (written,) = store.write([Incoming(full_article(), "k")])
    found = store.summaries([written.id])[written.id]
    assert (found.published_at.utcoffset(), found.updated_at.utcoffset()) == (WIDE.utcoffset(None), WIDE.utcoffset(None))


def test_a_time_without_an_offset_is_utc(store, make):
    """The contract says so; the store is the last place that can see to it."""
    naive = dt.datetime(2024, 5, 6, 7, 8)  # noqa: DTZ001  (that is the point)
    (written,) = store.write([make(published_at=naive)])
    assert store.summaries([written.id])[written.id].published_at == dt.datetime(2024, 5, 6, 7, 8, tzinfo=dt.UTC)


def test_the_first_and_last_times_that_there_are_can_be_stored(store, make):
    """An offset may move them out of what a calendar holds; their instants still order."""
    first = dt.datetime(1, 1, 1, tzinfo=dt.timezone(dt.timedelta(hours=14)))
    last = dt.datetime(9999, 12, 31, 23, 59, 59, 999999, tzinfo=dt.timezone(dt.timedelta(hours=-12)))
    a, b = store.write([make(published_at=first), make(published_at=last)])
    found = store.summaries([a.id, b.id])
    assert [found[a.id].published_at, found[b.id].published_at] == [first, last]
    assert store.next_due() == last
    assert store.neighbours([a.id, b.id], preview=True) == {a.id: (b.id, None), b.id: (None, a.id)}


def test_summaries_come_in_the_order_asked_and_unknown_ids_are_left_out(store, make):
    """Duplicates come once."""
    a, b, c = store.write([make(), make(), make()])
    assert list(store.summaries([c.id, "nobody", a.id, c.id])) == [c.id, a.id]
    assert b.id not in store.summaries([])


def test_documents_are_bodies_with_their_revision_and_repairs(store):
    """Sections have their anchors."""
    (written,) = store.write([Incoming(full_article(), "k")])
    section = Section("What was decided", 2, "what-was-decided", (Paragraph("Three more words."),))
    assert store.documents([written.id, "nobody"]) == {
        written.id: Document(
            written.id, 1, Body((Paragraph("Two words."),), (section,)), (Repair(RepairKind.DATE_INFERRED, "Read from the path.", 3, 0.5),)
        )
    }


def test_an_article_is_found_by_its_slug_alone(store, make):
    """Case counts."""
    (written,) = store.write([make(slug="A-Slug")])
    assert store.by_slug("A-Slug").id == written.id
    assert store.by_slug("a-slug") is None


def test_an_article_is_found_by_its_address_however_it_is_written(store):
    """Case of scheme and host, fragment and trailing slash are folded; the path is not."""
    (written,) = store.write([Incoming(full_article(), "k")])
    assert store.by_url("https://HARBOUR.example/breakwater").id == written.id
    assert store.by_url("https://harbour.example/Breakwater") is None


def test_of_two_articles_with_one_address_the_visible_one_is_found(store, make):
    """Then the first stored."""
    url = "https://a.example/x"
    draft, first, second = make(url=url, status=ArticleStatus.DRAFT), make(url=url), make(url=url)
    written = store.write([draft, first, second])
    assert store.by_url(url).id == written[1].id


def test_addresses_that_are_none_are_stored_and_found_as_they_are(store, make):
    """`urlsplit` raises on some; nobody else has to know."""
    (written,) = store.write([make(url="http://[broken")])
    assert store.by_url("http://[broken").id == written.id
    assert store.by_url("http://[other") is None


def test_texts_that_no_database_holds_are_found_nowhere(store, make):
    """Half a surrogate pair comes through JSON, and must not fail."""
    store.write([make(slug="x")])
    assert store.by_slug("\ud800") is None
    assert store.by_url("\ud800") is None
    assert store.summaries(["\ud800"]) == store.known(["\0"]) == {}
    assert store.origins("/\udcff") == []


def test_neighbours_stand_beside_an_article_in_the_order_newest(store, make, day):
    """Newest first, ties by id; the newer neighbour comes just before, the older just after; without a date there are none."""
    written = store.write([make(published_at=day(n)) for n in (3, 1, 2, 2, 2)] + [make()])
    dated = sorted(store.summaries([w.id for w in written[:5]]).values(), key=lambda s: (-s.published_at.timestamp(), s.id))
    ids = [None, *(s.id for s in dated), None]
    expected = {ids[n]: (ids[n - 1], ids[n + 1]) for n in range(1, 6)}
    assert store.neighbours([w.id for w in written], preview=False) == expected


def test_neighbours_are_those_that_a_reader_may_see(store, make, day):
    """A draft between two articles is passed over without preview, and has no neighbours of its own."""
    old, draft, new = store.write(
        [make(published_at=day(1)), make(published_at=day(2), status=ArticleStatus.DRAFT), make(published_at=day(3))]
    )
    ids = [old.id, draft.id, new.id]
    assert store.neighbours(ids, preview=False) == {old.id: (new.id, None), new.id: (None, old.id)}
    assert store.neighbours(ids, preview=True) == {old.id: (draft.id, None), draft.id: (new.id, old.id), new.id: (None, draft.id)}


def test_known_says_what_is_stored_under_a_key(store, make):
    """With the fingerprint and origin that it was last written with."""
    (written,) = store.write([make("path:a.md", fingerprint="f", origin="/in/a.md")])
    assert store.known(["path:a.md", "path:b.md"]) == {"path:a.md": Known(written.id, written.slug, "f", "/in/a.md")}


def test_a_fingerprint_leads_to_what_was_read_from_its_source(store, make):
    """Of several the first stored; an empty one leads nowhere."""
    store.write([make("a", fingerprint="f"), make("b", fingerprint="f"), make("c", fingerprint="g"), make("d")])
    assert store.unchanged(["f", "g", "h", ""]) == {"f": "a", "g": "c"}


def test_origins_are_those_at_a_path_or_under_it(store, make):
    """A name that only begins with the path is not under it."""
    paths = ["/in/a", "/in/a/1.md", "/in/a/b/2.md", "/in/ab/3.md", ""]
    written = store.write([make(f"k{n}", origin=path) for n, path in enumerate(paths)])
    expected = [(w.id, f"k{n}", path) for n, (w, path) in enumerate(zip(written, paths, strict=True))]
    assert store.origins("/in/a") == expected[:3]
    assert store.origins("/in/a/") == expected[:3]
    assert store.origins("/") == expected[:4]


def test_the_site_has_the_figures_of_what_a_reader_may_see(store, make, day):
    """Languages by falling count, then tag; dates by instant."""
    store.write(
        [
            make(language="en", published_at=day(2)),
            make(language="de", published_at=day(3)),
            make(language="de"),
            make(language="af"),
            make(language="fr", published_at=day(1), status=ArticleStatus.DRAFT),
        ]
    )
    site = store.site(preview=False)
    assert (site.articles, site.first_published_at, site.last_published_at, site.languages) == (4, day(2), day(3), ("de", "af", "en"))
    site = store.site(preview=True)
    assert (site.articles, site.first_published_at, site.last_published_at, site.languages) == (5, day(1), day(3), ("de", "af", "en", "fr"))


def test_an_empty_store_has_empty_figures(store):
    """Nothing is an error."""
    site = store.site(preview=False)
    assert (site.articles, site.first_published_at, site.last_published_at, site.languages) == (0, None, None, ())
    assert (store.revision(), store.changes(0), list(store.everything()), store.next_due(), store.check()) == (0, [], [], None, [])
