"""History is what was known at a moment, and stays so whatever is learnt later: read from facts on both engines, for one family or many."""

import functools
from typing import Any

from tests.store import build
from visitapp.decide.limits import limits
from visitapp.domain.duties import action_subject
from visitapp.domain.outcomes import NEVER_COUNTED
from visitapp.domain.past import LAST, Moment
from visitapp.domain.plans import Action
from visitapp.flow.given import recall
from visitapp.formlang import load_catalogue
from visitapp.store import agreed_levels, duties, helping, households, life_events, people, plans, referrals, together
from visitapp.store.caseload import newest_seq
from visitapp.store.derived import rebuild
from visitapp.store.engine import Engine
from visitapp.store.seen import Families
from visitapp.store.tx import Tx
from visitapp.wiring import FORMS

ON = "2026-11-22"
CATALOGUE = load_catalogue(FORMS)
LIMITS = limits(CATALOGUE.policy)

NOTHING_KNOWN: dict[str, Any] = {
    "visits_not_completed_90d": 0, "not_completed_recent": 0, "not_completed_since_seen": 0, "no_answer": 0, "refused_entry": 0,
    "cancelled_by_family": 0, "not_brought": 0, "days_since_child_seen": None, "children_before": 0,
    "earlier_findings_present": [], "findings_ever": [], "findings_repeated": [], "advice_repeated_sleep": False,
    "home_last": None, "home_best": None, "home_worst": None, "home_rises": 0, "rooms_last": None, "rooms_falls": 0,
    "announced_visits": 0, "unannounced_visits": 0, "worse_unannounced": False, "areas_worse": [],
    "level_agreed": None, "triggers_met": 0, "actions_not_done": 0, "plan_open": False, "concern_open": False, "plan_moments": [],
    "agencies": 0, "lead_named": False, "days_since_meeting": None, "meeting_overdue": False, "closed_unresolved": False,
    "help_outstanding": [], "help_awaited": [], "still_unknown": [], "accounts_conflict": [], "open_to": None,
    "open_by_agency": [], "past": [],
}  # fmt: skip


def family(tx: Tx) -> None:
    build.team(tx)
    build.staff(tx)
    build.family(tx)


def given(tx: Tx, household: str = "fam", on: str = ON, seq: int | None = None, excluding: str = "", before: int | None = None) -> Any:
    moment = Moment(on, LAST if seq is None else seq, excluding, LAST if before is None else before)
    return recall(CATALOGUE, tx, Families.one(household), moment).given(household)


def of(tx: Tx, seq: int | None = None, **choices: Any) -> dict[str, Any]:
    found: dict[str, Any] = given(tx, seq=seq, **choices)["history"]
    return found


def test_a_family_nobody_visited_yet(engine: Engine) -> None:
    with engine.write() as tx:
        family(tx)
        assert given(tx) == {"on": ON, "people": {}, "history": NOTHING_KNOWN}


def test_visits_not_completed_are_counted_by_kind_unless_they_never_count_against_a_family(engine: Engine) -> None:
    with engine.write() as tx:
        family(tx)
        for id, on, outcome in (
            ("edge", "2026-08-24", "no_answer"),
            ("old", "2026-08-23", "no_answer"),
            ("unsaid", "2026-11-02", None),
            ("later", "2026-11-23", "no_answer"),
            ("signs", "2026-11-03", "signs_no_answer"),
            ("door", "2026-11-04", "refused_at_door"),
            ("theirs", "2026-11-05", "cancelled_by_family"),
            ("clinic", "2026-11-06", "not_brought"),
            *((f"never-{outcome}", "2026-11-01", outcome) for outcome in NEVER_COUNTED),
        ):
            build.visit(tx, id, on=on, kind="visit_not_completed", outcome=outcome)
        build.visit(tx, "kept", on="2026-11-03")
        build.visit(tx, "told", on="2026-11-03", kind="information", outcome="no_answer")
        counted = {name: value for name, value in of(tx).items() if value and isinstance(value, int) and value is not True}
        assert counted == {
            "visits_not_completed_90d": 6, "not_completed_recent": 5, "not_completed_since_seen": 6, "no_answer": 2, "refused_entry": 1,
            "cancelled_by_family": 1, "not_brought": 1,
        }  # fmt: skip
        assert of(tx, excluding="edge")["visits_not_completed_90d"] == 5


