"""PostgreSQL behind the same seam, for many application nodes: psycopg 3, and the same text of queries.

One transaction writes at a time in the whole cluster, held by one advisory lock, as BEGIN IMMEDIATE does on SQLite. It costs little, since
each node's writer commits many pieces of work at once, and it buys one meaning of `seq`: the order of the commits, with no gap. Waiting for
that lock, and idling while holding it, have limits, so that no lost node stops the others.
"""

import re
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from queue import LifoQueue
from typing import Any

import psycopg
from psycopg import ClientCursor, Connection, sql

from visitapp.store.tx import Row, Tx

CONNECTIONS = 10
"""Connections a process keeps at most: eight threads that answer requests, the writer and the worker."""
WRITER_LOCK = 0x7669736974  # "visit" in ASCII: any fixed number will do
LIMITS = "-c lock_timeout=10s -c idle_in_transaction_session_timeout=30s -c timezone=UTC -c client_min_messages=warning"
PLANS = "-c random_page_cost=1.1"
"""A page found through an index costs about what the next page of a scan does, as it is on disks of today. With PostgreSQL's own 4 a list
of one team of many reads whole tables."""

GUARDS = (
    "CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
)
REFUSE_CHANGE = (
    "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS"
    " $$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$"
)
FULL_TEXT = (
    "CREATE INDEX {table}_words ON {table} USING gin ((array_to_tsvector(string_to_array(team || replace(words, ' ', ' ' || team), ' '))))",
    'CREATE FUNCTION {table}_found (query text) RETURNS TABLE ("rowid" bigint) LANGUAGE sql STABLE AS $$ SELECT n.id FROM {table} n'
    " WHERE array_to_tsvector(string_to_array(n.team || replace(n.words, ' ', ' ' || n.team), ' '))"
    " @@ CAST(replace(replace(query, '*', ':*'), ' ', ' & ') AS tsquery) $$",
)
"""A function that is asked as SQLite asks its own index: see there."""
SEQ = "BIGINT PRIMARY KEY REFERENCES journal (seq) DEFERRABLE INITIALLY DEFERRED"

_PARTS = re.compile(r"'(?:[^']|'')*'|::|:([a-z_][a-z0-9_]*)|%", re.IGNORECASE)


@lru_cache(maxsize=1024)
def driver_words(query: str) -> str:
    """A query with `:name` written as the driver wants it; text in quotes and `::` stay, and a percent sign is doubled."""

    def part(found: re.Match[str]) -> str:
        return f"%({found[1]})s" if found[1] else found[0].replace("%", "%%")

    return _PARTS.sub(part, query)


class PostgresEngine:
    """PostgreSQL behind the seam; see `engine.Engine` for what each method means."""

    name = "postgresql"

    def __init__(self, url: str, after_append: Callable[[Tx, str, Row], None]) -> None:
        self._url = url
        self._after_append = after_append
        self._here = threading.local()
        self._idle: LifoQueue[Connection[Any] | None] = LifoQueue()
        for _ in range(CONNECTIONS):
            self._idle.put(None)
        self._columns: dict[str, frozenset[str]] = {}

    @contextmanager
    def read(self) -> Iterator[Tx]:
        with self._transaction("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY") as tx:
            yield tx

    @contextmanager
    def write(self) -> Iterator[Tx]:
        with self._transaction("BEGIN") as tx:
            tx.one("SELECT pg_advisory_xact_lock(:lock) AS held", lock=WRITER_LOCK)
            yield tx

    @contextmanager
    def schema(self) -> Iterator[Tx]:
        self._columns.clear()
        with self.write() as tx:
            if tx.one("SELECT 1 AS there FROM pg_proc WHERE proname = 'refuse_change'") is None:
                tx.run(REFUSE_CHANGE)
            yield tx

    def busy(self) -> bool:
        return getattr(self._here, "open", False)

    def definition(self, statement: str) -> list[str]:
        if statement.startswith("{append_only:"):
            return [guard.format(table=statement[len("{append_only:") : -1]) for guard in GUARDS]
        if statement.startswith("{full_text:"):
            return [words.format(table=statement[len("{full_text:") : -1]) for words in FULL_TEXT]
        plain = statement.replace("{seq}", SEQ).replace("{bytes}", "BYTEA")
        return [re.sub(r"\bTEXT\b", 'TEXT COLLATE "C"', re.sub(r"\bINTEGER\b", "BIGINT", plain))]

    def guarded(self, tx: Tx) -> frozenset[str]:
        rows = tx.all(
            "SELECT c.relname, count(*) AS guards FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
            " JOIN pg_proc p ON p.oid = t.tgfoid WHERE p.proname = 'refuse_change' AND t.tgenabled <> 'D'"
            " AND c.relnamespace = current_schema()::regnamespace GROUP BY c.relname"
        )
        return frozenset(row["relname"] for row in rows if row["guards"] == len(GUARDS))

    def grant(self, role: str, facts: frozenset[str], others: frozenset[str]) -> None:
        """Let the application's role read everything, add facts, and change only what is not a fact."""
        with self.schema() as tx:
            for tables, rights in ((facts, "SELECT, INSERT"), (others, "SELECT, INSERT, UPDATE, DELETE"), ({"migration"}, "SELECT")):
                for table in sorted(tables):
                    named = sql.SQL("GRANT " + rights + " ON {} TO {}").format(sql.Identifier(table), sql.Identifier(role))
                    tx.run(named.as_string())

    def close(self) -> None:
        for connection in [self._idle.get() for _ in range(CONNECTIONS)]:
            if connection is not None:
                connection.close()
            self._idle.put(None)

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[Tx]:
        if self.busy():
            raise RuntimeError("This thread already has a transaction open.")
        connection = self._idle.get()
        self._here.open = True
        try:
            connection = self._begun(connection, begin)
            with _ended(connection):
                yield self._tx(connection)
        finally:
            self._here.open = False
            self._idle.put(connection)

    def _begun(self, connection: Connection[Any] | None, begin: str) -> Connection[Any]:
        """A connection with a transaction begun; a new one where the server has gone away since the last, as in a fail-over."""
        if connection is not None and not connection.closed:
            try:
                connection.execute(begin)
                return connection
            except psycopg.OperationalError:
                if not connection.closed:
                    raise
        connection = psycopg.connect(self._url, autocommit=True, options=f"{LIMITS} {PLANS}", cursor_factory=ClientCursor)
        connection.execute(begin)
        return connection

    def _tx(self, connection: Connection[Any]) -> Tx:
        def execute(query: str, params: dict[str, Any]) -> psycopg.Cursor[Any]:
            return connection.execute(driver_words(query), params)

        def execute_many(query: str, rows: Sequence[Row]) -> psycopg.Cursor[Any]:
            cursor = connection.cursor()
            cursor.executemany(driver_words(query), rows)
            return cursor

        return Tx(execute, execute_many, self._columns_of, self._after_append, _lock_household)

    def _columns_of(self, tx: Tx, table: str) -> frozenset[str]:
        if table not in self._columns:
            rows = tx.all(
                "SELECT column_name FROM information_schema.columns WHERE table_schema = current_schema() AND table_name = :table",
                table=table,
            )
            self._columns[table] = frozenset(row["column_name"] for row in rows)
        return self._columns[table]


@contextmanager
def _ended(connection: Connection[Any]) -> Iterator[None]:
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if not connection.closed:
            connection.execute("ROLLBACK")
        raise


def _lock_household(tx: Tx, household: str) -> None:
    tx.one("SELECT pg_advisory_xact_lock(hashtextextended(:household, 0)) AS held", household=household)
