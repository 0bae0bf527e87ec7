"""What holds for SQLite alone: its connections, its limits, and what several processes may do to one file."""

import datetime as dt
import re
import subprocess
import sys
import textwrap
import threading
import time
from pathlib import Path

import pytest
from pysqlite3 import dbapi2 as sqlite
from sqlalchemy import Delete, Select, Update
from sqlalchemy.dialects.postgresql import dialect

from index.document import Paragraph
from index.store import changes, counting, filing, lifecycle, reading, resolving, spellings, topics, whole, writing
from index.store import sqlite as sqlite_store
from index.store.sqlite import SqliteStore
from index.store.statements import Statements
from index.store.store import StoreError, StoreTimeout, TopicKind, TopicOrder, TopicWindow

ENDLESS = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n"
NOW = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)
ROOT = Path(__file__).parents[3]


@pytest.fixture
def opened(tmp_path):
    """Opens the same file as often as asked."""
    stores = []

    def opening(**limits):
        stores.append(SqliteStore(tmp_path / "x.db", **limits))
        return stores[-1]

    yield opening
    for store in stores:
        store.close()


def program(body, *arguments):
    """Start a process that runs a few lines with the project's modules at hand."""
    return subprocess.Popen(
        [sys.executable, "-c", PRELUDE + textwrap.dedent(body), *map(str, arguments)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )


PRELUDE = """
import sys
from pathlib import Path
from index.document import Article, Paragraph, Source, SourceFormat, Tag
from index.store.open import open_store
from index.store.store import Incoming

def article(key, tag="t"):
    return Incoming(Article(title=key, source=Source(SourceFormat.TEXT), tags=(Tag(tag),), blocks=(Paragraph("word " * 50),)), key)

store = open_store(f"sqlite:///{sys.argv[1]}", Path("."))
"""


# ----------------------------------------------------------------- settings
def test_the_version_is_one_without_the_wal_reset_bug(opened):
    """And is named as operators name it."""
    store = opened()
    assert re.fullmatch(r"SQLite 3\.\d+\.\d+", store.version())
    assert sqlite.sqlite_version_info >= sqlite_store.SOUND
    assert store.check() == []


def test_an_unsound_sqlite_is_a_fault(opened, monkeypatch):
    """Said by `check`, whatever the file is like."""
    store = opened()
    monkeypatch.setattr(sqlite_store, "SOUND", (99, 0, 0))
    assert "can damage its file" in store.check()[0]


def test_the_writer_syncs_every_commit_and_checks_keys(opened):
    """FULL is 2."""
    with opened().database.writing() as access:
        assert [access.say(f"PRAGMA {name}") for name in ("journal_mode", "synchronous", "foreign_keys")] == [[("wal",)], [(2,)], [(1,)]]


def test_a_reading_connection_cannot_write(opened):
    """Not by mistake either."""
    with pytest.raises(StoreError, match="cannot be written"), opened().database.reading() as access:
        access.say("DELETE FROM articles")


# ------------------------------------------------------------------- limits
def test_a_read_that_takes_longer_than_its_time_is_ended(opened):
    """And the connection reads on afterwards, as do those of a snapshot."""
    store = opened(read_limit=0.2)
    for snapshot in (False, True):
        start = time.monotonic()
        with pytest.raises(StoreTimeout, match=r"longer than 0\.2 s"), store.database.reading(snapshot=snapshot) as access:
            access.say(ENDLESS)
        assert time.monotonic() - start < 5
    assert store.revision() == 0


def test_when_all_reading_connections_are_busy_a_read_times_out(opened):
    """Rather than wait for ever."""
    store = opened(read_limit=0.1)
    held = [store.database.reading() for _ in range(sqlite_store.READERS)]
    for busy in held:
        busy.__enter__()
    with pytest.raises(StoreTimeout, match="reading connections were busy"):
        store.revision()
    for busy in held:
        busy.__exit__(None, None, None)
    assert store.revision() == 0


def test_writing_has_no_time_limit(opened, make):
    """Only reads have one."""
    store = opened(read_limit=0.0001)
    assert len(store.write([make() for _ in range(300)])) == 300


def test_a_writer_that_waits_too_long_says_for_what(opened, make):
    """Another process's transaction, here another store's."""
    first, second = opened(), opened(write_patience=0.1)
    with first.database.writing():
        with pytest.raises(StoreError, match=r"Another process has been writing to .*x\.db for 0\.1 s"):
            second.write([make()])
        first.database.write_patience = 0.1
        with pytest.raises(StoreError, match=r"Another thread has been writing"):
            first.write([make()])
    assert second.write([make()])[0].revision == 1


def test_a_waiting_writer_goes_on_when_the_other_is_done(opened, make):
    """Within its patience."""
    first, second = opened(), opened()
    waiting = threading.Thread(target=lambda: second.write([make()]))
    with first.database.writing():
        waiting.start()
        time.sleep(0.05)  # long enough for it to have met the other's transaction
        assert first.revision() == 0
    waiting.join()
    assert first.revision() == 1


# -------------------------------------------------------- readers and writer
def test_a_read_never_waits_for_a_write(opened, make):
    """It sees what was there before, until the write is done."""
    store = opened(read_limit=0.5)
    (written,) = store.write([make("a", title="Before")])
    with store.database.writing() as access:
        writing.write(access, [make("a", title="After")], NOW, force=False)
        assert store.summaries([written.id])[written.id].title == "Before"
        assert (store.revision(), len(store.entries([written.id])), store.topic_total(TopicKind.TAG, None, preview=True)) == (1, 1, 0)
    assert store.summaries([written.id])[written.id].title == "After"


def test_a_write_that_fails_leaves_nothing(opened, make):
    """Whatever it had done so far, and whatever went wrong."""
    store = opened()

    def fail():
        with store.database.writing() as access:
            writing.write(access, [make()], NOW, force=False)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert (store.revision(), store.check()) == (0, [])
    assert store.write([make()])[0].revision == 1


def test_when_the_disk_is_full_at_any_page_nothing_is_stored(opened, make):
    """The file may grow by one page, two, three …: each time all or nothing, until all fits; then the store is as good as new."""
    store = opened()
    batch = [make(tags=[f"t{n}"], blocks=(Paragraph("word " * 300),)) for n in range(20)]
    said: list[str] = []
    pages = store.database._write.say("PRAGMA page_count")[0][0]
    for more in range(200):
        store.database._write.say(f"PRAGMA max_page_count = {pages + more}")
        try:
            store.write(batch)
            break
        except StoreError as error:
            said.append(str(error))
        assert (store.revision(), store.topic_total(TopicKind.TAG, None, preview=True)) == (0, 0)
    assert len(said) > 5
    assert all("the disk is full" in sentence for sentence in said)
    assert (store.revision(), store.check()) == (20, [])


def test_many_threads_read_while_one_writes(opened, make):
    """Each read is of one moment: an article and its change belong together."""
    store = opened()
    store.write([make("a", title="0", tags=["t"])])
    wrong, over = [], threading.Event()

    def read():
        while not over.is_set():
            ((article, _, _, revision),) = store.entries([id])
            if article.title != str(revision - 1):
                wrong.append((article.title, revision))

    id = next(iter(store.everything()))[0].id
    threads = [threading.Thread(target=read) for _ in range(6)]
    for thread in threads:
        thread.start()
    for n in range(1, 60):
        store.write([make("a", title=str(n), tags=["t"])])
    over.set()
    for thread in threads:
        thread.join()
    assert (wrong, store.revision()) == ([], 60)


def test_damage_to_the_file_is_found(opened, make, tmp_path):
    """By SQLite's own check."""
    store = opened()
    store.write([make() for _ in range(50)])
    store.close()
    path = tmp_path / "x.db"
    content = bytearray(path.read_bytes())
    content[len(content) // 2 : len(content) // 2 + 8192] = bytes(8192)
    path.write_bytes(content)
    assert any(fault.startswith("The file is damaged: ") for fault in opened().check())


def test_a_file_that_is_overwritten_is_found(opened, make, tmp_path):
    """Even where SQLite cannot begin to check it."""
    store = opened()
    store.write([make()])
    store.database._write.say("PRAGMA wal_checkpoint(TRUNCATE)")
    path = tmp_path / "x.db"
    path.write_bytes(b"no database" * 1000)
    assert store.check() == ["The file is damaged: file is not a database."]


def test_a_reference_to_nothing_is_found(opened, make):
    """As somebody may make it who opens the file without checking keys."""
    store = opened()
    store.write([make(tags=["t"])])
    store.database._write.say("PRAGMA foreign_keys = OFF")
    store.database._write.say("DELETE FROM topics")
    assert store.check()[0] == "Row None of the table links refers to a row of topics that is not there."


def test_a_document_that_cannot_be_read_is_a_clear_error(opened, make):
    """Not a traceback."""
    store = opened()
    (written,) = store.write([make()])
    store.database._write.say("UPDATE bodies SET body = x'63'")
    with pytest.raises(StoreError, match=r"cannot be read \(.*version 99.*Run `broadsheet check`"):
        store.documents([written.id])


def test_a_closed_store_says_so(opened):
    """Twice closed is closed."""
    store = opened()
    store.close()
    store.close()
    for act in (store.revision, lambda: store.write([]), lambda: next(store.everything()), store.check):
        with pytest.raises(StoreError, match="The store is closed"):
            act()


# ------------------------------------------------------------- two processes
def test_two_processes_that_start_at_once_make_the_tables_once(tmp_path):
    """Whoever is second finds them."""
    path = tmp_path / "x.db"
    started = [program("print(store.revision())", path) for _ in range(3)]
    assert [process.communicate(timeout=60)[0] for process in started] == ["0\n"] * 3
    assert [process.returncode for process in started] == [0, 0, 0]


def test_two_processes_write_to_one_file(tmp_path, opened):
    """All batches land, revisions have no gap and no double, and counts are right."""
    body = """
        for batch in range(25):
            store.write([article(f"{sys.argv[2]}:{batch}:{n}", f"t{n}") for n in range(10)])
    """
    started = [program(body, tmp_path / "x.db", name) for name in "ab"]
    assert [process.communicate(timeout=120)[0] for process in started] == ["", ""]
    store = opened()
    assert [change.revision for change in store.changes(0)] == list(range(1, 501))
    assert store.topic_counts(TopicKind.TAG, ["t0", "t9"], preview=False) == {"t0": 50, "t9": 50}
    assert store.check() == []


def test_a_reader_follows_another_process(tmp_path, opened):
    """What one has committed the other reads, whole batches at a time."""
    store = opened()
    process = program("for batch in range(20): store.write([article(f'{batch}:{n}') for n in range(25)])", tmp_path / "x.db")
    revisions = set()
    while process.poll() is None:
        revisions.add(store.revision())
        assert len(list(store.everything())) % 25 == 0
    assert process.communicate()[0] == ""
    assert store.revision() == 500
    assert all(revision % 25 == 0 for revision in revisions)


# ------------------------------------------------------------------- plans
def statements():
    """Every statement that a reader or a write of a few articles runs."""
    for module in (reading, whole, changes, counting, lifecycle, writing, filing, resolving, spellings):
        for name, value in vars(module).items():
            if isinstance(value, Select | Update | Delete) and not name.startswith(("EVERY", "WHOLE", "KEPT", "PARENTS")):
                yield f"{module.__name__}.{name}", value
            if isinstance(value, dict) and name in ("BESIDE", "EDGES"):
                yield from ((f"{name}[{preview}]", statement) for preview, statement in value.items())
    for preview in (False, True):
        yield "topics", topics._by_slug(preview)
        yield "children", topics._children(preview)
        for order in TopicOrder:
            yield "around", topics._around(order, False, preview)
            for backward in (False, True):
                yield f"page {order}", topics._page(order, backward, True, False, False, preview)


def test_no_statement_walks_a_table_or_sorts_a_list_of_topics(opened):
    """What it costs depends on what it is asked for, not on how much is stored."""
    with opened().database.alone() as access:
        for name, statement in statements():
            ready = access.statements.ready(statement)
            cursor = access.connection.cursor()
            cursor.execute("EXPLAIN QUERY PLAN " + ready.text, [ready.fixed.get(parameter, "[]") for parameter in ready.names])
            plan = [row[3] for row in cursor.fetchall()]
            walked = [step for step in plan if re.match(r"SCAN (articles|bodies|topics|links|changes|here|there|parents)\b", step)]
            assert [step for step in walked if "topics_unused" not in step] == [], name
            assert not (name.startswith("page") and any("TEMP B-TREE" in step for step in plan)), name
            assert not any("articles_seen_by_instant (visible=?)" in step for step in plan), name


def test_every_statement_can_be_said_to_postgresql_too():
    """Lists go in as JSON there as well."""
    postgresql = Statements(dialect(paramstyle="format"))
    texts = [postgresql.ready(statement).text for _, statement in statements()]
    assert sum("json_array_elements_text(CAST(%s::VARCHAR AS JSON))" in text for text in texts) > 10
    assert not any("json_each" in text or "?" in text for text in texts)


def test_a_page_of_topics_costs_the_same_whatever_there_is(opened, make):
    """Two statements where it was cut out of the middle, else one."""
    store = opened()
    for count in (3, 40):
        store.write([make(tags=[f"t{n}" for n in range(count)])])
        before = store.database.statements.executed
        store.topic_page(TopicKind.TAG, TopicWindow(first=2), preview=False)
        store.topic_page(TopicKind.TAG, TopicWindow(first=2, after=("t0", "t0")), preview=False)
        assert store.database.statements.executed - before == 3
