"""History is what was known at a moment, and stays so whatever is learnt later."""

from random import Random
from typing import Any

import pytest

from tests.store import build
from visitapp.store import households, people
from visitapp.store.caseload import newest_seq
from visitapp.store.engine import Engine
from visitapp.store.given import NEVER_COUNTED, Reach, histories, history
from visitapp.store.seen import Families
from visitapp.store.tx import Tx

ON = "2026-11-22"


def family(tx: Tx) -> None:
    build.team(tx)
    build.staff(tx)
    build.family(tx)


def of(tx: Tx, as_of_seq: int | None = None, **choices: Any) -> dict[str, Any]:
    found: dict[str, Any] = history(tx, "fam", ON, as_of_seq, **choices)["history"]
    return found


def test_a_family_nobody_visited_yet(engine: Engine) -> None:
    with engine.write() as tx:
        family(tx)
        assert history(tx, "fam", ON) == {
            "on": ON,
            "people": {},
            "history": {
                "visits_not_completed_90d": 0,
                "days_since_child_seen": None,
                "earlier_findings_present": [],
                "advice_repeated_sleep": False,
                "level_agreed": None,
                "children_before": 0,
            },
        }


def test_visits_not_completed_are_counted_in_ninety_days_unless_they_never_count_against_a_family(engine: Engine) -> None:
    with engine.write() as tx:
        family(tx)
        for id, on, outcome in (
            ("edge", "2026-08-24", "no_answer"),
            ("old", "2026-08-23", "no_answer"),
            ("ours", "2026-11-01", "cancelled_by_service"),
            ("unarranged", "2026-11-01", "no_answer_unannounced"),
            ("elsewhere", "2026-11-01", "wrong_address"),
            ("declined", "2026-11-01", "service_declined"),
            ("unsaid", "2026-11-02", None),
            ("later", "2026-11-23", "no_answer"),
        ):
            build.visit(tx, id, on=on, kind="visit_not_completed", outcome=outcome)
        build.visit(tx, "kept", on="2026-11-03")
        assert of(tx)["visits_not_completed_90d"] == 2
        assert of(tx, excluding="edge")["visits_not_completed_90d"] == 1
        assert of(tx, reach=Reach(visits_not_completed_days=91))["visits_not_completed_90d"] == 3


def test_days_since_a_child_was_seen_count_only_seeing(engine: Engine) -> None:
    with engine.write() as tx:
        family(tx)
        build.visit(tx, "not_seen", on="2026-11-20", child_seen=False)
        build.visit(tx, "unknown", on="2026-11-21", child_seen=None)
        assert of(tx)["days_since_child_seen"] is None
        build.visit(tx, "seen", on="2026-11-10", child_seen=True)
        assert of(tx)["days_since_child_seen"] == 12
        build.visit(tx, "today", on=ON, child_seen=True)
        assert of(tx)["days_since_child_seen"] == 0
        assert of(tx, excluding="today")["days_since_child_seen"] == 12


def test_earlier_findings_are_those_of_the_newest_judgement(engine: Engine) -> None:
    with engine.write() as tx:
        family(tx)
        build.visit(tx, "one", on="2026-10-01")
        build.assessment(tx, "one", findings=[("sleep_sofa", "sleep", "present"), ("home_damp", "home", "cannot_tell")])
        build.assessment(tx, "one", kind="as_shown", findings=[("sleep_smoke", "sleep", "present")])
        before = newest_seq(tx)
        assert of(tx)["earlier_findings_present"] == ["sleep_sofa"]
        build.assessment(tx, "one", findings=[("home_bottles", "home", "present")])
        assert of(tx)["earlier_findings_present"] == ["home_bottles"]
        assert of(tx, before)["earlier_findings_present"] == ["sleep_sofa"]


def test_advice_repeated_is_unknown_when_it_could_not_be_told(engine: Engine) -> None:
    with engine.write() as tx:
        family(tx)
        for number, state in enumerate(("present", "absent", "cannot_tell", "present")):
            build.visit(tx, f"v{number}", on=f"2026-10-0{number + 1}")
            build.assessment(tx, f"v{number}", findings=[("sleep_sofa", "sleep", state), ("home_damp", "home", "present")])
        seqs = {row["submission"]: row["last"] for row in tx.all("SELECT submission, max(seq) AS last FROM finding GROUP BY submission")}
        told = [of(tx, seqs[f"v{number}"])["advice_repeated_sleep"] for number in range(4)]
        assert told == [False, False, None, True]


