"""Letters that nobody has, and what came back about a family and waits for somebody to look, as reasons for today's list."""

from collections.abc import Iterator

from visitapp.store.today_source import Reason, Source
from visitapp.store.tx import Tx


def today_rows(tx: Tx, household: str) -> Iterator[Reason]:
    refused = tx.all(
        "SELECT h.recipient, h.referral, d.seq, j.at FROM handing_over h JOIN delivery d ON d.recipient = h.recipient"
        " JOIN journal j ON j.seq = d.seq WHERE h.household = :household AND h.place = 'receiver' AND d.outcome = 'refused'"
        " AND NOT EXISTS (SELECT 1 FROM delivery n WHERE n.recipient = d.recipient AND n.seq > d.seq) ORDER BY d.seq",
        household=household,
    )
    for row in refused:
        yield Reason("letter_stuck", f"{row['recipient']}@{row['seq']}", since=row["at"], from_at=row["at"], about=row["referral"])
    for row in tx.all("SELECT id, since, owner FROM returned_open WHERE household = :household ORDER BY opened_seq", household=household):
        yield Reason("came_back", row["id"], since=row["since"], from_at=row["since"], owner=row["owner"])


TODAY = Source("letters", frozenset({"recipient", "delivery", "referral_event", "returned", "returned_settled"}), today_rows)
