"""What is a post of a WordPress export, and is it one that may be shown?

Posts and pages become articles, drafts and future ones too; private, trashed and password-protected ones are left out and counted, as are
the items that are no articles: attachments, menu items, revisions, whatever types plugins have.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from urllib.parse import unquote

import msgspec

from index.document import Article, RepairKind, Source, SourceFormat
from index.importers import html
from index.importers.charset import decode
from index.importers.dates import parse_date
from index.importers.flow import nest
from index.importers.items import Item
from index.importers.material import Material, Reading, Skipped, Unreadable
from index.importers.metadata import metadata
from index.importers.repairs import Repairs
from index.importers.wxr.bodies import html_of
from index.importers.wxr.channel import Channel, Term
from index.importers.wxr.fields import Field, fields

ARTICLES = frozenset(["post", "page"])
LEFT_OUT = {"attachment": "attachment", "nav_menu_item": "menu item", "revision": "revision"}
HIDDEN = {"private": "private post", "trash": "trashed post", "auto-draft": "automatic draft", "inherit": "revision"}
DRAFTS = frozenset(["draft", "pending"])
LAST = frozenset(["post_password", "is_sticky"])  # what follows a post's status and type in an export: without them it may be a private one
NO_TOPIC = frozenset(["post_format", "nav_menu", "link_category", "post_visibility"])
TAGS = frozenset(["post_tag", "tag"])
SEVERAL = frozenset(["category", "postmeta", "comment"])
FURTHEST = dt.timedelta(hours=15)  # of any time zone from UTC, rounded up
QUARTER = dt.timedelta(minutes=15)  # zones are multiples of it
MOST_NAMED = 20  # fields that are not closed
DEEPEST = 20  # categories above a category
NOWHERE = re.compile(
    r"https?://(?:localhost|127\.0\.0\.1|\[::1\])(?:[:/]|$)"
)  # the address of a site on somebody's own machine is nobody's
OPENING = re.compile(r"\s*<item\b[^<>]*>")


def post(item: Item, channel: Channel, material: Material) -> Reading | Skipped:
    """What an item comes to; raises `Unreadable` where it could not be taken whole."""
    if item.fault:
        raise Unreadable(item.fault, item.line)
    text = decode(item.content, channel.encoding)
    start = OPENING.match(text)
    said = list(fields(text[start.end() if start else 0 :].removesuffix("</item>")))
    first: dict[str, str] = {}
    for field in said:
        if field.name not in SEVERAL:
            first.setdefault(field.name, field.text)
    reason = _left_out(first)
    if reason is not None:
        return Skipped(material.location, reason, item.line)
    return _Post(item, channel, said, first, item.line + text[: max(text.find("<content:encoded"), 0)].count("\n")).reading()


def _left_out(first: Mapping[str, str]) -> str | None:
    """The phrase to count an item by that is no article to be shown, or None."""
    kind = first.get("post_type", "").strip() or "post"
    if kind not in ARTICLES:
        return LEFT_OUT.get(kind, f"item of the type {kind[:40]}")
    if first.get("post_password", "").strip():
        return "post with a password"
    return HIDDEN.get(first.get("status", "").strip())


class _Post:
    """One post or page on its way to an article."""

    def __init__(self, item: Item, channel: Channel, fields: Sequence[Field], first: Mapping[str, str], body_line: int) -> None:
        self.item = item
        self.channel = channel
        self.said = fields
        self.first = first
        self.body_line = body_line
        self.repairs = Repairs()
        self.is_draft = self._of("status") in DRAFTS
        self.is_cut_off = not item.is_closed and not LAST & first.keys()
        if not item.is_closed:
            kept = "before it says whether it may be shown, and is kept as a draft" if self.is_cut_off else "at its end"
            self.repairs.add(RepairKind.OTHER, f"This item is cut off {kept}.", item.line)

    def _of(self, name: str) -> str:
        """A field's text without blanks around it."""
        return self.first.get(name, "").strip()

    def reading(self) -> Reading:
        """The article; what of the rest of the export went into it stands beside its own bytes."""
        record = self._record()
        found = metadata(record, self.repairs, dict.fromkeys(record, self.item.line), base=self.channel.base or None)
        number = self._of("post_id")
        markup = html_of(self.first.get("content:encoded", ""), self.channel.pictures, number, self.repairs, self.body_line)
        said = len(self.repairs.notes)
        flow = html.fragment(markup, self.repairs, found.url or self.channel.base or None) if markup.strip() else ()
        self.repairs.stand_at(self.body_line, said)
        blocks, sections = nest(flow)
        article = Article(
            title=found.title,
            source=Source(SourceFormat.WXR, self.channel.title),
            slug=found.slug,
            url=found.url,
            summary=found.summary,
            language=found.language,
            published_at=found.published_at,
            updated_at=found.updated_at,
            status=found.status,
            authors=found.authors,
            categories=found.categories,
            tags=found.tags,
            image=found.image,
            blocks=blocks,
            sections=sections,
        )
        self._say_unclosed([field.name for field in self.said if not field.closed])
        beside = msgspec.json.encode((record, markup))
        return Reading(article, self._of("post_name") or number, self.item.content, self.item.line, self.repairs, beside)

    def _say_unclosed(self, names: Sequence[str]) -> None:
        """A repair for each field that is not closed, the first of them by name."""
        for name in names[:MOST_NAMED]:
            self.repairs.add(RepairKind.OTHER, f"The field “{name}” was not closed; it was taken to end at the next.", self.item.line)
        if len(names) > MOST_NAMED:
            self.repairs.add(RepairKind.OTHER, f"{len(names) - MOST_NAMED:,} more fields were not closed.", self.item.line)

    def _record(self) -> dict[str, object]:
        """What the fields say, under the names that records have."""
        record: dict[str, object] = {
            "title": self.first.get("title", ""),
            "summary": self._of("excerpt:encoded") or self._of("description"),
            "language": self._of("language") or self.channel.language,
            "publishedAt": self._when("post_date", "post_date_gmt", "pubDate"),
            "updatedAt": self._when("post_modified", "post_modified_gmt"),
            "draft": self.is_draft or self.is_cut_off,
            "author": self._author(),
            "slug": unquote(self._of("post_name")),
            "categories": [self._category(field) for field in self._topics(tags=False)],
            "tags": [self._tag(field) for field in self._topics(tags=True)],
        }
        if not self.is_draft and not NOWHERE.match(self._of("link")):
            record["url"] = self._of("link")  # a draft's is a preview, which changes once it is published
        meta = {found.get("meta_key", "").strip(): found.get("meta_value", "").strip() for found in self._metas()}
        if picture := self.channel.pictures.get(meta.get("_thumbnail_id", "")):
            record["image"] = {"url": picture.url, "alt": picture.alt}
        return record

    def _metas(self) -> list[dict[str, str]]:
        """The post's own fields, as plugins and WordPress itself keep them."""
        return [{inner.name: inner.text for inner in fields(field.inside)} for field in self.said if field.name == "postmeta"]

    def _when(self, *names: str) -> str | None:
        """The time that these fields give, local, universal and another; where none can be read what they say, which then is named."""
        moment = self._moment(*names)
        said = (text for name in names if not _is_no_date(text := self._of(name)))
        return moment.isoformat() if moment else next(said, None)

    def _moment(self, name: str, universally: str, instead: str = "") -> dt.datetime | None:
        """A time with the zone that the site had, as the difference between local and universal time shows it."""
        local, universal = _time(self._of(name)), _time(self._of(universally))
        if local is None or universal is None:
            return universal or local or _time(self._of(instead))
        offset = round((local - universal) / QUARTER) * QUARTER
        return universal.astimezone(dt.timezone(offset)) if abs(offset) < FURTHEST else universal

    def _author(self) -> dict[str, str] | None:
        """Who wrote it: the login's display name."""
        login = self._of("dc:creator")
        return {"name": self.channel.authors.get(login, login)} if login else None

    def _topics(self, *, tags: bool) -> list[Field]:
        """The item's terms: categories, or tags and whatever taxonomies a site has of its own."""
        terms = [field for field in self.said if field.name == "category" and field.attributes.get("domain") not in NO_TOPIC]
        if any("domain" in field.attributes for field in terms):
            terms = [field for field in terms if "domain" in field.attributes]  # older exports name each twice
        return [field for field in terms if (field.attributes.get("domain", "category") != "category") == tags]

    def _category(self, field: Field) -> dict[str, object]:
        """A category with those above it."""
        slug = unquote(field.attributes.get("nicename", ""))
        return _with_parents(slug, Term(field.text.strip()), self.channel.categories)

    def _tag(self, field: Field) -> dict[str, object]:
        """A tag; a term of a taxonomy that is neither category nor tag becomes one, and that is said."""
        domain, slug = field.attributes.get("domain", ""), unquote(field.attributes.get("nicename", ""))
        if domain not in TAGS:
            said = f"“{field.text.strip()[:80]}” of the taxonomy “{domain[:40]}” became a tag."
            self.repairs.add(RepairKind.OTHER, said, self.item.line, 0.5)
        return {"name": field.text.strip(), "slug": slug}


def _with_parents(slug: str, term: Term, known: Mapping[str, Term]) -> dict[str, object]:
    """A category as a record has it; the export's own entry says what is above."""
    top: dict[str, object] = {}
    inner, seen = top, {slug}
    for _ in range(DEEPEST):
        entry = known.get(slug, term)
        inner.update(name=term.name or entry.name or slug, slug=slug)
        if entry.description:
            inner["description"] = entry.description
        slug = entry.parent
        if not slug or slug in seen:
            break
        seen.add(slug)
        term, above = known.get(slug, Term(slug)), dict[str, object]()
        inner["parent"] = above
        inner = above
    return top


def _time(text: str) -> dt.datetime | None:
    """A time as WordPress writes it, or None where it has none."""
    found = None if _is_no_date(text) else parse_date(text)
    return None if found is None else found.value


def _is_no_date(text: str) -> bool:
    """Whether a field says that there is no date: WordPress writes zeros, and 30 November 1999 BC or AD, for that."""
    return not text or text.startswith(("0000", "-")) or "-0001" in text or "30 Nov 1999 00:00:00" in text
