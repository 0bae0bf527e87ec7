from importlib.resources import files
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from pysqlite3 import dbapi2 as sqlite
from sqlalchemy import create_engine
from sqlalchemy.schema import CreateIndex, CreateTable

from index.store import migrations
from index.store.open import open_store
from index.store.store import StoreError
from index.store.tables import metadata


@pytest.fixture
def migrated(tmp_path):
    """A connection to a database that was made by the migrations."""
    open_store("sqlite:///x.db", tmp_path).close()
    engine = create_engine(f"sqlite:///{tmp_path}/x.db", module=sqlite)
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def test_an_empty_database_is_brought_to_the_newest_revision(migrated):
    """Which is the one that the package names, so that a database of today is known without Alembic."""
    assert migrations.stands_at(migrated) == migrations.HEAD


def test_the_package_names_the_newest_revision():
    """And there is one line of revisions."""
    assert ScriptDirectory(str(Path(migrations.__file__).parent)).get_heads() == [migrations.HEAD]


def test_migrations_and_tables_describe_the_same_database(migrated):
    """Alembic finds no difference, and neither do their own words, where Alembic does not look (STRICT, checks, parts of indexes)."""
    assert compare_metadata(MigrationContext.configure(migrated), metadata) == []

    def words(sql):
        return " ".join(sql.replace('"', "").split()).replace("( ", "(").replace(" )", ")")

    rows = migrated.exec_driver_sql(
        "SELECT name, sql FROM sqlite_master WHERE sql NOT NULL AND name NOT IN ('alembic_version', 'sqlite_sequence')"
    )
    there = {name: words(sql) for name, sql in rows}
    dialect = migrated.engine.dialect
    here = {table.name: words(str(CreateTable(table).compile(dialect=dialect))) for table in metadata.tables.values()}
    here |= {i.name: words(str(CreateIndex(i).compile(dialect=dialect))) for table in metadata.tables.values() for i in table.indexes}
    assert there == here


def test_every_table_is_strict(migrated):
    """A text never stands where a number should."""
    tables = migrated.exec_driver_sql("SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND name NOT LIKE 'sqlite%'")
    assert {name: strict for name, strict in tables if name != "alembic_version"} == dict.fromkeys(metadata.tables, 1)


def test_opening_again_changes_nothing(tmp_path, make):
    """What was stored is there."""
    store = open_store("sqlite:///x.db", tmp_path)
    (written,) = store.write([make()])
    store.close()
    store = open_store("sqlite:///x.db", tmp_path)
    assert list(store.summaries([written.id])) == [written.id]
    store.close()


def test_a_database_of_a_newer_version_is_refused(tmp_path):
    """With its revision and ours, and nothing is changed."""
    open_store("sqlite:///x.db", tmp_path).close()
    with sqlite.connect(str(tmp_path / "x.db")) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    known = rf"this one knows {migrations.HEAD}\. Use that version"
    with pytest.raises(StoreError, match=rf"revision 9999, made by a newer version of broadsheet; {known}"):
        open_store("sqlite:///x.db", tmp_path)


def test_a_database_of_an_older_version_is_brought_forward(tmp_path, make):
    """With what is in it."""
    store = open_store("sqlite:///x.db", tmp_path)
    (written,) = store.write([make()])
    store.close()
    with sqlite.connect(str(tmp_path / "x.db")) as connection:
        connection.execute("DROP TABLE persisted_documents")
        connection.execute("UPDATE alembic_version SET version_num = '0002'")
    connection.close()
    store = open_store("sqlite:///x.db", tmp_path)
    assert store.persisted_documents() == []
    assert list(store.summaries([written.id])) == [written.id]
    store.close()


def test_a_migration_that_fails_leaves_the_database_as_it_was(tmp_path):
    """One of its tables is there already, and nobody knows why."""
    with sqlite.connect(str(tmp_path / "x.db")) as connection:
        connection.execute("CREATE TABLE topics (x)")
    connection.close()
    with pytest.raises(StoreError, match="table topics already exists"):
        open_store("sqlite:///x.db", tmp_path)
    with sqlite.connect(str(tmp_path / "x.db")) as connection:
        assert connection.execute("SELECT name FROM sqlite_master").fetchall() == [("topics",)]
    connection.close()


def test_the_revisions_are_in_the_package():
    """So a wheel of it holds them."""
    assert files("index.store.migrations").joinpath("env.py").is_file()
    assert files("index.store.migrations").joinpath("versions", "r0001_articles.py").is_file()
