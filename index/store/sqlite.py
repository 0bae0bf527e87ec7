"""How is the store kept in SQLite?

One file in WAL mode, synced at every commit. One connection writes, in `BEGIN IMMEDIATE`, and it alone checkpoints; a few others only
read, each under a time limit, so a read never waits for a write. Where a user may only read the file, none writes. Its law: the file is
written only through the SQLite that comes with pysqlite3, because versions before 3.51.3 can damage it when two connections write and
checkpoint at once.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import msgspec
from pysqlite3 import dbapi2 as sqlite  # type: ignore[import-untyped]  # the package has no annotations
from sqlalchemy import create_engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoneFree
from sqlalchemy.pool import NullPool, QueuePool

from index.encoding import UnknownVersion
from index.store.migrations import HEAD, NewerDatabase, migrate, stands_at
from index.store.pulse import Pulse
from index.store.relational import RelationalStore
from index.store.statements import Access, Statements
from index.store.store import StoreError, StoreTimeout

SOUND = (3, 51, 3)  # the first without the WAL-reset bug, https://sqlite.org/wal.html
READERS = 4  # connections: a read keeps a core busy, and a request waits for one read at a time
STEPS = 10_000  # of SQLite's machine between looks at the clock: about 0.5 ms, and no measurable cost
RETRY = 0.005  # seconds between tries to become the writer: SQLite's own waits grow to 0.1 s, and the lock is often free for less
LOG_KEPT = 64 << 20  # bytes that the write-ahead log keeps on disk after a long read has let it grow


class Deadline:
    """When the read of one connection must be over, on the monotonic clock."""

    def __init__(self) -> None:
        self.end = 0.0

    def is_over(self) -> bool:
        """Asked by SQLite as it works; True interrupts it."""
        return time.monotonic() > self.end


class SqliteDatabase:
    """Connections to one file. Safe to use from several threads and processes."""

    def __init__(self, path: Path, read_limit: float, write_patience: float) -> None:
        self.path = path.absolute()
        self.read_limit = read_limit
        self.write_patience = write_patience
        self._closed = False
        self._lock = threading.Lock()
        self._writers = create_engine("sqlite://", module=sqlite, creator=self._to_write, poolclass=NullPool, isolation_level="AUTOCOMMIT")
        self._readers = create_engine(
            "sqlite://",
            module=sqlite,
            creator=self._to_read,
            poolclass=QueuePool,
            pool_size=READERS,
            max_overflow=0,
            pool_timeout=read_limit,
            pool_reset_on_return=None,
        )
        self.statements = Statements(self._readers.dialect)
        self.read_only = _is_read_only(self.path)
        if self.read_only:
            self._expect()
            return
        with self._translated():
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._pulse = Pulse(self.path.with_name(f"{self.path.name}-pulse"))
            self._writer = self._writers.connect()
            self._write = Access(self._writer.connection.dbapi_connection, self.statements)  # type: ignore[arg-type]  # open, so not None
        try:
            self._prepare()
        except BaseException:
            self.close()
            raise

    # -------------------------------------------------------- connections
    def _to_write(self) -> Any:
        connection = sqlite.connect(str(self.path), timeout=self.write_patience, isolation_level=None, check_same_thread=False)
        for setting in ("synchronous = FULL", "foreign_keys = ON", f"journal_size_limit = {LOG_KEPT}"):
            connection.execute(f"PRAGMA {setting}")
        return connection

    def _to_read(self) -> Any:
        address = f"{self.path.as_uri()}?mode=ro"
        if self.read_only and not self.path.with_name(f"{self.path.name}-wal").exists():
            address += "&immutable=1"  # nobody has it open to write, and beside it nothing can be made, as SQLite would otherwise
        connection = sqlite.connect(address, uri=True, timeout=self.read_limit, isolation_level=None, check_same_thread=False)
        connection.execute("PRAGMA query_only = ON")
        return connection

    @contextmanager
    def reading(self, *, snapshot: bool = False) -> Iterator[Access]:
        """A connection that reads, under the time limit; raises `StoreTimeout` where it takes longer, or none comes free."""
        with self._translated(), closing(self._readers.raw_connection()) as proxy:
            access = proxy.info.get("access")
            if access is None:
                deadline = proxy.info["deadline"] = Deadline()
                access = proxy.info["access"] = Access(proxy.dbapi_connection, self.statements)  # type: ignore[arg-type]  # open, so not None
                proxy.dbapi_connection.set_progress_handler(deadline.is_over, STEPS)  # type: ignore[union-attr]  # likewise
            proxy.info["deadline"].end = time.monotonic() + self.read_limit
            if not snapshot:
                yield access
                return
            access.say("BEGIN")
            try:
                yield access
            finally:
                proxy.info["deadline"].end = float("inf")
                access.say("ROLLBACK")

    @contextmanager
    def alone(self) -> Iterator[Access]:
        """A connection of one's own that reads one moment, for as long as it takes."""
        with self._translated(), closing(self._to_read()) as connection:
            access = Access(connection, self.statements)
            access.say("BEGIN")
            yield access

    @contextmanager
    def writing(self) -> Iterator[Access]:
        """The connection that writes; raises `StoreError` where others have been writing for longer than its patience, or none may."""
        if self.read_only:
            raise StoreError(f"{self.path} {ADVICE['SQLITE_READONLY']}")
        if not self._lock.acquire(timeout=self.write_patience):
            raise StoreError(f"Another thread has been writing to {self.path} for {self.write_patience:g} s. Try again in a moment.")
        try:
            with self._translated():
                self._patiently("BEGIN IMMEDIATE")
                try:
                    yield self._write
                    if self._write.connection.in_transaction:
                        self._pulse.hold()
                        self._write.say("COMMIT")
                finally:
                    if self._write.connection.in_transaction:
                        self._write.say("ROLLBACK")
                    self._pulse.beat()
        finally:
            self._lock.release()

    def _patiently(self, command: str) -> None:
        """Run what needs the write lock, waiting for other processes up to the bound."""
        end = time.monotonic() + self.write_patience
        while True:
            try:
                self._write.say(command)
            except sqlite.OperationalError as error:
                if not error.sqlite_errorname.startswith("SQLITE_BUSY"):
                    raise
                if time.monotonic() > end:
                    message = f"Another process has been writing to {self.path} for {self.write_patience:g} s. Is one stuck? Try again."
                    raise StoreError(message) from None
                time.sleep(RETRY)
            else:
                return

    def _prepare(self) -> None:
        """Make the file what this version expects."""
        with self._translated():
            self._patiently("PRAGMA journal_mode = WAL")
            self._write.say("PRAGMA busy_timeout = 0")  # from here on `_patiently` does the waiting
        with self.writing(), self._writer.begin():
            migrate(self._writer)

    def _expect(self) -> None:
        """Raise `StoreError` unless a file that may only be read is what this version expects."""
        with self._translated(), closing(self._readers.connect()) as connection:
            found = stands_at(connection)
        self._readers.dispose()
        if found is None or found < HEAD:
            raise StoreError(f"{self.path} was last written by an older version. Have a user who may write it run any command of this one.")
        if found > HEAD:
            raise StoreError(f"{NewerDatabase(found)} Use that version with {self.path}.")

    # -------------------------------------------------------------- errors
    @contextmanager
    def _translated(self) -> Iterator[None]:
        """Raise whatever goes wrong as a `StoreError` that says what to do."""
        if self._closed:
            raise StoreError("The store is closed.")
        try:
            yield
        except NoneFree:
            raise StoreTimeout(f"All {READERS} reading connections were busy for {self.read_limit:g} s. Try again in a moment.") from None
        except DBAPIError as error:
            raise self._error(error.orig) from error
        except sqlite.Error as error:
            raise self._error(error) from error
        except NewerDatabase as error:
            raise StoreError(f"{error} Use that version with {self.path}.") from None
        except (UnknownVersion, msgspec.MsgspecError) as error:
            raise StoreError(f"A stored document cannot be read ({error}). Run `broadsheet check` to see which.") from error
        except OSError as error:
            raise StoreError(f"The store's folder {self.path.parent} cannot be used ({error.strerror}).") from error

    def _error(self, error: Any) -> StoreError:
        name = getattr(error, "sqlite_errorname", "")
        if name == "SQLITE_INTERRUPT":
            return StoreTimeout(f"A read took longer than {self.read_limit:g} s. Ask for less.")
        for start, what in ADVICE.items():
            if name.startswith(start):
                return StoreError(f"{self.path} {what}")
        return StoreError(f"SQLite cannot do that with {self.path}: {error}.")

    # ----------------------------------------------------------- operating
    def faults(self, access: Access) -> Iterator[str]:
        """What SQLite finds wrong with its file, and what is wrong with SQLite."""
        if sqlite.sqlite_version_info < SOUND:
            yield f"{self.version()} can damage its file when two processes write; install pysqlite3 0.6 or newer, which brings another."
        try:
            for (found,) in access.say("PRAGMA integrity_check"):
                if found != "ok":
                    yield f"The file is damaged: {found}."
            for table, row, parent, _ in access.say("PRAGMA foreign_key_check"):
                yield f"Row {row} of the table {table} refers to a row of {parent} that is not there."
        except sqlite.DatabaseError as error:
            yield f"The file is damaged: {error}."

    def pulse(self) -> bytes | None:
        """Eight bytes that are other ones after every commit; None while one is on its way."""
        if self._closed:
            raise StoreError("The store is closed.")
        return None if self.read_only else self._pulse.now()

    def version(self) -> str:
        """Such as `SQLite 3.53.4`."""
        return f"SQLite {sqlite.sqlite_version}"

    def close(self) -> None:
        """Let go of all connections, the writer's last: it takes the write-ahead log into the file."""
        if not self._closed:
            self._closed = True
            self._readers.dispose()
            if self.read_only:
                return
            with self._lock:
                self._writer.close()
                self._pulse.close()


