"""The embedded database, through sqlite-utils.

Every transaction that writes begins IMMEDIATE (one that begins by reading and then writes fails at once when another writes), and one
lock orders the writers of a process, because SQLite's own waiting is unfair. Outside migrations a connection may neither change a table's
definition nor update or delete a fact: the authorizer refuses it, as an application role does on PostgreSQL.
"""

import sqlite3
import threading
import weakref
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlite_utils import Database

from visitapp.store.tx import Row, Tx

WAL_PAUSE = 0.02  # seconds between tries, see _write_ahead
BUSY_SECONDS = 10.0
"""How long a writer waits for another process before the request is told to come back."""

GUARDS = (
    "CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END",
    "CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END",
)
FULL_TEXT = (
    "CREATE VIEW {table}_words AS SELECT id, team || replace(words, ' ', ' ' || team) AS words FROM {table}",
    "CREATE VIRTUAL TABLE {table}_found USING fts5 (words, content='{table}_words', content_rowid='id', detail='none',"
    " tokenize=\"unicode61 remove_diacritics 0 tokenchars '_'\")",
    "CREATE TRIGGER {table}_put AFTER INSERT ON {table} BEGIN INSERT INTO {table}_found (rowid, words)"
    " VALUES (new.id, new.team || replace(new.words, ' ', ' ' || new.team)); END",
    "CREATE TRIGGER {table}_gone AFTER DELETE ON {table} BEGIN INSERT INTO {table}_found ({table}_found, rowid, words)"
    " VALUES ('delete', old.id, old.team || replace(old.words, ' ', ' ' || old.team)); END",
)
"""`FROM note_found(:query)` gives the rowids of rows that have every word of the query: words parted by a space, `*` after a beginning.
Each word is kept behind the name of its team, and asked for so: what other teams wrote is never gone through, whatever the word."""
SEQ = "INTEGER PRIMARY KEY REFERENCES journal (seq) DEFERRABLE INITIALLY DEFERRED"

_REFUSED = {getattr(sqlite3, f"SQLITE_{name}") for name in ("ALTER_TABLE", "CREATE_TABLE", "CREATE_TRIGGER", "DROP_TABLE", "DROP_TRIGGER")}


def _keep_definitions(action: int, *_subject: str | None) -> int:
    return sqlite3.SQLITE_DENY if action in _REFUSED else sqlite3.SQLITE_OK


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Turn on the write-ahead log. SQLite's own waiting does not cover this change, so two first starts on a new file would refuse one."""
    for _ in range(int(BUSY_SECONDS / WAL_PAUSE)):
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError as fault:
            if "locked" not in str(fault):
                raise
            threading.Event().wait(WAL_PAUSE)
    connection.execute("PRAGMA journal_mode=WAL")


class VisitDatabase(Database):
    """A connection of ours: durable, foreign keys on, and every transaction of the library's own begun IMMEDIATE too. One for reading can
    do nothing else for as long as it lives: to forbid and allow it by turns would have SQLite compile every statement anew each time."""

    def __init__(self, path: str, *, reading: bool = False) -> None:
        connection = sqlite3.connect(path, timeout=BUSY_SECONDS, check_same_thread=False, cached_statements=512)
        super().__init__(connection, recursive_triggers=True, execute_plugins=False, strict=True)
        _write_ahead(connection)
        for pragma in ("synchronous=FULL", "foreign_keys=ON", *(("query_only=ON",) if reading else ())):
            connection.execute(f"PRAGMA {pragma}")
        self.freeze_definitions(True)

    def freeze_definitions(self, frozen: bool) -> None:
        """Refuse (or, in a migration, allow) changes to what the tables are."""
        self.conn.set_authorizer(_keep_definitions if frozen else None)

    @contextmanager
    def atomic(self) -> Iterator["VisitDatabase"]:
        """A transaction that holds the write lock from its beginning; inside another, a savepoint."""
        if self.conn.in_transaction:
            with super().atomic():
                yield self
        else:
            with self._between("BEGIN IMMEDIATE"):
                yield self

    @contextmanager
    def snapshot(self) -> Iterator["VisitDatabase"]:
        """A transaction that sees one moment; of a connection for reading, one that cannot write."""
        with self._between("BEGIN"):
            yield self

    @contextmanager
    def _between(self, begin: str) -> Iterator[None]:
        self.conn.execute(begin)
        try:
            yield
            self.conn.execute("COMMIT")
        except BaseException:
            self.rollback()
            raise


