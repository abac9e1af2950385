"""How a broken definition is reported: file, line, what is wrong. Everything that reads definitions collects faults in one list,
so that whoever writes a form sees all of them at once."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Fault:
    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


class FormFault(Exception):
    """A definition that must not be used. `faults` holds every fault found; the text is one line each."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(faults))
        super().__init__("\n".join(str(fault) for fault in self.faults))
