"""What somebody tried who wanted a kept back address or a number that is never to be used to reach whom it is kept from, or danger to go
unseen, by putting records right."""

from tests.flow.notes import SAFE_NIGHT
from tests.flow.test_attacked import handed_over, join
from tests.flow.test_homes import add, phoned_on
from tests.flow.test_today import REACHED, kinds
from tests.flow.world import completion
from visitapp.deliver import Outcome
from visitapp.flow import entered_in_error, handovers, handovers_shown, homes, people, phones, records, refer, reply, today_marks
from visitapp.flow import life_events as events
from visitapp.flow.protected import address_kept_back, for_others
from visitapp.look import people_over_time, results
from visitapp.store import duties, households, life_events
from visitapp.store import phones as kept_phones
from visitapp.store import records as kept_records
from visitapp.store.seen import Families


def kept_back(world, household: str) -> bool:
    with world.w.engine.read() as tx:
        return address_kept_back(world.w, tx, life_events.earlier(tx, household))


def keep_back(world, household: str, kept: str = "yes") -> None:
    homes.keep_back(world.w, world.who["hv"], household, kept_back=kept, why="Her brother looks for her.")


def protected(family) -> dict:
    return {"person": family.people["Ada"], "met": "alone", "abuse_asked": "disclosed", "address_protected": True}


def apart(world, household: str) -> None:
    with world.w.engine.read() as tx:
        [joining] = kept_records.joinings(tx, household)
    records.joined_in_error(world.w, world.who["hv"], joining["id"], why="Cousins.")


def test_a_number_that_is_never_to_be_used_is_that_number_however_it_is_written_and_whoever_else_has_it(world):
    for number in ("07700900456", "+44 7700 900 456", "0044 (0)7700-900456", "(07700) 900456"):
        family = world.family()
        add(world, family, number=number, safe="never")
        assert phoned_on(world, family.people["Ada"]) is None, number
    family = world.family()
    add(world, family, person=None, whose="Jon, who answers it", number="07700 900456", safe="never")
    assert phoned_on(world, family.people["Ada"]) is None
    family = world.family()
    add(world, family, safe="never")
    add(world, family, number="07700900111")
    assert phoned_on(world, family.people["Ada"]) == "07700900111", "what is said of a number takes the place of what was said before"


def test_a_number_that_one_of_two_records_says_is_never_to_be_used_is_not_given_by_the_other_once_they_are_joined(world):
    family, other = world.family(), world.family()
    add(world, other, number="07700 900456", safe="never")
    assert phoned_on(world, family.people["Ada"]) == "07700 900456"
    join(world, family, other)
    assert phoned_on(world, family.people["Ada"]) is None


def test_a_family_that_is_recorded_by_itself_from_now_on_has_its_address_kept_back_as_before(world):
    family = world.family()
    family.member("Bo", "Birch", "child", born_on="2026-09-20")
    keep_back(world, family.household)
    there = records.split(world.w, world.who["hv"], family.household, name="Birch", why="Two families.", people=[family.people["Bo"]])
    assert kept_back(world, there)


def test_an_address_that_is_kept_back_while_two_records_are_joined_is_kept_back_in_both_once_they_are_taken_apart(world):
    family, other = world.family(), world.family()
    join(world, family, other)
    keep_back(world, family.household)
    apart(world, family.household)
    assert kept_back(world, family.household)
    assert kept_back(world, other.household)


def test_an_answer_to_the_letter_of_the_wrong_family_ends_no_danger_of_the_right_one(world):
    family, other = world.family(), world.family("Birch")
    people.add_member(world.w, world.who["hv"], other.household, person=family.people["Ava"], role="child")
    visit = family.sofa()
    today_marks.spoke(world.w, world.who["lead"], family.household, REACHED)
    reply.acknowledge(world.w, world.who["duty"], family.send())
    entered_in_error.enter(world.w, world.who["lead"], visit, why="It was next door.", belongs_to=other.household)
    assert "danger" in kinds(world, other)
    reply.acknowledge(world.w, world.who["duty"], other.send())
    assert "danger" not in kinds(world, other)


def test_what_was_owed_for_a_record_before_it_was_joined_is_owed_there_again_once_they_are_taken_apart(world):
    family, other = world.family(), world.family()
    other.sofa()
    other.not_let_in("refused")
    with world.w.engine.read() as tx:
        before = {one["subject"] for one in duties.of_household(tx, other.household)}
    assert before
    join(world, family, other)
    apart(world, family.household)
    with world.w.engine.read() as tx:
        assert {one["subject"] for one in duties.of_household(tx, other.household)} >= before


def test_who_said_that_an_address_must_be_kept_back_is_heard_though_the_visit_was_entered_in_error(world):
    family = world.family()
    visit = family.visit(family.child(SAFE_NIGHT) | {"adults": [protected(family)]})
    assert kept_back(world, family.household)
    entered_in_error.enter(world.w, world.who["lead"], visit, why="Typed twice.")
    assert kept_back(world, family.household)
    keep_back(world, family.household, "no")
    assert not kept_back(world, family.household)


