"""How many visits a second are kept for good, against the least that the disk asks for.

Two figures side by side: rows of the same size into plain SQLite with the same durability, a transaction each, from one thread; and
submissions through HTTP from eight tablets at once (unsealed, checked, journalled, receipted), the service under granian as in
`visitapp serve`. Receiving is measured with no worker running; then the worker assesses what was received, by itself.
"""

import json
import os
import sqlite3
import subprocess
import sys
import time
import uuid
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.request import urlopen

from tests.bench.families import Team, a_team, sealed_visits
from tests.bench.report import spread, table
from visitapp.config import Settings
from visitapp.flow import worker
from visitapp.store.migrate import migrate
from visitapp.wiring import Wired, wire

CLIENTS = 8
VISITS = 4_000
PORT = 8175


def measure() -> str:
    with TemporaryDirectory() as folder:
        environ = {"DATA_DIR": folder, "PORT": str(PORT)}
        raw = raw_inserts(Path(folder) / "raw.db")
        w = wire(Settings.from_environment(environ))
        migrate(w.engine)
        team = a_team(w)
        bodies = [json.dumps(one).encode() for one in sealed_visits(w, team, VISITS)]
        seconds, answers = over_http(environ, team, bodies, Path(folder))
        kept = _count(w)
        assessed = assess_all(w)
        w.close()
    latency = [took for status, took in answers if status == 201]
    rate, floor = len(latency) / seconds, VISITS / sum(raw)
    rows = [
        ["plain SQLite, one transaction a row", f"{floor:,.0f}", *spread(raw), "1.00"],
        [f"receive through HTTP, {CLIENTS} tablets", f"{rate:,.0f}", *spread(latency), f"{rate / floor:.2f}"],
        ["assess, one worker", f"{len(assessed) / sum(assessed):,.0f}", *spread(assessed), f"{len(assessed) / sum(assessed) / floor:.2f}"],
    ]
    method = (
        f"{VISITS:,} sealed visits of {len(bodies[0]):,} bytes on the wire, WAL and synchronous FULL in every row; "
        "clients share the two cores. "
        f"Receipts {len(latency):,}, kept {kept:,}, other answers {len(answers) - len(latency)}. Aim: 1,000 a second received."
    )
    return table("Keeping visits", method, ["what", "a second", "p50", "p99", "ratio"], rows)


def raw_inserts(path: Path) -> list[float]:
    """Seconds each of one row of a visit's size, committed to disk by itself."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE visit (id TEXT PRIMARY KEY, body BLOB) STRICT")
    body, seconds = bytes(6_000), []
    for _ in range(VISITS):
        began = time.perf_counter()
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO visit VALUES (?, ?)", (str(uuid.uuid4()), body))
        connection.execute("COMMIT")
        seconds.append(time.perf_counter() - began)
    connection.close()
    return seconds


def over_http(environ: dict[str, str], team: Team, bodies: list[bytes], folder: Path) -> tuple[float, list[tuple[int, float]]]:
    """Seconds in all, and each answer's status and seconds."""
    head = (
        f"POST /tablet/api/submissions HTTP/1.1\r\nHost: localhost:{PORT}\r\nOrigin: http://localhost:{PORT}\r\n"
        f"Authorization: Device {team.device}:{team.secret}\r\nContent-Type: application/json\r\n"
    )
    (folder / "head").write_text(head)
    (folder / "bodies").write_bytes(b"\n".join(bodies))
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", "1", "--blocking-threads", str(CLIENTS), "--no-ws",
               "--port", str(PORT), "--log-level", "error", "wsgi:app"]  # fmt: skip
    with subprocess.Popen(command, env={**os.environ, **environ}) as service:
        try:
            _wait_for(f"http://localhost:{PORT}/tablet/manifest.webmanifest")
            senders = [sys.executable, "-m", "tests.bench.senders", str(PORT), str(CLIENTS), str(folder)]
            seen = json.loads(subprocess.run(senders, check=True, capture_output=True).stdout)
        finally:
            service.terminate()
    return seen["seconds"], [(status, took) for status, took in seen["answers"]]


def _wait_for(address: str) -> None:
    until = time.monotonic() + 20
    while True:
        try:
            urlopen(address, timeout=2).close()
            return
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.05)


def _count(w: Wired) -> int:
    with w.engine.read() as tx:
        row = tx.one("SELECT count(*) AS kept FROM submission")
    assert row is not None
    return int(row["kept"])


def assess_all(w: Wired) -> list[float]:
    """Seconds a visit, as the worker takes them from the outbox."""
    seconds: list[float] = []
    while True:
        began = time.perf_counter()
        done = worker.work_once(w)
        if not done:
            return seconds
        seconds += [(time.perf_counter() - began) / done] * done
