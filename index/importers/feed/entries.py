"""How does an entry of a feed, in whatever format, become an article?

The formats are read into one `Entry`; from there on they are alike.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import msgspec

from index.document import Article, Block, Embed, Image, ImageBlock, Paragraph, RepairKind, Source, SourceFormat
from index.importers import html as pages
from index.importers.flow import Heading, nest
from index.importers.material import Reading
from index.importers.metadata import metadata
from index.importers.repairs import Repairs
from index.importers.urls import path_of, safe_url
from index.inline import BLANKS

MOST_ENCLOSURES = 50
LONGEST_SUMMARY = 1000  # characters of a description that is the body as well
TAG = re.compile(r"<!--.*?-->|</?[a-zA-Z][^<>]*>", re.DOTALL)
BLOCK = re.compile(r"<(?:p|div|br|h[1-6]|ul|ol|li|table|figure|blockquote|pre|section|article|img|iframe|video|audio|hr)\b", re.IGNORECASE)
APART = re.compile(r"\n[^\S\n]*\n\s*")
PICTURE = re.compile(r"\.(?:jpe?g|png|gif|webp|avif|svg)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file that an entry brings along; `kind` is its media type or the first part of that."""

    url: str
    kind: str = ""
    title: str = ""

    @property
    def is_picture(self) -> bool:
        """Whether it is one, by its type or else by its name."""
        return self.kind.startswith("image") if self.kind else PICTURE.search(path_of(self.url)) is not None


@dataclass(slots=True)
class Entry:
    """What an entry says: the fields that records have, its body as HTML or plain text, and the address that its links are relative to."""

    record: dict[str, object] = field(default_factory=dict)
    given: str = ""
    body: str = ""
    plain: bool = False
    description: str = ""
    base: str | None = None
    enclosures: list[Enclosure] = field(default_factory=list)


def reading(entry: Entry, content: bytes, line: int, publication: str) -> Reading:
    """The article that an entry is."""
    repairs = Repairs()
    is_whole = bool(entry.body.strip())
    body, plain = (entry.body, entry.plain) if is_whole else (_in_paragraphs(entry.description), False)
    record = {"summary": _summary(entry, is_whole), **entry.record}
    if record.get("updatedAt") and not record.get("publishedAt"):
        record["publishedAt"] = record["updatedAt"]
        repairs.add(RepairKind.DATE_INFERRED, "No date of publication is given, so the date of the last change stands for it.", line, 0.7)
    found = metadata(record, repairs, dict.fromkeys(record, line), base=entry.base)
    base = found.url or entry.base
    flow = list(_flow(body, plain, entry.base or found.url, repairs))
    flow = [*_enclosed(entry, body, base), *flow]
    repairs.stand_at(line)
    blocks, sections = nest(flow)
    image = found.image or next((thing.image for thing in flow if isinstance(thing, ImageBlock)), None)
    article = Article(
        title=found.title,
        source=Source(SourceFormat.FEED, publication),
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
        image=image,
        blocks=blocks,
        sections=sections,
    )
    return Reading(article, entry.given or found.given, content, line, repairs, msgspec.json.encode((entry.record, entry.base)))


def text_in(markup: str) -> str:
    """The text of a piece of HTML, on one line."""
    return " ".join(html.unescape(TAG.sub(" ", markup)).split())


def _in_paragraphs(description: str) -> str:
    """A description as HTML: without an element that parts it, blank lines part paragraphs."""
    if BLOCK.search(description) or not APART.search(description.strip()):
        return description
    return "".join(f"<p>{part}</p>" for part in APART.split(description.strip()))


def _summary(entry: Entry, has_body: bool) -> str | None:
    """A description beside the body; one that is the body as well if it is short and plain."""
    text = text_in(entry.description)
    if not has_body and (len(text) > LONGEST_SUMMARY or BLOCK.search(entry.description)):
        return None
    return html.escape(text, quote=False) or None  # what reads a record takes it for markup


def _flow(body: str, plain: bool, base: str | None, repairs: Repairs) -> Iterator[Heading | Block]:
    """The headings and blocks of a body."""
    if not body.strip():
        return
    if plain and not BLOCK.search(body):
        lines = ("\n".join(BLANKS.sub(" ", line).strip() for line in part.split("\n")) for part in APART.split(body.strip()))
        yield from (Paragraph(part) for part in lines if part)
    else:
        yield from pages.fragment(body, repairs, base)


def _enclosed(entry: Entry, body: str, base: str | None) -> Iterator[Block]:
    """Pictures, sound and films that are not in the body already."""
    seen: set[str] = set()
    for enclosure in entry.enclosures[:MOST_ENCLOSURES]:
        url = safe_url(enclosure.url, base)
        if url is None or url in seen or enclosure.url in body or html.escape(enclosure.url) in body:
            continue
        seen.add(url)
        yield ImageBlock(Image(url, " ".join(enclosure.title.split()))) if enclosure.is_picture else Embed(url)


def clean(record: Mapping[str, object]) -> dict[str, object]:
    """A record without what is empty."""
    return {key: value for key, value in record.items() if value not in (None, "", [], {})}
