"""What staff are owed and must know: the talk after a hard visit, a second worker, risks that end unless confirmed, and supervision."""

import pytest

from tests.flow.family_work import HOSTILE, TOO_LONG, owed, problem_of, refused
from tests.flow.notes import SAFE_NIGHT
from tests.flow.test_ladder import NURSE, away, hold, watch
from tests.flow.world import World
from visitapp.domain import risks as words
from visitapp.domain.duties import DEBRIEF, RISK, SECOND_WORKER, SUPERVISION
from visitapp.flow import debriefs, duties, life_events, risks, second_workers, staff, supervision_dates
from visitapp.flow.stuck import what_is_stuck
from visitapp.problems import Problem
from visitapp.store import accounts

MONDAY = "2026-11-23T10:00:00.000Z"
TALK = {
    "on_date": "2026-11-23", "with_whom": "Worker hv and Worker lead", "how_is": "shaken", "how_words": "A week of visits in twos.",
    "judged": "cannot_tell", "judged_why": "One visit, and the mother answered a text.", "changes": "Two go on Thursday.",
}  # fmt: skip
DOG = {
    "kind": "dog", "words": "A large dog, loose in the yard. Phone from the gate.", "known": "told", "source": "The postman",
    "protected": False, "from_on": "2026-11-20",
}  # fmt: skip
GONE = {"on_date": "2026-11-22", "words": "The neighbours have it now.", "known": "told"}


def unsafe(family, *what: str, **how) -> str:
    """A visit at which not everybody was safe."""
    said = family.child(SAFE_NIGHT) | {"today": ["unsafe"], "safety_risks": list(what), "safety_words": "It stood in the hall."}
    return family.visit(said, **how)


def names(world: World, rows) -> list[str]:
    known = {id: name for name, id in world.who.items()}
    return [known[row["owner_account"]] for row in rows]


# --- the talk after a hard visit -----------------------------------------------------------------------------------------------------


def test_the_facts_of_a_visit_owe_one_talk_about_it_to_a_supervisor_by_name_and_nothing_else_does(world):
    world.clock.at = MONDAY
    quiet, refusing, shouting, dog = (world.family(name) for name in ("Quiet", "Refusing", "Shouting", "Dog"))
    quiet.not_let_in("no_answer", on="2026-11-23")
    quiet.not_let_in("cancelled_by_family", on="2026-11-23")
    quiet.visit(quiet.child(SAFE_NIGHT), on="2026-11-23")
    refused(refusing, on="2026-11-23")
    shouting.visit({"outcome": "signs_no_answer", "staff_safe": "shouted"}, form="not_let_in", on="2026-11-23")
    unsafe(dog, "dog", "threat", on="2026-11-23")
    assert owed(world, quiet, DEBRIEF) == []
    said = {"Refusing": "entry was refused", "Shouting": "the worker was shouted at", "Dog": "somebody threatened or shouted at a worker"}
    for family, name in ((refusing, "Refusing"), (shouting, "Shouting"), (dog, "Dog")):
        [one] = owed(world, family, DEBRIEF)
        assert said[name] in one["what"]
        assert "Worker hv" in one["what"]
        assert (names(world, [one]), one["due_at"]) == (["lead"], "2026-11-25T10:00:00.000Z")
    asked = [row["what"] for row in world.rows("SELECT what FROM duty WHERE kind = 'finding'")]
    assert not any("how the visit was" in what or "through with the worker" in what for what in asked), "not twice over"


