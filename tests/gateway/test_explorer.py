"""What does a person see at `/`?"""

from tests.service import Service


def test_lists_lead_from_page_to_page(service: Service) -> None:
    """By the cursor of the last one."""
    first = service.http.get("/").text
    assert first.count('<article class="hit">') == 12
    following = first.partition('rel="next" href="')[2].partition('"')[0].replace("&amp;", "&")
    second = service.http.get(following).text
    assert second.count('<article class="hit">') == 12


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
