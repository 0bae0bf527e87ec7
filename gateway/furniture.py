"""What stands around the pages for people: masthead, topics, archive, and the small print of an article.

Its law: every text is escaped here, every address quoted; what the index could not answer is left out.
"""

from __future__ import annotations

from html import escape
from typing import Any
from urllib.parse import quote, urlencode

Data = dict[str, Any]
MONTHS = (  # the pages are in English, whatever the locale of the process
    "", "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip  # a year on a line


def page(data: Data, title: str, body: str, *, query: str = "", hidden: str = "") -> str:
    """A whole page: `title` for the browser's tab, `hidden` the fields that a further search keeps."""
    site = data["site"]
    tab = f"{escape(title)} · {escape(site['title'])}" if title else escape(site["title"])
    description = f"<p>{escape(site['description'])}</p>" if site["description"] else ""
    name = f'<a href="/">{escape(site["title"])}</a>'
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{tab}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/assets/explorer.css">
</head>
<body>
<a class="skip" href="#main">To the articles</a>
<div class="page">
<header class="masthead">
{f'<p class="name">{name}</p>' if title else f'<h1 class="name">{name}</h1>'}
{description}{figures(data)}
<form class="search" action="/" role="search">{hidden}<input name="q" value="{escape(query)}" type="search" list="completions"
 maxlength="2000" placeholder="Search by topic" aria-label="Search the archive" autocomplete="off"><button>Search</button></form>
<datalist id="completions"></datalist>
</header>
<main id="main">{body}</main>
<footer><a href="/graphiql">GraphiQL</a><a href="/schema.graphql">Schema</a><span>API at <code>/graphql</code></span>
<a href="/readyz">Status</a></footer>
</div>
<script type="module" src="/assets/explorer.js"></script>
</body>
</html>
"""


def figures(data: Data) -> str:
    """How much the archive holds."""
    site = data["site"]
    if data.get("archives") is None:
        return ""
    years = [str(when)[:4] for when in (site["firstPublishedAt"], site["lastPublishedAt"]) if when]
    span = "–".join(dict.fromkeys(years))
    told = [
        counted(site["articleCount"], "article"),
        counted(data["people"]["totalCount"], "author"),
        counted(data["topics"]["totalCount"], "category", "categories"),
        counted(len(data["archives"]), "year") + (f", {span}" if span else ""),
    ]
    parts = (one.partition(" ") for one in told)
    return f'<ul class="figures">{"".join(f"<li><b>{count}</b> {what}</li>" for count, _, what in parts)}</ul>'


def counted(count: int, one: str, many: str = "") -> str:
    """A number with its noun."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def columns(main: str, aside: str) -> str:
    """What a page is about, and what stands beside it."""
    return f'<div class="columns"><div class="story">{main}</div><aside>{aside}</aside></div>'


def beside(data: Data) -> str:
    """The topics and the archive, for the column at the side."""
    topics = (f"<li>{link('category', one)}{number(one['articleCount'])}</li>" for one in data["topics"]["nodes"])
    return section("Topics", topics) + section("Archive", map(_year, data.get("archives") or ()))


def _year(year: Data) -> str:
    months = "".join(
        f'<a href="{address(year=year["year"], month=one["month"])}" aria-label="{MONTHS[one["month"]]} {year["year"]}, {one["count"]:,}">'
        f"{MONTHS[one['month']][:3]}</a>"
        for one in year["months"]
    )
    return f'<li><a href="{address(year=year["year"])}">{year["year"]}</a>{number(year["count"])}</li><li class="months">{months}</li>'


def section(title: str, items: Any) -> str:
    """A list with a title for the column at the side; nothing where it has no item."""
    listed = "".join(items)
    return f"<section><h2>{title}</h2><ul>{listed}</ul></section>" if listed else ""


def number(count: int) -> str:
    """A count beside a name."""
    return f'<span class="n">{count:,}</span>'


def item(node: Data, below: str, headline: str = "") -> str:
    """An article in a list; `headline` is its title as HTML where a match in it is marked."""
    title = f'<a href="{story(node["slug"])}">{headline or escape(node["title"])}</a>'
    return f'<article class="hit"{language(node)}><h2>{title}</h2>{meta(node)}{below}</article>'


def meta(node: Data) -> str:
    """When, by whom, on what, how long."""
    parts = [
        date(node["publishedOn"]),
        ", ".join(link("author", one) for one in node["authors"]),
        ", ".join(link("category", one) for one in node["categories"]),
        f"{node['readingTime']} min",
    ]
    return f'<p class="meta" lang="en">{" · ".join(part for part in parts if part)}</p>'


def date(day: Any) -> str:
    """An ISO date as people write it."""
    if not day:
        return ""
    year, month, number = str(day).split("-")
    return f'<time datetime="{escape(str(day))}">{int(number)} {MONTHS[int(month)]} {escape(year)}</time>'


def link(kind: str, topic: Data) -> str:
    """An author's, category's or tag's name, leading to its articles."""
    return f'<a href="{address(**{kind: topic["slug"]})}">{escape(topic["name"])}</a>'


def language(node: Data) -> str:
    """The attributes that say which language an article is in; its text's direction follows from its letters."""
    return ' dir="auto"' if node["language"] == "und" else f' lang="{escape(node["language"])}" dir="auto"'


def story(slug: str, anchor: str = "") -> str:
    """The address of an article or of a section in it."""
    return escape(f"/articles/{quote(slug, safe='')}{'#' + quote(anchor, safe='') if anchor else ''}")


def address(**given: Any) -> str:
    """The address of a list; what is empty is left out."""
    return escape("/?" + urlencode({name: value for name, value in given.items() if value}))
