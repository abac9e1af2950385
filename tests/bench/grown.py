"""A service that has grown: a thousand families in four teams, made through the same steps as any visit, and then the same rows again for
as many more teams as are wanted, under other ids and later in the journal. A team and a family are as large however large the service is.

Every id begins with the same eight characters, which each copy has in a form of its own, wherever an id stands: in a column, in JSON, among
the words that are searched. `tests/store/test_grown.py` holds that what is derived is in a copy as it would be if it were derived there.
"""

import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from random import Random

import psycopg

from tests.bench.long_family import LongFamily, judged
from tests.flow.world import completion
from visitapp.config import Settings
from visitapp.flow import people, refer, worker
from visitapp.store.migrate import migrate
from visitapp.wiring import Wired, wire

MARK = "b0000000"
NOW = "2026-11-23T09:30:00.000Z"
TODAY = date(2026, 11, 23)
AREA = "eastmoor"
PASSWORD = "seven quiet wooden bridges"
GIVEN = ("Amira", "Ben", "Chiara", "Dafydd", "Ewa", "Farah", "Grace", "Hana", "Idris", "Jonah", "Kaya", "Omar")
FAMILY = ("Ashdown", "Begum", "Carver", "Dlamini", "Evans", "Fraser", "Green", "Hussain", "Ivers", "Khan", "Murphy")
STREETS = ("Mill Row", "Station Road", "Hope Street", "Orchard Close", "Canal Side", "North Parade")
BEYOND_SEQ = {("note", "id"): 16, ("loss", "event"): 1}
"""Columns of other names that hold a `seq`, or that many times one and something more."""
AS_TEXT = {("note", "subject")}
"""Columns that hold an id or, as text, a `seq`."""
LONG = {
    ("submission", "envelope"), ("submission", "body"), ("not_found", "findings"), ("shown", "findings"), ("finding", "because"),
    ("finding", "missing"), ("letter", "content"), ("letter", "bytes"),
}  # fmt: skip
"""What only the page of one visit reads, and two thirds of all bytes: only the copy in the middle has it, or a disk would not do."""


@dataclass(frozen=True)
class Size:
    """Teams, families a team, visits a family."""

    teams: int = 4
    families: int = 250
    visits: int = 10


def begin(folder: Path, size: Size, seed: int = 1) -> Path:
    """The families that are copied, in a database of their own; its path."""
    random = Random(seed)
    environ = {"DATA_DIR": str(folder), "LETTER_DIR": str(folder / "letters")}
    w = replace(wire(Settings.from_environment(environ)), clock=lambda: NOW)
    migrate(w.engine)
    people.add_receiving_team(
        w, "bench", name="Front door", area=AREA, kind="front_door", email="duty@eastmoor.example", phone="01632 960100",
        phone_out_of_hours="01632 960101", review_on="2027-06-01",
    )  # fmt: skip
    w = replace(w, new_id=lambda: MARK + str(uuid.UUID(int=random.getrandbits(128), version=4))[8:])
    for number in range(size.teams):
        _team(w, number, size, random)
    while worker.work_once(w):
        pass
    w.close()
    return folder / "visitapp.db"


def _team(w: Wired, number: int, size: Size, random: Random) -> None:
    team = people.add_team(w, "bench", name=f"Team {number}", area=AREA, phone="01632 960001")
    staff = [_account(w, team, f"{number}{place}", "supervisor" if place == 0 else "health_visitor") for place in range(9)]
    for place in range(size.families):
        _family(w, staff[1 + place % 8], place, size.visits, random)


def _account(w: Wired, team: str, name: str, role: str) -> str:
    return people.add_account(
        w, "bench", username=f"{MARK}.{name}", name=f"{role} {name}", role=role, team=team, phone="07700 900001", password=PASSWORD
    )


