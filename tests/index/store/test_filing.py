import pytest

from index.document import ArticleStatus, Author, Category, Image, Repair, RepairKind, Tag
from index.store.store import Outcome, TopicKind
from index.store.tree import DEEPEST

CATEGORY, TAG, AUTHOR = TopicKind.CATEGORY, TopicKind.TAG, TopicKind.AUTHOR


def names(store, kind, *slugs):
    """The names of topics."""
    return [topic.name for topic in store.topics(kind, slugs, preview=True).values()]


def parents(store, *slugs):
    """The parents of categories."""
    return [topic.parent for topic in store.topics(CATEGORY, slugs, preview=True).values()]


def since(store, revision):
    """What the log says after a revision."""
    return [(change.slug, change.outcome) for change in store.changes(revision)]


# ------------------------------------------------------------------ entities
def test_slugs_are_made_from_names_where_the_source_gives_none(store, make):
    """For all three kinds; what has neither name nor slug is left out."""
    article = make(
        authors=["Ada Kerr", "", Author("Bo", "b")],
        categories=["Ports & Quays", Category("", ""), Category("News", "n", parent=Category(" "))],
        tags=["C++", "C#", "C", "🎉", Tag("", "slug-only")],
    )
    (written,) = store.write([article])
    found = store.summaries([written.id])[written.id]
    assert (found.authors, found.categories) == (("ada-kerr", "b"), ("ports-quays", "n"))
    assert found.tags[:3] == ("c-plus-plus", "c-sharp", "c")
    assert found.tags[4] == "slug-only"
    assert names(store, TAG, *found.tags) == ["C++", "C#", "C", "🎉", "slug-only"]


def test_the_same_slug_in_two_kinds_is_two_topics(store, make):
    """A tag may be called like a category and like an author."""
    store.write([make(authors=["News"], categories=["News"], tags=["News"]), make(tags=["News"])])
    assert [store.topic_counts(kind, ["news"], preview=False)["news"] for kind in (AUTHOR, CATEGORY, TAG)] == [1, 1, 2]


def test_a_later_value_that_is_not_empty_wins(store, make):
    """An empty one takes nothing away."""
    old, new = Image("https://a.example/1.jpg"), Image("https://a.example/2.jpg")
    store.write([make(authors=[Author("Ada", "ada", "Old bio", "https://a.example/", old)])])
    store.write([make(authors=[Author("Ada Kerr", "ada", "", None, new)])])
    ada = store.topics(AUTHOR, ["ada"], preview=False)["ada"]
    assert (ada.name, ada.text, ada.url, ada.image) == ("Ada Kerr", "Old bio", "https://a.example/", new)


def test_within_a_batch_too_the_later_wins(store, make):
    """Articles are taken in their order."""
    store.write([make(categories=[Category("A", "a", description="1")]), make(categories=[Category("B", "a", description="2")])])
    assert [(t.name, t.text) for t in store.topics(CATEGORY, ["a"], preview=False).values()] == [("B", "2")]


def test_a_topic_that_an_article_names_twice_is_named_once(store, make):
    """In the place where it came first."""
    (written,) = store.write([make(tags=["One", "Two", "one"], categories=["X", Category("X")])])
    found = store.summaries([written.id])[written.id]
    assert (found.tags, found.categories) == (("one", "two"), ("x",))


# ----------------------------------------------------------------- spellings
def test_names_that_differ_by_case_only_are_one_tag_with_the_commonest_spelling(store, make):
    """However they come, and in whatever batches."""
    store.write([make(tags=["go"])])
    store.write([make(tags=["Go"]), make(tags=["Go"])])
    store.write([make(tags=["GO"])])
    assert names(store, TAG, "go") == ["Go"]
    assert store.topic_counts(TAG, ["go"], preview=False) == {"go": 4}


def test_of_equally_common_spellings_the_later_is_kept(store, make):
    """As a later value wins elsewhere."""
    store.write([make(authors=["ADA KERR"]), make(authors=["Ada Kerr"])])
    assert names(store, AUTHOR, "ada-kerr") == ["Ada Kerr"]
    store.write([make(authors=["ADA KERR"])])
    assert names(store, AUTHOR, "ada-kerr") == ["ADA KERR"]


def test_the_spelling_follows_the_articles_that_are_left(store, make):
    """When the majority goes, or changes its mind, the minority rules; every article that stays is changed."""
    written = store.write(
        [make("a", tags=["Go"]), make("b", tags=["Go"]), make("c", tags=["go"]), make("d", tags=["go"]), make("e", tags=["Go"])]
    )
    assert names(store, TAG, "go") == ["Go"]
    store.remove([w.id for w in written[:2]])
    assert names(store, TAG, "go") == ["go"]
    assert since(store, 5) == [(w.slug, Outcome.REMOVED) for w in written[:2]] + [(w.slug, Outcome.UPDATED) for w in written[2:]]
    store.write([make("c", tags=["Go"], slug=written[2].slug)])
    assert names(store, TAG, "go") == ["Go"]
    assert store.check() == []


