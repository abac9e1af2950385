"""Worked cases: a few answers and what one finding must say of them. They stand after `---` in the form's own file, so that whoever
changes a rule sees what it was meant to do; they are read only by the linter, stories and the tests."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from visitapp.domain.findings import STATES
from visitapp.domain.past import ADDITION
from visitapp.formlang.model import Form, Question
from visitapp.formlang.ordinary import ordinary_of, started_from
from visitapp.formlang.reading import Document, Where

VISIT_DAY = "2026-11-22"
_BEFORE = {"age_days": "born_on", "days_since_seen": "seen_on", "days_home": "home_on"}
CHILD_KEYS = (*_BEFORE, "days_to_due", "gestation_days", "birth_weight_g")
"""What a worked case says of a child beside the answers, in days before or after the visit; anything but a number is unknown."""
TERM = 280
ORDINARY_AGE = 100
"""The age in days of a child of a case that starts from the ordinary visit and says no other: young enough for every question."""


@dataclass(frozen=True)
class Case:
    """`state` is what `finding` must be for the body and the given facts: in its first row, where it has rows."""

    finding: str
    state: str
    body: dict[str, Any]
    given: dict[str, Any]
    line: int


class CaseFault(Exception):
    """A case that cannot be played."""


def cases_of(form: Form, document: Document) -> list[Case]:
    """The cases in a form's second document. What cannot be understood is noted as a fault of that document."""
    cases = []
    ordinary = ordinary_of(document)
    for code, where, state, written in _written(document):
        if code not in form.rules:
            document.fault(where, f"'{code}' is not a finding of this form.")
            continue
        try:
            cases.append(_case(form, ordinary, code, state, written, document.line(where)))
        except CaseFault as fault:
            document.fault(where, str(fault))
    return cases


def _written(document: Document) -> Iterator[tuple[str, Where, str, Any]]:
    top = document.value if isinstance(document.value, dict) else {}
    cases = top.get("cases") if isinstance(top.get("cases"), dict) else {}
    if document.value is not None and (not cases or set(top) - {"cases", "ordinary"}):
        document.fault((), "After '---' stand 'cases', by finding, and 'ordinary', and nothing else.")
    for code, listed in (cases or {}).items():
        for index, case in enumerate(listed if isinstance(listed, list) else [None]):
            where = ("cases", code, index)
            if not isinstance(case, dict) or len(case) != 1 or next(iter(case)) not in STATES:
                document.fault(where, f"A case is one of {', '.join(STATES)}, with answers.")
                continue
            state, written = next(iter(case.items()))
            yield code, where, state, written


def ordinary_case(form: Form, document: Document) -> Case | None:
    """The ordinary visit as a body, to one child and one adult; None where the form has none. What is wrong in it is noted as a fault."""
    ordinary = ordinary_of(document)
    if not ordinary:
        return None
    try:
        return _case(form, ordinary, "", "absent", {"ordinary": True}, document.line(("ordinary",)))
    except CaseFault as fault:
        document.fault(("ordinary",), str(fault))
        return None


def _case(form: Form, ordinary: Mapping[str, Any], code: str, state: str, written: Any, line: int) -> Case:
    if not isinstance(written, dict):
        raise CaseFault("A case holds answers by question.")
    people: dict[str, Any] = {}
    answers = dict(written)
    given = {"on": VISIT_DAY, "people": people, "history": answers.pop("history", {})}
    if answers.pop("ordinary", False) is True:
        answers = _aged(form, started_from(form, ordinary, answers))
    body = {
        "v": 1,
        "household": "00000000-0000-4000-8000-000000000001",
        "form": form.name,
        "form_version": form.version,
        **({"adds_to": "00000000-0000-4000-8000-000000000002"} if form.kind == ADDITION else {}),
        "occurred_on": VISIT_DAY,
        "answers": _answers(form, answers, None, "", people),
    }
    return Case(code, state, body, given, line)


def _aged(form: Form, answers: dict[str, Any]) -> dict[str, Any]:
    """The answers of an ordinary visit with an age for every child: an age that nobody knows would leave most findings open."""
    for id, value in answers.items():
        question = form.placed[id][0] if id in form.placed else None
        rows = value.get("rows") if isinstance(value, dict) else value
        if question and question.of == "child" and isinstance(rows, list):
            for row in rows:
                if isinstance(row, dict) and not {"age_days", "days_to_due"} & set(row):
                    row["age_days"] = ORDINARY_AGE
    return answers


def _answers(form: Form, written: dict[str, Any], parent: str | None, place: str, people: dict[str, Any]) -> dict[str, Any]:
    answers: dict[str, Any] = {}
    for id, value in written.items():
        question, found_in = form.placed.get(id, (None, None))
        if question is None or found_in != parent:
            raise CaseFault(f"'{id}' is not a question {f'of the rows {parent}' if parent else 'at the top of the form'}.")
        if value is None:
            continue
        answers[id] = _rows(form, question, value, place, people) if question.kind == "rows" else _answer(value)
    return answers


def _answer(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {"value": value}


def _rows(form: Form, question: Question, value: Any, place: str, people: dict[str, Any]) -> dict[str, Any]:
    whole = value if isinstance(value, dict) else {"rows": value, "complete": True}
    listed = whole.get("rows")
    if not isinstance(listed, list) or not all(isinstance(row, dict) for row in listed):
        raise CaseFault(f"'{question.id}' is a list of rows.")
    rows = [_row(form, question, row, f"{place}{question.id}-{number}", people) for number, row in enumerate(listed, start=1)]
    return {"rows": rows, "complete": whole.get("complete", True)}


def _row(form: Form, question: Question, row: dict[str, Any], id: str, people: dict[str, Any]) -> dict[str, Any]:
    facts = {key: value for key, value in row.items() if key in CHILD_KEYS and question.of == "child"}
    rest = {key: value for key, value in row.items() if key not in facts}
    if facts:
        people[f"person-{id}"] = _person(facts)
    return {"id": id, "person": f"person-{id}" if facts else None, "answers": _answers(form, rest, question.id, f"{id}-", people)}


def _person(facts: dict[str, Any]) -> dict[str, Any]:
    gestation, weight = facts.get("gestation_days", TERM), facts.get("birth_weight_g")
    person = {fact: _days_away(facts.get(key), -1) for key, fact in _BEFORE.items()}
    born = {"gestation_days": gestation if isinstance(gestation, int) else None}
    born |= {"birth_weight_g": weight} if isinstance(weight, int) else {}
    return person | {"due_on": _days_away(facts.get("days_to_due"), 1)} | born


def _days_away(days: object, forward: int) -> str | None:
    return (date.fromisoformat(VISIT_DAY) + timedelta(days=forward * days)).isoformat() if isinstance(days, int) else None