def _family(w: Wired, account: str, place: int, visits: int, random: Random) -> None:
    name = random.choice(FAMILY)
    home = people.form_household(
        w, account, name=name, address=f"{place + 1} {random.choice(STREETS)}", postcode=f"EM{place % 9 + 1} {place % 7}AB", area=AREA
    )
    people.name_practitioner(w, account, home, account=account)
    born = [
        (TODAY - timedelta(days=random.randrange(20, 700))).isoformat(),
        (TODAY - timedelta(days=random.randrange(800, 1800))).isoformat(),
    ]
    children = [_member(w, account, home, "child", name, on, random) for on in born[: random.choice((1, 1, 2))]]
    adults = [_member(w, account, home, role, name, "1994-05-06", random) for role in ("mother", "partner")[: random.choice((1, 2))]]
    family = LongFamily(home, tuple(children), tuple(adults))
    for number in reversed(range(visits)):
        judged(w, family, account, (TODAY - timedelta(days=3 + 21 * number + random.randrange(14))).isoformat(), random)
    if place % 5 == 0:
        _send(w, account, home)


def _member(w: Wired, account: str, home: str, role: str, name: str, born_on: str, random: Random) -> str:
    given = random.choice(GIVEN)
    person = people.register_person(w, account, household=home, given_names=given, family_name=name, born_on=born_on).person
    people.add_member(w, account, home, person=person, role=role)
    return person


def _send(w: Wired, account: str, home: str) -> None:
    """What is proposed of the family, if anything is."""
    with w.engine.read() as tx:
        proposed = tx.all("SELECT subject FROM duty WHERE household = :household AND kind = 'complete'", household=home)
    for row in proposed[:1]:
        refer.send(w, account, row["subject"], completion())


# --- copies -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Table:
    """A table as it is copied: its columns with whether they are text, and the statement's words for each in copy `c.k`."""

    name: str
    columns: tuple[str, ...]
    text: frozenset[str]

    def copied(self, span: int, whole: int, kind: str) -> str:
        """The columns of a row of `base` in a copy whose ids begin with `c.mark`, `span` lines of the journal after the one before. What is
        long stands in the copy `whole` only; `kind` is the engine's word for bytes."""
        return ", ".join(self._copied(column, span, whole, kind) for column in self.columns)

    def _copied(self, column: str, span: int, whole: int, kind: str) -> str:
        if (self.name, column) in LONG:
            empty = "'[]'" if column in self.text else f"CAST('' AS {kind})"
            return f"CASE WHEN c.k = {whole} THEN t.{column} ELSE {empty} END"
        if (self.name, column) in AS_TEXT:
            number = f"CAST(CAST(t.{column} AS INTEGER) + c.k * {span} AS TEXT)"
            return f"CASE WHEN t.{column} LIKE '{MARK}%' THEN replace(t.{column}, '{MARK}', c.mark) ELSE {number} END"
        if column in self.text:
            return f"replace(t.{column}, '{MARK}', c.mark)"
        if column == "seq" or column.endswith("_seq") or (self.name, column) in BEYOND_SEQ:
            return f"t.{column} + c.k * {span * BEYOND_SEQ.get((self.name, column), 1)}"
        return f"t.{column}"

    def of_families(self, since: int) -> str:
        """The rows that are copied: all that was written since the first team, and what is derived of it."""
        if "seq" in self.columns:
            return f"seq > {since}"
        return " OR ".join(f"{column} LIKE '%{MARK}%'" for column in sorted(self.text)) or "1 = 0"


def mark(k: int) -> str:
    """How the ids of a copy begin."""
    return f"b{k:07x}"


def middle(copies: int) -> int:
    """The copy that is looked at: as many teams came before it as came after."""
    return (copies + 1) // 2


