"""What a story expects to come out."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Expect:
    """To be written."""
