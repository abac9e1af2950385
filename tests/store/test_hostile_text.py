"""Whatever is typed is kept as typed, in every text column of every fact; only what cannot be kept is replaced, visibly."""

import random
import re

import pytest

from tests.store import build
from visitapp.domain.storable import REPLACEMENT
from visitapp.store import people
from visitapp.store.engine import Engine
from visitapp.store.migrate import append_only_tables, migrations
from visitapp.store.tx import Tx

HOSTILE = {
    "markup": "<script>alert('x')</script> & \"quotes\" -- ; DROP TABLE person; %s %(x)s :x $1 \\",
    "emoji": "👩🏽‍🍼👶🏿",
    "right_to_left": "\u202eשלום\u202c محمد",
    "long": "ż" * 10_000,
    "nul": "before\x00after",
    "surrogate": "half \ud83d of a pair",
    "lines": "one\r\ntwo\u2028three\ttab",
    "empty": "",
}


def kept_as(text: str) -> str:
    return text.replace("\x00", REPLACEMENT).replace("\ud83d", REPLACEMENT)


def columns(tx: Tx, engine: Engine, table: str) -> dict[str, str]:
    """The columns of a fact after `seq`, each with its kind."""
    if engine.name == "sqlite":
        rows = tx.all("SELECT name, type FROM pragma_table_info(:table)", table=table)
    else:
        rows = tx.all(
            "SELECT column_name AS name, data_type AS type FROM information_schema.columns WHERE table_name = :table", table=table
        )
    return {row["name"]: row["type"].upper() for row in rows if row["name"] != "seq"}


def every_fact(engine: Engine, text: str) -> None:
    """One row in each fact table with the same text wherever text may stand. Ids are text like any other, so references hold too."""
    written: dict[str, int] = {}
    with engine.write() as tx:
        for table in sorted(append_only_tables() - {"journal"}, key=references_first):
            kinds = columns(tx, engine, table)
            values = {name: text if kind == "TEXT" else b"\x00\xff" if kind in ("BLOB", "BYTEA") else 1 for name, kind in kinds.items()}
            values.pop("household", None)
            values |= {"measures": "[]"} if table == "visit_reading" else {}
            values |= {name: written[other] for name, other in SEQS.get(table, ())}
            written[table] = tx.append(table, at=build.AT, actor=text, household=text, **values)


def references_first(table: str) -> int:
    """How far a table stands from those that refer to none: what it refers to comes before it."""
    return max((1 + references_first(other) for other in REFERENCES.get(table, ()) if other != table), default=0)


def _seqs() -> dict[str, list[tuple[str, str]]]:
    """Which columns of a table hold the seq of another's row."""
    tables = [statement for step in migrations() for statement in step.statements if statement.startswith("CREATE TABLE")]
    return {one.split()[2]: re.findall(r"(\w+) INTEGER[^,]*? REFERENCES (\w+) \(seq\)", one) for one in tables}


def _references() -> dict[str, list[str]]:
    tables = [statement for step in migrations() for statement in step.statements if statement.startswith("CREATE TABLE")]
    return {statement.split()[2]: re.findall(r"REFERENCES (\w+)", statement) for statement in tables}


REFERENCES, SEQS = _references(), _seqs()


@pytest.mark.parametrize("name", HOSTILE)
def test_text_in_every_column_of_every_fact(engine: Engine, name: str) -> None:
    text = HOSTILE[name]
    every_fact(engine, text)
    with engine.read() as tx:
        for table in append_only_tables() - {"journal"}:
            kept = tx.all(f"SELECT * FROM {table}")
            texts = {value for row in kept for column, value in row.items() if isinstance(value, str) and column != "measures"}
            assert texts <= {kept_as(text)}, table
        lines = tx.all("SELECT DISTINCT actor, household FROM journal")
    assert lines == [{"actor": kept_as(text), "household": kept_as(text)}]


def test_hostile_text_in_a_question_finds_nothing_and_breaks_nothing(engine: Engine) -> None:
    with engine.read() as tx:
        for text in HOSTILE.values():
            assert tx.all("SELECT id FROM person WHERE id = :text", text=text) == []


def test_a_long_name_that_cannot_be_compressed(engine: Engine) -> None:
    chosen = random.Random(7)
    name = "".join(chr(chosen.randrange(0x4E00, 0x9FFF)) for _ in range(10_000))
    with engine.write() as tx:
        build.staff(tx)
        build.family(tx, "fam", name=name)
        build.member(tx, "child", given_names=name, family_name=name, phone=name, language=name)
        kept = people.person(tx, "child")
        assert kept is not None
        assert kept["given_names"] == name
        assert tx.one("SELECT name FROM household") == {"name": name}
        assert [row["name"] for row in build.find(tx, "hv", name)] == [name[:200]]
