"""What makes a reading an article that can be stored?

Whatever depends on where it was found rather than on what it says: its key and id, its slug, the source's hash, the fingerprint that tells
whether it has changed, and the blocks that its repairs speak of; and its language, where its source gives none. Anchors are left to the
store, which knows those of the version before; `shown` gives them where nothing is stored.
"""

from __future__ import annotations

import hashlib
import re
from urllib.parse import unquote, urlsplit

from msgspec.structs import replace

from index.anchors import anchored
from index.document import Article, Repair, RepairKind, Source
from index.identity import article_id, article_key, article_of, digest, global_id, is_address, number_of, parse_global_id
from index.importers.files import STDIN
from index.importers.fit import fit, fit_text
from index.importers.language import UNKNOWN, detected
from index.importers.material import VERSION, Material, Reading
from index.incoming import Incoming
from index.outline import outline
from index.plain import blocks_text, excerpt
from index.slugs import slugify

LONGEST_SLUG = 100  # characters
DEEPEST_PATH = 50  # folders
LONGEST_TITLE = 100  # characters of one that is taken from the text
SOUND_SLUG = re.compile(r"\w[\w.~-]*")
UNTITLED = "Untitled"


def finish(reading: Reading, material: Material, *, origin: str = "", part: bool = False, mark: str = "") -> Incoming:
    """The reading as the store takes it.

    `origin` is the absolute path of its file; `part` says that the file may hold other articles too; `mark` is the fingerprint of its
    source, where that is known already.
    """
    article, unfit = fit(reading.article)
    if unfit:
        reading.repairs.add(RepairKind.OTHER, f"Control characters or halves of characters were taken out ({unfit}).", reading.line)
    if article.url is None and not part and is_address(material.location):
        article = replace(article, url=material.location)
    title = " ".join(article.title.split()) or _title(article, "" if part else material.path, reading)
    article = replace(article, title=title, source=_source(article, reading, material))
    if not article.id and article.language in ("", UNKNOWN):  # one that brings its id is ours, and stays as it was exported
        article = replace(article, language=detected(article))
    key = _kept_key(article) if article.id else _key(article, reading.given, material, part=part)
    id = article.id or article_id(key)
    slug = (article.slug if article.id else _slug(article.slug)) or slugify(title) or slugify(_name(material.path)) or number_of(id)
    article = replace(article, id=id, slug=slug)
    placed = (replace(repair, message=fit_text(repair.message)) for repair in reading.repairs.placed(outline(article)))
    repairs = (*(_of(repair, id) for repair in article.source.repairs), *placed)
    article = replace(article, source=replace(article.source, repairs=repairs))
    return Incoming(article, key, mark or fingerprint(reading.content or material.content, material, origin, reading.beside), origin)


def shown(incoming: Incoming) -> Article:
    """The article as it is shown without having been stored: with anchors."""
    return anchored(incoming.article)


def fingerprint(content: bytes, material: Material, origin: str, beside: bytes = b"") -> str:
    """What an article is unchanged by: the importers' version, its source, where that is, and what is read `beside` it."""
    where = (origin or material.location, material.path, material.publication)
    return digest(str(VERSION), *where, hashlib.sha256(content).digest(), beside)


def renamed(incoming: Incoming, key: str) -> Incoming:
    """The same under another key: for articles of one file that nothing but their order tells apart."""
    article, id = incoming.article, article_id(key)
    repairs = tuple(replace(r, block_id=_moved(r.block_id, id)) if r.block_id else r for r in article.source.repairs)
    return replace(incoming, key=key, article=replace(article, id=id, source=replace(article.source, repairs=repairs)))


def _key(article: Article, given: str, material: Material, *, part: bool) -> str:
    """What the article is known by: its address, else what its source gives, else its path, with title and day if that is not its own."""
    url = article.url if article.url and is_address(article.url) else None
    path = fit_text(material.path)
    if part or path == STDIN:
        day = f"-{article.published_at.date()}" if article.published_at else ""
        path = f"{path}#{slugify(article.title)}{day}"
    return article_key(url=url, given=fit_text(given) or article.url or "", publication=article.source.publication, path=path)


def _kept_key(article: Article) -> str:
    """The key of an article that brings its id: the one that the id derives from where the article still shows it, else the id."""
    number, source = number_of(article.id), article.source
    slugs = (article.slug, article.slug.removesuffix(f"-{number}"), article.slug.removesuffix(f"-{number[:6]}"))
    steps = source.location.split("/")[-DEEPEST_PATH:]
    keys = [
        *(article_key(url=url, given="", publication="", path="") for url in (article.url,) if url),
        *(article_key(url=None, given=given, publication=source.publication, path="") for given in slugs),
        *(article_key(url=None, given="", publication="", path="/".join(steps[first:])) for first in range(len(steps))),
    ]
    return next((key for key in keys if article_id(key) == article.id), f"id:{article.id}")


def _source(article: Article, reading: Reading, material: Material) -> Source:
    """Where it came from; an article of our own export brings that along."""
    source = article.source
    hash = source.content_hash or hashlib.sha256(reading.content or material.content).hexdigest()
    if article.id:
        return replace(source, content_hash=hash)
    publication = source.publication or fit_text(material.publication)
    return replace(source, content_hash=hash, publication=publication, location=source.location or fit_text(material.location))


def _title(article: Article, path: str, reading: Reading) -> str:
    """A title for an article that has none: how it begins, or what its file or page is called."""
    beginning = "" if not article.sections or article.blocks else article.sections[0].heading
    title = excerpt(beginning or blocks_text(article.blocks), LONGEST_TITLE)
    title = title or " ".join(re.split(r"[-_\s]+", _name(path or urlsplit(article.url or "").path.rstrip("/")))).strip() or UNTITLED
    reading.repairs.add(RepairKind.HEADING_INFERRED, f"No title is given, so it is called “{title}”.", reading.line, 0.5)
    return title


def _slug(given: str) -> str:
    """A slug that a source gives, as it is where an address can hold it."""
    text = unquote(given).strip("/ ")
    return text if SOUND_SLUG.fullmatch(text) and len(text) <= LONGEST_SLUG else slugify(text)


def _name(path: str) -> str:
    """What a file is called, without its ending; a file called `index` goes by its folder."""
    *folders, name = path.split("/")
    stem = name.partition(".")[0]
    return folders[-1] if folders and stem in ("index", "_index") else stem


def _of(repair: Repair, id: str) -> Repair:
    """A repair that an article brings along; one that speaks of a block of another article no longer does."""
    if repair.block_id is None:
        return repair
    parts = parse_global_id(repair.block_id)
    return repair if parts is not None and article_of(parts.rest) == id else replace(repair, block_id=None)


def _moved(block: str, id: str) -> str | None:
    """The id of a block whose article now has this id."""
    parts = parse_global_id(block)
    return global_id(parts.type, f"{number_of(id)}:{parts.rest.partition(':')[2]}") if parts else None
