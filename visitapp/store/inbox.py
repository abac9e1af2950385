"""Referrals as their two sides see them, and what a supervisor is told: the practitioner's and supervisor's list, the receiving team's
inbox, notices, and visits that were set aside."""

from collections.abc import Sequence

from visitapp.store.chronology import NAMED, NAMED_THEN, WORST_FIRST
from visitapp.store.letters import ASKING, ITS_RECEIVERS_FIRST
from visitapp.store.seen import REFERRALS
from visitapp.store.tx import Row, Tx, numbered

CLOSED = "EXISTS (SELECT 1 FROM referral_event e WHERE e.referral = r.id AND e.event IN ('withdrawn', 'decided'))"


def referral(side: str) -> str:
    """A referral with the names around it, as one side sees it."""
    return f"""
        SELECT r.seq, r.id, r.household, r.submission, r.assessment, r.level, r.urgency, r.destination, r.receiving_team, h.name AS family,
               h.practitioner, p.name AS practitioner_name, p.phone AS practitioner_phone, t.name AS team_name, j.at AS proposed_at
        FROM {REFERRALS[side]} r JOIN household_now h ON h.household = r.household JOIN journal j ON j.seq = r.seq
        LEFT JOIN account_now p ON p.account = h.practitioner LEFT JOIN {NAMED}"""


def open_ones(tx: Tx, side: str, actor: str) -> list[Row]:
    """Every referral on which somebody still owes something, in short: as many rows as are open, however long the past is."""
    return tx.all(
        f"""SELECT r.seq, r.id, r.urgency, (SELECT min(d.due_at) FROM duty d WHERE d.referral = r.id) AS due_at
            FROM {REFERRALS[side]} r WHERE NOT {CLOSED}""",
        actor=actor,
    )


def steps(tx: Tx, ids: Sequence[str]) -> list[Row]:
    """What happened to these referrals, in order, but for news, which moves nothing."""
    among, values = numbered(ids)
    return tx.all(
        f"SELECT e.referral, e.event FROM referral_event e WHERE e.referral IN ({among}) AND e.event <> 'news' ORDER BY e.seq", **values
    )


def these(tx: Tx, side: str, actor: str, ids: Sequence[str]) -> list[Row]:
    """These referrals, those of them that the actor may see."""
    among, values = numbered(ids)
    return tx.all(f"{referral(side)} WHERE r.id IN ({among})", actor=actor, **values)


def closed_ones(tx: Tx, side: str, actor: str, before: int, limit: int) -> list[Row]:
    """Referrals that were decided or withdrawn, newest first."""
    return tx.all(
        f"{referral(side)} WHERE {CLOSED} AND r.seq < :before ORDER BY r.seq DESC LIMIT :limit", actor=actor, before=before, limit=limit
    )


def one(tx: Tx, side: str, actor: str, id: str) -> Row | None:
    return tx.one(f"{referral(side)} WHERE r.id = :id", actor=actor, id=id)


def events(tx: Tx, ids: Sequence[str]) -> list[Row]:
    """What happened to these referrals, in order; the caller has shown that the actor may see them."""
    among, values = numbered(ids)
    return tx.all(
        "SELECT e.referral, e.event, e.detail, e.seq, j.at, w.name AS actor_name, t.name AS team_name FROM referral_event e"
        " JOIN referral r ON r.id = e.referral JOIN journal j ON j.seq = e.seq LEFT JOIN account_now w ON w.account = j.actor"
        f" LEFT JOIN {NAMED_THEN} WHERE e.referral IN ({among}) ORDER BY e.seq",
        **values,
    )


def duties(tx: Tx, ids: Sequence[str]) -> list[Row]:
    """What is owed for these referrals, soonest first; the caller has shown that the actor may see them."""
    among, values = numbered(ids)
    return tx.all(
        "SELECT d.referral, d.kind, d.what, d.due_at, d.owner_account, o.name AS owner, d.owner_team FROM duty d"
        f" LEFT JOIN account_now o ON o.account = d.owner_account WHERE d.referral IN ({among}) ORDER BY d.due_at",
        **values,
    )


