"""What visits were judged to mean. A new judgement is a new fact beside the old ones; the newest of kind `today` stands."""

import json
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Any

from visitapp.domain.findings import Finding, Level
from visitapp.store.derivation import Derivation, column
from visitapp.store.tx import Row, Tx
from visitapp.store.visits import judged_today


def compact(value: Any) -> str:
    """JSON as this store keeps it."""
    return _encoded(value)


_encoded = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def add(
    tx: Tx,
    *,
    id: str,
    submission: str,
    household: str,
    kind: str,
    as_of_seq: int,
    form_hash: str,
    levels: str,
    policy: str,
    routes: str,
    level: Level,
    urgency: str,
    destination: str,
    reasons: Sequence[str],
    matches_tablet: bool | None,
    at: str,
    actor: str,
) -> int:
    """One judgement of one visit: `kind` is as_shown (from what the tablet had) or today. Add its findings after it."""
    return tx.append(
        "assessment", at=at, actor=actor, household=household, id=id, submission=submission, kind=kind, as_of_seq=as_of_seq,
        form_hash=form_hash, levels=levels, policy=policy, routes=routes, at_least=level.at_least, could_be=level.could_be,
        urgency=urgency, destination=destination, reasons=compact(list(reasons)), matches_tablet=matches_tablet,
    )  # fmt: skip


def add_findings(
    tx: Tx, *, assessment: str, submission: str, household: str, findings: Sequence[tuple[Finding, str]], at: str, actor: str
) -> None:
    """The findings of a judgement of today in order, each with its wording as a person reads it: a fact each, and one for all that is
    absent."""
    whose: dict[str, Any] = {"at": at, "actor": actor, "household": household}
    of = {"assessment": assessment, "submission": submission}
    told = [of | _told(found, said) for found, said in findings if found.state != "absent"]
    absent = [_absent(found) for found, _ in findings if found.state == "absent"]
    tx.append_all("finding", told, **whose)
    if absent:
        tx.append("not_found", findings=compact(absent), **of, **whose)


def add_shown(
    tx: Tx, *, assessment: str, submission: str, household: str, findings: Sequence[tuple[Finding, str]], at: str, actor: str
) -> None:
    """What a tablet could show, by a judgement from its own facts, each with its wording: one fact for all of it."""
    told = [(*_named(found), found.state, found.because, found.missing, found.under, said) for found, said in findings]
    tx.append("shown", assessment=assessment, submission=submission, findings=compact(told), at=at, actor=actor, household=household)


def _told(found: Finding, said: str) -> Row:
    return {
        "code": found.finding, "area": found.area, "person": found.person, "row_id": found.row, "state": found.state,
        "severity": found.severity, "level": found.level, "said": said, "because": _paths(found.because),
        "missing": _paths(found.missing), "under": found.under,
    }  # fmt: skip


@lru_cache(maxsize=4096)
def _paths(paths: tuple[str, ...]) -> str:
    """Paths as they are kept: many findings of a visit rest on the same, and each visit is judged twice."""
    return compact(paths)


def _absent(found: Finding) -> tuple[Any, ...]:
    return *_named(found), found.because


def _named(found: Finding) -> tuple[Any, ...]:
    return found.finding, found.area, found.severity, found.level, found.row, found.person


def add_problems(tx: Tx, *, submission: str, household: str, problems: Iterable[dict[str, Any]], at: str, actor: str) -> int | None:
    """What is wrong with the answers of a visit, which is kept all the same; once."""
    return tx.append_new(
        "answer_problems", at=at, actor=actor, household=household, submission=submission, problems=compact(list(problems))
    )  # fmt: skip


def add_call(tx: Tx, *, submission: str, household: str, call: Row, at: str, actor: str) -> int | None:
    """A telephone call made from the visit itself; once."""
    return tx.append_new("urgent_call", at=at, actor=actor, household=household, submission=submission, **call)


def assessment(tx: Tx, id: str) -> Row | None:
    """One judgement."""
    return tx.one("SELECT * FROM assessment WHERE id = :id", id=id)


def of_kind(tx: Tx, submission: str, kind: str) -> Row | None:
    """The newest judgement of that kind, or None."""
    return tx.one(
        "SELECT * FROM assessment WHERE submission = :submission AND kind = :kind ORDER BY seq DESC LIMIT 1",
        submission=submission, kind=kind,
    )  # fmt: skip


def findings(tx: Tx, assessment: str) -> list[Row]:
    """The findings of one judgement, in the form's order; after those that are present or cannot be told, what is absent."""
    return found(tx, assessment) + in_one_row(tx, "assessment", ":assessment", assessment=assessment)


