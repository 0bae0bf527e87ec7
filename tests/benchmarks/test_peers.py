"""Do peers get the articles that we have, and are those found that are there?"""

import datetime as dt
import json
import sqlite3
from pathlib import Path

from benchmarks.cases import Picks, cases, titles
from benchmarks.peers import FILLED, PEERS, found
from benchmarks.peers.material import KINDS, flat
from index import document as d

PICKS = Picks("ferries", 3, "tide", [(2024, 12), (2023, 1)])
SOURCE = d.Source(format=d.SourceFormat.JSON)


def an_article() -> d.Article:
    """An article with a block of most kinds."""
    inner = d.Section(heading="Fares", level=3, blocks=(d.Table(columns=(d.Column("Who"),), rows=(d.Row((d.Cell("Child"),)),)),))
    return d.Article(
        title="Ferries",
        source=SOURCE,
        slug="ferries",
        published_at=dt.datetime(2024, 12, 1, tzinfo=dt.UTC),
        authors=(d.Author("Ada", "ada"),),
        categories=(d.Category("Travel", "travel"),),
        blocks=(d.Paragraph("Go & see."), d.Code("tide()", "python"), d.ThematicBreak()),
        sections=(d.Section(heading="Times", blocks=(d.List(items=(d.ListItem("Noon"),)),), sections=(inner,)),),
    )


def test_an_article_is_one_list_of_blocks_in_reading_order() -> None:
    """Headings stand among them, and what has no kind of its own is text."""
    made = flat(an_article())
    assert made["blocks"] == [
        ("text", {"html": "<p>Go &amp; see.</p>"}),
        ("code", {"text": "tide()", "language": "python"}),
        ("text", {"html": "<hr>"}),
        ("heading", {"text": "Times", "level": 2, "anchor": ""}),
        ("list", {"ordered": False, "data": ["Noon"]}),
        ("heading", {"text": "Fares", "level": 3, "anchor": ""}),
        ("table", {"caption": None, "data": {"columns": ["Who"], "rows": [["Child"]]}}),
    ]
    assert (made["authors"], made["categories"], made["summary"]) == ({"ada": "Ada"}, {"travel": "Travel"}, "")


def test_every_block_has_the_fields_of_its_kind() -> None:
    """Peers make their columns of them."""
    images = d.ImageBlock(image=d.Image("a.png")), d.Embed("b")
    article = d.Article(title="", source=SOURCE, blocks=images, published_at=an_article().published_at)
    for kind, fields in [*flat(article)["blocks"], *flat(an_article())["blocks"]]:
        assert tuple(fields) == KINDS[kind]


def test_every_peer_is_asked_every_case() -> None:
    """By the same keys as ours, in a December too: up to January, or by the month's page."""
    for peer in PEERS:
        asked = peer.cases(PICKS)
        assert list(asked) == list(cases(PICKS)) == list(titles(PICKS))
        query, variables = asked["month"]
        assert "2025-01" in query or variables == {"month": "2024-12"}


def test_rows_are_written_as_the_model_has_them() -> None:
    """Into tables as the peers make them, topics once however many articles have them."""
    from benchmarks.peers.directus import _write

    database = sqlite3.connect(":memory:")
    columns = {f"block_{kind}": ("id", *fields) for kind, fields in KINDS.items()}
    columns["articles"] = ("id", "slug", "title", "summary", "text", "published_at")
    columns["articles_blocks"] = ("articles_id", "item", "collection", "sort")
    for topic in ("authors", "categories"):
        columns |= {topic: ("id", "slug", "name"), f"articles_{topic}": ("articles_id", f"{topic}_id", "sort")}
    for table, names in columns.items():
        database.execute(f'CREATE TABLE "{table}" ({", ".join(names)})')
    _write(database, [flat(an_article()), flat(an_article())])
    assert database.execute("SELECT name FROM authors").fetchall() == [("Ada",)]
    assert database.execute("SELECT data FROM block_list").fetchall() == [('["Noon"]',)] * 2
    assert database.execute("SELECT item, collection FROM articles_blocks WHERE articles_id = 2 AND sort = 3").fetchone() == (
        "3",
        "block_heading",
    )


def test_pages_are_a_tree_of_months_and_articles() -> None:
    """With treebeard's paths and numbers of children, and blocks as a StreamField keeps them."""
    from benchmarks.peers.wagtail import _models, _write

    database = sqlite3.connect(":memory:")
    page = "id path depth numchild url_path slug title draft_title seo_title search_description content_type_id locale_id translation_key"
    flags = "live has_unpublished_changes show_in_menus locked expired first_published_at last_published_at"
    tables = {
        "django_content_type": "id app_label model",
        "wagtailcore_page": f"{page} {flags}",
        "project_monthpage": "page_ptr_id",
        "project_articlepage": "page_ptr_id summary body",
    }
    for topic, plural in (("author", "authors"), ("category", "categories")):
        tables |= {f"project_{topic}": "id slug name", f"project_articlepage_{plural}": f"articlepage_id {topic}_id"}
    for table, names in tables.items():
        database.execute(f'CREATE TABLE "{table}" ({", ".join(names.split())})')
    database.execute("INSERT INTO django_content_type VALUES (5, 'project', 'monthpage'), (6, 'project', 'articlepage')")
    database.execute("INSERT INTO wagtailcore_page (id, path) VALUES (2, '00010001')")
    _write(database, [flat(an_article())] * 37)
    pages = database.execute("SELECT path, depth, numchild, url_path FROM wagtailcore_page ORDER BY path").fetchall()
    assert pages[0][::2] == ("00010001", 1)
    assert pages[1] == ("000100010001", 3, 37, "/home/2024-12/")
    assert pages[-1] == ("0001000100010011", 4, 0, "/home/2024-12/ferries/")
    assert database.execute("SELECT COUNT(*), COUNT(DISTINCT author_id) FROM project_articlepage_authors").fetchone() == (37, 1)
    (body,) = database.execute("SELECT body FROM project_articlepage").fetchone()
    assert [block["type"] for block in json.loads(body)] == ["text", "code", "text", "heading", "list", "heading", "table"]
    compile(_models(), "models.py", "exec")


def test_only_filled_peers_are_found(tmp_path: Path) -> None:
    """A peer's folder has its name, in small letters."""
    first = PEERS[0]
    place = tmp_path / first.name.lower()
    place.mkdir()
    assert found(None) == found(tmp_path) == []
    (place / FILLED).touch()
    assert found(tmp_path) == [(first, place)]
