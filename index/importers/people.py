"""Who wrote it, by what a byline or a record's field says?

Its law: a name is never made up. A text that names several people is taken apart only where every part is a name, and that is said.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from itertools import islice

from index.document import Author, Image, RepairKind
from index.importers.repairs import Repairs
from index.importers.urls import safe_url
from index.slugs import slugify

MOST = 100  # authors: papers have more, articles do not
DEEPEST = 3  # lists within lists, as careless templates make them
MOST_BESIDE = 4  # words beside a name in a heading: `About the author Ada Kerr`, `Ada Kerr, Harbour Editor`
LONGEST = 120  # characters of a name; a longer byline is a sentence

TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
BYLINE = re.compile(r"(?:(?:written|posted|published|words) )?by\b[:\s]+", re.IGNORECASE)
PARTED = re.compile(r"\s+[|·•–—/]\s+")  # the bars between name, date and others in one line
MAILBOX = re.compile(r"(?P<name>[^<>@]*?)\s*<[^<>\s]+@[^<>\s]+>|[^()<>\s]+@[^()<>\s]+\s*\((?P<after>[^()]+)\)")
COMMA = re.compile(r"\s*[;|]\s*|\s*,\s*(?:(?:and|und|et|&)\s+)?")
AND = re.compile(r"\s+(?:and|und|et|&|\+)\s+")
SUFFIX = re.compile(r"(?:jr|sr|ii|iii|iv|ph\.?\s?d|m\.?d|m\.?a|esq|inc|llc|ltd|gmbh|cpa|mba|mph|rn|jd)\.?", re.IGNORECASE)
PARTICLES = frozenset(["the", "de", "van", "von", "der", "den", "la", "le", "da", "di", "du", "al", "el", "bin", "ten", "ter", "af", "av"])
BODY = re.compile(
    r"\b(?:department|office|ministry|institute|bureau|cent(?:er|re)|university|committee|council|school|association)\b", re.IGNORECASE
)

NAME_KEYS = ("name", "title", "displayname", "fullname", "label", "login", "handle", "username", "nickname", "id", "slug")
URL_KEYS = ("url", "website", "homepage", "link", "uri", "href")
BIO_KEYS = ("bio", "description", "about", "biography")
IMAGE_KEYS = ("image", "avatar", "photo", "picture", "imageurl", "avatarurl")


def authors_of(value: object, repairs: Repairs, line: int | None = None, base: str | None = None) -> tuple[Author, ...]:
    """The authors that a field's value names: a text, an object, or a list of either; no two with one slug."""
    found: dict[str, Author] = {}
    if isinstance(value, str):
        names = split_names(value)
        if len(names) > 1:
            repairs.add(RepairKind.AUTHOR_INFERRED, f"“{clean_name(value)}” is taken for {len(names)} authors.", line, 0.9)
        authors: Iterator[Author] = (Author(name, slugify(name)) for name in names)
    else:
        authors = _each(value, base, DEEPEST)
    for author in islice(authors, MOST):
        found.setdefault(author.slug or author.name, author)
    return tuple(found.values())


def clean_name(text: str) -> str:
    """A name without markup, entities, mail address and `by`, cut to a name's length."""
    line = " ".join(html.unescape(TAG.sub(" ", text)).split())
    line = BYLINE.sub("", line, count=1) if BYLINE.match(line) else line
    if (mailbox := MAILBOX.fullmatch(line)) and (name := mailbox["name"] or mailbox["after"]):
        line = name
    return line.strip(' ,;|"“”').removeprefix("@")[:LONGEST].strip()


def without_label(text: str, name: str) -> str:
    """A text about somebody without their name as a heading before it: `Ada Kerr Ada Kerr keeps …`, `Ada Kerr: Keeps …`.

    A name that the text goes on from is no heading: `Ada Kerr keeps …`.
    """
    words = [re.escape(word) for word in name.split()]
    if not words:
        return text
    full = r"\s+".join(words)
    again = rf"(?=(?-i:{full}|{words[0]})(?!\w))"
    before, office = (
        rf"(?:[^\s.!?]+\s+){{1,{MOST_BESIDE}}}?",
        rf"\W{{1,3}}(?:(?-i:[A-ZÀ-Þ])[^\s.!?]*\s+){{1,{MOST_BESIDE}}}?(?=(?-i:{full}))",
    )
    mark = r"(?:\s*[:|]|\s+[-–—·•](?=\s+(?-i:[A-ZÀ-Þ])))\s*"
    label = re.match(rf"{full}(?:\W{{0,3}}{again}|{office}|{mark})|{before}{full}[^\w.!?]{{0,3}}{again}", text, re.IGNORECASE)
    return text[label.end() :] if label else text


