"""Answers written shortly, as case notes: a plain value is known in the first way its question offers. Rows are complete unless a row
list is wrapped in `Unfinished`."""

from dataclasses import dataclass
from typing import Any

from visitapp.formlang import Form, Question


@dataclass(frozen=True)
class Known:
    how: str
    value: Any


@dataclass(frozen=True)
class Absent:
    why: str


@dataclass(frozen=True)
class Unfinished:
    rows: list[dict[str, Any]]


def answers(form: Form, said: dict[str, Any]) -> dict[str, Any]:
    return {id: _answer(form.question(id), value, id) for id, value in said.items()}


def _answer(question: Question, value: Any, path: str) -> dict[str, Any]:
    if isinstance(value, Absent):
        return {"absent": value.why}
    if question.kind == "rows":
        given = value.rows if isinstance(value, Unfinished) else value
        rows = [_row(question, row, f"{path}-{number}") for number, row in enumerate(given)]
        return {"rows": rows, "complete": not isinstance(value, Unfinished)}
    if isinstance(value, Known):
        return {"value": value.value, "known": value.how}
    return {"value": value} | ({"known": question.known[0]} if question.known else {})


def _row(question: Question, said: dict[str, Any], path: str) -> dict[str, Any]:
    inner = {one.id: one for one in question.questions}
    given = {id: _answer(inner[id], value, f"{path}-{id}") for id, value in said.items() if id not in ("person", "row")}
    return {"id": said.get("row", path), "person": said.get("person"), "answers": given}


MOTHER_AFTER_SIX_UNITS = {"who": "mother", "taken": ["alcohol"], "alcohol_units": 6, "smoker": True, "exhausted": True}
NIGHT_ON_THE_SOFA = {"which_sleep": "last_night", "surface": "sofa", "shared": Known("told", True), "sharers": [MOTHER_AFTER_SIX_UNITS]}
SAFE_NIGHT = {"which_sleep": "last_night", "surface": "own_cot", "mattress": "sound", "put_down": "back", "shared": False}
UNTIDY_AND_LOW = {"room_sleep": "something", "beds": "moderate", "home_impact": "likely", "cause": ["low_mood"]}


def child(person: str, *nights: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"person": person, "row": "r1", "seen": "awake", "mobility": "not_mobile", "nights": list(nights)} | more
