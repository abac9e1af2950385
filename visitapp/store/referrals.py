"""Referrals and what happened to each, notices, and visits that were set aside. A referral's state is computed from its events
(`domain/referrals.py`); who owes the next step is in `store/duties.py`.
"""

from typing import Any

from visitapp.domain import referrals as states
from visitapp.store.assessments import compact
from visitapp.store.scope import as_raised, receiver, stands
from visitapp.store.seen import Families
from visitapp.store.tx import Row, Tx

AS_IT_IS = (
    f"r.seq, r.id, {stands('r.household')} AS household, r.household AS record, r.submission, r.assessment,"
    f" {as_raised('r', 'level')} AS level, {as_raised('r', 'urgency')} AS urgency, {as_raised('r', 'destination')} AS destination,"
    f" {receiver('r')} AS receiving_team, r.receiving_team AS first_team"
)
"""A referral `r` as grave as it is now, with the team that it is with now and the one that it was sent to first. `household` is where its
family is recorded now: who it is about, who owes what, and who may see it. `record` is whose record it belongs to, under which what happens
to it is kept, so that it is that family's alone again when two records were joined in error."""


def add(
    tx: Tx,
    *,
    id: str,
    household: str,
    submission: str,
    assessment: str,
    level: int,
    urgency: str,
    destination: str,
    receiving_team: str | None,
    at: str,
    actor: str,
) -> int:
    """A referral is proposed on one judgement; its first event is to be added after it."""
    return tx.append(
        "referral", at=at, actor=actor, household=household, id=id, submission=submission, assessment=assessment, level=level,
        urgency=urgency, destination=destination, receiving_team=receiving_team,
    )  # fmt: skip


def add_event(tx: Tx, referral: Row, event: str, *, detail: dict[str, Any], at: str, actor: str) -> int | None:
    """Something happened to it; None when that already happened in this round (only news, being raised, and a letter that came
    back and its arrival, come more than once)."""
    return tx.append_new(
        "referral_event", at=at, actor=actor, household=referral["record"], referral=referral["id"], event=event,
        detail=compact(detail), round=round_of(tx, referral["id"]) + (event == states.REQUESTED_AGAIN),
    )  # fmt: skip


def round_of(tx: Tx, referral: str) -> int:
    """How often its steps have begun, from 1: once more each time that it was given back, or asked for again."""
    found = tx.one(
        "SELECT count(*) AS back FROM referral_event WHERE referral = :referral AND event IN (:returned, :again)",
        referral=referral, returned=states.RETURNED, again=states.REQUESTED_AGAIN,
    )  # fmt: skip
    assert found is not None
    return 1 + int(found["back"])


def referral(tx: Tx, id: str) -> Row | None:
    """A referral as proposed, with the team that it is with now. Not scoped: screens ask through `look`."""
    return tx.one(f"SELECT {AS_IT_IS}, j.at FROM referral r JOIN journal j ON j.seq = r.seq WHERE r.id = :id", id=id)


def events(tx: Tx, referral: str) -> list[Row]:
    """What happened to it, in order, with who did it and when."""
    return tx.all(
        "SELECT e.event, e.detail, e.seq, e.round, j.at, j.actor FROM referral_event e JOIN journal j ON j.seq = e.seq"
        " WHERE e.referral = :referral ORDER BY e.seq",
        referral=referral,
    )


def state(tx: Tx, referral: str) -> str | None:
    """The state it is in. News moves nothing, and of a family with a long past there is much of it."""
    rows = tx.all(
        "SELECT event FROM referral_event WHERE referral = :referral AND event <> :news ORDER BY seq", referral=referral, news=states.NEWS
    )
    return states.state_of(row["event"] for row in rows)


def steps(tx: Tx, families: Families, seq: int) -> list[Row]:
    """What happened to every referral of these families up to a seq, in order, but for news, which moves nothing."""
    return tx.all(
        f"SELECT r.household, r.submission, {as_raised('r', 'level')} AS level, e.referral, e.event, e.seq, j.at, j.actor"
        " FROM referral r JOIN referral_event e ON e.referral = r.id"
        " JOIN journal j ON j.seq = e.seq"
        f" WHERE r.household IN ({families.among}) AND e.seq <= :seq AND e.event <> :news ORDER BY e.seq",
        seq=seq, news=states.NEWS, **families.params,
    )  # fmt: skip


def requests(tx: Tx, families: Families) -> list[Row]:
    """Every time that a referral of these families was sent, in order, with what was said as it was (`detail`)."""
    return tx.all(
        "SELECT e.referral, e.detail FROM referral r JOIN referral_event e ON e.referral = r.id"
        f" WHERE r.household IN ({families.among}) AND e.event = :requested ORDER BY e.seq",
        requested=states.REQUESTED, **families.params,
    )  # fmt: skip


def tells_of(tx: Tx, referral: str, submission: str) -> bool:
    """Whether a visit is attached to it already, as news or as what raised it: both begin by naming it."""
    begins = compact({"submission": submission})[:-1]
    found = tx.one(
        "SELECT seq FROM referral_event WHERE referral = :referral AND event IN (:news, :raised)"
        " AND substr(detail, 1, :length) = :begins LIMIT 1",
        referral=referral, news=states.NEWS, raised=states.RAISED, begins=begins, length=len(begins),
    )  # fmt: skip
    return found is not None


