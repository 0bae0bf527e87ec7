"""Which characters may an article hold?

All that JSON, UTF-8 and every database can keep: no half of a surrogate pair, no control character but tab and line break, no code point
that stands for none. Its law: an article without such characters comes out as the same value.
"""

from __future__ import annotations

import datetime as dt
import re

import msgspec

from index.document import Article
from index.encoding import to_json

UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
ESCAPED = re.compile(rb"\\(?:u00[01]|[bfr])")  # how most of them stand in document JSON, and how a backslash before such letters does
AS_THEY_ARE = (b"\x7f", b"\xef\xbf\xbe", b"\xef\xbf\xbf")


def fit(article: Article) -> tuple[Article, int]:
    """The article without characters that are not fit to be kept, and how many there were."""
    try:
        written = to_json(article)
        if ESCAPED.search(written) is None and not any(sign in written for sign in AS_THEY_ARE):
            return article, 0
    except UnicodeEncodeError:
        pass
    count = 0

    def clean(value: object) -> object:
        nonlocal count
        if isinstance(value, str):
            text, found = UNFIT.subn(_instead, value)
            count += found
            return text
        if isinstance(value, dict):
            return {key: clean(inner) for key, inner in value.items()}
        return [clean(inner) for inner in value] if isinstance(value, list | tuple) else value

    shape = clean(msgspec.to_builtins(article, builtin_types=(dt.datetime,)))
    return (msgspec.convert(shape, Article), count) if count else (article, 0)


def fit_text(text: str) -> str:
    """A text without such characters."""
    return UNFIT.sub(_instead, text)


def _instead(found: re.Match[str]) -> str:
    """A line break for a carriage return, the replacement character for half a character, else nothing."""
    return "\n" if found[0] == "\r" else "\ufffd" if "\ud800" <= found[0] <= "\udfff" else ""
