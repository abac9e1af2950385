"""The seam between the two databases: what the rest of the house may ask of either, and the one place that chooses by URL."""

from contextlib import AbstractContextManager
from typing import Protocol

from visitapp.store import derived
from visitapp.store.sqlite import SqliteEngine
from visitapp.store.tx import Tx


class Engine(Protocol):
    """A database. `read` and `write` give one transaction each, committed on a clean exit and rolled back on any exception.

    One transaction a thread at a time: opening a second raises, because it would wait for the first for ever."""

    name: str

    def read(self) -> AbstractContextManager[Tx]:
        """A consistent view that cannot write."""

    def write(self) -> AbstractContextManager[Tx]:
        """The one writing transaction of the moment."""

    def busy(self) -> bool:
        """Whether this thread has a transaction open."""

    def schema(self) -> AbstractContextManager[Tx]:
        """A writing transaction that may change tables; for migrations only."""

    def definition(self, statement: str) -> list[str]:
        """One statement of a migration file in this engine's own words."""

    def guarded(self, tx: Tx) -> frozenset[str]:
        """The tables that the database itself keeps append-only."""

    def close(self) -> None:
        """Close every connection."""


class UnknownDatabase(ValueError):
    """The URL names no database that we know how to use."""


def open_engine(url: str) -> Engine:
    """The engine for `sqlite:///path` (three slashes relative, four absolute) or `postgresql://…`."""
    scheme, _, rest = url.partition("://")
    if scheme == "sqlite" and rest.startswith("/") and len(rest) > 1:
        return SqliteEngine(rest[1:], derived.after_append)
    if scheme in ("postgresql", "postgres"):
        from visitapp.store.postgres import PostgresEngine  # the driver is an extra: only who uses it needs it installed

        return PostgresEngine(url, derived.after_append)
    raise UnknownDatabase("A database is named sqlite:///path/to/file or postgresql://user@host/name.")
