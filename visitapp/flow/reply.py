"""The receiving team's answer. Only an account of the team that the referral went to can give it; each answer is a fact with its author,
and the practitioner and their supervisor are told, because the commonest complaint of those who refer is that they never hear.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from visitapp.domain import referrals as states
from visitapp.flow.owing import move, owe
from visitapp.flow.refer import owner_of
from visitapp.problems import problem, wrong
from visitapp.store import accounts, referrals
from visitapp.store.tx import Row, Tx

if TYPE_CHECKING:
    from visitapp.wiring import Wired

OUTCOMES: dict[str, str] = {
    "assessment_s17": "Assess the child’s needs (section 17)",
    "enquiry_s47": "Start a child protection enquiry (section 47)",
    "early_help": "Offer early help",
    "no_further_action": "No further action by social care",
    "not_for_us": "Not for this team",
}


def acknowledge(w: Wired, actor: str, referral: str) -> None:
    """The team has it. Raises Problem when it is not theirs, or was already acknowledged."""
    at = w.clock()

    def write(tx: Tx) -> None:
        row = _received_by(tx, actor, referral)
        delivered = _when(tx, referral, states.DELIVERED)
        move(tx, row, states.ACKNOWLEDGED, {}, at, actor)
        owe(w, tx, row, at=at, actor=actor, owner=_referrer(tx, row), since=delivered)

    w.writer.submit(write)


def decide(w: Wired, actor: str, referral: str, outcome: str, reason: str, next_step: str) -> None:
    """What the team decided, why, and what happens next. Deciding is also acknowledging. Raises Problem with a field."""
    if outcome not in OUTCOMES:
        raise wrong("outcome", "Choose what was decided.")
    if not reason.strip():
        raise problem("reason_missing", "reason")
    at = w.clock()

    def write(tx: Tx) -> None:
        row = _received_by(tx, actor, referral)
        move(tx, row, states.DECIDED, {"outcome": outcome, "reason": reason, "next_step": next_step}, at, actor)
        _tell(tx, row, f"A referral was answered: {OUTCOMES[outcome]}.", at, actor)

    w.writer.submit(write)


def _received_by(tx: Tx, actor: str, referral: str) -> Row:
    row, asking = referrals.referral(tx, referral), accounts.account(tx, actor)
    theirs = row and asking and asking["role"] == "social_care" and asking["receiving_team"] == row["receiving_team"]
    if row is None or not theirs or _when(tx, referral, states.DELIVERED) is None:
        raise problem("not_found")
    tx.lock_household(row["household"])
    return row


def _when(tx: Tx, referral: str, event: str) -> str | None:
    return next((row["at"] for row in referrals.events(tx, referral) if row["event"] == event), None)


def _referrer(tx: Tx, row: Row) -> str:
    sent = next((event["actor"] for event in referrals.events(tx, row["id"]) if event["event"] == states.REQUESTED), "")
    return owner_of(tx, row["household"], sent)


def _tell(tx: Tx, row: Row, what: str, at: str, actor: str) -> None:
    owner = _referrer(tx, row)
    practitioner = accounts.account(tx, owner)
    team = practitioner["team"] if practitioner else None
    supervisors = [one["account"] for one in accounts.accounts_in_team(tx, team, "supervisor")] if team else []
    for account in dict.fromkeys([owner, *supervisors]):
        referrals.tell(tx, to_account=account, what=what, at=at, actor=actor, household=row["household"], referral=row["id"])
