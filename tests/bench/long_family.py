"""A family with a long past: five children and a hundred visits over ten years, written through the same steps as any visit. Answers are
made from the form's own questions, so a new form needs nothing here."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any, cast

from visitapp.decide.evaluate import visit_of
from visitapp.decide.findings import find
from visitapp.decide.level import level
from visitapp.decide.visit import Scope, Visit
from visitapp.flow import people
from visitapp.flow.assess import assess
from visitapp.flow.given import given
from visitapp.formlang import Form, Question
from visitapp.store import submissions
from visitapp.store.caseload import newest_seq
from visitapp.store.tx import Tx
from visitapp.wiring import Wired

YEARS = 10
VISITS = 100
CHILDREN = 5
FIRST = date(2016, 12, 1)
DEVICE = "00000000-0000-4000-8000-000000000001"
NIGHTS = 2
"""Rows in rows that each child has: sleeps that were asked about, who shared them, and the like."""


@dataclass(frozen=True)
class LongFamily:
    household: str
    children: tuple[str, ...]
    adults: tuple[str, ...]


def a_long_family(w: Wired, account: str, visits: int = VISITS, seed: int = 1) -> LongFamily:
    """The family with its past already judged, visit by visit as it happened."""
    family = _people(w, account)
    random = Random(seed)
    for on in days(0, visits):
        judged(w, family, account, on, random)
    return family


def days(first: int, last: int) -> Iterator[str]:
    """The days of those visits, ten a year."""
    for number in range(first, last):
        yield (FIRST + timedelta(days=number * 365 * YEARS // VISITS)).isoformat()


def judged(w: Wired, family: LongFamily, account: str, on: str, random: Random) -> str:
    """One more visit kept and judged; its id."""
    id = kept(w, family, account, on, random)
    assess(w, id)
    return id


def kept(w: Wired, family: LongFamily, account: str, on: str, random: Random, form_name: str = "") -> str:
    """One more visit kept, as a tablet that had everything would send it; its id. Every fifth was not completed, unless one is named."""
    name = form_name or ("not_let_in" if random.random() < 0.2 else "home_visit")
    form, id, at = w.catalogue.current(name), w.new_id(), f"{on}T10:40:00.000Z"
    body: dict[str, Any] = {
        "v": 1, "household": family.household, "form": name, "form_version": form.version, "occurred_on": on,
        "answers": answers([one for section in form.sections for one in section.questions], family, random),
        "calls": [], "unasked_reasons": [],
    }  # fmt: skip
    with w.engine.write() as tx:
        facts = given(w, tx, family.household, on, newest_seq(tx))
        _as_asked(form, body, facts)
        written = json.dumps(body).encode()
        envelope = json.dumps(_envelope(w, tx, form, body, facts, id, account, at, written))
        submissions.keep(
            tx, id=id, household=family.household, form=name, form_version=form.version, form_hash=form.hash, author=account, device=DEVICE,
            envelope=envelope, body=written, sha256=hashlib.sha256(written).hexdigest(), occurred_on=on, received_at=at,
        )  # fmt: skip
    return id


def _as_asked(form: Form, body: dict[str, Any], facts: dict[str, Any]) -> None:
    """Takes away the answers to what a tablet would not have asked. A question waits only for questions before it, so once is enough."""
    for id, (question, parent) in form.placed.items():
        if question.show_if is not None:
            visit = visit_of(form, body, facts)
            for scope in _scopes(visit, parent):
                if visit.evaluate(question.show_if, scope).value is not True:
                    cast("dict[str, Any]", scope.answers).pop(id, None)


def _scopes(visit: Visit, rows: str | None) -> Iterator[Scope]:
    if rows is None:
        yield visit.top
    else:
        for outer in _scopes(visit, visit.form.placed[rows][1]):
            yield from visit.rows(rows, outer).scopes


def _envelope(
    w: Wired, tx: Tx, form: Form, body: dict[str, Any], facts: dict[str, Any], id: str, account: str, at: str, written: bytes
) -> dict[str, Any]:
    seq = newest_seq(tx)
    found = find(form, body, facts)
    reached = level(found, w.catalogue.levels)
    return {
        "v": 1, "id": id, "household": body["household"], "form": form.name, "form_version": form.version, "form_hash": form.hash,
        "lang": 1, "author": account, "device": DEVICE, "began_at": at, "sealed_at": at, "clock_offset_ms": 0,
        "as_of": {"seq": seq, "at": at},
        "shown": {
            "findings": [[one.finding, one.row, one.state] for one in found],
            "level": {"at_least": reached.at_least, "could_be": reached.could_be},
        },
        "sha256": hashlib.sha256(written).hexdigest(), "key": w.seal_keys.current,
    }  # fmt: skip


def answers(questions: Sequence[Question], family: LongFamily, random: Random) -> dict[str, Any]:
    """Answers as somebody might give them: nine in ten are known, and of those nine in ten are the best that is offered."""
    said = {one.id: _answer(one, family, random) for one in questions}
    return {id: answer for id, answer in said.items() if answer}


def _answer(question: Question, family: LongFamily, random: Random) -> dict[str, Any]:
    if question.kind == "rows":
        whose = {"child": family.children, "adult": family.adults}.get(question.of or "", (None,) * NIGHTS)
        rows = [
            {"id": f"r{number}", "person": person, "answers": answers(question.questions, family, random)}
            for number, person in enumerate(whose)
        ]
        return {"rows": rows, "complete": True}
    if random.random() < 0.1:
        return {"absent": random.choice(question.absent)} if question.absent else {}
    return {"value": _value(question, random)} | ({"known": random.choice(question.known)} if question.known else {})


def _value(question: Question, random: Random) -> Any:
    if question.kind in ("choice", "choices"):
        best = next((one for one in question.options if one.alone), question.options[0])  # "none of these", or else the first
        code = best.code if random.random() < 0.9 else random.choice(question.options).code
        return code if question.kind == "choice" else [code]
    plain: dict[str, Any] = {"yes_no": random.random() < 0.1, "integer": question.minimum or 0, "date": "2026-10-01"}
    return plain.get(question.kind, "The room was warm, and we spoke about the weekend.")


def _people(w: Wired, account: str) -> LongFamily:
    household = people.form_household(w, account, name="Long", address="4 Mill Row", postcode="EM1 4AB", area="eastmoor")
    people.name_practitioner(w, account, household, account=account)
    born = [f"{FIRST.year + 2 * number}-11-02" for number in range(CHILDREN)]
    children = [_member(w, account, household, "child", on) for on in born]
    adults = [_member(w, account, household, role, "1990-05-06") for role in ("mother", "partner")]
    return LongFamily(household, tuple(children), tuple(adults))


def _member(w: Wired, account: str, household: str, role: str, born_on: str) -> str:
    person = people.register_person(w, account, household=household, given_names="Robin", family_name="Long", born_on=born_on).person
    people.add_member(w, account, household, person=person, role=role)
    return person
