"""What is owed for a family, as reasons for today's list: a plan's action from the moment it is called for, a child who was to be seen and
a referral's step once they are late, a disagreement and a lower level at once, and everything else that is past its time."""

from collections.abc import Iterator

from visitapp.domain import duties as words
from visitapp.domain import joins
from visitapp.store import duties
from visitapp.store.today_source import LONGEST_SAID, Reason, Source
from visitapp.store.tx import Row, Tx

AT_ONCE: dict[str, str] = {
    words.PLAN_ACTION: "plan_action",
    words.SECOND_OPINION: "second_opinion",
    words.DISAGREEMENT: "disputed",
    "send_on": "given_back",
    duties.QUARANTINE: "quarantine",
    words.QUESTION: "question",
    words.DEBRIEF: "debrief",
    words.SECOND_WORKER: "second_worker",
    words.JOIN_ASKED: "join_asked",
}
"""Kind of duty -> kind of reason, for what is shown from the moment it is owed."""
ONCE_LATE: dict[str, str] = {
    words.SEE_CHILD: "see_child",
    "complete": "referral",
    "deliver": "referral",
    "acknowledge": "referral",
    "decide": "referral",
    words.FOLLOW_UP: "referral",
    words.RAISE: "referral",
    words.COUNTERSIGN: "countersign",
    words.RISK: "risk",
    words.HANDOVER: "handover",
    words.MOVED: "moved",
}
"""The same for what is shown once it is past its time. Every other kind of duty is then `late`."""
WHATEVER_ELSE = "late"


def today_rows(tx: Tx, household: str) -> Iterator[Reason]:
    rows = tx.all(
        "SELECT d.*, j.at AS since, r.receiving_team AS team FROM duty d JOIN journal j ON j.seq = d.opened_seq"
        " LEFT JOIN referral r ON r.id = d.referral WHERE d.household = :household ORDER BY d.due_at, d.opened_seq",
        household=household,
    )
    return (_reason(row) for row in rows)


def _reason(duty: Row) -> Reason:
    kind = AT_ONCE.get(duty["kind"])
    if duty["kind"] == "complete" and duty["team"] is None:
        kind = "no_route"
    return Reason(
        kind or _once_late(duty), f"{duty['subject']}@{duty['opened_seq']}", since=duty["since"],
        from_at=duty["since"] if kind else duty["due_at"], due_at=duty["due_at"], owner=duty["owner_account"], about=_about(duty),
        said=duty["what"][:LONGEST_SAID],
    )  # fmt: skip


def _once_late(duty: Row) -> str:
    home = duty["kind"] == words.SEE_CHILD and not duty["finding"]  # opened by coming home, and by no visit's finding
    return "home_unseen" if home else ONCE_LATE.get(duty["kind"], WHATEVER_ELSE)


def _about(duty: Row) -> str:
    """The referral; of a disagreement or a handover it, and of what is owed for a visit or to staff the thing
    itself."""
    itself = duty["kind"] in (words.DISAGREEMENT, words.QUESTION, words.COUNTERSIGN, words.HANDOVER, words.JOIN_ASKED, *words.OF_STAFF)
    return str(duty["subject"].split(":")[1]) if itself else duty["referral"] or ""


def _of_subject(tx: Tx, fact: Row) -> list[str]:
    """The households that a duty was ever owed for: a newer `owed` may be for another."""
    found = tx.all("SELECT DISTINCT household FROM owed WHERE subject = :subject", subject=fact["subject"])
    return [row["household"] for row in found]


def _of_quarantine(tx: Tx, settled: Row) -> list[str]:
    return _of_subject(tx, {"subject": settled["quarantine"]})


def _of_join(tx: Tx, answer: Row) -> list[str]:
    return _of_subject(tx, {"subject": joins.subject(answer["asked"])})


TODAY = Source(
    "owed",
    frozenset({"referral_event"}),
    today_rows,
    {"owed": _of_subject, "duty_closed": _of_subject, "quarantine_resolved": _of_quarantine, "join_answered": _of_join},
)
