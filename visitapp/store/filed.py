"""In whose record a visit stands: where its tablet sent it, until somebody says that it was entered in error; from then on with the family
that it belongs to, or with none. Every reader of visits asks here, so that a correction holds everywhere."""

from visitapp.domain.duties import error_subject
from visitapp.store.derivation import Derivation, column
from visitapp.store.tx import Row, Tx

HOME = (
    "coalesce((SELECT its.household FROM visit_filed its WHERE its.submission = {0}.submission AND its.until_seq IS NULL), {0}.household)"
)
"""The household in whose record a reading stands, as an expression over its row; where it stands in none, the one it was sent for."""
STANDS = (
    "(EXISTS (SELECT 1 FROM visit_filed its WHERE its.submission = {0}.submission AND its.until_seq IS NULL)"
    " OR NOT EXISTS (SELECT 1 FROM visit_filed its WHERE its.submission = {0}.submission))"
)
"""Whether a reading stands in any record, as a condition over its row."""
NEVER_MOVED = "NOT EXISTS (SELECT 1 FROM visit_filed its WHERE its.submission = {0}.submission)"
"""The readings that nobody ever said anything of: for queries that go by household and take the others from `visit_filed`."""


def in_error(tx: Tx, *, submission: str, household: str, belongs_to: str | None, why: str, at: str, actor: str) -> int:
    """A visit was entered in error for a household; it belongs to another, or stands in no record."""
    return tx.append("visit_error", at=at, actor=actor, household=household, submission=submission, belongs_to=belongs_to, why=why)


def errors(tx: Tx, submission: str) -> list[Row]:
    """What was said of a visit in error, in order, with who said it and the names of both families."""
    return tx.all(
        "SELECT e.household, e.belongs_to, e.why, j.at, w.name AS by_name, h.name AS family, b.name AS to_family FROM visit_error e"
        " JOIN journal j ON j.seq = e.seq LEFT JOIN account_now w ON w.account = j.actor"
        " LEFT JOIN household_now h ON h.household = e.household LEFT JOIN household_now b ON b.household = e.belongs_to"
        " WHERE e.submission = :submission ORDER BY e.seq",
        submission=submission,
    )


def ask_error(tx: Tx, *, id: str, submission: str, household: str, belongs_to: str | None, why: str, at: str, actor: str) -> int:
    """Somebody says that a visit was entered in error, and a second person has to agree."""
    return tx.append(
        "visit_error_asked", at=at, actor=actor, household=household, id=id, submission=submission, belongs_to=belongs_to, why=why
    )


def answer_error(tx: Tx, asked: str, *, household: str, agrees: bool, reason: str, at: str, actor: str) -> int | None:
    """The second person's word; None when it was answered before."""
    return tx.append_new(
        "visit_error_answer", at=at, actor=actor, household=household, visit_error_asked=asked, agrees=agrees, reason=reason
    )


def asked_error(tx: Tx, id: str) -> Row | None:
    """One such request, with who made it. Not scoped: screens ask through `look`."""
    return tx.one("SELECT a.*, j.at, j.actor FROM visit_error_asked a JOIN journal j ON j.seq = a.seq WHERE a.id = :id", id=id)


_ASKED = f"""SELECT a.id, a.submission, a.household, a.belongs_to, a.why, j.at, w.name AS by_name, b.name AS to_family,
    v.occurred_on, v.form, v.form_version, v.kind FROM visit_error_asked a
    JOIN duty d ON d.subject = '{error_subject("")}' || a.id JOIN journal j ON j.seq = a.seq LEFT JOIN account_now w ON w.account = j.actor
    LEFT JOIN household_now b ON b.household = a.belongs_to LEFT JOIN visit v ON v.submission = a.submission"""


def waiting_errors(tx: Tx, submission: str) -> list[Row]:
    """Such requests about a visit that wait for a second person, with who asked."""
    return tx.all(f"{_ASKED} WHERE a.submission = :submission ORDER BY a.seq", submission=submission)


def waiting_errors_of(tx: Tx, household: str) -> list[Row]:
    """Those about the visits of a family."""
    return tx.all(f"{_ASKED} WHERE a.household = :household ORDER BY a.seq", household=household)


def home(tx: Tx, submission: str) -> str | None:
    """Whose record a kept visit stands in now; None for one that stands in none."""
    row = tx.one(
        f"SELECT {HOME.format('r')} AS household FROM visit_reading r WHERE r.submission = :submission AND {STANDS.format('r')}",
        submission=submission,
    )
    return row["household"] if row else None


def nowhere(tx: Tx, submission: str) -> bool:
    """Whether it was said of a visit that it was entered in error and stands in no record."""
    last = tx.one("SELECT belongs_to FROM visit_error WHERE submission = :submission ORDER BY seq DESC LIMIT 1", submission=submission)
    return last is not None and last["belongs_to"] is None


def both(_tx: Tx, error: Row) -> list[str]:
    """The households that an error touches."""
    return [error["household"], *([error["belongs_to"]] if error["belongs_to"] else [])]


def _refresh(tx: Tx, submission: str) -> None:
    tx.run("DELETE FROM visit_filed WHERE submission = :submission", submission=submission)
    read = tx.one("SELECT household, seq FROM visit_reading WHERE submission = :submission", submission=submission)
    errors = tx.all("SELECT seq, belongs_to FROM visit_error WHERE submission = :submission ORDER BY seq", submission=submission)
    if read is None or not errors:
        return
    homes = [(read["household"], read["seq"]), *((row["belongs_to"], row["seq"]) for row in errors)]
    ends = [*(row["seq"] for row in errors), None]
    rows = [
        {"submission": submission, "household": household, "from_seq": since, "until_seq": until}
        for (household, since), until in zip(homes, ends, strict=True)
        if household is not None
    ]
    tx.insert("visit_filed", rows)


VISIT_FILED = Derivation(
    tables=("visit_filed",),
    after={"visit_error": column("submission"), "visit_reading": column("submission")},
    refresh=_refresh,
    every_key="SELECT DISTINCT submission AS key FROM visit_error",
)
