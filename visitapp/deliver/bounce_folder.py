"""What came back as files: a maildir that a mail server fills, or a folder of .eml files in the demonstration and the tests."""

import os
from dataclasses import dataclass
from pathlib import Path

from visitapp.deliver.bounces import LONGEST, id_of, read
from visitapp.deliver.returns import Return

AT_MOST = 50


@dataclass(frozen=True)
class BounceFolder:
    """`path` is a maildir or a plain folder. What was kept moves to `read` in it; what a person must look at moves to `aside`."""

    path: Path
    domain: str
    name: str = "folder"

    def waiting(self) -> list[Return]:
        return [read(_beginning(path), self.domain) for path in self._lying()]

    def done(self, back: Return) -> None:
        to = self.path / ("aside" if back.kind == "message" or back.letter is None else "read")
        to.mkdir(mode=0o700, exist_ok=True)
        for path in self._lying():
            if id_of(_beginning(path)) == back.id:
                os.replace(path, to / path.name)

    def _lying(self) -> list[Path]:
        """The files that wait. Raises OSError when the folder is not there."""
        maildir = [self.path / "new", self.path / "cur"]
        folders = [one for one in maildir if one.is_dir()] or [self.path]
        files = sorted(path for folder in folders for path in folder.iterdir() if path.is_file() and not path.name.startswith("."))
        return files[:AT_MOST]


def _beginning(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(LONGEST)
