"""A database comes up to date once, whole, and says so when it is not what the code expects."""

import threading
from pathlib import Path

import pytest

from visitapp.store import migrate
from visitapp.store.engine import Engine, open_engine


def write(folder: Path, name: str, text: str) -> None:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "migrations"
    write(folder, "0001_journal.sql", "CREATE TABLE journal (\n  seq INTEGER PRIMARY KEY\n);\n{append_only:journal};\n")
    write(
        folder,
        "0002_note.sql",
        "-- a comment; with a semicolon;\nCREATE TABLE note (\n  seq {seq},\n  words TEXT NOT NULL,\n  file {bytes}\n);\n",
    )
    return folder


def test_what_is_pending_is_applied_once(bare_engine: Engine) -> None:
    names = [step.name for step in migrate.migrations()]
    assert names[:2] == ["0001_people", "0002_visits"]
    assert [step.name for step in migrate.pending(bare_engine)] == names
    assert migrate.migrate(bare_engine) == names
    assert migrate.pending(bare_engine) == []
    assert migrate.migrate(bare_engine) == []


def test_what_is_outstanding_is_asked_without_changing_anything(bare_engine: Engine, folder: Path) -> None:
    names = [step.name for step in migrate.migrations(folder)]
    assert migrate.outstanding(bare_engine, folder) == names
    migrate.migrate(bare_engine, folder)
    assert migrate.outstanding(bare_engine, folder) == []
    write(folder, "0009_more.sql", "CREATE TABLE more (id TEXT);\n")
    assert migrate.outstanding(bare_engine, folder) == ["0009_more"]
    write(folder, "0002_note.sql", "CREATE TABLE note (seq {seq});\n")
    with pytest.raises(migrate.SchemaFault, match="0002_note"):
        migrate.outstanding(bare_engine, folder)


def test_after_every_migration_each_fact_is_guarded(bare_engine: Engine, tmp_path: Path) -> None:
    so_far = tmp_path / "so_far"
    for step in migrate.migrations():
        source = migrate.FOLDER / f"{step.name}.sql"
        write(so_far, source.name, source.read_text(encoding="utf-8"))
        assert migrate.migrate(bare_engine, so_far) == [step.name]
        with bare_engine.read() as tx:
            assert bare_engine.guarded(tx) == migrate.append_only_tables(so_far)
    created = [statement for step in migrate.migrations() for statement in step.statements if statement.startswith("CREATE TABLE")]
    carries_seq = {statement.split()[2] for statement in created if "{seq}" in statement}
    assert migrate.append_only_tables() == carries_seq | {"journal"}  # a table with a seq that nobody guards would be no fact


def test_a_failing_file_leaves_nothing_behind(bare_engine: Engine, folder: Path) -> None:
    write(folder, "0003_bad.sql", "CREATE TABLE half (id TEXT);\nCREATE TABLE half (id TEXT);\n")
    with pytest.raises(Exception, match="half"):
        migrate.migrate(bare_engine, folder)
    assert len(migrate.pending(bare_engine, folder)) == 3


def test_an_applied_file_that_changed_is_refused(bare_engine: Engine, folder: Path) -> None:
    migrate.migrate(bare_engine, folder)
    write(folder, "0002_note.sql", "CREATE TABLE note (seq {seq});\n")
    with pytest.raises(migrate.SchemaFault, match="0002_note"):
        migrate.migrate(bare_engine, folder)


def test_a_guard_that_is_gone_is_noticed(bare_engine: Engine, folder: Path) -> None:
    migrate.migrate(bare_engine, folder)
    trigger = "journal_no_update" if bare_engine.name == "sqlite" else "journal_no_truncate ON journal"
    with bare_engine.schema() as tx:
        tx.run(f"DROP TRIGGER {trigger}")
    with pytest.raises(migrate.SchemaFault, match="journal"):
        migrate.migrate(bare_engine, folder)


def test_two_that_start_together_apply_it_once(bare_engine: Engine) -> None:
    done: list[list[str]] = []
    threads = [threading.Thread(target=lambda: done.append(migrate.migrate(bare_engine))) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(done, key=len) == [[], [step.name for step in migrate.migrations()]]


def test_two_processes_on_one_file(tmp_path: Path) -> None:
    first, second = (open_engine(f"sqlite:///{tmp_path}/v.db") for _ in range(2))
    assert migrate.migrate(first)
    assert migrate.migrate(second) == []
    first.close()
    second.close()


def test_first_starts_on_a_new_file_at_the_same_moment_all_go_well(tmp_path: Path) -> None:
    """SQLite refuses at once, and does not wait, when two connections turn on the write-ahead log together."""
    for number in range(10):
        engines = [open_engine(f"sqlite:///{tmp_path}/{number}.db") for _ in range(3)]
        done: list[list[str]] = []
        threads = [threading.Thread(target=lambda one=engine, to=done: to.append(migrate.migrate(one))) for engine in engines]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(len(steps) for steps in done) == [0, 0, len(migrate.migrations())]
        for engine in engines:
            engine.close()
