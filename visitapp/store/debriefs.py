"""Talks about a visit that was refused or not safe: what calls for one, and those that were held."""

import json
from typing import Any

from visitapp.domain.duties import DEBRIEF
from visitapp.store.seen import FAMILIES, Families
from visitapp.store.tx import Row, Tx


def add(
    tx: Tx, *, id: str, household: str, submission: str, worker: str, on_date: str, with_whom: str, how_is: str, how_words: str,
    judged: str, judged_why: str, changes: str, at: str, actor: str,
) -> int:  # fmt: skip
    """A talk was held."""
    return tx.append(
        "debrief", at=at, actor=actor, household=household, id=id, submission=submission, worker=worker, on_date=on_date,
        with_whom=with_whom, how_is=how_is, how_words=how_words, judged=judged, judged_why=judged_why, changes=changes,
    )  # fmt: skip


def said_at(tx: Tx, submission: str) -> tuple[str | None, list[Any]]:
    """How a visit ended, and its measures; nothing of one that is not read."""
    row = tx.one("SELECT outcome, measures FROM visit_reading WHERE submission = :submission", submission=submission)
    return (row["outcome"], json.loads(row["measures"])) if row else (None, [])


def visit(tx: Tx, submission: str) -> Row | None:
    """The visit that a talk is about, with its worker and family. Not scoped: who asks has shown that they may act for the family."""
    return tx.one(
        "SELECT v.submission, v.household, v.occurred_on, v.form, v.form_version, v.kind, v.outcome, v.author, w.name AS worker,"
        " h.name AS family FROM visit v JOIN household_now h ON h.household = v.household"
        " LEFT JOIN account_now w ON w.account = v.author WHERE v.submission = :submission",
        submission=submission,
    )


def of_visit(tx: Tx, submission: str) -> Row | None:
    """The talk that was recorded of a visit last."""
    return tx.one(
        "SELECT d.*, j.actor, j.at FROM debrief d JOIN journal j ON j.seq = d.seq WHERE d.submission = :submission"
        " ORDER BY d.seq DESC LIMIT 1",
        submission=submission,
    )


def newest(tx: Tx, actor: str, household: str, limit: int) -> list[Row]:
    """The newest talks about a family's visits: what was judged and what changes. How the worker is, is not the family's record."""
    return tx.all(
        f"SELECT d.submission, d.on_date, d.judged, d.judged_why, d.changes, w.name AS worker FROM debrief d"
        f" JOIN {FAMILIES} h ON h.household = d.household LEFT JOIN account_now w ON w.account = d.worker"
        " WHERE d.household = :household ORDER BY d.seq DESC LIMIT :limit",
        actor=actor, household=household, limit=limit,
    )  # fmt: skip


def newest_of(tx: Tx, families: Families) -> list[Row]:
    """What was decided in the newest talk about a visit to each of these families."""
    return tx.all(
        f"""SELECT d.household, d.on_date, d.changes FROM debrief d WHERE d.household IN ({families.among})
            AND d.seq = (SELECT max(x.seq) FROM debrief x WHERE x.household = d.household)""",
        **families.params,
    )


def owed(tx: Tx, actor: str, after_due: str, after_seq: int, limit: int) -> list[Row]:
    """Talks that are owed for visits to the team's families, the soonest first, from after that key."""
    return tx.all(
        "SELECT d.subject, d.household, d.what, d.due_at, d.opened_seq, d.owner_account, o.name AS owner, h.name AS family"
        f" FROM {FAMILIES} h CROSS JOIN duty d LEFT JOIN account_now o ON o.account = d.owner_account"
        " WHERE d.household = h.household AND d.kind = :kind AND (d.due_at, d.opened_seq) > (:after_due, :after_seq)"
        " ORDER BY d.due_at, d.opened_seq LIMIT :limit",
        actor=actor, kind=DEBRIEF, after_due=after_due, after_seq=after_seq, limit=limit,
    )  # fmt: skip
