"""The commands that keep an installation: databases, forms, teams and accounts."""

import io
import sqlite3
from contextlib import closing

import pytest

from visitapp.cli import accounts as command
from visitapp.cli import keeping
from visitapp.config import Settings
from visitapp.problems import Problem
from visitapp.wiring import wire


def rows(file, sql: str) -> list[tuple]:
    with closing(sqlite3.connect(file)) as database:
        return database.execute(sql).fetchall()


@pytest.fixture
def typed(monkeypatch):
    """What stands on standard input."""
    return lambda text: monkeypatch.setattr("sys.stdin", io.StringIO(text))


def test_a_new_database_is_made_and_then_found_up_to_date(visitapp, tmp_path):
    url = f"sqlite:///{tmp_path / 'new' / 'visits.db'}"
    assert "Applied 0001_people" in visitapp("migrate", DATABASE_URL=url)[1]
    assert "up to date" in visitapp("migrate", DATABASE_URL=url)[1]


def test_rights_are_given_only_where_the_database_has_them(visitapp):
    status, _, complaint = visitapp("migrate", "--grant", "visit_app")
    assert status == 2
    assert "--grant is for PostgreSQL" in complaint


def test_rebuilding_gives_what_was_there(visitapp, data_dir):
    before = rows(data_dir / "visitapp.db", "SELECT * FROM household_now ORDER BY household")
    with closing(sqlite3.connect(data_dir / "visitapp.db")) as database:
        database.execute("DELETE FROM household_now")
        database.commit()
    assert visitapp("rebuild")[0] == 0
    assert rows(data_dir / "visitapp.db", "SELECT * FROM household_now ORDER BY household") == before


def test_an_upgrade_derives_everything_again_as_its_version_does(visitapp, data_dir):
    before = rows(data_dir / "visitapp.db", "SELECT household, level_at_least FROM household_now ORDER BY household")
    with closing(sqlite3.connect(data_dir / "visitapp.db")) as database:
        database.executescript(
            """UPDATE household_now SET level_at_least = 1; DELETE FROM today_row;
            DROP INDEX duty_deliver; DROP INDEX duty_quarantine; DELETE FROM migration WHERE number = 36"""
        )
    assert "Applied 0036_duty_kind" in visitapp("migrate")[1]
    assert rows(data_dir / "visitapp.db", "SELECT household, level_at_least FROM household_now ORDER BY household") == before
    assert rows(data_dir / "visitapp.db", "SELECT count(*) FROM today_row")[0][0] > 0


def test_an_upgrade_that_was_interrupted_is_finished_by_the_next_start(visitapp, data_dir):
    before = rows(data_dir / "visitapp.db", "SELECT household, level_at_least FROM household_now ORDER BY household")
    visitapp("migrate")
    with closing(sqlite3.connect(data_dir / "visitapp.db")) as database:
        database.executescript("UPDATE household_now SET level_at_least = 1; UPDATE derived_as_of SET migration = migration - 1")
    status, said, _ = visitapp("migrate")
    assert (status, "Written again from the facts, 1 of" in said) == (0, True)
    assert rows(data_dir / "visitapp.db", "SELECT household, level_at_least FROM household_now ORDER BY household") == before
    assert visitapp("migrate")[1] == "The database is up to date.\n"


def test_a_copy_is_whole_while_somebody_writes(visitapp, data_dir, tmp_path):
    w = wire(Settings.from_environment({"DATA_DIR": str(data_dir)}))
    try:
        with w.engine.write() as tx:
            tx.journal("test", at="2026-11-22T10:40:00.000Z", actor="nobody")
            assert visitapp("backup", tmp_path / "copy.db")[0] == 0
    finally:
        w.close()
    kept = rows(tmp_path / "copy.db", "SELECT max(seq) FROM journal")
    assert rows(data_dir / "visitapp.db", "SELECT max(seq) FROM journal") == [(kept[0][0] + 1,)]


def test_a_copy_never_replaces_an_earlier_one(visitapp, tmp_path):
    (tmp_path / "copy.db").write_text("yesterday's")
    assert visitapp("backup", tmp_path / "copy.db")[0] == 2
    assert (tmp_path / "copy.db").read_text() == "yesterday's"


def test_postgresql_is_copied_by_its_own_tool(visitapp, tmp_path):
    status, _, complaint = visitapp("backup", tmp_path / "copy.db", DATABASE_URL="postgresql://localhost/visits")
    assert status == 2
    assert "pg_dump" in complaint


