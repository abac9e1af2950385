"""What was added to a visit after it was sealed: submissions of their own that stand beside it."""

from visitapp.store.seen import SEES_APART
from visitapp.store.tx import Row, Tx


def add(tx: Tx, *, submission: str, household: str, adds_to: str, at: str, actor: str) -> int | None:
    """Say which visit a submission adds to; None when that was said before."""
    return tx.append_new("addition", at=at, actor=actor, household=household, submission=submission, adds_to=adds_to)


def of(tx: Tx, actor: str, submission: str, household: str) -> list[Row]:
    """What was added to a visit of a family, in the order in which it arrived, bytes included; the caller has shown that the actor may see
    the visit."""
    return tx.all(
        f"""SELECT a.submission, s.form, s.form_version, s.body, s.occurred_on, w.name AS author_name, w.role AS author_role, {SEES_APART}
           FROM addition a JOIN submission s ON s.id = a.submission LEFT JOIN household_now h ON h.household = a.household
           LEFT JOIN account_now w ON w.account = s.author
           WHERE a.adds_to = :submission AND a.household = :household ORDER BY a.seq""",
        actor=actor, submission=submission, household=household,
    )  # fmt: skip


def authors(tx: Tx, submission: str) -> set[str]:
    """Who added something to a visit, whichever family it is filed with now."""
    found = tx.all(
        "SELECT DISTINCT s.author FROM addition a JOIN submission s ON s.id = a.submission WHERE a.adds_to = :submission",
        submission=submission,
    )
    return {row["author"] for row in found}


def adds_to(tx: Tx, submission: str) -> Row | None:
    """The visit that a submission adds to, of the same family: its id, and its form and day, which are None while it is on the way; None
    where the submission adds to nothing."""
    return tx.one(
        """SELECT a.adds_to AS id, s.form, s.form_version, s.occurred_on FROM addition a
           LEFT JOIN submission s ON s.id = a.adds_to AND s.household = a.household WHERE a.submission = :submission""",
        submission=submission,
    )  # fmt: skip
