"""A small archive, whose every answer can be worked out by hand, in a real store and a real index."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from gateway.limits import Limits
from gateway.operations import Operations
from index.anchors import anchored
from index.document import (
    Article,
    ArticleStatus,
    Author,
    Block,
    Category,
    Cell,
    Code,
    Column,
    List,
    ListItem,
    Paragraph,
    Repair,
    RepairKind,
    Row,
    Section,
    Source,
    SourceFormat,
    Table,
    Tag,
)
from index.identity import article_id
from index.library import Library
from index.search.opening import open_engine
from index.store.open import open_store
from index.store.store import Incoming
from schema.build import build
from schema.context import Reader, SiteSettings

ADA = Author("Ada Kerr", "ada-kerr", "Covers ports.")
INES = Author("Ines Voss", "ines-voss")
TOWN = Category("Town", "town")
HARBOUR = Category("Harbour", "harbour", TOWN, "Ships and quays")
FOOD = Category("Food", "food")
FISH = Tag("Fish", "fish")
PRICES = Table(
    "Prices at the auction",
    (Column("Fish"), Column("Pounds"), Column("Landed"), Column("")),
    (
        Row((Cell("Mackerel"), Cell("1,200"), Cell("4 March 2024"), Cell("yes"))),
        Row((Cell("Turbot"), Cell("80"), Cell("5 March 2024"), Cell("no"))),
    ),
)


def make(slug: str, title: str, when: str | None, *blocks: Block, **fields: Any) -> Incoming:
    """An article to be stored, known by its path."""
    key = f"path:{slug}.md"
    source = Source(SourceFormat.MARKDOWN, "harbour", f"{slug}.md", content_hash="0" * 64, repairs=fields.pop("repairs", ()))
    published = dt.datetime.fromisoformat(when) if when else None
    article = Article(title, source, id=article_id(key), slug=slug, published_at=published, blocks=blocks, **fields)
    return Incoming(anchored(article), key, fingerprint=f"{slug}1")


ARTICLES = [
    make(
        "breakwater",
        "The northern breakwater",
        "2024-03-05T08:00:00+02:00",
        Paragraph("The council voted for the breakwater."),
        language="en",
        summary="Stone against the sea",
        authors=(ADA, INES),
        categories=(HARBOUR,),
        sections=(
            Section(
                "What was decided",
                2,
                "",
                (List(items=(ListItem("A fund", blocks=(List(items=(ListItem("for boats"),)),)), ListItem("Night work"))), PRICES),
                (Section("Costs", 3, "", (Paragraph("Nobody knows."), Code("cost = 1", "python"))),),
            ),
            Section("What next", 2, "", (Paragraph("Autumn."),)),
        ),
        repairs=(Repair(RepairKind.BOILERPLATE_REMOVED, "An advertisement.", 1), Repair(RepairKind.TABLE_TRUNCATED, "A cut row.", 9, 0.5)),
    ),
    make("pie", "A mackerel pie", "2024-03-01", Paragraph("Bake it."), language="en", authors=(INES,), categories=(FOOD,), tags=(FISH,)),
    make(
        "ferry",
        "Ferries in winter",
        "2023-11-30T23:30:00-05:00",
        Paragraph("Two boats."),
        authors=(ADA,),
        categories=(TOWN, HARBOUR),
        tags=(FISH,),
    ),
    make("undated", "An undated notice", None, Paragraph("Once upon a time.")),
    make("draft", "A draft", "2024-01-01", Paragraph("Not yet."), status=ArticleStatus.DRAFT, authors=(ADA,)),
    make("future", "The year 2999", "2999-01-01", Paragraph("Much later."), categories=(Category("Future", "future"),)),
]


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """The small archive."""
    library = Library(open_store("sqlite:///broadsheet.db", tmp_path, read_limit=10), open_engine("whoosh:///index", tmp_path, seconds=10))
    library.add(ARTICLES)
    library.catch_up()
    yield library
    library.close()


class Asker:
    """Asks the schema about a library, as a request does."""

    def __init__(self, library: Library, *, preview: bool = False, compiled: bool = True, limits: Limits | None = None) -> None:
        self.library = library
        self.preview = preview
        self.operations = Operations(build(), limits or Limits(), compiled=compiled)

    def answer(self, query: str, **variables: Any) -> dict[str, Any]:
        """The whole response."""
        reader = Reader(self.library, SiteSettings(title="Harbour Post", version="1"), preview=self.preview)
        return self.operations.run(query, variables, None, reader).body

    def __call__(self, query: str, **variables: Any) -> Any:
        """The data; fails on any error."""
        body = self.answer(query, **variables)
        assert "errors" not in body, body["errors"]
        return body["data"]

    def refusal(self, query: str, **variables: Any) -> str:
        """Code and message of the only error."""
        (error,) = self.answer(query, **variables)["errors"]
        return f"{error['extensions']['code']}: {error['message']}"


@pytest.fixture(params=[True, False], ids=["compiled", "graphql-core"])
def ask(library: Library, request: pytest.FixtureRequest) -> Asker:
    """Asks as a reader without scopes, with compiled selections and without."""
    return Asker(library, compiled=request.param)


@pytest.fixture(params=[True, False], ids=["compiled", "graphql-core"])
def preview(library: Library, request: pytest.FixtureRequest) -> Asker:
    """Asks as a reader with the scope `preview`, in both ways."""
    return Asker(library, preview=True, compiled=request.param)
