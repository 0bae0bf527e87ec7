"""What does a page say of its article, beside the text?

Of several sources the first that says something: JSON-LD, then `meta` elements (Dublin Core, Open Graph, the plain ones), then microdata,
then what stands on the page. The facts come as a record, whose values `index.importers.metadata` reads as it reads front matter.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from index.importers.dates import parse_date
from index.importers.html.jsonld import article_in
from index.importers.html.metas import Metas
from index.importers.html.shown import SAME, similarity
from index.importers.html.titles import of_document, without_site
from index.importers.html.tree import Tree
from index.importers.urls import is_absolute, safe_url

MOST_HEADINGS = 200  # headings that a title is compared with
TITLES = (
    *("dc:title", "dcterm:title", "dcterms:title", "og:title", "weibo:article:title", "weibo:webpage:title", "title", "twitter:title"),
    "parsely-title",
)
AUTHORS = (
    *("dc:creator", "dcterm:creator", "dcterms:creator", "author", "parsely-author", "article:author", "og:article:author"),
    "sailthru:author",
)
SUMMARIES = (
    *("dc:description", "dcterm:description", "dcterms:description", "og:description", "description", "twitter:description"),
    "weibo:article:description",
)
PUBLISHED = (
    *("article:published_time", "og:article:published_time", "og:published_time", "parsely-pub-date", "dc:date:issued", "dcterms:issued"),
    *("dcterms:created", "dc:date", "dcterms:date", "date", "pubdate", "publishdate", "publish-date", "publication_date", "sailthru:date"),
    *("citation_publication_date", "citation_online_date", "article:date", "article_date_original", "originalpublicationdate"),
)
UPDATED = (
    *("article:modified_time", "og:updated_time", "og:article:modified_time", "dcterms:modified", "last-modified", "lastmod"),
    "revised",
)
SECTIONS = ("article:section", "og:article:section", "parsely-section", "section")
TAGS = ("article:tag", "og:article:tag", "parsely-tags", "news_keywords", "sailthru:tags", "keywords")
IMAGES = ("og:image:secure_url", "og:image", "og:image:url", "twitter:image", "twitter:image:src", "parsely-image-url")
NOTHING: tuple[object, ...] = (None, "", {}, [])


class Facts:
    """The facts of a page: `title`, `names` (its byline as metadata gives it) and the rest as a `record`.

    `broken` are scripts of JSON-LD that cannot be read.
    """

    def __init__(self, page: Tree, location: str = "") -> None:
        self.page = page
        self.metas = Metas(page)
        self.data, self.broken = article_in(page)
        self.headings = [node.text for node in page.all("h1", "h2")[:MOST_HEADINGS]]
        self.url = self._url(location)
        self.title = self._title()
        self.names = self._names()

    def record(self) -> dict[str, object]:
        """What there is, by the keys of records."""
        data, metas = self.data, self.metas
        found: dict[str, object] = {
            "title": self.title,
            "subtitle": _text(data.get("alternativeHeadline")),
            "summary": _text(data.get("description")) or metas.first(*SUMMARIES) or metas.property("description"),
            "datePublished": self.published(),
            "dateModified": self._date("dateModified", UPDATED),
            "category": data.get("articleSection") or metas.all(*SECTIONS) or metas.properties.get("articlesection"),
            "tags": _list(data.get("keywords")) or _list(metas.all(*TAGS)) or _list(metas.properties.get("keywords")),
            "language": self._language(),
            "image": self._picture(),
            "url": self.url,
            "author": self.names,
        }
        return {key: value for key, value in found.items() if value}

    def published(self, year: int | None = None) -> str:
        """When metadata say that it was published; `year` stands in for one that they do not give."""
        return self._date("datePublished", PUBLISHED, year)

    def _date(self, name: str, named: tuple[str, ...], year: int | None = None) -> str:
        """The first value that is a date."""
        return next((value for value in self._values(name, named) if parse_date(value, year=year) is not None), "")

    def _values(self, name: str, named: tuple[str, ...]) -> list[str]:
        """The values that JSON-LD, the `meta` elements and microdata give."""
        values = (_text(self.data.get(name)), *(self.metas.first(meta) for meta in named), self.metas.property(name.lower()))
        return [value for value in values if value]

    def unread(self, record: dict[str, object]) -> Iterator[str]:
        """What stands where metadata give a date, and is none: for each date of which nothing that they say is in the record."""
        for name, named in (("datePublished", PUBLISHED), ("dateModified", UPDATED)):
            values = self._values(name, named)
            if values and record.get(name) not in values:
                yield values[0]

    def _picture(self) -> object:
        """JSON-LD's picture, else the head's; what the head says in words of the same file goes to a picture without words."""
        image, head = _image(self.data.get("image")), self._image()
        if image is None or head is None:
            return image or head
        given = image if isinstance(image, dict) else {"url": image}
        return {**given, "alt": head["alt"]} if not given.get("alt") and _file(given["url"]) == _file(head["url"]) else image

    def _image(self) -> dict[str, str] | None:
        """The picture that the head names."""
        address = self.metas.first(*IMAGES)
        return {"url": address, "alt": self.metas.first("og:image:alt", "twitter:image:alt")} if address else None

    def _title(self) -> str:
        sites = list(self._sites())
        given = self._headline() or self.metas.first(*TITLES) or self.metas.property("headline")
        if given:
            return without_site(given, sites, self.headings)
        element = next((node for node in self.page.all("title") if not any(above.tag == "svg" for above in node.above())), None)
        return of_document(element.text, sites, self.headings) if element is not None else ""

    def _headline(self) -> str:
        """JSON-LD's headline; its name where the page's own title holds that and not the headline."""
        headline, name = _text(self.data.get("headline")), _text(self.data.get("name"))
        if headline and name and name not in self._sites():
            element = self.page.first("title")
            shown = element.text if element is not None else ""
            return name if similarity(shown, name) > SAME >= similarity(shown, headline) else headline
        return headline or name

    def _names(self) -> object:
        """Who wrote it: objects, texts, or nothing."""
        authors = self.data.get("author")
        named: list[object] = [
            _person(one) for one in (authors if isinstance(authors, list) else [authors]) if not (one in NOTHING or _is_link(one))
        ]
        if not named:
            given = ([value for value in dict.fromkeys(self.metas.all(name)) if not _is_link(value)] for name in AUTHORS)
            named = list(next(filter(None, given), ()))
        return named[0] if len(named) == 1 and isinstance(named[0], str) else named

    def marked_author(self) -> object:
        """Whom the page's microdata call the author, or JSON-LD the creator: where neither metadata nor a byline names one."""
        marked = self.metas.property("author") or self.data.get("creator")
        return marked if not _is_link(marked) else None

    def _sites(self) -> Iterator[str]:
        """What the site may be called."""
        publisher = self.data.get("publisher")
        yield from self.metas.all("og:site_name")
        yield self.metas.first("application-name")
        yield self.metas.first("apple-mobile-web-app-title")
        if isinstance(publisher, dict):
            yield _text(publisher.get("name"))
        yield self.metas.first("twitter:site").lstrip("@")
        host = urlsplit(self.url).netloc.removeprefix("www.") if self.url else ""
        yield host
        yield host.partition(".")[0]

    def _url(self, location: str) -> str:
        """The page's own address: the canonical one unless that is only the site's."""
        given = [*self.metas.links.get("canonical", []), *self.metas.all("og:url"), _text(self.data.get("url"))]
        base = location if is_absolute(location) else None
        found = [url for address in given if (url := safe_url(address, base)) and is_absolute(url)]
        return next((url for url in found if urlsplit(url).path.strip("/") or urlsplit(url).query), base or "")

    def _language(self) -> str:
        element = self.page.first("html")
        own = (element.get("lang") or element.get("xml:lang")) if element is not None else ""
        return own or _text(self.data.get("inLanguage")) or self.metas.first("content-language", "language", "dc:language", "og:locale")