def _is_read_only(path: Path) -> bool:
    """Whether there is a file that this process may read but not write, or not in a folder in which SQLite makes others beside it."""
    return path.exists() and not all(os.access(one, os.W_OK, effective_ids=True) for one in (path, path.parent))


ADVICE = {
    "SQLITE_NOTADB": "is not a SQLite database. Move it away, or name another file in BROADSHEET_STORE.",
    "SQLITE_CORRUPT": "is damaged. Run `broadsheet check`, and restore it from a backup or import anew.",
    "SQLITE_CANTOPEN": "cannot be opened. Does its folder exist, and may this user write there?",
    "SQLITE_READONLY": "cannot be written. May this user write to the file and its folder?",
    "SQLITE_FULL": "cannot grow: the disk is full. Nothing of this was stored; make room and try again.",
    "SQLITE_IOERR": "cannot be read or written: the disk reports an error. Nothing of this was stored.",
    "SQLITE_BUSY": "is locked by another program. Try again in a moment.",
}
"""What to say for SQLite's error codes, by how their names begin."""


class SqliteStore(RelationalStore):
    """A store in one SQLite file, made or migrated when it is opened; raises `StoreError`.

    `read_limit` is how many seconds one read may take, `write_patience` how many a write waits for other processes'.
    """

    database: SqliteDatabase

    def __init__(self, path: Path, *, read_limit: float = 2.0, write_patience: float = 30.0) -> None:
        super().__init__(SqliteDatabase(path, read_limit, write_patience))
