"""What visits found of the home or of how a child is cared for, a row for each visit that found anything grave enough to be asked about
later: few do, so that what followed is looked for in few rows."""

from visitapp.store.derivation import Derivation, column
from visitapp.store.tx import Row, Tx
from visitapp.store.visits import judged_today

AREAS = ("home", "care")
FROM_LEVEL = 2


def _of_finding(_tx: Tx, fact: Row) -> tuple[str, ...]:
    grave = fact["state"] == "present" and fact["area"] in AREAS and fact["level"] >= FROM_LEVEL
    return (fact["submission"],) if grave else ()


def _refresh(tx: Tx, submission: str) -> None:
    tx.run("DELETE FROM care_found WHERE submission = :submission", submission=submission)
    tx.run(
        "INSERT INTO care_found (submission, area, severity, household, occurred_on, level)"
        " SELECT v.submission, f.area, f.severity, v.household, v.occurred_on, max(f.level) FROM visit v"
        " JOIN finding f ON f.assessment = v.assessment AND f.state = 'present'"
        f" WHERE v.submission = :submission AND v.kind = 'visit' AND f.area IN ({', '.join(repr(area) for area in AREAS)})"
        " AND f.level >= :from_level GROUP BY v.submission, f.area, f.severity, v.household, v.occurred_on",
        submission=submission, from_level=FROM_LEVEL,
    )  # fmt: skip


CARE_FOUND = Derivation(
    tables=("care_found",),
    after={"assessment": judged_today, "finding": _of_finding, "visit_error": column("submission")},
    refresh=_refresh,
    every_key="SELECT submission AS key FROM visit_reading",
)
