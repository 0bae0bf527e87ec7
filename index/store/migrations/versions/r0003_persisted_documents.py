"""GraphQL documents that clients may name."""

from __future__ import annotations

from alembic import op
from sqlalchemy import Column, Text

revision = "0003"
down_revision = "0002"

word = Text().with_variant(Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "persisted_documents",
        Column("name", word, primary_key=True),
        Column("hash", word, nullable=False),
        Column("text", Text, nullable=False),
        Column("added_at", Text, nullable=False),
        sqlite_strict=True,
    )
    op.create_index("persisted_documents_by_hash", "persisted_documents", ["hash"])