def test_only_the_talk_ends_it_and_it_ends_those_before_it(world):
    world.clock.at = MONDAY
    family = world.family()
    first, second = refused(family, on="2026-11-20"), refused(family, on="2026-11-23")
    subject = owed(world, family, DEBRIEF)[0]["subject"]
    for how in ("done", "excused"):
        assert problem_of(duties.close, world.w, world.who["lead"], subject, how=how, evidence="Had no time") == "how"
    with pytest.raises(Problem, match=r"."):
        debriefs.record(world.w, world.who["hv"], second, **TALK)  # the worker
    assert problem_of(debriefs.record, world.w, world.who["west"], second, **TALK) is None  # not theirs to see
    assert problem_of(debriefs.record, world.w, world.who["lead"], second, **(TALK | {"on_date": "2026-11-22"})) == "on_date"
    for missing in ("with_whom", "how_is", "judged", "judged_why", "changes"):
        assert problem_of(debriefs.record, world.w, world.who["lead"], second, **(TALK | {missing: ""})) == missing
    debriefs.record(world.w, world.who["lead"], second, **TALK)
    assert owed(world, family, DEBRIEF) == []
    assert problem_of(debriefs.record, world.w, world.who["lead"], first, **TALK) == "on_date", "ended with it"
    ended = world.rows("SELECT evidence FROM duty_closed WHERE subject LIKE 'debrief:%'")
    assert all("Two go on Thursday" in row["evidence"] and "twos" not in row["evidence"] for row in ended), "how the worker is stays apart"
    theirs, others = (staff.to_talk_about(world.w, world.who[who], second).row["talk"] for who in ("hv", "midwife"))
    assert (theirs["how_words"], others["how_words"], others["changes"]) == (TALK["how_words"], "", TALK["changes"])


def test_a_talk_that_is_late_climbs_and_a_deputy_may_hold_it(world):
    world.clock.at = MONDAY
    hold(world, NURSE)
    family = world.family()
    visit = refused(family, on="2026-11-23")
    away(world, "lead", "midwife", "2026-11-23", "2026-12-20")
    assert watch(world, hours=49) == [("practitioner", "Worker midwife")], "who stands in for the supervisor who owes it"
    assert any(one.what == "overdue_debrief" and one.link == f"/staff/debrief/{visit}" for one in what_is_stuck(world.w))
    watch(world, hours=120)
    assert ("named_nurse", "Ruth Named") in watch(world)
    debriefs.record(world.w, world.who["midwife"], visit, **(TALK | {"on_date": "2026-11-25"}))
    assert owed(world, family, DEBRIEF) == []


# --- a second worker -----------------------------------------------------------------------------------------------------------------


def test_one_tap_at_the_door_is_owed_within_the_hour_and_asks_once(world):
    world.clock.at = MONDAY
    family = world.family()
    tap = {"id": "tap-1", "asked_from": "door", "asked_at": "2026-11-23T09:58:00.000Z"}
    for _ in range(2):
        assert second_workers.ask_by_tap(world.w, world.who["hv"], family.household, **tap)["state"] == "asked"
    again = second_workers.ask_by_tap(world.w, world.who["hv"], family.household, **(tap | {"id": "tap-2"}))
    assert again["id"] == "tap-1", "a second tap is no second request"
    [one] = owed(world, family, SECOND_WORKER)
    assert (names(world, [one]), one["due_at"]) == (["lead"], "2026-11-23T11:00:00.000Z")
    world.work()
    [mail] = [notice for notice in world.pigeon.sent if "second worker" in notice.subject]
    assert mail.to == "lead@visits.example"
    assert not any(name in mail.subject + mail.text for name in ("Okoro", "Worker", "Mill Row"))
    hold(world, NURSE)
    assert watch(world, hours=1, seconds=1) == [("practitioner", "Worker lead")], "by the hour"
    for wrong in ({"id": ""}, {"id": "x" * 37}, {"asked_from": "moon"}, {"asked_at": "soon"}):
        assert problem_of(second_workers.ask_by_tap, world.w, world.who["hv"], family.household, **(tap | wrong)) == "id"
    assert problem_of(second_workers.ask_by_tap, world.w, world.who["west"], family.household, **(tap | {"id": "tap-3"})) is None
    assert problem_of(second_workers.ask_by_tap, world.w, world.who["midwife"], family.household, **tap) is None, "somebody else's id"