def test_a_demonstration_that_was_interrupted_leaves_nothing_in_its_place(data_dir, tmp_path, monkeypatch):
    def interrupted(*_):
        raise KeyboardInterrupt

    settings = Settings.from_environment({"DATA_DIR": str(tmp_path / "other")})
    monkeypatch.setattr("visitapp.flow.demonstration.loading.load", interrupted)
    with pytest.raises(KeyboardInterrupt):
        keeping.prepare(settings)
    assert not (tmp_path / "other" / "visitapp.db").exists()
    monkeypatch.setattr("visitapp.flow.demonstration.loading.load", lambda w, today, progress: progress("loaded"))
    assert keeping.prepare(settings)
    assert (tmp_path / "other" / "visitapp.db").exists()
    assert not list((tmp_path / "other").glob("*.loading*"))


def test_a_demonstration_loaded_in_part_is_not_served(visitapp, tmp_path, free_port):
    url = f"sqlite:///{tmp_path / 'part.db'}"
    visitapp("migrate", DATABASE_URL=url)
    w = wire(Settings.from_environment({"DATA_DIR": str(tmp_path), "DATABASE_URL": url}))
    with w.engine.write() as tx:
        tx.journal("demonstration.began", at="2026-11-22T10:40:00.000Z", actor="demonstration")
    w.close()
    status, _, complaint = visitapp("serve", DATABASE_URL=url, PORT=str(free_port))
    assert status == 2
    assert "not loaded to its end" in complaint


def test_a_team_and_somebody_in_it(visitapp, typed):
    assert visitapp("teams", "add", "Eastmoor Hill", "--area", "eastmoor", "--phone", "01632 960150")[0] == 0
    typed("a kettle and two cups\n")
    nadia = ("users", "add", "nadia", "--name", "Nadia Rahman", "--role", "health_visitor", "--team", "eastmoor hill")
    assert "such as an NMC PIN" in visitapp(*nadia)[2]
    status, said, _ = visitapp(*nadia, "--number", "99X 0001 A")
    assert (status, said) == (0, "Added nadia.\n")
    assert "The same person by this number: hv, nadia." in visitapp("users", "number", "hv", "99x0001a")[1]
    assert "nadia: Nadia Rahman, health_visitor" in visitapp("users", "list")[1]
    assert "Eastmoor Hill: visits in eastmoor" in visitapp("teams", "list")[1]


def test_who_holds_a_post_of_a_team(visitapp):
    post = ("teams", "post", "Westfen community team")
    assert "named nurse: nobody; designated doctor or nurse: nobody" in visitapp("teams", "list")[1]
    status, said, _ = visitapp(*post, "named_nurse", "--name", "Ruth Named", "--email", "ruth@icb.example")
    assert (status, said) == (0, "Westfen community team has its named nurse: Ruth Named.\n")
    assert "named nurse: Ruth Named; designated doctor or nurse: nobody" in visitapp("teams", "list")[1]
    assert visitapp(*post, "named_nurse", "--name", "")[0] == 0
    assert "named nurse: Ruth Named" not in visitapp("teams", "list")[1]


def test_a_receiving_team(visitapp):
    status, _, _ = visitapp(
        "teams", "receiving", "Westfen night desk", "--area", "westfen", "--email", "night@westfen.example", "--phone", "01632 960201",
        "--phone-out-of-hours", "01632 960202", "--review-on", "2027-06-01",
    )  # fmt: skip
    assert status == 0
    assert "Westfen night desk: receives front_door for westfen" in visitapp("teams", "list")[1]


def test_an_entry_of_the_directory_is_checked(visitapp):
    assert visitapp("teams", "checked", "Westfen early help", "--review-on", "2020-01-01")[0] == 0
    assert "check by 2020-01-01, PAST: nothing is mailed there until it is checked" in visitapp("teams", "list")[1]
    said = visitapp("teams", "checked", "Westfen early help", "--review-on", "2099-01-01", "--email", "help@westfen.example")[1]
    assert "is to be checked again by 2099-01-01" in said
    listed = visitapp("teams", "list")[1]
    assert "Westfen early help: receives early_help for westfen, help@westfen.example, 01632 960220, check by 2099-01-01" in listed
    assert "PAST" not in listed


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (["users", "add", "hv", "--name", "H", "--role", "administrator"], "already signs in"),
        (["users", "add", "new", "--name", "N", "--role", "midwife", "--team", "Nowhere"], "no one team is called"),
        (["users", "add", "new", "--name", "N", "--role", "midwife"], "Choose the team"),
        (["users", "password", "nobody"], "Nobody signs in as nobody"),
        (["teams", "post", "Nowhere", "named_nurse", "--name", "N"], "no one team is called"),
        (["teams", "post", "Westfen community team", "named_nurse", "--name", "N"], "Enter where they are told"),
        (["teams", "add", "T", "--area", "atlantis", "--phone", "01632 960001"], "eastmoor, westfen"),
    ],
)
def test_what_cannot_be_added(visitapp, typed, words, complaint):
    typed("a kettle and two cups\n")
    status, _, said = visitapp(*words)
    assert status == 2
    assert complaint in said


