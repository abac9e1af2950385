"""Every query behind a screen, on both databases: the same place gives the same answers."""

from functools import partial
from typing import Any

import pytest

from tests.store import build
from visitapp.flow.remembering import remember
from visitapp.formlang import load_catalogue
from visitapp.look import accounts, caseload, chronology, families, referrals, results, told
from visitapp.store import duties, households, teams
from visitapp.store import referrals as kept
from visitapp.store.engine import Engine
from visitapp.store.tx import Tx
from visitapp.wiring import FORMS

CATALOGUE = load_catalogue(FORMS)
BEFORE = "2026-11-22T10:40:00.000Z"


class Desk:
    """A desk whose audit lines are written at once."""

    def __init__(self, on: Engine) -> None:
        self.engine = on
        self.writer = self

    def clock(self) -> str:
        return BEFORE

    def submit(self, work: Any) -> Any:
        with self.engine.write() as tx:
            return work(tx)


def furnish(tx: Tx) -> None:
    for team in ("east", "west"):
        build.team(tx, team)
    teams.add_receiving_team(
        tx, id="front", name="Front door", area="eastmoor", kind="front_door", email="f@eastmoor.example", phone="01632 960100",
        phone_out_of_hours="01632 960101", review_on="2027-01-01", **build.STAMP,
    )  # fmt: skip
    build.staff(tx, "hv")
    build.staff(tx, "lead", role="supervisor")
    build.staff(tx, "west", team="west")
    build.staff(tx, "duty", team=None, role="social_care", receiving_team="front")
    build.family(tx, "fam", name="Ashdown")
    build.family(tx, "other", name="Birchall")
    build.family(tx, "far", practitioner="west", name="Westerly")
    build.member(tx, "isla", born_on="2026-09-20")
    build.member(tx, "unborn", due_on="2027-02-01", given_names="Baby")
    build.member(tx, "nobody-knows", given_names="Rowan")
    for number in range(3):
        build.visit(tx, f"v{number}", on=f"2026-11-1{number}", child_seen=True)
        build.assessment(tx, f"v{number}", at_least=2, could_be=3, findings=[("sleep_sofa", "sleep", "present"), ("x", "home", "absent")])
    row = tx.one("SELECT assessment FROM visit WHERE submission = 'v2'")
    assert row is not None
    kept.add(
        tx, id="r1", household="fam", submission="v2", assessment=row["assessment"], level=4, urgency="tonight",
        destination="social_care_urgent", receiving_team="front", **build.STAMP,
    )  # fmt: skip
    referral = kept.referral(tx, "r1")
    assert referral is not None
    for event in ("proposed", "requested", "lettered", "delivered"):
        kept.add_event(tx, referral, event, detail={}, **build.STAMP)
    duties.owe(
        tx, subject="r1", kind="acknowledge", what="Phone them", due_at="2026-11-23T10:40:00.000Z", household="fam", referral="r1",
        owner_account="hv", **build.STAMP,
    )  # fmt: skip
    kept.tell(tx, to_account="lead", what="A referral was sent.", household="fam", referral="r1", **build.STAMP)


@pytest.fixture
def desk(engine: Engine) -> Desk:
    with engine.write() as tx:
        furnish(tx)
    return Desk(engine)


def test_families_and_what_is_owed(desk: Desk) -> None:
    page = families.listed(desk, "hv")
    assert [(line.family["household"], [duty["what"] for duty in line.duties]) for line in page.lines] == [
        ("fam", ["Phone them"]),
        ("other", []),
    ]
    assert [line.family["household"] for line in families.listed(desk, "hv", "fam").lines] == ["other"]
    one = families.family(desk, "hv", "fam")
    assert one is not None
    assert [person["person"] for person in one.people] == ["unborn", "isla", "nobody-knows"]
    assert families.family(desk, "west", "fam") is None
    assert families.listed(desk, "duty").lines == ()