def test_naming_who_goes_or_saying_why_nobody_does_ends_it_and_whoever_asked_is_told(world):
    world.clock.at = MONDAY
    family, lead = world.family(), world.who["lead"]
    ask = {"for_on": "2026-11-26", "words": "Two adults shouted last time."}
    request = second_workers.ask(world.w, world.who["hv"], family.household, **ask)
    [one] = owed(world, family, SECOND_WORKER)
    assert ("26 November 2026" in one["what"], one["due_at"]) == (True, "2026-11-24T10:00:00.000Z")
    assert problem_of(second_workers.ask, world.w, world.who["hv"], family.household, **(ask | {"for_on": "2026-11-22"})) == "for_on"
    assert problem_of(second_workers.ask, world.w, world.who["hv"], family.household, for_on=None, words="") == "words"
    for said, field in (
        ({"goes": ""}, "goes"), ({"goes": "yes"}, "name"), ({"goes": "no"}, "words"),
        ({"goes": "yes", "account": world.who["hv"]}, "account"), ({"goes": "yes", "account": world.who["west"]}, "account"),
    ):  # fmt: skip
        assert problem_of(second_workers.answer, world.w, lead, request, **said) == field
    with pytest.raises(Problem, match=r"."):
        second_workers.answer(world.w, world.who["hv"], request, goes="yes", name="Me")
    second_workers.answer(world.w, lead, request, goes="yes", account=world.who["midwife"], words="Meet at the corner at ten.")
    assert owed(world, family, SECOND_WORKER) == []
    assert problem_of(second_workers.answer, world.w, lead, request, goes="yes", name="Two") == "goes"
    told = world.rows("SELECT to_account, what FROM notice WHERE what LIKE 'A second worker: %'")
    assert {row["to_account"] for row in told} == {world.who["hv"], world.who["midwife"]}
    second = second_workers.ask(world.w, world.who["hv"], family.household, **(ask | {"for_on": None}))
    second_workers.answer(world.w, lead, second, goes="no", words="Meet at the clinic instead.")
    beside = staff.of_family(world.w, world.who["hv"], family.household)
    assert (staff.state_of(beside.request), beside.request["answer"]) == ("nobody", "Meet at the clinic instead.")


def test_both_stand_on_todays_list_until_their_own_facts_end_them(world):
    world.clock.at = MONDAY
    family, lead = world.family(), world.who["lead"]
    visit = refused(family, on="2026-11-23")
    request = second_workers.ask(world.w, world.who["hv"], family.household, words="Two adults shouted.")
    of_staff = "SELECT kind, about FROM today_row WHERE grave = 7 ORDER BY kind"
    assert world.rows(of_staff) == [{"kind": "debrief", "about": visit}, {"kind": "second_worker", "about": request}]
    family.visit(family.child(SAFE_NIGHT), on="2026-11-23")
    assert len(world.rows(of_staff)) == 2, "a good visit ends neither"
    debriefs.record(world.w, lead, visit, **TALK)
    second_workers.answer(world.w, lead, request, goes="yes", name="The social worker, Ana Reyes")
    assert world.rows(of_staff) == []


# --- known risks ---------------------------------------------------------------------------------------------------------------------


def risk_states(world: World, family) -> list[tuple[str, str]]:
    _, page = staff.risks_of(world.w, world.who["hv"], family.household)
    return [(row["kind"], row["state"]) for row in page.rows]


def test_what_a_visit_names_is_known_before_the_next_and_a_later_visit_confirms_it(world):
    world.clock.at = MONDAY
    family = world.family()
    unsafe(family, "dog", "stranger", on="2026-11-20")
    [dog, somebody] = staff.of_family(world.w, world.who["midwife"], family.household).risks[::-1]
    assert (dog["kind"], dog["words"], dog["source"]) == ("dog", "A dog or other animal: It stood in the hall.", "Worker hv")
    assert (somebody["kind"], dog["until_on"]) == ("person", "2027-05-22")
    unsafe(family, "dog", on="2026-11-23", who="midwife")
    assert len(risk_states(world, family)) == 2
    again = staff.of_family(world.w, world.who["hv"], family.household).risks[0]
    assert (again["id"], again["word"], again["until_on"]) == (dog["id"], words.CONFIRMED, "2027-05-25")
    family.visit({"outcome": "refused_at_door", "staff_safe": "hurt"}, form="not_let_in", on="2026-11-23")
    assert ("violence", "stands") in risk_states(world, family)


