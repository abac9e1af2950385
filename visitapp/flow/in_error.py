"""A visit that was entered in error for a family: it stands from now on with the family it belongs to, or with none. Its bytes stay as they
came, both chronologies say it, both families are judged again, what was proposed on it is withdrawn, and whoever had a letter that rests on
it is told by a correction.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from visitapp.domain import referrals as states
from visitapp.domain.duties import DONE, error_subject
from visitapp.domain.moments import date_words
from visitapp.domain.past import ADDITION
from visitapp.flow import assess, duties, plans, reading, taken_back, updates, whose
from visitapp.flow.kept_visit import read_visit, routes_of
from visitapp.flow.protected import address_kept_back, stays_kept_back
from visitapp.flow.refer import propose
from visitapp.problems import wrong
from visitapp.store import assessments, filed, households, life_events, referrals, scope, submissions
from visitapp.store import duties as open_duties
from visitapp.store.tx import Row, Tx

if TYPE_CHECKING:
    from visitapp.wiring import Wired

TOLD = "A visit was entered in error for a family that you look after, or belongs to it. Look at what it called for, and what now stands."
WRONG_FAMILY = "The visit of {day}, on which this letter rests, was recorded for the wrong family."
NOT_THIS = "Nothing that the letter takes from that visit is about this family. {why}"
SAID_IN_ERROR = "A visit that was entered in error said so. Whoever knows that it need not be says so here. {why}"
MEANWHILE = "Somebody put this visit with another family meanwhile. Open it again to see where it stands now."
OVERTAKEN = "Somebody put the visit where it belongs meanwhile."


@dataclass(frozen=True)
class Page:
    """One side before it is done: the visit, the family in whose record it stands, what was said of it before, the referrals that rest
    on it, each with its state in words, and what waits for a second person."""

    visit: Row
    family: Row
    said: tuple[Row, ...]
    referrals: tuple[str, ...]
    waits: tuple[Row, ...]


def page(w: Wired, actor: str, submission: str) -> Page | None:
    """None where there is no such visit or it is not this actor's to see. The reading is journalled."""
    with w.engine.read() as tx:
        row = submissions.submission(tx, submission)
        if row is None or not scope.may_see_family(tx, actor, row["household"]):
            return None
        family = households.household(tx, row["household"])
        assert family is not None
        rest = tuple(states.words(referrals.state(tx, one["id"]) or states.PROPOSED) for one in referrals.of_submission(tx, submission))
        shown = Page(row, family, tuple(filed.errors(tx, submission)), rest, tuple(filed.waiting_errors(tx, submission)))
    at = w.clock()
    w.writer.submit(lambda tx: tx.journal("read.visit", at=at, actor=actor, household=shown.family["household"], detail=submission))
    return shown


def move(
    w: Wired, tx: Tx, row: Row, to: str | None, why: str, at: str, actor: str, *, field: str = "belongs_to"
) -> None:  # fmt: skip
    """Let a kept visit stand elsewhere, in the transaction of whatever puts the record right. Raises Problem with the field."""
    before = row["household"]
    check(w, tx, actor, row, to, field)
    _no_more_asked(tx, row["id"], at, actor)
    kept_back = address_kept_back(w, tx, life_events.earlier(tx, before))
    filed.in_error(tx, submission=row["id"], household=before, belongs_to=to, why=why, at=at, actor=actor)
    _correct(w, tx, row, why, at, actor)
    if to:
        _judge(w, tx, row | {"household": to}, at)
    for household in dict.fromkeys(one for one in (before, to) if one):
        judge_from(w, tx, household, (row["occurred_on"], row["seq"]), at)
        plans.watch(w, tx, household, at)
        whom = [whose.practitioner(tx, household), whose.ours(tx, household, row["author"])]
        whose.tell_each(tx, whom, TOLD, household=household, at=at, actor=actor)
    taken_back.duties_of(tx, row["id"], before, to, why, at=at, actor=actor)
    if kept_back:
        stays_kept_back(w, tx, [before], SAID_IN_ERROR.format(why=why), at=at, actor=actor)


