"""What is owed, by whom, by when, and how each duty ended. Who owes what was decided when it became owed and is a fact of its own; what is
open is derived from those facts and from what ends each kind: a referral's events, the word on a visit set aside, or a closing of its own.
"""

import json

from visitapp.domain import joins
from visitapp.domain import referrals as states
from visitapp.domain.duties import JOIN_ASKED, SUPERVISION, about, supervision_subject
from visitapp.domain.measures import PLACE
from visitapp.store import referrals
from visitapp.store.derivation import Derivation, column
from visitapp.store.seen import Families
from visitapp.store.tx import Row, Tx

QUARANTINE = "quarantine"
VISITING = "a.role IN ('health_visitor', 'midwife', 'nursery_nurse') AND a.team IS NOT NULL"
"""An account `a` that visits families: who does no longer is owed no supervision here."""
TOOK_PLACE = ("visit", "antenatal")
"""Kinds of form that are written from a visit that took place."""
AT_HOME = "home"
LAST = 2**62
"""Later than any seq."""


def owe(
    tx: Tx,
    *,
    subject: str,
    kind: str,
    what: str,
    due_at: str,
    at: str,
    actor: str,
    household: str | None = None,
    referral: str | None = None,
    owner_account: str | None = None,
    owner_team: str | None = None,
    backup_account: str | None = None,
    finding: str | None = None,
) -> int:
    """Somebody owes something by an instant; the newest for a subject stands. `finding` is the code that called for it."""
    return tx.append(
        "owed", at=at, actor=actor, household=household, subject=subject, kind=kind, referral=referral, owner_account=owner_account,
        owner_team=owner_team, backup_account=backup_account, finding=finding, what=what, due_at=due_at,
    )  # fmt: skip


def close(tx: Tx, duty: Row, *, how: str, evidence: str, reference: str = "", at: str, actor: str) -> int:
    """A duty ends, with what shows it; `how` is one of `domain.duties.HOWS`."""
    return tx.append(
        "duty_closed", at=at, actor=actor, household=duty["household"], subject=duty["subject"], how=how, evidence=evidence,
        reference=reference,
    )  # fmt: skip


def past_due(tx: Tx, before: str, limit: int = 200) -> list[Row]:
    """What is owed and past due at an instant, the oldest first."""
    return tx.all("SELECT * FROM duty WHERE due_at < :before ORDER BY due_at, opened_seq LIMIT :limit", before=before, limit=limit)


def duty(tx: Tx, subject: str) -> Row | None:
    """What is owed now under a subject: a referral, a visit set aside, or one of `domain.duties`."""
    return tx.one("SELECT * FROM duty WHERE subject = :subject", subject=subject)


def of_household(tx: Tx, household: str) -> list[Row]:
    """What is owed for a family now, soonest first. Not scoped: screens ask through `look`."""
    return tx.all("SELECT * FROM duty WHERE household = :household ORDER BY due_at, opened_seq", household=household)


def of_owner(tx: Tx, account: str) -> list[Row]:
    """What an account owes now, soonest first."""
    return tx.all("SELECT * FROM duty WHERE owner_account = :account ORDER BY due_at, opened_seq", account=account)


def of_kind(tx: Tx, families: Families, kind: str) -> list[Row]:
    """The open duties of these families of one kind."""
    return tx.all(
        f"SELECT d.* FROM duty d WHERE d.household IN ({families.among}) AND d.kind = :kind ORDER BY d.due_at, d.opened_seq",
        kind=kind, **families.params,
    )  # fmt: skip


def last_closed(tx: Tx, subject: str) -> Row | None:
    """How and when a duty was last ended, if it ever was."""
    return tx.one(
        "SELECT c.household, c.how, c.evidence, c.reference, c.seq, j.at, j.actor FROM duty_closed c JOIN journal j ON j.seq = c.seq"
        " WHERE c.subject = :subject ORDER BY c.seq DESC LIMIT 1",
        subject=subject,
    )


def ever_owed(tx: Tx, subject: str) -> bool:
    """Whether this was ever called for, open or not."""
    return tx.one("SELECT 1 AS owed FROM owed WHERE subject = :subject LIMIT 1", subject=subject) is not None


def owed_for(tx: Tx, subject: str, before: int) -> str | None:
    """The household for which this was owed last before a seq; None where it was not owed then."""
    row = tx.one("SELECT household FROM owed WHERE subject = :subject AND seq < :before ORDER BY seq DESC LIMIT 1",
                 subject=subject, before=before)  # fmt: skip
    return row["household"] if row else None


_FOR = "f.code = :code AND f.state = 'present' AND f.under = '' AND (f.person = :whom OR (f.person = '' AND f.row_id = :whom))"


def called_for_by(tx: Tx, submission: str, code: str, whom: str) -> bool:
    """Whether any judgement of a visit found this about a person or row."""
    found = tx.one(
        f"SELECT 1 AS found FROM finding f WHERE f.submission = :submission AND {_FOR} LIMIT 1", submission=submission, code=code, whom=whom
    )
    return found is not None


def called_for(tx: Tx, families: Families, code: str, whom: str) -> bool:
    """Whether a visit that stands in one of these records finds it by its standing judgement."""
    found = tx.one(
        f"SELECT 1 AS found FROM visit v JOIN finding f ON f.assessment = v.assessment WHERE v.household IN ({families.among}) AND {_FOR}"
        " LIMIT 1",
        code=code, whom=whom, **families.params,
    )  # fmt: skip
    return found is not None


