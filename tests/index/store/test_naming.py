from hypothesis import given
from hypothesis import strategies as st

from index.identity import article_id
from index.slugs import LONGEST
from index.store.naming import free_slug, slugs_for, topic_slug, wanted_slug


def test_signs_after_a_word_tell_topics_apart():
    """As nothing else does in the names of programming languages; before a word they say nothing."""
    assert [topic_slug(name) for name in ("C", "C++", "C#", "c++11", "#news", "R&D")] == [
        "c",
        "c-plus-plus",
        "c-sharp",
        "c-plus-plus-11",
        "news",
        "r-d",
    ]


@given(st.text(min_size=1).filter(str.strip))
def test_every_name_makes_a_slug(name):
    """And the same one whatever its case."""
    assert topic_slug(name)
    if name.upper().casefold() == name.casefold():
        assert topic_slug(name.upper()) == topic_slug(name)


def test_long_names_that_begin_alike_make_different_slugs():
    """A slug is cut, but two names are not one topic for that."""
    long = "word " * 30
    assert topic_slug(long + "one") != topic_slug(long + "two")
    assert len(topic_slug(long)) <= LONGEST + 7


def test_the_slug_that_a_source_gives_goes_before_the_titles():
    """As it is."""
    assert (wanted_slug("As_It is", "A Title"), wanted_slug("", "A Title"), wanted_slug("", "…")) == ("As_It is", "a-title", "article")


def test_the_first_free_slug_is_taken():
    """One's own counts as free; none is left where all are held by others."""
    id = article_id("k")
    slugs = list(slugs_for("x", id))
    assert len(set(slugs)) == 4
    assert free_slug("x", id, {}) == "x"
    assert free_slug("x", id, {"x": id}) == "x"
    assert free_slug("x", id, {"x": "another"}) == slugs[1]
    assert free_slug("x", id, dict.fromkeys(slugs, "another")) is None
