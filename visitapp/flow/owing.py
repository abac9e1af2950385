"""A referral's steps: whether one can be taken, and who owes the next by when.

Who owes what is decided when it becomes owed, under the policy of that moment, and kept as a fact; whether it is overdue is asked of the
clock and never kept. The owner is always somebody of ours: while the receiving team owes the answer, the practitioner owes the question.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from visitapp.domain import referrals as states
from visitapp.flow import clocks, whose
from visitapp.formlang import Policy
from visitapp.problems import problem
from visitapp.store import duties, referrals, teams
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
    states.RETURNED: Owed("send_on", "Not for them: choose where else the referral goes, or withdraw it with a reason"),
    states.ACKNOWLEDGED: Owed("decide", "The receiving team is to decide: phone them if that is late", by_receiver=True),
}


def due_at(policy: Policy, state: str, level: int, urgency: str, at: str) -> str:
    """The instant by which what a state leaves is owed. Handing a letter over has as long as what it asks for can wait; our other clocks
    run by the hour, and so does every answer to something urgent; the receiver's statutory reply runs in working days."""
    as_level = 4 if urgency == "tonight" else max(2, min(4, level))
    kind = OWED[state].kind
    if state in (states.PROPOSED, states.RETURNED):  # choosing again is completing it again
        kind = f"complete_level_{as_level}"
    elif OWED[state].by_receiver and as_level == 4:
        kind = f"{kind}_level_4"
    elif kind == "deliver" and as_level < 4:
        kind = f"deliver_{urgency}"
    return clocks.due(policy, kind, at)


def owe(w: Wired, tx: Tx, referral: Row, *, at: str, actor: str, owner: str, since: str | None = None) -> None:
    """Record who owes the next step of a referral in the state it is in now; `since` is when its clock began, when that was earlier. Where
    the family went to somebody else since, whose `owner` may not see it, its practitioner owes it."""
    state = referrals.state(tx, referral["id"])
    if state not in OWED:
        return
    owed, here = OWED[state], referral["household"]
    ours = whose.ours(tx, here, owner) or whose.practitioner(tx, here, owner)
    duties.owe(
        tx, subject=referral["id"], kind=owed.kind, what=owed.what, at=at, actor=actor, household=here,
        due_at=due_at(_clocks(w, tx, referral, owed), state, referral["level"], referral["urgency"], since or at),
        referral=referral["id"], owner_account=ours, owner_team=referral["receiving_team"] if owed.by_receiver else None,
    )  # fmt: skip


def _clocks(w: Wired, tx: Tx, referral: Row, owed: Owed) -> Policy:
    """A receiver answers by the clocks of its own area, which may be another than where the family lives; ours run by the family's."""
    team = teams.receiving_team(tx, referral["receiving_team"]) if owed.by_receiver and referral["receiving_team"] else None
    return w.catalogue.policy_of(team["area"]) if team else clocks.policy(w, tx, referral["household"])


def move(tx: Tx, referral: Row, event: str, detail: dict[str, Any], at: str, actor: str) -> None:
    """Something happens to a referral, if it can in the state it is in now. Raises Problem state_wrong; under the household's lock."""
    in_state(tx, referral, event)
    referrals.add_event(tx, referral, event, detail=detail, at=at, actor=actor)


def in_state(tx: Tx, referral: Row, event: str) -> None:
    """Raises Problem state_wrong unless this can happen to a referral in the state it is in now."""
    state = referrals.state(tx, referral["id"])
    if states.after(state, event) is None:
        raise problem("state_wrong", state=states.words(state or states.PROPOSED))
