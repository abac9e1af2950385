"""A record is put right and nothing is deleted: a visit of another family, a family recorded twice, two families in one record."""

import pytest

from tests.flow.family_work import HOSTILE, TOO_LONG, calling_for, owed, problem_of, refused, seen
from tests.flow.test_losses import here, home
from visitapp.flow import entered_in_error, people, raised, records
from visitapp.flow.given import given
from visitapp.problems import Problem
from visitapp.store import households, life_events, referral_updates, visits
from visitapp.store.derived import derived_tables, rebuild


def level(world, family) -> int | None:
    with world.w.engine.read() as tx:
        return (households.household(tx, family.household) or {})["level_at_least"]


def visits_of(world, household: str) -> list[str]:
    with world.w.engine.read() as tx:
        return [row["submission"] for row in visits.visits(tx, household)]


def history(world, household: str, seq: int | None = None) -> dict:
    with world.w.engine.read() as tx:
        return given(world.w, tx, household, "2026-11-22", seq)["history"]


def newest_seq(world) -> int:
    return world.rows("SELECT max(seq) AS seq FROM journal")[0]["seq"]


def enter(world, visit, who="lead", **said) -> None:
    entered_in_error.enter(world.w, world.who[who], visit, **({"why": "It was the Brooks next door."} | said))


def same_when_rebuilt(world) -> None:
    before = {table: sorted(map(repr, world.rows(f"SELECT * FROM {table}"))) for table in derived_tables()}
    rebuild(world.w.engine)
    after = {table: sorted(map(repr, world.rows(f"SELECT * FROM {table}"))) for table in derived_tables()}
    assert {table: (set(rows) ^ set(after[table]), len(rows)) for table, rows in before.items() if rows != after[table]} == {}


def test_a_visit_in_error_stands_in_no_record_and_whoever_had_the_letter_is_told(world):
    family = world.family()
    visit = family.sofa()
    referral = family.send()
    before = newest_seq(world)
    assert level(world, family) == 4
    assert "sofa_or_armchair" in str(history(world, family.household)) or history(world, family.household)["findings_ever"]
    enter(world, visit)
    world.work()
    assert level(world, family) is None
    assert visits_of(world, family.household) == []
    assert history(world, family.household)["findings_ever"] == []
    assert history(world, family.household, before)["findings_ever"], "what was known before is what was known before"
    with world.w.engine.read() as tx:
        [told] = referral_updates.of(tx, referral)
    assert (told["kind"], "22 November 2026" in told["was_wrong"]) == ("correction", True)
    assert world.rows("SELECT 1 AS kept FROM submission WHERE id = :id", id=visit) == [{"kept": 1}]
    assert problem_of(enter, world, visit) == "why", "once"
    same_when_rebuilt(world)


def said_in_error(world, visit, who="hv", **said) -> str:
    """Somebody says it of a visit that found danger; the request that waits."""
    assert entered_in_error.enter(world.w, world.who[who], visit, **({"why": "It was the Brooks next door."} | said))
    return str(world.rows("SELECT id FROM visit_error_asked ORDER BY seq DESC")[0]["id"])


def answers(world, asked, who="lead", **said) -> None:
    entered_in_error.answer(world.w, world.who[who], asked, **({"agrees": True} | said))


def test_danger_in_ones_own_visit_leaves_the_record_only_by_a_second_person(world):
    family = world.family()
    visit = family.sofa()
    asked = said_in_error(world, visit)
    assert (level(world, family), visits_of(world, family.household)) == (4, [visit]), "until then it stands"
    [duty] = [one for one in owed(world, family) if one["kind"] == "second_opinion"]
    assert duty["owner_account"] == world.who["lead"]
    assert (
        "entered in error" in world.rows("SELECT what FROM notice WHERE to_account = :a ORDER BY seq DESC", a=world.who["lead"])[0]["what"]
    )
    assert problem_of(said_in_error, world, visit) == "why", "once at a time"
    assert problem_of(answers, world, asked, "hv") == "agrees"
    assert problem_of(answers, world, asked, "midwife") == "agrees", "a supervisor"
    assert problem_of(answers, world, asked, agrees=False) == "reason"
    answers(world, asked, agrees=False, reason="Ava’s mother says that it was here.")
    assert level(world, family) == 4
    assert problem_of(answers, world, asked) == "agrees", "answered once"
    answers(world, said_in_error(world, visit))
    assert (level(world, family), visits_of(world, family.household)) == (None, [])
    assert [one for one in owed(world, family) if one["kind"] == "second_opinion"] == []
    same_when_rebuilt(world)


