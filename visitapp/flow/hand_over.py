"""A letter handed over by a person: on paper, by another council's own form, or read out by phone. What they say of it is the proof, and it
ends the wait as a transport's word would. For what is given by hand anyway, and for what no transport could deliver."""

from __future__ import annotations

from typing import TYPE_CHECKING

from visitapp.flow import recipients, whose
from visitapp.flow.delivering import has_it
from visitapp.problems import problem, wrong
from visitapp.store import letters, referrals
from visitapp.store import recipients as kept
from visitapp.store.tx import Row, Tx

if TYPE_CHECKING:
    from visitapp.wiring import Wired

LONGEST = 10_000


def handed_over(w: Wired, actor: str, referral: str, recipient: str, how: str) -> None:
    """Somebody of the family's team says how a recipient got their letter, and who took it. Raises Problem with the field `how`."""
    if not how.strip():
        raise wrong(f"how-{recipient}", "Say how it was handed over, who took it and when.")
    if len(how) > LONGEST:
        raise wrong(f"how-{recipient}", "Make this shorter.")
    at = w.clock()

    def write(tx: Tx) -> None:
        row = kept.recipient(tx, recipient)
        if row is None or row["referral"] != referral:
            raise problem("not_found")
        whose.act_for(tx, actor, row["household"])
        letter = letters.of_kind(tx, row["referral"], row["document"], row["number"], row["round"])
        if letter is None:
            raise wrong(f"how-{recipient}", "The letter is still being written. Try again in a minute.")
        if kept.waits(tx, recipient):
            _keep(w, tx, row, letter, how, at, actor)

    w.writer.submit(write)


def _keep(w: Wired, tx: Tx, row: Row, letter: Row, how: str, at: str, actor: str) -> None:
    attempt = len(letters.deliveries(tx, letter["id"], row["id"])) + 1
    letters.add_delivery(
        tx, letter=letter["id"], household=row["household"], transport=recipients.IN_PERSON, address="", attempt=attempt, outcome="sent",
        proof=how, recipient=row["id"], at=at, actor=actor,
    )  # fmt: skip
    about = referrals.referral(tx, row["referral"])
    if about is not None and recipients.of_row(row).must_answer:
        has_it(w, tx, about, recipients.IN_PERSON, at, actor)
