"""Which stop words does a query ask for all the same?

Beside other words they say nothing of a topic, and are passed over. Where a query is of nothing else (`the who`), or a phrase of it is
(`"to be or not to be"`), they are what is asked for, and are looked for as they stand; words that stand so side by side are looked for as a
phrase too, or any article would do. Which words are stop words goes by the language of an article. So a query asks for them where most
articles are of languages in which it is nothing else, or where nothing else is found by it: `war` says nothing in German, and yet in an
archive of English articles, with some in German among them, it is no stop word where one of these holds it.
"""

from __future__ import annotations

from collections.abc import Callable

from index.search.analysis import words_in
from index.search.syntax import NOWHERE, All, Node, Parsed, Phrase, Some, Word, said, words_of

Languages = Callable[[Word | Phrase], frozenset[str]]
"""The languages in which a part of a query is nothing but stop words."""


def with_stops(query: Parsed, languages: Languages, mostly: Callable[[frozenset[str]], bool], found: Callable[[str], bool]) -> Parsed:
    """A query with its words and phrases marked that are asked for though they are stop words.

    `mostly` says whether most articles are of some languages, `found` whether any may hold a word that is no stop word in its language.
    """
    parts = list(words_of(query.node))
    if query.node is None or not any(map(languages, parts)):
        return query
    alone = frozenset.intersection(*map(languages, parts))
    asked = mostly(alone) or not any(found(raw) for part in parts for raw, _ in words_in(part.text))
    node = _marked(query.node, languages, alone if asked else NOWHERE)
    return query._replace(node=node, interpretation=said(node, cut=query.cut).interpretation)


def _marked(node: Node, languages: Languages, alone: frozenset[str]) -> Node:
    """A node marked so; `alone` are the languages in which the whole query is nothing but stop words."""
    match node:
        case Phrase():
            return node._replace(stopped=languages(node))
        case Word():
            return node._replace(stopped=alone)
        case All(nodes):
            return All(tuple(_marked(one, languages, alone) for one in nodes))
        case Some(nodes):
            marked = tuple(_marked(one, languages, alone) for one in nodes)
            together = [one.text for one in nodes if isinstance(one, Word) and not one.field]
            if alone and 1 < len(together) == len(nodes) and not node.same:
                marked = (*marked, Phrase(" ".join(together), stopped=alone))
            return node._replace(nodes=marked)
        case _:
            return node
