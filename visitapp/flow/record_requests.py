"""What happens to a parent's request for a copy of the record: gone through by one person, checked by another, given by hand, within one
calendar month. Who may do what is in `record_request_rules`."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from visitapp.decide.due import end_of
from visitapp.domain import duties as owed
from visitapp.domain import record_requests as words
from visitapp.domain.moments import day_of
from visitapp.flow import clocks, record_check, record_copy, whose
from visitapp.flow import record_request_rules as rules
from visitapp.flow.family_fields import LONGEST, SHORTER
from visitapp.flow.page_faults import Parts
from visitapp.flow.record_request_read import left
from visitapp.problems import problem, wrong
from visitapp.store import duties, households, papers, record_requests
from visitapp.store.tx import Row, Tx

if TYPE_CHECKING:
    from visitapp.wiring import Wired

COPY = "copy"
CHOOSE_WHO = "Choose who asked for it."
CHECK_WITHIN = "this_week"
WHAT = "Answer the request of a parent for a copy of the record."
CHECK = "Check what is taken out of a copy of the record before a parent gets it."


def ask(w: Wired, actor: str, household: str, *, person: str, received_on: str | None, identity: str, said: str) -> str:
    """A request came in; its id. Opens the duty to answer within a calendar month of the day on which it came. Raises Problem."""
    at, id = w.clock(), w.new_id()
    parts = Parts()
    with parts.each():
        if not received_on:
            raise wrong("received_on", "Enter the day on which the request came. The month runs from it.")
        if received_on > day_of(at).isoformat():
            raise wrong("received_on", "That day is not here yet.")
    with parts.each():
        if not person:
            raise wrong("person", CHOOSE_WHO)
    with parts.each():
        _needed("identity", identity, "Say how you know that it is the parent who asks.")
    with parts.each():
        _needed("said", said or "-", "")
    parts.check()

    def write(tx: Tx) -> None:
        whose.act_for(tx, actor, household)
        if not rules.may_work(tx, actor, household):
            raise problem("not_allowed")
        if person not in {one["person"] for one in households.members(tx, household) if one["role"] != "child"}:
            raise wrong("person", CHOOSE_WHO)
        record_requests.add(
            tx, id=id, household=household, person=person, received_on=received_on, identity=identity, words=said,
            as_of=record_requests.newest_line(tx), at=at, actor=actor,
        )  # fmt: skip
        row = rules.there(tx, actor, id)
        record_requests.happen(tx, row, words.ASKED, {}, at=at, actor=actor)
        _owe(w, tx, row, words.MONTH, at, actor)

    w.writer.submit(write)
    return id


def send_for_check(w: Wired, actor: str, id: str, *, answer: str, ground: str, reason: str, grounds: str = "") -> None:
    """What was gone through goes to a second person: a copy, once every entry was gone through, or a refusal with its ground. `grounds`:
    yes where each place of the copy says why something was taken out of it. Raises Problem."""
    at = w.clock()
    if answer not in words.ANSWERS:
        raise wrong("answer", "Choose whether a copy is given or refused.")
    if answer == words.REFUSAL:
        parts = Parts()
        with parts.each():
            if ground not in words.GROUNDS:
                raise wrong("ground", "Choose the ground on which it is refused.")
        with parts.each():
            _needed("reason", reason, "Say why this ground applies here, and who was asked.")
        parts.check()

    def write(tx: Tx) -> None:
        row = rules.open_for(tx, actor, id, words.OPEN)
        if answer == words.COPY and left(tx, row):
            raise wrong("answer", "Go through every entry first: what nobody looked at is given to nobody.")
        if answer == words.COPY and grounds == "yes" and not record_copy.grounds_are_safe(w, tx, actor, row):
            raise wrong("grounds", "Something is taken out for a reason that is not said. A place without its ground would tell of it.")
        more = {"ground": ground, "reason": reason} if answer == words.REFUSAL else {"grounds": grounds == "yes"}
        detail = {"answer": answer} | more
        record_requests.happen(tx, row, words.FOR_CHECK, detail, at=at, actor=actor)
        due = min(clocks.due(clocks.policy(w, tx, row["household"]), CHECK_WITHIN, at), end_of(rules.due_on(w, tx, row)))
        duties.owe(
            tx, subject=rules.check_subject(id), kind=owed.RECORD_CHECK, what=CHECK, due_at=due, at=at, actor=actor,
            household=row["household"],
            owner_account=rules.second(tx, row, actor),
        )  # fmt: skip

    w.writer.submit(write)


def check(w: Wired, actor: str, id: str, *, agrees: str, reason: str) -> None:
    """The second person approves, and the copy is made as it stands then; or gives it back with what is to change. Raises Problem."""
    at = w.clock()
    if agrees not in ("yes", "no"):
        raise wrong("agrees", "Choose whether you approve it.")
    if agrees == "no":
        _needed("reason", reason, "Say what is to be changed.")
    with w.engine.read() as tx:
        row = rules.open_for(tx, actor, id, words.CHECKING)
        rules.may_check(tx, actor, row)
        answer = rules.answer_of(record_requests.events(tx, id))
        if agrees == "yes" and answer["answer"] == words.COPY and not record_check.all_read(tx, actor, row):
            raise wrong("agrees", record_check.UNREAD)
        facts = record_copy.facts(w, tx, actor, row, at) if agrees == "yes" and answer["answer"] == words.COPY else None
        stood = rules.last_event(tx, id)
    drawn = record_copy.drawn(facts) if facts else None

    def write(tx: Tx) -> None:
        again = rules.open_for(tx, actor, id, words.CHECKING)
        rules.may_check(tx, actor, again)
        if rules.last_event(tx, id) != stood:
            raise problem("state_wrong", state=words.STATES[words.OPEN])
        detail = {"reason": reason} if reason else {}
        record_requests.happen(tx, again, words.APPROVED if agrees == "yes" else words.RETURNED, detail, at=at, actor=actor)
        if drawn and facts:
            papers.add(
                tx, id=w.new_id(), household=row["household"], kind=COPY, request=id, first_on=facts.first_on, last_on=facts.last_on,
                pages=drawn[1], sha256=hashlib.sha256(drawn[0]).hexdigest(), bytes=drawn[0], at=at, actor=actor,
            )  # fmt: skip
        if (duty := duties.duty(tx, rules.check_subject(id))) is not None:
            evidence = "Approved." if agrees == "yes" else "Given back."
            duties.close(tx, duty, how=owed.DONE, evidence=evidence, at=at, actor=actor)

    w.writer.submit(write)


def extend(w: Wired, actor: str, id: str, *, why: str) -> None:
    """The request is complex: two more months, of which the parent must be told with the reason within the first. Raises Problem."""
    at = w.clock()
    _needed("why", why, "Say why it is complex, and when and how the parent was told.")

    def write(tx: Tx) -> None:
        row = rules.open_for(tx, actor, id, words.OPEN, words.CHECKING)
        if any(event["event"] == words.EXTENDED for event in record_requests.events(tx, id)):
            raise wrong("why", "It was extended already, and can be only once.")
        if day_of(at) > rules.due_on(w, tx, row):
            raise wrong("why", "It can be extended only within the first month.")
        record_requests.happen(tx, row, words.EXTENDED, {"why": why}, at=at, actor=actor)
        _owe(w, tx, row, words.MONTH + words.EXTENSION, at, actor)

    w.writer.submit(write)


def give(w: Wired, actor: str, id: str, *, on_date: str | None, how: str) -> None:
    """The approved answer was given into the parent's hand, or they were told of the refusal: that ends the duty. Raises Problem."""
    at = w.clock()
    parts = Parts()
    with parts.each():
        if not on_date:
            raise wrong("on_date", "Enter the day on which it was given.")
        if on_date > day_of(at).isoformat():
            raise wrong("on_date", "That day is not here yet.")
    with parts.each():
        _needed("how", how, "Say into whose hands it was given, how you knew them, and what they were told.")
    parts.check()
    _end(w, actor, id, words.GIVEN, {"on_date": on_date, "how": how}, owed.DONE, how, at)


