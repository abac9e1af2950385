"""What somebody tried who wanted a child's danger to go unseen, or a family to belong to nobody."""

import pytest

from tests.flow.notes import NIGHT_ON_THE_SOFA
from tests.flow.test_today import kinds
from visitapp.flow import handovers, leaving, people, records
from visitapp.problems import Problem
from visitapp.store import households, scope

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
        assert {one["owner_account"] for one in world.rows("SELECT * FROM duty WHERE household = :h", h=other.household)} == {
            world.who["west"]
        }


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