def test_a_letter_that_is_written_after_the_family_was_given_to_another_team_is_owed_by_whoever_has_the_family(world):
    family = world.family()
    family.sofa()
    refer.send(world.w, world.who["hv"], family.referral(), completion())
    handed_over(world, family)
    world.post.answers = [Outcome("try_again", "busy")]
    world.work()
    assert world.rows("SELECT DISTINCT owner_account FROM duty") == [{"owner_account": world.who["west"]}]


def test_an_address_that_is_kept_back_after_a_family_was_offered_is_not_read_in_the_offer(world):
    family, hv = world.family(), world.who["hv"]
    with world.w.engine.write() as tx:
        what = "Weigh her at 4 Mill Row"
        households.plan_visit(tx, id="p", household=family.household, what=what, on_date="2026-11-24", at=world.clock(), actor=hv)
    said = {"kind": "transfer", "words": "Ask.", "safe": "A dog."}
    offer = handovers.offer(world.w, hv, family.household, to=world.who["west"], **said)
    assert "Mill Row" in str(handovers_shown.shown(world.w, world.who["west"], offer))
    keep_back(world, family.household)
    assert "Mill Row" not in str(handovers_shown.shown(world.w, world.who["west"], offer))


def test_an_address_that_was_written_down_wrong_is_taken_out_of_words_too_where_it_is_kept_back(world):
    family = world.family()
    keep_back(world, family.household)
    [lives] = world.rows("SELECT seq FROM residence")
    right = {"address": "4 Hill Row", "postcode": "EM1 4AB", "area": "eastmoor", "from_on": "2026-11-22"}
    homes.put_right(world.w, world.who["hv"], family.household, lives["seq"], why="Hill, not Mill.", **right)
    assert "Row" not in for_others(world.w, family.household, "Seen at 4 Mill Row, then 4 Hill Row.")


def test_whoever_looks_after_a_family_is_told_that_a_number_is_not_to_be_used_so_that_their_tablet_hears_of_it(world):
    family, hv, lead = world.family(), world.who["hv"], world.who["lead"]
    before = results.news(world.w, hv)
    for safe, times in (("never", ""), ("at_times", "Before three")):
        phones.add(world.w, lead, family.household, number="07700 900456", person=family.people["Ada"], safe=safe, times=times)
        assert results.news(world.w, hv) != before
        before = results.news(world.w, hv)
    phones.add(world.w, hv, family.household, number="07700 900456", person=family.people["Ada"], safe="never")
    assert results.news(world.w, hv) == before, "who says it knows it"


def standing(world, household: str) -> set[tuple[str, str]]:
    with world.w.engine.read() as tx:
        return {(row["number"], row["safe"]) for row in kept_phones.standing(tx, Families.one(household))}


def test_what_was_said_of_a_number_goes_along_with_whom_it_is_of_and_stands_in_both_records_that_are_taken_apart(world):
    family, other = world.family(), world.family()
    ada = family.people["Ada"]
    add(world, family, number="07700 900456", safe="never")
    there = records.split(world.w, world.who["hv"], family.household, name="Birch", why="Two families.", people=[ada])
    assert standing(world, there) == {("07700 900456", "never")}
    here = world.family()
    join(world, here, other)
    add(world, here, number="07700900456", safe="never")
    apart(world, here.household)
    assert standing(world, other.household) == {("07700900456", "never")}
    assert phoned_on(world, other.people["Ada"]) is None


def test_a_family_says_that_its_address_is_kept_back_where_the_record_that_was_joined_to_it_says_so(world):
    family, other = world.family(), world.family()
    keep_back(world, other.household)
    join(world, family, other)
    said = people_over_time.read(world.w, world.who["hv"], family.household).kept_back
    assert said is not None
    assert said["kept_back"]


def test_a_number_that_the_record_of_before_says_is_never_to_be_used_is_not_given_by_the_family_that_continues_it(world):
    family, before, twice = world.family(), world.family(), world.family()
    add(world, before, number="07700 900456", safe="never")
    events.same_family(world.w, world.who["hv"], family.household, earlier=before.household, why="One mother.")
    assert phoned_on(world, family.people["Ada"]) is None
    again = world.family()
    events.same_family(world.w, world.who["hv"], again.household, earlier=family.household, why="One mother.")
    add(world, again, number="07700 900789")
    add(world, twice, number="07700 900789", safe="never")
    join(world, family, twice)
    assert phoned_on(world, again.people["Ada"]) is None


def test_two_records_of_one_family_that_come_to_one_team_have_one_proposal(world):
    family, before = world.family(), world.family()
    events.same_family(world.w, world.who["hv"], family.household, earlier=before.household, why="One mother.")
    handed_over(world, before)
    before.sofa(who="west")
    family.sofa()
    offer = handovers.offer(world.w, world.who["west"], before.household, to=world.who["hv"], kind="transfer", words="Back.", safe="A dog.")
    handovers.accept(world.w, world.who["hv"], offer)
    assert [one.state_of(one.referral()) for one in (family, before)].count("proposed") == 1
