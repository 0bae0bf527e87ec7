import datetime as dt

import msgspec
import pytest

from index.document import (
    ArticleStatus,
    Author,
    Blockquote,
    Image,
    List,
    Paragraph,
    Repair,
    RepairKind,
    Section,
    Source,
    SourceFormat,
)
from index.identity import article_id, block_id, global_id, number_of
from index.store.store import BadArticles, Change, Outcome, Written


def outcomes(written):
    """What each came to."""
    return [w.outcome for w in written]


def test_a_new_article_is_created_with_the_id_of_its_key(store, make):
    """And the change is in the log."""
    (written,) = store.write([make("path:a.md", title="A Title")])
    assert written == Written(article_id("path:a.md"), "a-title", Outcome.CREATED, 1)
    assert store.changes(0) == [Change(1, written.id, "a-title", Outcome.CREATED, ("in-language:und", "seen", "slug:a-title"))]


def test_the_same_fingerprint_under_the_same_key_writes_nothing(store, make):
    """Not even a revision; an empty fingerprint says nothing and is never the same."""
    first = store.write([make("a", fingerprint="f"), make("b")])
    again = store.write([make("a", fingerprint="f", title="Another"), make("b")])
    assert outcomes(again) == [Outcome.UNCHANGED, Outcome.UPDATED]
    assert (again[0].id, again[0].slug, again[0].revision) == (first[0].id, first[0].slug, 1)
    assert [change.revision for change in store.changes(0)] == [1, 2, 3]
    assert store.summaries([first[0].id])[first[0].id].title == "Article 1"


def test_force_writes_what_is_unchanged(store, make):
    """The caller knows why."""
    store.write([make("a", fingerprint="f")])
    assert outcomes(store.write([make("a", fingerprint="f")], force=True)) == [Outcome.UPDATED]


def test_an_unchanged_article_from_another_path_belongs_there(store, make):
    """So that pruning the old folder does not take what the new one still has."""
    store.write([make("a", fingerprint="f", origin="/old/a.md")])
    assert outcomes(store.write([make("a", fingerprint="f", origin="/new/a.md")])) == [Outcome.UNCHANGED]
    assert (store.origins("/old"), len(store.origins("/new")), store.revision()) == ([], 1, 1)
    store.write([make("a", fingerprint="f")])
    assert len(store.origins("/new")) == 1


def test_an_update_replaces_everything(store, make, day):
    """Body, columns, topics; the revision is the change's."""
    before = make("a", authors=["Ada"], tags=["One"], language="en", published_at=day(1), summary="S", url="https://a.example/1")
    (first,) = store.write([before])
    (second,) = store.write([make("a", authors=["Bo"], title="New", blocks=(Paragraph("New text here."),), language="de")])
    assert second == Written(first.id, first.slug, Outcome.UPDATED, 2)
    found = store.summaries([first.id])[first.id]
    assert (found.title, found.authors, found.tags, found.language, found.published_at, found.summary, found.url, found.word_count) == (
        "New", ("bo",), (), "de", None, None, None, 3,
    )  # fmt: skip  # a row
    assert store.documents([first.id])[first.id].body.blocks == (Paragraph("New text here."),)
    assert store.by_url("https://a.example/1") is None
    assert store.check() == []


def test_a_batch_is_written_in_its_order(store, make):
    """Each gets the next revision, unchanged ones none, and the answers stand in the order of the batch."""
    store.write([make("b", fingerprint="f")])
    written = store.write([make("a"), make("b", fingerprint="f"), make("c")])
    assert [(w.outcome, w.revision) for w in written] == [(Outcome.CREATED, 2), (Outcome.UNCHANGED, 1), (Outcome.CREATED, 3)]
    assert [entry[0].id for entry in store.everything()] == [article_id(key) for key in "bac"]


def test_an_article_that_comes_twice_in_a_batch_is_written_twice(store, make):
    """The later one wins, as if they had come one after the other."""
    written = store.write(
        [make("a", title="First", fingerprint="1"), make("b"), make("a", title="Second", fingerprint="2"), make("a", fingerprint="2")]
    )
    assert outcomes(written) == [Outcome.CREATED, Outcome.CREATED, Outcome.UPDATED, Outcome.UNCHANGED]
    assert store.summaries([written[0].id])[written[0].id].title == "Second"
    assert [change.outcome for change in store.changes(0)] == [Outcome.CREATED, Outcome.CREATED, Outcome.UPDATED]


def test_an_empty_batch_is_nothing(store):
    """From whatever it is that can be gone through once."""
    assert store.write(iter(())) == []


# ------------------------------------------------------------------- slugs
def test_a_slug_that_is_taken_gets_a_suffix_from_the_id(store, make):
    """The first stored keeps the plain one, in one batch as over several."""
    written = [*store.write([make("a", title="Same"), make("b", title="Same")]), *store.write([make("c", title="Same")])]
    assert [w.slug for w in written] == ["same", *(f"same-{number_of(w.id)[:6]}" for w in written[1:])]