def found(tx: Tx, assessment: str) -> list[Row]:
    """The same without what is absent, which is most of a judgement."""
    return tx.all("SELECT * FROM finding WHERE assessment = :assessment ORDER BY seq", assessment=assessment)


def in_one_row(tx: Tx, whose: str, ids: str, **values: Any) -> list[Row]:
    """The findings that a judgement keeps in one row, as rows of `finding` are: what was shown, and then what is absent. `whose` is the
    column that is one of `ids`."""
    shown = tx.all(f"SELECT * FROM shown WHERE {whose} IN ({ids}) ORDER BY seq", **values)
    absent = tx.all(f"SELECT * FROM not_found WHERE {whose} IN ({ids}) ORDER BY seq", **values)
    return [row for one in shown for row in _rows(one, _as_shown)] + [row for one in absent for row in _rows(one, _as_absent)]


def _rows(kept: Row, read: Callable[..., Row]) -> list[Row]:
    same = {"assessment": kept["assessment"], "submission": kept["submission"], "seq": kept["seq"]}
    return [
        same | {"code": code, "area": area, "person": person, "row_id": row, "severity": severity, "level": level, **read(*more)}
        for code, area, severity, level, row, person, *more in json.loads(kept["findings"])
    ]


def _as_shown(state: str, because: list[str], missing: list[str], under: str, said: str) -> Row:
    return {"state": state, "said": said, "because": compact(because), "missing": compact(missing), "under": under}


def _as_absent(because: list[str]) -> Row:
    return {"state": "absent", "said": "", "because": compact(because), "missing": "[]", "under": ""}


def calls(tx: Tx, submission: str) -> list[Row]:
    """The calls made from a visit, in order of time."""
    return tx.all("SELECT * FROM urgent_call WHERE submission = :submission ORDER BY at_time, seq", submission=submission)


def later(tx: Tx, household: str, occurred_on: str, seq: int) -> list[str]:
    """The submissions of visits of this family that come after one in clinical order and are already assessed."""
    rows = tx.all(
        "SELECT submission FROM visit WHERE household = :household AND (occurred_on, seq) > (:occurred_on, :seq)"
        " AND assessment IS NOT NULL ORDER BY occurred_on, seq",
        household=household, occurred_on=occurred_on, seq=seq,
    )  # fmt: skip
    return [row["submission"] for row in rows]


def unassessed(tx: Tx, received_before: str, limit: int = 200) -> list[Row]:
    """Kept visits with no judgement and not set aside, the longest waiting first: derived from the facts, so that a lost queue shows."""
    return tx.all(
        "SELECT submission AS id, household, author, received_at FROM unassessed WHERE received_at <= :before ORDER BY seq LIMIT :limit",
        before=received_before, limit=limit,
    )  # fmt: skip


def _refresh(tx: Tx, submission: str) -> None:
    tx.run("DELETE FROM unassessed WHERE submission = :submission", submission=submission)
    tx.run(
        "INSERT INTO unassessed (submission, seq, household, author, received_at)"
        " SELECT s.id, s.seq, s.household, s.author, s.received_at FROM submission s WHERE s.id = :submission"
        " AND NOT EXISTS (SELECT 1 FROM assessment a WHERE a.submission = s.id AND a.kind = 'today')"
        " AND NOT EXISTS (SELECT 1 FROM quarantine q WHERE q.submission = s.id AND q.sha256 = s.sha256"
        " AND NOT EXISTS (SELECT 1 FROM quarantine_resolved d WHERE d.quarantine = q.id AND d.outcome = 'take_in'))",
        submission=submission,
    )


def _settled(tx: Tx, fact: Row) -> list[str]:
    found = tx.all("SELECT submission FROM quarantine WHERE id = :quarantine", quarantine=fact["quarantine"])
    return [row["submission"] for row in found]


UNASSESSED = Derivation(
    tables=("unassessed",),
    after={
        "submission": column("id"),
        "assessment": judged_today,
        "quarantine": column("submission"),
        "quarantine_resolved": _settled,
    },
    refresh=_refresh,
    every_key="SELECT id AS key FROM submission",
)


def disagreements(tx: Tx, limit: int = 200) -> list[Row]:
    """Visits in which the service, given the tablet's own facts, did not find what the tablet showed."""
    return tx.all(
        "SELECT a.id, a.submission, s.household, s.author, j.at FROM assessment a JOIN submission s ON s.id = a.submission"
        " JOIN journal j ON j.seq = a.seq WHERE a.matches_tablet = 0 ORDER BY a.seq LIMIT :limit",
        limit=limit,
    )
