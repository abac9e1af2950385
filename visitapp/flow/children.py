"""The children of a family: one who is born or joins, and what is put right or learnt of one later. Which of twins came first is recorded
here, and only here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from visitapp.domain.moments import day_of
from visitapp.domain.nhs_number import bare
from visitapp.flow import people_schemas as schemas
from visitapp.flow import whose
from visitapp.flow.page_faults import Parts
from visitapp.problems import wrong
from visitapp.store import households, people
from visitapp.store.tx import Row, Tx

if TYPE_CHECKING:
    from visitapp.wiring import Wired

WHOSE = "Choose a child of this family."
KNOWN = (
    "given_names", "family_name", "born_on", "due_on", "gestation_days", "birth_weight_g", "birth_order", "nhs_number",
    "nhs_number_absent_why", "phone", "language", "interpreter",
)  # fmt: skip
"""What is known of a person, which is always kept whole."""


def add(w: Wired, actor: str, household: str, **said: Any) -> str:
    """A child who was born into a family, is expected in it, or joins it; the child's id. Raises Problem with a field."""
    at, child, membership = w.clock(), w.new_id(), w.new_id()
    today = day_of(at).isoformat()
    parts, detail = Parts(), dict[str, Any]()
    with parts.each():
        detail = _detail(said, today)
    with parts.each():
        if not said.get("born_on") and not said.get("due_on"):
            raise wrong("born_on", "Enter the date of birth, or the due date of a baby who is not born yet.")
    parts.check()

    def write(tx: Tx) -> None:
        whose.act_for(tx, actor, household)
        _place_is_free(_children(tx, household), detail)
        people.add_person(tx, id=child, at=at, actor=actor)
        people.add_detail(tx, person=child, household=household, at=at, actor=actor, **detail)
        households.add_member(
            tx, id=membership, household=household, person=child, role="child", from_on=today, care_role=None, at=at, actor=actor
        )

    w.writer.submit(write)
    return child


def put_right(w: Wired, actor: str, household: str, person: str, **said: Any) -> None:
    """What was learnt of a child, such as the birth; what is left out stays as it was. Raises Problem with a field."""
    at = w.clock()
    learnt, parts = {name: value for name, value in said.items() if value not in (None, "")}, Parts()
    with parts.each():
        if not person:
            raise wrong("person", WHOSE)
    with parts.each():
        if not learnt:
            raise wrong("given_names", "Enter what is to be put right. What you leave empty stays as it is.")
    parts.check()

    def write(tx: Tx) -> None:
        whose.act_for(tx, actor, household)
        children = _children(tx, household)
        known = next((one for one in children if one["person"] == person), None)
        if known is None:
            raise wrong("person", WHOSE)
        detail = _detail({name: known[name] for name in KNOWN} | learnt, day_of(at).isoformat())
        _place_is_free([one for one in children if one is not known], detail)
        people.add_detail(tx, person=person, household=household, at=at, actor=actor, **detail)

    w.writer.submit(write)


def _detail(said: dict[str, Any], today: str) -> dict[str, Any]:
    number = bare(said["nhs_number"]) if said.get("nhs_number") else None
    why = None if number else said.get("nhs_number_absent_why")
    return schemas.load(schemas.PERSON, {**said, "nhs_number": number, "nhs_number_absent_why": why}, today=today)


def _children(tx: Tx, household: str) -> list[Row]:
    return [one for one in households.members(tx, household) if one["role"] == "child"]


def _place_is_free(others: list[Row], child: dict[str, Any]) -> None:
    """Of those born together only one came first."""
    day, place = child["born_on"] or child["due_on"], child["birth_order"]
    if place is None:
        return
    for one in others:
        if (one["born_on"] or one["due_on"]) == day and one["birth_order"] == place:
            raise wrong("birth_order", f"{one['given_names']} is recorded with this place already. Put that right first, if it is wrong.")