def test_a_visit_that_saw_every_child_and_every_room_begins_the_count_anew_unless_a_plan_stands(engine: Engine) -> None:
    def missed(id: str, on: str) -> tuple[int, int]:
        build.visit(tx, id, on=on, kind="visit_not_completed", outcome="no_answer")
        return since()

    def since() -> tuple[int, int]:
        history = of(tx)
        return history["visits_not_completed_90d"], history["not_completed_since_seen"]

    def made(id: str, on: str, rooms: str, *seen: str) -> tuple[int, int]:
        said = [("", "home.rooms", rooms, f"could be {rooms}"), *((child, "child.seen", "asleep", "seen") for child in seen)]
        build.visit(tx, id, on=on, measures=said)
        return since()

    with engine.write() as tx:
        family(tx)
        for child in ("isla", "ben"):
            build.member(tx, child, born_on="2026-06-20")
        assert [missed("one", "2026-10-01"), missed("two", "2026-10-02")] == [(1, 1), (2, 2)]
        assert made("half", "2026-10-05", "4", "isla") == (2, 2), "one of two children"
        assert made("room", "2026-10-06", "3", "isla", "ben") == (2, 2), "three of four rooms"
        assert made("whole", "2026-10-07", "4", "isla", "ben") == (2, 0)
        assert missed("three", "2026-10-08") == (3, 1)
        involve(tx, "social", "social_worker", "2026-10-09")
        assert since() == (3, 3)


def test_days_since_a_child_was_seen_count_only_seeing_at_a_visit(engine: Engine) -> None:
    with engine.write() as tx:
        family(tx)
        build.visit(tx, "not_seen", on="2026-11-20", child_seen=False)
        build.visit(tx, "unknown", on="2026-11-21", child_seen=None)
        build.visit(tx, "nursery", on="2026-11-21", child_seen=True, kind="information")
        assert of(tx)["days_since_child_seen"] is None
        build.visit(tx, "seen", on="2026-11-10", child_seen=True)
        assert of(tx)["days_since_child_seen"] == 12
        build.visit(tx, "today", on=ON, child_seen=True)
        assert of(tx)["days_since_child_seen"] == 0
        assert of(tx, excluding="today")["days_since_child_seen"] == 12


def test_each_child_was_seen_on_a_day_of_its_own_and_came_home_on_another(engine: Engine) -> None:
    def days() -> dict[str, tuple[Any, Any]]:
        return {id: (person["seen_on"], person["home_on"]) for id, person in given(tx)["people"].items()}

    with engine.write() as tx:
        family(tx)
        build.member(tx, "isla", born_on="2026-09-20")
        build.visit(tx, "door", on="2026-10-01", kind="visit_not_completed", measures=[("", "child.seen_at_door", "true", "seen")])
        assert days() == {"isla": ("2026-10-01", None)}
        build.member(tx, "ben", born_on="2023-02-01")
        assert days()["isla"] == (None, None), "of two children nobody knows who was at the door"
        seen = [("isla", "child.seen", "asleep", ""), ("ben", "child.seen", "not_seen", "")]
        build.visit(tx, "one", on="2026-10-05", measures=seen)
        build.visit(tx, "two", on="2026-10-04", measures=[("isla", "child.seen", "awake", ""), ("ben", "child.seen", "awake", "")])
        assert days() == {"isla": ("2026-10-05", None), "ben": ("2026-10-04", None)}
        for kind, on in (("into_hospital", "2026-10-10"), ("home_from_hospital", "2026-10-12")):
            life_events.add(tx, person="isla", household="fam", kind=kind, on_date=on, words="", **build.STAMP)
        assert days()["isla"] == ("2026-10-05", "2026-10-12")
        life_events.add(tx, person="isla", household="fam", kind="into_hospital", on_date="2026-11-01", words="", **build.STAMP)
        assert days()["isla"] == ("2026-10-05", None)


