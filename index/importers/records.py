"""What does a JSON record say?

Either it is document JSON, as we export it, and decodes straight to an article; or it is a record of another program, with its fields
called one thing or another and its body in Markdown, HTML or text. Its law: a record that cannot be read is refused with its line, and
the others land.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec
from msgspec.structs import replace

from index.document import Article, Paragraph, Source, SourceFormat
from index.identity import is_article_id
from index.importers import documents
from index.importers.charset import decode
from index.importers.flow import Heading, nest
from index.importers.material import Foreign, Material, Reading, Rejection, Unreadable
from index.importers.metadata import Metadata, metadata
from index.importers.repairs import Repairs
from index.importers.splitting import Record, what_is_wrong
from index.importers.splitting import records as split
from index.inline import BLANKS

BODIES = ("markdown", "html", "text")
ELSEWHERE = ("content", "body")  # where records of other programs have their body: HTML if it has elements, else Markdown
ELEMENT = re.compile(r"<(?:p|div|br|h[1-6]|ul|ol|table|figure|blockquote|pre|section|article)\b[^<>]*>", re.IGNORECASE)
APART = re.compile(r"\n[^\S\n]*\n\s*")
NO_BODY = "It has neither a title nor a body: blocks, sections, markdown, html or text."
LONGEST_NUMBER = 18  # digits: what is longer is no number that a record needs


class _Whole(Article, frozen=True):
    """An article, and what shows that a record is not one of ours."""

    author: msgspec.Raw | None = None
    markdown: msgspec.Raw | None = None
    html: msgspec.Raw | None = None
    text: msgspec.Raw | None = None


_whole = msgspec.json.Decoder(_Whole)
_anything = msgspec.json.Decoder()
FIELDS = Article.__struct_fields__


def read(material: Material) -> Iterator[Reading | Rejection]:
    """The articles of a JSON file: a record on each line, the elements of an array, or one object."""
    try:
        for found in split(io.BytesIO(material.content)):
            line = found.line + material.first_line - 1
            try:
                yield record(found._replace(line=line))
            except Unreadable as unreadable:
                yield Rejection(material.location, unreadable.reason, line)
    except Unreadable as unreadable:
        yield Rejection(material.location, unreadable.reason)


def record(found: Record) -> Reading:
    """The article of one record; raises `Unreadable`, or `Foreign` where it is an object of another kind."""
    if found.fault:
        raise Unreadable(found.fault)
    repairs = Repairs()
    try:
        article, given = _document(found.content, repairs) or _loose(_parsed(found.content), repairs)
    except RecursionError as error:
        raise Unreadable(f"It is nested more than {documents.DEEPEST} deep. Flatten it.") from error
    repairs.stand_at(found.line)
    return Reading(article, given, found.content, found.line, repairs)


def _document(content: bytes, repairs: Repairs) -> tuple[Article, str] | None:
    """The article that a record of document JSON is, and its slug; None where it is none, or broken."""
    try:
        whole = _whole.decode(content)
    except (msgspec.DecodeError, ValueError):
        return None
    loose = not (whole.blocks or whole.sections) and any((whole.markdown, whole.html, whole.text))
    if loose or (whole.author and not whole.authors):
        return None
    article = Article(**{name: getattr(whole, name) for name in FIELDS})
    if not is_article_id(article.id):
        article = replace(article, id="")
    return documents.checked(article, repairs), whole.slug or whole.id


def _parsed(content: bytes) -> Mapping[str, Any]:
    """The record's fields, those without a value left out; raises `Unreadable`, `RecursionError`."""
    try:
        value = _anything.decode(content)
    except (msgspec.DecodeError, ValueError):
        value = _read_leniently(content)
    if not isinstance(value, dict):
        raise Unreadable("A record has to be a JSON object in braces.")
    return {key: inner for key, inner in value.items() if inner is not None}


def _read_leniently(content: bytes) -> object:
    """JSON with half characters, huge numbers or bytes that are no UTF-8; raises `Unreadable` where it is none at all."""
    try:
        return json.loads(decode(content), strict=False, parse_int=_int, parse_constant=str)
    except json.JSONDecodeError as error:
        raise Unreadable(f"It is not JSON: {what_is_wrong(error)} at character {error.pos + 1}.") from error


def _int(digits: str) -> int | str:
    return int(digits) if len(digits) <= LONGEST_NUMBER else digits


def _loose(fields: Mapping[str, Any], repairs: Repairs) -> tuple[Article, str]:
    """The article of another program's record, and the slug or id that it goes by."""
    source, kept = _source(fields.get("source"))
    if not source.publication and isinstance(named := fields.get("publication"), str):
        source = replace(source, publication=named)
    found = metadata({key: value for key, value in fields.items() if key != "source"}, repairs)
    blocks, sections = documents.body_of(fields, repairs)
    if not (blocks or sections):
        blocks, sections = nest(_body(fields, found.url, repairs))
    elif isinstance(fields.get("title"), str):
        found = _titled(found, fields["title"])
    if not (found.title or blocks or sections):
        raise Foreign(NO_BODY)
    id = str(fields.get("id", "")) if isinstance(fields.get("id"), str | int) and fields["id"] is not True else ""
    article = Article(
        title=found.title,
        source=source if kept else replace(source, format=SourceFormat.JSON),
        id=id if is_article_id(id) else "",
        slug=found.slug,
        **{name: getattr(found, name) for name in Metadata.__slots__ if name in FIELDS and name not in ("title", "slug")},
        blocks=blocks,
        sections=sections,
    )
    return (documents.checked(article, repairs) if fields.get("blocks") or fields.get("sections") else article), found.given or id


def _titled(found: Metadata, title: str) -> Metadata:
    """A title beside blocks is text, without entities or tags."""
    return Metadata(**{name: getattr(found, name) for name in Metadata.__slots__} | {"title": " ".join(title.split())})


def _source(value: object) -> tuple[Source, bool]:
    """Where a record says that it is from, and whether it says so as document JSON does."""
    if isinstance(value, dict):
        try:
            return msgspec.convert({key: inner for key, inner in value.items() if inner is not None}, Source, strict=False), True
        except msgspec.ValidationError:
            value = next((value[key] for key in ("publication", "name", "title", "id") if isinstance(value.get(key), str)), None)
    return Source(SourceFormat.JSON, publication=value.strip() if isinstance(value, str) else ""), False


def _body(fields: Mapping[str, Any], base: str | None, repairs: Repairs) -> list[Any]:
    """The headings and blocks of the first body that a record has."""
    for key in (*BODIES, *ELSEWHERE):
        body = fields.get(key)
        if isinstance(body, str) and body.strip():
            kind = key if key in BODIES else "html" if ELEMENT.search(body) else "markdown"
            return _flow(kind, body, base, repairs)
    return []


def _flow(kind: str, body: str, base: str | None, repairs: Repairs) -> list[Any]:
    """The headings and blocks of a body; what reads it is loaded when it is needed."""
    body = body.replace("\r\n", "\n").replace("\r", "\n")
    if kind == "markdown":
        from index.importers import markdown

        return list(markdown.body(body, repairs, base))
    if kind == "html":
        from index.importers import html

        return list(html.fragment(body, repairs, base))
    return _paragraphs(body)


def _paragraphs(text: str) -> list[Heading | Paragraph]:
    """Clean text: a paragraph from each run of lines, the breaks within it kept."""
    parts = ("\n".join(BLANKS.sub(" ", line).strip() for line in part.split("\n")) for part in APART.split(text.strip()))
    return [Paragraph(part) for part in parts if part]
