"""A fact stays as it was written, whatever is tried."""

import sqlite3
from pathlib import Path

import psycopg
import pytest

from tests.store import build
from visitapp.store import migrate
from visitapp.store.engine import Engine, open_engine
from visitapp.store.postgres import PostgresEngine
from visitapp.store.sqlite import VisitDatabase
from visitapp.store.tx import fact_hash

REFUSED = (sqlite3.DatabaseError, psycopg.DatabaseError)

ATTEMPTS = {
    "update": "UPDATE person SET id = 'other'",
    "delete": "DELETE FROM person",
    "upsert": "INSERT INTO person (seq, id) VALUES (1, 'one') ON CONFLICT (id) DO UPDATE SET id = 'other'",
    "journal": "UPDATE journal SET actor = 'nobody'",
    "rename": "ALTER TABLE person RENAME TO people",
    "drop": "DROP TABLE person_detail",
}


def kept(engine: Engine) -> list[dict[str, object]]:
    with engine.read() as tx:
        return tx.all("SELECT p.seq, p.id, j.actor FROM person p JOIN journal j ON j.seq = p.seq")


@pytest.mark.parametrize("attempt", ["update", "delete", "upsert", "journal"])
def test_a_fact_is_never_changed(engine: Engine, attempt: str) -> None:
    with engine.write() as tx:
        tx.append("person", id="one", **build.STAMP)
    with pytest.raises(REFUSED, match="append-only"), engine.write() as tx:
        tx.run(ATTEMPTS[attempt])
    assert kept(engine) == [{"seq": 1, "id": "one", "actor": "tester"}]


def test_replace_does_not_pass_for_an_insert(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path}/v.db")
    migrate.migrate(engine)
    with engine.write() as tx:
        tx.append("person", id="one", **build.STAMP)
    with pytest.raises(REFUSED, match="append-only"), engine.write() as tx:
        tx.run("INSERT OR REPLACE INTO person (seq, id) VALUES (9, 'one')")
    assert kept(engine) == [{"seq": 1, "id": "one", "actor": "tester"}]
    engine.close()


@pytest.mark.parametrize("attempt", ["rename", "drop"])
def test_the_running_application_cannot_change_a_definition(tmp_path: Path, attempt: str) -> None:
    engine = open_engine(f"sqlite:///{tmp_path}/v.db")
    migrate.migrate(engine)
    with pytest.raises(REFUSED, match="not authorized"), engine.write() as tx:
        tx.run(ATTEMPTS[attempt])
    engine.close()


def test_rebuilding_a_table_is_refused_and_noticed(tmp_path: Path) -> None:
    path = f"{tmp_path}/v.db"
    engine = open_engine(f"sqlite:///{path}")
    migrate.migrate(engine)
    database = VisitDatabase(path)
    with pytest.raises(REFUSED, match="not authorized"):
        database["person"].transform(rename={"id": "name"})  # type: ignore[union-attr]
    database.freeze_definitions(False)
    database["answer_problems"].transform(types={"problems": str})  # type: ignore[union-attr]
    database.close()
    with pytest.raises(migrate.SchemaFault, match="answer_problems"):
        migrate.migrate(engine)
    engine.close()


def test_truncate_is_refused(postgres_engine: PostgresEngine) -> None:
    with postgres_engine.write() as tx:
        tx.append("person", id="one", **build.STAMP)
    with pytest.raises(REFUSED, match="append-only"), postgres_engine.write() as tx:
        tx.run("TRUNCATE person CASCADE")
    assert len(kept(postgres_engine)) == 1


def test_the_application_role_may_add_facts_and_no_more(postgres_engine: PostgresEngine, postgres_url: str) -> None:
    with postgres_engine.schema() as tx:
        tx.run("DROP ROLE IF EXISTS visitapp_test")
        tx.run("CREATE ROLE visitapp_test LOGIN")
    migrate.grant_application_role(postgres_engine, "visitapp_test")
    application = open_engine(postgres_url.replace("postgres:@", "visitapp_test:@"))
    with application.write() as tx:
        assert tx.one("SELECT current_user AS me") == {"me": "visitapp_test"}
        build.staff(tx)
        build.family(tx)
    for statement in (*ATTEMPTS.values(), "TRUNCATE person CASCADE", "ALTER TABLE person DISABLE TRIGGER ALL"):
        with pytest.raises(REFUSED, match=r"permission denied|must be owner"), application.write() as tx:
            tx.run(statement)
    application.close()
    with postgres_engine.schema() as tx:
        tx.run("DROP OWNED BY visitapp_test")
        tx.run("DROP ROLE visitapp_test")


def test_every_fact_has_its_journal_line_and_hash(engine: Engine) -> None:
    with engine.write() as tx:
        first = tx.append("person", id="one", **build.STAMP)
        second = tx.append("household", household="h", id="h", name="Ashdown", **build.STAMP)
        third = tx.journal("read.family", at=build.AT, actor="hv", household="h")
    assert (first, second, third) == (1, 2, 3)
    with engine.read() as tx:
        lines = tx.all("SELECT kind, actor, household, sha256 FROM journal ORDER BY seq")
    assert [(line["kind"], line["actor"], line["household"]) for line in lines] == [
        ("person", "tester", None),
        ("household", "tester", "h"),
        ("read.family", "hv", "h"),
    ]
    assert lines[1]["sha256"] == fact_hash({"name": "Ashdown", "id": "h"})


def test_a_fact_without_its_journal_line_cannot_be_kept(engine: Engine) -> None:
    with pytest.raises(REFUSED, match=r"(?i)foreign key"), engine.write() as tx:
        tx.run("INSERT INTO person (seq, id) VALUES (7, 'x')")
    assert kept(engine) == []
