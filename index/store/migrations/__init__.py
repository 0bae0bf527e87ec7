"""How does an older database become one of today?

Revisions are written by hand in `versions/`, one file each, and run by Alembic when a store is opened, in one transaction that holds the
database's write lock: so two processes that start at once migrate once, and one that is killed leaves the database as it was. Its law: a
published revision is never changed, and `HEAD` names the newest.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect, text

HEAD = "0003"


class NewerDatabase(Exception):
    """The database was migrated by a newer version of this program; `found` is the revision that this one does not know."""

    def __init__(self, found: str) -> None:
        super().__init__(f"The store has tables of revision {found}, made by a newer version of broadsheet; this one knows {HEAD}.")


def stands_at(connection: Connection) -> str | None:
    """The revision of a database; None where it is empty."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return found


def migrate(connection: Connection) -> None:
    """Bring a database to `HEAD`, in the transaction that the caller began and ends; raises `NewerDatabase`.

    Alembic is imported only where there is something to do: that takes a tenth of a second.
    """
    found = stands_at(connection)
    if found == HEAD:
        return
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    try:
        if found is not None:
            ScriptDirectory.from_config(config).get_revision(found)
    except CommandError:
        raise NewerDatabase(found or "") from None
    command.upgrade(config, "head")