def test_with_a_plan_a_child_is_seen_only_when_awake(engine: Engine) -> None:
    def seen() -> str | None:
        found: str | None = given(tx)["people"]["isla"]["seen_on"]
        return found

    with engine.write() as tx:
        family(tx)
        build.member(tx, "isla", born_on="2026-09-20")
        for id, on, how in (("one", "2026-10-01", "asleep"), ("two", "2026-10-05", "asleep"), ("three", "2026-11-01", "awake")):
            if id == "three":
                build.visit(tx, "told", on="2026-10-06", measures=[("", "family.open_to", "child_protection", "told_by_agency")])
                assert seen() == "2026-10-01", "never awake: nobody has seen her so since then"
            build.visit(tx, id, on=on, measures=[("isla", "child.seen", how, "seen")])
        build.visit(tx, "four", on="2026-11-10", measures=[("isla", "child.seen", "asleep", "seen")])
        build.visit(tx, "door", on="2026-11-12", kind="visit_not_completed", measures=[("", "child.seen_at_door", "true", "seen")])
        assert seen() == "2026-11-01"
        build.visit(tx, "ended", on="2026-11-15", measures=[("", "family.open_to", "nobody", "told_by_agency")])
        assert seen() == "2026-11-12"


def test_what_a_private_person_told_us_contradicts_nobody_and_is_no_line_of_the_past(engine: Engine) -> None:
    def told(id: str, source: str) -> None:
        said = [("isla", "sleep.surface", "sofa", "told"), ("", "family.past", "removed", "told"), ("", "information.source", source, "")]
        build.visit(tx, id, on="2026-11-12", kind="information", form="information_received", measures=said)

    with engine.write() as tx:
        family(tx)
        build.member(tx, "isla", born_on="2026-09-20")
        build.visit(tx, "one", on="2026-11-10", measures=[("isla", "sleep.surface", "own_cot", "told")])
        before = of(tx)["past"]
        told("neighbour", "private")
        assert (of(tx)["accounts_conflict"], of(tx)["past"]) == ([], before)
        told("police", "police")
        assert (of(tx)["accounts_conflict"], of(tx)["past"]) == (["sleep.surface"], ["removed"])


def test_a_baby_of_whom_others_say_that_it_came_home_came_home_and_is_known_to_have_since_they_said_so(engine: Engine) -> None:
    def told(id: str, what: str, day: str, on: str, source: str = "hospital") -> None:
        said = [("isla", "child.hospital", what, ""), ("isla", "child.hospital_on", day, ""), ("", "information.source", source, "")]
        build.visit(tx, id, on=on, kind="information", form="information_received", measures=[one for one in said if one[2]])

    def home(**moment: Any) -> str | None:
        found: str | None = given(tx, **moment)["people"]["isla"]["home_on"]
        return found

    with engine.write() as tx:
        family(tx)
        build.member(tx, "isla", born_on="2026-09-20")
        before = newest_seq(tx)
        told("soon", "coming_home", "2026-10-20", "2026-10-03")
        told("neighbour", "home", "2026-10-04", "2026-10-05", source="private")
        assert home() is None, "neither what is planned nor a private person's word"
        told("ward", "home", "2026-10-10", "2026-10-12")
        assert (home(), home(seq=before)) == ("2026-10-10", None)
        told("again", "admitted", "2026-11-01", "2026-11-02")
        assert home() is None
        life_events.add(tx, person="isla", household="fam", kind="home_from_hospital", on_date="2026-11-05", words="", **build.STAMP)
        assert home() == "2026-11-05"
        told("undated", "home", "", "2026-11-20")
        assert home() == "2026-11-20", "of no day: at the latest on the day on which we were told"


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
        build.assessment(tx, "one", findings=[("home_bottles", "home", "absent")])
        assert of(tx)["earlier_findings_present"] == [], "a judgement that found nothing takes the place of one that did"


