"""Who a letter is about: each child with where they are tonight, the adults, who holds parental responsibility, and in which language to
speak with whom."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from visitapp.domain import roles
from visitapp.domain.ages import age_days
from visitapp.flow import reading
from visitapp.flow.telling import Told
from visitapp.formlang import Form
from visitapp.letter import facts as f
from visitapp.letter.sentences import listed
from visitapp.store import people
from visitapp.store.tx import Row, Tx

WHOLE_PREGNANCY_DAYS = 280
INTERPRETER, INTERPRETED_BY = "visit.interpreter", "interpreter_who"


def given_names(tx: Tx, members: Iterable[Row], form: Form, body: dict[str, Any]) -> dict[str, str]:
    """Person id -> given names of everybody who belongs to the family, and of whoever else a visit names: who left since, or is recorded
    under another id, because the visit was made in a record that was joined to this one."""
    here = {one["person"]: one["given_names"] for one in members}
    others = [people.person(tx, one) for one in reading.people_named(form, body) - here.keys()]
    return here | {one["person"]: one["given_names"] for one in others if one}


def children(members: Iterable[Row], on: str, completion: f.Completion) -> tuple[f.Child, ...]:
    """Each child as of a day, with where the practitioner said that this child is tonight."""
    tonight = {one.person: one for one in completion.tonight}
    return tuple(_child(one, on, tonight.get(one["person"], f.Whereabouts(""))) for one in members if one["role"] == "child")


def _child(row: Row, on: str, tonight: f.Whereabouts) -> f.Child:
    return f.Child(
        name(row),
        row["born_on"],
        row["due_on"],
        _age(row, on),
        row["nhs_number"] or "",
        where_now=tonight.where,
        with_whom=tonight.with_whom,
    )


def _age(row: Row, on: str) -> str:
    """How old, or how far before birth."""
    age = age_days(row["born_on"], on)
    if age is not None:
        return age_words(age)
    to_go = age_days(on, row["due_on"]) if row["due_on"] else None
    weeks = (WHOLE_PREGNANCY_DAYS - to_go) // 7 if to_go is not None else 0
    return f"about {weeks} weeks of pregnancy" if 0 < weeks <= WHOLE_PREGNANCY_DAYS // 7 else ""


def age_words(days: int) -> str:
    """An age as people say it of a small child."""
    if days < 28:
        return f"{days} day{'s' * (days != 1)}"
    if days < 365:
        return f"{days // 7} weeks"
    return f"{days // 365} year{'s' * (days // 365 != 1)}" if days >= 2 * 365 else f"{days // 30} months"


def adults(members: Iterable[Row], holders: Sequence[Row]) -> tuple[f.Adult, ...]:
    """The grown members; who is not recorded as holding parental responsibility may still hold it."""
    those = {one["holder"] for one in holders}
    return tuple(
        f.Adult(
            name(one), roles.MEMBERS.get(one["role"], "").capitalize(), one["phone"] or "", one["person"] in those or None,
            one["born_on"], nhs_number=one["nhs_number"] or "",
        )
        for one in members
        if one["role"] != "child"
    )  # fmt: skip


def responsibility(members: Iterable[Row], holders: Sequence[Row]) -> tuple[f.Responsibility, ...]:
    """Who is recorded as holding parental responsibility, child by child. Before birth nobody does."""
    return tuple(
        f.Responsibility(one["given_names"], tuple(name(held) for held in holders if held["child"] == one["person"]))
        for one in members
        if one["role"] == "child" and one["born_on"]
    )


def language(members: Iterable[Row], told: Told) -> str:
    """What each adult speaks and whether an interpreter is needed, as recorded, and how that was at the visit. Empty: not recorded."""
    spoken = [said for one in members if one["role"] != "child" and (said := _speaks(one))]
    line = next((one for one in told.lines if one.question.measure == INTERPRETER and one.words), None)
    by = told.free_text(INTERPRETED_BY)
    at_visit = [f"at the visit an interpreter was {line.words[:1].lower()}{line.words[1:]}{f' ({by})' if by else ''}"] if line else []
    return "; ".join([*spoken, *at_visit])


def _speaks(row: Row) -> str:
    needs = "" if row["interpreter"] is None else f"needs {'an' if row['interpreter'] else 'no'} interpreter"
    said = [part for part in (f"speaks {row['language']}" if row["language"] else "", needs) if part]
    return f"{row['given_names']} {listed(said)}" if said else ""


def name(row: Row) -> str:
    return f"{row['given_names']} {row['family_name']}".strip()
