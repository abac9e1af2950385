"""`visitapp bring-in`: a line for each visit of each file, and a status that says whether everything is kept."""

from tests.flow.test_bring_in import file_of
from visitapp.cli.accounts import open_house
from visitapp.config import Settings
from visitapp.flow.stories.tablet import Tablet
from visitapp.store import accounts


def waiting(data_dir, how_many):
    """Visits of the demonstration's health visitor and midwife in turn, sealed and not sent."""
    with open_house(Settings.from_environment({"DATA_DIR": str(data_dir)})) as w:
        with w.engine.read() as tx:
            staff = [accounts.account_by_username(tx, name)["account"] for name in ("hv", "midwife")]
            home = tx.one("SELECT id FROM household ORDER BY seq LIMIT 1")["id"]
        tablets = [Tablet.of(w, account) for account in staff]
        said = {"outcome": {"value": "no_answer"}, "danger_seen": {"value": ["nothing"], "known": "seen"}}
        return [tablets[number % 2].write(home, "not_let_in", w.clock()[:10], said) for number in range(how_many)]


def test_visits_of_any_author_are_kept_once_with_a_line_each(visitapp, data_dir, tmp_path, monkeypatch):
    payloads = waiting(data_dir, 3)
    monkeypatch.setenv("SUDO_USER", "imogen")
    (tmp_path / "one.json").write_bytes(file_of(*payloads))
    status, said, complaint = visitapp("bring-in", tmp_path / "one.json")
    assert (status, complaint) == (0, "")
    assert [": Kept as number " in line for line in said.splitlines()] == [True] * 3
    status, said, _ = visitapp("bring-in", tmp_path / "one.json")
    assert (status, said.count("Was here already")) == (0, 3)
    with open_house(Settings.from_environment({"DATA_DIR": str(data_dir)})) as w, w.engine.read() as tx:
        lines = tx.all("SELECT detail FROM journal WHERE kind = 'visit.brought_in'")
    assert len(lines) == 6
    assert all(line["detail"].endswith(" by imogen") for line in lines)


def test_what_is_not_kept_makes_the_status_1_and_stops_nothing(visitapp, data_dir, tmp_path):
    payloads = waiting(data_dir, 2)
    (tmp_path / "cut.json").write_bytes(file_of(*payloads)[:-30])
    (tmp_path / "other.json").write_text("not this")
    (tmp_path / "whole.json").write_bytes(file_of(payloads[1]))
    names = ("other.json", "nowhere.json", "cut.json", "whole.json")
    status, said, complaint = visitapp("bring-in", *(tmp_path / name for name in names))
    assert status == 1
    assert [line.rpartition("/")[2].partition(": ")[0] for line in complaint.splitlines()] == ["other.json", "nowhere.json", "cut.json"]
    assert ["Not kept" in line for line in said.splitlines()] == [False, True, False]
    assert "Traceback" not in complaint