# -------------------------------------------------------------------- ripple
def test_a_changed_name_changes_every_article_that_it_touches(store, make):
    """Each gets a revision; the article that brought the name has its own and no second one."""
    first, second, other = store.write([make(authors=[Author("Ada", "ada")]), make(authors=[Author("Ada", "ada")]), make(authors=["Bo"])])
    (third,) = store.write([make(authors=[Author("Ada Kerr", "ada")])])
    assert since(store, 3) == [(third.slug, Outcome.CREATED), (first.slug, Outcome.UPDATED), (second.slug, Outcome.UPDATED)]
    found = store.summaries([first.id, second.id, other.id])
    assert [summary.revision for summary in found.values()] == [5, 6, 3]
    assert [entry[0].authors[0].name for entry in store.entries([first.id, third.id])] == ["Ada Kerr", "Ada Kerr"]


def test_a_changed_name_of_a_category_touches_articles_of_its_descendants(store, make):
    """They hold it as an ancestor."""
    (below,) = store.write([make(categories=[Category("Below", parent=Category("Above", "above"))])])
    store.write([make(categories=[Category("On Top", "above")])])
    assert (below.slug, Outcome.UPDATED) in since(store, 2)


def test_a_changed_parent_changes_every_article_below(store, make):
    """Their ancestors are others now, and the counts with them."""
    leaf = Category("Leaf", parent=Category("Branch", parent=Category("Old")))
    (a,) = store.write([make(categories=[leaf])])
    (b,) = store.write([make(categories=[Category("Branch", parent=Category("New"))])])
    assert since(store, 1) == [(b.slug, Outcome.CREATED), (a.slug, Outcome.UPDATED)]
    assert parents(store, "leaf", "branch", "new") == ["branch", "new", None]
    assert store.topic_counts(CATEGORY, ["leaf", "branch", "new", "old"], preview=False) == {"leaf": 1, "branch": 2, "new": 2}
    assert store.entries([a.id])[0][2:] == (("leaf", "branch", "new"), 3)
    assert store.check() == []


def test_a_changed_bio_changes_only_the_article_that_brings_it(store, make):
    """The index does not hold it."""
    store.write([make(authors=[Author("Ada", "ada")])])
    store.write([make(authors=[Author("Ada", "ada", "A bio")])])
    assert store.revision() == 2


# ---------------------------------------------------------------------- tree
def test_a_parent_that_would_close_a_circle_is_left_out_with_a_repair(store, make):
    """The tree stays as it was, and the article says so."""
    store.write([make(categories=[Category("A", parent=Category("B", parent=Category("C")))])])
    (written,) = store.write([make(categories=[Category("C", parent=Category("A"))])])
    assert parents(store, "a", "b", "c") == ["b", "c", None]
    message = "The category “c” was not put under “a”, which would close a circle."
    assert store.documents([written.id])[written.id].repairs == (Repair(RepairKind.OTHER, message),)
    assert store.summaries([written.id])[written.id].repair_count == 1
    assert store.check() == []


@pytest.mark.parametrize(
    "category",
    [Category("A", parent=Category("A")), Category("A", parent=Category("B", parent=Category("A")))],
    ids=["itself", "through another"],
)
def test_an_article_may_hold_a_circle_by_itself(store, make, category):
    """The first step that closes it is left out."""
    store.write([make(categories=[category])])
    assert parents(store, "a") == [None if category.parent.name == "A" else "b"]
    assert store.topic_counts(CATEGORY, ["a"], preview=False) == {"a": 1}


def test_two_articles_of_one_batch_cannot_close_a_circle(store, make):
    """The later one's parent is left out."""
    written = store.write([make(categories=[Category("A", parent=Category("B"))]), make(categories=[Category("B", parent=Category("A"))])])
    assert parents(store, "a", "b") == ["b", None]
    assert [s.repair_count for s in store.summaries([w.id for w in written]).values()] == [0, 1]


def test_a_tree_is_never_deeper_than_can_be_walked(store, make):
    """Built in one go or step by step."""
    deep = None
    for n in range(DEEPEST + 5):
        deep = Category(f"C{n}", parent=deep)
    (one,) = store.write([make(categories=[deep])])
    for n in range(DEEPEST + 5):
        store.write([make(categories=[Category(f"S{n}", parent=Category(f"S{n + 1}"))])])
    depth, slug = 1, "s0"
    while slug := parents(store, slug)[0]:
        depth += 1
    assert depth == DEEPEST
    assert len(store.entries([one.id])[0][2]) == DEEPEST
    assert store.check() == []


# ------------------------------------------------------------------- the end
def test_topics_go_with_the_last_article_that_stands_under_them(store, make):
    """Nothing is left of what only a removed article said."""
    article = make(
        authors=[Author("Ada", "ada", "A bio")], categories=[Category("A", parent=Category("B"))], tags=["t"], status=ArticleStatus.DRAFT
    )
    (written,) = store.write([article])
    store.remove([written.id])
    assert [store.topic_total(kind, None, preview=True) for kind in TopicKind] == [0, 0, 0]
    store.write([make(authors=[Author("Ada", "ada")], categories=["A"])])
    assert store.topics(AUTHOR, ["ada"], preview=True)["ada"].text is None
    assert parents(store, "a") == [None]


def test_a_topic_that_an_article_no_longer_names_goes(store, make):
    """As does a parent that nothing stands under any more."""
    store.write([make("a", tags=["Old"], categories=[Category("Leaf", parent=Category("Old"))])])
    store.write([make("a", tags=["New"], categories=[Category("Leaf", parent=Category("New"))])])
    assert store.topics(TAG, ["old", "new"], preview=True).keys() == {"new"}
    assert store.topics(CATEGORY, ["old", "new"], preview=True).keys() == {"new"}
    assert store.check() == []