def test_a_visit_that_was_moved_meanwhile_waits_for_nobody_and_one_that_found_nothing_never_did(world):
    family, other = world.family(), world.family("Brook")
    people.add_member(world.w, world.who["lead"], other.household, person=family.people["Ava"], role="child")
    visit = family.sofa()
    asked = said_in_error(world, visit, belongs_to=other.household)
    assert level(world, other) is None
    enter(world, visit, belongs_to=other.household)
    assert level(world, other) == 4
    assert problem_of(answers, world, asked) == "agrees"
    asked = said_in_error(world, visit, belongs_to=family.household)
    answers(world, asked)
    assert (level(world, family), level(world, other)) == (4, None)
    quiet = world.family("Quiet")
    calm = quiet.not_let_in(on="2026-11-20")
    assert not entered_in_error.enter(world.w, world.who["hv"], calm, why="Next door.")


def test_two_accounts_of_one_person_are_no_two_people(world):
    family = world.family()
    visit = family.sofa()
    asked = said_in_error(world, visit)
    people.say_number(world.w, people.SYSTEM, world.who["hv"], "99e 0101-a")
    people.say_number(world.w, people.SYSTEM, world.who["lead"], "99E0101A")
    assert problem_of(answers, world, asked) == "agrees"
    enter_alone = entered_in_error.enter(world.w, world.who["lead"], family.sofa(on="2026-11-21"), why="Mine.")
    assert enter_alone, "under another account it is still one’s own"
    people.say_number(world.w, people.SYSTEM, world.who["lead"], "99E0102A")
    answers(world, asked)
    assert visit not in visits_of(world, family.household)


def test_what_was_proposed_on_a_visit_in_error_is_withdrawn_with_why(world):
    family = world.family()
    visit = family.sofa()
    enter(world, visit)
    assert family.state_of(family.referral()) == "withdrawn"
    assert "next door" in referral_detail(world, family)


def referral_detail(world, family) -> str:
    return world.rows("SELECT detail FROM referral_event WHERE referral = :r ORDER BY seq DESC", r=family.referral())[0]["detail"]


def test_a_visit_stands_only_with_a_family_whose_people_it_names_and_that_its_mover_sees(world):
    family, other, far = world.family(), world.family("Brook"), world.family("Far", practitioner="west", area="westfen")
    visit = family.sofa()
    assert problem_of(enter, world, visit, belongs_to=other.household) == "belongs_to"
    assert problem_of(enter, world, visit, belongs_to=family.household) == "belongs_to"
    with pytest.raises(Problem):
        enter(world, visit, belongs_to=far.household)
    with pytest.raises(Problem):
        enter(world, visit, who="west")
    people.add_member(world.w, world.who["lead"], other.household, person=family.people["Ava"], role="child")
    enter(world, visit, belongs_to=other.household)
    assert (level(world, family), level(world, other)) == (None, 4)
    assert visits_of(world, other.household) == [visit]
    assert history(world, other.household)["findings_ever"]
    assert other.state() == "proposed", "what it calls for is called for there"
    enter(world, visit, belongs_to=family.household, why="It was right before.")
    assert (level(world, family), level(world, other)) == (4, None)
    same_when_rebuilt(world)


def test_what_only_a_misfiled_visit_called_for_and_raised_goes_where_it_goes(world):
    family, other = world.family(), world.family("Brook")
    people.add_member(world.w, world.who["lead"], other.household, person=family.people["Ava"], role="child")
    family.untidy(on="2026-11-19")
    referral = family.send()
    first, second = family.sofa(on="2026-11-20"), family.sofa(on="2026-11-21", who="midwife")
    code = "finding:{}:sleep_sofa_substances:{}:0".format
    assert [one["subject"] for one in owed(world, family)] == [code(family.household, family.people["Ava"])]
    enter(world, first, belongs_to=other.household)
    assert [len(owed(world, one)) for one in (family, other)] == [1, 1], "the other visit calls for it too"
    enter(world, second, belongs_to=other.household)
    assert [len(owed(world, one)) for one in (family, other)] == [0, 1]
    assert "no other visit calls for it" in world.rows("SELECT evidence FROM duty_closed WHERE how = 'no_longer_needed'")[-1]["evidence"]
    with world.w.engine.read() as tx:
        assert raised.untold(tx, referral) is None, "what only these visits raised is owed no more"
    assert (family.state_of(referral), other.state()) == ("delivered", "proposed")
    enter(world, first)
    assert [len(owed(world, one)) for one in (family, other)] == [0, 1]
    enter(world, refused(family), belongs_to=other.household)
    assert [len(owed(world, one, "debrief")) for one in (family, other)] == [0, 1], "the talk about a visit goes with it"
    same_when_rebuilt(world)


