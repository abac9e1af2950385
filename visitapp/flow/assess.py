"""Judging a kept visit, once, under its household's lock and in one transaction: what is wrong with its answers is noted and refuses
nothing; what the tablet showed is checked with the tablet's own facts; then the visit is judged with what is known today.

Safe to run twice: the row in the outbox goes in the same transaction, and a visit that is judged is not judged again but for a reason. A
visit that arrives late changes the history of those after it, so each of them gets a new judgement beside the old.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from visitapp.decide.evaluate import visit_of
from visitapp.decide.findings import find_in
from visitapp.decide.level import level
from visitapp.decide.route import open_to, route
from visitapp.decide.urgency import urgency
from visitapp.decide.visit import Visit as Read
from visitapp.domain import envelope as envelopes
from visitapp.domain.findings import Destination, Finding, Level
from visitapp.domain.moments import day_of
from visitapp.domain.past import ADDITION, Moment
from visitapp.flow import countersigning, debriefs, duties, plans, reading, risks, sampling, words_kept
from visitapp.flow.given import Recalled, recall
from visitapp.flow.kept_visit import Visit, read_visit, routes_of
from visitapp.flow.refer import SERVICE, Proposal, propose
from visitapp.flow.whose import filled
from visitapp.formlang import Form, Routes
from visitapp.formlang.schema import validate
from visitapp.store import additions, assessments, outbox, people, referrals, submissions
from visitapp.store.seen import Families
from visitapp.store.tx import Tx

if TYPE_CHECKING:
    from visitapp.wiring import Wired

STEP = "assess"


@dataclass(frozen=True)
class Judgement:
    """What was found, and the three results."""

    findings: list[Finding]
    level: Level
    urgency: str
    destination: Destination


@dataclass(frozen=True)
class Place:
    """What the visits of one family are judged with in one transaction."""

    w: Wired
    tx: Tx
    routes: Routes
    at: str
    names: dict[str, str] = field(default_factory=dict)
    """Given names by person, as far as they were asked for."""


def assess(w: Wired, submission: str) -> None:
    """Judge one kept visit, if it is not judged yet and not set aside."""
    at = w.clock()
    with w.engine.write() as tx:
        row = submissions.submission(tx, submission)
        if row is not None:
            tx.lock_household(row["household"])
            if not assessments.of_kind(tx, submission, "today") and not referrals.still_aside(tx, submission, row["sha256"]):
                _first(w, tx, read_visit(w, tx, row), at)
        outbox.done(tx, STEP, submission)


def _first(w: Wired, tx: Tx, visit: Visit, at: str) -> None:
    back = looked_back(w, tx, visit)
    facts, as_taken = back.given(visit.household), back.at(tx, _caseload_taken(visit)).given(visit.household)
    read = visit_of(visit.form, visit.dated, facts)
    note_reading(tx, visit, read if visit.body == visit.sealed else visit_of(visit.form, visit.as_sealed, facts), at)
    duties.closed_by_visit(w, tx, visit, at)
    place = Place(w, tx, routes_of(w, tx, visit.household), at)
    same = _say_the_same(as_taken, facts) and visit.dated == visit.sealed
    shown = check_tablet(place, visit, judge(place, visit, as_taken, read if same else visit_of(visit.form, visit.sealed, as_taken)))
    proposal, judged = judge_today(place, visit, shown if same else judge(place, visit, facts, read))
    propose(w, tx, proposal, at)
    duties.open_from(w, tx, visit, judged.findings, at)
    debriefs.open_from(w, tx, visit, judged.findings, at)
    risks.named_by(w, tx, visit, at)
    countersigning.owed_for(w, tx, visit, at)
    sampling.found_danger(tx, visit.id, visit.household, judged.urgency, at)
    for later in assessments.later(tx, visit.household, visit.row["occurred_on"], visit.row["seq"]):
        row = submissions.submission(tx, later)
        if row is not None:
            again = judge_again(place, read_visit(w, tx, row))
            propose(w, tx, again, at)
            sampling.found_danger(tx, later, visit.household, again.urgency, at)
    plans.watch(w, tx, visit.household, at)


def looked_back(w: Wired, tx: Tx, visit: Visit) -> Recalled:
    """The past of the family at the moment of the visit, with all that is known now of the time before it, and everybody whom it names."""
    moment = Moment(visit.row["occurred_on"], excluding=visit.id, before=visit.row["seq"])
    back = recall(w.catalogue, tx, Families.one(visit.household), moment)
    return back.naming(visit.household, reading.people_named(visit.form, visit.body))


def _caseload_taken(visit: Visit) -> Moment:
    """The moment at which the tablet took its caseload, with the facts that it had."""
    return Moment(day_of(visit.outside.as_of_at).isoformat(), visit.outside.as_of_seq, excluding=visit.id)


def note_reading(tx: Tx, visit: Visit, read: Read, at: str) -> None:
    """Facts read out of the bytes: what is wrong with the answers, whether the visit took place, its measures and its calls."""
    whose: dict[str, Any] = {"submission": visit.id, "household": visit.household, "at": at, "actor": SERVICE}
    wrong = validate(visit.form, visit.sealed)
    if wrong:
        assessments.add_problems(tx, problems=[one.as_json() for one in wrong], **whose)
    said = reading.read_in(read)
    words_kept.say_form(tx, visit.form, at)
    submissions.record_reading(
        tx, kind=said.kind, outcome=said.outcome, child_seen=said.child_seen, occurred_on=visit.row["occurred_on"],
        measures=said.measures, **whose,
    )  # fmt: skip
    if visit.form.kind == ADDITION:
        additions.add(tx, adds_to=visit.body["adds_to"], **whose)
    for call in reading.calls(visit.body):
        assessments.add_call(tx, call=call, **whose)


def check_tablet(p: Place, visit: Visit, judged: Judgement) -> Judgement:
    """Keep what was judged with the tablet's own facts. It must be what the envelope says was shown; if not, the evaluator is announced."""
    possible = [one for one in judged.findings if one.state != "absent"]  # nothing else is shown
    matches = _as_shown(judged) == _told(visit.outside.shown)
    _keep(p, visit, judged, possible, "as_shown", visit.outside.as_of_seq, matches=matches)
    return judged


