"""Who a referral's letters are for: one who must answer, and those who are told; and whose letter is not with them yet."""

from collections.abc import Iterable

from visitapp.domain import referrals as states
from visitapp.store import referrals
from visitapp.store.assessments import compact
from visitapp.store.derivation import Derivation
from visitapp.store.scope import MUST_ANSWER
from visitapp.store.tx import Row, Tx

RECEIVER, COPY = "receiver", "copy"
ANSWERED = (states.ACKNOWLEDGED, states.DECIDED, states.RETURNED)

_ANSWERS = MUST_ANSWER.format(row="r")
_STANDS = "NOT EXISTS (SELECT 1 FROM recipient n WHERE n.instead_of = r.id)"


def add(
    tx: Tx,
    *,
    id: str,
    referral: str,
    household: str,
    place: str,
    document: str,
    number: int,
    receiving_team: str | None,
    name: str,
    address: str,
    phone: str,
    transport: str,
    reasons: tuple[str, ...],
    at: str,
    actor: str,
    instead_of: str | None = None,
    answers: bool = False,
) -> int:
    """A letter of this kind and number is for somebody, and why; `instead_of` is the recipient that this one stands in for. Who `answers`
    must do so although the letter is an update."""
    return tx.append(
        "recipient", at=at, actor=actor, household=household, id=id, referral=referral, place=place, document=document, number=number,
        receiving_team=receiving_team, name=name, address=address, phone=phone, transport=transport, reasons=compact(list(reasons)),
        instead_of=instead_of, round=referrals.round_of(tx, referral), answers=1 if answers else None,
    )  # fmt: skip


def recipient(tx: Tx, id: str) -> Row | None:
    """One recipient."""
    return tx.one("SELECT * FROM recipient WHERE id = :id", id=id)


def receiver(tx: Tx, referral: str, most: int = 2**31) -> Row | None:
    """Who must answer the referral, by a letter whose number is at most that; None for one of before there were recipients."""
    return tx.one(
        f"SELECT r.* FROM recipient r WHERE r.referral = :referral AND {_ANSWERS} AND r.number <= :most AND {_STANDS}"
        " ORDER BY r.seq DESC LIMIT 1",
        referral=referral, most=most,
    )  # fmt: skip


def of(tx: Tx, referral: str) -> list[Row]:
    """Everybody its letters are for, in order, each with the letter where it is written, whether it is on its way still, and whether this
    recipient stands (0: another stands in for them)."""
    return tx.all(
        "SELECT r.*, j.at, CASE WHEN h.recipient IS NULL THEN 0 ELSE 1 END AS waiting, l.id AS letter, l.pages,"
        f" CASE WHEN {_STANDS} THEN 1 ELSE 0 END AS stands"
        " FROM recipient r JOIN journal j ON j.seq = r.seq LEFT JOIN handing_over h ON h.recipient = r.id"
        " LEFT JOIN letter l ON l.referral = r.referral AND l.document = r.document AND l.number = r.number AND l.round = r.round"
        " WHERE r.referral = :referral ORDER BY r.seq",
        referral=referral,
    )


def of_letter(tx: Tx, referral: str, document: str, number: int, round: int) -> list[Row]:
    """Whom one letter is for, as it stands."""
    return tx.all(
        "SELECT r.* FROM recipient r WHERE r.referral = :referral AND r.document = :document AND r.number = :number"
        f" AND r.round = :round AND {_STANDS} ORDER BY r.seq",
        referral=referral, document=document, number=number, round=round,
    )  # fmt: skip


def round_of(tx: Tx, referral: str, document: str, number: int) -> int:
    """The newest round in which somebody was to have a letter of this kind and number; 1 when nobody was."""
    found = tx.one(
        "SELECT coalesce(max(round), 1) AS newest FROM recipient WHERE referral = :referral AND document = :document AND number = :number",
        referral=referral, document=document, number=number,
    )  # fmt: skip
    assert found is not None
    return int(found["newest"])


def waits(tx: Tx, recipient: str) -> bool:
    """Whether a recipient's letter is still to be handed over."""
    return tx.one("SELECT 1 AS waits FROM handing_over WHERE recipient = :recipient", recipient=recipient) is not None