def test_what_was_found_at_two_visits_is_repeated_whatever_an_agency_said(engine: Engine) -> None:
    with engine.write() as tx:
        family(tx)
        for id, kind in (("one", "visit"), ("two", "information"), ("three", "antenatal")):
            build.visit(tx, id, on="2026-10-01", kind=kind)
            found = [("sleep_sofa", "sleep", "present")]
            build.assessment(tx, id, findings=found if id != "three" else [*found, ("home_damp", "home", "present")])
            repeated = of(tx)["findings_repeated"]
            assert repeated == (["sleep_sofa"] if id == "three" else [])
        assert of(tx)["earlier_findings_present"] == ["home_damp", "sleep_sofa"]


def test_advice_repeated_is_unknown_when_it_could_not_be_told(engine: Engine) -> None:
    with engine.write() as tx:
        family(tx)
        for number, state in enumerate(("present", "absent", "cannot_tell", "present")):
            build.visit(tx, f"v{number}", on=f"2026-10-0{number + 1}")
            build.assessment(tx, f"v{number}", findings=[("sleep_sofa", "sleep", state), ("home_damp", "home", "present")], person="isla")
        seqs = {row["submission"]: row["last"] for row in tx.all("SELECT submission, max(seq) AS last FROM finding GROUP BY submission")}
        told = [of(tx, seqs[f"v{number}"])["advice_repeated_sleep"] for number in range(4)]
        assert told == [False, False, None, True]


def test_advice_that_was_taken_up_and_stayed_so_and_what_is_said_of_the_whole_family_is_no_advice_repeated(engine: Engine) -> None:
    def found(id: str, on: str, state: str, person: str = "ben") -> bool | None:
        build.visit(tx, id, on=on)
        build.assessment(tx, id, findings=[("sleep_loose_bedding", "sleep", state)], person=person)
        told: bool | None = of(tx)["advice_repeated_sleep"]
        return told

    with engine.write() as tx:
        family(tx)
        assert [found(f"bed{number}", f"2026-01-0{number}", "present", "") for number in (1, 2)] == [False, False]
        assert [found(f"v{number}", f"2026-02-0{number}", "present") for number in (1, 2)] == [False, True]
        assert found("once", "2026-03-01", "absent"), "better at one visit is not yet better"
        build.visit(tx, "door", on="2026-03-02", kind="visit_not_completed", form="not_let_in")
        build.visit(tx, "told", on="2026-03-03", kind="information")
        assert of(tx)["advice_repeated_sleep"], "a visit not completed and what others say looks at no bed"
        assert found("twice", "2026-04-01", "absent") is False
        assert found("back", "2026-05-01", "present") is True


def scored(tx: Tx, id: str, on: str, home: tuple[int, int], rooms: int = 4, announced: str = "announced", **more: Any) -> None:
    measures = [
        ("", "home.state", str(home[0]), f"could be {home[1]}"), ("", "home.rooms", str(rooms), f"could be {rooms}"),
        ("", "visit.announced", announced, ""),
    ]  # fmt: skip
    build.visit(tx, id, on=on, measures=measures, **more)


def test_a_home_that_gets_a_little_worse_each_time_shows(engine: Engine) -> None:
    with engine.write() as tx:
        family(tx)
        for number, (home, rooms) in enumerate((((2, 2), 4), ((3, 4), 4), ((5, 5), 3), ((6, 6), 2))):
            scored(tx, f"v{number}", f"2026-10-0{number + 1}", home, rooms)
        found = of(tx)
        assert {name: found[name] for name in ("home_last", "home_best", "home_worst", "home_rises", "rooms_last", "rooms_falls")} == {
            "home_last": 6, "home_best": 2, "home_worst": 6, "home_rises": 3, "rooms_last": 2, "rooms_falls": 2,
        }  # fmt: skip
        assert found["areas_worse"] == ["home"], "by its own score, before anybody has judged the visit"
        scored(tx, "blank", "2026-10-05", (5, 8), 4)
        found = of(tx)
        assert {name: found[name] for name in ("home_last", "home_best", "home_worst", "home_rises", "rooms_falls")} == {
            "home_last": {"at_least": 5, "could_be": 8}, "home_best": 2, "home_worst": {"at_least": 6, "could_be": 8},
            "home_rises": {"at_least": 0, "could_be": 4}, "rooms_falls": 0,
        }, "what was left blank at a visit makes no rise and rules out none"  # fmt: skip
        scored(tx, "hardly", "2026-10-06", (1, 1 + LIMITS.open_points + 1))
        assert of(tx)["home_last"] == {"at_least": 5, "could_be": 8}, "too little was seen to compare it with anything"


