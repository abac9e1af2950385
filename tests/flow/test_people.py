"""Registering people: what is wrong stands beside its field and says what to do; what was typed is kept as typed."""

import pytest

from tests.flow.world import PASSWORD
from visitapp.flow import people
from visitapp.problems import Problem

GOOD = {"given_names": "Ava", "family_name": "Okoro", "born_on": "2026-09-20"}
HOSTILE = "<img src=x onerror=alert(1)> O'Neill; DROP TABLE person; ‮ Łucja"


def field_of(act, *arguments, **said) -> tuple[str | None, int]:
    with pytest.raises(Problem) as problem:
        act(*arguments, **said)
    assert len(problem.value.message) > 10
    return problem.value.field, problem.value.status


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("given_names", {"given_names": " "}),
        ("family_name", {"family_name": None}),
        ("born_on", {"born_on": "2026-11-23"}),
        ("born_on", {"born_on": "2026-02-30"}),
        ("born_on", {"born_on": "20/09/2026"}),
        ("due_on", {"born_on": None, "due_on": "2028-01-01"}),
        ("nhs_number", {"nhs_number": "999 000 0019"}),
        ("nhs_number", {"nhs_number": "9990000018x"}),
        ("nhs_number", {"nhs_number": "٩٩٩٠٠٠٠٠١٨"}),
        ("gestation_days", {"gestation_days": 40}),
        ("birth_weight_g", {"birth_weight_g": "heavy"}),
        ("given_names", {"given_names": "x" * 501}),
    ],
)
def test_what_is_wrong_with_a_person_is_said_beside_its_field(world, field, said):
    assert field_of(people.register_person, world.w, world.who["lead"], **(GOOD | said)) == (field, 422)
    assert world.count("person") == 0


def test_a_person_is_kept_as_typed_and_the_number_without_its_spaces(world):
    made = people.register_person(world.w, world.who["lead"], **(GOOD | {"given_names": HOSTILE, "nhs_number": " 999 000 0018"}))
    row = world.rows("SELECT * FROM person_now")[0]
    assert (row["given_names"], row["nhs_number"], made.alike) == (HOSTILE, "9990000018", ())


def test_the_same_number_twice_is_kept_and_said(world):
    first = people.register_person(world.w, world.who["lead"], **(GOOD | {"nhs_number": "9990000018"}))
    second = people.register_person(world.w, world.who["lead"], **(GOOD | {"nhs_number": "9990000018"}))
    assert second.alike == (first.person,)


def test_a_baby_not_born_yet_is_the_same_person_after(world):
    family = world.family(born_on=None, due_on="2027-01-20")
    people.add_detail(world.w, world.who["hv"], family.people["Ava"], **(GOOD | {"born_on": "2026-11-20", "gestation_days": 221}))
    assert world.rows("SELECT born_on FROM person_now WHERE person = :p", p=family.people["Ava"]) == [{"born_on": "2026-11-20"}]


def family_of(**changes):
    said = {
        "family": {"name": "Okoro", "address": "4 Mill Row", "postcode": "EM1 4AB", "area": "eastmoor"},
        "child": dict(GOOD),
        "adult": {"given_names": "Ada", "family_name": "Okoro", "role": "mother"},
    }
    for part, value in changes.items():
        said[part] |= value
    return said


def test_a_family_is_registered_whole_and_is_its_practitioners(world):
    household = people.register_family(world.w, world.who["hv"], **family_of())
    assert people.may_see(world.w, world.who["midwife"], household)
    assert not people.may_see(world.w, world.who["west"], household)
    assert world.rows("SELECT role FROM member_now ORDER BY role") == [{"role": "child"}, {"role": "mother"}]


@pytest.mark.parametrize(
    ("field", "who", "changes"),
    [
        ("family.address", "hv", {"family": {"address": ""}}),
        ("family.area", "hv", {"family": {"area": "atlantis"}}),
        ("family.name", "hv", {"family": {"name": None}}),
        ("child.born_on", "hv", {"child": {"born_on": "2027-01-01"}}),
        ("adult.role", "hv", {"adult": {"role": "landlord"}}),
        ("family.practitioner", "lead", {}),
        ("family.practitioner", "lead", {"family": {"practitioner": "nobody"}}),
    ],
)
def test_a_family_with_a_fault_leaves_nothing_behind(world, field, who, changes):
    assert field_of(people.register_family, world.w, world.who[who], **family_of(**changes))[0] == field
    assert (world.count("household"), world.count("person")) == (0, 0)


def test_a_supervisor_gives_a_family_to_one_of_the_team(world):
    household = people.register_family(world.w, world.who["lead"], **family_of(family={"practitioner": world.who["midwife"]}))
    assert people.may_see(world.w, world.who["lead"], household)
    chosen = family_of(family={"practitioner": world.who["west"]})
    assert field_of(people.register_family, world.w, world.who["lead"], **chosen)[0] == "family.practitioner"


def test_a_membership_ends_with_a_reason(world):
    family = world.family()
    membership = people.add_member(
        world.w, world.who["hv"], family.household, person=family.member("Lee", "Okoro", "partner"), role="partner"
    )
    assert field_of(people.end_membership, world.w, world.who["hv"], membership, on_date="2026-11-01", reason=" ")[0] == "reason"
    people.end_membership(world.w, world.who["hv"], membership, on_date="2026-11-01", reason="Moved out.")
    assert world.rows("SELECT role FROM member_now WHERE membership = :m", m=membership) == []


def test_an_account_is_unique_and_belongs_somewhere(world):
    new = {"password": PASSWORD, "name": "New", "role": "midwife"}
    for field, said in (
        ("username", {"username": "hv", "team": world.team}),
        ("username", {"username": "has space", "team": world.team}),
        ("team", {"username": "new"}),
        ("receiving_team", {"username": "new", "role": "social_care"}),
        ("role", {"username": "new", "role": "king"}),
        ("password", {"username": "new", "team": world.team, "password": "short"}),
    ):
        assert field_of(people.add_account, world.w, "system", **(new | said))[0] == field
    assert people.account_named(world.w, "HV") == world.who["hv"]
    assert people.team_named(world.w, "Eastmoor North") == world.team
    assert people.receiving_team_named(world.w, "Eastmoor front door") == world.front_door
    assert field_of(people.team_named, world.w, "Nowhere")[0] == "team"


def test_the_published_password_is_refused_outside_the_demonstration(world):
    from dataclasses import replace

    from visitapp.flow.people_schemas import DEMONSTRATION_PASSWORD

    real = replace(world.w, settings=replace(world.w.settings, mode="production"))
    assert field_of(people.set_password, real, "system", world.who["hv"], DEMONSTRATION_PASSWORD)[0] == "password"
    people.set_password(world.w, "system", world.who["hv"], DEMONSTRATION_PASSWORD)


@pytest.mark.parametrize("postcode", ["", "  ", None])
def test_a_home_without_a_postcode_is_a_home(world, postcode):
    actor = world.who["lead"]
    household = people.form_household(world.w, actor, name="Okoro", address="A caravan by the weir", postcode=postcode, area="eastmoor")
    people.set_residence(world.w, actor, household, address="With an aunt", postcode=postcode, area="eastmoor", from_on="2026-11-20")
    homes = world.rows("SELECT address, postcode FROM residence WHERE household = :h ORDER BY seq", h=household)
    assert [(row["address"], row["postcode"]) for row in homes] == [("A caravan by the weir", ""), ("With an aunt", "")]
