"""Which keys does a change touch?"""

from __future__ import annotations

import datetime as dt

from index.document import ArticleStatus, Author, Category
from index.keys import EVERYTHING

HARBOUR = Category("Harbour", "harbour", Category("Town", "town"))


def touched(store, since=0):
    """What the log has after a revision, but for what follows from id and slug."""
    return [set(change.touched) for change in store.changes(since)]


def test_a_new_article_touches_where_it_stands_and_the_topics_that_come_with_it(store, make, day):
    """A category's ancestors included."""
    store.write([make(slug="a", language="en", published_at=day(5), categories=(HARBOUR,), authors=("Ada",), url="https://X.example/a/")])
    own = {"slug:a", "url:https://x.example/a", "in-language:en", "in-year:2024", "in-month:2024-01", "seen"}
    filed = {"in-category:harbour", "in-category:town", "in-author:ada"}
    came = {"category:harbour", "category:town", "categories", "author:ada", "authors"}
    assert touched(store) == [own | filed | came]


def test_an_article_that_moves_touches_both_places(store, make, day):
    """And no topic that stays as it is."""
    store.write([make("k", slug="a", categories=("A",), published_at=day(1)), make(categories=("A",)), make(categories=("B",))])
    store.write([make("k", slug="b", categories=("B",), published_at=day(1, 2))])
    assert touched(store, 3) == [
        {"slug:a", "slug:b", "in-language:und", "in-year:2024", "in-month:2024-01", "in-month:2024-02", "seen"}
        | {"in-category:a", "in-category:b"}
    ]


def test_a_draft_is_not_seen(store, make):
    """Until it is published; then what hangs on it comes for every reader."""
    store.write([make("k", slug="a", tags=("T",), status=ArticleStatus.DRAFT)])
    assert touched(store) == [{"slug:a", "in-language:und", "in-tag:t", "tag:t", "tags"}]
    store.write([make("k", slug="a", tags=("T",))])
    assert touched(store, 1) == [{"slug:a", "in-language:und", "in-tag:t", "tag:t", "tags", "seen"}]


def test_publishing_touches_as_much(store, make):
    """The topics that come with it included."""
    when = dt.datetime.now(dt.UTC) + dt.timedelta(days=1)
    store.write([make(slug="a", tags=("T",), published_at=when)])
    store.publish_due(when)
    assert {"seen", "tag:t", "tags", "in-tag:t"} <= touched(store, 1)[0]


def test_a_removal_touches_where_it_stood(store, make):
    """And the topics that go with it."""
    (a, _) = store.write([make(slug="a", tags=("T", "U")), make(tags=("U",))])
    store.remove([a.id])
    assert touched(store, 2) == [{"slug:a", "in-language:und", "in-tag:t", "in-tag:u", "seen", "tag:t", "tags"}]


def test_a_topics_new_bio_touches_it_alone(store, make):
    """Other articles of its author are as they were."""
    store.write([make(authors=(Author("Ada", "ada"),))])
    store.write([make(slug="b", authors=(Author("Ada", "ada", "Covers ports."),))])
    assert touched(store, 1) == [{"slug:b", "in-language:und", "in-author:ada", "author:ada", "authors", "seen"}]


def test_a_new_name_touches_the_topic_and_every_article_of_it(store, make):
    """Each with a change of its own."""
    store.write([make(slug="a", categories=(Category("A", "a"),)), make(slug="b", categories=(Category("New", "a"),))])
    assert ["category:a" in keys for keys in touched(store)] == [True, False]
    store.write([make(slug="c", categories=(Category("Newer", "a"),))])
    assert [sorted(key for key in keys if "category" in key) for keys in touched(store, 2)] == [
        ["category:a", "in-category:a"],
        ["in-category:a"],
        ["in-category:a"],
    ]


def test_a_category_that_moves_touches_both_parents_and_the_articles_under_it(store, make):
    """Where they stood and where they stand."""
    store.write([make(slug="a", categories=(Category("C", "c", Category("P", "p")),)), make(categories=("P", "Q"))])
    store.write([make(slug="b", categories=(Category("C", "c", Category("Q", "q")),))])
    own, rippled = touched(store, 2)
    assert {"category:c", "category:p", "category:q", "in-category:c", "in-category:q"} <= own
    assert {"in-category:c", "in-category:p", "in-category:q"} <= rippled


def test_a_name_that_a_removal_decides_is_touched(store, make):
    """The commonest spelling is another one then."""
    a, b, _ = store.write([make(tags=("Go",)), make(tags=("Go",)), make(slug="c", tags=("go",))])
    store.remove([a.id, b.id])
    gone, _, rippled = touched(store, 3)
    assert {"tag:go", "tags"} <= gone
    assert "in-tag:go" in rippled


def test_of_a_change_from_before_nothing_more_is_known(store, make):
    """It touches everything."""
    store.write([make()])
    with store.database.writing() as access:
        access.say("DELETE FROM touches")
    assert store.changes(0)[0].touched == (EVERYTHING,)


def test_a_change_touches_its_article_by_id_and_slug(store, make):
    """Beside what the log has."""
    (a,) = store.write([make(slug="a")])
    assert {f"article:{a.id}", "slug:a", "articles", "seen"} <= store.changes(0)[0].keys


def test_the_pulse_is_another_after_each_write(open_new, make):
    """And the same while nobody writes."""
    store = open_new()
    before = store.pulse()
    assert store.pulse() == before
    store.write([make()])
    assert store.pulse() != before
