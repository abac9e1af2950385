"""The files of letters beside their bytes: what each can be checked by, the certificates that signed them, and who looked up codes."""

from visitapp.store.tx import Row, Tx


def add(
    tx: Tx, *, letter: str, household: str, code: str, unsigned_sha256: str, unsigned_length: int, certificate: str, bundle: bytes | None,
    at: str, actor: str,
) -> int:  # fmt: skip
    """What belongs to a letter's file; its bytes are the letter's."""
    return tx.append(
        "letter_file", at=at, actor=actor, household=household, letter=letter, code=code, unsigned_sha256=unsigned_sha256,
        unsigned_length=unsigned_length, certificate=certificate, bundle=bundle,
    )  # fmt: skip


def of_letter(tx: Tx, letter: str) -> Row | None:
    """What belongs to the file of one letter; None for one of before there were signatures."""
    return tx.one("SELECT * FROM letter_file WHERE letter = :letter", letter=letter)


def by_code(tx: Tx, code: str) -> Row | None:
    """What anybody who holds a letter may know: its referral, when it was written, pages, hash, and when a later one took its place."""
    return tx.one(
        "SELECT l.referral, l.pages, l.sha256, l.document, l.number, j.at, (SELECT n.at FROM letter c JOIN journal n ON n.seq = c.seq"
        " WHERE c.referral = l.referral AND c.document IN ('update', 'correction', 'raised', 'raised_early_help')"
        " AND c.seq > l.seq ORDER BY c.seq DESC LIMIT 1)"
        " AS superseded_at FROM letter_file f JOIN letter l ON l.id = f.letter JOIN journal j ON j.seq = l.seq WHERE f.code = :code",
        code=code,
    )


def add_certificate(tx: Tx, *, fingerprint: str, pem: str, at: str, actor: str) -> int | None:
    """A certificate that a letter was signed with; None when it is there already."""
    return tx.append_new("signing_certificate", at=at, actor=actor, fingerprint=fingerprint, pem=pem)


def certificates(tx: Tx) -> list[Row]:
    """Every certificate that ever signed a letter, retired ones with them, in the order of their first letter."""
    return tx.all("SELECT c.fingerprint, c.pem, j.at FROM signing_certificate c JOIN journal j ON j.seq = c.seq ORDER BY c.seq")


def newest_certificate(tx: Tx) -> Row | None:
    """The certificate that signed the newest letter."""
    return tx.one(
        "SELECT c.fingerprint, c.pem FROM letter_file f JOIN signing_certificate c ON c.fingerprint = f.certificate"
        " WHERE f.seq = (SELECT max(seq) FROM letter_file)"
    )


def note_look_up(tx: Tx, *, address_hash: str, at: str) -> None:
    """Somebody looked up a code."""
    tx.run("INSERT INTO check_attempt (address_hash, at) VALUES (:address_hash, :at)", address_hash=address_hash, at=at)


def looked_up_since(tx: Tx, *, address_hash: str, since: str) -> int:
    """How many codes an address looked up since an instant."""
    counted = "SELECT count(*) AS many FROM check_attempt WHERE address_hash = :address_hash AND at >= :since"
    found = tx.one(counted, address_hash=address_hash, since=since)
    return int(found["many"]) if found else 0


def forget_look_ups_before(tx: Tx, at: str) -> int:
    """Look-ups older than this no longer slow anybody down; how many were forgotten."""
    return tx.run("DELETE FROM check_attempt WHERE at < :at", at=at)