def test_an_area_at_its_worst_is_named_only_by_forms_that_look_at_it(engine: Engine) -> None:
    with engine.write() as tx:
        family(tx)
        for number, state in enumerate(("absent", "present")):
            build.visit(tx, f"v{number}", on=f"2026-10-0{number + 1}")
            build.assessment(tx, f"v{number}", findings=[("sleep_sofa", "sleep", state)])
        assert of(tx)["areas_worse"] == ["sleep"]
        build.visit(tx, "door", on="2026-10-05", kind="visit_not_completed", form="not_let_in")
        build.assessment(tx, "door")
        assert of(tx)["areas_worse"] == ["sleep"], "a closed door says nothing of sleep"
        build.visit(tx, "better", on="2026-10-06")
        build.assessment(tx, "better")
        assert of(tx)["areas_worse"] == []


def test_unannounced_visits_are_compared_from_two_of_each_on(engine: Engine) -> None:
    with engine.write() as tx:
        family(tx)
        for number, (announced, home) in enumerate((("announced", 2), ("unannounced", 6), ("announced", 3), ("unannounced", 7))):
            scored(tx, f"v{number}", f"2026-10-0{number + 1}", (home, home), announced=announced)
            found = of(tx)
            assert found["worse_unannounced"] is (number == 3)
        assert (found["announced_visits"], found["unannounced_visits"]) == (2, 2)


def test_what_stays_unknown_and_what_two_sources_say_differently(engine: Engine) -> None:
    with engine.write() as tx:
        family(tx)
        build.staff(tx, "midwife")
        build.visit(tx, "one", on="2026-10-01", measures=[
            ("", "home.cause", "unknown", "told"), ("mum", "adult.uses", "nothing", "told"), ("isla", "sleep.surface", "own_cot", "told"),
        ])  # fmt: skip
        build.visit(
            tx, "two", on="2026-10-08", measures=[("isla", "child.impact", "", "refused"), ("isla", "sleep.surface", "sofa", "told")]
        )
        found = of(tx)
        assert (found["still_unknown"], found["accounts_conflict"]) == (["child.impact", "home.cause"], [])
        build.visit(tx, "three", on="2026-10-15", author="midwife", measures=[
            ("", "home.cause", "low_mood", "told"), ("mum", "adult.uses", "cannabis", "told"), ("isla", "child.impact", "", "unanswered"),
        ])  # fmt: skip
        found = of(tx)
        assert (found["still_unknown"], found["accounts_conflict"]) == (["child.impact"], ["adult.uses"])
        build.visit(tx, "told", on="2026-10-16", kind="information", measures=[("isla", "sleep.surface", "sofa", "told_by_agency")])
        assert of(tx)["accounts_conflict"] == ["adult.uses", "sleep.surface"]


def test_what_the_family_is_open_to_is_the_newest_word_and_what_agencies_imply(engine: Engine) -> None:
    with engine.write() as tx:
        family(tx)
        build.visit(
            tx, "one", on="2026-10-01", measures=[("", "family.open_to", "nobody", "told"), ("", "family.past", "child_removed", "told")]
        )
        build.visit(tx, "two", on="2026-10-02", measures=[("", "family.open_to", "", "not_asked"), ("", "family.past", "nothing", "told")])
        assert (of(tx)["open_to"], of(tx)["past"]) == (["nobody"], ["child_removed"])
        involve(tx, "social", "social_worker", "2026-10-03")
        assert of(tx)["open_to"] == ["child_in_need"]
        build.visit(tx, "three", on="2026-10-04", measures=[("", "family.open_to", "child_protection", "told_by_agency")])
        assert of(tx)["open_to"] == ["child_protection"]
        together.close(tx, agency="social", household="fam", on_date="2026-11-01", reason="", unresolved=("home_harms",), **build.STAMP)
        assert (of(tx)["open_to"], of(tx)["closed_unresolved"]) == (["nobody"], True)
        assert given(tx, on="2026-10-31")["history"]["open_to"] == ["child_protection"]


