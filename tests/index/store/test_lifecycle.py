import datetime as dt

import pytest

from index.document import ArticleStatus
from index.store.store import Change, ChangesForgotten, Outcome, TopicKind

SECOND = dt.timedelta(seconds=1)


def visible(store, *written):
    """Whether each may be seen."""
    return [summary.visible for summary in store.summaries([w.id for w in written]).values()]


def test_drafts_and_future_articles_are_stored_and_hidden(store, make, day):
    """An article is visible when it is published and its time has come, or it has none."""
    now = day(15)
    written = store.write(
        [
            make(published_at=now),
            make(published_at=now + SECOND),
            make(),
            make(status=ArticleStatus.DRAFT),
            make(status=ArticleStatus.DRAFT, published_at=day(1)),
        ],
        now=now,
    )
    assert visible(store, *written) == [True, False, True, False, False]
    assert [entry[1] for entry in store.everything()] == [True, False, True, False, False]


def test_what_is_due_becomes_visible_with_a_change_for_each(store, make, day):
    """By instant; drafts never; counts follow."""
    a, b, c, draft = store.write(
        [make(published_at=day(n), tags=["t"], language="en") for n in (5, 4, 9)] + [make(published_at=day(3), status=ArticleStatus.DRAFT)],
        now=day(1),
    )
    assert store.next_due() == day(4)
    assert store.publish_due(day(3)) == []
    changes = store.publish_due(day(5))
    assert sorted(changes, key=lambda change: change.revision) == store.changes(4)
    assert {(change.id, change.outcome) for change in changes} == {(a.id, Outcome.UPDATED), (b.id, Outcome.UPDATED)}
    assert visible(store, a, b, c, draft) == [True, True, False, False]
    assert store.topic_counts(TopicKind.TAG, ["t"], preview=False) == {"t": 2}
    assert (store.site(preview=False).articles, store.next_due(), store.publish_due(day(5))) == (2, day(9), [])
    assert store.check() == []


def test_an_update_may_hide_and_show(store, make, day):
    """A published article becomes a draft and comes back; its topics go and come with it."""
    (written,) = store.write([make("a", tags=["t"])])
    store.write([make("a", tags=["t"], status=ArticleStatus.DRAFT)])
    assert (visible(store, written), store.topics(TopicKind.TAG, ["t"], preview=False)) == ([False], {})
    store.write([make("a", tags=["t"])])
    assert (visible(store, written), list(store.topics(TopicKind.TAG, ["t"], preview=False))) == ([True], ["t"])


def test_removing_takes_an_article_and_logs_it(store, make):
    """Unknown ids are passed over; the log keeps the slug."""
    a, b = store.write([make("a", slug="x", tags=["t"], origin="/in/a"), make("b")])
    removal = Change(3, a.id, "x", Outcome.REMOVED, ("in-language:und", "in-tag:t", "seen", "slug:x", "tag:t", "tags"))
    assert store.remove([a.id, "nobody", a.id]) == [removal]
    assert store.remove([a.id]) == []
    assert (store.summaries([a.id, b.id]).keys(), store.documents([a.id]), store.by_slug("x"), store.known(["a"])) == ({b.id}, {}, None, {})
    assert (store.changes(2), store.origins("/in"), store.check()) == ([removal], [], [])


def test_a_removed_article_that_comes_back_is_created_with_its_old_id(store, make):
    """And stands last, for it was first stored now."""
    (a,) = store.write([make("a")])
    store.write([make("b")])
    store.remove([a.id])
    (again,) = store.write([make("a")])
    assert (again.id, again.outcome, again.revision) == (a.id, Outcome.CREATED, 4)
    assert [entry[0].id for entry in store.everything()][-1] == a.id


def test_a_revision_is_never_given_twice(store, make):
    """Not even when the newest article of all is gone."""
    (a,) = store.write([make("a")])
    store.remove([a.id])
    assert store.write([make("b")])[0].revision == 3


def test_the_log_forgets_its_oldest_entries(store, make, monkeypatch):
    """Whoever asks for one of them is told; what is stored is as sound as before."""
    monkeypatch.setattr("index.store.changes.KEPT", 3)
    monkeypatch.setattr("index.store.changes.CUT_AT", 1)
    written = store.write([make() for _ in range(2)])
    store.write([make() for _ in range(3)])
    assert [change.revision for change in store.changes(2)] == [3, 4, 5]
    for since in (0, 1):
        with pytest.raises(ChangesForgotten, match=f"begins with revision 3; asked was for what came after {since}"):
            store.changes(since)
    assert (store.changes(5), store.revision(), store.check()) == ([], 5, [])
    store.remove([one.id for one in written])
    assert [change.revision for change in store.changes(4)] == [5, 6, 7]
    assert store.check() == []


@pytest.mark.parametrize(
    ("since", "limit", "expected"), [(0, 2, [1, 2]), (2, 10, [3, 4]), (4, 10, []), (10**30, 10, []), (-5, 1, [1]), (0, 0, [])]
)
def test_the_log_is_read_from_a_revision_on(store, make, since, limit, expected):
    """Oldest first, no more than asked for."""
    store.write([make() for _ in range(4)])
    assert [change.revision for change in store.changes(since, limit)] == expected
