"""What rules may know beside the answers: who lives there and when they were born, and the family's history up to a given fact.

The tablet takes this with it at `as_of`; the service works it out again from the same facts when the visit comes back, perhaps weeks later,
and must come to the same. So everything here is read from facts with `seq <= as_of_seq`, never from derived tables, which move on.
None is unknown, and unknown is never no.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from visitapp.store.tx import Row, Tx

BY_THE_SERVICE = "cancelled_by_service"
"""The outcome that never counts against a family (clinical brief 3.1)."""

EARLIER = "(r.occurred_on < :on OR (r.occurred_on = :on AND (SELECT s.seq FROM submission s WHERE s.id = r.submission) < :before_seq))"
"""The visits before one in clinical order, which is (date, seq)."""


@dataclass(frozen=True)
class Reach:
    """How far history reaches; a trust's policy may say otherwise (forms/policy, where the sources are)."""

    visits_not_completed_days: int = 90
    findings_days: int = 730
    advice_repeated: int = 2


DEFAULT_REACH = Reach()
LAST = 2**62
"""Later than any seq."""


def history(
    tx: Tx,
    household: str,
    on: str,
    as_of_seq: int | None = None,
    *,
    excluding: str = "",
    before_seq: int | None = None,
    reach: Reach = DEFAULT_REACH,
) -> dict[str, Any]:
    """The given facts (contract section 2) of a family on a date, from facts up to `as_of_seq` (None: from all of them).

    `excluding` is the submission being judged, which is no part of its own history, and `before_seq` its seq: of the visits on the same
    date only those that were received before it are its history, so that of two that arrive together only one follows the other."""
    known = _Known(tx, household, on, LAST if as_of_seq is None else as_of_seq, excluding, LAST if before_seq is None else before_seq)
    findings = known.findings(_days_before(on, reach.findings_days))
    return {
        "on": on,
        "people": known.people(),
        "history": {
            "visits_not_completed_90d": known.not_completed(_days_before(on, reach.visits_not_completed_days)),
            "days_since_child_seen": known.days_since_child_seen(),
            "earlier_findings_present": sorted({row["code"] for row in findings if row["state"] == "present"}),
            "advice_repeated_sleep": _repeated([row for row in findings if row["area"] == "sleep"], reach.advice_repeated),
            "level_agreed": None,  # nobody can agree a level in this version, so none is known
            "children_before": known.children_before(),
        },
    }


def _days_before(on: str, days: int) -> str:
    return (date.fromisoformat(on) - timedelta(days=days)).isoformat()


def _repeated(findings: list[Row], often: int) -> bool | None:
    """Whether one finding was there at so many visits; None when those that could not be told might make it so."""
    present: dict[str, set[str]] = {}
    possible: dict[str, set[str]] = {}
    for row in findings:
        possible.setdefault(row["code"], set()).add(row["submission"])
        if row["state"] == "present":
            present.setdefault(row["code"], set()).add(row["submission"])
    if any(len(visits) >= often for visits in present.values()):
        return True
    return None if any(len(visits) >= often for visits in possible.values()) else False


@dataclass(frozen=True)
class _Known:
    """The facts about one family up to a seq and a date."""

    tx: Tx
    household: str
    on: str
    seq: int
    excluding: str
    before_seq: int

    def people(self) -> dict[str, Row]:
        """Who belonged, with what was known of their birth."""
        rows = self.tx.all(
            "SELECT d.person, d.born_on, d.due_on, d.gestation_days FROM membership m JOIN person_detail d ON d.person = m.person"
            " WHERE m.household = :household AND m.seq <= :seq"
            " AND d.seq = (SELECT max(x.seq) FROM person_detail x WHERE x.person = m.person AND x.seq <= :seq)"
            " AND NOT EXISTS (SELECT 1 FROM membership_end e WHERE e.membership = m.id AND e.seq <= :seq) ORDER BY d.person",
            household=self.household,
            seq=self.seq,
        )
        return {row.pop("person"): row for row in rows}

    def not_completed(self, since: str) -> int:
        """Visits not completed since a date; those that the service itself cancelled are not among them."""
        row = self.tx.one(
            "SELECT count(*) AS n FROM visit_reading r WHERE household = :household AND seq <= :seq AND submission <> :excluding"
            " AND kind = 'visit_not_completed' AND coalesce(outcome, '') <> :by_the_service"
            f" AND occurred_on >= :since AND {EARLIER}",
            by_the_service=BY_THE_SERVICE,
            since=since,
            **self._visits(),
        )
        return row["n"] if row else 0

    def days_since_child_seen(self) -> int | None:
        """Days since a child of the family was last seen; None when never, as far as is known."""
        row = self.tx.one(
            "SELECT max(occurred_on) AS seen_on FROM visit_reading r WHERE household = :household AND seq <= :seq"
            f" AND submission <> :excluding AND child_seen = 1 AND {EARLIER}",
            **self._visits(),
        )
        seen_on = row["seen_on"] if row else None
        return None if seen_on is None else (date.fromisoformat(self.on) - date.fromisoformat(seen_on)).days

    def findings(self, since: str) -> list[Row]:
        """What earlier visits since a date found or could not tell, each by its newest judgement of that moment."""
        return self.tx.all(
            "SELECT f.submission, f.code, f.area, f.state FROM visit_reading r"
            " JOIN assessment a ON a.submission = r.submission JOIN finding f ON f.assessment = a.id AND f.seq <= :seq"
            " WHERE r.household = :household AND r.seq <= :seq AND r.submission <> :excluding"
            f" AND r.occurred_on >= :since AND {EARLIER} AND f.state IN ('present', 'cannot_tell')"
            " AND a.seq = (SELECT max(x.seq) FROM assessment x WHERE x.submission = r.submission AND x.kind = 'today' AND x.seq <= :seq)"
            " ORDER BY f.seq",
            since=since,
            **self._visits(),
        )

    def children_before(self) -> int | None:
        """Children who ever belonged to the family, before the youngest (twins come together); None when a date is not known."""
        rows = self.tx.all(
            "SELECT DISTINCT m.person, d.born_on, d.due_on FROM membership m LEFT JOIN person_detail d ON d.person = m.person"
            " AND d.seq = (SELECT max(x.seq) FROM person_detail x WHERE x.person = m.person AND x.seq <= :seq)"
            " WHERE m.household = :household AND m.seq <= :seq AND m.role = 'child'",
            household=self.household,
            seq=self.seq,
        )
        dates = [row["born_on"] or row["due_on"] for row in rows]
        if None in dates:
            return None if len(dates) > 1 else 0
        return sum(day < max(dates) for day in dates)

    def _visits(self) -> dict[str, Any]:
        return {
            "household": self.household,
            "on": self.on,
            "seq": self.seq,
            "excluding": self.excluding,
            "before_seq": self.before_seq,
        }
