"""A referral's steps: whether one can be taken, and who owes the next by when.

Who owes what is decided when it becomes owed, under the policy of that moment, and kept as a fact; whether it is overdue is asked of the
clock and never kept. The owner is always somebody of ours: while the receiving team owes the answer, the practitioner owes the question.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from visitapp.domain import referrals as states
from visitapp.domain.moments import later
from visitapp.domain.working_days import add_working_days_to_instant
from visitapp.formlang import Policy
from visitapp.problems import problem
from visitapp.store import duties, referrals
from visitapp.store.tx import Row, Tx

if TYPE_CHECKING:
    from visitapp.wiring import Wired


@dataclass(frozen=True)
class Owed:
    """What a state leaves to be done."""

    kind: str
    what: str
    by_receiver: bool = False


OWED: dict[str, Owed] = {
    states.PROPOSED: Owed("complete", "Complete the referral and send it, or withdraw it with a reason"),
    states.REQUESTED: Owed("deliver", "See that the letter goes out; if it is not delivered by then, phone and hand it over another way"),
    states.LETTERED: Owed("deliver", "See that the letter arrives; if it is not delivered by then, phone and hand it over another way"),
    states.DELIVERED: Owed("acknowledge", "The receiving team is to acknowledge it: phone them if that is late", by_receiver=True),
    states.ACKNOWLEDGED: Owed("decide", "The receiving team is to decide: phone them if that is late", by_receiver=True),
}


def due_at(policy: Policy, state: str, level: int, urgency: str, at: str) -> str:
    """The instant by which what a state leaves is owed. Our own clocks run by the hour, and so does the wait to hear that something urgent
    has arrived; the receiver's statutory reply runs in working days."""
    as_level = 4 if urgency == "tonight" else max(2, min(4, level))
    if state == states.PROPOSED:
        return later(at, hours=policy.number(f"complete_level_{as_level}"))
    if state in (states.REQUESTED, states.LETTERED):
        return later(at, hours=policy.number("deliver"))
    if state == states.DELIVERED and as_level == 4:
        return later(at, hours=policy.number("acknowledge_level_4"))
    return add_working_days_to_instant(at, policy.number(OWED[state].kind))


def owe(w: Wired, tx: Tx, referral: Row, *, at: str, actor: str, owner: str, since: str | None = None) -> None:
    """Record who owes the next step of a referral in the state it is in now; `since` is when its clock began, when that was earlier."""
    state = referrals.state(tx, referral["id"])
    if state not in OWED:
        return
    owed = OWED[state]
    duties.owe(
        tx, subject=referral["id"], kind=owed.kind, what=owed.what, at=at, actor=actor, household=referral["household"],
        due_at=due_at(w.catalogue.policy, state, referral["level"], referral["urgency"], since or at),
        referral=referral["id"], owner_account=owner, owner_team=referral["receiving_team"] if owed.by_receiver else None,
    )  # fmt: skip


def move(tx: Tx, referral: Row, event: str, detail: dict[str, Any], at: str, actor: str) -> None:
    """Something happens to a referral, if it can in the state it is in now. Raises Problem state_wrong; under the household's lock."""
    state = referrals.state(tx, referral["id"])
    if states.after(state, event) is None:
        raise problem("state_wrong", state=states.words(state or states.PROPOSED))
    referrals.add_event(tx, referral, event, detail=detail, at=at, actor=actor)
