"""Judging a kept visit, once, under its household's lock and in one transaction: what is wrong with its answers is noted and refuses
nothing; what the tablet showed is checked with the tablet's own facts; then the visit is judged with what is known today.

Safe to run twice: the row in the outbox goes in the same transaction, and a visit that is judged is not judged again but for a reason. A
visit that arrives late changes the history of those after it, so each of them gets a new judgement beside the old.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from visitapp.decide.findings import find
from visitapp.decide.level import level
from visitapp.decide.route import route
from visitapp.decide.urgency import urgency
from visitapp.domain import envelope as envelopes
from visitapp.domain.findings import Destination, Finding, Level
from visitapp.domain.moments import day_of
from visitapp.flow import reading
from visitapp.flow.given import given
from visitapp.flow.refer import SERVICE, Proposal, propose
from visitapp.formlang import Form, Routes
from visitapp.formlang.schema import validate
from visitapp.store import assessments, households, outbox, people, referrals, submissions
from visitapp.store.tx import Row, Tx

if TYPE_CHECKING:
    from visitapp.wiring import Wired

STEP = "assess"


@dataclass(frozen=True)
class Visit:
    """A kept submission read with its form."""

    row: Row
    form: Form
    body: dict[str, Any]
    outside: envelopes.Envelope

    @property
    def id(self) -> str:
        return str(self.row["id"])

    @property
    def household(self) -> str:
        return str(self.row["household"])


@dataclass(frozen=True)
class Judgement:
    """The three results, with what they rest on."""

    findings: list[Finding]
    level: Level
    urgency: str
    destination: Destination


def assess(w: Wired, submission: str) -> None:
    """Judge one kept visit, if it is not judged yet and not set aside."""
    at = w.clock()
    with w.engine.write() as tx:
        row = submissions.submission(tx, submission)
        if row is not None:
            tx.lock_household(row["household"])
            if not assessments.of_kind(tx, submission, "today") and not referrals.still_aside(tx, submission, row["sha256"]):
                _first(w, tx, read_visit(w, row), at)
        outbox.done(tx, STEP, submission)


def read_visit(w: Wired, row: Row) -> Visit:
    """The visit as its bytes say it, with the version of the form it was written on."""
    return Visit(row, w.catalogue.form(row["form"], row["form_version"]), json.loads(row["body"]), envelopes.parse(row["envelope"]))


def _first(w: Wired, tx: Tx, visit: Visit, at: str) -> None:
    note_reading(tx, visit, at)
    check_tablet(w, tx, visit, at)
    judged = judge_today(w, tx, visit, at)
    propose(w, tx, judged, at)
    for later in assessments.later(tx, visit.household, visit.row["occurred_on"], visit.row["seq"]):
        row = submissions.submission(tx, later)
        if row is not None:
            propose(w, tx, judge_today(w, tx, read_visit(w, row), at), at)


def note_reading(tx: Tx, visit: Visit, at: str) -> None:
    """Facts read out of the bytes: what is wrong with the answers, whether the visit took place, its measures and its calls."""
    whose: dict[str, Any] = {"submission": visit.id, "household": visit.household, "at": at, "actor": SERVICE}
    wrong = validate(visit.form, visit.body)
    if wrong:
        assessments.add_problems(tx, problems=[one.as_json() for one in wrong], **whose)
    said = reading.read(visit.form, visit.body)
    submissions.record_reading(
        tx, kind=said.kind, outcome=said.outcome, child_seen=said.child_seen, occurred_on=visit.row["occurred_on"],
        measures=said.measures, **whose,
    )  # fmt: skip
    for call in reading.calls(visit.body):
        assessments.add_call(tx, call=call, **whose)


def check_tablet(w: Wired, tx: Tx, visit: Visit, at: str) -> None:
    """Judge with the facts the tablet had. It must come to what the envelope says was shown; if not, the evaluator is announced."""
    seq = visit.outside.as_of_seq
    facts = given(w, tx, visit.household, day_of(visit.outside.as_of_at).isoformat(), seq, excluding=visit.id)
    judged = judge(w, tx, visit, facts)
    _keep(w, tx, visit, judged, "as_shown", seq, at, matches=_as_shown(judged) == _told(visit.outside.shown))


def judge_today(w: Wired, tx: Tx, visit: Visit, at: str) -> Proposal:
    """Judge with all that is known now of the time up to the visit."""
    newest = tx.journal("assess", at=at, actor=SERVICE, household=visit.household, detail=visit.id)
    facts = given(w, tx, visit.household, visit.row["occurred_on"], excluding=visit.id, before_seq=visit.row["seq"])
    judged = judge(w, tx, visit, facts)
    id = _keep(w, tx, visit, judged, "today", newest, at, matches=None)
    return Proposal(visit.household, visit.id, id, visit.row["author"], judged.level, judged.urgency, judged.destination)


def judge(w: Wired, tx: Tx, visit: Visit, facts: dict[str, Any]) -> Judgement:
    """Findings, level, urgency and destination from these facts, in that order; none looks at a later one."""
    found = find(visit.form, visit.body, facts)
    reached, soon = level(found, w.catalogue.levels), urgency(found)
    return Judgement(found, reached, soon, route(reached, soon, routes_of(w, tx, visit.household)))


def routes_of(w: Wired, tx: Tx, household: str) -> Routes:
    """The routes of the area the family lives in; where it has none, those of the first area, so that a level is never left unrouted."""
    family = households.household(tx, household)
    area = family["area"] if family else None
    return w.catalogue.routes_by_area.get(area or "") or next(iter(w.catalogue.routes_by_area.values()))


def _keep(w: Wired, tx: Tx, visit: Visit, judged: Judgement, kind: str, as_of_seq: int, at: str, *, matches: bool | None) -> str:
    id, settings = w.new_id(), w.catalogue
    routes = routes_of(w, tx, visit.household)
    assessments.add(
        tx, id=id, submission=visit.id, household=visit.household, kind=kind, as_of_seq=as_of_seq, form_hash=visit.form.hash,
        levels=f"{settings.levels.name}-{settings.levels.version}", policy=f"{settings.policy.name}-{settings.policy.version}",
        routes=f"{routes.name}-{routes.version}", level=judged.level, urgency=judged.urgency, destination=judged.destination.code,
        reasons=judged.destination.reasons, matches_tablet=matches, at=at, actor=SERVICE,
    )  # fmt: skip
    names = given_names(tx, {one.person for one in judged.findings if one.person})
    for found in judged.findings:
        assessments.add_finding(
            tx, assessment=id, submission=visit.id, household=visit.household, found=found, said=said(visit.form, found, names), at=at,
            actor=SERVICE,
        )  # fmt: skip
    return id


def given_names(tx: Tx, persons: Iterable[str]) -> dict[str, str]:
    """Person id -> given names, for those who are known."""
    rows = [people.person(tx, id) for id in persons]
    return {row["person"]: row["given_names"] for row in rows if row}


def said(form: Form, found: Finding, names: dict[str, str]) -> str:
    """The finding as a person reads it, with the child's given name; for what cannot be told, the question to ask."""
    rule = form.rules[found.finding]
    if found.state == "absent":
        return ""
    words = (rule.wording if found.state == "present" else rule.ask).replace("{child}", names.get(found.person, "the child"))
    return words[:1].upper() + words[1:]


def _as_shown(judged: Judgement) -> tuple[frozenset[tuple[str, str, str]], int, int]:
    shown = frozenset((one.finding, one.row, one.state) for one in judged.findings if one.state != "absent")
    return shown, judged.level.at_least, judged.level.could_be


def _told(shown: envelopes.Shown) -> tuple[frozenset[tuple[str, str, str]], int, int]:
    return frozenset(one for one in shown.findings if one[2] != "absent"), shown.at_least, shown.could_be
