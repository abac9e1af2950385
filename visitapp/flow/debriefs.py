"""The talk after a visit that was refused or not safe. The facts of the visit open it, once a visit, for a supervisor of the family's team
by name; only the talk itself, recorded, ends it. Worker and supervisor judge together what lies behind the door, and say what changes.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from visitapp.domain import debriefs as words
from visitapp.domain.duties import DEBRIEF, DONE, about, debrief_subject
from visitapp.domain.findings import Finding
from visitapp.domain.moments import date_words, day_of
from visitapp.domain.past import BESIDE
from visitapp.flow import clocks, ladder, whose
from visitapp.flow.family_fields import load
from visitapp.flow.refer import SERVICE
from visitapp.flow.staff_schemas import DEBRIEF as TALK
from visitapp.problems import problem, wrong
from visitapp.store import accounts, climbs, debriefs, duties, households
from visitapp.store.seen import Families
from visitapp.store.tx import Row, Tx

if TYPE_CHECKING:
    from visitapp.flow.kept_visit import Visit
    from visitapp.wiring import Wired


def open_from(w: Wired, tx: Tx, visit: Visit, findings: Iterable[Finding], at: str) -> bool:
    """Owe the talk where the visit calls for one and it was not held already; whether it was opened. `findings` are of the visit's
    judgement: a form may ask for the talk too."""
    asking = [one.finding for one in findings if one.state == "present" and not one.under and _asks(visit, one)]
    why = words.reasons(*debriefs.said_at(tx, visit.id)) or ([words.ASKED_FOR] if asking else [])
    subject = debrief_subject(visit.id)
    if visit.form.kind in BESIDE or not why or duties.ever_owed(tx, subject):
        return False
    worker = str(visit.row["author"])
    duties.owe(
        tx, subject=subject, kind=DEBRIEF, what=_what(tx, visit, worker, why), due_at=_by(w, tx, visit.household, at), at=at, actor=SERVICE,
        household=visit.household, finding=asking[0] if asking else None, owner_account=whose.supervisor(tx, visit.household, but=worker),
    )  # fmt: skip
    return True


def _asks(visit: Visit, one: Finding) -> bool:
    return any(duty.within == words.WITHIN for duty in visit.form.rules[one.finding].duties)


def _what(tx: Tx, visit: Visit, worker: str, why: list[str]) -> str:
    account = accounts.account(tx, worker)
    on = date_words(date.fromisoformat(visit.row["occurred_on"]))
    return f"Talk the visit of {on} through with {account['name'] if account else 'the worker'}: {'; '.join(why)}."


def _by(w: Wired, tx: Tx, household: str, at: str) -> str:
    return clocks.due(clocks.policy(w, tx, household), words.WITHIN, at)


def record(w: Wired, actor: str, submission: str, **said: Any) -> str:
    """The talk was held; its id. It ends what is owed for this visit, and for earlier visits of the same worker to the same family. `said`:
    on_date, with_whom, how_is, how_words, judged, judged_why, changes. Raises Problem with a field."""
    id, at = w.new_id(), w.clock()
    talk = load(TALK, said, today=day_of(at).isoformat())
    talk["how_words"] = talk["how_words"] or ""

    def write(tx: Tx) -> str:
        visit = _to_talk_about(w, tx, actor, submission, at)
        if talk["on_date"] < visit["occurred_on"]:
            raise wrong("on_date", "This is before the visit. Give the day on which you spoke.")
        debriefs.add(
            tx, id=id, household=visit["household"], submission=submission, worker=visit["author"], at=at, actor=actor, **talk
        )  # fmt: skip
        for duty in _ended(tx, visit):
            evidence = f"Spoke on {date_words(date.fromisoformat(talk['on_date']))}: {talk['changes']}"
            duties.close(tx, duty, how=DONE, evidence=evidence, reference=id, at=at, actor=actor)
        return id

    return w.writer.submit(write)


def _to_talk_about(w: Wired, tx: Tx, actor: str, submission: str, at: str) -> Row:
    """The visit, for whoever may record the talk."""
    visit = debriefs.visit(tx, submission)
    if visit is None:
        raise problem("not_found")
    whose.act_for(tx, actor, visit["household"])
    if duties.duty(tx, debrief_subject(submission)) is None:
        raise wrong("on_date", "No talk is owed about this visit any more. Open the page again to see how it ended.")
    if not may_record(w, tx, actor, visit, at):
        raise problem("not_allowed")
    return visit


def may_record(w: Wired, tx: Tx, actor: str, visit: Row, at: str) -> bool:
    """Whether this account may record the talk about a visit: a supervisor of the family's team or whoever answers for it now, and never
    the worker."""
    owed, family = climbs.owed(tx, debrief_subject(visit["submission"])), households.household(tx, visit["household"])
    if owed is None or family is None or whose.same_person(tx, actor, visit["author"]):
        return False
    return whose.supervises(tx, actor, family) or ladder.answering(w, tx, owed, at).account == actor


def _ended(tx: Tx, visit: Row) -> list[Row]:
    """What this talk ends: its own duty, and those of earlier visits of the same worker here."""
    found = []
    for duty in duties.of_kind(tx, Families.one(visit["household"]), DEBRIEF):
        other = debriefs.visit(tx, about(duty["subject"]))
        same = other is not None and other["author"] == visit["author"] and other["occurred_on"] <= visit["occurred_on"]
        if duty["subject"] == debrief_subject(visit["submission"]) or same:
            found.append(duty)
    return found
