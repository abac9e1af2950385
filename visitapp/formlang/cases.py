"""Worked cases: a few answers and what one finding must say of them. They stand after `---` in the form's own file, so that whoever
changes a rule sees what it was meant to do; they are read only by the linter and the tests."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from visitapp.domain.findings import STATES
from visitapp.formlang.model import Form, Question
from visitapp.formlang.reading import Document, Where

VISIT_DAY = "2026-11-22"
_BORN = {"age_days", "gestation_days"}
TERM = 280


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
    for code, where, state, written in _written(document):
        if code not in form.rules:
            document.fault(where, f"'{code}' is not a finding of this form.")
            continue
        try:
            cases.append(_case(form, code, state, written, document.line(where)))
        except CaseFault as fault:
            document.fault(where, str(fault))
    return cases


def _written(document: Document) -> Iterator[tuple[str, Where, str, Any]]:
    top = document.value if isinstance(document.value, dict) else {}
    cases = top.get("cases") if isinstance(top.get("cases"), dict) else {}
    if document.value is not None and (not cases or len(top) > 1):
        document.fault((), "After '---' stands 'cases', by finding, and nothing else.")
    for code, listed in (cases or {}).items():
        for index, case in enumerate(listed if isinstance(listed, list) else [None]):
            where = ("cases", code, index)
            if not isinstance(case, dict) or len(case) != 1 or next(iter(case)) not in STATES:
                document.fault(where, f"A case is one of {', '.join(STATES)}, with answers.")
                continue
            state, written = next(iter(case.items()))
            yield code, where, state, written


def _case(form: Form, code: str, state: str, written: Any, line: int) -> Case:
    if not isinstance(written, dict):
        raise CaseFault("A case holds answers by question.")
    people: dict[str, Any] = {}
    answers = dict(written)
    given = {"on": VISIT_DAY, "people": people, "history": answers.pop("history", {})}
    body = {
        "v": 1,
        "household": "00000000-0000-4000-8000-000000000001",
        "form": form.name,
        "form_version": form.version,
        "occurred_on": VISIT_DAY,
        "answers": _answers(form, answers, None, "", people),
    }
    return Case(code, state, body, given, line)


def _answers(form: Form, written: dict[str, Any], parent: str | None, place: str, people: dict[str, Any]) -> dict[str, Any]:
    answers: dict[str, Any] = {}
    for id, value in written.items():
        question, found_in = form.placed.get(id, (None, None))
        if question is None or found_in != parent:
            raise CaseFault(f"'{id}' is not a question {f'of the rows {parent}' if parent else 'at the top of the form'}.")
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
    born = {key: value for key, value in row.items() if key in _BORN and question.of == "child"}
    rest = {key: value for key, value in row.items() if key not in born}
    if born:
        people[f"person-{id}"] = _person(born)
    return {"id": id, "person": f"person-{id}" if born else None, "answers": _answers(form, rest, question.id, f"{id}-", people)}


def _person(born: dict[str, Any]) -> dict[str, Any]:
    age, gestation = born.get("age_days"), born.get("gestation_days", TERM)
    born_on = (date.fromisoformat(VISIT_DAY) - timedelta(days=age)).isoformat() if isinstance(age, int) else None
    return {"born_on": born_on, "due_on": None, "gestation_days": gestation if isinstance(gestation, int) else None}
