"""Links by which a recipient answers from the message a letter came in (facts, without their tokens), and the browsers that asked for a
code to open one (working rows, forgotten after a day)."""

from visitapp.store.tx import Row, Tx


def add(tx: Tx, *, token_hash: str, referral: str, household: str, recipient: str, letter: str, at: str, actor: str) -> int | None:
    """A link was made for the message to a recipient; None when it was made for an earlier attempt to hand over the same letter."""
    return tx.append_new(
        "answer_link", at=at, actor=actor, household=household, token_hash=token_hash, referral=referral, recipient=recipient, letter=letter
    )


def link(tx: Tx, token_hash: str) -> Row | None:
    """A link, with whom it is for as that stands and when it was made."""
    return tx.one(
        "SELECT l.referral, l.household, l.recipient, l.letter, r.place, r.round, r.name, r.address, j.at,"
        " CASE WHEN EXISTS (SELECT 1 FROM recipient n WHERE n.instead_of = r.id) THEN 0 ELSE 1 END AS stands"
        " FROM answer_link l JOIN recipient r ON r.id = l.recipient JOIN journal j ON j.seq = l.seq WHERE l.token_hash = :token_hash",
        token_hash=token_hash,
    )


def asked_since(tx: Tx, token_hash: str, since: str) -> int:
    """How many codes were asked for since an instant, to open one link."""
    found = tx.one(
        "SELECT coalesce(sum(asked), 0) AS n FROM answer_visit WHERE token_hash = :token_hash AND asked_at >= :since",
        token_hash=token_hash, since=since,
    )  # fmt: skip
    assert found is not None
    return int(found["n"])


def ask(tx: Tx, *, browser_hash: str, token_hash: str, message: str | None, at: str, since: str) -> None:
    """A browser asked for a code: a new one takes the place of the one before, and what was open in it is closed. How often is counted from
    an instant on."""
    tx.run(
        "INSERT INTO answer_visit (browser_hash, token_hash, asked_at, asked, message, tries, opened_until)"
        " VALUES (:browser_hash, :token_hash, :at, 1, :message, 0, NULL) ON CONFLICT (browser_hash, token_hash) DO UPDATE"
        " SET asked_at = :at, asked = CASE WHEN answer_visit.asked_at >= :since THEN answer_visit.asked + 1 ELSE 1 END,"
        " message = :message, tries = 0, opened_until = NULL",
        since=since, browser_hash=browser_hash, token_hash=token_hash, message=message, at=at,
    )  # fmt: skip


def visit(tx: Tx, browser_hash: str, token_hash: str) -> Row | None:
    """What a browser asked for and may open of one link."""
    return tx.one(
        "SELECT * FROM answer_visit WHERE browser_hash = :browser_hash AND token_hash = :token_hash",
        browser_hash=browser_hash, token_hash=token_hash,
    )  # fmt: skip


def tried(tx: Tx, browser_hash: str, token_hash: str) -> int:
    """A code was tried; how often that makes, and 0 where none was asked for."""
    tx.run(
        "UPDATE answer_visit SET tries = tries + 1 WHERE browser_hash = :browser_hash AND token_hash = :token_hash",
        browser_hash=browser_hash, token_hash=token_hash,
    )  # fmt: skip
    row = visit(tx, browser_hash, token_hash)
    return int(row["tries"]) if row else 0


def open_until(tx: Tx, browser_hash: str, token_hash: str, *, until: str, renamed: str) -> None:
    """The code was right: it is used up, and what it opens stays open in the browser, which goes by another secret from now on."""
    tx.run(
        "UPDATE answer_visit SET message = NULL, opened_until = :until WHERE browser_hash = :browser_hash AND token_hash = :token_hash",
        until=until, browser_hash=browser_hash, token_hash=token_hash,
    )  # fmt: skip
    tx.run("UPDATE answer_visit SET browser_hash = :renamed WHERE browser_hash = :browser_hash", renamed=renamed, browser_hash=browser_hash)


def forget_before(tx: Tx, at: str) -> int:
    """Let go of browsers that asked before an instant; how many."""
    return tx.run("DELETE FROM answer_visit WHERE asked_at < :at", at=at)