def copies_in_sqlite(database: Path, copies: int) -> None:
    """So many more of every team into the same database. Indexes are made after the rows: kept up meanwhile they take ten times as long."""
    with closing(sqlite3.connect(database, isolation_level=None)) as db:
        db.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF; PRAGMA cache_size = -1000000")
        db.execute("CREATE TEMP TABLE copy (k INTEGER, mark TEXT)")
        db.executemany("INSERT INTO copy VALUES (?, ?)", [(k, mark(k)) for k in range(1, copies + 1)])
        made = db.execute(
            "SELECT type, name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL"
            " OR type = 'trigger' AND name NOT LIKE '%@_no@_%' ESCAPE '@'"
        ).fetchall()
        those = list(tables(db))
        since, span = db.execute("SELECT (SELECT min(seq) - 1 FROM team), (SELECT max(seq) FROM journal)").fetchone()
        db.execute("BEGIN")
        for kind, name, _ in made:
            db.execute(f"DROP {kind} {name}")
        for table in those:
            db.execute(f"CREATE TEMP TABLE base AS SELECT * FROM {table.name} WHERE {table.of_families(since)}")
            db.execute(
                f"INSERT OR IGNORE INTO {table.name} ({', '.join(table.columns)})"
                f" SELECT {table.copied(span, middle(copies), 'BLOB')} FROM copy c CROSS JOIN base t"
            )
            db.execute("DROP TABLE temp.base")
        for _, _, text in made:
            db.execute(text)
        db.execute("COMMIT")
        for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE sql LIKE 'CREATE VIRTUAL TABLE%'").fetchall():
            db.execute(f"INSERT INTO {name} ({name}) VALUES ('rebuild')")
        db.execute("PRAGMA journal_mode = WAL")


def tables(db: sqlite3.Connection) -> Iterator[Table]:
    """Every table of ours, in the order in which they were made: those that others refer to first."""
    rows = db.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND sql LIKE '%STRICT' AND name <> 'migration' ORDER BY rowid")
    for (name,) in rows.fetchall():
        columns = db.execute(f"PRAGMA table_info({name})").fetchall()
        yield Table(name, tuple(one[1] for one in columns), frozenset(one[1] for one in columns if one[2] == "TEXT"))


def copies_in_postgres(database: Path, url: str, copies: int) -> None:
    """The families of an SQLite database and so many more of every team, in PostgreSQL."""
    with closing(sqlite3.connect(database)) as db, psycopg.connect(url, autocommit=True) as connection:
        those = list(tables(db))
        since, span = db.execute("SELECT (SELECT min(seq) - 1 FROM team), (SELECT max(seq) FROM journal)").fetchone()
        run = connection.execute
        run("SET session_replication_role = replica")  # neither guards nor references: the rows are right already
        run("SET maintenance_work_mem = '1GB'")
        for table in those:
            columns = ", ".join(table.columns)
            with connection.cursor().copy(f"COPY {table.name} ({columns}) FROM STDIN") as writing:  # type: ignore[arg-type]
                for row in db.execute(f"SELECT {columns} FROM {table.name}"):
                    writing.write_row(row)
        run("CREATE TEMP TABLE copy (k BIGINT, mark TEXT)")
        for k in range(1, copies + 1):
            run("INSERT INTO copy VALUES (%s, %s)", (k, mark(k)))
        made = run(
            "SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid"
            " WHERE c.relnamespace = current_schema()::regnamespace"
            " AND NOT EXISTS (SELECT 1 FROM pg_constraint p WHERE p.conindid = i.indexrelid)"
        ).fetchall()
        for name, _ in made:
            run(f"DROP INDEX {name}")  # type: ignore[arg-type]
        for table in those:
            run(f"CREATE TEMP TABLE base AS SELECT * FROM {table.name} WHERE {table.of_families(since)}")  # type: ignore[arg-type]
            rows = f"SELECT {table.copied(span, middle(copies), 'BYTEA')} FROM copy c CROSS JOIN base t"
            run(f"INSERT INTO {table.name} ({', '.join(table.columns)}) {rows} ON CONFLICT DO NOTHING")  # type: ignore[arg-type]
            run("DROP TABLE base")
        for _, text in made:
            run(text)
        run("VACUUM ANALYZE")
