"""What is exported is what was stored, and comes back the same."""

import datetime as dt
import tempfile
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from index.document import Article, ArticleStatus, Author, Category, Image, Paragraph, Section, Span, Tag
from index.encoding import from_json, to_json
from index.store.store import Incoming
from tests import strategies
from tests.examples import multiple


def test_entries_are_whole_articles_in_the_order_asked(store, make):
    """With the authors and topics as the store has them, and the categories' ancestors."""
    first, second = store.write(
        [
            make(authors=[Author("Ada", "ada")], categories=[Category("Leaf", parent=Category("Root"))], tags=["Go"]),
            make(authors=[Author("Ada Kerr", "ada", "A bio")], categories=["Root"], status=ArticleStatus.DRAFT),
        ]
    )
    (two, two_seen, two_topics, two_revision), (one, one_seen, one_topics, one_revision) = store.entries([second.id, "nobody", first.id])
    ada = Author("Ada Kerr", "ada", "A bio")
    assert (one.authors, two.authors) == ((ada,), (ada,))
    assert one.categories == (Category("Leaf", "leaf", Category("Root", "root")),)
    assert one.tags == (Tag("Go", "go"),)
    assert (one_seen, one_topics, one_revision, two_seen, two_topics, two_revision) == (True, ("leaf", "root"), 1, False, ("root",), 2)
    assert (one.id, one.slug, one.title) == (first.id, "article-1", "Article 1")
    assert one.blocks == (Paragraph("This is the text of number 1."),)


def test_everything_is_one_snapshot_in_the_order_first_stored(store, make):
    """Whatever is written while it is read."""
    written = store.write([make(f"k{n}") for n in range(7)])
    seen = []
    for article, _, _, revision in store.everything(batch=2):
        if not seen:
            store.remove([written[5].id])
            store.write([make("new"), make("k6", title="Changed")])
        seen.append((article.id, article.title, revision))
    assert seen == [(w.id, f"Article {n}", n) for n, w in enumerate(written, 1)]
    assert len(list(store.everything())) == 7


def test_the_categories_ancestors_come_once_each(store, make):
    """Each category before its own ancestors, in the article's order."""
    top = Category("Top")
    (written,) = store.write([make(categories=[Category("A", parent=top), Category("B", parent=top), top])])
    assert store.entries([written.id])[0][2] == ("a", "top", "b")


# ------------------------------------------------- export → import → export
words = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12)
slugs = st.sampled_from(["", "a", "b", "c", "d-e"])
names = st.sampled_from(["A", "a", "B", "b", "C", "D e", "", "É"])
times = st.datetimes(timezones=st.integers(-720, 840).map(lambda minutes: dt.timezone(dt.timedelta(minutes=minutes))))
images = st.builds(Image, words, words, st.none() | st.integers(0, 5000), st.none() | st.integers(0, 5000))
spoken = st.builds(
    Paragraph, words, st.lists(st.builds(Span, words, st.just(()), st.none() | words, st.none() | images), max_size=2).map(tuple)
)
authors = st.lists(st.builds(Author, names, slugs, st.none() | words, st.none() | words, st.none() | images), max_size=3).map(tuple)
categories = st.recursive(
    st.builds(Category, names, slugs, st.none(), st.none() | words),
    lambda parent: st.builds(Category, names, slugs, parent, st.none() | words),
    max_leaves=3,
)
blocks = st.lists(spoken | strategies.blocks, max_size=2).map(tuple)
sections = st.recursive(
    st.builds(Section, words, st.integers(1, 6), slugs, blocks),
    lambda inner: st.builds(Section, words, st.integers(1, 6), slugs, blocks, st.lists(inner, max_size=2).map(tuple)),
    max_leaves=2,
)
articles = st.builds(
    Article,
    title=words,
    source=strategies.sources,
    slug=slugs,
    url=st.none() | words,
    subtitle=st.none() | words,
    summary=st.none() | words,
    language=st.sampled_from(["und", "en", "de"]),
    published_at=st.none() | times,
    updated_at=st.none() | times,
    status=st.sampled_from(ArticleStatus),
    authors=authors,
    categories=st.lists(categories, max_size=3).map(tuple),
    tags=st.lists(st.builds(Tag, names, slugs), max_size=3).map(tuple),
    image=st.none() | images,
    blocks=blocks,
    sections=st.lists(sections, max_size=2).map(tuple),
)
keys = st.integers(0, 6).map(lambda n: f"path:{n}")
batches = st.lists(st.lists(st.builds(Incoming, articles, keys), max_size=4), max_size=4)


def export(store):
    """Every article as a line."""
    return b"\n".join(to_json(article) for article, *_ in store.everything())


@multiple(2)
@given(batches)
def test_export_import_export_gives_the_same_bytes(empty, written):
    """Whatever was written, however often, in whatever batches; and both stores are sound."""
    with tempfile.TemporaryDirectory() as home:
        first, second = empty(Path(home) / "1.db"), empty(Path(home) / "2.db")
        for batch in written:
            first.write(batch)
        exported = export(first)
        lines = exported.split(b"\n") if exported else []
        second.write(Incoming(from_json(line), f"line:{place}") for place, line in enumerate(lines))
        assert export(second) == exported
        assert (first.check(), second.check()) == ([], [])
        again = second.write(Incoming(from_json(line), f"line:{place}") for place, line in enumerate(lines))
        assert [w.id for w in again] == [from_json(line).id for line in lines]
        assert export(second) == exported
        first.close()
        second.close()
