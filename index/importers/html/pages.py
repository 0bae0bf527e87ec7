"""How does a whole web page become an article?

What the page says of the article, then which part of it is the article, then what that part's elements become. What of the page is left
out is said.
"""

from __future__ import annotations

from index.document import Article, ImageBlock, RepairKind, Source, SourceFormat
from index.importers.charset import decode
from index.importers.dates import agrees, year_in_paths
from index.importers.flow import Heading, nest
from index.importers.html import leftout, unsafe
from index.importers.html.authorboxes import completed
from index.importers.html.bylines import dates_on, names_in, neat
from index.importers.html.content import Found, find
from index.importers.html.facts import Facts
from index.importers.html.mapper import Flow
from index.importers.html.mapping import mapper_for
from index.importers.html.parsing import parse
from index.importers.html.tree import Node, Tree
from index.importers.material import Material, Reading, Unreadable
from index.importers.metadata import Metadata, metadata
from index.importers.repairs import Repairs
from index.importers.urls import is_absolute, safe_url
from index.plain import excerpt

FROM_BYLINE = 0.9  # of 30 pages with a byline whose metadata name nobody, the byline is read rightly on 28
FROM_PAGE = 0.8


def read(material: Material) -> Reading:
    """The article that a page holds; raises `Unreadable` for a page without text, or one that is larger than any article."""
    page = parse(decode(material.content))
    body = page.first("body") or page.root
    facts = Facts(page, material.location)
    found = find(body, facts.title)
    repairs = Repairs()
    said = _said(facts, found, body, material, repairs)
    base = _base(page, said.url, material.location)
    mapper = mapper_for(found.content, repairs, base)
    title, flow = said.title, mapper.flow(found.content.children)
    if not title:
        title, flow = _titled(flow, page, repairs)
    blocks, sections = nest(flow)
    if not (blocks or sections):
        _without_text(title, repairs)
    leftout.report(body, found.content, {found.byline} if found.byline else set(), title, repairs)
    unsafe.report(page, repairs)
    if page.flattened:
        repairs.add(RepairKind.MARKUP_DROPPED, f"{page.flattened} elements were nested too deep; what they hold was kept.")
    article = Article(
        title=title,
        source=Source(SourceFormat.HTML),
        url=said.url,
        subtitle=said.subtitle,
        summary=said.summary,
        language=said.language,
        published_at=said.published_at,
        updated_at=said.updated_at,
        authors=completed(said.authors, page, base, repairs),
        categories=said.categories,
        tags=said.tags,
        image=said.image,
        blocks=blocks,
        sections=sections,
    )
    return Reading(article, repairs=repairs)


def _said(facts: Facts, found: Found, body: Node, material: Material, repairs: Repairs) -> Metadata:
    """What the page says of the article: its metadata, and where they are silent what stands on the page."""
    record = facts.record()
    for script in facts.broken:
        repairs.add(RepairKind.OTHER, "A block of JSON-LD is broken, and is left out.", script.line or None)
    if not facts.names and found.byline is not None and (names := names_in(found.byline)):
        record["author"] = names
        repairs.add(RepairKind.AUTHOR_INFERRED, f"“{names}” is taken from a byline.", found.byline.line or None, FROM_BYLINE)
    elif not facts.names and (author := facts.marked_author()):
        record["author"] = neat(author) if isinstance(author, str) else author
    if "datePublished" not in record:
        _date_without_metadata(record, facts, (body, found.byline), (material.path, facts.url), repairs)
    for value in facts.unread(record):
        repairs.add(RepairKind.OTHER, f"“{value[:80]}” in the page's metadata is not a date, and is left out.")
    return metadata(record, repairs, base=facts.url or None, path=material.path)


def _date_without_metadata(
    record: dict[str, object], facts: Facts, page: tuple[Node, Node | None], paths: tuple[str, str], repairs: Repairs
) -> None:
    """Take the dates that stand on the page; of days without a year first what metadata say, in the year of the page's path or address."""
    date, changed, is_marked = dates_on(*page)
    year = year_in_paths(paths) if date is None else None
    if year is not None:
        if stated := facts.published(year):
            record["datePublished"] = stated
            return
        date, also_changed, is_marked = dates_on(*page, year)
        changed = changed or also_changed
        if date is not None and not agrees(date, paths):
            date = None
    if changed is not None:
        record.setdefault("dateModified", changed.value.isoformat())
    if date is None:
        return
    record["datePublished"] = date.value.isoformat()
    if not is_marked or date.guessed:
        why = f": {date.why}" if date.why else ""
        repairs.add(RepairKind.DATE_INFERRED, f"{date.value.date().isoformat()} is taken from the page{why}.", None, FROM_PAGE)


def _titled(flow: Flow, page: Tree, repairs: Repairs) -> tuple[str, Flow]:
    """The title of a page that names none, and the flow under it.

    It is the first heading where that is of the first rank and either heads everything or is the only one; where no heading leads, the
    page's only heading of that rank beside the text. Else it is left to whoever names what has no title.
    """
    ranks = [(at, thing.text) for at, thing in enumerate(flow) if isinstance(thing, Heading) and thing.level == 1]
    first = next((at for at, thing in enumerate(flow) if not isinstance(thing, ImageBlock)), len(flow))
    heads = [heading for heading in ranks if heading[0] == first] or (ranks if len(ranks) == 1 else [])
    elsewhere = [text for node in page.all("h1") if (text := node.text)]
    if heads:
        at, title = heads[0]
        flow = [*flow[:at], *flow[at + 1 :]]
    elif len(elsewhere) == 1 and not ranks and not isinstance(flow[first] if flow[first:] else None, Heading):
        title = elsewhere[0]
    else:
        return "", flow
    repairs.add(RepairKind.HEADING_INFERRED, f"The first heading, “{title[:200]}”, is taken for the title.", None, FROM_PAGE)
    return title, flow


def _base(page: Tree, url: str | None, location: str) -> str | None:
    """The address that the page's relative addresses are relative to; None where it is not known."""
    own = url or (location if is_absolute(location) else None)
    element = next((node for node in page.all("base") if node.get("href")), None)
    given = safe_url(element.get("href"), own) if element is not None else None
    return given if given is not None and is_absolute(given) else own


def _without_text(title: str, repairs: Repairs) -> None:
    if not title:
        raise Unreadable("The page has no text. If scripts build it, save it from a browser once it is shown.")
    repairs.add(RepairKind.OTHER, f"No text was found on the page “{excerpt(title, 60)}”; scripts may build it.")