def test_what_a_family_tells_ends_nothing_that_an_agency_said(engine: Engine) -> None:
    def says(id: str, on: str, code: str, how: str, **more: Any) -> tuple[list[str], list[str]]:
        source = [("", "information.source", more.pop("source"), "")] if "source" in more else []
        build.visit(tx, id, on=on, measures=[("", "family.open_to", code, how), *source], **more)
        return of(tx)["open_to"], of(tx)["open_by_agency"]

    information: dict[str, Any] = {"kind": "information", "form": "information_received"}
    with engine.write() as tx:
        family(tx)
        assert says("mother", "2026-10-01", "early_help", "told") == (["early_help"], [])
        assert says("mother again", "2026-10-02", "nobody", "told") == (["nobody"], [])
        assert (
            says("worker", "2026-10-08", "child_protection", "told", source="social_worker", **information) == (["child_protection"],) * 2
        )
        assert says("denied", "2026-10-15", "nobody", "told") == (["child_protection"],) * 2
        assert says("by phone", "2026-10-16", "nobody", "told", source="parent", **information) == (["child_protection"],) * 2
        assert says("helped", "2026-10-17", "early_help", "told") == (["child_protection", "early_help"], ["child_protection"])
        assert says("ended", "2026-10-20", "nobody", "told_by_agency") == (["nobody"],) * 2


def test_a_plan_that_stands_says_what_the_family_is_open_to(engine: Engine) -> None:
    def agreed(id: str, source: str) -> tuple[list[str], list[str]]:
        plans.add(
            tx, id=id, household="fam", source=source, agreed_on="2026-10-01", agreed_by="All", trigger_kind="refused_entry",
            trigger_words="they refuse entry", trigger_count=None, trigger_days=None, actions=(Action("Tell the worker", "Jo", 4),),
            review_on=None, **build.STAMP,
        )  # fmt: skip
        return of(tx)["open_to"], of(tx)["open_by_agency"]

    with engine.write() as tx:
        family(tx)
        build.visit(tx, "told", on="2026-10-02", measures=[("", "family.open_to", "nobody", "told")])
        assert agreed("ours", "safety") == (["nobody"], []), "our own plan opens nothing at another agency"
        assert agreed("theirs", "pre_birth") == (["child_protection"],) * 2
        involve(tx, "social", "social_worker", "2026-10-03")
        assert of(tx)["open_to"] == ["child_protection"]
        plans.end(tx, plan="theirs", household="fam", on_date="2026-10-10", reason="", **build.STAMP)
        assert of(tx)["open_to"] == ["child_in_need"]


def involve(tx: Tx, id: str, kind: str, from_on: str, household: str = "fam") -> None:
    together.involve(tx, id=id, household=household, kind=kind, name=id, contact="", knows="", from_on=from_on, **build.STAMP)


def test_agencies_that_do_not_meet_and_nobody_who_leads(engine: Engine) -> None:
    names = ("agencies", "lead_named", "days_since_meeting", "meeting_overdue")
    with engine.write() as tx:
        family(tx)
        involve(tx, "gp", "gp", "2026-01-01")
        involve(tx, "nursery", "nursery_or_school", "2026-10-11")
        involve(tx, "tomorrow", "police", "2026-11-23")
        assert [of(tx)[name] for name in names] == [2, False, None, False], "the second began within the policy's time"
        assert given(tx, on="2026-11-23")["history"]["meeting_overdue"] is True
        together.meet(tx, id="m", household="fam", on_date="2026-11-20", attended="", agencies=2, decisions=[], **build.STAMP)
        together.name_lead(tx, household="fam", name="Jo", account=None, agency="nursery", from_on="2026-11-20", **build.STAMP)
        assert [of(tx)[name] for name in names] == [2, True, 2, False]
        together.close(tx, agency="nursery", household="fam", on_date="2026-11-21", reason="", unresolved=(), **build.STAMP)
        assert [of(tx)[name] for name in names] == [1, False, 2, False], "a lead whose agency has closed leads no more"


