"""What somebody tried who wanted a child's danger to go unseen, or a family to belong to nobody."""

import pytest

from tests.flow.family_work import owed
from tests.flow.notes import NIGHT_ON_THE_SOFA
from tests.flow.test_raised import TUESDAY, again, duties, early_help_that_became_graver
from tests.flow.test_reviewing import asked, findings
from tests.flow.test_today import REACHED, kinds, listed
from tests.flow.world import completion
from visitapp.domain import duties as kinds_of_duty
from visitapp.domain import reviews as words
from visitapp.domain.replies import NOT_FOR_US, Reply
from visitapp.flow import (
    concern,
    entered_in_error,
    handovers,
    in_error,
    leaving,
    losses,
    people,
    raised,
    records,
    refer,
    reply,
    reviewing,
    today_marks,
    unsent,
)
from visitapp.flow.devices import Sender
from visitapp.problems import Problem
from visitapp.store import accounts, households, scope
from visitapp.store import duties as kept_duties

LATER = {"why": "learnt", "words": "He was limp when I left.", "danger": "now"}
LEFT_OUT = {"why": "left_out", "words": "The back door was open.", "danger": "none"}


def there(world, who: str, household: str) -> bool:
    with world.w.engine.read() as tx:
        return scope.may_see_family(tx, world.who[who], household)


def twice(world, practitioner: str = "hv"):
    """A family that is recorded twice, with danger in the second record, and the two are joined."""
    family, other = world.family(), world.family(practitioner=practitioner)
    other.sofa(who=practitioner)
    join(world, family, other)
    return family, other


def join(world, family, other) -> None:
    same = {other.people[name]: family.people[name] for name in ("Ava", "Ada")}
    records.join(world.w, world.who["hv"], family.household, duplicate=other.household, why="The same number.", same=same)


def test_what_a_late_visit_found_of_a_child_who_belongs_no_more_is_found_all_the_same(world):
    family = world.family()
    late = family.written(family.child(NIGHT_ON_THE_SOFA), on="2026-11-20", id=world.w.new_id())
    with world.w.engine.write() as tx:
        [child] = [one["membership"] for one in households.members(tx, family.household) if one["role"] == "child"]
        households.end_membership(tx, membership=child, on_date="2026-11-21", reason="moved", at=world.clock(), actor=world.who["hv"])
    world.clock.on(days=14)
    assert world.tablet("hv").send(late).status == 201
    world.work()
    assert (kinds(world, family)[0], family.state()) == ("danger", "proposed")
    family.visit({"children": []}, on="2026-11-19")  # earlier still: what came after it is judged again
    assert kinds(world, family)[0] == "danger"


def test_a_visit_that_reaches_a_joined_record_late_shows_its_danger_in_the_line_of_the_family(world):
    family, other = world.family(), world.family()
    late = other.written(other.child(NIGHT_ON_THE_SOFA), id=world.w.new_id())
    join(world, family, other)
    assert "danger" not in kinds(world, family)
    world.tablet("hv").send(late)
    world.work()
    assert (kinds(world, family)[0], other.state()) == ("danger", "proposed")


def test_a_joined_record_goes_along_when_the_family_is_handed_over_or_named_to_somebody(world):
    for named in (handed_over, named_directly):
        family, other = twice(world)
        named(world, family)
        assert there(world, "west", family.household)
        assert there(world, "west", other.household)
        assert not there(world, "hv", other.household)
        owed = world.rows("SELECT owner_account FROM duty WHERE household IN (:here, :there)", here=family.household, there=other.household)
        assert {one["owner_account"] for one in owed} == {world.who["west"]}


def handed_over(world, family) -> None:
    id = handovers.offer(world.w, world.who["hv"], family.household, to=world.who["west"], kind="transfer", words="Ask.", safe="A dog.")
    handovers.accept(world.w, world.who["west"], id)


def named_directly(world, family) -> None:
    people.name_practitioner(world.w, world.who["lead"], family.household, account=world.who["west"])


def test_a_joined_record_is_not_handed_over_alone_and_when_its_practitioner_leaves_the_familys_has_it(world):
    family, other = twice(world, "midwife")
    with pytest.raises(Problem) as alone:
        handed_over(world, other)
    assert alone.value.field == "to"
    leaving.end(world.w, world.who["lead"], world.who["midwife"], why="A post elsewhere.", supervisor=world.who["lead"])
    with world.w.engine.read() as tx:
        assert (households.household(tx, other.household) or {})["practitioner"] == world.who["hv"]
    assert world.count("handover") == 0
    leaving.end(world.w, world.who["lead"], world.who["hv"], why="A post elsewhere.", supervisor=world.who["lead"])
    with world.w.engine.read() as tx:
        assert (households.household(tx, other.household) or {})["practitioner"] == world.who["lead"]
    assert [row["household"] for row in world.rows("SELECT * FROM handover")] == [family.household]


