from index.identity import article_id, global_id
from index.store.store import Outcome

OURS = global_id("Article", "abcdefghijklmnop")


def test_an_article_that_brings_an_id_of_ours_keeps_it(store, make):
    """Whatever its key; the key is kept too, for the next import of the same source."""
    (written,) = store.write([make("slug:p:a", id=OURS)])
    assert (written.id, store.known(["slug:p:a"])["slug:p:a"].id) == (OURS, OURS)
    assert [w.outcome for w in store.write([make("slug:p:a")])] == [Outcome.UPDATED]


def test_an_id_that_is_not_ours_is_passed_over(store, make):
    """A number, or a global id of another type or shape."""
    for n, id in enumerate(["17", global_id("Post", "abcdefghijklmnop"), global_id("Article", "ABC")]):
        assert store.write([make(f"k{n}", id=id)])[0].id == article_id(f"k{n}")


def test_the_id_rules_where_the_key_differs(store, make):
    """A document that was exported and comes back under the key of the file that holds it."""
    (first,) = store.write([make("path:a.md", title="Old")])
    (again,) = store.write([make("slug::a", title="New", id=first.id)])
    assert (again.id, again.outcome) == (first.id, Outcome.UPDATED)
    assert list(store.known(["path:a.md", "slug::a"])) == ["path:a.md"]


def test_the_source_finds_its_article_after_an_export_into_a_fresh_store(store, make):
    """There only the id is left of the key; it is found by the id that the key makes, and takes the key back."""
    id = article_id("path:a.md")
    store.write([make("slug::a", id=id)])
    (again,) = store.write([make("path:a.md")])
    assert (again.id, again.outcome) == (id, Outcome.UPDATED)
    assert list(store.known(["path:a.md", "slug::a"])) == ["path:a.md"]


def test_the_newest_key_is_kept_where_the_id_comes_from_none(store, make):
    """So that the source as it is now is known."""
    store.write([make("slug:old:a", id=OURS)])
    store.write([make("slug:new:a", id=OURS)])
    assert list(store.known(["slug:old:a", "slug:new:a"])) == ["slug:new:a"]


def test_two_ids_under_one_key_are_two_articles(store, make):
    """The one that was first keeps the key."""
    (first,) = store.write([make("k")])
    (second,) = store.write([make("k", id=OURS)])
    assert (second.id, second.outcome, store.known(["k"])["k"].id) == (OURS, Outcome.CREATED, first.id)
    assert [w.outcome for w in store.write([make("k", id=OURS)])] == [Outcome.UPDATED]
    assert store.known(["k"])["k"].id == first.id
    assert len(list(store.everything())) == 2


def test_an_id_does_not_take_the_key_of_another(store, make):
    """An update by id under a key that somebody else has."""
    store.write([make("a"), make("b", id=OURS)])
    store.write([make("a", id=OURS)])
    assert {key: known.id for key, known in store.known(["a", "b"]).items()} == {"a": article_id("a"), "b": OURS}


def test_the_id_that_a_key_makes_is_not_a_claim(store, make):
    """Whoever worked the id out from the key means the article under the key, whatever id that has."""
    store.write([make("k", id=OURS)])
    (again,) = store.write([make("k", id=article_id("k"))])
    assert (again.id, again.outcome) == (OURS, Outcome.UPDATED)


def test_one_article_under_several_names_in_one_batch_is_one(store, make):
    """By its id, by its key, by the id that its key makes: each time the same."""
    written = store.write([make("a", id=OURS), make("a"), make("b", id=OURS), make("path:x", id=article_id("c")), make("c")])
    assert [w.outcome for w in written] == [Outcome.CREATED, Outcome.UPDATED, Outcome.UPDATED, Outcome.CREATED, Outcome.UPDATED]
    assert [w.id for w in written] == [OURS, OURS, OURS, article_id("c"), article_id("c")]
    assert store.check() == []