def _text(value: object) -> str:
    """A text, or the first of a list of texts."""
    if isinstance(value, list):
        value = next((inner for inner in value if isinstance(inner, str)), "")
    return value.strip() if isinstance(value, str) else ""


def _list(value: object) -> object:
    """A list of names; a list of one text is that text, which may be a list with commas."""
    return value[0] if isinstance(value, list) and len(value) == 1 else value


def _image(value: Any) -> dict[str, Any] | str | None:
    """An image's address or object."""
    if isinstance(value, list):
        value = next(iter(value), None)
    if not isinstance(value, dict):
        return value if isinstance(value, str) and value else None
    address = _text(value.get("url")) or _text(value.get("contentUrl"))
    size = {"width": value.get("width"), "height": value.get("height")}
    return {"url": address, "alt": _text(value.get("caption")), **size} if address else None


def _file(address: str) -> str:
    """The name of the file that an address leads to."""
    return address.partition("?")[0].rpartition("/")[2]


def _person(value: object) -> object:
    """An author whose picture and page, where there are several, are the first."""
    if not isinstance(value, dict):
        return value
    first = {"image": _image(value.get("image")), "url": _text(value.get("url"))}
    return value | {key: inner for key, inner in first.items() if key in value}


def _is_link(value: object) -> bool:
    """Whether a name is an address."""
    return isinstance(value, str) and (is_absolute(value) or value.startswith(("//", "@")))