def test_a_family_recorded_twice_is_one_and_can_be_two_again(world):
    calling_for(world)
    family, twice = world.family(), world.family("Okoro-Brook", practitioner="midwife")
    twice.visit(twice.child(), who="midwife", on="2026-11-10")
    home(world, twice, "Ava")
    people.plan_visit(world.w, world.who["midwife"], twice.household, what="New birth visit", on_date="2026-11-25")
    same = {twice.people["Ava"]: family.people["Ava"]}
    assert problem_of(records.join, world.w, world.who["hv"], family.household, duplicate=family.household, why="x", same={}) == "duplicate"
    joining = records.join(world.w, world.who["hv"], family.household, duplicate=twice.household, why="The same NHS number.", same=same)
    assert here(world, family).count("Ava") == 1, "she is the same"
    assert here(world, family).count("Ada") == 2, "nobody said that they are one"
    assert here(world, twice) == []
    assert [(one["kind"], one["owner_account"]) for one in owed(world, family)] == [("see_child", world.who["midwife"])]
    with world.w.engine.read() as tx:
        assert life_events.earlier(tx, family.household) == (family.household, twice.household)
        assert (households.household(tx, twice.household) or {})["joined_to"] == family.household
    assert history(world, family.household)["days_since_child_seen"] == 12
    assert level(world, family) == level(world, twice) is not None, "the family was visited"
    said = {row["what"] for row in world.rows("SELECT what FROM record_put_right")}
    assert said == {records.JOINED, records.JOINED_INTO}
    records.joined_in_error(world.w, world.who["hv"], joining, why="Cousins of one name.")
    assert sorted(here(world, twice)) == ["Ada", "Ava"]
    assert sorted(here(world, family)) == ["Ada", "Ava"]
    with world.w.engine.read() as tx:
        assert life_events.earlier(tx, family.household) == (family.household,)
    assert history(world, family.household)["days_since_child_seen"] is None
    assert level(world, family) is None
    assert problem_of(records.joined_in_error, world.w, world.who["hv"], joining, why="Again.") == "why"
    same_when_rebuilt(world)


def test_one_record_of_two_families_becomes_two_with_their_own_visits_and_duties(world):
    calling_for(world)
    family = world.family()
    family.member("Tom", "Brook", "child", born_on="2026-06-01")
    family.member("Bea", "Brook", "mother", born_on="2000-03-04")
    home(world, family, "Tom")
    ours, theirs = seen(family, on="2026-11-10"), seen_tom(family)
    going = [family.people["Tom"], family.people["Bea"]]
    plain = {"name": "Brook", "why": "Two flats at one door.", "people": going}
    assert problem_of(split, world, family, **(plain | {"people": []})) == "people"
    assert problem_of(split, world, family, **(plain | {"people": list(family.people.values())})) == "people"
    assert problem_of(split, world, family, **(plain | {"submissions_there": [ours]})) == "visits", "it names who stays"
    other = split(world, family, **plain, submissions_there=[theirs])
    assert (visits_of(world, family.household), visits_of(world, other)) == ([ours], [theirs])
    assert sorted(here(world, family)) == ["Ada", "Ava"]
    assert [one["household"] for one in world.rows("SELECT household FROM duty WHERE kind = 'see_child'")] in ([other], [])
    with world.w.engine.read() as tx:
        new = households.household(tx, other)
    assert new is not None
    assert (new["name"], new["practitioner"], new["address"]) == ("Brook", world.who["hv"], "4 Mill Row")
    same_when_rebuilt(world)


def seen_tom(family) -> str:
    return family.visit({"children": [{"person": family.people["Tom"], "row": "r1", "seen": "awake"}]}, on="2026-11-12")


def split(world, family, **said) -> str:
    return records.split(world.w, world.who["hv"], family.household, **said)


def test_what_is_said_is_checked_and_kept_as_typed(world):
    family = world.family()
    visit = family.visit()
    for why in (" ", TOO_LONG):
        assert problem_of(enter, world, visit, why=why) == "why"
    enter(world, visit, why=HOSTILE["markup"])
    for text in HOSTILE.values():
        enter(world, visit, why=text, belongs_to=family.household)
        enter(world, visit, why=text)
    kept = {row["why"] for row in world.rows("SELECT why FROM visit_error")}
    assert kept == set(HOSTILE.values())
