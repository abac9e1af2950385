"""What was told after a referral was sent: its updates and corrections, numbered from 2."""

from visitapp.store.tx import Row, Tx


def add(
    tx: Tx, *, id: str, referral: str, household: str, number: int, kind: str, submission: str | None, words: str, was_wrong: str,
    is_right: str, says_who: str, at: str, actor: str,
) -> int:  # fmt: skip
    """An update or a correction is to go out; `submission` is a visit that it tells of."""
    return tx.append(
        "referral_update", at=at, actor=actor, household=household, id=id, referral=referral, number=number, kind=kind,
        submission=submission, words=words, was_wrong=was_wrong, is_right=is_right, says_who=says_who,
    )  # fmt: skip


def of(tx: Tx, referral: str) -> list[Row]:
    """All of them, in order, with who wrote each and when."""
    return tx.all(
        "SELECT u.id, u.number, u.kind, u.submission, u.words, u.was_wrong, u.is_right, u.says_who, u.seq, j.at, j.actor"
        " FROM referral_update u JOIN journal j ON j.seq = u.seq WHERE u.referral = :referral ORDER BY u.number",
        referral=referral,
    )


def numbered(tx: Tx, referral: str, number: int) -> Row | None:
    """One of them."""
    return tx.one(
        "SELECT u.*, j.at, j.actor FROM referral_update u JOIN journal j ON j.seq = u.seq"
        " WHERE u.referral = :referral AND u.number = :number",
        referral=referral, number=number,
    )  # fmt: skip
