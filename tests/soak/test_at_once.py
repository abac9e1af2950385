"""Two people who put the same thing right at once, on PostgreSQL, each with a writer of their own as two processes have: one of them does
it, the other is told, and what is derived is what the facts say."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

from tests.flow import world as worlds
from tests.flow.test_records import same_when_rebuilt
from tests.flow.world import World
from tests.store.conftest import migrated, postgres, postgres_url  # noqa: F401 (fixtures)
from visitapp.flow import children, entered_in_error, homes, people, phones, records, twice
from visitapp.problems import Problem
from visitapp.store.group_commit import GroupCommit
from visitapp.wiring import Wired

ROUNDS = 12


def both(world: World, act: Callable[[Wired, int], object]) -> list[str]:
    """What became of each: nothing, or what they were told."""
    two = [world.w, replace(world.w, writer=GroupCommit(world.w.engine))]

    def told(number: int) -> str:
        try:
            act(two[number], number)
        except Problem as problem:
            return problem.message
        return ""

    with ThreadPoolExecutor(2) as pool:
        found = sorted(pool.map(told, (0, 1)))
    two[1].writer.close()
    return found


def test_of_two_who_put_the_same_right_at_once_one_does(tmp_path: Path, postgres_url: str) -> None:  # noqa: F811
    world = worlds.build(tmp_path, postgres_url)
    hv, lead = world.who["hv"], world.who["lead"]
    for _ in range(ROUNDS):
        family, there, far = world.family(), world.family("Birch"), world.family("Ash")
        for other in (there, far):
            people.add_member(world.w, hv, other.household, person=family.people["Ava"], role="child")
        visit, where = family.sofa(), (there.household, far.household)
        said = both(world, lambda w, n, visit=visit, to=where: entered_in_error.enter(w, lead, visit, why="Next.", belongs_to=to[n]))
        if said[1]:
            assert "meanwhile" in said[1]
        same_when_rebuilt(world)
        twin = children.add(world.w, hv, family.household, given_names="Ava", family_name="Okoro", born_on="2026-09-20")
        here, ava = family.household, family.people["Ava"]
        said = both(world, lambda w, n, here=here, ava=ava, twin=twin: twice.are_one(w, hv, here, stands=ava, other=twin, why="One."))
        assert (said[0], bool(said[1])) == ("", True), said
        [same] = world.rows("SELECT id FROM person_same ORDER BY seq DESC LIMIT 1")
        said = both(world, lambda w, n, same=same: twice.two_after_all(w, hv, same["id"], why="Twins."))
        assert (said[0], bool(said[1])) == ("", True), said
        assert world.rows("SELECT count(*) AS n FROM member_now WHERE person = :p AND household = :h", p=twin, h=here) == [{"n": 1}]
        both(world, lambda w, n, here=here: phones.add(w, hv, here, number="07700 900456", safe=("never", "any_time")[n], whose="Jon"))
        [lives] = world.rows("SELECT seq FROM residence WHERE household = :h", h=here)
        home = {"address": "5 Mill Row", "postcode": "EM1 4AB", "area": "eastmoor", "from_on": "2026-11-22"}
        said = both(world, lambda w, n, here=here, s=lives["seq"], home=home: homes.put_right(w, hv, here, s, why="5.", **home))
        assert (said[0], bool(said[1])) == ("", True), said
        said = both(
            world,
            lambda w, n, here=here, to=where[0]: records.join(w, hv, (here, to)[n], duplicate=(to, here)[n], why="One.", same={}),
        )
        assert (said[0], bool(said[1])) == ("", True), said
        same_when_rebuilt(world)
    world.w.close()
