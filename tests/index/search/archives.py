"""Random archives, filters and queries."""

from __future__ import annotations

import datetime as dt

import numpy as np
from hypothesis import strategies as st

from index.document import BlockKind
from index.filters import ArticleFilter
from index.search.engine import Entry
from index.search.segments import Segment, View, build
from index.search.snapshot import State, StateSnapshot
from index.search.synonyms import NONE
from tests.index.search.conftest import entry

days = st.sampled_from(["2023-01-05", "2023-02-01", "2024-02-29", "2024-03-01", "2024-03-01"])
names = st.sampled_from(["ada", "ines", "tom", "tone"])
words = st.sampled_from(
    ["ferry", "ferries", "quay", "night", "work", "The", "die", "Café", "cafe", "winter", "水産市場", "hajó", "hajók", "C++,"]
)
texts = st.lists(words, max_size=8).map(" ".join)


@st.composite
def archives(draw: st.DrawFn) -> list[Entry]:
    """A few articles."""
    return [
        entry(
            number,
            draw(st.sampled_from(["Änne", "anna", "Zoo", "Ferry news"])),
            draw(texts),
            visible=draw(st.booleans()),
            topics=draw(st.sampled_from([(), ("harbour", "town"), ("food",)])),
            published_at=draw(st.none() | days),
            language=draw(st.sampled_from(["en", "de", "hu"])),
            authors=draw(st.lists(names, max_size=2, unique=True)),
            tags=draw(st.lists(names, max_size=2, unique=True)),
        )
        for number in range(draw(st.integers(0, 12)))
    ]


filters = st.recursive(
    st.builds(
        ArticleFilter,
        slugs=st.none() | st.just(("article-1", "article-2")),
        categories=st.none() | st.lists(st.sampled_from(["harbour", "town", "food", "none"]), max_size=2).map(tuple),
        tags=st.none() | st.lists(names, max_size=2).map(tuple),
        authors=st.none() | st.lists(names, max_size=2).map(tuple),
        languages=st.none() | st.just(("de",)),
        year=st.none() | st.sampled_from([2023, 2024]),
        month=st.none() | st.sampled_from([2, 3]),
        published_from=st.none() | st.just(dt.datetime(2023, 2, 1, tzinfo=dt.UTC)),
        published_before=st.none() | st.just(dt.datetime(2024, 3, 1, tzinfo=dt.UTC)),
        containing=st.none() | st.just((BlockKind.PARAGRAPH,)) | st.just((BlockKind.CODE,)),
    ),
    lambda inner: st.builds(ArticleFilter, not_=st.none() | inner, any_of=st.none() | st.lists(inner, max_size=2).map(tuple)),
    max_leaves=3,
)


values = st.one_of(
    st.builds(ArticleFilter, categories=st.sampled_from([("harbour",), ("town",), ("food",), ("none",)])),
    st.builds(ArticleFilter, authors=st.tuples(names)),
    st.builds(ArticleFilter, tags=st.tuples(names)),
)
"""Filters that ask for one value."""


@st.composite
def snapshots(draw: st.DrawFn) -> tuple[list[Entry], StateSnapshot]:
    """Articles, and an index of them: in one segment or several, whole or with what was deleted from these since."""
    archive = draw(archives())
    gone = [entry(100 + number, "Gone", draw(texts)) for number in range(draw(st.integers(0, 2)))]
    former = [entry(int(one.article.slug.removeprefix("article-")), "Former", draw(texts)) for one in archive if draw(st.booleans())]
    dead = draw(st.permutations([*gone, *former])) if draw(st.booleans()) else []
    segments = draw(st.integers(1, 3))
    where = draw(st.lists(st.integers(0, segments - 1), min_size=len(archive), max_size=len(archive)))
    views = []
    for number in range(segments):
        living = [one for one, at in zip(archive, where, strict=True) if at == number]
        some = [*dead[number::segments], *living]
        alive = np.array([*(False for _ in dead[number::segments]), *(True for _ in living)], np.bool_)
        views.append(View(Segment(f"{number}", build(some)), None if alive.all() else alive))
    return archive, StateSnapshot(State([view for view in views if view.size], 1), seconds=10, synonyms=NONE)


atoms = st.sampled_from(
    [
        *("die", "hajo", "hajók", "ferry", "Ferries", "café", "work", "the", "winter", "zoo", "ann", "nothing", "水産市場", "市"),
        *(
            '"night work"',
            '"work the night"',
            '"ferry ferries"',
            "night-work",
            "水産",
            '"the"',
            '"the night"',
            '"the die"',
            '"the the"',
            "title:the",
            "für",
            "C++",
        ),
        *("ferr*", "n*", "*", "fery~", "nigth~", "quya~2", "水*", "水産市*", "水産市~", "*ferry", "f*y", '"night work'),
        *("title:ferry", "title:news", "author:ada", 'author:"tom ines"', "tag:ines", "category:harbour", "table:quay", "title:ferr*"),
        *("year:2024", "before:2024-03", "after:2023-01-05", "year:2023-02", "colour:ferry"),
    ]
)
queries = st.recursive(
    atoms,
    lambda inner: st.one_of(
        inner.map("-{}".format),
        inner.map("({})".format),
        st.tuples(inner, st.sampled_from([" ", " OR ", " AND ", " NOT "]), inner).map("".join),
    ),
    max_leaves=6,
)
"""Queries of the whole syntax."""
beginnings = st.sampled_from(
    [
        "",
        " ",
        "f",
        "Ferr",
        "ferries",
        "n",
        "nig",
        "work n",
        "night  w",
        "w",
        "zoo",
        "Ä",
        "a",
        "an",
        "caf",
        "é",
        "水",
        "水産",
        "h",
        "haj",
        "t",
        "to",
        "in",
        "d",
        "-",
    ]
)
"""What may have been typed of a word, a name or a title."""
