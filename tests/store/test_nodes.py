"""Several processes on one database: nothing is refused for being second, and the numbers stay whole."""

import subprocess
import sys
import threading
from pathlib import Path

import psycopg

from tests.store import build
from visitapp.store import migrate
from visitapp.store.engine import Engine, open_engine
from visitapp.store.postgres import PostgresEngine

ROOT = Path(__file__).parents[2]
NODE = """
import sys
from visitapp.store.engine import open_engine
engine = open_engine(sys.argv[1])
for number in range(40):
    with engine.write() as tx:
        tx.one("SELECT count(*) AS n FROM person")
        tx.append("person", id=f"{sys.argv[2]}-{number}", at="2026-11-22T10:40:00.000Z", actor="node")
engine.close()
"""


def seqs(engine: Engine) -> list[int]:
    with engine.read() as tx:
        return [row["seq"] for row in tx.all("SELECT p.seq FROM person p JOIN journal j ON j.seq = p.seq ORDER BY p.seq")]


def test_processes_that_read_and_then_write_all_succeed(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/v.db"
    engine = open_engine(url)
    migrate.migrate(engine)
    nodes = [subprocess.Popen([sys.executable, "-c", NODE, url, str(n)], cwd=ROOT, stderr=subprocess.PIPE) for n in range(3)]
    assert [node.communicate()[1] for node in nodes] == [b"", b"", b""]
    assert seqs(engine) == list(range(1, 121))
    engine.close()


def test_nodes_on_postgresql_number_their_facts_in_the_order_of_commits(postgres_url: str) -> None:
    nodes = [open_engine(postgres_url) for _ in range(3)]
    seen: list[list[int]] = []

    def work(node: Engine, name: str) -> None:
        for number in range(30):
            with node.write() as tx:
                tx.append("person", id=f"{name}-{number}", **build.STAMP)
            seen.append(seqs(node))

    threads = [threading.Thread(target=work, args=(node, str(n))) for n, node in enumerate(nodes)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(found == list(range(1, len(found) + 1)) for found in seen)  # never a number whose elder comes later
    assert len(seqs(nodes[0])) == 90
    for node in nodes:
        node.close()


def test_a_lost_connection_is_made_again(postgres_engine: PostgresEngine, postgres_url: str) -> None:
    with postgres_engine.write() as tx:
        tx.append("person", id="before", **build.STAMP)
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    with postgres_engine.write() as tx:
        tx.append("person", id="after", **build.STAMP)
    assert seqs(postgres_engine) == [1, 2]
