"""By which keys do changes and answers meet?"""

from __future__ import annotations

import datetime as dt

import pytest

from index import keys
from index.filters import ArticleFilter, Selection


def day(text: str) -> dt.datetime:
    """Midnight UTC of a day."""
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("filter", "sets"),
    [
        (None, []),
        (ArticleFilter(slugs=("a", "b")), [{"slug:a", "slug:b"}]),
        (ArticleFilter(categories=("c",), tags=("t",)), [{"in-category:c"}, {"in-tag:t"}]),
        (ArticleFilter(authors=()), [set()]),
        (ArticleFilter(languages=("pt-BR",), year=2024), [{"in-year:2024"}, {"in-language:pt-br"}]),
        (ArticleFilter(year=2024, month=3), [{"in-month:2024-03"}]),
        (ArticleFilter(month=3), []),
        (ArticleFilter(year=-1), []),
        (ArticleFilter(not_=ArticleFilter(tags=("t",))), []),
        (
            ArticleFilter(any_of=(ArticleFilter(tags=("t",)), ArticleFilter(categories=("c", "d"), authors=("x",)))),
            [{"in-tag:t", "in-author:x"}],
        ),
        (ArticleFilter(any_of=(ArticleFilter(tags=("t",)), ArticleFilter(month=3))), []),
        (ArticleFilter(any_of=()), [set()]),
        (ArticleFilter(published_from=day("2024-01-31"), published_before=day("2024-02-03")), [{"in-month:2024-01", "in-month:2024-02"}]),
        (ArticleFilter(published_from=day("2020-01-01"), published_before=day("2024-01-01")), []),
        (ArticleFilter(published_from=day("2024-01-01")), []),
    ],
)
def test_a_list_changes_only_with_what_it_is_narrowed_to(filter: ArticleFilter | None, sets: list[set[str]]) -> None:
    """One key of each set."""
    assert keys.condition(Selection(filter=filter)) == (frozenset({"seen"}), *map(frozenset, sets))


def test_who_previews_sees_every_change() -> None:
    """Of drafts too."""
    assert keys.condition(Selection(preview=True)) == (frozenset({"articles"}),)


def test_a_change_meets_a_condition_where_it_touches_one_of_each_set() -> None:
    """Not where it misses one."""
    condition = keys.condition(Selection(within=(ArticleFilter(categories=("c",)),), filter=ArticleFilter(tags=("t", "u"))))
    assert keys.meets(condition, frozenset({"seen", "in-category:c", "in-tag:u"}))
    assert not keys.meets(condition, frozenset({"in-category:c", "in-tag:u"}))
    assert not keys.meets(condition, frozenset({"seen", "in-category:d", "in-tag:u"}))
    assert keys.narrowest(condition) == frozenset({"in-category:c"})


@pytest.mark.parametrize("when", [dt.datetime.min.replace(tzinfo=dt.UTC), dt.datetime.max.replace(tzinfo=dt.UTC)])
def test_the_ends_of_time_have_months(when: dt.datetime) -> None:
    """A calendar does not go on beyond them."""
    assert keys.months(when, when) == frozenset({keys.month(when.year, when.month)})