def opened(tx: Tx, household: str, code: str, before_seq: int) -> tuple[str, int] | None:
    """The newest visit, in clinical order, in which a finding was present and that was received before a seq: what a duty to see a child
    counts from."""
    row = tx.one(
        "SELECT v.occurred_on, v.seq FROM visit v JOIN finding f ON f.assessment = v.assessment WHERE v.household = :household"
        " AND v.seq < :before_seq AND f.code = :code AND f.state = 'present' ORDER BY v.occurred_on DESC, v.seq DESC LIMIT 1",
        household=household, code=code, before_seq=before_seq,
    )  # fmt: skip
    return (row["occurred_on"], row["seq"]) if row else None


def seen_in(tx: Tx, submission: str) -> dict[str, str]:
    """The children seen in a visit, person -> `awake` or `asleep`; of one who was recorded twice the better of both."""
    rows = tx.all(
        "SELECT m.person, m.value FROM visit_measure m WHERE m.submission = :submission AND m.measure = 'child.seen'"
        " AND m.value IN ('awake', 'asleep') ORDER BY m.value",
        submission=submission,
    )
    return {row["person"]: row["value"] for row in rows}


def elsewhere(tx: Tx, submission: str) -> bool:
    """Whether a contact is not known to have been at the family's home, by a form that asks where it was: a clinic is no child's home."""
    read = tx.one("SELECT measures FROM visit_reading WHERE submission = :submission", submission=submission)
    return any(one[1] == PLACE and one[2] != AT_HOME for one in json.loads(read["measures"])) if read else True


def seen_on(tx: Tx, household: str, person: str) -> str:
    """The last day on which a visit that took place saw this child; '' for none."""
    row = tx.one(
        "SELECT max(v.occurred_on) AS on_date FROM visit v JOIN visit_measure m ON m.submission = v.submission"
        " WHERE v.household = :household AND v.kind IN ('visit', 'antenatal') AND m.person = :person AND m.measure = 'child.seen'"
        " AND m.value IN ('awake', 'asleep')",
        household=household, person=person,
    )  # fmt: skip
    return (row["on_date"] if row else None) or ""


def seen_days(tx: Tx, families: Families, person: str) -> list[str]:
    """The days on which visits to these families saw this child."""
    rows = tx.all(
        f"SELECT DISTINCT m.occurred_on FROM visit_measure m WHERE m.household IN ({families.among}) AND m.measure = 'child.seen'"
        " AND m.person = :person AND m.value IN ('awake', 'asleep') ORDER BY m.occurred_on",
        **(families.params | {"person": person}),
    )
    return [row["occurred_on"] for row in rows]


def completed_after(tx: Tx, household: str, occurred_on: str, seq: int) -> list[str]:
    """The visits that took place after one in clinical order."""
    rows = tx.all(
        "SELECT v.submission FROM visit v WHERE v.household = :household AND (v.occurred_on, v.seq) > (:occurred_on, :seq)"
        " AND v.kind IN ('visit', 'antenatal') ORDER BY v.occurred_on, v.seq",
        household=household, occurred_on=occurred_on, seq=seq,
    )  # fmt: skip
    return [row["submission"] for row in rows]


def _open(tx: Tx, subject: str, owed: Row) -> bool:
    if owed["referral"] == subject:
        return states.is_open(referrals.state(tx, subject))
    if owed["kind"] == QUARANTINE:
        return tx.one("SELECT 1 AS settled FROM quarantine_resolved WHERE quarantine = :subject", subject=subject) is None
    if owed["kind"] == JOIN_ASKED:
        return tx.one("SELECT 1 AS answered FROM join_answered WHERE asked = :asked", asked=about(subject)) is None
    if owed["kind"] == SUPERVISION:
        return tx.one(f"SELECT 1 AS here FROM account_now a WHERE a.account = :account AND {VISITING}", account=about(subject)) is not None
    since = tx.one("SELECT 1 AS closed FROM duty_closed WHERE subject = :subject AND seq > :seq", subject=subject, seq=owed["seq"])
    return since is None


def _refresh(tx: Tx, subject: str) -> None:
    tx.run("DELETE FROM duty WHERE subject = :subject", subject=subject)
    owed = tx.one("SELECT * FROM owed WHERE subject = :subject ORDER BY seq DESC LIMIT 1", subject=subject)
    if owed is not None and _open(tx, subject, owed):
        tx.run(
            "INSERT INTO duty (subject, kind, referral, household, owner_account, owner_team, backup_account, finding, what, due_at,"
            " opened_seq) VALUES (:subject, :kind, :referral, :household, :owner_account, :owner_team, :backup_account, :finding, :what,"
            " :due_at, :seq)",
            **owed,
        )


DUTY = Derivation(
    tables=("duty",),
    after={
        "owed": column("subject"),
        "duty_closed": column("subject"),
        "referral_event": column("referral"),
        "quarantine_resolved": column("quarantine"),
        "join_answered": lambda _tx, answer: (joins.subject(answer["asked"]),),
        "account": lambda _tx, account: (supervision_subject(account["id"]),),
        "account_ended": lambda _tx, ended: (supervision_subject(ended["account"]),),
    },
    refresh=_refresh,
    every_key="SELECT DISTINCT subject AS key FROM owed",
)