def test_one_chronology(desk: Desk) -> None:
    found = chronology.read(desk, "hv", "fam")
    assert [entry.row.get("event") or entry.row.get("submission") for entry in found.entries[:7]] == [
        "delivered", "lettered", "requested", "proposed", "v2", "v1", "v0",
    ]  # fmt: skip
    assert {entry.kind for entry in found.entries[7:]} == {"residence", "membership", "practitioner"}
    assert [row["code"] for row in found.entries[6].findings] == ["sleep_sofa"]
    last = found.entries[4]
    older = chronology.read(desk, "hv", "fam", "visits", (last.on, last.seq))
    assert [entry.row["submission"] for entry in older.entries] == ["v1", "v0"]
    assert found.years[0] == 2026
    assert chronology.read(desk, "west", "fam").entries == ()
    visit = chronology.visit(desk, "hv", "v2")
    assert visit is not None
    assert len(visit.assessments) == 1
    assert chronology.visit(desk, "west", "v2") is None


def test_referrals_from_both_sides(desk: Desk) -> None:
    for side, actor, part in (("team", "hv", "waiting"), ("received", "duty", "fresh")):
        page = referrals.worklist(desk, side, actor)
        assert [(one.row["id"], one.state, one.due_at) for one in page.parts[part].referrals] == [
            ("r1", "delivered", "2026-11-23T10:40:00.000Z")
        ]
        assert referrals.opened(desk, side, actor, "r1") is not None
        assert referrals.letter(desk, side, actor, "r1") is None
    assert referrals.worklist(desk, "team", "west").parts["waiting"].referrals == ()
    assert referrals.opened(desk, "received", "hv", "r1") is None
    assert referrals.opened(desk, "team", "duty", "r1") is None


def test_what_a_supervisor_is_told(desk: Desk) -> None:
    assert [row["what"] for row in told.notices(desk, "lead").rows] == ["A referral was sent."]
    assert told.set_aside(desk, "lead").rows == ()
    assert [row["username"] for row in accounts.accounts(desk, "lead").rows] == ["duty.user", "hv.user", "lead.user", "west.user"]
    assert [row["account"] for row in accounts.colleagues(desk, "lead")] == ["hv"]


def carried(desk: Desk, actor: str) -> caseload.Caseload:
    return caseload.of(desk, actor, "2026-11-22", "2026-11-29", 20, partial(remember, CATALOGUE, now=BEFORE))


def test_a_caseload_is_what_its_practitioner_needs(desk: Desk) -> None:
    with desk.engine.write() as tx:
        build.staff(tx, "new")
        for number, on in enumerate(("2026-11-21", "2026-11-22", "2026-11-29", "2026-11-30")):
            for id, practitioner in ((f"east-{number}", "hv"), (f"west-{number}", "west")):
                build.family(tx, id, practitioner=practitioner)
                households.plan_visit(tx, id=f"{id}-due", household=id, what="Visit", on_date=on, **build.STAMP)
    assert {family["household"] for family in carried(desk, "hv").families} == {"fam", "other", "east-0", "east-1", "east-2", "east-3"}
    covering = carried(desk, "new")
    assert {family["household"] for family in covering.families} == {"east-0", "east-1", "east-2"}, "missed or soon, of this team"
    assert {id: [row["on_date"] for row in rows] for id, rows in covering.planned.items()} == {
        "east-0": ["2026-11-21"], "east-1": ["2026-11-22"], "east-2": ["2026-11-29"],
    }  # fmt: skip
    assert carried(desk, "duty").families == ()


def test_a_caseload_and_results(desk: Desk) -> None:
    found = carried(desk, "hv")
    assert [family["household"] for family in found.families] == ["fam", "other"]
    assert [row["submission"] for row in found.earlier["fam"]] == ["v2", "v1", "v0"]
    assert found.referrals["fam"][0]["state"] == "delivered"
    assert found.remembered["fam"].given["history"]["days_since_child_seen"] == 10
    assert [one["submission"] for one in results.of(desk, "hv", ["v1", "v0", "nothing"])] == ["v1", "v0"]
    assert results.of(desk, "west", ["v1"]) == []


def test_a_caseload_asks_the_same_number_of_questions_however_many_families(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    run = Tx._run

    def counted(self: Tx, sql: str, params: Any) -> Any:
        asked.append(sql)
        return run(self, sql, params)

    monkeypatch.setattr(Tx, "_run", counted)
    numbers = []
    for more in range(2):
        asked.clear()
        carried(desk, "hv")
        numbers.append(len([sql for sql in asked if "journal (" not in sql and "max(seq)" not in sql]))
        with desk.engine.write() as tx:
            for number in range(5):
                build.family(tx, f"more-{more}-{number}", name=f"Family {number}")
    assert numbers[0] == numbers[1]
