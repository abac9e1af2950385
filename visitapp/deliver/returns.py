"""What comes back after a letter was handed over: that it could not be delivered, that it is late, a machine's answer, a person's. It says
of which letter it speaks where it names one; it is read from the mailbox that letters are sent from.
"""

from dataclasses import dataclass
from typing import Literal, Protocol

ReturnKind = Literal["refused", "delayed", "automatic", "message"]


@dataclass(frozen=True)
class Return:
    """`id` is the same each time it is read. `letter` is the id that the letter or notice travelled under, None where it names none of
    ours. `proof` is one line for the record: a server's own words, never what a person wrote.

    refused: it will not arrive after all. delayed: a server still tries. automatic: a machine answered, such as an out-of-office.
    message: anything else, which a person must read where it lies."""

    id: str
    kind: ReturnKind
    letter: str | None
    proof: str


class Returns(Protocol):
    """A mailbox that what comes back is read from. Raises OSError when it cannot be read. What is read stays until `done` is told that it
    was kept, so nothing is lost between the two."""

    @property
    def name(self) -> str: ...

    def waiting(self) -> list[Return]: ...

    def done(self, back: Return) -> None: ...