def judge_again(p: Place, visit: Visit) -> Proposal:
    """Judge a visit once more, because what came before it is no longer what it was."""
    return judge_today(p, visit, judge(p, visit, looked_back(p.w, p.tx, visit).given(visit.household)))[0]


def judge_today(p: Place, visit: Visit, judged: Judgement) -> tuple[Proposal, Judgement]:
    """Keep what was judged with all that is known now of the time up to the visit."""
    newest = p.tx.journal("assess", at=p.at, actor=SERVICE, household=visit.household, detail=visit.id)
    id = _keep(p, visit, judged, judged.findings, "today", newest, matches=None)
    proposal = Proposal(visit.household, visit.id, id, visit.row["author"], judged.level, judged.urgency, judged.destination)
    return proposal, judged


def judge(p: Place, visit: Visit, facts: dict[str, Any], read: Read | None = None) -> Judgement:
    """Findings, level, urgency and destination from these facts, in that order; none looks at a later one. `read` is the visit as rules see
    it with facts that say the same, where somebody looked already."""
    found = find_in(read or visit_of(visit.form, visit.dated, facts))
    reached, soon = level(found, p.w.catalogue.levels), urgency(found)
    return Judgement(found, reached, soon, route(reached, soon, p.routes, open_to(visit.form, visit.body, facts)))


def _say_the_same(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether rules read the same from both; the date they count to is in what they say."""
    return bool(one["people"] == other["people"] and one["history"] == other["history"])


def _keep(p: Place, visit: Visit, judged: Judgement, findings: list[Finding], kind: str, as_of_seq: int, *, matches: bool | None) -> str:
    id, settings = p.w.new_id(), p.w.catalogue
    assessments.add(
        p.tx, id=id, submission=visit.id, household=visit.household, kind=kind, as_of_seq=as_of_seq, form_hash=visit.form.hash,
        levels=f"{settings.levels.name}-{settings.levels.version}", policy=f"{settings.policy.name}-{settings.policy.version}",
        routes=f"{p.routes.name}-{p.routes.version}", level=judged.level, urgency=judged.urgency, destination=judged.destination.code,
        reasons=judged.destination.reasons, matches_tablet=matches, at=p.at, actor=SERVICE,
    )  # fmt: skip
    p.names.update(given_names(p.tx, {one.person for one in findings if one.person and one.person not in p.names}))
    worded = [(found, said(visit.form, found, p.names)) for found in findings]
    add = assessments.add_shown if kind == "as_shown" else assessments.add_findings
    add(p.tx, assessment=id, submission=visit.id, household=visit.household, findings=worded, at=p.at, actor=SERVICE)
    return id


def given_names(tx: Tx, persons: Iterable[str]) -> dict[str, str]:
    """Person id -> given names, for those who are known."""
    rows = [people.person(tx, id) for id in persons]
    return {row["person"]: row["given_names"] for row in rows if row}


def said(form: Form, found: Finding, names: dict[str, str]) -> str:
    """The finding as a person reads it, with the given name of whom it is about; for what cannot be told, the question to ask."""
    rule = form.rules[found.finding]
    if found.state == "absent":
        return ""
    return filled(rule.wording if found.state == "present" else rule.ask, names.get(found.person))


def _as_shown(judged: Judgement) -> tuple[frozenset[tuple[str, str, str]], int, int]:
    shown = frozenset((one.finding, one.row, one.state) for one in judged.findings if one.state != "absent")
    return shown, judged.level.at_least, judged.level.could_be


def _told(shown: envelopes.Shown) -> tuple[frozenset[tuple[str, str, str]], int, int]:
    return frozenset(one for one in shown.findings if one[2] != "absent"), shown.at_least, shown.could_be
