"""What was established a few seconds ago, so that a busy tablet does not ask the database who it is with every visit it sends.

What ends trust (signing out, revoking a tablet, changing a password) forgets at once in this process; another process goes on
trusting for at most SECONDS. Only who is asking is remembered, never what they may see.
"""

from typing import Any

from visitapp.domain.moments import later

SECONDS = 5
MOST = 2_000


class Recent:
    """Answers by key, each good until an instant."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[str, Any]] = {}

    def get(self, key: str, now: str) -> Any | None:
        """What was kept under the key, unless it is too old."""
        until, value = self._kept.get(key, ("", None))
        return value if now < until else None

    def keep(self, key: str, value: Any, now: str) -> None:
        """Good from now for a few seconds."""
        if len(self._kept) >= MOST:
            self._kept.clear()
        self._kept[key] = (later(now, seconds=SECONDS), value)

    def forget(self) -> None:
        """Trust nothing of before. Rare, so all of it goes."""
        self._kept.clear()
