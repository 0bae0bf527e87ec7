"""What did the reader mean?

A word that no article holds is taken for the nearest that some do, or for the two that were run together in it; a long one that few hold
for one that is a letter away and that very many hold. The shorter a word, the more others are near it by chance: so the first letter has
to be the same, and the shortest words may only have two letters swapped. Nothing is offered that stands only where the reader may not look.
"""

from __future__ import annotations

from collections.abc import Iterator

from index.search.analysis import WORD, unmarked
from index.search.expansion import near, shown, written
from index.search.scoring import Scorer
from index.search.suggestions import held
from index.search.syntax import Node, Phrase, words_of

SHORTEST = 3  # letters of a word that is corrected, and of each of two that were run together
SHORT = 5  # letters from which on a word may have one edit
LONG = 8  # likewise two; and from which on a known word may be a misspelling
RARER = 200  # articles that hold another word, for each one that holds such a misspelling


def corrected(scorer: Scorer, query: str, node: Node | None, *, preview: bool) -> str | None:
    """The query with its misspelt words replaced, as far as they are searched for as `node` has it; None where there are none."""
    better: dict[str, str] = {}
    for word in dict.fromkeys(_asked(node)):
        stems = scorer.statistics.stems(word)
        meant = _better(scorer, unmarked(word), held(scorer, stems, preview=preview), preview=preview) if stems else None
        if meant is not None:
            better[word] = meant
    return WORD.sub(lambda found: better.get(found[0], found[0]), query) if better else None


def _asked(node: Node | None) -> Iterator[str]:
    """The words that a query asks for as they stand."""
    for part in words_of(node):
        if isinstance(part, Phrase) or not (part.prefix or part.fuzzy):
            yield from WORD.findall(part.text)


def _better(scorer: Scorer, word: str, count: int, *, preview: bool) -> str | None:
    """What a word that so many articles hold was meant to be."""
    if len(word) < SHORTEST or (count and len(word) < LONG):
        return None
    if count:
        return _nearest(scorer, word, 1, count * RARER, preview=preview)
    return (
        _nearest(scorer, word, 1, 1, preview=preview)
        or _parted(scorer, word, preview=preview)
        or (_nearest(scorer, word, 2, 1, preview=preview) if len(word) >= LONG else None)
    )


def _nearest(scorer: Scorer, word: str, edits: int, least: int, *, preview: bool) -> str | None:
    """The nearest other word, then the commonest, that at least so many articles hold."""
    for spelt, stem, _ in near(scorer.views, word, edits):
        alike = spelt[0] == word[0] and (len(word) >= SHORT or sorted(spelt) == sorted(word))
        if alike and spelt != word and shown(scorer.views, spelt, stem, preview=preview) >= least:
            return written(scorer.views, spelt)
    return None


def _parted(scorer: Scorer, word: str, *, preview: bool) -> str | None:
    """The two words that were run together in one: the pair whose rarer word is the commonest."""
    pairs = []
    for cut in range(SHORTEST, len(word) - SHORTEST + 1):
        parts = word[:cut], word[cut:]
        least = min(shown(scorer.views, part, None, preview=preview) for part in parts)
        if least:
            pairs.append((least, parts))
    return " ".join([written(scorer.views, part) for part in max(pairs)[1]]) if pairs else None