def telling_of(tx: Tx, families: Families, submission: str) -> list[Row]:
    """The referrals of these records that were proposed of a visit, told of it or were raised by it, in order."""
    begins = compact({"submission": submission})[:-1]
    return tx.all(
        f"SELECT {AS_IT_IS} FROM referral r WHERE r.household IN ({families.among}) AND (r.submission = :submission OR EXISTS"
        " (SELECT 1 FROM referral_event e WHERE e.referral = r.id AND e.event IN (:news, :raised)"
        " AND substr(e.detail, 1, :length) = :begins)) ORDER BY r.seq",
        submission=submission, news=states.NEWS, raised=states.RAISED, begins=begins, length=len(begins), **families.params,
    )  # fmt: skip


def all_of(tx: Tx, families: Families) -> list[Row]:
    """Every referral of these records, in order."""
    return tx.all(f"SELECT {AS_IT_IS} FROM referral r WHERE r.household IN ({families.among}) ORDER BY r.seq", **families.params)


def open_ones(tx: Tx, families: Families) -> list[Row]:
    """The open referrals of these records, the newest first: those neither withdrawn nor decided."""
    return tx.all(
        f"SELECT {AS_IT_IS} FROM referral r WHERE r.household IN ({families.among}) AND NOT EXISTS (SELECT 1 FROM referral_event e"
        " WHERE e.referral = r.id AND e.event IN ('withdrawn', 'decided')) ORDER BY r.seq DESC",
        **families.params,
    )


def of_submission(tx: Tx, submission: str) -> list[Row]:
    """The referrals proposed from a visit, open or not: a later judgement of the same visit may have called for a graver one."""
    return tx.all(f"SELECT {AS_IT_IS} FROM referral r WHERE r.submission = :submission ORDER BY r.seq", submission=submission)


def tell(tx: Tx, *, to_account: str, what: str, at: str, actor: str, household: str | None = None, referral: str | None = None) -> int:
    """Somebody is told something; nothing waits for them."""
    return tx.append("notice", at=at, actor=actor, household=household, to_account=to_account, referral=referral, what=what)


def unwritten(tx: Tx) -> list[Row]:
    """Open referrals that were sent, or sent on, and have no letter since: each is somebody's duty to deliver."""
    return tx.all(
        "SELECT r.id, d.household, j.at AS since FROM duty d CROSS JOIN referral_event e CROSS JOIN referral r CROSS JOIN journal j"
        " WHERE d.kind = 'deliver' AND e.referral = d.referral AND e.event IN ('requested', 'sent_on') AND r.id = d.referral"
        " AND j.seq = e.seq AND NOT EXISTS (SELECT 1 FROM referral_event n WHERE n.referral = r.id AND n.seq > e.seq"  # in this order
        " AND n.event NOT IN ('news', 'raised'))"
        " ORDER BY e.seq"
    )


def without_team(tx: Tx, team: str | None = None, limit: int = 200) -> list[Row]:
    """Proposed referrals for which no receiving team is named, the oldest first: each is somebody's duty to complete. Of a team's families
    alone, where one is named."""
    whose = "duty d" if team is None else "household_now h CROSS JOIN duty d"
    theirs = "" if team is None else " AND h.team = :team AND d.household = h.household"
    return tx.all(
        "SELECT r.id, d.household, d.owner_account, j.at AS since,"
        " (SELECT f.area FROM household_now f WHERE f.household = d.household) AS area"
        f" FROM {whose} CROSS JOIN referral r CROSS JOIN journal j"  # in this order
        f" WHERE d.kind = 'complete' AND r.id = d.referral AND r.receiving_team IS NULL AND j.seq = r.seq{theirs}"
        " ORDER BY r.seq LIMIT :limit",
        limit=limit, team=team,
    )  # fmt: skip


def quarantined(tx: Tx, limit: int = 200) -> list[Row]:
    """Every visit that was set aside and that nobody has settled, oldest first: each is its owner's duty."""
    return tx.all(
        "SELECT q.id, q.submission, q.household, q.reason, q.owner, q.received_at FROM duty d CROSS JOIN quarantine q"
        " WHERE q.id = d.subject AND d.kind = 'quarantine' ORDER BY q.seq LIMIT :limit",
        limit=limit,
    )


def set_aside(tx: Tx, quarantine: str) -> Row | None:
    """One visit that was set aside and is not settled, without its bytes."""
    return tx.one(
        "SELECT q.id, q.submission, q.household, q.reason, q.owner, q.author, q.sha256 FROM quarantine q WHERE q.id = :quarantine"
        " AND NOT EXISTS (SELECT 1 FROM quarantine_resolved d WHERE d.quarantine = q.id)",
        quarantine=quarantine,
    )


def still_aside(tx: Tx, submission: str, sha256: str) -> bool:
    """Whether these bytes were set aside and nobody has taken them into the record."""
    return (
        tx.one(
            "SELECT 1 AS aside FROM quarantine q WHERE q.submission = :submission AND q.sha256 = :sha256 AND NOT EXISTS"
            " (SELECT 1 FROM quarantine_resolved d WHERE d.quarantine = q.id AND d.outcome = 'take_in')",
            submission=submission,
            sha256=sha256,
        )
        is not None
    )