class SqliteEngine:
    """SQLite behind the seam; see `engine.Engine` for what each method means."""

    name = "sqlite"

    def __init__(self, path: str, after_append: Callable[[Tx, str, Row], None]) -> None:
        self._path = path
        self._after_append = after_append
        self._here = threading.local()
        self._writing = threading.Lock()
        self._open: weakref.WeakSet[VisitDatabase] = weakref.WeakSet()
        self._columns: dict[str, frozenset[str]] = {}

    @contextmanager
    def read(self) -> Iterator[Tx]:
        database = self._idle(reading=True)
        with database.snapshot():
            yield self._tx(database)

    @contextmanager
    def write(self) -> Iterator[Tx]:
        database = self._idle()
        with self._writing, database.atomic():
            yield self._tx(database)

    @contextmanager
    def schema(self) -> Iterator[Tx]:
        database = self._idle()
        self._columns.clear()
        database.freeze_definitions(False)
        try:
            with self._writing, database.atomic():
                yield self._tx(database)
        finally:
            database.freeze_definitions(True)

    def busy(self) -> bool:
        return any(database.conn.in_transaction for database in vars(self._here).values())

    def definition(self, statement: str) -> list[str]:
        if statement.startswith("{append_only:"):
            return [guard.format(table=statement[len("{append_only:") : -1]) for guard in GUARDS]
        if statement.startswith("{full_text:"):
            return [words.format(table=statement[len("{full_text:") : -1]) for words in FULL_TEXT]
        plain = statement.replace("{seq}", SEQ).replace("{bytes}", "BLOB")
        return [plain + (" STRICT" if plain.startswith("CREATE TABLE") else "")]

    def guarded(self, tx: Tx) -> frozenset[str]:
        triggers = {row["name"] for row in tx.all("SELECT name FROM sqlite_schema WHERE type = 'trigger'")}
        tables = {row["name"] for row in tx.all("SELECT name FROM sqlite_schema WHERE type = 'table'")}
        return frozenset(table for table in tables if {f"{table}_no_update", f"{table}_no_delete"} <= triggers)

    def close(self) -> None:
        for database in list(self._open):
            database.close()
        self._here = threading.local()

    def _idle(self, *, reading: bool = False) -> VisitDatabase:
        """This thread's connection, of which it has one for reading and one for everything."""
        if self.busy():
            raise RuntimeError("This thread already has a transaction open.")
        name = "reading" if reading else "writing"
        if not hasattr(self._here, name):
            opened = VisitDatabase(self._path, reading=reading)
            setattr(self._here, name, opened)
            self._open.add(opened)
            # A thread that ends drops its database at once, but the connection inside would stay open until some later collection.
            weakref.finalize(opened, opened.conn.close)
        database: VisitDatabase = getattr(self._here, name)
        return database

    def _tx(self, database: VisitDatabase) -> Tx:
        def execute(sql: str, params: dict[str, Any]) -> sqlite3.Cursor:
            return database.conn.execute(sql, params)

        def execute_many(sql: str, rows: Sequence[Row]) -> sqlite3.Cursor:
            return database.conn.executemany(sql, rows)

        return Tx(execute, execute_many, self._columns_of, self._after_append, lambda _tx, _household: None)

    def _columns_of(self, tx: Tx, table: str) -> frozenset[str]:
        if table not in self._columns:
            rows = tx.all("SELECT name FROM pragma_table_info(:table)", table=table)
            self._columns[table] = frozenset(row["name"] for row in rows)
        return self._columns[table]
