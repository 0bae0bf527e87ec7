"""What does a record say of its article, besides the body?

One mapping for front matter and JSON records: whatever the keys are called and however the values are written, the same fields come of
it. Its law: a value that is there and means nothing is said, never passed over.
"""

from __future__ import annotations

import datetime as dt
import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from index.document import ArticleStatus, Author, Category, Image, RepairKind, Tag
from index.importers.dates import FoundDate, date_in_path, parse_date, year_in_paths
from index.importers.people import authors_of
from index.importers.repairs import Repairs
from index.importers.topics import categories_of, tags_of
from index.importers.urls import is_absolute, path_of, safe_url
from index.slugs import slugify

LONGEST_TEXT = 10_000  # characters of a title or summary

# for each field the keys that name it, folded (`pub_date`, `pubDate` and `Pub-Date` are one), the surest first
TITLE = ("title", "headline", "name")
SUBTITLE = ("subtitle", "subhead", "subheading", "deck", "dek", "standfirst", "tagline")
SUMMARY = ("summary", "excerpt", "description", "abstract", "lead", "teaser", "intro", "metadescription", "seodescription", "ogdescription")
PUBLISHED = (
    *(
        "publishedat",
        "datepublished",
        "publishdate",
        "publishedon",
        "publicationdate",
        "pubdate",
        "date",
        "posted",
        "postedat",
        "dateposted",
    ),
    *("published", "created", "createdat", "datecreated", "creationdate", "datetime", "timestamp"),
)
UPDATED = (
    *("updatedat", "updated", "lastmod", "lastmodified", "lastmodifiedat", "modified", "modifiedat", "datemodified", "lastupdated"),
    *("lastupdatedat", "dateupdated", "updateddate", "updatedon"),
)
AUTHORS = ("authors", "author", "by", "byline", "writers", "writer", "creator", "creators", "dccreator")
CATEGORIES = ("categories", "category", "topics", "topic", "channel")
TAGS = ("tags", "tag", "keywords", "labels")
SLUG = ("slug", "handle")
ADDRESS = ("url", "canonical", "canonicalurl", "permalink", "link", "externalurl", "path")
LANGUAGE = ("language", "lang", "inlanguage", "locale")
IMAGE = (
    *("image", "cover", "coverimage", "featured", "featuredimage", "featureimage", "heroimage", "hero", "primaryimage", "thumbnail"),
    *("thumb", "banner", "socialimage", "ogimage", "headerimage", "images"),
)
IMAGE_URL = ("url", "src", "path", "image", "relative", "href", "file", "contenturl")
IMAGE_ALT = ("alt", "alttext", "caption", "description", "title")
NESTED = ("taxonomies", "extra", "params", "seo", "meta", "metadata", "frontmatter")  # where Zola, Hugo and others keep fields of their own

