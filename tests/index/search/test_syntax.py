"""What did the reader ask?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.search.syntax import LONGEST, MOST_TERMS, All, Dates, Not, Phrase, Some, Word, parse, words_of

IN_2023, IN_2024 = Dates(20230000, 20240000, "year:2023"), Dates(20240000, 20250000, "year:2024")


@pytest.mark.parametrize(
    ("query", "node", "interpretation"),
    [
        ("", None, ""),
        ("  ", None, ""),
        ("breakwater", Word("breakwater"), "breakwater"),
        ("harbour ferry", Some((Word("harbour"), Word("ferry"))), "harbour ferry"),
        ("harbour OR ferry", Some((Word("harbour"), Word("ferry"))), "harbour ferry"),
        ("harbour AND ferry", All((Word("harbour"), Word("ferry"))), "harbour AND ferry"),
        ('"night work"', Phrase("night work"), '"night work"'),
        ('"night work', Some((Word("night"), Word("work"))), "night work"),
        ('"night work" "at sea', Some((Phrase("night work"), Word("at"), Word("sea"))), '"night work" at sea'),
        ('title:"night work', Some((Word("title"), Word("night"), Word("work"))), "title night work"),
        ('colour:"dark red"', Some((Word("colour"), Phrase("dark red"))), 'colour "dark red"'),
        ('""', Some(()), '""'),
        ('"', Some(()), '""'),
        ("*ferry", Word("ferry"), "ferry"),
        ("f*y", Some((Word("f"), Word("y"))), "f y"),
        ("ferry~3", Some((Word("ferry"), Word("3"))), "ferry 3"),
        ("[a TO z]", Some((Word("a"), Word("TO"), Word("z"))), "a TO z"),
        ("/fer+y/", Phrase("fer y"), '"fer y"'),
        ("title:", Word("title"), "title"),
        (":ferry", Word("ferry"), "ferry"),
        ("ferry NOT", Some((Word("ferry"), Word("NOT"))), 'ferry "NOT"'),
        ("ferry -", Word("ferry"), "ferry"),
        ("TITLE:Ferry", Word("Ferry", "title"), "title:Ferry"),
        ("title:fish* tag:ferri~2", Some((Word("fish", "title", prefix=True), Word("ferri", "tag", fuzzy=2))), "title:fish* tag:ferri~2"),
        ("category:coast table:mackerel", Some((Word("coast", "category"), Word("mackerel", "table"))), "category:coast table:mackerel"),
        ("year:2024-05", Dates(20240500, 20240600, "year:2024-05"), "year:2024-05"),
        ("ferry AND harbour fares", Some((All((Word("ferry"), Word("harbour"))), Word("fares"))), "(ferry AND harbour) fares"),
        ('"night"', Word("night"), "night"),
        ("e-mail", Phrase("e mail"), '"e mail"'),
        ("ferry -winter", All((Word("ferry"), Not(Word("winter")))), "ferry -winter"),
        ("ferry NOT winter", All((Word("ferry"), Not(Word("winter")))), "ferry -winter"),
        ("-winter", Not(Word("winter")), "-winter"),
        ("--winter", Word("winter"), "winter"),
        ("-(a b)", Not(Some((Word("a"), Word("b")))), "-(a b)"),
        ("(a OR b) AND c", All((Some((Word("a"), Word("b"))), Word("c"))), "(a b) AND c"),
        ("fish* ferri~ ferri~2", Some((Word("fish", prefix=True), Word("ferri", fuzzy=1), Word("ferri", fuzzy=2))), "fish* ferri~ ferri~2"),
        ("title:ferry", Word("ferry", "title"), "title:ferry"),
        ('author:"Ada Kerr"', Phrase("Ada Kerr", "author"), 'author:"Ada Kerr"'),
        ("colour:red", Some((Word("colour"), Word("red"))), "colour red"),
        ("year:2024", Dates(20240000, 20250000, "year:2024"), "year:2024"),
        ("ferry before:2024-05", All((Word("ferry"), Dates(0, 20240500, "before:2024-05"))), "ferry before:2024-05"),
        ("after:2024-05-06", Dates(20240507, 10**8, "after:2024-05-06"), "after:2024-05-06"),
        ("year:soon", Some((Word("year"), Word("soon"))), "year soon"),
        ("before:2024-13", Some((Word("before"), Word("2024"), Word("13"))), "before 2024 13"),
        ("((((", Some(()), '""'),
        ("*", Some(()), '""'),
        ("OR", Some(()), '""'),
        ('harbour "OR" port', Some((Word("harbour"), Word("OR"), Word("port"))), 'harbour "OR" port'),
        ("“night work” «at sea»", Some((Phrase("night work"), Phrase("at sea"))), '"night work" "at sea"'),
        ("author:“Ada Kerr”", Phrase("Ada Kerr", "author"), 'author:"Ada Kerr"'),
        ("“night work", Some((Word("night"), Word("work"))), "night work"),
        ("year:2023 OR year:2024", Some((IN_2023, IN_2024)), "year:2023 OR year:2024"),
        ("ferry year:2023 OR year:2024", All((Word("ferry"), Some((IN_2023, IN_2024)))), "ferry (year:2023 OR year:2024)"),
        ("(year:2023 OR year:2024) ferry", All((Word("ferry"), Some((IN_2023, IN_2024)))), "ferry (year:2023 OR year:2024)"),
        ("-(year:2023 OR year:2024)", Not(Some((IN_2023, IN_2024))), "-(year:2023 OR year:2024)"),
        ("year:2023 year:2024", All((IN_2023, IN_2024)), "year:2023 year:2024"),
        ("year:2023 ferry OR year:2024", All((Word("ferry"), IN_2023, IN_2024)), "ferry year:2023 year:2024"),
        ("ferry)) OR", Word("ferry"), "ferry"),
        ("AND ferry", Word("ferry"), "ferry"),
    ],
)
def test_a_query_is_read_and_said_again(query: str, node: object, interpretation: str) -> None:
    """What is malformed is plain words."""
    found = parse(query)
    assert (found.node, found.interpretation) == (node, interpretation)


@given(st.text(st.sampled_from('ab "()-:*~ORANDNOT yearbeftil2024\n\t水'), max_size=60) | st.text(max_size=60))
def test_reading_never_fails_and_what_is_said_reads_the_same(query: str) -> None:
    """Any text is a query; its interpretation asks for the same."""
    found = parse(query)
    assert parse(found.interpretation).interpretation == found.interpretation


@pytest.mark.parametrize("query", ["(" * 5000 + "a" + ")" * 5000, "NOT " * 5000 + "a", "-" * 5000 + "a", 'x"' * 900])
def test_queries_made_to_nest_without_end_are_read_at_once(query: str) -> None:
    """Depth is bounded, whatever it is made of."""
    parse(query)


def test_what_goes_beyond_the_limits_is_left_out_and_said() -> None:
    """Characters and terms: from the first term too many on, whatever follows."""
    many = parse(" ".join(f"word{n}" for n in range(MOST_TERMS + 5)))
    assert len(list(words_of(many.node))) == MOST_TERMS
    assert many.interpretation.endswith(f"word{MOST_TERMS - 1} (the rest of the query is left out)")
    phrase = " ".join(f"w{n}" for n in range(MOST_TERMS))
    assert parse(f'ferry "{phrase}" harbour').interpretation == "ferry (the rest of the query is left out)"
    assert not parse(f'"{phrase}"').cut
    assert not parse("a" * LONGEST).cut
    long = parse("ferry " + "a" * LONGEST)
    assert long.cut
    assert long.interpretation == f"ferry {'a' * (LONGEST - 6)} (the rest of the query is left out)"


def test_a_phrase_that_the_limit_cuts_is_read_as_words() -> None:
    """As any that is not closed."""
    cut = parse("x" * (LONGEST - 12) + ' "night work at sea"')
    assert [type(node) for node in words_of(cut.node)] == [Word, Word, Word]


def test_words_that_must_not_be_there_are_not_shown() -> None:
    """Passages speak of what a hit holds."""
    assert [word.text for word in words_of(parse('ferry -winter AND ("night work" OR fish*)').node)] == ["ferry", "night work", "fish"]
