"""How is a heading addressed, the same after every import?"""

from hypothesis import given

from index.anchors import anchored
from index.document import Article, Section, Source, SourceFormat
from tests.strategies import articles


def article(*sections: Section) -> Article:
    """An article of these sections."""
    return Article("T", Source(SourceFormat.JSON), sections=sections)


def anchors(article: Article) -> list[str]:
    """All anchors in reading order."""

    def walk(sections: tuple[Section, ...]) -> list[str]:
        return [anchor for section in sections for anchor in (section.anchor, *walk(section.sections))]

    return walk(article.sections)


def test_an_anchor_is_the_headings_words() -> None:
    """Folded, joined by hyphens."""
    assert anchors(anchored(article(Section("What’s Next, Zoë?"), Section("概要"), Section("***")))) == [
        "whats-next-zoe",
        "概要",
        "section",
    ]


def test_equal_headings_are_told_apart_by_what_stands_above_them() -> None:
    """The first keeps the plain anchor."""
    given = article(
        Section("Ferries", sections=(Section("Costs", 3),)),
        Section("Ports", sections=(Section("Costs", 3), Section("Costs", 3))),
        Section("Ports"),
    )
    assert anchors(anchored(given)) == ["ferries", "costs", "ports", "ports-costs", "ports-costs-2", "ports-2"]


def test_an_anchor_that_the_source_gives_is_kept_and_kept_free() -> None:
    """Links into the page go on working."""
    assert anchors(anchored(article(Section("Costs"), Section("Money", anchor="costs")))) == ["costs-2", "costs"]


def test_a_heading_keeps_its_anchor_whatever_is_put_before_it() -> None:
    """A second heading of the same words, put first, does not take the anchor over."""
    before = anchored(article(Section("Ports", sections=(Section("Costs", 3),))))
    after = article(Section("Ferries", sections=(Section("Costs", 3),)), Section("Ports", sections=(Section("Costs", 3),)))
    assert anchors(anchored(after, before)) == ["ferries", "ferries-costs", "ports", "costs"]


@given(articles, articles)
def test_anchors_are_unique_and_stable(one: Article, other: Article) -> None:
    """No two alike, and a re-import of the same changes nothing, whatever stood there before."""
    first = anchored(one, other)
    assert len(set(anchors(first))) == len(anchors(first))
    assert anchored(one, first) == first
    assert all(anchors(first))
