"""A referral that a later visit finds graver is raised: from what to what, why and by which visit is kept, and telling whoever has it is
owed by the graver need's clock. They are told by an update that asks for it again (`flow/asking_again.py`), never by a second referral.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from visitapp.domain import duties as kinds
from visitapp.domain import referrals as states
from visitapp.domain.findings import DESTINATIONS, URGENCIES
from visitapp.flow import clocks, whose
from visitapp.flow.owing import due_at, owe
from visitapp.problems import problem, wrong
from visitapp.store import duties, households, life_events, raised, referral_calls, referrals
from visitapp.store.seen import Families
from visitapp.store.tx import Row, Tx

if TYPE_CHECKING:
    from visitapp.flow.refer import Proposal
    from visitapp.wiring import Wired

LONGEST = 10_000
TELL_THEM = "A later visit found this referral graver: phone whoever has it where it cannot wait, and send them the update"
SAID = "A referral became graver by a later visit. Phone where it cannot wait, and send the update that asks for it again."


def says_as_much(referral: Row, proposal: Proposal) -> bool:
    """Whether a referral as it stands is as grave as what a visit calls for: in where it goes, in its level, and in whether it can wait
    until tomorrow."""
    no_graver_place = DESTINATIONS.index(proposal.destination.code) >= DESTINATIONS.index(referral["destination"])
    can_wait = proposal.urgency != "tonight" or referral["urgency"] == "tonight" or proposal.destination.code == "none"
    return bool(no_graver_place and proposal.level.at_least <= referral["level"] and can_wait)


def open_of(tx: Tx, household: str) -> list[Row]:
    """The open referrals of a family, whichever of its records they belong to. What is learnt later goes to the first of them that it can
    go to: one that was sent before one that was not, of those the one that asks for most, and then the newest."""
    here = whose.recorded(tx, household)
    every = life_events.earlier(tx, here)
    ours = [one for one in every if one == here or whose.recorded(tx, one) == here]
    rows = referrals.open_ones(tx, Families.several(tuple(ours)))
    return sorted(rows, key=lambda one: _asks_for(one, was_sent(tx, one)))


def _asks_for(referral: Row, sent: bool) -> tuple[bool, int, int, int]:
    place, soon = DESTINATIONS.index(referral["destination"]), URGENCIES.index(referral["urgency"])
    return not sent, place, -int(referral["level"]), soon


def was_sent(tx: Tx, referral: Row) -> bool:
    """Whether somebody has it, or is to have it, so that what is graver raises it."""
    return referrals.state(tx, referral["id"]) in states.SENT


def raise_it(w: Wired, tx: Tx, referral: Row, proposal: Proposal, *, at: str, actor: str) -> None:
    """Raise a referral that was sent. What waits for us already runs by the graver clock from now on; an answer is still owed to what they
    were told. Under the household's lock."""
    level, urgency = max(referral["level"], proposal.level.at_least), min(referral["urgency"], proposal.urgency, key=URGENCIES.index)
    destination = min(referral["destination"], proposal.destination.code, key=DESTINATIONS.index)
    raised.add(
        tx, id=w.new_id(), referral=referral["id"], household=referral["record"], submission=proposal.submission,
        assessment=proposal.assessment, from_level=referral["level"], from_urgency=referral["urgency"],
        from_destination=referral["destination"], level=level, urgency=urgency, destination=destination,
        reasons=proposal.destination.reasons, at=at, actor=actor,
    )  # fmt: skip
    detail = {"submission": proposal.submission, "from_urgency": referral["urgency"], "urgency": urgency}
    referrals.add_event(tx, referral, states.RAISED, detail=detail, at=at, actor=actor)
    family = households.household(tx, referral["household"])
    owner = (family["practitioner"] if family else None) or proposal.author
    now = referral | {"level": level, "urgency": urgency, "destination": destination}
    owe_telling(w, tx, now, owner=owner, since=at, at=at, actor=actor)
    if referrals.state(tx, referral["id"]) == states.RETURNED:
        owe(w, tx, now, at=at, actor=actor, owner=owner)
    for account in dict.fromkeys(whose.with_deputies(tx, [owner, *whose.supervisors(tx, family)], at)):
        referrals.tell(tx, to_account=account, what=SAID, at=at, actor=actor, household=referral["household"], referral=referral["id"])


