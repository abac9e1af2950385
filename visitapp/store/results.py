"""What became of the visits somebody sent: only their own, by id."""

from visitapp.store.assessments import in_one_row
from visitapp.store.tx import Row, Tx, numbered

MOST = 50
"""Ids in one question."""


def kept(tx: Tx, author: str, ids: list[str]) -> list[Row]:
    """Each kept visit with its newest assessment, and the one that was made from the facts the tablet had."""
    names, values = numbered(ids)
    return tx.all(
        f"""SELECT s.id, s.household, h.area AS council_area, a.id AS assessment, a.at_least, a.could_be, a.urgency, a.destination,
                   (SELECT b.id FROM assessment b WHERE b.submission = s.id AND b.kind = 'as_shown' ORDER BY b.seq DESC LIMIT 1) AS as_shown
            FROM submission s LEFT JOIN visit v ON v.submission = s.id LEFT JOIN assessment a ON a.id = v.assessment
            LEFT JOIN household_now h ON h.household = s.household
            WHERE s.author = :author AND s.id IN ({names})""",
        author=author, **values,
    )  # fmt: skip


def set_aside(tx: Tx, author: str, ids: list[str]) -> list[Row]:
    """Those of them that were put in quarantine and not taken in from there."""
    names, values = numbered(ids)
    return tx.all(
        f"""SELECT DISTINCT q.submission FROM quarantine q WHERE q.author = :author AND q.submission IN ({names})
            AND NOT EXISTS (SELECT 1 FROM quarantine_resolved x WHERE x.quarantine = q.id AND x.outcome = 'take_in')""",
        author=author, **values,
    )  # fmt: skip


def findings(tx: Tx, assessments: list[str]) -> list[Row]:
    """The findings of these judgements, what is absent last."""
    names, values = numbered(assessments)
    return tx.all(
        f"""SELECT f.assessment, f.code, f.area, f.person, f.row_id, f.state, f.severity, f.level, f.said, f.because, f.missing
            FROM finding f WHERE f.assessment IN ({names}) ORDER BY f.seq""",
        **values,
    ) + in_one_row(tx, "assessment", names, **values)  # fmt: skip


def referrals(tx: Tx, author: str, ids: list[str]) -> list[Row]:
    """The events of the referrals proposed from these visits, or found graver by them, in order."""
    names, values = numbered(ids)
    return tx.all(
        f"""SELECT r.submission AS submission, r.id AS id, e.event AS event, e.seq AS seq
            FROM referral r JOIN referral_event e ON e.referral = r.id
            JOIN submission s ON s.id = r.submission
            WHERE s.author = :author AND r.submission IN ({names})
            UNION SELECT u.submission AS submission, u.referral AS id, e.event AS event, e.seq AS seq FROM referral_raised u
            JOIN referral_event e ON e.referral = u.referral JOIN submission s ON s.id = u.submission
            WHERE s.author = :author AND u.submission IN ({names}) ORDER BY seq""",
        author=author, **values,
    )  # fmt: skip
