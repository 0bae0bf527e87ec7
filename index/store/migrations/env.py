"""How does Alembic reach the database? By the connection that `migrate` was given, within its transaction."""

from __future__ import annotations

from alembic import context

from index.store.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()
