"""How do the pages for people look, as HTML?

Its law: every text is escaped here; an article's `html` and a passage's come safe from the API.
"""

from __future__ import annotations

import calendar
from html import escape
from typing import Any
from urllib.parse import urlencode

Data = dict[str, Any]


def listing(data: Data, given: dict[str, str]) -> str:
    """The newest articles, of one author, topic or month where that is asked for."""
    found = data["articles"]
    items = "".join(_item(node, f"<p>{escape(node['excerpt'])}</p>") for node in found["nodes"])
    heading = _heading(given)
    title = f"<h1>{escape(heading)}</h1>" if heading else ""
    body = f"{title}{_count(found['totalCount'], 'article') if heading else ''}{items or '<p class=note>Nothing is filed here.</p>'}"
    return _page(data, heading, _columns(body + _more(found["pageInfo"], given), _aside(data)))


def search(data: Data, query: str) -> str:
    """Hits with the places that prove them."""
    found = data["search"]
    suggestion = found["suggestion"]
    hint = f'<p class="note">Did you mean <a href="/?{urlencode({"q": suggestion})}">{escape(suggestion)}</a>?</p>' if suggestion else ""
    items = "".join(_item(edge["node"], _passages(edge)) for edge in found["edges"])
    nothing = "" if items else '<p class="note">Nothing answers this. Fewer or other words may.</p>'
    read = f'<p class="meta">Read as: {escape(found["interpretation"])}</p>' if found["interpretation"] not in ("", query) else ""
    body = (
        f"<h1>{escape(query)}</h1>{_count(found['totalCount'], 'hit')}{read}{hint}{nothing}{items}{_more(found['pageInfo'], {'q': query})}"
    )
    return _page(data, query, _columns(body, _facets(found["facets"]) + _aside(data)), query)


def article(data: Data) -> str:
    """One article, with what stands beside it."""
    found = data["article"]
    about = "".join(f'<p class="meta">{escape(a["name"])}: {escape(a["bio"])}</p>' for a in found["authors"] if a.get("bio"))
    standfirst = f'<p class="standfirst">{escape(found["summary"])}</p>' if found["summary"] else ""
    beside = "".join(
        f'<a href="/articles/{escape(one["slug"])}">{arrow}</a>' if (one := found[side]) else "<span></span>"
        for side, arrow in (
            ("previous", f"← {escape(found['previous']['title'])}" if found["previous"] else ""),
            ("next", f"{escape(found['next']['title'])} →" if found["next"] else ""),
        )
    )
    source = found["source"]
    repairs = f", {source['repairCount']} repairs" if source["repairCount"] else ""
    where = f'<p class="meta">Read from {escape(source["location"])} ({escape(source["format"])}{repairs})</p>'
    body = (
        f"<article><h1>{escape(found['title'])}</h1>{_meta(found)}{standfirst}"
        f'<div class="body">{found["html"]}</div></article>{about}{where}<nav class="beside">{beside}</nav>'
    )
    return _page(data, found["title"], _columns(body, _contents(found) + _related(found)))


def missing(data: Data) -> str:
    """No such article."""
    return _page(data, "Not found", '<h1>There is no such article</h1><p><a href="/">The newest articles</a></p>')


def trouble(error: Data) -> str:
    """An error, as a sentence."""
    frame = {"site": {"title": "Broadsheet", "description": None, "articleCount": 0}}
    return _page(frame, "Trouble", f'<h1>That did not work</h1><p class="note">{escape(error["message"])}</p>')


def _page(data: Data, title: str, body: str, query: str = "") -> str:
    site = data["site"]
    name = f"{escape(title)} · {escape(site['title'])}" if title else escape(site["title"])
    description = f"<p>{escape(site['description'])}</p>" if site["description"] else ""
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{name}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/assets/explorer.css">
</head>
<body>
<div class="page">
<header class="masthead">
<p class="name"><a href="/">{escape(site["title"])}</a></p>
{description}{_figures(data)}
<form class="search" action="/" role="search"><input name="q" value="{escape(query)}" type="search" list="completions" maxlength="2000"
 placeholder="Search by topic" aria-label="Search the archive" autocomplete="off"><button>Search</button></form>
