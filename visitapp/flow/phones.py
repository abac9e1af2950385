"""Numbers of a family: whose each is, and when it may be used. The newest number of a person that may be used is the one that letters and
the tablet give; one that is never to be used is given nowhere as a number to phone. Not asked is said as that, and is not safe."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from visitapp.domain.homes import AT_TIMES, NEVER, SAFE
from visitapp.domain.sought import phone
from visitapp.flow import whose
from visitapp.flow.children import KNOWN
from visitapp.flow.family_fields import Found, Said, load, more, one_of, rule
from visitapp.flow.family_fields import words as must_say
from visitapp.problems import wrong
from visitapp.store import households, life_events, people, phones
from visitapp.store.seen import Families
from visitapp.store.tx import Row, Tx

if TYPE_CHECKING:
    from visitapp.wiring import Wired

AGAIN = "What is said of it was recorded again."
CAREFUL = "A phone number of a family that you look after is not to be used, or only at certain times. Look at the family before you phone."
LONGEST = 40
"""Characters of a number: with an extension and a country's code."""


class _Number(Said):
    number = must_say("Enter the number.")
    person = more()
    whose = more()
    safe = one_of(SAFE, "Choose when it may be used. If nobody asked, choose that.")
    times = more()

    @rule
    def _hang_together(self, said: dict[str, Any]) -> Found:
        number = (said["number"] or "").strip()
        if len(number) > LONGEST or not any(one.isdigit() for one in number):
            yield "number", f"Enter a telephone number of at most {LONGEST} characters."
        if not said["person"] and not said["whose"]:
            yield "whose", "Choose whose number it is, or write it here."
        if said["person"] and said["whose"]:
            yield "whose", "Choose one of the family, or write who else it is: not both."
        if said["safe"] == AT_TIMES and not said["times"]:
            yield "times", "Write when it may be used."


class _Ended(Said):
    why = must_say("Say why, and how you know.")


NUMBER, ENDED = _Number(), _Ended()


def add(w: Wired, actor: str, household: str, **said: Any) -> str:
    """A number, or what is now known of one; its id. `said`: person or whose, number, safe, times. What was said of the same number before
    is kept and ends. Raises Problem with a field."""
    id, at = w.new_id(), w.clock()
    number = load(NUMBER, said)
    number |= {part: number[part] or "" for part in ("whose", "times")} | {"number": number["number"].strip()}

    def write(tx: Tx) -> str:
        whose.act_for(tx, actor, household)
        if number["person"]:
            _check_person(tx, household, number["person"])
        for before in phones.standing(tx, Families.one(household)):
            if (before["person"], _dialled(before["number"])) == (number["person"], _dialled(number["number"])):
                phones.end(tx, phone_number=before["id"], household=household, why=AGAIN, at=at, actor=actor)
        phones.add(tx, id=id, household=household, at=at, actor=actor, **number)
        phoned_on(tx, household, at, actor)
        if number["safe"] in (AT_TIMES, NEVER):
            whose.tell_each(tx, [whose.practitioner(tx, household)], CAREFUL, household=household, at=at, actor=actor)
        return id

    return w.writer.submit(write)


def _check_person(tx: Tx, household: str, person: str) -> None:
    if all(one["person"] != person for one in households.members(tx, household)):
        raise wrong("person", "Choose somebody who belongs to this family now.")


def _dialled(number: str) -> str:
    """A number as it is dialled, so that another way of writing it is no other number."""
    return phone(number) or number


def phoned_on(tx: Tx, household: str, at: str, actor: str) -> None:
    """Keep with what is known of each of a family the newest number on which they may be phoned, or that there is none. A number that is
    never to be used, whoever it was said of and in whichever record of the family, is nobody's to be phoned on. The same of each
    family that has this record for its past."""
    for here in life_events.later(tx, household):
        _phoned_on(tx, here, at, actor)


def _phoned_on(tx: Tx, household: str, at: str, actor: str) -> None:
    every = Families.several(life_events.earlier(tx, household))
    standing, ended = phones.standing(tx, every), phones.ended(tx, every)
    never = {_dialled(row["number"]) for row in standing if row["safe"] == NEVER}
    for known in households.members(tx, household):
        theirs = [row["number"] for row in standing if row["person"] == known["person"] and _dialled(row["number"]) not in never]
        gone = never | {_dialled(row["number"]) for row in ended if row["person"] == known["person"]}
        before = None if _dialled(known["phone"] or "") in gone else known["phone"]
        number = theirs[0] if theirs else before
        if number != known["phone"]:
            detail = {name: known[name] for name in KNOWN} | {"phone": number}
            people.add_detail(tx, person=known["person"], household=household, at=at, actor=actor, **detail)


def go_along(w: Wired, tx: Tx, household: str, other: str, people: Collection[str], at: str, actor: str, since: int = 0) -> None:
    """What is said of the numbers of people who belong to another record from now on, and that a number is never to be used, is known
    there too, as far as it was said after a seq."""
    for row in reversed([row for row in phones.standing(tx, Families.one(household)) if row["seq"] > since]):
        theirs = row["person"] in people
        if theirs or row["safe"] == NEVER:
            said = {name: row[name] for name in ("number", "safe", "times")}
            whose_it_is = {"person": row["person"], "whose": ""} if theirs else {"person": None, "whose": _named(row)}
            phones.add(tx, id=w.new_id(), household=other, at=at, actor=actor, **said, **whose_it_is)
    phoned_on(tx, other, at, actor)


def _named(row: Row) -> str:
    return str(row["whose"] or f"{row['given_names'] or ''} {row['family_name'] or ''}".strip())


def end(w: Wired, actor: str, household: str, number: str, *, why: str) -> None:
    """A number is no longer in use, or was wrong. Raises Problem with a field."""
    at = w.clock()
    said = load(ENDED, {"why": why})

    def write(tx: Tx) -> None:
        whose.act_for(tx, actor, household)
        row = phones.one(tx, number)
        if row is None or row["household"] != household:
            raise wrong("why", "This was said before. Open the page again.")
        phones.end(tx, phone_number=number, household=household, at=at, actor=actor, **said)
        phoned_on(tx, household, at, actor)

    w.writer.submit(write)
