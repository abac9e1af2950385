"""Letters as they were sent, to the byte, and every attempt to hand one over."""

from collections.abc import Sequence
from typing import Any

from visitapp.store.assessments import compact
from visitapp.store.same import WHO
from visitapp.store.scope import MUST_ANSWER
from visitapp.store.seen import Families
from visitapp.store.tx import Row, Tx

ASKS = "'referral', 'early_help', 'pre_birth'"
"""The kinds of document that ask somebody to act, for `IN`."""
ASKING = f"((l.number = 1 AND l.document IN ({ASKS})) OR l.document IN ('raised', 'raised_early_help'))"
"""Letters `l` that ask somebody to act: of the referral itself, and updates that ask for it again."""
ITS_RECEIVERS_FIRST = (
    f"CASE WHEN EXISTS (SELECT 1 FROM recipient n WHERE n.referral = l.referral AND {MUST_ANSWER.format(row='n')}"
    " AND n.document = l.document AND n.number = l.number AND n.round = l.round) THEN 0 ELSE 1 END, l.seq DESC"
)
"""An order of letters `l`: a copy may be of a kind that asks somebody to act too, and is not the letter that the receiver has."""


def add(
    tx: Tx,
    *,
    id: str,
    referral: str,
    household: str,
    bytes: bytes,
    sha256: str,
    pages: int,
    content: dict[str, Any],
    at: str,
    actor: str,
    document: str = "referral",
    number: int = 1,
    round: int = 1,
) -> int:
    """A letter was written: the bytes that will be handed over, and what they say as plain data. `number` is 1 for the referral itself and
    its copies, 2, 3, … for its updates and corrections; `round` is more than 1 when the referral was given back and sent on."""
    return tx.append(
        "letter", at=at, actor=actor, household=household, id=id, referral=referral, bytes=bytes, sha256=sha256, pages=pages,
        content=compact(content), document=document, number=number, round=round,
    )  # fmt: skip


def letter_of(tx: Tx, referral: str) -> Row | None:
    """The letter that asks its receiver to act, bytes included."""
    return tx.one(
        f"SELECT l.* FROM letter l WHERE l.referral = :referral AND {ASKING} ORDER BY {ITS_RECEIVERS_FIRST} LIMIT 1",
        referral=referral,
    )


def of_kind(tx: Tx, referral: str, document: str, number: int, round: int) -> Row | None:
    """The letter of one kind of document, number and round, bytes included."""
    return tx.one(
        "SELECT * FROM letter WHERE referral = :referral AND document = :document AND number = :number AND round = :round",
        referral=referral, document=document, number=number, round=round,
    )  # fmt: skip


def written_after(tx: Tx, referral: str, seq: int) -> bool:
    """Whether a letter of a referral was written after a moment."""
    found = tx.one("SELECT 1 AS written FROM letter WHERE referral = :referral AND seq > :seq LIMIT 1", referral=referral, seq=seq)
    return found is not None


def letter(tx: Tx, id: str) -> Row | None:
    """A letter, bytes included."""
    return tx.one("SELECT * FROM letter WHERE id = :id", id=id)


def add_delivery(
    tx: Tx,
    *,
    letter: str,
    household: str,
    transport: str,
    address: str,
    attempt: int,
    outcome: str,
    proof: str,
    at: str,
    actor: str,
    recipient: str | None = None,
) -> int:
    """What came of one attempt, with the other side's own words; `recipient` is None for a referral of before there were any."""
    return tx.append(
        "delivery", at=at, actor=actor, household=household, letter=letter, transport=transport, address=address, attempt=attempt,
        outcome=outcome, proof=proof, recipient=recipient,
    )  # fmt: skip


def begin(tx: Tx, *, letter: str, recipient: str | None, household: str, transport: str, attempt: int, at: str, actor: str) -> int:
    """An attempt begins: kept before anything is handed over."""
    return tx.append(
        "delivery_begun", at=at, actor=actor, household=household, letter=letter, recipient=recipient, transport=transport,
        attempt=attempt,
    )  # fmt: skip


def begun(tx: Tx, letter: str, recipient: str | None) -> list[int]:
    """The number of each attempt that was begun, in order; one that was begun twice stands there twice."""
    rows = tx.all(
        "SELECT attempt FROM delivery_begun WHERE letter = :letter AND coalesce(recipient, '') = coalesce(:recipient, '') ORDER BY seq",
        letter=letter, recipient=recipient,
    )  # fmt: skip
    return [row["attempt"] for row in rows]


