"""One thing that happens in a story, while it is being read: what it may name, and what may be said of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from visitapp.flow.stories.looking import Spot, nearest
from visitapp.flow.stories.model import Key
from visitapp.flow.stories.services import Services

AS_SAID = "As the story says."


@dataclass
class Names:
    """What a story names and may refer to. `made` is kind -> the keys of what events before this one made, in order."""

    services: Services
    areas: tuple[str, ...]
    people: frozenset[str]
    households: frozenset[str]
    codes: frozenset[str]
    made: dict[str, list[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Looking:
    """One event being read, on its day."""

    spot: Spot
    names: Names
    on: date
    practitioner: str  # of the family, by user name

    def person(self, key: str) -> Key | None:
        return self._key("person", key, self.names.people)

    def household(self, key: str) -> Key | None:
        return self._key("household", key, self.names.households)

    def account(self, key: str, roles: tuple[str, ...] = ()) -> Key | None:
        known = [one.username for one in self.names.services.accounts if not roles or one.role in roles]
        return self._key("account", key, known)

    def _key(self, kind: str, key: str, known: Any) -> Key | None:
        name = self.spot.text(key)
        if name and name not in known:
            what = {"person": "Nobody in this story", "household": "No household of this story", "account": "No account"}[kind]
            self.spot.fault(f"{what} is called '{name}'.{nearest(name, known)}", key)
        return Key(kind, name) if name in known else None

    def made(self, kind: str, key: str) -> Key | None:
        """What an earlier event made: by its key, or the only one, or the newest."""
        known, name = self.names.made.get(kind, []), self.spot.text(key)
        if not known:
            self.spot.fault(f"No event before this one has '{kind}'.", *([key] if name else []))
        elif name and name not in known:
            self.spot.fault(f"No '{kind}' before this one is called '{name}'.{nearest(name, known)}", key)
        return Key(kind, name or known[-1]) if known and (not name or name in known) else None

    def owner(self, spot: Spot, key: str = "owner") -> tuple[str, Key | None]:
        """Somebody in words, or by user name with their account; nobody named is the family's practitioner."""
        name = spot.text(key) or (self.practitioner if key == "owner" else "")
        account = next((one for one in self.names.services.accounts if one.username == name), None)
        return (account.name, Key("account", name)) if account else (name, None)


Read = Callable[[Looking], dict[str, Any]]


@dataclass(frozen=True)
class Happening:
    """`short` is what one plain value says; `fields` are the words that may be said of it; `names` is the word whose value it can be called
    by later, where the story gives it no key."""

    read: Read
    fields: tuple[str, ...] = ()
    short: str | None = None
    required: tuple[str, ...] = ()
    makes: bool = False
    named_by: str | None = None
