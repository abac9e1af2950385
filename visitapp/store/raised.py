"""Referrals that a later visit made graver: from what to what, why, and by which visit. The newest stands."""

from visitapp.store.assessments import compact
from visitapp.store.tx import Row, Tx


def add(
    tx: Tx, *, id: str, referral: str, household: str, submission: str, assessment: str, from_level: int, from_urgency: str,
    from_destination: str, level: int, urgency: str, destination: str, reasons: tuple[str, ...], at: str, actor: str,
) -> int:  # fmt: skip
    """A referral is raised from how it stands to how it is now."""
    return tx.append(
        "referral_raised", at=at, actor=actor, household=household, id=id, referral=referral, submission=submission,
        assessment=assessment, from_level=from_level, from_urgency=from_urgency, from_destination=from_destination,
        level=level, urgency=urgency, destination=destination, reasons=compact(list(reasons)),
    )  # fmt: skip


def of(tx: Tx, referral: str) -> list[Row]:
    """Every time that it was raised, in order, with when and by whom."""
    return tx.all(
        "SELECT r.*, j.at, j.actor FROM referral_raised r JOIN journal j ON j.seq = r.seq WHERE r.referral = :referral ORDER BY r.seq",
        referral=referral,
    )
