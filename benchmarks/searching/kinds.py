"""Which kinds of search are measured?"""

from __future__ import annotations

from enum import StrEnum
from typing import Any

Question = dict[str, Any]


class Kind(StrEnum):
    """The kinds of search, by their names in the table."""

    RARE = "a rare word"
    COMMON = "a common word"
    TWO_ALL = "two words, all"
    TWO_ANY = "two words, any"
    THREE_ALL = "three words, all"
    THREE_ANY = "three words, any"
    PHRASE = "a phrase"
    PREFIX = "a prefix"
    FUZZY = "a word, one letter wrong"
    MONTH = "a word in a month and a category, newest first"
    FACETS = "a common word with three facets"
    LIST = "a category, newest first"
    ARCHIVES = "archives with counts"
    PASSAGES = "passages for ten hits"
    SUGGEST = "suggest"
    CORRECT = "did you mean"
    RELATED = "related"
