"""How do the pages for people look, as HTML?

Its law: every text is escaped (here and in `furniture`); an article's `html` and a passage's come safe from the API.
"""

from __future__ import annotations

from html import escape

from gateway.furniture import (
    MONTHS,
    Data,
    address,
    beside,
    columns,
    counted,
    item,
    language,
    link,
    meta,
    number,
    page,
    section,
    story,
)

KINDS = ("author", "category", "tag")
NOT_A_SECTION = {"SUMMARY": "Summary", "AUTHOR": "Author", "CATEGORY": "Category", "TAG": "Tag"}
NOWHERE = {"site": {"title": "Broadsheet", "description": None, "articleCount": 0}, "topics": {"nodes": []}}


def listing(data: Data, given: dict[str, str]) -> str:
    """The newest articles, of one author, topic or month where that is asked for."""
    found = data["articles"]
    items = "".join(item(node, f"<p>{escape(node['excerpt'])}</p>") for node in found["nodes"])
    heading = _heading(data, given)
    top = f'<h1>{escape(heading)}</h1>{_about(data)}<p class="meta">{counted(found["totalCount"], "article")}</p>' if heading else ""
    front = not heading and not given.get("after")
    body = f'{top}<div class="{"front" if front else "list"}">{items or _nothing("Nothing is filed here.")}</div>'
    return page(data, heading, columns(body + _more(found["pageInfo"], given), beside(data)))


def _heading(data: Data, given: dict[str, str]) -> str:
    named = [(data.get(kind) or {"name": given[kind]})["name"] for kind in KINDS if given.get(kind)]
    month = int(given["month"]) if given.get("month") else 0
    dated = " ".join(part for part in (MONTHS[month] if 1 <= month <= 12 else "", given.get("year", "")) if part)
    return " · ".join(part for part in (*named, dated) if part)


def _about(data: Data) -> str:
    """What is known of the author or category that a list is of, and the categories above and below."""
    told = [one[key] for kind, key in (("author", "bio"), ("category", "description")) if (one := data.get(kind)) and one[key]]
    category = data.get("category") or {"parent": None, "children": []}
    near = [f"in {link('category', category['parent'])}"] if category["parent"] else []
    near += [link("category", one) for one in category["children"]]
    text = "".join(f'<p class="standfirst">{escape(one)}</p>' for one in told)
    return text + (f'<p class="meta">{" · ".join(near)}</p>' if near else "")


