"""Children who are born or join a family, and which of twins came first."""

from typing import Any

import pytest

from tests.flow.world import World
from visitapp.flow import children
from visitapp.problems import Problem
from visitapp.store import households


def child(world: World, household: str, **said: Any) -> str:
    plain = {"given_names": "Tam", "family_name": "Reed", "born_on": "2026-10-01", "nhs_number_absent_why": "Not asked yet"}
    return children.add(world.w, world.who["hv"], household, **(plain | said))


def of(world: World, household: str) -> dict[str, Any]:
    with world.w.engine.read() as tx:
        return {row["person"]: row for row in households.members(tx, household)}


def refused(field: str) -> Any:
    return pytest.raises(Problem, match="." if field else "", check=lambda fault: fault.field == field)


def test_a_twin_joins_and_the_first_is_known(world: World) -> None:
    family = world.family()
    one = child(world, family.household, birth_order=2)
    with refused("birth_order"):
        child(world, family.household, given_names="Kit", birth_order=2)
    other = child(world, family.household, given_names="Kit", birth_order=1)
    found = of(world, family.household)
    assert [found[one]["birth_order"], found[other]["birth_order"]] == [2, 1]
    assert found[other]["role"] == "child"


def test_what_is_left_empty_stays_as_it_was(world: World) -> None:
    family = world.family()
    person = child(world, family.household, given_names="Baby", born_on=None, due_on="2026-12-20")
    children.put_right(
        world.w, world.who["hv"], family.household, person, given_names="Ines <3 🧸 ‮שלום", born_on="2026-11-20", family_name=None
    )
    now = of(world, family.household)[person]
    assert (now["given_names"], now["family_name"], now["born_on"], now["due_on"]) == (
        "Ines <3 🧸 ‮שלום",
        "Reed",
        "2026-11-20",
        "2026-12-20",
    )


def test_what_cannot_be_so_is_said_at_its_field(world: World) -> None:
    family = world.family()
    for field, said in (
        ("born_on", {"born_on": None}), ("born_on", {"born_on": "2031-01-01"}), ("birth_order", {"birth_order": 10}),
        ("given_names", {"given_names": " "}), ("nhs_number", {"nhs_number": "9990000081"}), ("given_names", {"given_names": "x" * 10_000}),
    ):  # fmt: skip
        with refused(field):
            child(world, family.household, **said)
    person = child(world, family.household)
    with refused("given_names"):
        children.put_right(world.w, world.who["hv"], family.household, person, given_names="")
    with refused("person"):
        children.put_right(world.w, world.who["hv"], family.household, family.people["Ada"], given_names="Ann")
    assert of(world, family.household)[person]["given_names"] == "Tam"


def test_nobody_else_adds_a_child(world: World) -> None:
    family = world.family()
    with pytest.raises(Problem):
        children.add(world.w, world.who["west"], family.household, given_names="Kit", family_name="Reed", born_on="2026-10-01")