def test_plans_help_and_the_agreed_level_as_they_stood_on_the_day(engine: Engine) -> None:
    names = ("plan_open", "plan_moments", "triggers_met", "actions_not_done", "help_outstanding", "level_agreed")
    with engine.write() as tx:
        family(tx)
        plans.add(
            tx, id="p", household="fam", source="safety", agreed_on="2026-10-01", agreed_by="Ada", trigger_kind="refused_entry",
            trigger_words="they refuse entry", trigger_count=None, trigger_days=None, actions=(Action("Call the police", "Jo", 4),),
            review_on=None, **build.STAMP,
        )  # fmt: skip
        helping.need(tx, id="h", household="fam", what="cot", person=None, words="", needed_on="2026-10-01", **build.STAMP)
        agreed_levels.propose(tx, id="l", household="fam", level=3, from_level=None, reason="", **build.STAMP)
        assert [of(tx)[name] for name in names] == [True, ["refused_entry"], 0, 0, ["cot"], 3]
        plans.meet(tx, id="t", plan="p", household="fam", cause="v", on_date="2026-10-05", why="", **build.STAMP)
        duties.owe(tx, subject=action_subject("t", 1), kind="plan_action", what="", due_at=build.AT, household="fam", **build.STAMP)
        assert [of(tx)[name] for name in names] == [True, ["refused_entry"], 1, 1, ["cot"], 3]
        assert of(tx, excluding="v")["triggers_met"] == 0, "the visit that met it was not judged by it"
        before = newest_seq(tx)
        plans.end(tx, plan="p", household="fam", on_date="2026-10-10", reason="", **build.STAMP)
        assert [of(tx)[name] for name in names] == [False, [], 1, 1, ["cot"], 3], "ending a plan does none of its actions"
        duties.close(tx, {"household": "fam", "subject": action_subject("t", 1)}, how="done", evidence="", **build.STAMP)
        helping.step(tx, order="h", household="fam", step="seen_in_use", on_date="2026-10-09", words="", **build.STAMP)
        agreed_levels.propose(tx, id="low", household="fam", level=2, from_level=3, reason="", **build.STAMP)
        assert [of(tx)[name] for name in names] == [False, [], 0, 0, [], 3], "a lower level waits for a second person"
        agreed_levels.answer(tx, "low", household="fam", agrees=True, reason="", **build.STAMP)
        assert of(tx)["level_agreed"] == 2
        assert [of(tx, before)[name] for name in names] == [True, ["refused_entry"], 1, 1, ["cot"], 3]


def test_a_concern_is_open_while_a_level_stands_or_a_referral_is_not_ended(engine: Engine) -> None:
    with engine.write() as tx:
        family(tx)
        agreed_levels.propose(tx, id="l", household="fam", level=2, from_level=None, reason="", **build.STAMP)
        assert of(tx)["concern_open"] is False
        agreed_levels.propose(tx, id="m", household="fam", level=3, from_level=2, reason="", **build.STAMP)
        assert of(tx)["concern_open"] is True
        build.family(tx, "sent")
        told = functools.partial(referrals.add_event, tx, {"id": "r", "record": "sent"}, detail={}, **build.STAMP)
        build.visit(tx, "v", household="sent")
        assessment = build.assessment(tx, "v", household="sent")
        referrals.add(
            tx, id="r", household="sent", submission="v", assessment=assessment, level=2, urgency="routine", destination="early_help",
            receiving_team=None, **build.STAMP,
        )  # fmt: skip
        build.family(tx, "not yet")
        build.visit(tx, "w", household="not yet")
        referrals.add(
            tx, id="s", household="not yet", submission="w", assessment=build.assessment(tx, "w", household="not yet"), level=3,
            urgency="this_week", destination="social_care", receiving_team=None, **build.STAMP,
        )  # fmt: skip
        proposed = {"id": "s", "record": "not yet"}
        for event, is_open in (("proposed", True), ("withdrawn", False)):
            referrals.add_event(tx, proposed, event=event, detail={}, **build.STAMP)
            assert of(tx, household="not yet")["concern_open"] is is_open, event
        for event, is_open in (("proposed", False), ("requested", True), ("news", True), ("lettered", True), ("delivered", True)):
            told(event)
            assert of(tx, household="sent")["concern_open"] is is_open, event
        before = newest_seq(tx)
        told("acknowledged")
        told("decided")
        assert of(tx, household="sent")["concern_open"] is False
        assert of(tx, before, household="sent")["concern_open"] is True


