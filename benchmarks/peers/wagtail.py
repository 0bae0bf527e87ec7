"""How is Wagtail with Grapple filled and asked?

Pages of articles below a page for each month, authors and categories as snippets, and a StreamField with a block for each kind. Models and
settings are files of the project, as its users keep them, after Wagtail's own project template; Wagtail makes the tables and, once the rows
are written directly, its search index of titles, summaries and blocks. One worker of gunicorn serves it as that template does, and closes
each connection after its answer. In its favour: connections to the database are kept open, SQLite's statistics are gathered (`ANALYZE`: a
search took forty times as long without), running text is given as it was stored, without the rewriting of links that rich text has, and
the number of rows a query may ask for is lifted. What it cannot be asked: articles between two dates, for which the children of the month's
page are asked for; counts, which are those that the tree of pages keeps, counted beforehand; facets and passages, so that a search has only
the number of articles, newest first as Grapple does by itself, for the order of relevance took it 4.4 seconds.
"""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import uuid
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from benchmarks.cases import Case, Picks
from benchmarks.peers.material import KINDS, Flat
from benchmarks.peers.peer import Command

SETTINGS = """DEBUG, SECRET_KEY, ALLOWED_HOSTS, USE_TZ, TIME_ZONE = False, 'benchmark', ['127.0.0.1'], True, 'UTC'
INSTALLED_APPS = ['project', 'grapple', 'graphene_django', *(f'wagtail.{name}' for name in (
  'contrib.forms', 'contrib.redirects', 'embeds', 'sites', 'users', 'snippets', 'documents', 'images', 'search', 'admin')),
  'wagtail', 'modelcluster', 'taggit', 'django_filters', *(f'django.contrib.{name}' for name in (
  'admin', 'auth', 'contenttypes', 'sessions', 'messages', 'staticfiles'))]
MIDDLEWARE = ['django.middleware.security.SecurityMiddleware', 'django.contrib.sessions.middleware.SessionMiddleware',
  'django.middleware.common.CommonMiddleware', 'django.middleware.csrf.CsrfViewMiddleware',
  'django.contrib.auth.middleware.AuthenticationMiddleware', 'django.contrib.messages.middleware.MessageMiddleware',
  'django.middleware.clickjacking.XFrameOptionsMiddleware', 'wagtail.contrib.redirects.middleware.RedirectMiddleware']
TEMPLATES = [{'BACKEND': 'django.template.backends.django.DjangoTemplates', 'APP_DIRS': True, 'OPTIONS': {'context_processors': [
  f'django.{name}' for name in ('template.context_processors.request', 'contrib.auth.context_processors.auth',
  'contrib.messages.context_processors.messages')]}}]
DATABASES = {'default': {'ENGINE': 'django.db.backends.sqlite3', 'NAME': 'data.db', 'CONN_MAX_AGE': None}}
DEFAULT_AUTO_FIELD = 'django.db.models.BigAutoField'
ROOT_URLCONF, STATIC_URL, WAGTAIL_SITE_NAME, WAGTAILADMIN_BASE_URL = 'project.urls', '/static/', 'Benchmark', 'http://127.0.0.1'
WAGTAILSEARCH_BACKENDS = {'default': {'BACKEND': 'wagtail.search.backends.database'}}
GRAPHENE = {'SCHEMA': 'grapple.schema.schema'}
GRAPPLE = {'APPS': ['project'], 'MAX_PAGE_SIZE': 1000}
"""
URLS = """from django.urls import include, path
from grapple import urls as grapple
from wagtail import urls as wagtail
from wagtail.admin import urls as admin
urlpatterns = [path('admin/', include(admin)), path('', include(grapple)), path('', include(wagtail))]
"""
WSGI = "from django.core.wsgi import get_wsgi_application\napplication = get_wsgi_application()\n"
MODELS = """from django.db import models
from grapple.helpers import register_paginated_query_field, register_query_field, register_streamfield_block
from grapple.models import (
    GraphQLBoolean, GraphQLCollection, GraphQLForeignKey, GraphQLInt, GraphQLStreamfield, GraphQLString)
from modelcluster.fields import ParentalManyToManyField
from wagtail import blocks
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.rich_text import get_text_for_indexing
from wagtail.search import index
from wagtail.snippets.models import register_snippet

class Topic(models.Model):
    slug, name = models.SlugField(max_length=255), models.CharField(max_length=255)
    graphql_fields = [GraphQLString('slug'), GraphQLString('name')]
    class Meta:
        abstract = True

@register_snippet
class Author(Topic): pass

@register_snippet
class Category(Topic): pass

@register_query_field('month', 'months')
class MonthPage(Page):
    graphql_fields = [GraphQLInt('numchild')]

class HTMLBlock(blocks.RawHTMLBlock):
    def get_searchable_content(self, value):
        return [get_text_for_indexing(value)]
"""
ARTICLE = """
@register_query_field('article', 'articles')
@register_paginated_query_field('articleOfPage', 'articlesByPage')
class ArticlePage(Page):
    summary = models.TextField(blank=True)
    authors, categories = ParentalManyToManyField(Author), ParentalManyToManyField(Category)
    body = StreamField([(block.__name__.lower(), block()) for block in BLOCKS])
    search_fields = [*Page.search_fields, index.SearchField('summary'), index.SearchField('body')]
    graphql_fields = [GraphQLString('summary'), GraphQLStreamfield('body'),
        GraphQLCollection(GraphQLForeignKey, 'authors', Author), GraphQLCollection(GraphQLForeignKey, 'categories', Category)]
"""
TYPES = {"level": ("blocks.Integer", "Int"), "ordered": ("blocks.Boolean", "Boolean"), "html": ("HTML", "String")}
DJANGO = ("venv/bin/python", "-m", "django")
ENVIRONMENT = {"DJANGO_SETTINGS_MODULE": "project.settings", "PYTHONPATH": "."}
BLOCK = "\n".join(f"... on {kind.title()} {{ {' '.join(fields)} }}" for kind, fields in KINDS.items())
NAMED = "authors { name slug } categories { name slug }"
NEWEST = 'limit: 20, order: "-first_published_at"'
ARCHIVES = 'months(limit: 1000, order: "-slug") { slug numchild }'
HOME, HOME_PATH = 2, "00010001"  # Wagtail's own first page
DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class Wagtail:
    """Wagtail over SQLite, with Grapple."""

    name = "Wagtail"

    def command(self, port: int) -> Command:
        """How it is started in its folder."""
        options = ("--workers", "1", "--no-control-socket", "--bind", f"127.0.0.1:{port}")
        arguments = ("venv/bin/python", "-m", "gunicorn", *options, "project.wsgi:application")
        return Command(arguments, ENVIRONMENT, "/graphql/", "/graphql/")

    def load(self, folder: Path, articles: Iterable[Flat]) -> None:
        """Write the project, let Wagtail make the tables, write the rows, let it index them, gather statistics."""
        (folder / "project").mkdir(exist_ok=True)
        project = {"__init__": "", "settings": SETTINGS, "urls": URLS, "wsgi": WSGI, "models": _models()}
        for name, text in project.items():
            (folder / "project" / f"{name}.py").write_text(text, encoding="utf-8")
        _manage(folder, "makemigrations", "project")
        _manage(folder, "migrate")
        with sqlite3.connect(folder / "data.db") as database:
            _write(database, articles)
        _manage(folder, "update_index")
        with sqlite3.connect(folder / "data.db") as database:
            database.execute("ANALYZE")

    def cases(self, picks: Picks) -> dict[str, Case]:
        """The requests; a search has how many there are, and no facets."""
        article = f"""query ($slug: String!) {{ article(slug: $slug) {{ id slug title summary firstPublishedAt {NAMED}
          body {{ id __typename {BLOCK} }} }} }}"""
        search = """query ($query: String!) { articlesByPage(searchQuery: $query, perPage: 10) {
          items { slug title firstPublishedAt } pagination { total } } }"""
        year, month = picks.months[0]
        page = f"""query ($month: String!) {{ month(slug: $month) {{ numchild children({NEWEST}) {{
          slug title firstPublishedAt ... on ArticlePage {{ authors {{ name }} }} }} }} {ARCHIVES} }}"""
        return {
            "newest": (f"{{ articles({NEWEST}) {{ id slug title summary firstPublishedAt {NAMED} }} }}", {}),
            "article": (article, {"slug": picks.slug}),
            "search": (search, {"query": picks.word}),
            "archives": (f"{{ {ARCHIVES} }}", {}),
            "month": (page, {"month": f"{year}-{month:02}"}),
        }


