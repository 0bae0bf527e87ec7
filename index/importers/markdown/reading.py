"""How does a Markdown file become an article?"""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from index.document import Article, ImageBlock, RepairKind, Source, SourceFormat
from index.importers.charset import decode
from index.importers.flow import Heading, nest
from index.importers.frontmatter import split
from index.importers.markdown.body import body
from index.importers.markdown.parser import parser
from index.importers.markdown.walk import Flow
from index.importers.material import Material, Reading, Unreadable
from index.importers.metadata import metadata
from index.importers.repairs import Repairs
from index.slugs import fold

INDEX_NAMES = frozenset(["index", "_index", "readme", "default"])
DATE_BEFORE = re.compile(r"^\d{4}[-_.]?\d{1,2}[-_.]?\d{1,2}[-_. ]+(?=\S)")
SUFFIX = re.compile(r"\.(?:md|mdx|markdown|mdown|mkd|mkdn|txt|html?)$", re.IGNORECASE)
NO_WORDS = re.compile(r"[\W_]+")
MARKED_UP = re.compile(r"[`*_~\[]")


def read(material: Material) -> Reading:
    """The article that a Markdown file holds, with or without front matter; raises `Unreadable` where it holds nothing."""
    text = decode(material.content).replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "\ufffd")
    repairs = Repairs()
    front = split(text, repairs)
    said = metadata(front.fields, repairs, front.lines, path=material.path)
    flow = body(front.body, repairs, said.url, front.first_line, mdx=material.path.lower().endswith(".mdx"))
    if not flow and not said.title:
        raise Unreadable("The file holds no text and no title; there is nothing to import.")
    title, flow = titled(flow, plain_title(said.title), repairs, material.path)
    blocks, sections = nest(flow)
    article = Article(
        title=title,
        source=Source(SourceFormat.MARKDOWN, material.publication, material.location),
        slug=said.slug,
        url=said.url,
        subtitle=said.subtitle,
        summary=said.summary,
        language=said.language,
        published_at=said.published_at,
        updated_at=said.updated_at,
        status=said.status,
        authors=said.authors,
        categories=said.categories,
        tags=said.tags,
        image=said.image,
        blocks=blocks,
        sections=sections,
    )
    return Reading(article, said.given, material.content, None, repairs)


def titled(flow: Flow, title: str, repairs: Repairs, path: str = "") -> tuple[str, Flow]:
    """An article's title, and its flow without the heading that only repeats it.

    Without a `title` the first heading is it if that is one of level 1, else the words of the file's name.
    """
    first = next((at for at, thing in enumerate(flow) if isinstance(thing, Heading)), None)
    heading = flow[first] if first is not None else None
    if first is None or not isinstance(heading, Heading):
        return title or _from_path(path, repairs), flow
    leads = all(isinstance(thing, ImageBlock) for thing in flow[:first])
    if title:
        if leads and _words(heading.text) == _words(title):
            repairs.add(RepairKind.DUPLICATE_REMOVED, f"The heading “{heading.text[:200]}” repeats the title, and is left out.")
            return title, flow[:first] + flow[first + 1 :]
        return title, flow
    if heading.level == 1:
        repairs.add(RepairKind.HEADING_INFERRED, f"The first heading, “{heading.text[:200]}”, is taken for the title.", None, 0.9)
        return heading.text, flow[:first] + flow[first + 1 :]
    return _from_path(path, repairs), flow


def plain_title(title: str) -> str:
    """A title without the marks of Markdown that it may hold; angle brackets are text."""
    if not MARKED_UP.search(title):
        return title
    words = (" " if token.type == "softbreak" else token.content for token in parser().parse_inline(title, {}))
    return " ".join("".join(words).split()) or title


def _from_path(path: str, repairs: Repairs) -> str:
    """A title from the words of a file's name, or of its folder's where the name says nothing."""
    parts = [part for part in PurePosixPath(path.replace("\\", "/")).parts if part not in ("/", "..")]
    names = [name for part in reversed(parts) if (name := SUFFIX.sub("", part)) and name.lower() not in INDEX_NAMES]
    name = DATE_BEFORE.sub("", names[0] if names else "")
    words = NO_WORDS.sub(" ", name).strip() or "Untitled"
    title = words[0].upper() + words[1:]
    repairs.add(RepairKind.OTHER, f"There is no title; “{title}” is taken from the file's name.", None, 0.5)
    return title


def _words(text: str) -> str:
    return " ".join(NO_WORDS.sub(" ", fold(text)).split())
