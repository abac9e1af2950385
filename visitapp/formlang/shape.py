"""Looking into a document with care: each look says what was expected, notes a fault with its line when it is not there, and goes on
with something harmless, so that one reading reports every fault."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from visitapp.formlang.reading import Document, Where


@dataclass(frozen=True)
class Shape:
    """A mapping in a document, at a place."""

    document: Document
    where: Where = ()

    @property
    def value(self) -> dict[str, Any]:
        found: Any = self.document.value
        for step in self.where:
            found = found[step]
        return found if isinstance(found, dict) else {}

    def fault(self, message: str, key: str | None = None) -> None:
        self.document.fault(self.where if key is None else (*self.where, key), message)

    def keys(self, required: str, optional: str = "") -> "Shape":
        """Check that it is a mapping with these keys (words in one line) and no others."""
        found: Any = self.document.value
        for step in self.where:
            found = found[step]
        if not isinstance(found, dict):
            self.fault(f"A mapping with {', '.join(required.split()) or 'keys'} belongs here.")
            return self
        for key in found:
            if key not in required.split() and key not in optional.split():
                self.fault(f"'{key}' is not a key that belongs here.", key)
        for key in required.split():
            if key not in found:
                self.fault(f"'{key}' is missing here.")
        return self

    def text(self, key: str) -> str:
        found = self.value.get(key)
        if isinstance(found, str) and found.strip():
            return found.strip()
        if key in self.value:
            self.fault(f"'{key}' must be text.", key)
        return ""

    def maybe_text(self, key: str) -> str | None:
        return (self.text(key) or None) if key in self.value else None

    def integer(self, key: str, low: int | None = None, high: int | None = None) -> int | None:
        found = self.value.get(key)
        if key not in self.value:
            return None
        if isinstance(found, bool) or not isinstance(found, int):
            self.fault(f"'{key}' must be a whole number.", key)
            return None
        if (low is not None and found < low) or (high is not None and found > high):
            self.fault(f"'{key}' is {found}: it must be from {low} to {high}.", key)
        return found

    def flag(self, key: str) -> bool:
        found = self.value.get(key, False)
        if not isinstance(found, bool):
            self.fault(f"'{key}' must be true or false.", key)
        return found is True

    def one_of(self, key: str, allowed: Mapping[str, Any] | tuple[str, ...]) -> str:
        found = self.text(key)
        if found and found not in allowed:
            self.fault(f"'{found}' is not one of {', '.join(allowed)}.", key)
        return found

    def words(self, key: str, allowed: Mapping[str, Any] | tuple[str, ...]) -> tuple[str, ...]:
        found = self.value.get(key, [])
        if not isinstance(found, list):
            self.fault(f"'{key}' must be a list.", key)
            return ()
        for word in found:
            if word not in allowed:
                self.fault(f"'{word}' is not one of {', '.join(allowed)}.", key)
        return tuple(str(word) for word in found)

    def texts(self, key: str) -> tuple[str, ...]:
        found = self.value.get(key, [])
        if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
            self.fault(f"'{key}' must be a list of texts.", key)
            return ()
        return tuple(found)

    def items(self, key: str) -> Iterator["Shape"]:
        found = self.value.get(key, [])
        if not isinstance(found, list):
            self.fault(f"'{key}' must be a list.", key)
            return
        for index in range(len(found)):
            yield Shape(self.document, (*self.where, key, index))

    def members(self, key: str) -> Iterator[tuple[str, "Shape"]]:
        found = self.value.get(key, {})
        if not isinstance(found, dict):
            self.fault(f"'{key}' must be a mapping.", key)
            return
        for name in found:
            yield name, Shape(self.document, (*self.where, key, name))
