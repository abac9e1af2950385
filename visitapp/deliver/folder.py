"""A folder as the way out: the default on one machine, and a hand-over to whatever picks letters up from a share. The file appears whole
or not at all, and its being there is the proof, so an attempt whose end was never seen is settled by looking.
"""

import hashlib
import os
import re
import tempfile
from dataclasses import dataclass
from pathlib import Path

from visitapp.deliver import Message, Outcome


@dataclass(frozen=True)
class FolderTransport:
    """Puts each letter into `path` under its file name and letter id, readable by the service's own user only; beside one that can be
    answered by a link, the words of its message."""

    path: Path

    @property
    def name(self) -> str:
        return "folder"

    def send(self, message: Message) -> Outcome:
        target = Path(self.path) / _file_name(message)
        try:
            if message.answer_link and not target.exists():  # before the letter, which is the proof
                put_whole(target.with_suffix(".txt"), message.text.encode())
            if not target.exists():
                if message.bundle is not None:  # first: the letter's being there says that all of it is
                    put_whole(target.with_suffix(".fhir.json"), message.bundle)
                put_whole(target, message.pdf)
        except OSError as fault:
            return self._settled(target, message, fault.strerror or type(fault).__name__)
        return self._settled(target, message, "not there")

    def _settled(self, target: Path, message: Message, otherwise: str) -> Outcome:
        """What stands in the folder decides, whatever went wrong on the way."""
        try:
            there = target.read_bytes()
        except OSError:
            return Outcome("try_again", f"{target.name}: {otherwise}")
        if there != message.pdf:
            return Outcome("refused", f"{target.name}: another letter is there under this id")
        return Outcome("sent", f"{target.name} sha256 {hashlib.sha256(there).hexdigest()}")


def _file_name(message: Message) -> str:
    stem, letter = (re.sub(r"[^A-Za-z0-9-]+", "-", text)[:80] for text in (message.filename.removesuffix(".pdf"), message.letter_id))
    return f"{stem}-{letter}.pdf"


def put_whole(target: Path, content: bytes) -> None:
    """Put a file where nobody ever sees half of it, readable by the service's own user only. Raises OSError, with nothing left behind."""
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, partial = tempfile.mkstemp(prefix=".", suffix=".part", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(partial, target)
    except OSError:
        Path(partial).unlink(missing_ok=True)
        raise
    _keep_name(target.parent)


def _keep_name(folder: Path) -> None:
    """The rename itself reaches the disk before anybody is told that the letter is there."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
