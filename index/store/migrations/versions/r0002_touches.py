"""What each change touches."""

from __future__ import annotations

from alembic import op
from sqlalchemy import BigInteger, Column, Integer, Text

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

number = BigInteger().with_variant(Integer(), "sqlite")


def upgrade() -> None:
    """Make the table; of the changes so far nothing more is known."""
    op.create_table(
        "touches",
        Column("revision", number, primary_key=True, autoincrement=False),
        Column("touched", Text, nullable=False),
        sqlite_strict=True,
    )