def test_a_longer_suffix_where_the_short_one_is_taken(store, make):
    """A source may give what looks like one of ours."""
    number = number_of(article_id("c"))
    written = store.write([make(slug="x"), make(slug=f"x-{number[:6]}"), make("c", slug="x")])
    assert written[2].slug == f"x-{number}"


def test_a_title_without_words_still_gives_a_slug(store, make):
    """As pictures and punctuation do."""
    assert [w.slug[:7] for w in store.write([make(title="…"), make(title="🎉")])] == ["article", "article"]


def test_a_reimport_keeps_its_slug_whatever_its_title(store, make):
    """Addresses are promises."""
    store.write([make("a", title="Old Title")])
    assert store.write([make("a", title="New Title")])[0].slug == "old-title"


def test_a_reimport_keeps_its_suffix_even_when_the_plain_slug_is_free(store, make):
    """The source gives what it always gave."""
    first, second = store.write([make("a", slug="x"), make("b", slug="x")])
    store.remove([first.id])
    assert store.write([make("b", slug="x")])[0].slug == second.slug != "x"


def test_a_source_that_gives_another_slug_gets_it(store, make):
    """And the old one is free for others."""
    store.write([make("a", slug="x")])
    assert store.write([make("a", slug="y")])[0].slug == "y"
    assert store.write([make("b", slug="x")])[0].slug == "x"
    assert store.write([make("a")])[0].slug == "y"


def test_a_slug_passes_from_one_article_to_another_in_one_batch(store, make):
    """The first gives it up before the second asks."""
    store.write([make("a", slug="x"), make("b", slug="y")])
    assert [w.slug for w in store.write([make("a", slug="z"), make("b", slug="x"), make("c", slug="y")])] == ["z", "x", "y"]
    assert [store.by_slug(slug).id for slug in "zxy"] == [article_id(key) for key in "abc"]


# ------------------------------------------------------------------ anchors
def test_a_heading_keeps_its_anchor_over_a_reimport(store, make):
    """Even where another of its name is put before it."""
    one, two = Section("Notes", blocks=(Paragraph("one"),)), Section("Notes", blocks=(Paragraph("two"),))
    (written,) = store.write([make("a", sections=(one, two))])
    assert [s.anchor for s in store.documents([written.id])[written.id].body.sections] == ["notes", "notes-2"]
    store.write([make("a", sections=(Section("Intro"), one, two, Section("Notes")))])
    assert [s.anchor for s in store.documents([written.id])[written.id].body.sections] == ["intro", "notes", "notes-2", "notes-3"]


# ------------------------------------------------------------------- source
def test_imported_at_is_the_sources_else_now(store, make):
    """And anew at each update."""
    now, later = dt.datetime(2025, 1, 1, tzinfo=dt.UTC), dt.datetime(2025, 2, 2, tzinfo=dt.UTC)
    given = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
    a, b = store.write([make("a"), make("b", source=Source(SourceFormat.JSON, imported_at=given))], now=now)
    assert [s.imported_at for s in store.summaries([a.id, b.id]).values()] == [now, given]
    store.write([make("a")], now=later)
    assert store.summaries([a.id])[a.id].imported_at == later


def test_repairs_speak_of_the_blocks_of_the_article_that_it_became(store, make):
    """An article that was read under a key that another id is stored for has other ids in its blocks."""
    ours = global_id("Article", "abcdefghijklmnop")
    store.write([make("a", id=ours)])
    guessed = article_id("a")
    repairs = (Repair(RepairKind.OTHER, "x", block_id=block_id(guessed, "Paragraph", b"p", 1)), Repair(RepairKind.OTHER, "y"))
    (written,) = store.write([make("a", id=guessed, source=Source(SourceFormat.TEXT, repairs=repairs))])
    assert written.id == ours
    assert store.documents([ours])[ours].repairs == (
        Repair(RepairKind.OTHER, "x", block_id=block_id(ours, "Paragraph", b"p", 1)),
        Repair(RepairKind.OTHER, "y"),
    )


def test_a_block_id_that_is_none_stays(store, make):
    """Whatever a document said."""
    repairs = (Repair(RepairKind.OTHER, "x", block_id="?"),)
    (written,) = store.write([make("a", id="foreign", source=Source(SourceFormat.TEXT, repairs=repairs))])
    assert store.documents([written.id])[written.id].repairs == repairs


# ----------------------------------------------------------- what cannot be
def nested(depth):
    """A block in so many others."""
    block = Paragraph("deep")
    for _ in range(depth):
        block = Blockquote(blocks=(block,))
    return block


