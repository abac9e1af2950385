"""Brings a database to what this version of the code expects: numbered SQL files, applied once each, in order, under the write lock.

A file that was applied is recorded with its hash and must never change again. After each run the tables named append-only are compared
with those the database really guards, because a rebuilt table loses its triggers without a word.
"""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from visitapp.store.engine import Engine
from visitapp.store.tx import Tx

if TYPE_CHECKING:
    from visitapp.store.postgres import PostgresEngine

FOLDER = Path(__file__).parent / "migrations"


class SchemaFault(RuntimeError):
    """The database is not what this code can work on; the message says which table or file."""


@dataclass(frozen=True)
class Migration:
    """One numbered file; `statements` still carry their tokens."""

    number: int
    name: str
    sha256: str
    statements: tuple[str, ...]


def migrations(folder: Path = FOLDER) -> list[Migration]:
    """Every migration, in order."""
    return [_read(path) for path in sorted(folder.glob("[0-9][0-9][0-9][0-9]_*.sql"))]


def append_only_tables(folder: Path = FOLDER) -> frozenset[str]:
    """The fact tables, as the migrations declare them."""
    tokens = (re.fullmatch(r"\{append_only:(\w+)\}", statement) for step in migrations(folder) for statement in step.statements)
    return frozenset(token[1] for token in tokens if token)


def pending(engine: Engine, folder: Path = FOLDER) -> list[Migration]:
    """What `migrate` would apply; empty when the database is up to date."""
    with engine.schema() as tx:
        return _pending(tx, migrations(folder))


def outstanding(engine: Engine, folder: Path = FOLDER) -> list[str]:
    """The files that are still to be applied, asked without changing anything: so that a role that owns no table can start the service."""
    steps = migrations(folder)
    with engine.read() as tx:
        if not engine.guarded(tx):  # nothing was ever applied
            return [step.name for step in steps]
        waiting = _outstanding(tx, steps)
        if not waiting:
            _check_guards(engine, tx, append_only_tables(folder))
    return [step.name for step in waiting]


def migrate(engine: Engine, folder: Path = FOLDER) -> list[str]:
    """Apply what is pending; the names of the files applied. All of it is done, or none."""
    steps = migrations(folder)
    with engine.schema() as tx:
        waiting = _pending(tx, steps)
        for step in waiting:
            _apply(engine, tx, step)
        _check_guards(engine, tx, append_only_tables(folder))
    return [step.name for step in waiting]


def _read(path: Path) -> Migration:
    text = path.read_text(encoding="utf-8")
    code = "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("--"))
    statements = tuple(part.strip() for part in re.split(r";[ \t]*(?:\n|$)", code) if part.strip())
    return Migration(int(path.name[:4]), path.stem, hashlib.sha256(text.encode()).hexdigest(), statements)


def _pending(tx: Tx, steps: Iterable[Migration]) -> list[Migration]:
    tx.run("CREATE TABLE IF NOT EXISTS migration (number INTEGER PRIMARY KEY, name TEXT NOT NULL, sha256 TEXT NOT NULL)")
    return _outstanding(tx, steps)


def _outstanding(tx: Tx, steps: Iterable[Migration]) -> list[Migration]:
    applied = {row["number"]: row["sha256"] for row in tx.all("SELECT number, sha256 FROM migration")}
    changed = [step.name for step in steps if applied.get(step.number, step.sha256) != step.sha256]
    if changed:
        raise SchemaFault(f"Already applied and since changed: {', '.join(changed)}. Write a new migration instead.")
    return [step for step in steps if step.number not in applied]


def _apply(engine: Engine, tx: Tx, step: Migration) -> None:
    for statement in step.statements:
        for words in engine.definition(statement):
            tx.run(words)
    tx.run(
        "INSERT INTO migration (number, name, sha256) VALUES (:number, :name, :sha256)",
        number=step.number,
        name=step.name,
        sha256=step.sha256,
    )


def _check_guards(engine: Engine, tx: Tx, facts: frozenset[str]) -> None:
    guarded = engine.guarded(tx)
    if guarded != facts:
        raise SchemaFault(f"Not guarded as the migrations say: {', '.join(sorted(guarded ^ facts))}.")


def grant_application_role(engine: "PostgresEngine", role: str, folder: Path = FOLDER) -> None:
    """On PostgreSQL, where migrations run as the owner: what the role that the application signs in as may do with each table."""
    with engine.read() as tx:
        tables = {row["tablename"] for row in tx.all("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")}
    facts = append_only_tables(folder)
    engine.grant(role, facts, frozenset(tables - facts - {"migration"}))