def withdraw(w: Wired, actor: str, id: str, *, why: str) -> None:
    """The parent no longer wants it. Raises Problem."""
    _needed("why", why, "Say when and how the parent withdrew it.")
    _end(w, actor, id, words.WITHDRAWN, {"why": why}, owed.NOT_NEEDED, why, w.clock())


def _end(w: Wired, actor: str, id: str, event: str, detail: dict[str, Any], how: str, evidence: str, at: str) -> None:
    def write(tx: Tx) -> None:
        row = rules.there(tx, actor, id)
        tx.lock_household(row["household"])
        state = rules.state(record_requests.events(tx, id))
        if (state, event) not in words.AFTER:
            raise problem("state_wrong", state=words.STATES[state])
        record_requests.happen(tx, row, event, detail, at=at, actor=actor)
        for subject in (rules.subject(id), rules.check_subject(id)):
            if (duty := duties.duty(tx, subject)) is not None:
                duties.close(tx, duty, how=how, evidence=evidence, at=at, actor=actor)

    w.writer.submit(write)


def _owe(w: Wired, tx: Tx, row: Row, months: int, at: str, actor: str) -> None:
    duties.owe(
        tx, subject=rules.subject(row["id"]), kind=owed.RECORD_REQUEST, what=WHAT, due_at=end_of(rules.answer_by(w, tx, row, months)),
        at=at, actor=actor, household=row["household"], owner_account=whose.practitioner(tx, row["household"], actor),
    )  # fmt: skip


def _needed(field: str, said: str, missing: str) -> None:
    if not said.strip():
        raise wrong(field, missing)
    if len(said) > LONGEST:
        raise wrong(field, SHORTER)