def deliveries(tx: Tx, referral: str) -> list[Row]:
    """Each attempt to hand over a letter; the caller has shown that the actor may see the referral. `recipient` is None for a referral of
    before there were recipients."""
    return tx.all(
        """SELECT d.recipient, d.transport, d.address, d.attempt, d.outcome, d.proof, d.seq, j.at
           FROM delivery d JOIN letter l ON l.id = d.letter JOIN journal j ON j.seq = d.seq WHERE l.referral = :referral ORDER BY d.seq""",
        referral=referral,
    )


def findings(tx: Tx, assessment: str) -> list[Row]:
    """What a referral was proposed on; the caller has shown that the actor may see it."""
    return tx.all(
        f"""SELECT f.code, f.area, f.state, f.severity, f.level, f.said, p.given_names AS about
           FROM finding f LEFT JOIN person_now p ON p.person = f.person
           WHERE f.assessment = :assessment AND f.state IN ('present', 'cannot_tell')
           ORDER BY {WORST_FIRST}, f.seq""",
        assessment=assessment,
    )


def letter(tx: Tx, referral: str) -> Row | None:
    """The letter that asks its receiver to act; the caller has shown that the actor may see the referral."""
    return tx.one(
        "SELECT l.id, l.bytes, l.sha256, l.pages, l.content, l.document, l.number FROM letter l WHERE l.referral = :referral"
        f" AND {ASKING} ORDER BY {ITS_RECEIVERS_FIRST} LIMIT 1",
        referral=referral,
    )


def receiving_team(tx: Tx, team: str) -> Row | None:
    return tx.one("SELECT * FROM receiving_team WHERE id = :team ORDER BY seq DESC LIMIT 1", team=team)


def assessment(tx: Tx, assessment: str) -> Row | None:
    return tx.one("SELECT * FROM assessment WHERE id = :assessment", assessment=assessment)


def notices(tx: Tx, actor: str, before: int, limit: int) -> list[Row]:
    """What this account was told, newest first."""
    return tx.all(
        """SELECT n.seq, n.referral, n.household, n.what, h.name AS family, j.at
           FROM notice n JOIN journal j ON j.seq = n.seq LEFT JOIN household_now h ON h.household = n.household
           WHERE n.to_account = :actor AND n.seq < :before ORDER BY n.seq DESC LIMIT :limit""",
        actor=actor, before=before, limit=limit,
    )  # fmt: skip


def newest(tx: Tx, actor: str) -> Row:
    """Where the news of an account stands: the newest that it was told (`told`, a seq), and how many questions about visits it owes an
    answer to, the newest of them since `asked`. Two looks into indexes, however long anybody has been told things."""
    row = tx.one(
        """SELECT coalesce((SELECT max(n.seq) FROM notice n WHERE n.to_account = :actor), 0) AS told, count(*) AS owed,
                  coalesce(max(d.opened_seq), 0) AS asked FROM duty d WHERE d.owner_account = :actor AND d.kind = 'question'""",
        actor=actor,
    )  # fmt: skip
    assert row is not None
    return row


def set_aside(tx: Tx, actor: str, before: int, limit: int) -> list[Row]:
    """Visits in quarantine that nobody has settled and that are this supervisor's or their team's to settle, newest first."""
    return tx.all(
        """SELECT q.seq, q.id, q.submission, q.reason, q.received_at, q.owner, o.name AS owner_name, a.name AS author_name
           FROM quarantine q JOIN account_now o ON o.account = q.owner LEFT JOIN account_now a ON a.account = q.author
           WHERE o.team = (SELECT me.team FROM account_now me WHERE me.account = :actor) AND q.seq < :before
             AND NOT EXISTS (SELECT 1 FROM quarantine_resolved x WHERE x.quarantine = q.id)
           ORDER BY q.seq DESC LIMIT :limit""",
        actor=actor, before=before, limit=limit,
    )  # fmt: skip
