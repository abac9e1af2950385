"""What happened to one family: the entries of its chronology (`chronology_line` has their order, when it happened and then seq, so what
arrived late stands where it belongs), and one visit as it was sealed. One statement a kind of entry, however many there are."""

from collections.abc import Sequence

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

_BY = "LEFT JOIN account_now w ON w.account = j.actor"
QUERIES: dict[str, str] = {
    "visit": """
        SELECT s.seq, v.occurred_on AS happened, v.submission, v.form, v.form_version, v.kind, v.outcome, v.at_least, v.could_be,
               v.urgency, w.name AS author_name, w.role AS author_role, j.at AS arrived_at, t.said,
               (SELECT x.occurred_on FROM addition a JOIN submission x ON x.id = a.adds_to AND x.household = a.household
                WHERE a.submission = v.submission) AS adds_to_on,
               (SELECT count(*) FROM addition a WHERE a.adds_to = v.submission AND a.household = v.household) AS added,
               (SELECT e.why FROM visit_error e WHERE e.submission = v.submission AND e.belongs_to = v.household
                ORDER BY e.seq DESC LIMIT 1) AS moved_here
        FROM submission s JOIN visit v ON v.submission = s.id JOIN journal j ON j.seq = s.seq
        LEFT JOIN visit_said t ON t.submission = s.id LEFT JOIN account_now w ON w.account = v.author WHERE s.seq IN""",
    "visit_error": f"""
        SELECT e.seq, e.submission, e.why, e.belongs_to, s.occurred_on, w.name AS actor_name FROM visit_error e
        JOIN submission s ON s.id = e.submission JOIN journal j ON j.seq = e.seq {_BY} WHERE e.seq IN""",
    "event": f"""
        SELECT e.seq, e.referral, e.event, e.detail, r.destination, t.name AS team_name, w.name AS actor_name
        FROM referral_event e JOIN referral r ON r.id = e.referral JOIN journal j ON j.seq = e.seq LEFT JOIN {NAMED_THEN} {_BY}
        WHERE e.seq IN""",
    "delivery": """
        SELECT d.seq, l.referral, d.transport, d.address, d.attempt, d.outcome FROM delivery d JOIN letter l ON l.id = d.letter
        WHERE d.seq IN""",
    "disagreement": f"""
        SELECT e.seq, e.event, e.stage, e.detail, g.referral, g.over, w.name AS actor_name FROM disagreement_event e
        JOIN disagreement g ON g.id = e.disagreement JOIN journal j ON j.seq = e.seq {_BY} WHERE e.seq IN""",
    "call": """
        SELECT c.seq, c.submission, c.who, c.number, c.reached, c.spoke_to, c.said FROM urgent_call c WHERE c.seq IN""",
    "referral_call": f"""
        SELECT c.seq, c.referral, c.whom AS who, c.number, c.reached, c.spoke_to, c.agreed AS said, w.name AS actor_name
        FROM referral_call c JOIN journal j ON j.seq = c.seq {_BY} WHERE c.seq IN""",
    "danger_call": f"""
        SELECT c.seq, c.submission, c.whom AS who, c.number, c.reached, c.spoke_to, c.agreed AS said, w.name AS actor_name
        FROM danger_call c JOIN journal j ON j.seq = c.seq {_BY} WHERE c.seq IN""",
    "plan": "SELECT p.seq, p.source, p.agreed_by, p.trigger_words, p.actions AS detail, p.review_on FROM plan p WHERE p.seq IN",
    "plan_ended": """
        SELECT e.seq, e.reason, p.trigger_words, p.agreed_on FROM plan_ended e JOIN plan p ON p.id = e.plan WHERE e.seq IN""",
    "trigger": "SELECT m.seq, m.why, p.trigger_words, p.agreed_on FROM trigger_met m JOIN plan p ON p.id = m.plan WHERE m.seq IN",
    "duty_closed": f"""
        SELECT d.seq, d.how, d.evidence, d.reference, d.subject, w.name AS actor_name,
               (SELECT o.what FROM owed o WHERE o.subject = d.subject AND o.seq < d.seq ORDER BY o.seq DESC LIMIT 1) AS what
        FROM duty_closed d JOIN journal j ON j.seq = d.seq {_BY} WHERE d.seq IN""",
    "help": "SELECT o.seq, o.what, o.words FROM help_order o WHERE o.seq IN",
    "help_step": "SELECT s.seq, s.step, s.words, o.what FROM help_step s JOIN help_order o ON o.id = s.help_order WHERE s.seq IN",
    "level": f"""
        SELECT a.seq, a.level, a.from_level, a.reason, w.name AS actor_name FROM level_agreed a JOIN journal j ON j.seq = a.seq {_BY}
        WHERE a.seq IN""",
    "level_answer": f"""
        SELECT r.seq, r.agrees, r.reason, a.level, w.name AS actor_name FROM level_answer r JOIN level_agreed a ON a.id = r.level_agreed
        JOIN journal j ON j.seq = r.seq {_BY} WHERE r.seq IN""",
    "closing": f"""
        SELECT c.seq, c.reason, w.name AS actor_name FROM closing c JOIN journal j ON j.seq = c.seq {_BY} WHERE c.seq IN""",
    "closing_answer": f"""
        SELECT a.seq, a.agrees, a.reason, w.name AS actor_name FROM closing_answer a JOIN journal j ON j.seq = a.seq {_BY}
        WHERE a.seq IN""",
    "decision": f"""
        SELECT d.seq, d.what, d.why, d.decided_by, d.review_on, p.given_names AS about, w.name AS actor_name FROM supervision_decision d
        JOIN journal j ON j.seq = d.seq LEFT JOIN person_now p ON p.person = d.person {_BY} WHERE d.seq IN""",
    "agency": "SELECT a.seq, a.name, a.kind AS agency_kind, a.knows FROM agency a WHERE a.seq IN",
    "agency_told": """
        SELECT t.seq, t.how, t.words, a.name FROM agency_told t JOIN agency a ON a.id = t.agency WHERE t.seq IN""",
    "agency_closed": """
        SELECT c.seq, c.reason, a.name FROM agency_closed c JOIN agency a ON a.id = c.agency WHERE c.seq IN""",
    "lead": "SELECT l.seq, l.name FROM lead_professional l WHERE l.seq IN",
    "meeting": "SELECT m.seq, m.attended, m.decisions AS detail FROM meeting m WHERE m.seq IN",
    "residence": """
        SELECT r.seq, r.address, r.postcode, x.why AS in_error FROM residence r LEFT JOIN residence_error x ON x.residence = r.seq
        WHERE r.seq IN""",
    "residence_error": f"""
        SELECT x.seq, x.why, r.address, w.name AS actor_name FROM residence_error x JOIN residence r ON r.seq = x.residence
        JOIN journal j ON j.seq = x.seq {_BY} WHERE x.seq IN""",
    "phone_number": f"""
        SELECT f.seq, f.whose, p.given_names, p.family_name, w.name AS actor_name FROM phone_number f JOIN journal j ON j.seq = f.seq
        LEFT JOIN person_now p ON p.person = f.person {_BY} WHERE f.seq IN""",
    "person_same": f"""
        SELECT s.seq, s.why, p.given_names, p.family_name, w.name AS actor_name FROM person_same s JOIN journal j ON j.seq = s.seq
        LEFT JOIN person_now p ON p.person = s.stands {_BY} WHERE s.seq IN""",
    "person_same_error": f"""
        SELECT x.seq, x.why, p.given_names, p.family_name, w.name AS actor_name FROM person_same_error x
        JOIN person_same s ON s.id = x.same JOIN journal j ON j.seq = x.seq LEFT JOIN person_now p ON p.person = s.stands {_BY}
        WHERE x.seq IN""",
    "join_asked": f"""
        SELECT a.seq, a.words, t.name AS to_team, w.name AS actor_name FROM join_asked a JOIN journal j ON j.seq = a.seq
        LEFT JOIN team t ON t.seq = (SELECT max(x.seq) FROM team x WHERE x.id = a.to_team) {_BY} WHERE a.seq IN""",
    "join_answered": f"""
        SELECT e.seq, e.how, e.reason, w.name AS actor_name FROM join_answered e JOIN journal j ON j.seq = e.seq {_BY} WHERE e.seq IN""",
    "second_home": """
        SELECT s.seq, s.with_whom, s.days, p.given_names, p.family_name FROM second_home s LEFT JOIN person_now p ON p.person = s.person
        WHERE s.seq IN""",
    "second_home_ended": """
        SELECT e.seq, e.why, s.with_whom, p.given_names, p.family_name FROM second_home_ended e JOIN second_home s ON s.id = e.second_home
        LEFT JOIN person_now p ON p.person = s.person WHERE e.seq IN""",
    "membership": """
        SELECT m.seq, m.role, p.given_names, p.family_name, p.born_on, p.due_on FROM membership m
        LEFT JOIN person_now p ON p.person = m.person WHERE m.seq IN""",
    "membership_end": """
        SELECT e.seq, e.reason, m.role, p.given_names, p.family_name FROM membership_end e JOIN membership m ON m.id = e.membership
        LEFT JOIN person_now p ON p.person = m.person WHERE e.seq IN""",
    "life_event": """
        SELECT e.seq, e.kind AS life_event, e.words, p.given_names, p.family_name, x.why AS in_error FROM life_event e
        LEFT JOIN life_event_error x ON x.event = e.seq LEFT JOIN person_now p ON p.person = e.person WHERE e.seq IN""",
    "life_event_error": f"""
        SELECT x.seq, x.why, e.kind AS life_event, w.name AS actor_name FROM life_event_error x JOIN life_event e ON e.seq = x.event
        JOIN journal j ON j.seq = x.seq {_BY} WHERE x.seq IN""",
    "reminders_resumed": f"""
        SELECT r.seq, r.why, w.name AS actor_name FROM reminders_resumed r JOIN journal j ON j.seq = r.seq {_BY} WHERE r.seq IN""",
    "record_put_right": f"""
        SELECT r.seq, r.other, r.what, r.why, h.name AS other_name, w.name AS actor_name FROM record_put_right r
        JOIN journal j ON j.seq = r.seq LEFT JOIN household_now h ON h.household = r.other {_BY} WHERE r.seq IN""",
    "handover": f"""
        SELECT h.seq, h.id, h.kind AS handover_kind, h.words, t.name AS to_name, m.name AS to_team, w.name AS actor_name FROM handover h
        JOIN journal j ON j.seq = h.seq LEFT JOIN account_now t ON t.account = h.to_account
        LEFT JOIN team m ON m.seq = (SELECT max(x.seq) FROM team x WHERE x.id = h.to_team) {_BY} WHERE h.seq IN""",
    "handover_ended": f"""
        SELECT e.seq, e.how, e.reason, w.name AS actor_name FROM handover_ended e JOIN journal j ON j.seq = e.seq {_BY} WHERE e.seq IN""",
    "practitioner": """
        SELECT n.seq, n.capacity, w.name, w.role FROM named_practitioner n LEFT JOIN account_now w ON w.account = n.account
        WHERE n.seq IN""",
}
"""The details of each kind of entry, by the seqs of its lines."""