def test_a_risk_ends_by_its_day_unless_confirmed_is_asked_about_before_and_is_past_and_not_gone(world):
    world.clock.at = MONDAY
    hold(world, NURSE)
    family = world.family()
    kept = [risks.record(world.w, world.who["hv"], family.household, **(DOG | {"kind": kind})) for kind in ("dog", "way", "other")]
    watch(world, days=150)
    assert owed(world, family, RISK) == []
    for _ in range(2):
        watch(world, days=4)
    asked = owed(world, family, RISK)
    assert (names(world, asked), {row["due_at"][:10] for row in asked}) == (["hv"] * 3, {"2027-05-25"})
    assert problem_of(duties.close, world.w, world.who["hv"], asked[0]["subject"], how="done", evidence="Yes") == "how"
    today = world.clock()[:10]
    risks.say(world.w, world.who["hv"], kept[0], "confirmed", **(GONE | {"on_date": today, "words": "Seen again."}))
    risks.say(world.w, world.who["hv"], kept[1], "ended", **(GONE | {"on_date": today}))
    assert len(owed(world, family, RISK)) == 1
    watch(world, days=60)
    assert sorted(risk_states(world, family)) == [("dog", "stands"), ("other", "lapsed"), ("way", "over")]
    assert owed(world, family, RISK)[0]["due_at"] < world.clock(), "nobody said so: it climbs"
    assert any(one.what == "overdue_risk" for one in what_is_stuck(world.w))
    assert problem_of(risks.say, world.w, world.who["hv"], kept[1], "confirmed", **GONE) == "words"
    assert problem_of(risks.say, world.w, world.who["hv"], kept[0], "confirmed", **(GONE | {"on_date": "2026-11-01"})) == "on_date"
    assert problem_of(risks.say, world.w, world.who["west"], kept[0], "ended", **GONE) is None


def test_a_risk_is_said_in_plain_words_and_who_must_not_be_given_away_is_for_supervisors(world):
    family = world.family()
    told = {"words": "Aggressive and hostile father."}
    assert problem_of(risks.record, world.w, world.who["hv"], family.household, **(DOG | told)) == "words"
    risks.record(world.w, world.who["hv"], family.household, **(DOG | {"words": "“He is aggressive,” said the caretaker."}))
    risks.record(world.w, world.who["hv"], family.household, **(DOG | {"protected": True, "source": "A neighbour"}))
    seen = {who: staff.of_family(world.w, world.who[who], family.household).risks[0] for who in ("hv", "midwife", "lead")}
    assert [seen[who]["source"] for who in ("hv", "midwife", "lead")] == ["A neighbour", "", "A neighbour"]
    assert seen["midwife"]["source_hidden"]
    assert staff.of_family(world.w, world.who["west"], family.household) is None


def test_a_risk_goes_with_the_people_to_where_they_live_now(world):
    world.clock.at = MONDAY
    old, new = world.family(), world.family(practitioner="midwife")
    risk = risks.record(world.w, world.who["hv"], old.household, **DOG)
    assert staff.of_family(world.w, world.who["midwife"], new.household).risks == ()
    life_events.same_family(world.w, world.who["hv"], new.household, earlier=old.household, why="The same mother and baby.")
    assert [row["id"] for row in staff.of_family(world.w, world.who["midwife"], new.household).risks] == [risk]
    assert risk_states(world, new) == [("dog", "stands")]
    watch(world, days=170)
    assert names(world, owed(world, new, RISK)) == ["midwife"], "whoever looks after them now is asked"
    unsafe(new, "dog", on=world.clock()[:10], who="midwife")
    assert (owed(world, new, RISK), len(risk_states(world, new))) == ([], 1), "a visit to the new home confirms it"


