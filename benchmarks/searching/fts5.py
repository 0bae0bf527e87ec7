"""How does SQLite's FTS5 answer?

A full-text table with the Porter stemmer beside an ordinary one with what lists, filters and counts go by, each with its indexes.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import pysqlite3 as sqlite3

from benchmarks.searching.kinds import Kind, Question

if TYPE_CHECKING:
    from index.incoming import Incoming

TABLES = """
CREATE TABLE article (number INTEGER PRIMARY KEY, id TEXT UNIQUE, date REAL, month INTEGER, year INTEGER);
CREATE TABLE filed (category TEXT, date REAL, number INTEGER, PRIMARY KEY (category, date, number)) WITHOUT ROWID;
CREATE TABLE wrote (author TEXT, number INTEGER, PRIMARY KEY (author, number)) WITHOUT ROWID;
CREATE INDEX filed_by_number ON filed (number);
CREATE INDEX wrote_by_number ON wrote (number);
CREATE INDEX article_by_month ON article (month);
CREATE VIRTUAL TABLE words USING fts5(text, tokenize = 'porter unicode61 remove_diacritics 2', prefix = '2 3 4');
CREATE VIRTUAL TABLE vocabulary USING fts5vocab(words, row);
"""
RANKED = "SELECT id FROM words JOIN article ON article.number = words.rowid WHERE words MATCH ? ORDER BY rank LIMIT 10"
COUNT = "SELECT count(*) FROM words WHERE words MATCH ?"
MONTH = """SELECT id FROM words JOIN article ON article.number = words.rowid JOIN filed ON filed.number = article.number
WHERE words MATCH ? AND category = ? AND month = ? ORDER BY article.date DESC, id LIMIT 10"""
LIST = "SELECT id FROM filed JOIN article USING (number) WHERE category = ? ORDER BY filed.date DESC LIMIT 10"
FACETS = (
    "SELECT category, count(*) FROM words JOIN filed ON filed.number = words.rowid WHERE words MATCH ? GROUP BY 1 ORDER BY 2 DESC LIMIT 10",
    "SELECT author, count(*) FROM words JOIN wrote ON wrote.number = words.rowid WHERE words MATCH ? GROUP BY 1 ORDER BY 2 DESC LIMIT 10",
    "SELECT year, count(*) FROM words JOIN article ON article.number = words.rowid WHERE words MATCH ? GROUP BY 1",
)
SNIPPETS = "SELECT snippet(words, 0, '<mark>', '</mark>', '…', 40) FROM words WHERE words MATCH ? ORDER BY rank LIMIT 10"
SUGGEST = "SELECT term FROM vocabulary WHERE term >= ? AND term < ? ORDER BY doc DESC LIMIT 10"


class Fts5:
    """A database in a folder."""

    name = "FTS5"
    writes = (".",)

    def __init__(self, folder: Path) -> None:
        self.database = sqlite3.connect(str(folder / "search.db"))

    def build(self, articles: Iterable[Incoming]) -> float:
        """Index these; says how many seconds of wall time that took (making the articles aside)."""
        from index.search.places import searched

        self.database.executescript(TABLES)
        took = 0.0
        for number, incoming in enumerate(articles):
            article = incoming.article
            text = "\n".join(part.text for part in searched(article))
            when = article.published_at
            started = time.perf_counter()
            date = when.timestamp() if when else None
            row = (number, article.id, date, when.year * 100 + when.month if when else None, when.year if when else None)
            self.database.execute("INSERT INTO article VALUES (?, ?, ?, ?, ?)", row)
            self.database.execute("INSERT INTO words (rowid, text) VALUES (?, ?)", (number, text))
            categories = {(category.slug, date or 0, number) for category in article.categories}
            self.database.executemany("INSERT INTO filed VALUES (?, ?, ?)", categories)
            self.database.executemany("INSERT INTO wrote VALUES (?, ?)", {(author.slug, number) for author in article.authors})
            took += time.perf_counter() - started
        started = time.perf_counter()
        self.database.execute("INSERT INTO words (words) VALUES ('optimize')")
        self.database.commit()
        return took + time.perf_counter() - started

    def open(self) -> None:
        """Make ready for questions."""

    def forget(self) -> None:
        """It keeps no answers."""

    def close(self) -> None:
        """End."""
        self.database.close()

    def ask(self, kind: Kind, asked: Question) -> int | None:
        """Answer, and say how many articles or values came; None where it does not answer such a question."""
        if kind in (Kind.CORRECT, Kind.RELATED, Kind.FUZZY):
            return None
        words = [f'"{word}"' for word in asked.get("query", "").split()]
        match kind:
            case Kind.MONTH:
                return self._rows(MONTH, words[0], asked["category"], asked["year"] * 100 + asked["month"])
            case Kind.LIST:
                return self._rows(LIST, asked["category"])
            case Kind.ARCHIVES:
                return self._rows("SELECT month, count(*) FROM article GROUP BY month")
            case Kind.SUGGEST:
                return self._rows(SUGGEST, asked["query"], f"{asked['query']}\U0010ffff")
            case Kind.FACETS:
                return sum(self._rows(facet, words[0]) for facet in FACETS) and self._hits(words[0])
            case Kind.PASSAGES:
                return self._rows(SNIPPETS, " OR ".join(words))
            case Kind.PHRASE:
                return self._hits(f'"{asked["query"]}"')
            case Kind.PREFIX:
                return self._hits(f"{words[0]} *")
            case Kind.TWO_ALL | Kind.THREE_ALL:
                return self._hits(" AND ".join(words))
            case _:
                return self._hits(" OR ".join(words))

    def _rows(self, statement: str, *values: object) -> int:
        return len(self.database.execute(statement, values).fetchall())

    def _hits(self, query: str) -> int:
        self._rows(RANKED, query)
        return int(self.database.execute(COUNT, (query,)).fetchone()[0])