def test_a_new_password_opens_and_the_old_one_does_not(visitapp, typed, data_dir):
    from visitapp.flow.demo import PASSWORD
    from visitapp.flow.sign_in import sign_in

    typed("a kettle and two cups\n")
    assert visitapp("users", "password", "midwife")[0] == 0
    w = wire(Settings.from_environment({"DATA_DIR": str(data_dir)}))
    try:
        assert sign_in(w, "midwife", "a kettle and two cups", "here").account.name == "Megan Talbot"
        with pytest.raises(Problem):
            sign_in(w, "midwife", PASSWORD, "here")
    finally:
        w.close()


def test_a_lost_tablet_is_found_by_its_owner_and_revoked(visitapp, data_dir):
    from visitapp.flow.demo import PASSWORD
    from visitapp.flow.devices import authenticate, register
    from visitapp.flow.sign_in import account_of_session, sign_in

    w = wire(Settings.from_environment({"DATA_DIR": str(data_dir)}))
    try:
        signed_in = sign_in(w, "midwife", PASSWORD, "here")
        made = register(w, signed_in.account.id, "Tablet 7")
    finally:
        w.close()
    assert f"{made.device}: Tablet 7" in visitapp("users", "tablets", "midwife")[1]
    assert visitapp("users", "revoke", made.device)[0] == 0
    assert "revoked" in visitapp("users", "tablets", "midwife")[1]
    assert visitapp("users", "revoke", "elsewhere")[0] == visitapp("users", "restore", "elsewhere")[0] == 2
    w = wire(Settings.from_environment({"DATA_DIR": str(data_dir)}))
    try:
        assert authenticate(w, f"Device {made.device}:{made.secret}") is None
        assert account_of_session(w, signed_in.token) is None, "it may be signed in on the tablet"
        assert visitapp("users", "restore", made.device)[0] == 0
        assert authenticate(w, f"Device {made.device}:{made.secret}")
    finally:
        w.close()


def test_a_short_password_is_refused(visitapp, typed):
    typed("short\n")
    status, _, said = visitapp("users", "password", "midwife")
    assert status == 2
    assert "12 characters" in said


def test_a_password_is_typed_twice_alike(monkeypatch):
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    said = iter(["a kettle and two cups", "a kettle and two mugs"])
    with pytest.raises(Problem, match="not the same"):
        command.new_password(lambda _: next(said))
    assert command.new_password(lambda _: "a kettle and two cups") == "a kettle and two cups"


def test_forms_can_be_published_once_and_stay_as_they_were(visitapp, monkeypatch, tmp_path):
    import shutil

    from visitapp.cli import forms

    few = ("addition-1", "safer_sleep_review-2", "levels/", "policy/", "routes/")  # a form or two is enough to refuse a change in one file
    shutil.copytree(
        forms.FORMS, tmp_path / "forms", ignore=shutil.ignore_patterns("stories", "home_*", "not_*", "ante*", "info*", "*review-1.yaml")
    )
    lock = tmp_path / "forms" / "published.lock"
    lock.write_text("".join(line for line in lock.read_text().splitlines(keepends=True) if line.startswith(few)))
    monkeypatch.setattr(forms, "FORMS", tmp_path / "forms")
    assert visitapp("forms", "lint")[0] == 0
    assert visitapp("forms", "publish", "routes/westfen", "1")[0] == 0
    form = tmp_path / "forms" / "routes" / "westfen-1.yaml"
    form.write_text(form.read_text(encoding="utf-8") + "# a change\n", encoding="utf-8")
    assert "published" in visitapp("forms", "publish", "routes/westfen", "1")[2]
