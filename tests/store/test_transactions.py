"""A transaction is all or nothing, reads see one moment and cannot write, and a second one in the same thread is refused at once."""

import sqlite3
import threading
from pathlib import Path

import psycopg
import pytest

from tests.store import build
from visitapp.store.engine import Engine, UnknownDatabase, open_engine
from visitapp.store.postgres import driver_words
from visitapp.store.tx import Tx, fact_hash

REFUSED = (sqlite3.DatabaseError, psycopg.DatabaseError)


def persons(engine: Engine) -> list[str]:
    with engine.read() as tx:
        return [row["id"] for row in tx.all("SELECT id FROM person ORDER BY seq")]


def test_an_exception_undoes_everything(engine: Engine) -> None:
    with pytest.raises(KeyError):
        _add_and_fail(engine)
    assert persons(engine) == []
    with engine.write() as tx:
        assert tx.append("person", id="two", **build.STAMP) == 1  # the number was never used


def _add_and_fail(engine: Engine) -> None:
    with engine.write() as tx:
        tx.append("person", id="one", **build.STAMP)
        raise KeyError


def test_a_read_cannot_write(engine: Engine) -> None:
    with pytest.raises(REFUSED, match=r"readonly|read-only"), engine.read() as tx:
        tx.append("person", id="one", **build.STAMP)
    with engine.write() as tx:
        tx.append("person", id="one", **build.STAMP)
    assert persons(engine) == ["one"]


def test_a_read_sees_one_moment(engine: Engine) -> None:
    with engine.read() as tx:
        assert tx.all("SELECT id FROM person") == []
        writer = threading.Thread(target=_add, args=(engine, "one"))
        writer.start()
        writer.join()
        assert tx.all("SELECT id FROM person") == []
    assert persons(engine) == ["one"]


def _add(engine: Engine, id: str) -> None:
    with engine.write() as tx:
        tx.append("person", id=id, **build.STAMP)


@pytest.mark.parametrize("second", ["read", "write", "schema"])
def test_a_second_transaction_in_the_same_thread_is_refused(engine: Engine, second: str) -> None:
    with engine.write() as tx:
        tx.append("person", id="one", **build.STAMP)
        assert engine.busy()
        with pytest.raises(RuntimeError, match="already has a transaction"), getattr(engine, second)():
            pass
    assert persons(engine) == ["one"]
    assert not engine.busy()


def test_writers_in_many_threads_leave_no_gap(engine: Engine) -> None:
    threads = [threading.Thread(target=lambda n=n: [_add(engine, f"{n}-{i}") for i in range(10)]) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with engine.read() as tx:
        assert [row["seq"] for row in tx.all("SELECT seq FROM journal ORDER BY seq")] == list(range(1, 81))
    assert len(persons(engine)) == 80


def test_a_family_is_locked_until_the_end(engine: Engine) -> None:
    order: list[str] = []
    locked = threading.Event()

    def first() -> None:
        with engine.write() as tx:
            tx.lock_household("fam")
            locked.set()
            order.append("first")
            tx.append("person", id="one", **build.STAMP)

    def second() -> None:
        locked.wait()
        with engine.write() as tx:
            tx.lock_household("fam")
            order.append("second" if tx.one("SELECT id FROM person") else "crossed")

    threads = [threading.Thread(target=first), threading.Thread(target=second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert order == ["first", "second"]


def test_the_same_key_again_writes_nothing(engine: Engine) -> None:
    with engine.write() as tx:
        assert tx.append_new("person", id="one", **build.STAMP) == 1
        assert tx.append_new("person", id="one", **build.STAMP) is None
        assert tx.append_new("person", id="two", **build.STAMP) == 2
        assert tx.one("SELECT count(*) AS n FROM journal") == {"n": 2}


def test_facts_written_together_are_as_if_written_one_by_one(engine: Engine) -> None:
    facts = [{"id": f"{number}\0", "name": "Ashdown"} for number in range(3)]
    with engine.write() as tx:
        tx.append_all("household", facts, **build.STAMP)
        together = written(tx)
        tx.append_all("household", [], **build.STAMP)
        tx.append("household", id="last", name="One more", **build.STAMP)
        assert tx.one("SELECT max(seq) AS seq FROM journal") == {"seq": len(facts) + 1}
        assert tx.one("SELECT count(*) AS n FROM household_now") == {"n": len(facts) + 1}, "what is derived follows"
    with engine.read() as tx:
        alone = [fact_hash({"id": f"{number}\ufffd", "name": "Ashdown"}) for number in range(len(facts))]
        assert [row["sha256"] for row in written(tx)[: len(facts)]] == alone
        assert written(tx)[: len(facts)] == together


def written(tx: Tx) -> list[dict[str, object]]:
    return tx.all("SELECT j.*, h.id, h.name FROM household h JOIN journal j ON j.seq = h.seq ORDER BY h.seq")


def test_booleans_are_kept_as_0_and_1_and_bytes_as_bytes(engine: Engine) -> None:
    body = bytes(range(256))
    with engine.write() as tx:
        build.submission(tx, body=body)
        tx.run("INSERT INTO sign_in_attempt VALUES ('u', 'a', :at, :succeeded)", at=build.AT, succeeded=True)
        kept = tx.one("SELECT body FROM submission")
        assert kept is not None
        assert bytes(kept["body"]) == body
        assert tx.one("SELECT succeeded FROM sign_in_attempt") == {"succeeded": 1}


def test_text_sorts_the_same_on_both(engine: Engine) -> None:
    with engine.write() as tx:
        for id in ("b", "A", "a", "É", "Z", "_"):
            tx.append("person", id=id, **build.STAMP)
        assert [row["id"] for row in tx.all("SELECT id FROM person ORDER BY id")] == ["A", "Z", "_", "a", "b", "É"]


def test_names_of_parameters_become_the_drivers() -> None:
    query = "SELECT ':not', '100%', 'it''s :x', a::text, 7 % 2 FROM t WHERE a = :a AND b = :b_2"
    assert driver_words(query) == "SELECT ':not', '100%%', 'it''s :x', a::text, 7 %% 2 FROM t WHERE a = %(a)s AND b = %(b_2)s"


def test_engines_can_be_opened_after_being_closed(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path}/v.db")
    with engine.read() as tx:
        assert tx.one("SELECT 1 AS one") == {"one": 1}
    engine.close()
    with engine.read() as tx:
        assert tx.one("SELECT 1 AS one") == {"one": 1}
    engine.close()


@pytest.mark.parametrize("url", ["", "sqlite:", "sqlite:///", "mysql://x/y", "visitapp.db"])
def test_an_unknown_database_is_said_so(url: str) -> None:
    with pytest.raises(UnknownDatabase, match="sqlite:///"):
        open_engine(url)