def test_history_up_to_a_fact_never_changes(engine: Engine) -> None:
    with engine.write() as tx:
        family(tx)
        build.member(tx, "isla", born_on="2026-09-20", gestation_days=266)
        build.visit(tx, "one", on="2026-10-01", child_seen=True)
        build.assessment(tx, "one", findings=[("sleep_sofa", "sleep", "present")])
        seq = newest_seq(tx)
        first = given(tx, seq=seq)
        build.visit(tx, "two", on="2026-10-02", kind="visit_not_completed", outcome="no_answer", child_seen=True)
        build.assessment(tx, "two", findings=[("sleep_sofa", "sleep", "present")])
        build.member(tx, "ben", born_on="2023-02-01")
        people.add_detail(tx, person="isla", given_names="Isla", family_name="Ashdown", born_on="2026-09-21", **build.STAMP)
        households.end_membership(tx, membership="isla@fam", on_date="2026-11-21", reason="moved", **build.STAMP)
        assert given(tx, seq=seq) == first
        born = {"due_on": None, "gestation_days": None, "birth_weight_g": None, "seen_on": None, "home_on": None}
        assert first["people"] == {"isla": {**born, "born_on": "2026-09-20", "gestation_days": 266}}
        assert given(tx)["people"] == {"ben": {**born, "born_on": "2023-02-01"}}


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


def test_another_family_is_no_part_of_it_until_somebody_confirms_that_it_is_its_own_past(engine: Engine) -> None:
    with engine.write() as tx:
        family(tx)
        for id in ("before", "long_before", "stranger"):
            build.family(tx, id)
            build.visit(tx, f"door-{id}", household=id, kind="visit_not_completed", outcome="no_answer")
            build.visit(
                tx, f"seen-{id}", on="2026-10-01", household=id, child_seen=True, measures=[("", "family.past", f"past-{id}", "told")]
            )
            build.assessment(tx, f"seen-{id}", household=id, findings=[(f"found-{id}", "sleep", "present")])
            build.member(tx, f"child-{id}", household=id, born_on="2020-01-01")
            involve(tx, f"gp-{id}", "gp", "2026-01-01", household=id)
        build.member(tx, "baby", born_on="2026-11-01")
        names = ("visits_not_completed_90d", "earlier_findings_present", "past", "children_before", "agencies", "days_since_child_seen")
        assert [of(tx)[name] for name in names] == [0, [], [], 0, 0, None]
        alone = newest_seq(tx)
        join(tx, "fam", "before")
        assert [of(tx)[name] for name in names] == [1, ["found-before"], ["past-before"], 1, 1, 52]
        join(tx, "before", "long_before")
        join(tx, "long_before", "fam")  # confirmed in a circle, it is still each of them once
        both = ["found-before", "found-long_before"], ["past-before", "past-long_before"]
        assert [of(tx)[name] for name in names] == [2, *both, 2, 2, 52]
        assert [of(tx, alone)[name] for name in names] == [0, [], [], 0, 0, None], "as it was known before anybody confirmed it"
        assert list(given(tx)["people"]) == ["baby"], "who lives here is not changed by it"


def join(tx: Tx, household: str, earlier: str) -> None:
    life_events.join_earlier(tx, household=household, earlier=earlier, why="the mother said so", **build.STAMP)


def test_what_a_visit_said_is_there_before_it_was_derived(engine: Engine) -> None:
    with engine.write() as tx:
        family(tx)
        scored(tx, "one", "2026-10-01", (3, 3))
        written = given(tx)
        tx.run("DELETE FROM visit_said")
        assert given(tx) == written
    rebuild(engine)
    with engine.read() as tx:
        assert tx.all("SELECT submission FROM visit_said") == [{"submission": "one"}]
        assert given(tx) == written