YES = frozenset(["true", "yes", "on", "1", "y"])
NO = frozenset(["false", "no", "off", "0", "n"])
HIDDEN = frozenset(["draft", "private", "pending", "unpublished", "hidden", "archived", "trash", "auto-draft"])
LANGUAGE_TAG = re.compile(r"[a-zA-Z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,3}")
INLINE_TAG = re.compile(
    r"</?(?:a|abbr|b|br|cite|code|em|i|kbd|mark|q|s|small|span|strong|sub|sup|u|wbr|p|div)(?:\s[^<>]*)?/?>", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a record says; the fields are an article's. `given` is the slug or path that it goes by, else empty."""

    title: str = ""
    subtitle: str | None = None
    summary: str | None = None
    language: str = "und"
    published_at: dt.datetime | None = None
    updated_at: dt.datetime | None = None
    status: ArticleStatus = ArticleStatus.PUBLISHED
    authors: tuple[Author, ...] = ()
    categories: tuple[Category, ...] = ()
    tags: tuple[Tag, ...] = ()
    image: Image | None = None
    url: str | None = None
    slug: str = ""
    given: str = ""


@dataclass(frozen=True, slots=True)
class _Found:
    """A field's value, the key that it stood under, and the line of that."""

    value: object
    key: str = ""
    line: int | None = None


class _Fields:
    """A record's fields by their folded keys; nested tables of fields give what the record itself does not."""

    def __init__(self, record: Mapping[str, object], lines: Mapping[str, int]) -> None:
        self.found: dict[str, _Found] = {}
        nested = []
        for key, value in record.items():
            folded = fold_key(str(key))
            self.found.setdefault(folded, _Found(value, str(key), lines.get(str(key))))
            if folded in NESTED and isinstance(value, Mapping):
                nested.append((value, lines.get(str(key))))
        for table, line in nested:
            for key, value in table.items():
                self.found.setdefault(fold_key(str(key)), _Found(value, str(key), line))

    def all(self, keys: tuple[str, ...]) -> Iterator[_Found]:
        """The fields of these names that hold something, in the order of the names."""
        for key in keys:
            found = self.found.get(key)
            if found is not None and found.value not in (None, "", [], {}):
                yield found

    def text(self, keys: tuple[str, ...]) -> str:
        """The first of these fields that holds a text or a number, as plain text on one line."""
        return next((text for found in self.all(keys) if (text := plain(found.value))), "")


def metadata(
    record: Mapping[str, object], repairs: Repairs, lines: Mapping[str, int] | None = None, *, base: str | None = None, path: str = ""
) -> Metadata:
    """What a record says of its article.

    `lines` are the 1-based lines of its keys, for the repairs. Relative addresses are made absolute against `base`, or else the record's
    own address. `path` is where the record was found: a date in it stands in for one that the record does not have.
    """
    fields = _Fields(record, lines or {})
    url, given = _address(fields)
    slug = fields.text(SLUG)
    paths = (given, path, url or "")
    year = year_in_paths(paths)
    published = _date(fields, PUBLISHED, year, repairs) or date_elsewhere(paths, repairs)
    topics = [found.value for found in fields.all(CATEGORIES)]
    return Metadata(
        title=fields.text(TITLE),
        subtitle=fields.text(SUBTITLE) or None,
        summary=fields.text(SUMMARY) or None,
        language=_language(fields),
        published_at=published,
        updated_at=_date(fields, UPDATED, year, repairs),
        status=_status(fields),
        authors=_authors(fields, repairs, base or url),
        categories=categories_of(topics[0] if len(topics) == 1 else topics),
        tags=next((tags for found in fields.all(TAGS) if (tags := tags_of(found.value))), ()),
        image=_image(fields, repairs, base or url),
        url=url,
        slug=slugify(slug or given.rpartition("/")[2].partition(".")[0]),
        given=slug or given,
    )


def fold_key(key: str) -> str:
    """A key as the fields are known by: lower case, without hyphens, underscores, blanks, and prefixes such as `og:`."""
    return key.lower().replace("_", "").replace("-", "").replace(" ", "").replace(":", "").replace(".", "")


def plain(value: object) -> str:
    """A text or number as plain text on one line: entities read, inline markup taken off, other angle brackets kept as text."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    text = str(value)[:LONGEST_TEXT]
    if "<" in text:
        text = INLINE_TAG.sub(" " if "<br" in text.lower() else "", text)
    return " ".join((html.unescape(text) if "&" in text else text).split())


def _date(fields: _Fields, keys: tuple[str, ...], year: int | None, repairs: Repairs) -> dt.datetime | None:
    """The first of these fields that is a date; one that is none, and one that had to be guessed, are said.

    `year` is that of the record's path, for a date that has none.
    """
    for found in fields.all(keys):
        if isinstance(found.value, bool) or (isinstance(found.value, str) and found.value.lower() in YES | NO):
            continue  # `published: false`
        date = _moment(found.value, year)
        if date is None:
            repairs.add(RepairKind.OTHER, f"“{str(found.value)[:80]}” in {found.key} is not a date, and is left out.", found.line)
            continue
        if date.guessed:
            shown = date.value.date().isoformat()
            repairs.add(RepairKind.DATE_INFERRED, f"“{found.value}” in {found.key} is taken for {shown}: {date.why}.", found.line, 0.7)
        return date.value
    return None


def _moment(value: object, year: int | None) -> FoundDate | None:
    """The moment that a text, a number since 1970 or a date of TOML names."""
    if isinstance(value, dt.datetime | dt.date):
        return parse_date(value.isoformat())
    if isinstance(value, int | float) and not isinstance(value, bool):
        return parse_date(str(value))
    if isinstance(value, Mapping):  # `{"$date": …}`, `{"iso": …}`
        return next((date for inner in list(value.values())[:5] if isinstance(inner, str) and (date := parse_date(inner))), None)
    return parse_date(value, year=year) if isinstance(value, str) else None


def date_elsewhere(paths: tuple[str, ...], repairs: Repairs) -> dt.datetime | None:
    """The date that the first of these paths and addresses names, as a guess."""
    for path in paths:
        if date := date_in_path(path):
            why = f": {date.why}" if date.why else ""
            repairs.add(RepairKind.DATE_INFERRED, f"The date is taken from “{path[:200]}”{why}.", None, 0.6 if date.guessed else 0.9)
            return date.value
    return None


def _address(fields: _Fields) -> tuple[str | None, str]:
    """The article's address on the web, and the path that it goes by within its site; each may be missing."""
    url, path = None, ""
    for found in fields.all(ADDRESS):
        text = str(found.value).strip() if isinstance(found.value, str) else ""
        if is_absolute(text):
            url = url or safe_url(text)
        elif not path and "{" not in text and ":" not in text:  # `/:categories/:title/` is a pattern
            path = path_of(text).strip("/")
    return url, path


def _authors(fields: _Fields, repairs: Repairs, base: str | None) -> tuple[Author, ...]:
    """The authors of the first field that names some."""
    for found in fields.all(AUTHORS):
        if authors := authors_of(found.value, repairs, found.line, base):
            return authors
    return ()


def _status(fields: _Fields) -> ArticleStatus:
    """Draft where any field says so."""
    draft = _is(fields.found.get("draft"), YES) or _is(fields.found.get("published"), NO) or _is(fields.found.get("public"), NO)
    status = fields.text(("status", "state", "poststatus")).lower()
    return ArticleStatus.DRAFT if draft or status in HIDDEN else ArticleStatus.PUBLISHED


def _is(found: _Found | None, words: frozenset[str]) -> bool:
    return found is not None and isinstance(found.value, str | bool | int) and str(found.value).strip().lower() in words


def _language(fields: _Fields) -> str:
    """A BCP 47 tag, or `und`: `en_us` is `en-US`."""
    text = fields.text(LANGUAGE).partition(".")[0]
    if not LANGUAGE_TAG.fullmatch(text):
        return "und"
    first, *rest = text.replace("_", "-").split("-")
    return "-".join([first.lower(), *(part.upper() if len(part) == 2 else part.title() if len(part) == 4 else part for part in rest)])


def _image(fields: _Fields, repairs: Repairs, base: str | None) -> Image | None:
    """The article's picture: an address, or an object that holds one."""
    for found in fields.all(IMAGE):
        value = found.value[0] if isinstance(found.value, list | tuple) else found.value
        if isinstance(value, Mapping):
            inner = _Fields(value, {})
            address, alt = inner.text(IMAGE_URL), inner.text(IMAGE_ALT)
            size = (_pixels(inner, "width"), _pixels(inner, "height"))
        else:
            address, alt, size = plain(value), fields.text((f"{fold_key(found.key)}alt", "imagealt")), (None, None)
        if not address or not ("/" in address or "." in address):
            continue  # a name that the site's own templates know, `true`
        url = safe_url(address, base)
        if url is None:
            repairs.add(RepairKind.UNSAFE_REMOVED, f"“{address[:80]}” in {found.key} is no address that a page may show.", found.line)
            continue
        return Image(url, alt, *size)
    return None


def _pixels(fields: _Fields, key: str) -> int | None:
    """A width or height, where it is a sensible number of pixels."""
    text = fields.text((key,)).removesuffix("px")
    return int(text) or None if text.isascii() and text.isdigit() and len(text) <= len("99999") else None
