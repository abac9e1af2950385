"""Whether an adult's address must be kept from somebody. It is said in confidence, so it is no measure and reaches no tablet, chart or
letter; what reaches them is that the address is not there."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from visitapp.flow.reading import rows
from visitapp.letter.withheld import taken_out
from visitapp.store import homes, life_events, losses, visits
from visitapp.store.seen import Families
from visitapp.store.tx import Row, Tx

if TYPE_CHECKING:
    from visitapp.formlang import Form
    from visitapp.wiring import Wired

ADDRESS = "adult.address_protected"
MOST_VISITS = 1_000
AGAINST = ("not_safe_to_ask", "refused")


def address_kept_back(w: Wired, tx: Tx, households: Iterable[str]) -> bool:
    """Whether any adult of these households said so, as far as each was asked last, or somebody recorded it at the desk."""
    every = tuple(households)
    if any((row := homes.kept_back(tx, household)) and row["kept_back"] for household in every):
        return True
    said: dict[str, bool] = {}
    asked_by: dict[str, list[str]] = {}
    for row in (row for household in every for row in visits.bodies(tx, household, MOST_VISITS)):
        form = w.catalogue.form(row["form"], row["form_version"])
        if form.hash not in asked_by:
            asked_by[form.hash] = [id for id, (question, _) in form.placed.items() if question.measure == ADDRESS]
        asked = [id for id in asked_by[form.hash] if _may_say(row["body"], id)]
        for person, value in _said(form, json.loads(row["body"]), asked) if asked else ():
            said.setdefault(person, value)  # the newest visit comes first
    return any(said.values())


def stays_kept_back(w: Wired, tx: Tx, households: Iterable[str], why: str, *, at: str, actor: str) -> None:
    """An address that was kept back before a record was put right is kept back after it, in each of these, until somebody says otherwise of
    that family: whoever said so may be in another record now, or the visit in which they did."""
    for household in households:
        if not address_kept_back(w, tx, life_events.earlier(tx, household)):
            homes.keep_back(tx, household=household, kept_back=True, why=why, at=at, actor=actor)


def addresses(tx: Tx, households: Iterable[str]) -> tuple[str, ...]:
    """Every address and postcode that these households ever had: what must be found in words where one is kept back. Somebody may flee to
    where they once lived."""
    lived = homes.ever(tx, Families.several(tuple(households)))
    return tuple(dict.fromkeys(part for row in lived for part in (row["address"], row["postcode"]) if part))


def _may_say(body: bytes, id: str) -> bool:
    """Whether a visit may answer a question: most say nothing of it, and need not be read for that. A name could be written in escapes."""
    return f'"{id}"'.encode() in body or b"\\u" in body


def for_others(w: Wired, household: str, said: Any) -> Any:
    """What a practitioner wrote, as those may read it to whom the family was referred: as in the letter, without an address that must be
    kept back."""
    with w.engine.read() as tx:
        return kept_from_others(w, tx, household, said)


def kept_from_others(w: Wired, tx: Tx, household: str, said: Any) -> Any:
    """The same, in a transaction that is open."""
    every = life_events.earlier(tx, household)
    without = taken_out(said, addresses(tx, every))
    # most say no address, so that nobody's visits are read for them
    return without if without != said and address_kept_back(w, tx, every) else said


def _said(form: Form, body: dict[str, Any], asked: Iterable[str]) -> Iterator[tuple[str, bool]]:
    for id in asked:
        parent = form.placed[id][1]
        answers = body.get("answers")
        for row in rows(answers.get(parent)) if isinstance(answers, dict) and parent else ():
            answer = row["answers"].get(id)
            if isinstance(answer, dict) and isinstance(answer.get("value"), bool):
                yield str(row.get("person")), answer["value"]


def safe_to_tell(w: Wired, tx: Tx, households: Iterable[str]) -> bool:
    """Whether nothing that is recorded speaks against a paper in the parents' hands: somebody was asked about being safe and said nothing
    is wrong, and nobody said otherwise, was not safe to ask, or must have an address kept back. Never asked is not safe. A loss stops every
    paper too."""
    if losses.stopped(tx, Families.several(tuple(households))):
        return False
    asked = [safe for _, safe in said_of_safety(w, tx, households)]
    return True in asked and False not in asked and not address_kept_back(w, tx, households)


def said_of_safety(w: Wired, tx: Tx, households: Iterable[str]) -> list[tuple[str, bool]]:
    """Person -> what each answer to a question that is sensitive and kept apart says: True where it reassures, False where it does not."""
    return [one for household in households for row in visits.bodies(tx, household, MOST_VISITS) for one in _asked(w, row)]


def _asked(w: Wired, visit: Row) -> Iterator[tuple[str, bool]]:
    form = w.catalogue.form(visit["form"], visit["form_version"])
    body: dict[str, Any] = json.loads(visit["body"])
    given: Any = body.get("answers")
    for question, parent in form.placed.values() if isinstance(given, dict) else ():
        if not (question.confidential and question.sensitive and parent):
            continue
        for row in rows(given.get(parent)):
            answer = row["answers"].get(question.id)
            if isinstance(answer, dict) and ("value" in answer or answer.get("absent") in AGAINST):
                yield str(row.get("person")), any(option.reassures and option.code == answer.get("value") for option in question.options)
