"""The referrals of records that are joined, and that are taken apart again. After a joining what is learnt goes to one referral: a proposal
that says no more is replaced by it, and one that says more raises it. One that was sent as well stays, with its own clock, because
somebody has it and owes an answer. Whatever is owed is owed where the family is recorded. After a joining in error each record has its own
again, and whoever had a letter meanwhile is told that it may say something of another family.
"""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

from visitapp.domain import disagreements as disputes
from visitapp.domain import duties as kinds
from visitapp.domain import referrals as states
from visitapp.domain.moments import date_words, day_of
from visitapp.flow import taken_back, updates, whose
from visitapp.flow.duties import HANDED_OVER
from visitapp.flow.letters import reference
from visitapp.flow.raised import open_of, says_as_much, was_sent
from visitapp.flow.refer import SERVICE, proposal_of, propose, replaced
from visitapp.store import disagreements, duties, filed, letters, life_events, records, referrals, submissions
from visitapp.store.seen import Families
from visitapp.store.tx import Row, Tx

if TYPE_CHECKING:
    from visitapp.wiring import Wired

ONE_OF_TWO = "two records are of this one family, and what this asked for goes with {reference}."
STAYS = "Two records are of this one family. What is learnt from now on goes with this referral ({reference}), and with no other."
BESIDE = (
    "Two records are of this one family, and this referral ({reference}) was sent as well as {other}. It keeps its own clock and"
    " answer. Tell whoever has it of the other one; what is learnt from now on goes with {other}."
)
BY_HAND = (
    "Two records are of this one family, and this referral ({reference}), which a person proposed, still waits beside {other}. Send it,"
    " or withdraw it and tell what it says as news of {other}."
)
MIXED = (
    "From {since} until {until} our record of this family was joined with another’s. What our letters of that time say may be of that"
    " other family."
)
THEIRS = "What they say of the visit of {days} is of them."
APART = "It is another family. Nothing that was recorded of it is about this one. Ask us for what you are not sure of. {why}"
SAYS_WHO = "Whoever put our record right. Phone the practitioner named in this letter."


def joined(w: Wired, tx: Tx, household: str, *, at: str, actor: str) -> None:
    """Two records are one from now on: its referrals are made one, and everybody who owes one, or joined the records, is told. Under the
    household's lock."""
    found = open_of(tx, household)
    for one in referrals.open_ones(tx, Families.several(tuple(records.with_parts(tx, household)))):
        _owed_where_it_stands(tx, one, at, actor)
    for one in found[1:]:
        if not was_sent(tx, one) and _may_go_with(tx, one, found[0]):
            replaced(tx, one, ONE_OF_TWO.format(reference=reference(found[0]["id"])), at)
            propose(w, tx, proposal_of(tx, one), at, anew=True)
    if len(found) > 1:
        _tell(tx, open_of(tx, household), at, actor)


def _may_go_with(tx: Tx, referral: Row, first: Row) -> bool:
    """What the service proposed goes with whatever takes it; what a person proposed is theirs to send or to withdraw."""
    if _by_hand(tx, referral):
        return False
    return was_sent(tx, first) or not _by_hand(tx, first) or says_as_much(first, proposal_of(tx, referral))


def _by_hand(tx: Tx, referral: Row) -> bool:
    return bool(referrals.events(tx, referral["id"])[0]["actor"] != SERVICE)


def _tell(tx: Tx, found: list[Row], at: str, actor: str) -> None:
    """Which one stays, and what becomes of the others."""
    first = reference(found[0]["id"])
    for number, one in enumerate(found):
        words = (BESIDE if was_sent(tx, one) else BY_HAND) if number else STAYS
        what = words.format(reference=reference(one["id"]), other=first)
        for account in dict.fromkeys(who for who in whose.with_deputies(tx, [actor, _owner(tx, one)], at) if who):
            if whose.ours(tx, one["household"], account):  # whoever agreed to it may be of another team, and sees it no more
                referrals.tell(tx, to_account=account, what=what, at=at, actor=actor, household=one["household"], referral=one["id"])


