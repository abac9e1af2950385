"""Known risks at homes: what was recorded, what was said of each since, and which are still to be ended or confirmed."""

from visitapp.domain.risks import ENDED
from visitapp.store.derivation import Derivation, column
from visitapp.store.seen import Families
from visitapp.store.tx import Row, Tx

ONE = """SELECT r.id, r.household, r.submission, r.kind, r.words, r.known, r.source, r.protected, r.from_on, r.seq, j.actor AS set_by,
       b.name AS set_by_name, w.word, w.on_date AS word_on, w.words AS word_words, w.seq AS word_seq,
       c.name AS word_by_name, coalesce(w.until_on, r.until_on) AS until_on
       FROM risk r JOIN journal j ON j.seq = r.seq LEFT JOIN account_now b ON b.account = j.actor
       LEFT JOIN risk_word w ON w.seq = (SELECT max(x.seq) FROM risk_word x WHERE x.risk = r.id)
       LEFT JOIN journal k ON k.seq = w.seq LEFT JOIN account_now c ON c.account = k.actor"""
"""A risk with the newest word on it; `until_on` is the day until which it stands, or stood."""


def add(
    tx: Tx, *, id: str, household: str, submission: str | None, kind: str, words: str, known: str, source: str, protected: bool,
    from_on: str, until_on: str, at: str, actor: str,
) -> int | None:  # fmt: skip
    """A risk is known; None where this visit named it before."""
    return tx.append_new(
        "risk", at=at, actor=actor, household=household, id=id, submission=submission, kind=kind, words=words, known=known, source=source,
        protected=protected, from_on=from_on, until_on=until_on,
    )  # fmt: skip


def say(
    tx: Tx, *, risk: str, household: str, word: str, on_date: str, words: str, known: str, until_on: str | None, at: str, actor: str
) -> int:  # fmt: skip
    """A risk is confirmed until a day, or ended."""
    return tx.append(
        "risk_word", at=at, actor=actor, household=household, risk=risk, word=word, on_date=on_date, words=words, known=known,
        until_on=until_on,
    )  # fmt: skip


def risk(tx: Tx, id: str) -> Row | None:
    """One, as it stands. Not scoped: who asks has shown that they may act for the family."""
    return tx.one(f"{ONE} WHERE r.id = :id", id=id)


def of_households(tx: Tx, families: Families, before: int, limit: int) -> list[Row]:
    """The risks of a family and its earlier households, the newest first, from before a seq. For a reader who has shown that they may see
    the family."""
    return tx.all(
        f"{ONE} WHERE r.household IN ({families.among}) AND r.seq < :before ORDER BY r.seq DESC LIMIT :limit",
        before=before, limit=limit, **families.params,
    )  # fmt: skip


def open_of(tx: Tx, families: Families) -> list[Row]:
    """The risks of some families that nobody ended, those that stand longest first. A risk of an earlier household goes with the people:
    who asks for a family asks for its earlier ones too."""
    return tx.all(
        f"{ONE} JOIN risk_open o ON o.risk = r.id WHERE o.household IN ({families.among}) ORDER BY o.until_on DESC, r.seq DESC",
        **families.params,
    )


def ending(tx: Tx, by: str, limit: int) -> list[Row]:
    """Risks that nobody ended, that end by a day, and of which nobody is asked yet whether they still are so."""
    return tx.all(
        "SELECT o.risk, o.household, o.kind, o.until_on FROM risk_open o WHERE o.until_on <= :by"
        " AND NOT EXISTS (SELECT 1 FROM duty d WHERE d.subject = 'risk:' || o.risk) ORDER BY o.until_on, o.risk LIMIT :limit",
        by=by, limit=limit,
    )  # fmt: skip


def _refresh(tx: Tx, risk: str) -> None:
    tx.run("DELETE FROM risk_open WHERE risk = :risk", risk=risk)
    tx.run(
        "INSERT INTO risk_open (risk, household, kind, until_on) SELECT r.id, r.household, r.kind, coalesce(w.until_on, r.until_on)"
        " FROM risk r LEFT JOIN risk_word w ON w.seq = (SELECT max(x.seq) FROM risk_word x WHERE x.risk = r.id)"
        " WHERE r.id = :risk AND coalesce(w.word, '') <> :ended",
        risk=risk, ended=ENDED,
    )  # fmt: skip


RISK_OPEN = Derivation(
    tables=("risk_open",),
    after={"risk": column("id"), "risk_word": column("risk")},
    refresh=_refresh,
    every_key="SELECT id AS key FROM risk",
)