def _models() -> str:
    """The models, with a class for each kind of block."""
    made = [MODELS]
    for kind, fields in KINDS.items():
        types = {name: TYPES.get(name, ("blocks.Text", "String")) for name in fields}
        columns = "\n".join(f"    {name} = {block}Block(required=False)" for name, (block, _) in types.items())
        shown = ", ".join(f"GraphQL{scalar}('{name}')" for name, (_, scalar) in types.items())
        made.append(f"@register_streamfield_block\nclass {kind.title()}(blocks.StructBlock):\n{columns}\n    graphql_fields = [{shown}]\n")
    return "\n".join([*made, f"BLOCKS = {', '.join(kind.title() for kind in KINDS)}", ARTICLE])


def _manage(folder: Path, *arguments: str) -> None:
    """Run a command of the project."""
    subprocess.run([*DJANGO, *arguments], cwd=folder, env={**os.environ, **ENVIRONMENT}, check=True, capture_output=True)


def _write(database: sqlite3.Connection, articles: Iterable[Flat]) -> None:
    """Write the rows; a page's path is its parent's and four digits of its own, as treebeard has it."""
    kinds = dict(database.execute("SELECT model, id FROM django_content_type WHERE app_label = 'project'"))
    numbers: dict[tuple[str, str], int] = {}
    months: dict[str, tuple[int, str, int]] = {}  # number, path, articles
    number = HOME
    for article in articles:
        when = f"{article['published_at']:%Y-%m-%d %H:%M:%S}"
        month = when[:7]
        if month not in months:
            number += 1
            months[month] = number, HOME_PATH + _step(len(months) + 1), 0
        parent, path, children = months[month]
        months[month] = parent, path, children + 1
        number += 1
        head = {"title": article["title"], "slug": article["slug"], "first_published_at": when, "last_published_at": when}
        places = {"path": path + _step(children + 1), "depth": 4, "numchild": 0, "url_path": f"/home/{month}/{article['slug']}/"}
        _page(database, number, kinds["articlepage"], {**head, **places})
        body = json.dumps([_block(kind, fields) for kind, fields in article["blocks"]])
        _insert(database, "project_articlepage", {"page_ptr_id": number, "summary": article["summary"], "body": body})
        for topic, plural in (("author", "authors"), ("category", "categories")):
            for slug, name in article[plural].items():
                if (topic, slug) not in numbers:
                    numbers[topic, slug] = len(numbers) + 1
                    _insert(database, f"project_{topic}", {"id": numbers[topic, slug], "slug": slug, "name": name})
                row = {"articlepage_id": number, f"{topic}_id": numbers[topic, slug]}
                _insert(database, f"project_articlepage_{plural}", row)
    for month, (parent, path, children) in months.items():
        head = {"title": month, "slug": month, "first_published_at": f"{month}-01", "last_published_at": f"{month}-01"}
        _page(database, parent, kinds["monthpage"], {**head, "path": path, "depth": 3, "numchild": children, "url_path": f"/home/{month}/"})
        _insert(database, "project_monthpage", {"page_ptr_id": parent})
    database.execute("UPDATE wagtailcore_page SET numchild = ? WHERE id = ?", (len(months), HOME))


