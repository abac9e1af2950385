"""Agreed plans, how each ended, and when a trigger was met. Facts; what a plan has come to is computed from them (`decide/plans.py`)."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from visitapp.domain.plans import Action, Met, Plan, Step
from visitapp.store.assessments import compact
from visitapp.store.seen import Families
from visitapp.store.tx import Row, Tx

LAST = 2**62
"""Later than any seq."""


def add(
    tx: Tx,
    *,
    id: str,
    household: str,
    source: str,
    agreed_on: str,
    agreed_by: str,
    trigger_kind: str,
    trigger_words: str,
    trigger_count: int | None,
    trigger_days: int | None,
    actions: tuple[Action, ...],
    review_on: str | None,
    at: str,
    actor: str,
) -> int:
    """A plan as it was agreed, whole."""
    return tx.append(
        "plan", at=at, actor=actor, household=household, id=id, source=source, agreed_on=agreed_on, agreed_by=agreed_by,
        trigger_kind=trigger_kind, trigger_words=trigger_words, trigger_count=trigger_count, trigger_days=trigger_days,
        actions=compact([asdict(action) for action in actions]), review_on=review_on,
    )  # fmt: skip


def end(tx: Tx, *, plan: str, household: str, on_date: str, reason: str, at: str, actor: str) -> int | None:
    """The plan is watched no longer; None when it had ended before. What was met before stays owed."""
    return tx.append_new("plan_ended", at=at, actor=actor, household=household, plan=plan, on_date=on_date, reason=reason)


def meet(tx: Tx, *, id: str, plan: str, household: str, cause: str, on_date: str, why: str, at: str, actor: str) -> int | None:
    """The moment came; None when this cause met it before."""
    return tx.append_new(
        "trigger_met", at=at, actor=actor, household=household, id=id, plan=plan, cause=cause, on_date=on_date, why=why
    )  # fmt: skip


_PLAN = "SELECT p.*, e.on_date AS ended_on, e.reason AS ended_why FROM plan p LEFT JOIN plan_ended e ON e.plan = p.id AND e.seq <= :seq"


def plan(tx: Tx, id: str, seq: int = LAST) -> Plan | None:
    """One plan. Not scoped: screens ask through `look`."""
    row = tx.one(f"{_PLAN} WHERE p.id = :id AND p.seq <= :seq", id=id, seq=seq)
    return _plan(row) if row else None


def plans(tx: Tx, families: Families, seq: int = LAST) -> list[Plan]:
    """The plans of these families up to a seq, ended ones too, in the order in which they were kept."""
    rows = tx.all(f"{_PLAN} WHERE p.household IN ({families.among}) AND p.seq <= :seq ORDER BY p.seq", seq=seq, **families.params)
    return [_plan(row) for row in rows]


def _plan(row: Row) -> Plan:
    actions = tuple(Action(**action) for action in json.loads(row["actions"]))
    return Plan(**(row | {"actions": actions, "ended_why": row["ended_why"] or ""}))


def met(tx: Tx, id: str) -> Met | None:
    """One time that a trigger was met."""
    row = tx.one("SELECT id, plan, on_date, why, cause, seq FROM trigger_met WHERE id = :id", id=id)
    return Met(**row) if row else None


def mets(tx: Tx, families: Families, seq: int = LAST) -> list[Met]:
    """Each time that a trigger of these families' plans was met, in order."""
    rows = tx.all(
        "SELECT m.id, m.plan, m.on_date, m.why, m.cause, m.seq FROM trigger_met m"
        f" WHERE m.plan IN (SELECT p.id FROM plan p WHERE p.household IN ({families.among})) AND m.seq <= :seq ORDER BY m.seq",
        seq=seq, **families.params,
    )  # fmt: skip
    return [Met(**row) for row in rows]


def steps(tx: Tx, families: Families, seq: int = LAST) -> dict[str, Step]:
    """What is known of each action that was called for, by the subject of its duty."""
    owed = tx.all(
        "SELECT o.subject, o.due_at, o.seq, a.name AS owner FROM owed o LEFT JOIN account_now a ON a.account = o.owner_account"
        f" WHERE o.household IN ({families.among}) AND o.kind = 'plan_action' AND o.seq <= :seq ORDER BY o.seq",
        seq=seq, **families.params,
    )  # fmt: skip
    closed = tx.all(
        "SELECT c.subject, c.how, c.evidence, c.reference, c.seq, a.name AS closed_by, j.at AS closed_at FROM duty_closed c"
        " JOIN journal j ON j.seq = c.seq LEFT JOIN account_now a ON a.account = j.actor"
        f" WHERE c.household IN ({families.among}) AND c.seq <= :seq ORDER BY c.seq",
        seq=seq, **families.params,
    ) if owed else []  # fmt: skip
    return {row["subject"]: _step(row, closed) for row in owed}


def _step(owed: Row, closed: Iterable[Row]) -> Step:
    since = [row for row in closed if row["subject"] == owed["subject"] and row["seq"] > owed["seq"]]
    how: dict[str, Any] = {name: since[-1][name] or "" for name in Step.__dataclass_fields__ if name in since[-1]} if since else {}
    return Step(**({"subject": owed["subject"], "owner": owed["owner"], "due_at": owed["due_at"]} | how))


# What plans are watched by.


def by_the_clock(tx: Tx) -> list[str]:
    """The households with a plan that stands and is met by the passing of days."""
    rows = tx.all(
        "SELECT DISTINCT p.household FROM plan p WHERE p.trigger_kind = 'child_unseen'"
        " AND NOT EXISTS (SELECT 1 FROM plan_ended e WHERE e.plan = p.id) ORDER BY p.household"
    )
    return [row["household"] for row in rows]


def visits_since(tx: Tx, families: Families, since: str) -> list[Row]:
    """Visits on or after a day, completed or not, in clinical order."""
    return tx.all(
        "SELECT v.submission, v.occurred_on, v.seq, v.kind, v.outcome FROM visit v"
        f" WHERE v.household IN ({families.among}) AND v.occurred_on >= :since ORDER BY v.occurred_on, v.seq",
        since=since, **families.params,
    )  # fmt: skip


def found_since(tx: Tx, families: Families, since: str, code: str) -> frozenset[str]:
    """The visits on or after a day that found this, by their standing judgement."""
    rows = tx.all(
        "SELECT DISTINCT v.submission FROM visit v JOIN finding f ON f.assessment = v.assessment"
        f" WHERE v.household IN ({families.among}) AND v.occurred_on >= :since AND f.code = :code AND f.state = 'present'",
        since=since, code=code, **families.params,
    )  # fmt: skip
    return frozenset(row["submission"] for row in rows)


def seen_awake(tx: Tx, families: Families) -> dict[str, tuple[str | None, str]]:
    """When each person was last seen awake by a visit (None: never), and when they were first seen at all: person -> both. Where an agreed
    plan waits for a child unseen, asleep or at the door is not seen (clinical brief, where practice overrides the tables; 3.7)."""
    rows = tx.all(
        "SELECT m.person, max(CASE WHEN m.value = 'awake' THEN m.occurred_on END) AS awake, min(m.occurred_on) AS seen"
        f" FROM visit_measure m WHERE m.household IN ({families.among}) AND m.measure = 'child.seen' AND m.value IN ('awake', 'asleep')"
        " GROUP BY m.person",
        **families.params,
    )
    return {row["person"]: (row["awake"], row["seen"]) for row in rows}
