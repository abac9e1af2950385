"""What happened to one family, newest first. One statement a kind of entry, each from a key on, so that a page costs the same in the
tenth year as in the first. Clinical order is (when it happened, seq): what arrived late stands where it belongs."""

from visitapp.domain.findings import SEVERITIES
from visitapp.store.assessments import in_one_row
from visitapp.store.scope import receiver
from visitapp.store.seen import FAMILIES, SEES_APART
from visitapp.store.tx import Row, Tx

WORST_FIRST = (
    "CASE f.state WHEN 'present' THEN 0 WHEN 'cannot_tell' THEN 1 ELSE 2 END,"
    " CASE f.severity WHEN 'tonight' THEN 0 WHEN 'this_week' THEN 1 ELSE 2 END, f.level DESC"
)
"""The order in which findings `f` are read."""
STATES = ("present", "cannot_tell", "absent")
NAMED = "receiving_team t ON t.seq = (SELECT max(x.seq) FROM receiving_team x WHERE x.id = r.receiving_team)"
"""A receiving team as it is described today."""
NAMED_THEN = f"receiving_team t ON t.seq = (SELECT max(x.seq) FROM receiving_team x WHERE x.id = {receiver('r', 'e')})"
"""The team that a referral was with at an event `e`, as it is described today."""

QUERIES: dict[str, str] = {
    "visit": f"""
        SELECT v.occurred_on AS happened, v.seq, v.submission, v.form, v.form_version, v.kind, v.outcome, v.at_least, v.could_be, v.urgency,
               w.name AS author_name, w.role AS author_role, j.at AS arrived_at,
               (SELECT s.occurred_on FROM addition a JOIN submission s ON s.id = a.adds_to AND s.household = a.household
                WHERE a.submission = v.submission) AS adds_to_on,
               (SELECT count(*) FROM addition a WHERE a.adds_to = v.submission AND a.household = v.household) AS added
        FROM visit v JOIN {FAMILIES} h ON h.household = v.household JOIN journal j ON j.seq = v.seq
        LEFT JOIN account_now w ON w.account = v.author
        WHERE v.household = :household AND (v.occurred_on, v.seq) < (:before, :before_seq)
        ORDER BY v.occurred_on DESC, v.seq DESC LIMIT :limit""",
    "event": f"""
        SELECT j.at AS happened, e.seq, e.referral, e.event, e.detail, r.destination, t.name AS team_name, w.name AS actor_name
        FROM referral_event e JOIN referral r ON r.id = e.referral JOIN journal j ON j.seq = e.seq
        JOIN {FAMILIES} h ON h.household = r.household
        LEFT JOIN {NAMED_THEN} LEFT JOIN account_now w ON w.account = j.actor
        WHERE r.household = :household AND (j.at, e.seq) < (:before, :before_seq)
        ORDER BY j.at DESC, e.seq DESC LIMIT :limit""",
    "delivery": f"""
        SELECT j.at AS happened, d.seq, l.referral, d.transport, d.address, d.attempt, d.outcome
        FROM delivery d JOIN letter l ON l.id = d.letter JOIN referral r ON r.id = l.referral JOIN journal j ON j.seq = d.seq
        JOIN {FAMILIES} h ON h.household = r.household
        WHERE r.household = :household AND (j.at, d.seq) < (:before, :before_seq)
        ORDER BY j.at DESC, d.seq DESC LIMIT :limit""",
    "disagreement": f"""
        SELECT j.at AS happened, e.seq, e.event, e.stage, e.detail, g.referral, g.over, w.name AS actor_name
        FROM disagreement_event e JOIN disagreement g ON g.id = e.disagreement JOIN journal j ON j.seq = e.seq
        JOIN {FAMILIES} h ON h.household = e.household LEFT JOIN account_now w ON w.account = j.actor
        WHERE e.household = :household AND (j.at, e.seq) < (:before, :before_seq) AND (e.event <> 'opened' OR e.stage > 1)
        ORDER BY j.at DESC, e.seq DESC LIMIT :limit""",
    "call": f"""
        SELECT c.at_time AS happened, c.seq, c.submission, c.who, c.number, c.reached, c.spoke_to, c.said
        FROM urgent_call c JOIN visit v ON v.submission = c.submission JOIN {FAMILIES} h ON h.household = v.household
        WHERE v.household = :household AND (c.at_time, c.seq) < (:before, :before_seq)
        ORDER BY c.at_time DESC, c.seq DESC LIMIT :limit""",
}


