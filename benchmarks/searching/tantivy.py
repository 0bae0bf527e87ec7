"""How does tantivy answer?

One stemmed text field, and columns for filters, facets and orders; all that a list shows of a hit is its id.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import tantivy

from benchmarks.searching.kinds import Kind, Question

if TYPE_CHECKING:
    from index.incoming import Incoming

MEMORY = 256_000_000  # bytes that its writer may use
THREADS = 2
FACETS = {name: {"terms": {"field": name, "size": 10}} for name in ("category", "author", "year")}
MONTHS = {"month": {"terms": {"field": "month", "size": 1000}}}


def fields() -> Any:
    """What it keeps of an article."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw")
    builder.add_text_field("text", stored=True, tokenizer_name="en_stem")
    builder.add_text_field("words", tokenizer_name="default", index_option="basic")
    for name in ("category", "author"):
        builder.add_text_field(name, fast=True, tokenizer_name="raw")
    for name in ("year", "month"):
        builder.add_unsigned_field(name, indexed=True, fast=True)
    builder.add_date_field("date", fast=True)
    return builder.build()


class Tantivy:
    """An index in a folder."""

    name = "tantivy"
    writes = (".",)

    def __init__(self, folder: Path) -> None:
        self.schema = fields()
        self.index = tantivy.Index(self.schema, str(folder))
        self.analyzer = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple()).filter(tantivy.Filter.lowercase())
        self.stemmed = self.analyzer.filter(tantivy.Filter.stemmer("english")).build()

    def build(self, articles: Iterable[Incoming]) -> float:
        """Index these; says how many seconds of wall time that took (making the articles aside)."""
        from index.search.places import searched

        writer = self.index.writer(heap_size=MEMORY, num_threads=THREADS)
        took = 0.0
        for incoming in articles:
            article = incoming.article
            text = "\n".join(part.text for part in searched(article))
            started = time.perf_counter()
            document = tantivy.Document(id=article.id, text=text, words=text)
            for category in article.categories:
                document.add_text("category", category.slug)
            for author in article.authors:
                document.add_text("author", author.slug)
            if article.published_at is not None:
                document.add_date("date", article.published_at)
                document.add_unsigned("year", article.published_at.year)
                document.add_unsigned("month", article.published_at.year * 100 + article.published_at.month)
            writer.add_document(document)
            took += time.perf_counter() - started
        started = time.perf_counter()
        writer.commit()
        writer.wait_merging_threads()
        return took + time.perf_counter() - started

    def open(self) -> None:
        """Make ready for questions."""
        self.index.reload()
        self.searcher = self.index.searcher()

    def forget(self) -> None:
        """It keeps no answers."""

    def close(self) -> None:
        """End."""

    def ask(self, kind: Kind, asked: Question) -> int | None:
        """Answer, and say how many articles or values came; None where it does not answer such a question."""
        if kind is Kind.CORRECT:
            return None
        answer = getattr(self, f"_{kind.name.lower()}", None)
        return int(answer(asked)) if answer else self._hits(self._query(kind, asked["query"]))

    def _query(self, kind: Kind, text: str) -> Any:
        match kind:
            case Kind.PREFIX:
                return tantivy.Query.regex_query(self.schema, "words", f"{text}.*")
            case Kind.FUZZY:
                return tantivy.Query.fuzzy_term_query(self.schema, "words", text, 1)
        words = self.stemmed.analyze(text)
        if kind is Kind.PHRASE:
            return tantivy.Query.phrase_query(self.schema, "text", words)
        occurs = tantivy.Occur.Must if kind in (Kind.TWO_ALL, Kind.THREE_ALL) else tantivy.Occur.Should
        terms = [tantivy.Query.term_query(self.schema, "text", word, "freq") for word in words]
        return terms[0] if len(terms) == 1 else tantivy.Query.boolean_query([(occurs, term) for term in terms])

    def _hits(self, query: Any, order: str | None = None) -> int:
        found = self.searcher.search(query, 10, order_by_field=order)
        for _, address in found.hits:
            self.searcher.doc(address)["id"]
        return int(found.count)

    def _must(self, *queries: Any) -> Any:
        return tantivy.Query.boolean_query([(tantivy.Occur.Must, query) for query in queries])

    def _term(self, field: str, value: Any) -> Any:
        return tantivy.Query.term_query(self.schema, field, value, "basic")

    def _month(self, asked: Question) -> int:
        month = self._term("month", asked["year"] * 100 + asked["month"])
        return self._hits(self._must(self._query(Kind.MONTH, asked["query"]), month, self._term("category", asked["category"])), "date")

    def _list(self, asked: Question) -> int:
        return self._hits(self._term("category", asked["category"]), "date")

    def _facets(self, asked: Question) -> int:
        query = self._query(Kind.FACETS, asked["query"])
        self.searcher.aggregate(query, FACETS)
        return self._hits(query)

    def _archives(self, _: Question) -> int:
        return len(self.searcher.aggregate(tantivy.Query.all_query(), MONTHS)["month"]["buckets"])

    def _passages(self, asked: Question) -> int:
        query = self._query(Kind.PASSAGES, asked["query"])
        generator = tantivy.SnippetGenerator.create(self.searcher, query, self.schema, "text")
        found = self.searcher.search(query, 10)
        return sum(bool(generator.snippet_from_doc(self.searcher.doc(address)).to_html()) for _, address in found.hits)

    def _suggest(self, asked: Question) -> int:
        return len(self.searcher.terms_with_prefix("words", asked["query"], limit=10))

    def _related(self, asked: Question) -> int:
        (_, address), *_ = self.searcher.search(self._term("id", asked["id"]), 1).hits
        query = tantivy.Query.more_like_this_query(address, max_query_terms=12)
        return len(self.searcher.search(query, 6, count=False).hits)
