"""Who may work on a parent's request for a copy of the record, who may check it, what state it is in, and by when it is answered.

Who works on one may read what was recorded apart: the family's named practitioner and the supervisors of its team. One of the two is a
supervisor, and whoever decided anything of it, or sent it for the check, never checks it.
"""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

from visitapp.domain import record_requests as words
from visitapp.domain.working_days import is_working_day
from visitapp.flow import clocks, whose
from visitapp.problems import problem, wrong
from visitapp.store import households, record_requests, scope
from visitapp.store.tx import Row, Tx

if TYPE_CHECKING:
    from visitapp.wiring import Wired


def subject(id: str) -> str:
    return f"record:{id}"


def check_subject(id: str) -> str:
    return f"record-check:{id}"


def may_work(tx: Tx, actor: str, household: str) -> bool:
    """The named practitioner and the supervisors of the team: they may read what was recorded apart."""
    family = households.household(tx, household)
    if family is None or not scope.may_see_family(tx, actor, household):
        return False
    return actor == family["practitioner"] or whose.supervises(tx, actor, family)


def there(tx: Tx, actor: str, id: str) -> Row:
    row = record_requests.request(tx, id)
    if row is None or not may_work(tx, actor, row["household"]):
        raise problem("not_found")
    return row


def open_for(tx: Tx, actor: str, id: str, *states: str) -> Row:
    """The request, where it is in one of these states. Raises Problem."""
    row = there(tx, actor, id)
    here = state(record_requests.events(tx, id))
    if here not in states:
        raise problem("state_wrong", state=words.STATES[here])
    return row


def state(events: list[Row]) -> str:
    return words.state(event["event"] for event in events) or words.OPEN


def answer_of(events: list[Row]) -> dict[str, Any]:
    """What was sent for the check last."""
    sent = [json.loads(event["detail"]) for event in events if event["event"] == words.FOR_CHECK]
    return sent[-1] if sent else {}


def last_event(tx: Tx, id: str) -> int:
    events = record_requests.events(tx, id)
    return int(events[-1]["seq"]) if events else 0


def due_on(w: Wired, tx: Tx, row: Row) -> date:
    extended = any(event["event"] == words.EXTENDED for event in record_requests.events(tx, row["id"]))
    return answer_by(w, tx, row, words.MONTH + (words.EXTENSION if extended else 0))


def answer_by(w: Wired, tx: Tx, row: Row, months: int) -> date:
    off = clocks.policy(w, tx, row["household"]).holidays
    return words.answer_by(date.fromisoformat(row["received_on"]), months, lambda day: is_working_day(day, off))


def workers(tx: Tx, row: Row) -> set[str]:
    """Everybody who decided something of it, or sent it for the check."""
    sent = {event["actor"] for event in record_requests.events(tx, row["id"]) if event["event"] == words.FOR_CHECK}
    return record_requests.markers(tx, row["id"]) | sent


def is_second(tx: Tx, actor: str, row: Row) -> bool:
    """Whether this is another person than those who worked on it, and one of them all is a supervisor."""
    family = households.household(tx, row["household"])
    before = workers(tx, row)
    if family is None or whose.same_person(tx, actor, *before):
        return False
    return any(whose.supervises(tx, one, family) for one in {actor, *before})


def may_check(tx: Tx, actor: str, row: Row) -> None:
    if not is_second(tx, actor, row):
        raise wrong("agrees", "Whoever went through it cannot check it: another person does, and one of the two is a supervisor.")


def second(tx: Tx, row: Row, actor: str) -> str | None:
    """Whose the check is: a supervisor who did not work on it, else the named practitioner, where that is another."""
    before = {*workers(tx, row), actor}
    family = households.household(tx, row["household"])
    able = (*whose.supervisors(tx, family), family["practitioner"] if family else None)
    others = [one for one in able if one and not whose.same_person(tx, one, *before)]
    return others[0] if others else whose.supervisor(tx, row["household"], but=actor)