def entries(tx: Tx, kind: str, actor: str, household: str, before: tuple[str, int], limit: int) -> list[Row]:
    """One kind of entry, newest first, from before that key."""
    return tx.all(QUERIES[kind], actor=actor, household=household, before=before[0], before_seq=before[1], limit=limit)


def findings(tx: Tx, actor: str, household: str, first: str, last: str) -> list[Row]:
    """What is present or cannot be told in the newest assessment of each visit between two dates, an earlier child's included. What a
    graver finding says already is left out here, and stands on the visit's own page."""
    return tx.all(
        f"""SELECT f.submission, f.code, f.area, f.person, f.state, f.severity, f.level, f.said, p.given_names AS about
            FROM visit v JOIN finding f ON f.assessment = v.assessment
            JOIN {FAMILIES} h ON h.household = v.household LEFT JOIN person_now p ON p.person = f.person
            WHERE v.household = :household AND v.occurred_on >= :first AND v.occurred_on <= :last
              AND f.state IN ('present', 'cannot_tell') AND f.under = ''
            ORDER BY {WORST_FIRST}, f.seq""",
        actor=actor, household=household, first=first, last=last,
    )  # fmt: skip


def submission(tx: Tx, actor: str, submission: str) -> Row | None:
    """A visit as it was sealed, with when and from whom it came, and whether what was recorded apart is for the actor (`sees_apart`)."""
    return tx.one(
        f"""SELECT s.id, s.household, s.form, s.form_version, s.envelope, s.body, s.sha256, s.occurred_on, s.received_at,
                   h.name AS family, w.name AS author_name, w.role AS author_role,
                   {SEES_APART}
            FROM submission s JOIN {FAMILIES} h ON h.household = s.household LEFT JOIN account_now w ON w.account = s.author
            WHERE s.id = :submission""",
        actor=actor, submission=submission,
    )  # fmt: skip


def assessments(tx: Tx, submission: str) -> list[Row]:
    """Every judgement of a visit, newest first; the caller has shown that the actor may see the visit."""
    return tx.all("SELECT * FROM assessment WHERE submission = :submission ORDER BY seq DESC", submission=submission)


def findings_of(tx: Tx, submission: str) -> list[Row]:
    """Every finding of every judgement of a visit, the worst first, with the given names of the person it is about; what is absent
    last."""
    told = tx.all(
        f"""SELECT f.assessment, f.code, f.area, f.person, f.row_id, f.state, f.severity, f.level, f.said, f.because, f.missing, f.under,
                  p.given_names AS about
           FROM finding f LEFT JOIN person_now p ON p.person = f.person WHERE f.submission = :submission ORDER BY {WORST_FIRST}, f.seq""",
        submission=submission,
    )
    about = {row["person"]: row["about"] for row in told}
    return told + sorted(
        (row | {"about": about.get(row["person"])} for row in in_one_row(tx, "submission", ":submission", submission=submission)),
        key=worst_first,
    )


def worst_first(row: Row) -> tuple[int, int, int]:
    """The same order as `WORST_FIRST`, of rows that no statement sorts."""
    return STATES.index(row["state"]), SEVERITIES.index(row["severity"]), -row["level"]


def problems_of(tx: Tx, submission: str) -> Row | None:
    """What the form's schema found wrong in a visit that was kept all the same."""
    return tx.one("SELECT problems FROM answer_problems WHERE submission = :submission ORDER BY seq DESC LIMIT 1", submission=submission)


def people_named_in(tx: Tx, household: str) -> list[Row]:
    """Everybody who was ever a member, to put names to the rows of a visit."""
    return tx.all(
        """SELECT p.person, p.given_names, p.family_name FROM person_now p
           WHERE p.person IN (SELECT m.person FROM membership m WHERE m.household = :household)""",
        household=household,
    )