def search(data: Data, given: dict[str, str]) -> str:
    """Hits with the places that prove them; its facets narrow it."""
    found, query = data["search"], given["q"]
    kept = {name: value for name, value in given.items() if name not in ("q", "after") and value}
    suggestion = found["suggestion"]
    hint = f'<p class="note">Did you mean <a href="{address(q=suggestion, **kept)}">{escape(suggestion)}</a>?</p>' if suggestion else ""
    read = f'<p class="meta">Read as: {escape(found["interpretation"])}</p>' if found["interpretation"] not in ("", query) else ""
    items = "".join(_hit(edge) for edge in found["edges"]) or _nothing("Nothing answers this. Fewer or other words may.")
    count = f'<p class="meta">{counted(found["totalCount"], "hit")}{_narrowed(data, given)}</p>'
    body = f'<h1>{escape(query)}</h1>{count}{read}{hint}<div class="list">{items}</div>{_more(found["pageInfo"], given)}'
    hidden = "".join(f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">' for name, value in kept.items())
    return page(data, query, columns(body, _facets(found["facets"], given)), query=query, hidden=hidden)


def _narrowed(data: Data, given: dict[str, str]) -> str:
    """What a search is narrowed to, each with a way out of it."""
    if not (heading := _heading(data, given)):
        return ""
    return f' in {escape(heading)} · <a href="{address(q=given["q"])}">everywhere</a>'


def _hit(edge: Data) -> str:
    """A match in the title is marked there, not told again below."""
    node = edge["node"]
    titles = [one["html"] for one in edge["passages"] if one["field"] == "TITLE" and one["text"] == node["title"]]
    others = [one for one in edge["passages"] if one["field"] != "TITLE"]
    below = f'<ul class="passages">{"".join(_passage(node["slug"], one) for one in others)}</ul>' if others else ""
    return item(node, below, *titles[:1])


def _passage(slug: str, passage: Data) -> str:
    place = passage["section"]
    named = " › ".join(place["path"]) if place else NOT_A_SECTION.get(passage["field"], "")
    row = f"row {passage['row']['index'] + 1}" if passage["row"] else ""
    where = escape(", ".join(part for part in (named, row) if part))
    if where and passage["field"] in NOT_A_SECTION:
        where = f'<span class="where">{where}</span> '
    elif where:
        where = f'<a class="where" href="{story(slug, place["anchor"] if place else "")}">{where}</a> '
    return f"<li>{where}{passage['html']}</li>"


def _facets(facets: Data | None, given: dict[str, str]) -> str:
    """How many hits each topic, author and year has; choosing one narrows the search to it."""
    if facets is None:
        return ""

    def choice(kind: str, value: str, name: str, count: int) -> str:
        chosen = given.get(kind) == value
        target = {**given, "after": "", kind: "" if chosen else value, **({"month": ""} if kind == "year" else {})}
        current = ' aria-current="true"' if chosen else ""
        return f'<li><a href="{address(**target)}"{current}>{escape(name)}</a>{number(count)}</li>'

    topics, people = (
        [choice(kind, one[kind]["slug"], one[kind]["name"], one["count"]) for one in facets[many]]
        for kind, many in (("category", "categories"), ("author", "authors"))
    )
    years = [choice("year", str(one["year"]), str(one["year"]), one["count"]) for one in facets["years"]]
    return section("Hits by topic", topics) + section("Hits by author", people) + section("Hits by year", years)


def article(data: Data) -> str:
    """One article, with what stands beside it."""
    found = data["article"]
    above = found["subtitle"] or found["summary"] or ""
    lead = found["lead"][0]["text"] if found["lead"] else ""
    standfirst = (
        f'<p class="standfirst">{escape(above)}</p>' if above and not lead.startswith(above) else ""
    )  # many repeat their first words
    tags = f'<p class="meta">Tags: {", ".join(link("tag", one) for one in found["tags"])}</p>' if found["tags"] else ""
    people = "".join(f'<p class="meta">{link("author", a)}: {escape(a["bio"])}</p>' for a in found["authors"] if a["bio"])
    body = (
        f"<article{language(found)}><h1>{escape(found['title'])}</h1>{meta(found)}{standfirst}"
        f'<div class="body">{found["html"]}</div></article>'
        f'<div class="after">{people}{tags}{_source(found["source"])}</div>{_neighbours(found)}'
    )
    return page(data, found["title"], columns(body, _contents(found) + _related(found)))


def _source(source: Data) -> str:
    repairs = f", {counted(source['repairCount'], 'repair')}" if source["repairCount"] else ""
    return f'<p class="meta">Read from {escape(source["location"])} ({escape(source["format"])}{repairs})</p>'


def _neighbours(found: Data) -> str:
    older, newer = found["previous"], found["next"]
    back = f'<a rel="prev" href="{story(older["slug"])}"><small>Older</small>{escape(older["title"])}</a>' if older else "<span></span>"
    forth = f'<a rel="next" href="{story(newer["slug"])}"><small>Newer</small>{escape(newer["title"])}</a>' if newer else ""
    return f'<nav class="beside" aria-label="Next to this article">{back}{forth}</nav>'


def _contents(found: Data) -> str:
    listed = (one for one in found["allSections"] if one["depth"] < 2)
    return section(
        "Contents",
        (
            f'<li class="depth-{one["depth"]}"><a href="{story(found["slug"], one["anchor"])}">{escape(one["heading"])}</a></li>'
            for one in listed
        ),
    )


def _related(found: Data) -> str:
    return section(
        "Related",
        (
            f'<li><a href="{story(one["slug"])}">{escape(one["title"])}</a><span class="n">{str(one["publishedOn"] or "")[:4]}</span></li>'
            for one in found["related"] or ()
        ),
    )


def missing(data: Data) -> str:
    """No such article."""
    return page(data, "Not found", '<h1>There is no such article</h1><p><a href="/">The newest articles</a></p>')


def trouble(error: Data) -> str:
    """An error, as a sentence."""
    return page(NOWHERE, "Trouble", f'<h1>That did not work</h1>{_nothing(error["message"])}<p><a href="/">The newest articles</a></p>')


def _nothing(sentence: str) -> str:
    return f'<p class="note">{escape(sentence)}</p>'


def _more(info: Data, given: dict[str, str]) -> str:
    if not info["hasNextPage"]:
        return ""
    return f'<nav class="pages" aria-label="Pages"><a rel="next" href="{address(**{**given, "after": info["endCursor"]})}">More →</a></nav>'
