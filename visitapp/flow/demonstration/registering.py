"""A family as it comes to be known: its home, its people, and a baby who is recorded before birth and stays the same person after it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from visitapp.flow import people
from visitapp.flow.demonstration import cast
from visitapp.flow.demonstration.days import instant_of
from visitapp.flow.demonstration.story import Family, Person
from visitapp.flow.people_schemas import VISITING
from visitapp.flow.stories.tablet import Tablet

if TYPE_CHECKING:
    from visitapp.flow.demonstration.teller import Step, Teller

NINES = 999_000_000  # NHS numbers that are never issued to anybody begin with 999


def open_services(teller: Teller) -> None:
    """The teams, the accounts and a tablet for each of those who visit."""
    w, ids = teller.w, teller.ids
    w.writer.submit(lambda tx: tx.journal(cast.BEGAN, at=w.clock(), actor=cast.ACTOR))
    review_on = (teller.today + timedelta(days=180)).isoformat()
    for team in cast.TEAMS:
        ids[team.key] = people.add_team(w, cast.ACTOR, name=team.name, area=team.area, phone=team.phone)
    for taking in cast.RECEIVING:
        said = {part: value for part, value in asdict(taking).items() if part != "key"}
        ids[taking.key] = people.add_receiving_team(w, cast.ACTOR, review_on=review_on, **said)
    for account in cast.ACCOUNTS:
        ids[account.username] = _account(teller, account)


def _account(teller: Teller, account: cast.Account) -> str:
    team = teller.ids[account.team] if account.team else None
    kind = "receiving_team" if account.role == "social_care" else "team"
    id = people.add_account(
        teller.w, cast.ACTOR, password=cast.PASSWORD, username=account.username, name=account.name, role=account.role, phone=account.phone,
        email=f"{account.username}@eastmoor.example", **{kind: team},
    )  # fmt: skip
    if account.role in VISITING:
        teller.tablets[account.username] = Tablet.of(teller.w, id)
    return id


def register(teller: Teller, family: Family) -> Iterator[Step]:
    """The steps by which a family comes to be known, each on its day."""
    from visitapp.flow.demonstration.teller import Step

    day = teller.today - timedelta(days=family.since)
    yield Step(instant_of(day, "09:05"), partial(_form, teller, family, day))
    for person in family.people:
        known_on = max(day, _known_on(teller.today, person))
        yield Step(instant_of(known_on, "09:10"), partial(_join, teller, family, person, known_on))
        born = _born(teller.today, person)
        if person.recorded is not None and born is not None:
            yield Step(instant_of(born + timedelta(days=1), "11:00"), partial(_is_born, teller, family, person))
    for key, basis in family.holders.items():
        yield from _responsibility(teller, family, key, basis, day)


def _form(teller: Teller, family: Family, day: date) -> None:
    actor = teller.ids["supervisor"]
    household = people.form_household(
        teller.w, actor, name=family.name, address=family.address, postcode=family.postcode, area=family.area, from_on=day.isoformat()
    )  # fmt: skip
    teller.ids[family.name] = household
    people.name_practitioner(teller.w, actor, household, account=teller.ids[family.practitioner], from_on=day.isoformat())


def _known_on(today: date, person: Person) -> date:
    """From when on the person can be recorded: before birth only when the story says since when."""
    if person.recorded is not None:
        return today - timedelta(days=person.recorded)
    return _born(today, person) or date.min


def _born(today: date, person: Person) -> date | None:
    if person.born is not None:
        return today - timedelta(days=person.born)
    return today - timedelta(days=person.years * 365 + 7 * len(person.given)) if person.years is not None else None


def _join(teller: Teller, family: Family, person: Person, on: date) -> None:
    actor, household = teller.ids[family.practitioner], teller.ids[family.name]
    said = _detail(teller, family, person, born_yet=person.recorded is None)
    made = people.register_person(teller.w, actor, household=household, **said)
    teller.ids[f"{family.name}/{person.key}"] = made.person
    people.add_member(teller.w, actor, household, person=made.person, role=person.role, from_on=on.isoformat())


def _is_born(teller: Teller, family: Family, person: Person) -> None:
    id = teller.ids[f"{family.name}/{person.key}"]
    said = _detail(teller, family, person, born_yet=True)
    people.add_detail(teller.w, teller.ids[family.practitioner], id, household=teller.ids[family.name], **said)


def _detail(teller: Teller, family: Family, person: Person, *, born_yet: bool) -> dict[str, Any]:
    born = _born(teller.today, person)
    due = teller.today + timedelta(days=person.due) if person.due is not None else None
    known = {
        "given_names": person.given,
        "family_name": person.family or family.name,
        "due_on": due.isoformat() if due else None,
        "phone": person.phone,
        "language": person.language,
        "interpreter": person.interpreter,
    }
    if not born_yet or born is None:
        return known | {"nhs_number_absent_why": "Not born yet" if person.role == "child" else None}
    return known | {
        "born_on": born.isoformat(),
        "gestation_days": person.gestation_days,
        "birth_weight_g": person.birth_weight_g,
        "nhs_number": nhs_number(teller.number(f"{family.name}/{person.key}")) if person.role in ("child", "mother") else None,
    }


def _responsibility(teller: Teller, family: Family, key: str, basis: str, day: date) -> Iterator[Step]:
    from visitapp.flow.demonstration.teller import Step

    for child in (person for person in family.people if person.role == "child" and person.born is not None):
        born = _born(teller.today, child)
        assert born is not None
        on = max(day, born + timedelta(days=1))
        yield Step(instant_of(on, "11:30"), partial(_hold, teller, family, child, key, born.isoformat(), basis))


def _hold(teller: Teller, family: Family, child: Person, key: str, since: str, basis: str) -> None:
    actor, known = teller.ids[family.practitioner], {one: teller.ids[f"{family.name}/{one}"] for one in (child.key, key)}
    people.add_parental_responsibility(teller.w, actor, child=known[child.key], holder=known[key], from_on=since, basis=basis)


def nhs_number(nth: int) -> str:
    """The nth number of the test range that passes its check, `999 000 0010` onwards."""
    base = NINES + nth * 11 + 1
    while True:
        digits = f"{base:09d}"
        check = (11 - sum(weight * int(digit) for weight, digit in zip(range(10, 1, -1), digits, strict=True)) % 11) % 11
        if check != 10:
            return f"{digits}{check}"
        base += 1
