"""Calls about a referral: whom, on which number, who answered, and what was agreed."""

from visitapp.store.tx import Row, Tx


def add(
    tx: Tx, *, id: str, referral: str, household: str, whom: str, number: str, reached: bool, spoke_to: str, at_time: str, agreed: str,
    at: str, actor: str,
) -> int:  # fmt: skip
    """Somebody was phoned at `at_time`; `reached` is whether anybody answered, and then `spoke_to` who."""
    return tx.append(
        "referral_call", at=at, actor=actor, household=household, id=id, referral=referral, whom=whom, number=number, reached=reached,
        spoke_to=spoke_to, at_time=at_time, agreed=agreed,
    )  # fmt: skip


def of(tx: Tx, referral: str) -> list[Row]:
    """Every call about a referral in the order of the day, with who recorded it."""
    return tx.all(
        "SELECT c.id, c.whom, c.number, c.reached, c.spoke_to, c.at_time, c.agreed, c.seq, j.at, j.actor FROM referral_call c"
        " JOIN journal j ON j.seq = c.seq WHERE c.referral = :referral ORDER BY c.at_time, c.seq",
        referral=referral,
    )
