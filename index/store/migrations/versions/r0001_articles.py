"""Articles, their bodies, their topics, and the log of changes."""

from __future__ import annotations

from alembic import op
from sqlalchemy import BigInteger, CheckConstraint, Column, ForeignKey, Index, Integer, LargeBinary, Text, UniqueConstraint, text

revision = "0001"
down_revision = None

number = BigInteger().with_variant(Integer(), "sqlite")
word = Text().with_variant(Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Make all tables."""
    _articles()
    _bodies()
    _topics()
    _links()
    _languages()
    _changes()


def _articles() -> None:
    op.create_table(
        "articles",
        Column("number", number, primary_key=True, autoincrement=False),
        Column("id", word, nullable=False, unique=True),
        Column("key", word, nullable=False, unique=True),
        Column("slug", word, nullable=False, unique=True),
        Column("given", Text, nullable=False),
        Column("fingerprint", Text, nullable=False),
        Column("origin", word, nullable=False),
        Column("revision", number, nullable=False),
        Column("visible", Integer, CheckConstraint("visible IN (0, 1)", name="visible_is_boolean"), nullable=False),
        Column("status", Text, nullable=False),
        Column("title", Text, nullable=False),
        Column("language", word, nullable=False),
        Column("url", Text),
        Column("address", word),
        Column("subtitle", Text),
        Column("summary", Text),
        Column("published_at", Text),
        Column("instant", number),
        Column("updated_at", Text),
        Column("image", Text),
        Column("authors", Text, nullable=False),
        Column("categories", Text, nullable=False),
        Column("tags", Text, nullable=False),
        Column("word_count", Integer, nullable=False),
        Column("format", Text, nullable=False),
        Column("publication", Text, nullable=False),
        Column("location", Text, nullable=False),
        Column("imported_at", Text, nullable=False),
        Column("content_hash", Text, nullable=False),
        Column("repair_count", Integer, nullable=False),
        Index("articles_by_address", "address"),
        Index("articles_by_origin", "origin"),
        Index("articles_by_fingerprint", "fingerprint"),
        Index("articles_by_instant", text("instant DESC"), "id"),
        Index("articles_seen_by_instant", "visible", text("instant DESC"), "id"),
        sqlite_strict=True,
    )
    waiting = text("visible = 0 AND status = 'PUBLISHED'")
    op.create_index("articles_waiting", "articles", ["visible", "instant", "id"], sqlite_where=waiting, postgresql_where=waiting)


def _bodies() -> None:
    op.create_table(
        "bodies",
        Column("article", number, ForeignKey("articles.number", ondelete="CASCADE"), primary_key=True, autoincrement=False),
        Column("body", LargeBinary, nullable=False),
        Column("repairs", Text, nullable=False),
        sqlite_strict=True,
    )


def _topics() -> None:
    op.create_table(
        "topics",
        Column("number", number, primary_key=True, autoincrement=False),
        Column("kind", Text, nullable=False),
        Column("slug", word, nullable=False),
        Column("name", Text, nullable=False),
        Column("folded", word, nullable=False),
        Column("text", Text),
        Column("url", Text),
        Column("image", Text),
        Column("parent", number, ForeignKey("topics.number", deferrable=True, initially="DEFERRED")),
        Column("articles", Integer, nullable=False),
        Column("visible", Integer, nullable=False),
        UniqueConstraint("slug", "kind"),
        sqlite_strict=True,
    )
    op.create_index("topics_by_name", "topics", ["kind", "folded", "slug"])
    op.create_index("topics_by_articles", "topics", ["kind", text("articles DESC"), "slug"])
    op.create_index("topics_by_visible", "topics", ["kind", text("visible DESC"), "slug"])
    op.create_index("topics_by_parent", "topics", ["parent"])
    unused = text("articles = 0")
    op.create_index("topics_unused", "topics", ["number"], sqlite_where=unused, postgresql_where=unused)


def _links() -> None:
    op.create_table(
        "links",
        Column("article", number, ForeignKey("articles.number", ondelete="CASCADE"), primary_key=True),
        Column("topic", number, ForeignKey("topics.number"), primary_key=True),
        Column("spelling", Text, nullable=False),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index("links_by_topic", "links", ["topic", "spelling"])


def _languages() -> None:
    op.create_table(
        "languages",
        Column("tag", word, primary_key=True),
        Column("articles", Integer, nullable=False),
        Column("visible", Integer, nullable=False),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )


def _changes() -> None:
    op.create_table(
        "changes",
        Column("revision", number, primary_key=True, autoincrement=True),
        Column("id", word, nullable=False),
        Column("slug", Text, nullable=False),
        Column("outcome", Text, nullable=False),
        sqlite_strict=True,
        sqlite_autoincrement=True,
    )