<datalist id="completions"></datalist>
</header>
<main>{body}</main>
<footer><a href="/graphiql">GraphiQL</a><a href="/schema.graphql">Schema</a><span>API at <code>/graphql</code></span>
<a href="/readyz">Status</a></footer>
</div>
<script type="module" src="/assets/explorer.js"></script>
</body>
</html>
"""


def _figures(data: Data) -> str:
    site = data["site"]
    if "archives" not in data:
        return ""
    years = [str(when)[:4] for when in (site["firstPublishedAt"], site["lastPublishedAt"]) if when]
    span = "–".join(dict.fromkeys(years))
    figures = [
        (site["articleCount"], "articles"),
        (data["people"]["totalCount"], "authors"),
        (data["topics"]["totalCount"], "categories"),
        (len(data["archives"]), f"years, {span}" if span else "years"),
    ]
    return f'<ul class="figures">{"".join(f"<li><b>{count:,}</b> {escape(what)}</li>" for count, what in figures)}</ul>'


def _columns(main: str, aside: str) -> str:
    return f'<div class="columns"><div>{main}</div><aside>{aside}</aside></div>'


def _item(node: Data, below: str) -> str:
    address = f"/articles/{escape(node['slug'])}"
    return f'<article class="hit"><h2><a href="{address}">{escape(node["title"])}</a></h2>{_meta(node)}{below}</article>'


def _meta(node: Data) -> str:
    parts = [
        escape(str(node["publishedOn"])) if node["publishedOn"] else "",
        ", ".join(_link("author", one) for one in node["authors"]),
        ", ".join(_link("category", one) for one in node["categories"]),
        f"{node['readingTime']} min",
    ]
    return f'<p class="meta">{" · ".join(part for part in parts if part)}</p>'


def _link(kind: str, topic: Data) -> str:
    return f'<a href="/?{escape(urlencode({kind: topic["slug"]}))}">{escape(topic["name"])}</a>'


def _passages(edge: Data) -> str:
    return f'<ul class="passages">{"".join(_passage(edge["node"]["slug"], one) for one in edge["passages"])}</ul>'


def _passage(slug: str, passage: Data) -> str:
    section = passage["section"]
    where = ""
    if section:
        row = f", row {passage['row']['index'] + 1}" if passage["row"] else ""
        address = f"/articles/{escape(slug)}#{escape(section['anchor'])}"
        where = f'<a class="where" href="{address}">{escape(" › ".join(section["path"]))}{row}</a><br>'
    return f"<li>{where}{passage['html']}</li>"


def _count(count: int, what: str) -> str:
    return f'<p class="meta">{count:,} {what}{"" if count == 1 else "s"}</p>'


def _more(info: Data, given: dict[str, str]) -> str:
    if not info["hasNextPage"]:
        return ""
    address = urlencode({**given, "after": info["endCursor"]})
    return f'<nav class="pages"><span></span><a rel="next" href="/?{escape(address)}">More →</a></nav>'


def _heading(given: dict[str, str]) -> str:
    named = [given[name] for name in ("author", "category", "tag") if given.get(name)]
    month = int(given["month"]) if given.get("month", "").isdecimal() and 1 <= int(given["month"][:3]) <= 12 else 0
    dated = " ".join(part for part in (calendar.month_name[month], given.get("year", "")) if part)
    return " · ".join(part for part in (*named, dated) if part)


def _aside(data: Data) -> str:
    topics = "".join(f'<li>{_link("category", one)}<span class="n">{one["articleCount"]:,}</span></li>' for one in data["topics"]["nodes"])
    years = "".join(_year(one) for one in data["archives"])
    return _section("Topics", f"<ul>{topics}</ul>" if topics else "") + _section("Archive", f"<ul>{years}</ul>" if years else "")


def _year(year: Data) -> str:
    months = "".join(
        f'<a href="/?year={year["year"]}&amp;month={one["month"]}" title="{one["count"]:,}">{calendar.month_abbr[one["month"]]}</a>'
        for one in year["months"]
    )
    link = f'<a href="/?year={year["year"]}">{year["year"]}</a>'
    return f'<li>{link}<span class="n">{year["count"]:,}</span></li><li class="months">{months}</li>'


def _facets(facets: Data) -> str:
    topics = "".join(
        f'<li>{_link("category", one["category"])}<span class="n">{one["count"]:,}</span></li>' for one in facets["categories"]
    )
    people = "".join(f'<li>{_link("author", one["author"])}<span class="n">{one["count"]:,}</span></li>' for one in facets["authors"])
    return _section("Hits by topic", f"<ul>{topics}</ul>" if topics else "") + _section(
        "Hits by author", f"<ul>{people}</ul>" if people else ""
    )


def _contents(found: Data) -> str:
    items = "".join(
        f'<li><a href="#{escape(one["anchor"])}">{escape(one["heading"])}</a></li>' for one in found["allSections"] if one["depth"] < 2
    )
    return _section("Contents", f"<ul>{items}</ul>" if items else "")


def _related(found: Data) -> str:
    items = "".join(
        f'<li><a href="/articles/{escape(one["slug"])}">{escape(one["title"])}</a><span class="n">{_year_of(one)}</span></li>'
        for one in found["related"] or ()
    )
    return _section("Related", f"<ul>{items}</ul>" if items else "")


def _year_of(node: Data) -> str:
    return escape(str(node["publishedOn"] or "")[:4])


def _section(title: str, body: str) -> str:
    return f"<section><h2>{title}</h2>{body}</section>" if body else ""
