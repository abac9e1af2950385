"""Whether a family belongs to anybody: a named practitioner who is there to visit. Who is on leave, and who stands in, depends on the day
and is asked when the list is read (`flow/today.py`)."""

from collections.abc import Iterator

from visitapp.store import records
from visitapp.store.today_source import Reason, Source
from visitapp.store.tx import Tx

VISITS = ("health_visitor", "midwife", "nursery_nurse")


def today_rows(tx: Tx, household: str) -> Iterator[Reason]:
    family = tx.one(
        "SELECT h.practitioner, h.joined_to, a.role, a.team, j.at,"
        " (SELECT max(n.seq) FROM named_practitioner n WHERE n.household = h.household) AS named,"
        " (SELECT max(k.at) FROM named_practitioner n JOIN journal k ON k.seq = n.seq WHERE n.household = h.household) AS named_at"
        " FROM household_now h JOIN household f ON f.id = h.household JOIN journal j ON j.seq = f.seq"
        " LEFT JOIN account_now a ON a.account = h.practitioner WHERE h.household = :household",
        household=household,
    )
    if family is None or family["joined_to"] is not None:  # a record that is part of another belongs as that does
        return
    if family["practitioner"] is None:
        yield Reason("nobody_named", f"{household}@{family['named'] or 0}", since=family["at"])
    elif family["role"] not in VISITS or family["team"] is None:
        yield Reason(
            "practitioner_gone",
            f"{family['practitioner']}@{family['named']}",
            since=max(_left(tx, family["practitioner"]), family["named_at"]),
        )


def _left(tx: Tx, account: str) -> str:
    """Since when the account is as it is; who was named to hold a family holds it since then."""
    found = tx.one(
        "SELECT j.at FROM account a JOIN journal j ON j.seq = a.seq WHERE a.id = :account ORDER BY a.seq DESC LIMIT 1", account=account
    )
    return str(found["at"]) if found else ""


def _theirs(tx: Tx, account: str) -> list[str]:
    found = tx.all("SELECT DISTINCT household FROM named_practitioner WHERE account = :account", account=account)
    return [row["household"] for row in found]


TODAY = Source(
    "belonging",
    frozenset({"named_practitioner"}),
    today_rows,
    {
        "account": lambda tx, fact: _theirs(tx, fact["id"]),
        "account_ended": lambda tx, fact: _theirs(tx, fact["account"]),
        "record_joined": records.duplicates,
        "record_joined_error": records.duplicate_of,
    },
)
