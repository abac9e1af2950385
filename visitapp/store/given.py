"""What rules may know beside the answers: who lives there and when they were born, and the family's history up to a given fact.

The tablet takes this with it at `as_of`; the service works it out again from the same facts when the visit comes back, perhaps weeks later,
and must come to the same. So everything here is read from facts with `seq <= as_of_seq`, never from derived tables, which move on.
None is unknown, and unknown is never no.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from visitapp.store.seen import Families
from visitapp.store.tx import Row, Tx

NEVER_COUNTED = ("cancelled_by_service", "no_answer_unannounced", "wrong_address", "service_declined")
"""Outcomes that never count against a family: we cancelled, nobody knew that we came, we were at the wrong door, or the family lawfully
declined (clinical brief 3.1, and what every assessment must respect, 5)."""

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


def history(tx: Tx, household: str, on: str, as_of_seq: int | None = None, **choices: Any) -> dict[str, Any]:
    """The given facts of one family: see `histories`, which this is for one."""
    return histories(tx, Families.one(household), on, as_of_seq, **choices)[household]


def histories(
    tx: Tx,
    families: Families,
    on: str,
    as_of_seq: int | None = None,
    *,
    excluding: str = "",
    before_seq: int | None = None,
    reach: Reach = DEFAULT_REACH,
) -> dict[str, dict[str, Any]]:
    """The given facts (docs/forms-language.md) of each family on a date, from facts up to `as_of_seq` (None: from all of them), in the same
    few statements however many families there are.

    `excluding` is the submission being judged, which is no part of its own history, and `before_seq` its seq: of the visits on the same
    date only those that were received before it are its history, so that of two that arrive together only one follows the other."""
    known = _Known(tx, families, on, LAST if as_of_seq is None else as_of_seq, excluding, LAST if before_seq is None else before_seq)
    people, before = known.people(), known.children_before()
    missed = known.not_completed(_days_before(on, reach.visits_not_completed_days))
    seen = known.days_since_child_seen()
    found = known.findings(_days_before(on, reach.findings_days))
    return {
        id: {
            "on": on,
            "people": people.get(id, {}),
            "history": {
                "visits_not_completed_90d": missed.get(id, 0),
                "days_since_child_seen": seen.get(id),
                "earlier_findings_present": sorted({row["code"] for row in found.get(id, ()) if row["state"] == "present"}),
                "advice_repeated_sleep": _repeated([row for row in found.get(id, ()) if row["area"] == "sleep"], reach.advice_repeated),
                "level_agreed": None,  # nobody can agree a level in this version, so none is known
                "children_before": before.get(id, 0),
            },
        }
        for id in families.ids
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
    """The facts about some families up to a seq and a date; each answer is household -> what is known, and has no line for nothing."""

    tx: Tx
    families: Families
    on: str
    seq: int
    excluding: str
    before_seq: int

    def people(self) -> dict[str, dict[str, Row]]:
        """Who belonged, with what was known of their birth."""
        rows = self.tx.all(
            "SELECT m.household, d.person, d.born_on, d.due_on, d.gestation_days FROM membership m"
            f" JOIN person_detail d ON d.person = m.person WHERE m.household IN ({self.families.among}) AND m.seq <= :seq"
            " AND d.seq = (SELECT max(x.seq) FROM person_detail x WHERE x.person = m.person AND x.seq <= :seq)"
            " AND NOT EXISTS (SELECT 1 FROM membership_end e WHERE e.membership = m.id AND e.seq <= :seq) ORDER BY d.person",
            seq=self.seq,
            **self.families.params,
        )
        return {id: {row.pop("person"): row for row in theirs} for id, theirs in _by_household(rows).items()}

    def not_completed(self, since: str) -> dict[str, int]:
        """Visits not completed since a date; those that never count against a family are not among them."""
        rows = self._visits(
            "SELECT r.household, count(*) AS n FROM visit_reading r",
            "AND r.kind = 'visit_not_completed' AND r.occurred_on >= :since"
            " AND coalesce(r.outcome, '') NOT IN (:never_0, :never_1, :never_2, :never_3)"
            " GROUP BY r.household",
            **{f"never_{number}": outcome for number, outcome in enumerate(NEVER_COUNTED)},
            since=since,
        )
        return {row["household"]: row["n"] for row in rows}

    def days_since_child_seen(self) -> dict[str, int]:
        """Days since a child of the family was last seen; nothing when never, as far as is known."""
        rows = self._visits(
            "SELECT r.household, max(r.occurred_on) AS seen_on FROM visit_reading r", "AND r.child_seen = 1 GROUP BY r.household"
        )
        return {row["household"]: (date.fromisoformat(self.on) - date.fromisoformat(row["seen_on"])).days for row in rows}

    def findings(self, since: str) -> dict[str, list[Row]]:
        """What earlier visits since a date found or could not tell, each by its newest judgement of that moment."""
        rows = self._visits(
            "SELECT r.household, f.submission, f.code, f.area, f.state FROM visit_reading r"
            " JOIN assessment a ON a.submission = r.submission JOIN finding f ON f.assessment = a.id AND f.seq <= :seq",
            "AND r.occurred_on >= :since AND f.state IN ('present', 'cannot_tell')"
            " AND a.seq = (SELECT max(x.seq) FROM assessment x WHERE x.submission = r.submission AND x.kind = 'today' AND x.seq <= :seq)"
            " ORDER BY f.seq",
            since=since,
        )
        return _by_household(rows)

    def children_before(self) -> dict[str, int | None]:
        """Children who ever belonged to the family, before the youngest (twins come together); None when a date is not known."""
        rows = self.tx.all(
            "SELECT DISTINCT m.household, m.person, d.born_on, d.due_on FROM membership m LEFT JOIN person_detail d ON d.person = m.person"
            " AND d.seq = (SELECT max(x.seq) FROM person_detail x WHERE x.person = m.person AND x.seq <= :seq)"
            f" WHERE m.household IN ({self.families.among}) AND m.seq <= :seq AND m.role = 'child'",
            seq=self.seq,
            **self.families.params,
        )
        return {id: _before_the_youngest([row["born_on"] or row["due_on"] for row in theirs]) for id, theirs in _by_household(rows).items()}

    def _visits(self, what: str, which: str, **params: Any) -> list[Row]:
        """A question of the visits `r` that are history."""
        return self.tx.all(
            f"{what} WHERE r.household IN ({self.families.among}) AND r.seq <= :seq AND r.submission <> :excluding AND {EARLIER} {which}",
            on=self.on,
            seq=self.seq,
            excluding=self.excluding,
            before_seq=self.before_seq,
            **self.families.params,
            **params,
        )


def _by_household(rows: list[Row]) -> dict[str, list[Row]]:
    grouped: dict[str, list[Row]] = {}
    for row in rows:
        grouped.setdefault(row.pop("household"), []).append(row)
    return grouped


def _before_the_youngest(dates: list[str | None]) -> int | None:
    known = [day for day in dates if day is not None]
    if len(known) < len(dates):
        return None if len(dates) > 1 else 0
    return sum(day < max(known) for day in known)
