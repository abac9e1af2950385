"""A family as it comes to be known: its home, its people, and a baby who is recorded before birth and stays the same person after it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from visitapp.flow import people
from visitapp.flow.stories.days import instant_of
from visitapp.flow.stories.model import Household, Key, Member, Person
from visitapp.flow.stories.steps import Step

if TYPE_CHECKING:
    from visitapp.flow.stories.teller import Teller

NINES = 999_000_000  # NHS numbers that are never issued to anybody begin with 999
NUMBERED = ("child", "mother")


def register(teller: Teller, household: Household) -> Iterator[Step]:
    """The steps by which a family comes to be known, each on its day."""
    yield Step(instant_of(household.since, "08:00"), partial(_form, teller, household))
    for home in household.homes[1:]:
        said = {"address": home.address, "postcode": home.postcode, "area": home.area, "from_on": home.from_on.isoformat()}
        yield Step(instant_of(home.from_on, "08:05"), partial(_moves, teller, household, said))
    for member in household.members:
        yield from _belongs(teller, household, member)
    for holder, basis in household.holders.items():
        yield from _responsibility(teller, household, holder, basis)


def _form(teller: Teller, household: Household) -> None:
    first, actor = household.homes[0], teller.supervisor(household)
    id = people.form_household(
        teller.w, actor, name=household.name, address=first.address, postcode=first.postcode, area=first.area,
        from_on=first.from_on.isoformat(),
    )  # fmt: skip
    teller.named[Key("household", household.key)] = id
    practitioner = teller.opened.ids[household.practitioner]
    people.name_practitioner(teller.w, actor, id, account=practitioner, from_on=household.since.isoformat())


def _moves(teller: Teller, household: Household, home: dict[str, str]) -> None:
    people.set_residence(teller.w, teller.practitioner(household), teller.id(Key("household", household.key)), **home)


def _belongs(teller: Teller, household: Household, member: Member) -> Iterator[Step]:
    person = teller.people[member.person]
    since = max(household.since, member.from_on or person.born_on or date.min)
    yield Step(instant_of(since, "08:10"), partial(join, teller, household, member, since))
    if person.born_on is not None and person.born_on > since:
        yield Step(instant_of(person.born_on, "08:50"), partial(_is_born, teller, household, person))
    if member.to_on is not None:
        yield Step(instant_of(member.to_on, "08:55"), partial(leave, teller, household, member.person, member.to_on, "Moved out."))


def join(teller: Teller, household: Household, member: Member, on: date) -> None:
    """A person belongs from a day; who was never recorded before is now."""
    person, actor, home = teller.people[member.person], teller.practitioner(household), teller.id(Key("household", household.key))
    key = Key("person", person.key)
    if key not in teller.named:
        said = detail(teller, person, member.role, born_yet=person.born_on is None or person.born_on <= on)
        teller.named[key] = people.register_person(teller.w, actor, household=home, **said).person
    membership = people.add_member(teller.w, actor, home, person=teller.id(key), role=member.role, from_on=on.isoformat())
    teller.named[Key("membership", f"{household.key}/{person.key}")] = membership


def leave(teller: Teller, household: Household, person: str, on: date, reason: str) -> None:
    """A person no longer belongs."""
    membership = teller.id(Key("membership", f"{household.key}/{person}"))
    people.end_membership(teller.w, teller.practitioner(household), membership, on_date=on.isoformat(), reason=reason)


def _is_born(teller: Teller, household: Household, person: Person) -> None:
    said = detail(teller, person, "child", born_yet=True)
    home = teller.id(Key("household", household.key))
    people.add_detail(teller.w, teller.practitioner(household), teller.id(Key("person", person.key)), household=home, **said)


def detail(teller: Teller, person: Person, role: str, *, born_yet: bool) -> dict[str, Any]:
    """What is known of a person, before birth or after it."""
    known: dict[str, Any] = {
        "given_names": person.given,
        "family_name": person.family,
        "due_on": person.due_on.isoformat() if person.due_on else None,
        "phone": person.phone,
        "language": person.language,
        "interpreter": person.interpreter,
    }
    if not born_yet or (person.born_on is None and role == "child"):
        return known | {"nhs_number_absent_why": "Not born yet" if role == "child" else None}
    return known | {
        "born_on": person.born_on.isoformat() if person.born_on else None,
        "gestation_days": person.gestation_days,
        "birth_weight_g": person.birth_weight_g,
        "birth_order": person.birth_order,
        "nhs_number": nhs_number(teller.number(person.key)) if role in NUMBERED else None,
    }


def _responsibility(teller: Teller, household: Household, holder: str, basis: str) -> Iterator[Step]:
    for child in (teller.people[member.person] for member in household.members if member.role == "child"):
        if child.born_on is not None:
            on = max(household.since, child.born_on + timedelta(days=1))
            yield Step(instant_of(on, "09:30"), partial(_hold, teller, household, child, holder, basis))


def _hold(teller: Teller, household: Household, child: Person, holder: str, basis: str) -> None:
    assert child.born_on is not None
    people.add_parental_responsibility(
        teller.w, teller.practitioner(household), child=teller.id(Key("person", child.key)), holder=teller.id(Key("person", holder)),
        from_on=child.born_on.isoformat(), basis=basis,
    )  # fmt: skip


def nhs_number(nth: int) -> str:
    """The nth number of the test range that passes its check, `999 000 0010` onwards."""
    base = NINES + nth * 11 + 1
    while True:
        digits = f"{base:09d}"
        check = (11 - sum(weight * int(digit) for weight, digit in zip(range(10, 1, -1), digits, strict=True)) % 11) % 11
        if check != 10:
            return f"{digits}{check}"
        base += 1