def unwritten(tx: Tx) -> list[Row]:
    """Recipients whose letter is not written, with since when it is wanted; the first letter to the receiver is asked of the referral."""
    return tx.all(
        "SELECT h.recipient, h.referral, h.household, h.place, h.document, h.number, j.at AS since FROM handing_over h CROSS JOIN journal j"
        " WHERE j.seq = h.opened_seq AND NOT (h.place = 'receiver' AND h.number = 1) AND NOT EXISTS (SELECT 1 FROM letter l"
        " WHERE l.referral = h.referral AND l.document = h.document AND l.number = h.number AND l.round = h.round) ORDER BY h.opened_seq"
    )


def undelivered(tx: Tx) -> list[Row]:
    """Letters that no attempt has handed over to a recipient, with how often it was tried and what came of the last, and
    whether it waits for a person to type it into a form."""
    return tx.all(
        "SELECT l.id, l.referral, h.recipient, h.place, h.household, j.at AS since,"
        " (SELECT count(*) FROM delivery d WHERE d.recipient = h.recipient) AS attempts,"
        " (SELECT d.outcome FROM delivery d WHERE d.recipient = h.recipient ORDER BY d.seq DESC LIMIT 1) AS outcome,"
        " (SELECT r.transport FROM recipient r WHERE r.id = h.recipient) AS transport,"
        " CASE WHEN EXISTS (SELECT 1 FROM portal_sheet s WHERE s.recipient = h.recipient) THEN 1 ELSE 0 END AS by_hand"
        " FROM handing_over h CROSS JOIN letter l CROSS JOIN journal j"  # in this order
        " WHERE l.referral = h.referral AND l.document = h.document AND l.number = h.number AND l.round = h.round AND j.seq = l.seq"
        " ORDER BY l.seq, h.opened_seq"
    )


def _here(_tx: Tx, fact: Row) -> Iterable[str]:
    return [fact["id"], *([fact["instead_of"]] if fact["instead_of"] else [])]


def _tried(_tx: Tx, fact: Row) -> Iterable[str]:
    return [fact["recipient"]] if fact.get("recipient") else []


def _answered(tx: Tx, fact: Row) -> Iterable[str]:
    """An answer shows that the receiver has it, whatever the transport could tell."""
    if fact["event"] not in ANSWERED:
        return []
    waiting = tx.all("SELECT recipient FROM handing_over WHERE referral = :referral AND place = 'receiver'", referral=fact["referral"])
    return [row["recipient"] for row in waiting]


def _family_copies(tx: Tx, fact: Row) -> Iterable[str]:
    """A paper for parents who lost a child waits no more to be handed to them."""
    rows = tx.all("SELECT id FROM recipient WHERE household = :household AND document = 'family_copy'", household=fact["household"])
    return [row["id"] for row in rows]


def _refresh(tx: Tx, id: str) -> None:
    tx.run("DELETE FROM handing_over WHERE recipient = :id", id=id)
    tx.run(
        "INSERT INTO handing_over (recipient, referral, household, place, document, number, round, opened_seq)"
        " SELECT r.id, r.referral, r.household, r.place, r.document, r.number, r.round, r.seq FROM recipient r"
        f" WHERE r.id = :id AND {_STANDS}"
        " AND NOT (r.document = 'family_copy' AND EXISTS (SELECT 1 FROM loss WHERE loss.household = r.household AND loss.event > r.seq))"
        " AND NOT EXISTS (SELECT 1 FROM delivery d WHERE d.recipient = r.id AND d.outcome = 'sent' AND NOT EXISTS"  # and not come back
        " (SELECT 1 FROM delivery b WHERE b.recipient = r.id AND b.outcome = 'refused' AND b.seq > d.seq))"
        f" AND NOT ({_ANSWERS} AND EXISTS (SELECT 1 FROM referral_event e WHERE e.referral = r.referral"
        " AND e.round >= r.round AND e.event IN ('acknowledged', 'decided', 'returned')))",
        id=id,
    )


HANDING_OVER = Derivation(
    tables=("handing_over",),
    after={
        "recipient": _here,
        "delivery": _tried,
        "referral_event": _answered,
        "life_event": _family_copies,
        "life_event_error": _family_copies,
    },
    refresh=_refresh,
    every_key="SELECT id AS key FROM recipient",
)
