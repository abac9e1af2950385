"""One person recorded twice is one person, wherever what was recorded under either entry is read; and two again when that was an error."""

import pytest

from tests.flow.family_work import calling_for, owed, problem_of
from tests.flow.notes import NIGHT_ON_THE_SOFA, child
from tests.flow.test_losses import here, home
from tests.flow.test_records import history, newest_seq, same_when_rebuilt
from visitapp.flow import children, life_events, losses, people, records, today, twice
from visitapp.flow.given import given
from visitapp.problems import Problem
from visitapp.store import assessments, duties, letters, people_over_time
from visitapp.store import same as store
from visitapp.store.seen import Families


def again(world, family, **known) -> str:
    """The baby recorded once more."""
    plain = {"given_names": "Ava", "family_name": "Brook", "born_on": "2026-09-20"}
    return children.add(world.w, world.who["hv"], family.household, **(plain | known))


def are_one(world, family, entry: str, who="hv", **said) -> str:
    plain = {"stands": family.people["Ava"], "other": entry, "why": "One baby: the red book has one number."}
    return twice.are_one(world.w, world.who[who], family.household, **(plain | said))


def seen_on(world, household: str) -> dict:
    with world.w.engine.read() as tx:
        people = given(world.w, tx, household, "2026-11-22")["people"]
    return {person: one["seen_on"] for person, one in people.items() if one["born_on"] and one["born_on"] > "2020"}


def unseen(world) -> dict:
    return {row["person"]: row["since"] for row in world.rows("SELECT person, since FROM today_row WHERE kind IN ('unseen', 'never_seen')")}


def about(world, visit: str) -> set[str]:
    """Whom the standing judgement of a visit found something about."""
    with world.w.engine.read() as tx:
        judged = assessments.of_kind(tx, visit, "today")
        return {one["person"] for one in assessments.findings(tx, judged["id"]) if one["state"] == "present" and one["person"]}


def test_what_was_recorded_under_either_entry_is_read_of_the_one_that_stands(world):
    calling_for(world)
    family = world.family()
    ava, other = family.people["Ava"], again(world, family, birth_weight_g=2100)
    first = family.visit(family.child(), on="2026-11-08")
    second = family.visit({"children": [child(other, NIGHT_ON_THE_SOFA)]}, on="2026-11-15")
    home(world, family, "Ava")
    before, as_taken = newest_seq(world), history(world, family.household)
    sealed = family.written({"children": [child(other, NIGHT_ON_THE_SOFA)]}, on="2026-11-12")
    assert seen_on(world, family.household) == {ava: "2026-11-08", other: "2026-11-15"}
    assert other in about(world, second)
    said = are_one(world, family, other)
    world.work()
    assert seen_on(world, family.household) == {ava: "2026-11-15"}
    assert unseen(world)[ava] == "2026-11-15"
    assert other not in unseen(world)
    assert (ava in about(world, second), other in about(world, second)) == (True, False), "judged again"
    assert here(world, family).count("Ava") == 1
    assert history(world, family.household)["children_before"] == 0, "one child, and none before her"
    assert history(world, family.household, before) == as_taken, "what was known before is what was known before"
    with world.w.engine.read() as tx:
        assert duties.seen_in(tx, second) == {ava: "awake"}
        assert {row["person"] for row in people_over_time.memberships(tx, Families.one(family.household))} == {ava, family.people["Ada"]}
        assert store.entries(tx, ava) == (ava, other)
    assert world.rows("SELECT birth_weight_g AS g FROM person_now WHERE person = :p", p=ava) == [{"g": 2100}], "what only the other knew"
    late = family.visit({"children": [child(other, NIGHT_ON_THE_SOFA)]}, on="2026-11-18")
    assert ava in about(world, late), "a tablet that left before finds it of her"
    assert seen_on(world, family.household) == {ava: "2026-11-18"}
    same_when_rebuilt(world)
    world.tablet().send(sealed)
    world.work()
    assert world.rows("SELECT DISTINCT matches_tablet FROM assessment WHERE kind = 'as_shown'") == [{"matches_tablet": 1}], "it showed both"
    twice.two_after_all(world.w, world.who["hv"], said, why="They are cousins.")
    world.work()
    assert seen_on(world, family.household) == {ava: "2026-11-08", other: "2026-11-18"}
    assert (about(world, late), about(world, first) & {other}) == ({other}, set())
    assert here(world, family).count("Ava") == 2
    assert world.rows("SELECT birth_weight_g AS g FROM person_now WHERE person = :p", p=ava) == [{"g": None}]
    with pytest.raises(Problem):
        twice.two_after_all(world.w, world.who["hv"], said, why="Again.")
    same_when_rebuilt(world)


def test_what_is_owed_about_one_entry_is_owed_once_about_the_other_and_ends_with_what_was_seen(world):
    family = world.family()
    ava, other = family.people["Ava"], again(world, family)
    family.people["Again"] = other
    home(world, family, "Again")
    said = are_one(world, family, other)
    [one] = owed(world, family)
    assert one["subject"].endswith(ava)
    twice.two_after_all(world.w, world.who["hv"], said, why="Two.")
    [one] = owed(world, family)
    assert one["subject"].endswith(other)
    family.visit(family.child(), on="2026-11-22")
    assert len(owed(world, family)) == 1, "it was Ava who was seen, and the other who came home"
    are_one(world, family, other)
    assert owed(world, family) == [], "she was seen since"
    same_when_rebuilt(world)


