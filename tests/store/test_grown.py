"""The service that the bench grows by copying: what is derived in a copy is what would be derived there, and nothing of the first families
is changed or missing in any copy."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.bench import grown
from visitapp.store.derived import derived_tables, rebuild
from visitapp.store.engine import open_engine

ONE_FOR_ALL = {"receiving_team", "signing_certificate", "letter_file", "answer_link", "form_text"}
"""What a service has one of, however many teams it has, or what nobody but its holder can open."""
COPIES = 2


def rows(database: Path, tables: tuple[str, ...]) -> dict[str, list[str]]:
    """Every row of those tables. What a reason of Today is about ends with the line of the journal that opened it, which a copy keeps as it
    was: it is only compared with itself."""
    with closing(sqlite3.connect(database)) as db:
        return {table: sorted(re.sub(r"@\d+'", "@'", repr(row)) for row in db.execute(f"SELECT * FROM {table}")) for table in tables}


def counts(database: Path) -> dict[str, int]:
    with closing(sqlite3.connect(database)) as db:
        return {one.name: db.execute(f"SELECT count(*) FROM {one.name}").fetchone()[0] for one in grown.tables(db)}


def test_what_is_derived_in_a_copy_is_what_would_be_derived_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grown, "LONG", frozenset())
    database = grown.begin(tmp_path, grown.Size(teams=1, families=3, visits=2))
    before = counts(database)
    grown.copies_in_sqlite(database, COPIES)
    copied = {table: many for table, many in counts(database).items() if many and table not in {*ONE_FOR_ALL, "journal"}}
    assert copied == {table: many * (1 + COPIES) for table, many in before.items() if table in copied}
    tables = tuple(table for table in derived_tables() if table != "note_found")
    derived = rows(database, tables)
    engine = open_engine(f"sqlite:///{database}")
    rebuild(engine)
    engine.close()
    again = rows(database, tables)
    assert {table: [one for one in derived[table] if one not in again[table]] for table in tables if derived[table] != again[table]} == {}