def last_sent(tx: Tx, recipient: str) -> Row | None:
    """The newest attempt that a recipient's letter was taken in."""
    return tx.one("SELECT * FROM delivery WHERE recipient = :recipient AND outcome = 'sent' ORDER BY seq DESC LIMIT 1", recipient=recipient)


def deliveries(tx: Tx, letter: str, recipient: str | None = None) -> list[Row]:
    """Every attempt to hand a letter to a recipient, in order, with its instant."""
    return tx.all(
        "SELECT d.*, j.at FROM delivery d JOIN journal j ON j.seq = d.seq WHERE d.letter = :letter"
        " AND coalesce(d.recipient, '') = coalesce(:recipient, '') ORDER BY d.seq",
        letter=letter, recipient=recipient,
    )  # fmt: skip


def undelivered(tx: Tx) -> list[Row]:
    """Letters of before there were recipients (`store/recipients.py` has the others), of open referrals, that no attempt has handed over
    and nobody has acknowledged, with how often it was tried and what came of the last. Each is somebody's duty to deliver, so this is
    asked of the few and not of all letters."""
    return tx.all(
        "SELECT l.id, l.referral, NULL AS recipient, 'receiver' AS place, '' AS transport, 0 AS by_hand, o.household, j.at AS since,"
        " (SELECT count(*) FROM delivery d WHERE d.letter = l.id) AS attempts,"
        " (SELECT d.outcome FROM delivery d WHERE d.letter = l.id ORDER BY d.seq DESC LIMIT 1) AS outcome"
        " FROM duty o CROSS JOIN letter l CROSS JOIN journal j"  # in this order
        " WHERE o.kind = 'deliver' AND l.referral = o.referral"
        " AND j.seq = l.seq AND NOT EXISTS (SELECT 1 FROM referral_event e WHERE e.referral = l.referral"
        " AND e.seq > l.seq AND e.event IN ('delivered', 'acknowledged', 'decided', 'returned') AND NOT EXISTS"
        " (SELECT 1 FROM referral_event b WHERE b.referral = l.referral AND b.event = 'bounced' AND b.seq > e.seq))"
        " AND NOT EXISTS (SELECT 1 FROM recipient r WHERE r.referral = l.referral)"
        " ORDER BY l.seq"
    )


_LINE = """SELECT l.seq, 'letter' AS kind, j.at AS happened, r.household FROM referral r JOIN letter l ON l.referral = r.id
    JOIN journal j ON j.seq = l.seq WHERE"""


def lines(tx: Tx, families: Families, as_of: int, before: tuple[str, int], limit: int) -> list[Row]:
    """The letters of these families up to a seq as lines of a record, newest first from before that key."""
    return tx.all(
        f"""{_LINE} r.household IN ({families.among}) AND l.seq <= :as_of AND (j.at, l.seq) < (:before, :before_seq)
            ORDER BY j.at DESC, l.seq DESC LIMIT :limit""",
        as_of=as_of, before=before[0], before_seq=before[1], limit=limit, **families.params,
    )  # fmt: skip


def line(tx: Tx, families: Families, seq: int) -> Row | None:
    """One letter of these families as a line of a record."""
    return tx.one(f"{_LINE} l.seq = :seq AND r.household IN ({families.among})", **(families.params | {"seq": seq}))


def told_of(tx: Tx, seqs: Sequence[int]) -> list[Row]:
    """What each of these letters says, of which kind it is and who wrote it; the caller has shown that the actor may see the families."""
    values = {f"seq{number}": seq for number, seq in enumerate(seqs)}
    return tx.all(
        f"""SELECT l.seq, l.referral, l.document, l.number, l.round, l.content, w.name AS actor_name FROM letter l
            JOIN journal j ON j.seq = l.seq LEFT JOIN account_now w ON w.account = j.actor
            WHERE l.seq IN ({", ".join(f":{name}" for name in values)})""",
        **values,
    )  # fmt: skip


def responsibility(tx: Tx, household: str) -> list[Row]:
    """Who is recorded as holding parental responsibility for which child of this household: `child`, `holder` and the holder's name."""
    return tx.all(
        "SELECT DISTINCT m.person AS child, h.person AS holder, h.given_names, h.family_name FROM member_now m"
        " LEFT JOIN stands_for other ON other.stands = m.person"
        " JOIN parental_responsibility p ON p.child IN (m.person, other.person)"
        f" JOIN person_now h ON h.person = {WHO.format('p.holder')}"
        " WHERE m.household = :household AND m.role = 'child' ORDER BY m.person, h.given_names, h.person",
        household=household,
    )
