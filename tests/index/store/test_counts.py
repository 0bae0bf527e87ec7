"""Counts are kept by difference; here they are compared with counting everything, after whatever was done."""

import datetime as dt
import functools
import tempfile
from collections import Counter
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from index.document import Article, ArticleStatus, Author, Category, Source, SourceFormat, Tag
from index.identity import article_id
from index.store.store import Incoming, TopicKind, TopicOrder, TopicWindow
from tests.examples import multiple

START = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)

categories = st.builds(
    lambda path: functools.reduce(lambda parent, name: Category(name, parent=parent), path, None),
    st.lists(st.sampled_from("pqrst"), min_size=1, max_size=3),
)
articles = st.builds(
    Article,
    title=st.just("T"),
    source=st.just(Source(SourceFormat.TEXT)),
    status=st.sampled_from(ArticleStatus),
    language=st.sampled_from(["en", "de"]),
    published_at=st.none() | st.integers(0, 6).map(lambda hours: START + hours * HOUR),
    authors=st.lists(st.sampled_from("AaBC"), max_size=2).map(lambda names: tuple(map(Author, names))),
    categories=st.lists(categories, max_size=2).map(tuple),
    tags=st.lists(st.sampled_from("XxYyZ"), max_size=3).map(lambda names: tuple(map(Tag, names))),
)
keys = st.integers(0, 5).map(str)
writes = st.lists(st.builds(Incoming, articles, keys), min_size=1, max_size=4)
acts = st.lists(st.one_of(writes, st.frozensets(keys, min_size=1, max_size=3), st.integers(0, 6)), max_size=7)


def expected_counts(entries):
    """How many articles each topic stands for."""
    found = {kind: Counter() for kind in TopicKind}
    for article, _, topics, _ in entries:
        found[TopicKind.CATEGORY].update(topics)
        found[TopicKind.AUTHOR].update(author.slug for author in article.authors)
        found[TopicKind.TAG].update(tag.slug for tag in article.tags)
    return found


def expected_neighbours(entries):
    """Who stands before and after whom, newest first."""
    dated = sorted((e[0] for e in entries if e[0].published_at), key=lambda a: (-a.published_at.timestamp(), a.id))
    ids = [None, *(a.id for a in dated), None]
    return {ids[n]: (ids[n - 1], ids[n + 1]) for n in range(1, len(ids) - 1)}


@multiple(2)
@given(acts)
def test_counts_lists_and_neighbours_agree_with_the_articles(empty, done):
    """After any writes, removals and hours that pass, with preview and without."""
    with tempfile.TemporaryDirectory() as home:
        store = empty(Path(home) / "x.db")
        for act in done:
            if isinstance(act, int):
                store.publish_due(START + act * HOUR)
            elif isinstance(act, frozenset):
                store.remove([article_id(key) for key in sorted(act)])
            else:
                store.write(act, now=START + 2 * HOUR)
        everything = list(store.everything())
        for preview in (False, True):
            entries = [entry for entry in everything if preview or entry[1]]
            for kind, counts in expected_counts(entries).items():
                page = store.topic_page(kind, TopicWindow(first=None, order=TopicOrder.COUNT), preview=preview)
                assert [(topic.slug, count) for topic, _, count in page.topics] == sorted(counts.items(), key=lambda c: (-c[1], c[0]))
            languages = Counter(entry[0].language for entry in entries)
            site = store.site(preview=preview)
            assert (site.articles, site.languages) == (len(entries), tuple(sorted(languages, key=lambda tag: (-languages[tag], tag))))
            ids = [entry[0].id for entry in everything]
            assert store.neighbours(ids, preview=preview) == expected_neighbours(entries)
        assert store.check() == []
        store.close()
