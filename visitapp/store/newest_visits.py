"""Which visit is the newest of a family on each form: what a family's findings are read from, so that no list of families looks through
years of visits."""

from visitapp.store.derivation import Derivation, column
from visitapp.store.filed import both
from visitapp.store.tx import Row, Tx
from visitapp.store.visits import judged_today


def _of_submission(tx: Tx, assessment: Row) -> list[str]:
    rows = [tx.one("SELECT household FROM visit WHERE submission = :id", id=id) for id in judged_today(tx, assessment)]
    return [row["household"] for row in rows if row]


def _refresh(tx: Tx, household: str) -> None:
    tx.run("DELETE FROM newest_visit WHERE household = :household", household=household)
    rows = tx.all(
        "SELECT household, form, form_version, submission, assessment, kind, occurred_on, seq FROM visit"
        " WHERE household = :household AND assessment IS NOT NULL ORDER BY occurred_on, seq",
        household=household,
    )
    tx.insert("newest_visit", list({row["form"]: row for row in rows}.values()))


NEWEST_VISIT = Derivation(
    tables=("newest_visit",),
    after={"visit_reading": column("household"), "visit_error": both, "assessment": _of_submission},
    refresh=_refresh,
    every_key="SELECT id AS key FROM household",
)