def _step(number: int) -> str:
    """A number as the part of a path: four digits of base 36."""
    return "".join(DIGITS[number // 36**place % 36] for place in (3, 2, 1, 0))


def _block(kind: str, fields: dict[str, Any]) -> dict[str, Any]:
    """A block as a StreamField keeps it."""
    values = {name: json.dumps(value) if name == "data" else value for name, value in fields.items()}
    return {"type": kind, "value": values, "id": str(uuid.uuid4())}


def _page(database: sqlite3.Connection, number: int, kind: int, values: dict[str, Any]) -> None:
    """Write the row that pages of all kinds have; it is live."""
    flags = {"live": 1, "has_unpublished_changes": 0, "show_in_menus": 0, "locked": 0, "expired": 0}
    kept = {"draft_title": values["title"], "seo_title": "", "search_description": "", "locale_id": 1, "translation_key": uuid.uuid4().hex}
    _insert(database, "wagtailcore_page", {"id": number, "content_type_id": kind, **flags, **kept, **values})


def _insert(database: sqlite3.Connection, table: str, values: dict[str, Any]) -> None:
    """Write a row; names are those of the model above."""
    names, marks = ", ".join(f'"{name}"' for name in values), ", ".join("?" * len(values))
    database.execute(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', list(values.values()))