def test_what_was_let_stand_is_told_when_a_later_visit_finds_as_much_again(world):
    family, referral, _visit = early_help_that_became_graver(world)
    raised.let_stand(world.w, world.who["hv"], referral, "Nan took her.")
    with world.w.engine.write() as tx:
        in_error.judge_from(world.w, tx, family.household, records.OLDEST, world.clock())
    assert "raise" not in duties(world), "the visit of which that was said is judged again, and nothing is new"
    world.clock.on(days=2)
    family.sofa(on="2026-11-26")
    family.sofa(on="2026-11-26")
    assert "raise" in duties(world)
    assert world.count("referral_raised") == 2
    assert again(world, referral) == 2
    family.sofa(on="2026-11-26")
    assert (world.count("referral_raised"), world.count("referral"), "raise" in duties(world)) == (2, 1, False)


STATES = ["proposed", "requested", "lettered", "acknowledged", "returned", "decided", "withdrawn"]


@pytest.mark.parametrize("state", STATES)
def test_a_graver_need_leaves_one_open_referral_and_somebody_who_owes_telling_it_whatever_became_of_the_first(world, state):
    world.clock.at = TUESDAY
    family, hv, duty = world.family(), world.who["hv"], world.who["duty"]
    visit = family.visit(on="2026-11-24")
    first = concern.refer_by_hand(world.w, hv, visit, "social_care", "this_week", "I am worried.")
    if state == "withdrawn":
        refer.withdraw(world.w, hv, first, "Already known there.")
    elif state != "proposed":
        refer.send(world.w, hv, first, completion())
    if state not in ("proposed", "withdrawn", "requested"):
        world.work()
    if state in ("acknowledged", "decided"):
        reply.acknowledge(world.w, duty, first)
    if state == "decided":
        reply.decide(world.w, duty, first, "early_help", "Seen.", "Today.")
    if state == "returned":
        reply.answer(world.w, duty, first, Reply(NOT_FOR_US, not_ours_reason="They live in Westfen.", whose="Westfen"))
    family.sofa(on="2026-11-24")
    family.sofa(on="2026-11-24")
    with world.w.engine.read() as tx:
        [open_one] = raised.open_of(tx, family.household)
    assert open_one["urgency"] == "tonight"
    assert {"raise", "complete"} & set(duties(world))
    assert kinds(world, family)[0] == "danger"


def test_one_loss_that_is_taken_back_leaves_the_other_of_the_same_mother(world):
    family = world.family()
    for on in ("2026-10-01", "2026-11-20"):
        losses.record(world.w, world.who["hv"], family.household, kind="miscarried", person=family.people["Ada"], on_date=on, words="")
    first = world.rows("SELECT event FROM loss ORDER BY event")[0]["event"]
    losses.in_error(world.w, world.who["hv"], family.household, str(first), why="Another family's.")
    assert [row["on_date"] for row in world.rows("SELECT * FROM loss")] == ["2026-11-20"]
    with world.w.engine.read() as tx:
        assert losses.stopped(tx, family.household)
    for number in ("9" * 18, "9" * 30, "9" * 5_000):
        with pytest.raises(Problem):
            losses.in_error(world.w, world.who["hv"], family.household, number, why="No such loss.")


def test_nobody_reviews_a_visit_to_which_they_added_something(world):
    family, midwife = world.family(), world.who["midwife"]
    visit = family.untidy()
    family.visit(LEFT_OUT, who="midwife", form="addition", adds_to=visit)
    with world.w.engine.write() as tx:  # and is a supervisor since
        row = accounts.account(tx, midwife)
        assert row is not None
        known = {part: row[part] for part in ("username", "name", "team")}
        accounts.add_account(tx, id=midwife, role="supervisor", at=world.clock(), actor="system", **known)
    with pytest.raises(Problem):
        reviewing.sign(world.w, midwife, visit, findings(world, visit), capacity=words.REVIEWED)
    reviewing.sign(world.w, world.who["lead"], visit, findings(world, visit), capacity=words.REVIEWED)


def test_danger_that_is_added_after_somebody_was_spoken_to_or_while_it_waits_is_there_at_once(world):
    family, other = world.family(), world.family("Birch")
    visits = [one.sofa(on="2026-11-21") for one in (family, other)]
    today_marks.spoke(world.w, world.who["lead"], family.household, REACHED)
    today_marks.wait(world.w, world.who["lead"], other.household, waits_for="the front door", until="hour")
    for one, visit in zip((family, other), visits, strict=True):
        one.visit(LATER, form="addition", adds_to=visit)
        assert "danger" in kinds(world, one)
        assert one.household in listed(world)


