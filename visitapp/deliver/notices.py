"""Short messages that name nobody: that something waits, is late or was refused, where to look, and a code to open an answer with. They
go over the same mail server as letters; in a demonstration without one, each becomes a text file that can be read.
"""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from visitapp.deliver import Outcome
from visitapp.deliver.folder import put_whole


@dataclass(frozen=True)
class Notice:
    """One short message to one address. `id` is the same on every attempt, so that a second copy can be recognised as the first."""

    id: str
    to: str
    subject: str
    text: str


class Notices(Protocol):
    """A way of handing a notice over. Says what happened, as a letter's transport does, and never raises for it."""

    @property
    def name(self) -> str: ...

    def send(self, notice: Notice) -> Outcome: ...


@dataclass(frozen=True)
class FolderNotices:
    """Each as a text file in `path`, readable by the service's own user only. The file appears whole or not at all; a second attempt finds
    the first."""

    path: Path

    @property
    def name(self) -> str:
        return "folder"

    def send(self, notice: Notice) -> Outcome:
        target = Path(self.path) / f"{re.sub(r'[^A-Za-z0-9-]+', '-', notice.id)[:80]}.txt"
        try:
            if not target.exists():
                put_whole(target, f"To: {notice.to}\nSubject: {notice.subject}\n\n{notice.text}".encode())
        except OSError as fault:
            return Outcome("try_again", f"{target.name}: {fault.strerror or type(fault).__name__}")
        return Outcome("sent", target.name)