def check(w: Wired, tx: Tx, actor: str, row: Row, to: str | None, field: str = "belongs_to") -> None:
    """Whether the visit can stand there. Raises Problem with the field."""
    whose.act_for(tx, actor, row["household"])
    stands = filed.home(tx, row["id"])
    if stands is None and not to:
        raise wrong("why", "This visit stands in no record already.")
    if stands not in (None, row["household"]):  # moved while this waited for the lock
        raise wrong(field, MEANWHILE)
    if to:
        _fits(w, tx, actor, row, to, field)


def _no_more_asked(tx: Tx, submission: str, at: str, actor: str) -> None:
    """What waits for a second person waits no longer once the visit was put elsewhere."""
    for asked in filed.waiting_errors(tx, submission):
        duty = open_duties.duty(tx, error_subject(asked["id"]))
        if duty is not None:
            open_duties.close(tx, duty, how=DONE, evidence=OVERTAKEN, at=at, actor=actor)


def _fits(w: Wired, tx: Tx, actor: str, row: Row, to: str, field: str) -> None:
    """A visit can stand with another family only if everybody it names belongs or belonged there."""
    if to == filed.home(tx, row["id"]):
        raise wrong(field, "It stands with this family already. Choose the other.")
    whose.act_for(tx, actor, to)
    form = w.catalogue.form(row["form"], row["form_version"])
    if form.kind == ADDITION:
        raise wrong(field, "This adds to another visit. Say it of the visit itself.")
    named = reading.people_named(form, json.loads(row["body"]))
    if not named <= households.ever_members(tx, to):
        raise wrong(field, "It has answers about somebody who never belonged to that family. Take it out here, and record it there.")


def _correct(w: Wired, tx: Tx, row: Row, why: str, at: str, actor: str) -> None:
    """What was proposed on the visit is withdrawn, and what it raised falls; whoever had a letter is told what was wrong."""
    on = date_words(date.fromisoformat(row["occurred_on"]))
    more = updates.More(
        kind=updates.CORRECTION, was_wrong=WRONG_FAMILY.replace("{day}", on), is_right=NOT_THIS.replace("{why}", why)[: updates.LONGEST],
        says_who="Whoever put our record right. Phone the practitioner named in this letter.",
    )  # fmt: skip
    family = life_events.family_of(tx, row["household"])
    taken_back.from_referrals(w, tx, row["id"], family, why, more, at=at, actor=actor)


def _judge(w: Wired, tx: Tx, row: Row, at: str) -> None:
    """Judge the visit as one of the family with which it stands now: what it calls for is owed there, and a referral proposed, whatever
    was proposed for the family before."""
    visit, place = read_visit(w, tx, row), assess.Place(w, tx, routes_of(w, tx, row["household"]), at)
    facts = assess.looked_back(w, tx, visit).given(visit.household)
    proposal, judged = assess.judge_today(place, visit, assess.judge(place, visit, facts))
    duties.open_from(w, tx, visit, judged.findings, at)
    propose(w, tx, proposal, at, anew=True)


def judge_from(w: Wired, tx: Tx, household: str, after: tuple[str, int], at: str) -> None:
    """Judge the visits of a family that came after a moment (day, seq) again: they have another past now."""
    place = assess.Place(w, tx, routes_of(w, tx, household), at)
    for later in assessments.later(tx, household, *after):
        kept = submissions.submission(tx, later)
        if kept is not None:
            assess.judge_again(place, read_visit(w, tx, kept))


def of_visit(w: Wired, actor: str, submission: str) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
    """What was said of a visit in error, and what waits for a second person, for its page, whose reading is journalled already."""
    with w.engine.read() as tx:
        row = submissions.submission(tx, submission)
        if row is None or not scope.may_see_family(tx, actor, row["household"]):
            return (), ()
        return tuple(filed.errors(tx, submission)), tuple(filed.waiting_errors(tx, submission))
