"""One transaction, the same on both engines: queries with named parameters, and `append`, the only way a fact is written.

Facts and their journal line are written together and share one `seq`. Only one transaction writes at a time (SQLite by BEGIN IMMEDIATE,
PostgreSQL by one advisory lock), so the next `seq` is simply the highest plus one: the numbers have no gaps, and their order is the
order of the commits. That is what makes "everything up to seq 123" mean the same for ever.
"""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol, TypeVar

from visitapp.domain.storable import storable

Row = dict[str, Any]
Kind = TypeVar("Kind")


class Cursor(Protocol):
    """The part of a database cursor that both drivers share."""

    @property
    def description(self) -> Any: ...
    @property
    def rowcount(self) -> int: ...
    def fetchall(self) -> list[Any]: ...
    def fetchone(self) -> Any: ...


def fact_hash(row: Mapping[str, Any]) -> str:
    """SHA-256 (hex) of a fact's canonical text: JSON, keys sorted, no spaces, bytes as their own SHA-256."""
    plain = {name: {"sha256": hashlib.sha256(value).hexdigest()} if isinstance(value, bytes) else value for name, value in row.items()}
    return hashlib.sha256(_canonical(plain).encode()).hexdigest()


_canonical = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode


def _kept(value: Any) -> Any:
    """A parameter as both engines keep it: text made storable, booleans as 0 and 1."""
    if isinstance(value, str):
        return storable(value)
    return int(value) if isinstance(value, bool) else value


def numbered(values: Sequence[Any], name: str = "id") -> tuple[str, Row]:
    """A list as named parameters: the words for `IN (…)` and their values. Two lists of one query have different names."""
    params = {f"{name}{number}": value for number, value in enumerate(values)}
    return ", ".join(f":{one}" for one in params), params


class Tx:
    """An open transaction. `execute` is the engine's, and `execute_many` does one statement for many rows; `columns` names the columns of a
    table; `after_append` refreshes what is derived."""

    def __init__(
        self,
        execute: Callable[[str, dict[str, Any]], Cursor],
        execute_many: Callable[[str, Sequence[Row]], Cursor],
        columns: Callable[["Tx", str], frozenset[str]],
        after_append: Callable[["Tx", str, Row], None],
        lock: Callable[["Tx", str], None],
    ) -> None:
        self._execute = execute
        self._execute_many = execute_many
        self._columns = columns
        self._after_append = after_append
        self._lock = lock
        self._last_seq: int | None = None

    def all(self, sql: str, **params: Any) -> list[Row]:
        """Every row of a query, each as column name -> value."""
        cursor = self._run(sql, params)
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def all_as(self, kind: type[Kind], sql: str, **params: Any) -> list[Kind]:
        """Every row of a query as a tuple of that kind, whose parts are the columns in their order."""
        return [kind(*row) for row in self._run(sql, params).fetchall()]

    def tuples(self, sql: str, **params: Any) -> list[tuple[Any, ...]]:
        """Every row of a query as it comes: where there are ten thousand, to name their parts costs more than to find them."""
        return self._run(sql, params).fetchall()

    def one(self, sql: str, **params: Any) -> Row | None:
        """The first row of a query, or None."""
        cursor = self._run(sql, params)
        row = cursor.fetchone()
        return None if row is None else dict(zip((column[0] for column in cursor.description), row, strict=True))

    def run(self, sql: str, **params: Any) -> int:
        """Do one statement; the number of rows it touched."""
        return self._run(sql, params).rowcount

    def insert(self, table: str, rows: Sequence[Row], on_conflict: str = "") -> int:
        """Write rows with the same columns, of values as the database gives them back; how many were written. Facts are for `append`.
        Names of tables and columns come from our own calls, never from a request."""
        names = tuple(rows[0]) if rows else ()
        statement = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join(f':{name}' for name in names)}) {on_conflict}"
        if len(rows) < 2:
            return sum(self._execute(statement, row).rowcount for row in rows)
        return self._execute_many(statement, rows).rowcount

    def append(self, table: str, *, at: str, actor: str, household: str | None = None, **columns: Any) -> int:
        """Write one fact with its journal line and refresh what is derived from it; the `seq` of both."""
        fact, seq = self._fact(table, household, columns), self._next_seq()
        self._write_journal(seq, table, at, actor, household, "", fact_hash(fact))
        self.insert(table, [{"seq": seq, **fact}])
        self._after_append(self, table, {**fact, "seq": seq, "household": _kept(household)})
        return seq

    def append_new(self, table: str, *, at: str, actor: str, household: str | None = None, **columns: Any) -> int | None:
        """As `append`, but None and nothing written when a row with the same unique key is there: the constraint decides."""
        fact, seq = self._fact(table, household, columns), self._next_seq()
        if self.insert(table, [{"seq": seq, **fact}], "ON CONFLICT DO NOTHING") == 0:
            return None
        self._write_journal(seq, table, at, actor, household, "", fact_hash(fact))
        self._after_append(self, table, {**fact, "seq": seq, "household": _kept(household)})
        return seq

    def append_all(self, table: str, facts: Sequence[Mapping[str, Any]], *, at: str, actor: str, household: str | None = None) -> None:
        """Write facts of one kind, all with the same columns: what `append` does one after another, with less work for each."""
        kept = [self._fact(table, household, columns) for columns in facts]
        first = self._next_seq()
        written = [{"seq": seq, **fact} for seq, fact in enumerate(kept, first)]
        line = _line(first, table, at, actor, household, "", "")
        lines = [{**line, "seq": seq, "sha256": fact_hash(fact)} for seq, fact in enumerate(kept, first)]
        self.insert("journal", lines)  # first, or SQLite would look in every table of facts for those that wait for each line
        self.insert(table, written)
        self._last_seq = first + len(kept) - 1
        for fact in written:
            self._after_append(self, table, {**fact, "household": _kept(household)})

    def journal(self, kind: str, *, at: str, actor: str, household: str | None = None, detail: str = "") -> int:
        """Write a journal line that has no fact, such as the reading of a family; its `seq`."""
        seq = self._next_seq()
        self._write_journal(seq, kind, at, actor, household, detail, fact_hash({"kind": kind, "household": household, "detail": detail}))
        return seq

    def lock_household(self, household: str) -> None:
        """Hold this family until the transaction ends, so that two judgements of it never cross."""
        self._lock(self, household)

    def _run(self, sql: str, params: Mapping[str, Any]) -> Cursor:
        return self._execute(sql, {name: _kept(value) for name, value in params.items()})

    def _next_seq(self) -> int:
        if self._last_seq is None:
            last = self.one("SELECT coalesce(max(seq), 0) AS seq FROM journal")
            assert last is not None
            self._last_seq = last["seq"]
        return self._last_seq + 1

    def _fact(self, table: str, household: str | None, columns: Mapping[str, Any]) -> Row:
        fact = {name: _kept(value) for name, value in columns.items()}
        return fact | {"household": _kept(household)} if "household" in self._columns(self, table) else fact

    def _write_journal(self, seq: int, kind: str, at: str, actor: str, household: str | None, detail: str, sha256: str) -> None:
        self.insert("journal", [_line(seq, kind, at, actor, household, detail, sha256)])
        self._last_seq = seq


def _line(seq: int, kind: str, at: str, actor: str, household: str | None, detail: str, sha256: str) -> Row:
    """A line of the journal."""
    line = {"at": at, "actor": actor, "kind": kind, "household": household, "detail": detail, "sha256": sha256}
    return {"seq": seq, **{name: _kept(value) for name, value in line.items()}}
