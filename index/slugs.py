"""How does a name become part of an address?"""

from __future__ import annotations

import re
import unicodedata

NO_WORD = re.compile(r"[\W_]+")
LONGEST = 80  # characters: what still reads as an address, and leaves room for a suffix under the 100 that archives allow
SPELLED = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "þ": "th", "ð": "d", "ı": "i"})


def fold(text: str) -> str:
    """Text in lower case without accents, as titles are ordered and names compared. Letters of other scripts stay."""
    if text.isascii():
        return text.lower()
    spread = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return unicodedata.normalize("NFC", "".join(c for c in spread if not unicodedata.combining(c)))


def slugify(text: str, otherwise: str = "") -> str:
    """The words of a text, folded and joined by hyphens; cut between words; `otherwise` where it holds no word."""
    slug = NO_WORD.sub("-", fold(text.replace("'", "").replace("’", "")).translate(SPELLED)).strip("-")
    if len(slug) > LONGEST:
        slug = slug[: LONGEST + 1].rpartition("-")[0] or slug[:LONGEST]
    return slug or otherwise
