"""Which articles can there be? Hypothesis strategies over the document model."""

from __future__ import annotations

import datetime as dt

from hypothesis import strategies as st

from index.document import (
    Article,
    ArticleStatus,
    Author,
    Blockquote,
    Category,
    Cell,
    Code,
    Column,
    Embed,
    Image,
    ImageBlock,
    List,
    ListItem,
    Mark,
    Paragraph,
    Repair,
    RepairKind,
    Row,
    Section,
    Source,
    SourceFormat,
    Span,
    Table,
    Tag,
    ThematicBreak,
)
from index.identity import article_id
from index.inline import running
from index.slugs import slugify

words = st.text(st.characters(codec="utf-8", exclude_characters="\x00", exclude_categories=["Cs", "Cc"]), max_size=20)
names = st.sampled_from(["Ada Kerr", "Ines Voss", "Tom Hale", "Zoë Ñandú", "李明"])
topics = st.sampled_from(["Harbour", "Ports", "Law", "Straße", "水産"])
urls = st.sampled_from(
    ["https://harbour.example/a", "/relative?x=1&y=<2>", "mailto:a@harbour.example", "javascript:alert(1)", "data:text/html,x"]
)
images = st.builds(Image, urls, words, st.none() | st.integers(1, 4000), st.none() | st.integers(1, 4000))
marks = st.lists(st.sampled_from(Mark), unique=True, max_size=3).map(tuple)
spans = st.lists(
    st.builds(Span, words, marks, st.none() | urls) | st.builds(lambda image: Span(image.alt, image=image), images), max_size=4
)
runs = spans.map(running)
paragraphs = runs.map(lambda run: Paragraph(*run))
leaves = (
    paragraphs
    | st.builds(Code, words, st.none() | st.sampled_from(["python", "math"]))
    | st.builds(ImageBlock, images, st.none() | words)
    | st.builds(Embed, urls)
    | st.builds(ThematicBreak)
)


def _nesting(inner: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    some = st.lists(inner, max_size=2).map(tuple)
    items = st.builds(lambda run, checked, blocks: ListItem(*run, checked, blocks), runs, st.none() | st.booleans(), some)
    span = st.integers(1, 3)
    cells = st.builds(lambda run, blocks, header, wide, high: Cell(*run, blocks, header, wide, high), runs, some, st.booleans(), span, span)
    rows = st.lists(st.builds(lambda cells: Row(tuple(cells)), st.lists(cells, max_size=3)), max_size=3).map(tuple)
    columns = st.lists(runs.map(lambda run: Column(*run)), max_size=4).map(tuple)
    return (
        st.builds(List, st.booleans(), st.none() | st.integers(0, 9), st.lists(items, max_size=3).map(tuple))
        | st.builds(Table, st.none() | words, columns, rows)
        | st.builds(Blockquote, st.none() | words, some)
    )


blocks = st.recursive(leaves, _nesting, max_leaves=6)
some_blocks = st.lists(blocks, max_size=4).map(tuple)
headings = st.sampled_from(["Summary", "Results", "What next?", "Überblick", "概要"]) | words.filter(str.strip)
leaf_sections = st.builds(Section, headings, st.integers(1, 6), st.just(""), some_blocks)
sections = st.recursive(
    leaf_sections,
    lambda inner: st.builds(Section, headings, st.integers(1, 6), st.just(""), some_blocks, st.lists(inner, max_size=2).map(tuple)),
    max_leaves=4,
)
offsets = st.integers(-12, 14).map(lambda hours: dt.timezone(dt.timedelta(hours=hours)))
times = st.datetimes(dt.datetime(1990, 1, 1), dt.datetime(2024, 12, 31), timezones=offsets).map(lambda t: t.replace(microsecond=0))  # noqa: DTZ001  (the strategy adds the zone)
repairs = st.builds(Repair, st.sampled_from(RepairKind), words, st.none() | st.integers(1, 99), st.sampled_from([0.5, 1.0]))
sources = st.builds(
    Source,
    st.sampled_from(SourceFormat),
    st.sampled_from(["", "harbour"]),
    st.just("a.md"),
    st.just(dt.datetime(2025, 1, 2, 3, 4, 5, tzinfo=dt.UTC)),
    st.just("0" * 64),
    st.lists(repairs, max_size=2).map(tuple),
)


def _distinct(strategy: st.SearchStrategy[str], make: object) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(strategy, max_size=2, unique=True).map(lambda names: tuple(make(name, slugify(name)) for name in names))  # type: ignore[operator]  # a class of a name and a slug


articles = st.builds(
    lambda number, **fields: Article(id=article_id(f"path:{number}"), slug=f"article-{number}", **fields),
    st.integers(0, 10**9),
    title=words.filter(str.strip),
    source=sources,
    url=st.none(),
    subtitle=st.none() | words,
    summary=st.none() | words,
    language=st.sampled_from(["und", "en", "de"]),
    published_at=st.none() | times,
    updated_at=st.none() | times,
    status=st.sampled_from(ArticleStatus),
    authors=_distinct(names, Author),
    categories=_distinct(topics, Category),
    tags=_distinct(topics, Tag),
    image=st.none() | images,
    blocks=some_blocks,
    sections=st.lists(sections, max_size=3).map(tuple),
)