def nested_sections(depth):
    """A section in so many others."""
    section = Section("deep")
    for _ in range(depth):
        section = Section("deeper", sections=(section,))
    return section


BAD = {
    "a lone surrogate in its text": {"blocks": (Paragraph("\ud800"),)},
    "a lone surrogate in its title": {"title": "\udfff", "slug": "x"},
    "NUL in its title": {"title": "a\0b"},
    "NUL in its language": {"language": "\0"},
    "NUL in a name": {"authors": [Author("a\0b")]},
    "a lone surrogate in a name": {"tags": ["\ud800"]},
    "a number that is too large": {"blocks": (List(ordered=True, start=10**30),)},
    "a lone surrogate in its picture": {"image": Image("x", "\ud800")},
    "a lone surrogate in a face": {"authors": [Author("A", image=Image("x", "\ud800"))]},
    "text that cannot be taken from its nested blocks": {"blocks": (nested(400),)},
    "blocks nested too deeply": {"blocks": (nested(5000),)},
    "sections nested too deeply": {"sections": (nested_sections(5000),)},
}


@pytest.mark.parametrize("fields", BAD.values(), ids=list(BAD))
def test_a_batch_with_a_bad_article_is_refused_and_the_article_named(store, make, fields):
    """Nothing of it is stored, and what is left without it can be."""
    good, bad = make("good"), make("path:bad.md", **fields)
    with pytest.raises(BadArticles, match=r"path:bad\.md: .+\.") as refused:
        store.write([good, bad])
    assert list(refused.value.reasons) == ["path:bad.md"]
    assert (store.revision(), store.check()) == (0, [])
    assert outcomes(store.write([good])) == [Outcome.CREATED]


def test_every_bad_article_of_a_batch_is_named(store, make):
    """Ten in the message, all in `reasons`; a key that cannot be printed is spelt out."""
    bad = [make(f"path:{n}\ud800", title="a\0") for n in range(12)]
    with pytest.raises(BadArticles, match="and 2 more") as refused:
        store.write([*bad, make()])
    assert len(refused.value.reasons) == 12
    assert "path:0\\ud800" in str(refused.value)


def test_a_slug_that_nobody_can_have_is_named(store, make):
    """Where somebody took every slug that could be made for an article."""
    number = number_of(article_id("a"))
    store.write([make(slug="x"), make(slug=f"x-{number[:6]}"), make(slug=f"x-{number}")])
    (fourth,) = store.write([make("a", slug="x")])
    store.remove([fourth.id])
    store.write([make(slug=fourth.slug)])
    with pytest.raises(BadArticles, match="every slug made from it"):
        store.write([make("a", slug="x")])


def test_a_stored_body_that_cannot_be_read_can_be_replaced(store, make):
    """A re-import is how it is mended."""
    from sqlalchemy import update

    from index.store.tables import bodies

    (written,) = store.write([make("a", sections=(Section("S"),))])
    with store.database.writing() as access:
        access.run(update(bodies).values(body=b"\xff\xff"))
    assert store.check() != []
    store.write([make("a", sections=(Section("S"),))])
    assert (store.documents([written.id])[written.id].body.sections[0].anchor, store.check()) == ("s", [])


# --------------------------------------------------------------- statements
@pytest.mark.parametrize("count", [1, 60])
def test_a_batch_costs_the_same_statements_whatever_its_size(store, make, count):
    """Creating, replacing, leaving and removing."""

    def batch(fingerprint):
        return [
            make(
                f"k{n}",
                title=f"T {n}",
                fingerprint=fingerprint,
                authors=[f"A{n}"],
                categories=[f"C{n}"],
                tags=[f"T{n}", "t"],
                language="en",
            )
            for n in range(count)
        ]

    def cost(act):
        before = store.database.statements.executed
        result = act()
        return store.database.statements.executed - before, result

    created, written = cost(lambda: store.write(batch("1")))
    ids = [w.id for w in written]
    unchanged, _ = cost(lambda: store.write(batch("1")))
    replaced, _ = cost(lambda: store.write(batch("2")))
    reads = [
        cost(act)[0]
        for act in (
            lambda: store.summaries(ids),
            lambda: store.documents(ids),
            lambda: store.neighbours(ids, preview=False),
            lambda: store.entries(ids),
            lambda: store.known([f"k{n}" for n in range(count)]),
        )
    ]
    removed, _ = cost(lambda: store.remove(ids))
    assert (created, unchanged, replaced, reads, removed) == (21, 1, 20, [1, 1, 1, 2, 1], 16)


def test_status_is_kept_as_given(store, make):
    """A draft is stored like any other."""
    (written,) = store.write([make(status=ArticleStatus.DRAFT)])
    found = store.summaries([written.id])[written.id]
    assert (found.status, found.visible) == (ArticleStatus.DRAFT, False)
    assert msgspec.structs.replace(found, visible=True) != found
