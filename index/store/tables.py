"""What are the tables?

One row an article, its body beside it in a table of its own, so that lists never touch it. An article keeps its authors, categories and
tags twice: as slugs in their order in its own row, which makes a list page one statement, and as rows of `links`, which the counts rest
on. Counts of topics and languages are kept, never computed by a reader. Its law: these definitions and the newest migration describe the
same database.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ColumnElement,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    literal_column,
)

Number = BigInteger().with_variant(Integer(), "sqlite")
"""A row's number, or microseconds since 1970: 64 bits (SQLite's INTEGER always is; STRICT knows no BIGINT)."""

Word = Text().with_variant(Text(collation="C"), "postgresql")
"""Text that is compared and ordered by code points, as SQLite does by itself."""

metadata = MetaData()

articles = Table(
    "articles",
    metadata,
    Column("number", Number, primary_key=True, autoincrement=False),  # the order in which they were first stored
    Column("id", Word, nullable=False, unique=True),
    Column("key", Word, nullable=False, unique=True),
    Column("slug", Word, nullable=False, unique=True),
    Column("given", Text, nullable=False),  # the slug that the source gave, "" where it gave none
    Column("fingerprint", Text, nullable=False),
    Column("origin", Word, nullable=False),
    Column("revision", Number, nullable=False),  # of the newest change to it
    Column("visible", Integer, CheckConstraint("visible IN (0, 1)", name="visible_is_boolean"), nullable=False),
    Column("status", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("language", Word, nullable=False),
    Column("url", Text),
    Column("address", Word),  # the url, folded
    Column("subtitle", Text),
    Column("summary", Text),
    Column("published_at", Text),  # ISO 8601 with its offset
    Column("instant", Number),  # the same in microseconds since 1970
    Column("updated_at", Text),
    Column("image", Text),  # JSON
    Column("authors", Text, nullable=False),  # a JSON array of slugs, as are the next two
    Column("categories", Text, nullable=False),
    Column("tags", Text, nullable=False),
    Column("word_count", Integer, nullable=False),
    Column("format", Text, nullable=False),
    Column("publication", Text, nullable=False),
    Column("location", Text, nullable=False),
    Column("imported_at", Text, nullable=False),
    Column("content_hash", Text, nullable=False),
    Column("repair_count", Integer, nullable=False),
    sqlite_strict=True,
)

ZERO: ColumnElement[int] = literal_column("0")
PUBLISHED: ColumnElement[str] = literal_column("'PUBLISHED'")
waiting = (articles.c.visible == ZERO) & (articles.c.status == PUBLISHED)
"""Whether an article waits for its time; written without parameters, for only then does SQLite see that its index fits."""

Index("articles_by_address", articles.c.address)
Index("articles_by_origin", articles.c.origin)
Index("articles_by_fingerprint", articles.c.fingerprint)
Index("articles_by_instant", articles.c.instant.desc(), articles.c.id)
Index("articles_seen_by_instant", articles.c.visible, articles.c.instant.desc(), articles.c.id)
Index("articles_waiting", articles.c.visible, articles.c.instant, articles.c.id, sqlite_where=waiting, postgresql_where=waiting)

bodies = Table(
    "bodies",
    metadata,
    Column("article", Number, ForeignKey("articles.number", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("body", LargeBinary, nullable=False),  # index.encoding.to_blob
    Column("repairs", Text, nullable=False),  # a JSON array
    sqlite_strict=True,
)

topics = Table(
    "topics",
    metadata,
    Column("number", Number, primary_key=True, autoincrement=False),
    Column("kind", Text, nullable=False),
    Column("slug", Word, nullable=False),
    Column("name", Text, nullable=False),
    Column("folded", Word, nullable=False),  # the name, as names are ordered
    Column("text", Text),
    Column("url", Text),
    Column("image", Text),
    Column("parent", Number, ForeignKey("topics.number", deferrable=True, initially="DEFERRED")),
    Column("articles", Integer, nullable=False),  # each once, descendants' included
    Column("visible", Integer, nullable=False),  # of these, those that every reader may see
    UniqueConstraint("slug", "kind"),
    sqlite_strict=True,
)
Index("topics_by_name", topics.c.kind, topics.c.folded, topics.c.slug)
Index("topics_by_articles", topics.c.kind, topics.c.articles.desc(), topics.c.slug)
Index("topics_by_visible", topics.c.kind, topics.c.visible.desc(), topics.c.slug)
Index("topics_by_parent", topics.c.parent)
unused = topics.c.articles == ZERO
"""Whether no article stands under a topic any more; written without parameters likewise."""
Index("topics_unused", topics.c.number, sqlite_where=unused, postgresql_where=unused)

links = Table(
    "links",
    metadata,
    Column("article", Number, ForeignKey("articles.number", ondelete="CASCADE"), primary_key=True),
    Column("topic", Number, ForeignKey("topics.number"), primary_key=True),
    Column("spelling", Text, nullable=False),  # the topic's name as this article has it
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
Index("links_by_topic", links.c.topic, links.c.spelling)

languages = Table(
    "languages",
    metadata,
    Column("tag", Word, primary_key=True),
    Column("articles", Integer, nullable=False),
    Column("visible", Integer, nullable=False),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

changes = Table(
    "changes",
    metadata,
    Column("revision", Number, primary_key=True, autoincrement=True),
    Column("id", Word, nullable=False),
    Column("slug", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    sqlite_strict=True,
    sqlite_autoincrement=True,  # a revision is never given twice, even if the end of the log were cut off
)

touches = Table(
    "touches",
    metadata,
    Column("revision", Number, primary_key=True, autoincrement=False),  # of the change
    Column("touched", Text, nullable=False),  # a JSON array of `index.keys`
    sqlite_strict=True,
)

persisted_documents = Table(
    "persisted_documents",
    metadata,
    Column("name", Word, primary_key=True),
    Column("hash", Word, nullable=False),  # of the text: "sha256:" and hexadecimal digits
    Column("text", Text, nullable=False),
    Column("added_at", Text, nullable=False),  # ISO 8601
    sqlite_strict=True,
)
Index("persisted_documents_by_hash", persisted_documents.c.hash)
