"""The answers to councils' own forms, as they stood when the letter was written."""

from typing import Any

from visitapp.store.assessments import compact
from visitapp.store.tx import Row, Tx


def add_sheet(
    tx: Tx, *, recipient: str, letter: str, household: str, portal: str, answers: list[dict[str, Any]], at: str, actor: str
) -> int | None:
    """The answers for one recipient; None when they are kept already."""
    return tx.append_new(
        "portal_sheet", at=at, actor=actor, household=household, recipient=recipient, letter=letter, portal=portal,
        answers=compact(answers),
    )  # fmt: skip


def sheet(tx: Tx, recipient: str) -> Row | None:
    """The answers for one recipient, with the instant at which they were put together."""
    return tx.one(
        "SELECT s.*, j.at FROM portal_sheet s JOIN journal j ON j.seq = s.seq WHERE s.recipient = :recipient", recipient=recipient
    )


def sheets(tx: Tx, referral: str) -> list[Row]:
    """The answers for every recipient of a referral, with the reference that shows that one was sent, who recorded it and when."""
    return tx.all(
        "SELECT s.*, j.at, r.name, r.address, CASE WHEN h.recipient IS NULL THEN 0 ELSE 1 END AS waiting,"
        " d.proof AS reference, k.at AS sent_at, k.actor AS sent_by FROM recipient r JOIN portal_sheet s ON s.recipient = r.id"
        " JOIN journal j ON j.seq = s.seq LEFT JOIN handing_over h ON h.recipient = r.id"
        " LEFT JOIN delivery d ON d.recipient = r.id AND d.outcome = 'sent' LEFT JOIN journal k ON k.seq = d.seq"
        " WHERE r.referral = :referral ORDER BY r.seq",
        referral=referral,
    )