@pytest.mark.parametrize("text", [*HOSTILE.values(), TOO_LONG])
def test_every_text_is_kept_as_typed_or_refused_beside_its_field(world, text):
    world.clock.at = MONDAY
    family, lead = world.family(), world.who["lead"]
    visit = refused(family, on="2026-11-23")
    talk = TALK | dict.fromkeys(("with_whom", "how_words", "judged_why", "changes"), text)
    if text == TOO_LONG:
        assert problem_of(debriefs.record, world.w, lead, visit, **talk) == "with_whom"
        assert problem_of(risks.record, world.w, lead, family.household, **(DOG | {"words": text})) == "words"
        assert problem_of(second_workers.ask, world.w, lead, family.household, words=text) == "words"
        return
    debriefs.record(world.w, lead, visit, **talk)
    risk = risks.record(world.w, lead, family.household, **(DOG | {"words": text, "source": text}))
    risks.say(world.w, lead, risk, "ended", **(GONE | {"words": text}))
    request = second_workers.ask(world.w, world.who["hv"], family.household, words=text)
    second_workers.answer(world.w, lead, request, goes="yes", name=text, words=text)
    supervision_dates.record(world.w, lead, world.who["hv"], "missed", on_date="2026-11-20", words=text)
    beside = staff.of_family(world.w, lead, family.household)
    assert (beside.request["goes_name"], beside.talks[0]["changes"]) == (text, text)


# --- supervision ---------------------------------------------------------------------------------------------------------------------


def due_by(world: World) -> dict[str, str]:
    rows = world.rows("SELECT what, due_at FROM duty WHERE kind = :kind", kind=SUPERVISION)
    return {row["what"].split()[-1].rstrip("."): row["due_at"][:10] for row in rows}


def test_supervision_is_owed_by_its_time_from_the_last_and_from_the_first_where_none_is_recorded(world):
    world.clock.at = MONDAY
    hold(world, NURSE)
    lead = world.who["lead"]
    supervision_dates.record(world.w, lead, world.who["hv"], "held", on_date="2026-11-20")
    assert due_by(world) == {"hv": "2027-02-19"}
    watch(world, days=65)
    assert due_by(world) == {"hv": "2027-02-19", "midwife": "2027-02-21", "west": "2027-02-21"}
    supervision_dates.record(world.w, lead, world.who["hv"], "booked", on_date="2027-02-01", words="The quiet room")
    supervision_dates.record(world.w, lead, world.who["hv"], "missed", on_date="2027-01-26", words="Ill.")
    assert due_by(world)["hv"] == "2027-02-19", "neither a booking nor a miss puts it off"
    supervision_dates.record(world.w, lead, world.who["hv"], "held", on_date="2027-01-27")
    assert due_by(world)["hv"] == "2027-04-28"
    [midwife, hv] = staff.team(world.w, lead).supervision
    assert (hv["held_on"], hv["booked_on"], hv["missed"], midwife["held_on"]) == ("2027-01-27", None, 0, None)
    climbs = watch(world, days=40)
    assert ("named_nurse", "Ruth Named") in climbs, "the midwife's is overdue"
    assert any(one.what == "overdue_supervision" and one.link.startswith("/staff/supervision/") for one in what_is_stuck(world.w))


def test_dates_are_a_supervisors_of_the_same_team_and_who_visits_no_more_is_owed_none(world):
    lead, hv = world.who["lead"], world.who["hv"]
    for who, whom in (("hv", "midwife"), ("lead", "west"), ("lead", "lead"), ("lead", "duty")):
        assert problem_of(supervision_dates.record, world.w, world.who[who], world.who[whom], "held", on_date="2026-11-20") is None
    for what, said, field in (
        ("held", {"on_date": "2026-11-30"}, "on_date"), ("booked", {"on_date": "2026-11-01"}, "on_date"),
        ("missed", {"on_date": "2026-11-20"}, "words"),
        ("held", {"on_date": ""}, "on_date"), ("forgotten", {"on_date": "2026-11-20"}, None),
    ):  # fmt: skip
        assert problem_of(supervision_dates.record, world.w, lead, hv, what, **said) == field
    supervision_dates.record(world.w, lead, hv, "held", on_date="2026-11-20")
    assert due_by(world) == {"hv": "2027-02-19"}
    with world.w.engine.write() as tx:
        row = accounts.account(tx, hv)
        accounts.add_account(tx, id=hv, username=row["username"], name=row["name"], role="health_visitor", team=None, at=MONDAY, actor="x")
    assert due_by(world) == {}