def test_a_tablet_whose_clock_is_years_ahead_neither_lets_a_baby_stand_as_seen_nor_hides_what_it_found(world):
    family = world.family(born_on="2026-11-01")
    world.clock.on(days=40)
    assert "never_seen" in kinds(world, family)
    family.sofa(on="2062-01-01")
    assert kinds(world, family)[0] == "danger"
    assert world.rows("SELECT last_seen_child_on FROM household_now") == [{"last_seen_child_on": "2027-01-01"}]
    world.clock.on(days=60)
    assert "unseen" in kinds(world, family)


def test_a_loss_ends_nothing_that_was_found_about_a_parent(world):
    family, hv = world.family(), world.who["hv"]
    ada, ava = family.people["Ada"], family.people["Ava"]
    with world.w.engine.write() as tx:
        for whom in (ada, ava):
            subject = kinds_of_duty.finding_subject(family.household, "low_mood", whom, 0)
            kept_duties.owe(
                tx, subject=subject, kind=kinds_of_duty.FINDING, what=f"Ask {whom}", due_at=world.clock(), household=family.household,
                owner_account=hv, at=world.clock(), actor=hv,
            )  # fmt: skip
    losses.record(world.w, hv, family.household, kind="miscarried", person=ada, on_date="2026-11-01", words="")
    assert [one["what"] for one in owed(world, family, "finding")] == [f"Ask {ada}", f"Ask {ava}"]
    losses.record(world.w, hv, family.household, kind="died", person=ava, on_date="2026-11-20", words="")
    assert [one["what"] for one in owed(world, family, "finding")] == [f"Ask {ada}"]


def test_a_visit_on_a_tablet_stands_as_unsent_with_the_team_that_its_family_went_to(world):
    family = world.family()
    sender = Sender(world.who["hv"], world.tablet("hv").device.device)
    held = {"sealed": [{"id": world.w.new_id(), "household": family.household, "since": "2026-11-20T10:00:00.000Z"}], "unfinished": []}
    unsent.told(world.w, sender, held)
    handed_over(world, family)
    unsent.told(world.w, sender, held)
    assert world.count("tablet_unsent") == 1
    unsent.told(world.w, sender, {"sealed": [], "unfinished": []})
    assert world.count("tablet_unsent") == 0


def test_a_child_recorded_twice_in_one_family_stops_nothing(world):
    family = world.family(born_on="2026-11-10")
    people.add_member(world.w, world.who["hv"], family.household, person=family.people["Ava"], role="child")  # two at once, on two screens
    family.sofa()
    assert kinds(world, family)[0] == "danger"
    world.clock.on(days=60)
    assert kinds(world, family).count("unseen") == 1


def test_an_answer_about_a_visit_that_was_moved_meanwhile_waits_in_the_line_of_the_family_that_has_it(world):
    family, other = world.family(), world.family("Birch")
    people.add_member(world.w, world.who["hv"], other.household, person=family.people["Ava"], role="child")
    visit = family.untidy()
    question = asked(world, visit)
    entered_in_error.enter(world.w, world.who["lead"], visit, why="It was next door.", belongs_to=other.household)
    reviewing.answer(world.w, world.who["hv"], question, "Nobody.")
    assert "answered" in kinds(world, other)
    assert "answered" not in kinds(world, family)


def test_a_page_on_which_a_visit_stood_elsewhere_takes_it_out_of_no_record(world):
    family, other = world.family(), world.family("Birch")
    people.add_member(world.w, world.who["hv"], other.household, person=family.people["Ava"], role="child")
    visit, seen = family.sofa(), {"why": "It was next door.", "stood_with": family.household}
    entered_in_error.enter(world.w, world.who["lead"], visit, belongs_to=other.household, **seen)
    with pytest.raises(Problem):
        entered_in_error.enter(world.w, world.who["lead"], visit, **seen)
    assert "danger" in kinds(world, other)


def test_whoever_made_a_visit_is_not_the_second_person_on_whether_its_danger_leaves_the_record(world):
    family = world.family()
    for account in ("hv", "lead"):
        people.say_number(world.w, people.SYSTEM, world.who[account], "99E0101A")
    visit = family.sofa()
    assert entered_in_error.enter(world.w, world.who["midwife"], visit, why="Next door.")
    [asked] = world.rows("SELECT id FROM visit_error_asked")
    with pytest.raises(Problem) as own:
        entered_in_error.answer(world.w, world.who["lead"], asked["id"], agrees=True)
    assert (own.value.field, "danger" in kinds(world, family)) == ("agrees", True)
    entered_in_error.answer(world.w, world.who["lead"], asked["id"], agrees=False, reason="It was there.")
