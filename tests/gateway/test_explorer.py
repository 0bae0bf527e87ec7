"""What does a person see at `/`?"""

from pathlib import Path

import pytest
from starlette.applications import Starlette

from gateway.explorer import Explorer
from gateway.limits import Limits
from gateway.operations import Operations
from gateway.readers import Readers
from index.library import Library
from index.search.opening import open_engine
from index.store.open import open_store
from schema.build import build
from schema.context import SiteSettings
from tests.service import Service, asked


def test_lists_lead_from_page_to_page(service: Service) -> None:
    """By the cursor of the last one."""
    first = service.http.get("/").text
    assert first.count('<article class="hit"') == 12
    following = first.partition('rel="next" href="')[2].partition('"')[0].replace("&amp;", "&")
    second = service.http.get(following).text
    assert second.count('<article class="hit"') == 12


def test_topics_authors_and_months_have_their_pages(service: Service) -> None:
    """What is no number is left out."""
    category = service.ask("{ categories(orderBy: COUNT, first: 1) { nodes { slug articleCount } } }")["categories"]["nodes"][0]
    page = service.http.get("/", params={"category": category["slug"]}).text
    assert f"{category['articleCount']} articles" in page
    year = service.ask("{ archives { year count months { month count } } }")["archives"][0]
    month = year["months"][0]
    page = service.http.get("/", params={"year": year["year"], "month": month["month"]}).text
    assert f'<p class="meta">{month["count"]} article' in page
    assert service.http.get("/", params={"year": "soon"}).status_code == 200
    assert "Nothing is filed here" in service.http.get("/", params={"author": "nobody"}).text


def test_what_a_visitor_types_is_escaped(service: Service) -> None:
    """On every page that shows it."""
    for path in ("/?q=<script>alert(1)</script>", "/?author=<script>alert(1)</script>", "/articles/<script>"):
        assert "<script>alert" not in service.http.get(path).text


def test_an_article_that_does_not_exist_is_404(service: Service) -> None:
    """With a way on; a page that cannot be answered says why."""
    answer = service.http.get("/articles/nothing")
    assert answer.status_code == 404
    assert "There is no such article" in answer.text
    broken = service.http.get("/", params={"after": "x"})
    assert broken.status_code in (400, 503)
    assert "is not a cursor" in broken.text


def test_pages_load_nothing_from_elsewhere(service: Service) -> None:
    """Their policy says so."""
    for path in ("/", "/graphiql"):
        policy = service.http.get(path).headers["content-security-policy"]
        assert policy.startswith("default-src 'none'")
        assert "script-src 'self'" in policy
    assert service.http.get("/assets/explorer.css").status_code == 200
    assert service.http.get("/graphiql/files/main.js").status_code == 200
    assert service.http.get("/graphiql/files/../../app.py").status_code == 404


def test_lists_are_headed_by_names(service: Service) -> None:
    """With what is known of them; a slug that names nothing stands for itself."""
    author = service.ask("{ authors(orderBy: COUNT, first: 1) { nodes { slug name bio } } }")["authors"]["nodes"][0]
    page = service.http.get("/", params={"author": author["slug"], "year": 2019, "month": 6}).text
    assert f"<h1>{author['name']} · June 2019</h1>" in page
    assert f'<p class="standfirst">{author["bio"]}</p>' in page
    category = next(
        one for one in service.ask("{ categories(first: 50) { nodes { slug parent { name } } } }")["categories"]["nodes"] if one["parent"]
    )
    assert f">{category['parent']['name']}</a>" in service.http.get("/", params={"category": category["slug"]}).text
    assert "<h1>nobody</h1>" in service.http.get("/", params={"tag": "nobody"}).text


def test_a_search_is_narrowed_by_its_facets(service: Service) -> None:
    """Its other topics stay to be chosen, and the search box keeps what was."""
    wide = service.ask('{ search(query: "ferry") { totalCount facets { categories { count category { slug name } } } } }')["search"]
    facet = next(one for one in wide["facets"]["categories"] if one["count"] < wide["totalCount"])
    slug = facet["category"]["slug"]
    assert f'href="/?q=ferry&amp;category={slug}"' in service.http.get("/?q=ferry").text
    page = service.http.get("/", params={"q": "ferry", "category": slug}).text
    assert f"{facet['count']} hit" in page
    assert f'href="/?q=ferry" aria-current="true">{facet["category"]["name"]}' in page
    assert f'<input type="hidden" name="category" value="{slug}">' in page
    assert page.count("/?q=ferry&amp;category=") >= len(wide["facets"]["categories"]) - 1


def test_a_match_in_a_title_is_marked_there(service: Service) -> None:
    """And not told again among the passages."""
    page = service.http.get("/", params={"q": "title:mackerel"}).text
    assert "<mark>mackerel</mark> and leek pie" in page
    assert page.count("and leek pie") == 1


@pytest.mark.parametrize(("typed", "said"), [("misspelt query harbuor", "Did you mean"), ("zzzzqqq", "Nothing answers this")])
def test_a_search_that_finds_little_says_how_to_go_on(service: Service, typed: str, said: str) -> None:
    """By a correction where one is known."""
    assert said in service.http.get("/", params={"q": typed}).text


@pytest.mark.parametrize("given", [{"month": "13"}, {"after": "x"}, {"q": "boat", "after": "x"}])
def test_what_cannot_be_asked_is_the_callers_mistake(service: Service, given: dict[str, str]) -> None:
    """400, and a sentence."""
    answer = service.http.get("/", params=given)
    assert answer.status_code == 400
    assert '<p class="note">' in answer.text


def test_an_article_shows_its_date_people_topics_and_neighbours(service: Service) -> None:
    """And its sections as a table of contents."""
    found = service.ask(
        """{ articles(first: 1, offset: 3) { nodes { slug title publishedOn html authors { slug } categories { slug } tags { slug }
        next { slug } previous { slug } allSections { anchor } } } }"""
    )["articles"]["nodes"][0]
    page = service.http.get(f"/articles/{found['slug']}").text
    assert f'<time datetime="{found["publishedOn"]}">' in page
    assert found["html"] in page
    assert found["authors"]
    for kind, many in (("author", "authors"), ("category", "categories"), ("tag", "tags")):
        for one in found[many]:
            assert f'href="/?{kind}={one["slug"]}"' in page
    assert f'rel="next" href="/articles/{found["next"]["slug"]}"' in page
    assert f'rel="prev" href="/articles/{found["previous"]["slug"]}"' in page
    assert f'href="/articles/{found["slug"]}#{found["allSections"][0]["anchor"]}"' in page


def test_an_article_is_shown_while_the_index_is_away(service: Service, tmp_path: Path) -> None:
    """What the index would answer is left out; lists say that it is away."""
    slug = service.ask("{ articles(first: 1) { nodes { slug } } }")["articles"]["nodes"][0]["slug"]
    library = Library(
        open_store("sqlite:///broadsheet.db", service.home, read_limit=10), open_engine("whoosh:///index", tmp_path, seconds=10)
    )
    readers = Readers(library, SiteSettings(title="Harbour Post", version="1"), 10)
    app = Starlette(routes=Explorer(Operations(build(), Limits()), readers).routes())
    answer = asked(app, f"/articles/{slug}")
    assert answer.status_code == 200
    assert '<div class="body">' in answer.text
    assert "Related" not in answer.text
    for address in ("/", "/?q=boat"):
        away = asked(app, address)
        assert away.status_code == 503
        assert "That did not work" in away.text
    library.close()