def beside(w: Wired, referral: str) -> tuple[Row, ...]:
    """Every open referral of a family that has several, the one that takes what is learnt first, each with its reference and its state in
    words; none where there is only one, or this one is closed. The caller has shown that the actor may see it."""
    with w.engine.read() as tx:
        row = referrals.referral(tx, referral)
        found = open_of(tx, row["household"]) if row else []
        if len(found) < 2 or all(one["id"] != referral for one in found):
            return ()
        words = {one["id"]: states.words(referrals.state(tx, one["id"]) or states.PROPOSED) for one in found}
    return tuple(one | {"reference": reference(one["id"]), "words": words[one["id"]]} for one in found)


def _owner(tx: Tx, referral: Row) -> str | None:
    duty = duties.duty(tx, referral["id"])
    return duty["owner_account"] if duty else None


def _owed_where_it_stands(tx: Tx, referral: Row, at: str, actor: str) -> None:
    """What is owed for a referral is owed in the record where it stands now, by whoever owed it, while they may see that family."""
    for subject in _subjects(tx, referral["id"]):
        duty = duties.duty(tx, subject)
        if duty is not None and duty["household"] != referral["household"]:
            owner = whose.ours(tx, referral["household"], duty["owner_account"]) or whose.practitioner(tx, referral["household"])
            kept = {part: duty[part] for part in HANDED_OVER}
            duties.owe(tx, at=at, actor=actor, household=referral["household"], owner_account=owner, **kept)


def _subjects(tx: Tx, referral: str) -> list[str]:
    """What may be owed for a referral."""
    argued = [disputes.subject(one["id"], stage) for one in disagreements.of_referral(tx, referral) for stage in disputes.STAGES]
    return [referral, kinds.raise_subject(referral), kinds.follow_up_subject(referral), *argued]


def taken_apart(w: Wired, tx: Tx, joining: Row, why: str, *, at: str, actor: str) -> None:
    """They are two families after all, and were judged again as such. Each has its own referrals; what was told in those of the one of
    visits of the other is told in theirs. Under the locks of both."""
    sides = [
        tuple(dict.fromkeys((*records.with_parts(tx, one), *life_events.family_of(tx, one))))
        for one in (joining["household"], joining["duplicate"])
    ]
    for here, there in (sides, reversed(sides)):
        for referral in referrals.all_of(tx, Families.several(here)):
            _owed_where_it_stands(tx, referral, at, actor)
            theirs = [one for one in _visits_told(tx, referral["id"], joining["seq"]) if filed.home(tx, one) in there]
            if _was_written(tx, referral, joining["seq"]):
                updates.tell_in(w, tx, referral, _correction(tx, theirs, joining["at"], at, why), at=at, actor=actor)
            for submission in theirs:
                taken_back.from_referrals(w, tx, submission, here, why, None, at=at, actor=actor)
                propose(w, tx, taken_back.as_judged(w, tx, submission), at, anew=True)


def _visits_told(tx: Tx, referral: str, after: int) -> list[str]:
    """The visits that were attached to a referral after a moment, or raised it."""
    told = [one for one in referrals.events(tx, referral) if one["event"] in (states.NEWS, states.RAISED) and one["seq"] > after]
    return list(dict.fromkeys(id for one in told if (id := json.loads(one["detail"]).get("submission"))))


def _was_written(tx: Tx, referral: Row, after: int) -> bool:
    """Whether somebody was sent a letter of it that was written after a moment."""
    sent = referrals.state(tx, referral["id"]) not in (None, states.PROPOSED, states.WITHDRAWN)
    return sent and letters.written_after(tx, referral["id"], after)


def _correction(tx: Tx, theirs: list[str], since: str, at: str, why: str) -> updates.More:
    wrong = MIXED.format(since=date_words(day_of(since)), until=date_words(day_of(at)))
    days = sorted({str(visit["occurred_on"]) for one in theirs if (visit := submissions.submission(tx, one))})
    if days:
        wrong = f"{wrong} {THEIRS.format(days=' and of '.join(date_words(date.fromisoformat(day)) for day in days))}"
    right = APART.format(why=why)[: updates.LONGEST]
    return updates.More(kind=updates.CORRECTION, was_wrong=wrong, is_right=right, says_who=SAYS_WHO)