def owe_telling(w: Wired, tx: Tx, referral: Row, *, owner: str, since: str, at: str, actor: str) -> None:
    """Telling them is owed as completing it was: by the level that it has now. `since` is when the clock began."""
    policy = clocks.policy(w, tx, referral["household"])
    duties.owe(
        tx, subject=kinds.raise_subject(referral["id"]), kind=kinds.RAISE, what=TELL_THEM, at=at, actor=actor,
        due_at=due_at(policy, states.PROPOSED, referral["level"], referral["urgency"], since), household=referral["household"],
        referral=referral["id"], owner_account=owner,
    )  # fmt: skip


def untold(tx: Tx, referral: str) -> Row | None:
    """What raised a referral and is not told yet, with how it stood when they were last told; None where nothing is. The gravest is the
    newest, because nothing less raises it."""
    since = not_told(tx, referral)
    return since[-1] | {name: since[0][name] for name in ("from_level", "from_urgency", "from_destination")} if since else None


def not_told(tx: Tx, referral: str) -> list[Row]:
    """Every time that an open referral was raised since whoever has it was last told, or it was let stand."""
    happened = referrals.events(tx, referral)
    if not states.is_untold(one["event"] for one in happened):
        return []
    settled = max((one["seq"] for one in happened if one["event"] in (states.REQUESTED_AGAIN, states.LET_STAND)), default=0)
    return [one for one in raised.of(tx, referral) if one["seq"] > settled]


def as_told(tx: Tx, referral: Row, submission: str) -> Row:
    """A referral as whoever has it knows it, for another visit: where what raised it was let stand they were told nothing, so that the next
    visit that finds as much raises it again. A visit that is attached already was weighed with what was let stand."""
    moves = (states.RAISED, states.REQUESTED_AGAIN, states.LET_STAND)
    last = [one for one in referrals.events(tx, referral["id"]) if one["event"] in moves]
    if not last or last[-1]["event"] != states.LET_STAND or referrals.tells_of(tx, referral["id"], submission):
        return referral
    told_last = max((one["seq"] for one in last if one["event"] == states.REQUESTED_AGAIN), default=0)
    first = next(one for one in raised.of(tx, referral["id"]) if one["seq"] > told_last)
    return referral | {name: first[f"from_{name}"] for name in ("level", "urgency", "destination")}


def since(tx: Tx, referral: str) -> str:
    """The instant at which it was last raised; '' where it never was. What was agreed by phone before says nothing of the graver need."""
    return next((row["at"] for row in reversed(raised.of(tx, referral))), "")


def reached(tx: Tx, referral: str) -> Row | None:
    """The first call since it was last raised in which somebody answered."""
    after = since(tx, referral)
    return next((one for one in referral_calls.of(tx, referral) if one["reached"] and one["at_time"] >= after), None)


def told(tx: Tx, referral: str, how: str, evidence: str, at: str, actor: str) -> None:
    """Telling them is owed no more."""
    duty = duties.duty(tx, kinds.raise_subject(referral))
    if duty is not None:
        duties.close(tx, duty, how=how, evidence=evidence, at=at, actor=actor)


def let_stand(w: Wired, actor: str, referral: str, reason: str) -> None:
    """The practitioner says why they are not told, as a proposal is withdrawn: the reason is kept and the supervisors are told. Raises
    Problem with the field `stand_reason`."""
    if not reason.strip():
        raise wrong("stand_reason", "Say why they need not be told.")
    if len(reason) > LONGEST:
        raise wrong("stand_reason", "Make this shorter.")
    at = w.clock()

    def write(tx: Tx) -> None:
        row = referrals.referral(tx, referral)
        if row is None:
            raise problem("not_found")
        family = whose.act_for(tx, actor, row["household"])
        if untold(tx, referral) is None:
            raise problem("state_wrong", state=states.words(referrals.state(tx, referral) or states.PROPOSED))
        referrals.add_event(tx, row, states.LET_STAND, detail={"reason": reason}, at=at, actor=actor)
        told(tx, referral, kinds.EXCUSED, reason, at, actor)
        what = "A referral that became graver was let stand as it was sent, with a reason."
        for account in whose.with_deputies(tx, list(whose.supervisors(tx, family)), at):
            if account != actor:
                referrals.tell(tx, to_account=account, what=what, at=at, actor=actor, household=row["household"], referral=referral)

    w.writer.submit(write)
