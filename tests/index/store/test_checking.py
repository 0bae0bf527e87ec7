import pytest
from sqlalchemy import delete, update

from index.document import Paragraph, Repair, RepairKind, Source, SourceFormat
from index.store.tables import articles, bodies, changes, languages, links, topics


@pytest.fixture
def written(store, make):
    """A store with two articles that have something of everything."""
    source = Source(SourceFormat.TEXT, repairs=(Repair(RepairKind.OTHER, "x"),))
    fields = {"authors": ["Ada"], "categories": ["News"], "tags": ["One"], "language": "en", "source": source}
    return store.write([make("a", **fields), make("b", blocks=(Paragraph("b"),))])


def test_a_sound_store_has_no_faults(store, written):
    """Whatever is in it."""
    assert store.check() == []


DAMAGE = {
    "a body that is cut": (
        update(bodies).where(bodies.c.article == 1).values(body=b"\x01\x82\xa6"),
        "The body of the article {id} cannot be read",
    ),
    "a body of another version": (update(bodies).where(bodies.c.article == 1).values(body=b"\x63"), "version 99 of the encoding"),
    "a body that is gone": (delete(bodies).where(bodies.c.article == 1), "The article {id} has no body"),
    "repairs that are cut": (
        update(bodies).where(bodies.c.article == 1).values(repairs="[{"),
        "The repairs of the article {id} cannot be read",
    ),
    "a row of an unknown status": (
        update(articles).where(articles.c.number == 1).values(status="LOST"),
        "The row of the article {id} cannot be read",
    ),
    "a row whose slugs are no list": (
        update(articles).where(articles.c.number == 1).values(tags="x"),
        "The row of the article {id} cannot be read",
    ),
    "a link that is gone": (delete(links).where(links.c.topic == 1), "The article {id} is not filed under"),
    "a count that is wrong": (
        update(topics).where(topics.c.slug == "news").values(visible=7),
        "is said to have 1 articles, 7 of them visible",
    ),
    "a language's count that is wrong": (
        update(languages).where(languages.c.tag == "en").values(articles=7),
        "The language en is said to have 7",
    ),
    "a change that is gone": (delete(changes).where(changes.c.revision == 1), "The article {id} is at a revision that is not its newest"),
    "a change that says another thing": (update(changes).where(changes.c.revision == 1).values(outcome="REMOVED"), "{id} is stored, but"),
}


@pytest.mark.parametrize(("damage", "fault"), DAMAGE.values(), ids=list(DAMAGE))
def test_each_fault_is_found_and_named(store, written, damage, fault):
    """By the article's id, the topic or the language."""
    with store.database.writing() as access:
        access.run(damage)
    faults = store.check()
    assert any(fault.format(id=written[0].id) in found for found in faults), faults
    assert all(found.endswith(".") for found in faults)