def entries(tx: Tx, kind: str, seqs: Sequence[int]) -> list[Row]:
    """Entries of one kind; the caller has shown that the actor may see the family whose lines they are."""
    values = {f"seq{number}": seq for number, seq in enumerate(seqs)}
    return tx.all(f"{QUERIES[kind]} ({', '.join(f':{name}' for name in values)})", **values)


def findings(tx: Tx, visits: Sequence[str]) -> list[Row]:
    """What is present or cannot be told in the newest assessment of each of these visits, an earlier child's included. What a graver one
    says already is left out here, and stands on the visit's own page. The caller has shown that the actor may see them."""
    values = {f"visit{number}": visit for number, visit in enumerate(visits)}
    return tx.all(
        f"""SELECT f.submission, f.code, f.area, f.person, f.state, f.severity, f.level, f.said, p.given_names AS about
            FROM visit v JOIN finding f ON f.assessment = v.assessment LEFT JOIN person_now p ON p.person = f.person
            WHERE v.submission IN ({", ".join(f":{name}" for name in values)})
              AND f.state IN ('present', 'cannot_tell') AND f.under = ''
            ORDER BY {WORST_FIRST}, f.seq""",
        **values,
    )  # fmt: skip


def submission(tx: Tx, actor: str, submission: str) -> Row | None:
    """A visit as it was sealed, with when and from whom it came, and whether what was recorded apart is for the actor (`sees_apart`)."""
    return tx.one(
        f"""SELECT s.id, h.household, s.form, s.form_version, s.envelope, s.body, s.sha256, s.occurred_on, s.received_at,
                   h.name AS family, w.name AS author_name, w.role AS author_role,
                   {SEES_APART}
            FROM submission s JOIN {FAMILIES} h ON h.household = coalesce((SELECT f.household FROM visit_filed f
              WHERE f.submission = s.id AND f.until_seq IS NULL), s.household) LEFT JOIN account_now w ON w.account = s.author
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
    """Everybody who was ever a member, and who stands for them, to put names to the rows of a visit."""
    return tx.all(
        """SELECT p.person, p.given_names, p.family_name FROM person_now p
           WHERE p.person IN (SELECT m.person FROM membership m WHERE m.household = :household UNION SELECT s.stands FROM membership m
             JOIN stands_for s ON s.person = m.person WHERE m.household = :household)""",
        household=household,
    )