def test_of_two_times_by_which_one_child_is_to_be_seen_the_earlier_one_stands(world):
    family = world.family()
    other = again(world, family)
    for person, day in ((other, "2026-11-18"), (family.people["Ava"], "2026-11-21")):
        life_events.home_from_hospital(world.w, world.who["hv"], person, household=family.household, on_date=day)
        world.clock.on(hours=5)
    soonest, later = (row["due_at"] for row in owed(world, family))
    assert soonest < later
    are_one(world, family, other)
    assert [row["due_at"] for row in owed(world, family)] == [soonest]


def test_what_cannot_be_one_person_is_refused(world):
    family, far = world.family(), world.family("Far", practitioner="west", area="westfen")
    ava, other = family.people["Ava"], again(world, family)
    for said in ({"other": ava}, {"other": family.people["Ada"]}, {"other": "nobody"}, {"stands": far.people["Ava"]}):
        assert problem_of(are_one, world, family, other, **said) == "other"
    assert problem_of(are_one, world, family, other, why=" ") == "why"
    with pytest.raises(Problem):
        are_one(world, family, other, who="west")
    people.add_member(world.w, world.who["lead"], far.household, person=other, role="child")
    assert problem_of(are_one, world, family, other) == "other", "the other home is another team's"
    lost = again(world, family, birth_order=None)
    losses.record(world.w, world.who["hv"], family.household, kind="died", person=lost, on_date="2026-11-20", words="")
    assert problem_of(are_one, world, family, lost) == "other"


def test_a_joining_says_who_is_who_by_the_same_means_and_takes_it_back(world):
    family, twin = world.family(), world.family("Okoro-Brook")
    sofa = twin.sofa(on="2026-11-15")
    third = world.family("Brook")
    third.sofa(on="2026-11-18")
    ava, other, last = (one.people["Ava"] for one in (family, twin, third))
    inner = records.join(world.w, world.who["hv"], twin.household, duplicate=third.household, why="One book.", same={last: other})
    joining = records.join(world.w, world.who["hv"], family.household, duplicate=twin.household, why="One number.", same={other: ava})
    world.work()
    assert seen_on(world, family.household) == {ava: "2026-11-18"}, "a chain ends with the one that stands"
    with world.w.engine.read() as tx:
        assert store.stands(tx, [other, last]) == {other: ava, last: ava}
        assert letters.responsibility(tx, family.household) == []
    [line] = today.today(world.w, world.who["lead"]).lines
    assert line.household == family.household, "what stands for the third stands where the record stands"
    assert {one.row["about"] for one in line.reasons if one.row["kind"] == "danger"} >= {sofa}
    joinings = records.of_family(world.w, world.who["hv"], family.household)
    assert [(one["why"], one["whole"]) for one in joinings] == [("One book.", family.household), ("One number.", family.household)]
    [said] = [one for one in twice.of_family(world.w, world.who["hv"], family.household) if one["person"] == other]
    assert problem_of(twice.two_after_all, world.w, world.who["hv"], said["id"], why="No.") == "why"
    records.joined_in_error(world.w, world.who["hv"], joining, why="Cousins.")
    world.work()
    assert seen_on(world, family.household) == {ava: None}
    assert seen_on(world, twin.household) == {other: "2026-11-18"}
    assert other in about(world, sofa)
    records.joined_in_error(world.w, world.who["hv"], inner, why="Cousins.")
    assert seen_on(world, twin.household) == {other: "2026-11-15"}
    same_when_rebuilt(world)


def test_a_parents_responsibility_stands_for_the_child_and_under_whichever_entry_it_was_recorded(world):
    family = world.family()
    ava, other, ada = family.people["Ava"], again(world, family), family.people["Ada"]
    people.add_parental_responsibility(world.w, world.who["hv"], child=other, holder=ada, from_on="2026-09-20", basis="Gave birth")
    are_one(world, family, other)
    with world.w.engine.read() as tx:
        assert [(one["child"], one["holder"]) for one in letters.responsibility(tx, family.household)] == [(ava, ada)]


def test_a_child_who_is_recorded_twice_and_has_a_second_home_was_seen_or_not_seen_there_too(world):
    family, far = world.family(), world.family("Brook")
    other = again(world, family)
    people.add_member(world.w, world.who["hv"], far.household, person=other, role="child")
    far.visit({"children": [child(other)]}, on="2026-11-08")
    said = are_one(world, family, other)
    same_when_rebuilt(world)
    twice.two_after_all(world.w, world.who["hv"], said, why="Twins.")
    same_when_rebuilt(world)


def test_a_joining_takes_no_twin_for_the_other(world):
    family, other, third = (world.family(birth_order=one) for one in (1, 2, 1))
    twin = again(world, third, birth_order=2)

    def joined(duplicate, *theirs: str) -> None:
        same = dict.fromkeys(theirs, family.people["Ava"])
        records.join(world.w, world.who["hv"], family.household, duplicate=duplicate.household, why="?", same=same)

    assert problem_of(joined, other, other.people["Ava"]) == "duplicate"
    assert problem_of(joined, third, third.people["Ava"], twin) == "duplicate"
    joined(third, third.people["Ava"])


def test_a_baby_is_not_read_as_an_older_child_of_whom_what_was_found_would_be_no_danger(world):
    family, older = world.family(), world.family(born_on="2021-09-20")
    family.sofa()
    old = again(world, family, born_on="2021-09-20")
    assert problem_of(twice.are_one, world.w, world.who["hv"], family.household, stands=old, other=family.people["Ava"], why="?") == "other"
    same = {family.people["Ava"]: older.people["Ava"]}
    said = {"duplicate": family.household, "why": "?", "same": same}
    assert problem_of(records.join, world.w, world.who["hv"], older.household, **said) == "duplicate"
