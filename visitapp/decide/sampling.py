"""Which of somebody's visits are sampled: by a seed, so that anybody can choose again and nobody could steer it. The seed is drawn when the
visits are there, so that none could be written to miss it."""

import hashlib
from collections.abc import Iterable


def chosen(seed: str, visits: Iterable[str], wanted: int) -> list[str]:
    """As many of the visits (ids) as are wanted, all where there are no more; the same for the same seed, in whatever order they come."""
    return sorted(visits, key=lambda visit: hashlib.sha256(f"{seed}:{visit}".encode()).digest())[:wanted]
