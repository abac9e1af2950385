"""Ways out of the house for a letter. Everything about one attempt to hand a letter over is said here: what is handed over, and the
things that can come of it. A transport never raises for what happens on the way: it says what happened, and the caller keeps that
as a fact and decides whether to try again.
"""

import re
from dataclasses import dataclass
from typing import Literal, Protocol

OutcomeKind = Literal["sent", "refused", "try_again", "unknown", "collected"]

SUBJECT = "OFFICIAL-SENSITIVE: referral letter from a visiting service"
TEXT = """A referral letter is attached. It is OFFICIAL-SENSITIVE: open it only if you are on duty for the team it was sent to.

The first page says how urgent it is and whom to phone. If you cannot open it, or it is not for your team, please reply or phone the
sender straight away, quoting the reference {reference}.
"""
FOLLOWS = """
This is number {number} of a referral that was sent before: it says what is new, or puts something right. It is not a second referral.
"""
GRAVER = """
This is number {number} of a referral that was sent before, and it is more urgent than that was: read its first page now, and phone. It is
not a second referral, and it is to be answered anew.
"""
PERHAPS_TWICE = """
This may be a second copy of a letter that you have already: we could not see whether the first arrived. It is the same letter, and nothing
more is asked of you than the first time.
"""
ANSWER = """
To answer it, open {link}
It shows nothing before you have typed a code that we send to your team's address. There you can say that you have it, what was decided, or
that it is not for your team.
"""


@dataclass(frozen=True)
class Message:
    """One letter to one address. `letter_id` is the same on every attempt, so that a second copy can be recognised as the first;
    `again` says that an earlier attempt may have been taken. `bundle` is the letter for machines, where it has one."""

    letter_id: str
    reference: str
    to: str
    subject: str
    text: str
    filename: str
    pdf: bytes
    again: bool = False
    answer_link: str = ""
    bundle: bytes | None = None

    @property
    def bundle_name(self) -> str:
        return f"{self.filename.removesuffix('.pdf')}.fhir.json"


@dataclass(frozen=True)
class Outcome:
    """What came of one attempt.

    sent: the other side took it. refused: it will never take this; a person must look. try_again: nothing was handed over, later may
    work. unknown: it may have been taken; only trying again with the same letter id, or asking, settles it.
    collected: after `sent`, the other side's system took it out of its mailbox. `proof` is one line for the record: the other side's own
    words where there are any.
    """

    kind: OutcomeKind
    proof: str


class Transport(Protocol):
    """A way of handing a letter over."""

    @property
    def name(self) -> str: ...

    def send(self, message: Message) -> Outcome: ...


class Tracking(Protocol):
    """A transport that can be asked what became of a letter it took."""

    def track(self, letter_id: str, proof: str) -> Outcome | None:
        """What became of it since it was sent with that proof, `collected` or `refused`; None when nothing did yet, or when nothing can be
        learnt now."""
        ...


def covering_message(
    *,
    letter_id: str,
    reference: str,
    to: str,
    pdf: bytes,
    bundle: bytes | None = None,
    answer_link: str = "",
    number: int = 1,
    graver: bool = False,
) -> Message:
    """The message a letter travels in. Subject, text and file name are fixed but for the reference, the number of an update or correction,
    that it is `graver` than what was sent before and, to whoever must answer, the address of the page to answer on: nobody is named outside
    the PDF."""
    kept = re.sub(r"[^A-Za-z0-9-]+", "-", reference).strip("-") or "letter"
    text = (
        TEXT.format(reference=kept)
        + ((GRAVER if graver else FOLLOWS).format(number=number) if number > 1 else "")
        + (ANSWER.format(link=answer_link) if answer_link else "")
    )
    return Message(letter_id, kept, to, SUBJECT, text, f"referral-{kept}.pdf", pdf, bundle=bundle, answer_link=answer_link)