def split_names(text: str) -> list[str]:
    """The people whom a byline names: `Ada Kerr, Bo Lind and Cy Moss` are three, `Kerr, Ada` is Ada Kerr, `Lind, PhD` is one.

    A text of which some part is no name stays whole: `Ada Kerr, keeper of the harbour light`.
    """
    line = clean_name(text)
    if not line:
        return []
    parts = _with_suffixes(COMMA.split(line))
    if len(parts) == 2 and "," in line and all(map(_is_one_capitalised_word, parts)):
        return [f"{parts[1]} {parts[0]}"]
    names = [name for part in parts for name in _apart(part)]
    return names if all(map(_is_name, names)) else [line]


def _with_suffixes(parts: list[str]) -> list[str]:
    """The parts between commas, `Jr.` and the like joined to the name before them."""
    out: list[str] = []
    for part in filter(None, map(str.strip, parts)):
        if out and SUFFIX.fullmatch(part):
            out[-1] += f", {part}"
        else:
            out.append(part)
    return out


def _apart(part: str) -> list[str]:
    """The people on both sides of an *and*; an institution's name (`Office of Management and Budget`) has sides of unlike length."""
    sides = AND.split(part)
    alike = all(" " in side for side in sides) or not any(" " in side for side in sides)
    return sides if alike and not BODY.search(sides[0]) else [part]


def _is_name(part: str) -> bool:
    """Whether a part of a byline names somebody: a handle, or words that begin with a capital or like `van`."""
    words = part.split()
    if not 1 <= len(words) <= 6 or part.count("(") != part.count(")"):
        return False
    return len(words) == 1 or not words[0][0].islower() or words[0].lower() in PARTICLES


def _is_one_capitalised_word(part: str) -> bool:
    return (
        " " not in part and part[:1].isupper() and part.replace("-", "").replace("’", "").replace("'", "").isalpha() and not part.isupper()
    )


def _each(value: object, base: str | None, depth: int) -> Iterator[Author]:
    """The authors in a list or an object."""
    if isinstance(value, Mapping):
        author = _from_object(value, base)
        if author is not None:
            yield author
        elif depth:  # `{ada: {name: Ada Kerr}, bo: …}`
            for key, inner in value.items():
                named = inner if isinstance(inner, Mapping) else {}
                yield from _each({"name": str(key), **named}, base, 0)
    elif isinstance(value, list | tuple):
        for inner in value if depth else ():
            yield from _each(inner, base, depth - 1)
    elif value is not None and not isinstance(value, bool) and (name := clean_name(str(value))):
        yield Author(name, slugify(name))


def _from_object(value: Mapping[object, object], base: str | None) -> Author | None:
    """An author from an object's fields, or None where it names none."""
    fields = {str(key).lower().replace("_", "").replace("-", ""): inner for key, inner in value.items()}
    given = _text(fields, ("givenname", "firstname", "first"))
    name = _text(fields, NAME_KEYS) or " ".join(filter(None, (given, _text(fields, ("familyname", "lastname", "last")))))
    name = clean_name(name)
    if not name:
        return None
    url = _text(fields, URL_KEYS)
    image = next(
        (inner.get("url") or inner.get("src") if isinstance(inner, Mapping) else inner for key in IMAGE_KEYS if (inner := fields.get(key))),
        "",
    )
    address = safe_url(image, base) if isinstance(image, str) else None
    return Author(
        name,
        slugify(_text(fields, ("slug",))) or slugify(name),
        " ".join(html.unescape(TAG.sub(" ", _text(fields, BIO_KEYS))).split()) or None,
        safe_url(url, base) if url else None,
        Image(address, name) if address else None,
    )


def _text(fields: Mapping[str, object], keys: tuple[str, ...]) -> str:
    """The first of these fields that is a text or a number."""
    return next(
        (str(value) for key in keys if isinstance(value := fields.get(key), str | int) and value and not isinstance(value, bool)), ""
    )
