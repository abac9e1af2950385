"""Professional disagreements over referrals, and what happened in each."""

from typing import Any

from visitapp.store.assessments import compact
from visitapp.store.tx import Row, Tx


def add(tx: Tx, *, id: str, referral: str, household: str, over: str, at_risk: bool, at: str, actor: str) -> int:
    """A disagreement is raised; its first events are to be added after it."""
    return tx.append("disagreement", at=at, actor=actor, household=household, id=id, referral=referral, over=over, at_risk=at_risk)


def add_event(tx: Tx, disagreement: Row, event: str, stage: int, detail: dict[str, Any], *, at: str, actor: str) -> int | None:
    """Something happened in it; None when that already happened (only what was said comes more than once)."""
    return tx.append_new(
        "disagreement_event", at=at, actor=actor, household=disagreement["household"], disagreement=disagreement["id"], event=event,
        stage=stage, detail=compact(detail),
    )  # fmt: skip


def disagreement(tx: Tx, id: str) -> Row | None:
    """One, as raised. Not scoped: who asks has shown that they may act for the family."""
    return tx.one("SELECT d.*, j.at, j.actor FROM disagreement d JOIN journal j ON j.seq = d.seq WHERE d.id = :id", id=id)


def of_referral(tx: Tx, referral: str) -> list[Row]:
    """Those over one referral, the newest first."""
    return tx.all(
        "SELECT d.*, j.at, j.actor FROM disagreement d JOIN journal j ON j.seq = d.seq WHERE d.referral = :referral ORDER BY d.seq DESC",
        referral=referral,
    )


def events(tx: Tx, disagreement: str) -> list[Row]:
    """What happened in it, in order, with who wrote it and when."""
    return tx.all(
        "SELECT e.event, e.stage, e.detail, e.seq, j.at, j.actor, a.name AS actor_name FROM disagreement_event e"
        " JOIN journal j ON j.seq = e.seq LEFT JOIN account_now a ON a.account = j.actor"
        " WHERE e.disagreement = :disagreement ORDER BY e.seq",
        disagreement=disagreement,
    )


def overdue(tx: Tx, kind: str, before: str) -> list[Row]:
    """The stages that are owed and past their time."""
    return tx.all("SELECT * FROM duty WHERE kind = :kind AND due_at < :before ORDER BY due_at, opened_seq", kind=kind, before=before)
