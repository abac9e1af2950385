"""What a visit did is taken back where it is not this family's: what was proposed of it is withdrawn, a need that it raised stands no more,
whoever had a letter is told by a correction, and what it alone called for is owed no more. The family that it belongs to has its own.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

from visitapp.domain import duties as kinds
from visitapp.domain import referrals as states
from visitapp.domain.findings import Destination, Level
from visitapp.flow import raised, updates, whose
from visitapp.flow.asking_again import as_raised
from visitapp.flow.duties import HANDED_OVER
from visitapp.flow.kept_visit import routes_of
from visitapp.flow.refer import SERVICE, Proposal, propose
from visitapp.store import assessments, duties, life_events, referral_updates, referrals, submissions
from visitapp.store.seen import Families
from visitapp.store.tx import Row, Tx

if TYPE_CHECKING:
    from visitapp.wiring import Wired

WITHDRAWN = "The visit that it rests on was entered in error: {why}"
NOT_GRAVER = "The visit that raised it is not this family’s: {why}"
CALLED_FOR = "The visit that called for this was entered in error, and no other visit calls for it. {why}"
OF_THE_VISIT = (kinds.DEBRIEF, kinds.COUNTERSIGN, kinds.QUESTION)
"""Kinds of duty that are about the visit itself and go where it goes."""


def from_referrals(
    w: Wired, tx: Tx, submission: str, records: Sequence[str], why: str, correction: updates.More | None, *, at: str, actor: str
) -> None:  # fmt: skip
    """A visit told of something in the referrals of these records. `correction`: what everybody who had it is told; None where they are
    told another way. Under the household's lock."""
    for referral in referrals.telling_of(tx, Families.several(tuple(records)), submission):
        state = referrals.state(tx, referral["id"])
        if state == states.PROPOSED and referral["submission"] == submission:
            referrals.add_event(tx, referral, states.WITHDRAWN, detail={"reason": WITHDRAWN.format(why=why)}, at=at, actor=SERVICE)
        elif state not in (None, states.PROPOSED, states.WITHDRAWN):
            _falls(w, tx, referral, submission, why, at, actor)
            if correction and (referral["submission"] == submission or _was_told(tx, referral["id"], submission)):
                updates.tell_in(w, tx, referral, correction, at=at, actor=actor)


def _was_told(tx: Tx, referral: str, submission: str) -> bool:
    return any(one["submission"] == submission for one in referral_updates.of(tx, referral))


def _falls(w: Wired, tx: Tx, referral: Row, submission: str, why: str, at: str, actor: str) -> None:
    """A need that they are not told of yet is owed no more where this visit raised it; what other visits raised with it is weighed anew."""
    since = raised.not_told(tx, referral["id"])
    if all(one["submission"] != submission for one in since):
        return
    because = NOT_GRAVER.format(why=why)
    referrals.add_event(tx, referral, states.LET_STAND, detail={"reason": because}, at=at, actor=SERVICE)
    raised.told(tx, referral["id"], kinds.NOT_NEEDED, because, at, actor)
    for one in since:
        if one["submission"] != submission:
            propose(w, tx, as_judged(w, tx, one["submission"]) if one["actor"] == SERVICE else as_raised(w, tx, one), at, anew=True)


def as_judged(w: Wired, tx: Tx, submission: str) -> Proposal:
    """What a visit gives reason for by its standing judgement, in the record where it stands."""
    visit, judged = submissions.submission(tx, submission), assessments.of_kind(tx, submission, "today")
    assert visit is not None
    assert judged is not None
    words = routes_of(w, tx, visit["household"]).destinations[judged["destination"]].words
    place = Destination(judged["destination"], words, tuple(json.loads(judged["reasons"])))
    level = Level(judged["at_least"], judged["could_be"])
    return Proposal(visit["household"], submission, judged["id"], visit["author"], level, judged["urgency"], place)


def duties_of(tx: Tx, submission: str, before: str, to: str | None, why: str, *, at: str, actor: str) -> None:
    """What is owed about the visit itself goes with it; what it alone called for in the record `before` is owed there no more. Once its
    visits are judged without it."""
    for duty in duties.of_household(tx, before):
        if duty["kind"] in OF_THE_VISIT and duty["subject"].split(":")[1] == submission:
            if to is not None:
                owner = whose.ours(tx, to, duty["owner_account"]) or whose.supervisor(tx, to)
                kept = {part: duty[part] for part in HANDED_OVER}
                duties.owe(tx, at=at, actor=actor, household=to, owner_account=owner, **kept)
        elif duty["subject"].startswith(kinds.OF_FINDING) and _only_it_called_for(tx, duty, before, submission):
            duties.close(tx, duty, how=kinds.NOT_NEEDED, evidence=CALLED_FOR.format(why=why), at=at, actor=actor)


def _only_it_called_for(tx: Tx, duty: Row, before: str, submission: str) -> bool:
    code, whom = kinds.of_finding(duty["subject"])
    family = Families.several(life_events.family_of(tx, before))
    return duties.called_for_by(tx, submission, code, whom) and not duties.called_for(tx, family, code, whom)