def test_history_up_to_a_fact_never_changes(engine: Engine) -> None:
    with engine.write() as tx:
        family(tx)
        build.member(tx, "isla", born_on="2026-09-20", gestation_days=266)
        build.visit(tx, "one", on="2026-10-01", child_seen=True)
        build.assessment(tx, "one", findings=[("sleep_sofa", "sleep", "present")])
        seq = newest_seq(tx)
        first = history(tx, "fam", ON, seq)
        build.visit(tx, "two", on="2026-10-02", kind="visit_not_completed", outcome="no_answer", child_seen=True)
        build.assessment(tx, "two", findings=[("sleep_sofa", "sleep", "present")])
        build.member(tx, "ben", born_on="2023-02-01")
        people.add_detail(tx, person="isla", given_names="Isla", family_name="Ashdown", born_on="2026-09-21", **build.STAMP)
        households.end_membership(tx, membership="isla@fam", on_date="2026-11-21", reason="moved", **build.STAMP)
        assert history(tx, "fam", ON, seq) == first
        assert first["people"] == {"isla": {"born_on": "2026-09-20", "due_on": None, "gestation_days": 266}}
        assert history(tx, "fam", ON)["people"] == {"ben": {"born_on": "2023-02-01", "due_on": None, "gestation_days": None}}


def test_children_before_the_youngest(engine: Engine) -> None:
    with engine.write() as tx:
        family(tx)
        assert of(tx)["children_before"] == 0
        build.member(tx, "mum", role="mother", born_on="2000-01-01")
        build.member(tx, "ben", born_on="2023-02-01")
        assert of(tx)["children_before"] == 0
        build.member(tx, "unborn", due_on="2027-02-01")
        assert of(tx)["children_before"] == 1
        build.member(tx, "twin", due_on="2027-02-01")
        assert of(tx)["children_before"] == 1
        households.end_membership(tx, membership="ben@fam", on_date="2026-11-01", reason="adopted", **build.STAMP)
        assert of(tx)["children_before"] == 1  # who has left still came before
        build.member(tx, "undated")
        assert of(tx)["children_before"] is None


def test_another_family_is_no_part_of_it(engine: Engine) -> None:
    with engine.write() as tx:
        family(tx)
        build.family(tx, "other")
        build.visit(tx, "theirs", household="other", kind="visit_not_completed", outcome="no_answer", child_seen=True)
        build.assessment(tx, "theirs", household="other", findings=[("sleep_sofa", "sleep", "present")])
        assert of(tx)["visits_not_completed_90d"] == 0
        assert of(tx)["earlier_findings_present"] == []


MOMENTS = ("2026-08-20", "2026-11-01", ON, "2026-11-25")


@pytest.mark.parametrize("seed", range(3))
def test_many_families_at_once_are_each_as_if_asked_alone(engine: Engine, seed: int) -> None:
    random = Random(seed)
    with engine.write() as tx:
        build.team(tx)
        build.staff(tx)
        ids = tuple(build.family(tx, f"f{number}") for number in range(6))
        for number in range(60):
            live(tx, random, number, random.choice(ids[1:]))
        known = Families(ids, "SELECT id FROM household", {})
        for _ in range(12):
            on, seq = random.choice(MOMENTS), random.choice([None, random.randrange(newest_seq(tx))])
            choices = {"excluding": f"v{random.randrange(60)}", "before_seq": random.choice([None, random.randrange(newest_seq(tx))])}
            alone = {id: history(tx, id, on, seq, **choices) for id in ids}
            assert histories(tx, known, on, seq, **choices) == alone
    assert alone[ids[0]]["people"] == {}, "a family of which nothing is known is there too"
    assert len({str(one) for one in alone.values()}) > 1


def live(tx: Tx, random: Random, number: int, household: str) -> None:
    """Something happens to a family."""
    match random.choice(("child", "leaves", "visit", "visit", "visit")):
        case "child":
            build.member(tx, f"p{number}", household=household, born_on=random.choice([None, "2023-02-01", "2026-09-20"]))
        case "leaves":
            for row in tx.all("SELECT membership FROM member_now WHERE household = :household", household=household)[:1]:
                households.end_membership(tx, membership=row["membership"], on_date=ON, reason="moved", **build.STAMP)
        case _:
            kind, outcome = random.choice(
                [("visit", None), ("visit_not_completed", "no_answer"), ("visit_not_completed", NEVER_COUNTED[0])]
            )
            seen = random.choice([True, False, None])
            build.visit(tx, f"v{number}", on=random.choice(MOMENTS), household=household, kind=kind, outcome=outcome, child_seen=seen)
            for _ in range(random.randrange(3)):
                found = [(code, "sleep", random.choice(["present", "absent", "cannot_tell"])) for code in ("sleep_sofa", "sleep_smoke")]
                build.assessment(tx, f"v{number}", household=household, findings=found, kind=random.choice(["today", "as_shown"]))
