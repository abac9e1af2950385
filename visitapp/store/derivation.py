"""What a derived table is: something that can be thrown away, because one function can write the rows of one key again from the facts.

The same function runs after each fact that touches the key and when everything is rebuilt, so the two cannot disagree.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from visitapp.store.tx import Row, Tx

Keys = Callable[[Tx, Row], Iterable[str]]


@dataclass(frozen=True)
class Derivation:
    """`after` names, for each fact table, the keys a new fact touches; `refresh` writes the rows of one key afresh (it removes the old
    ones first); `every_key` is a query whose column `key` lists them all; `tables` are emptied before a rebuild."""

    tables: tuple[str, ...]
    after: Mapping[str, Keys]
    refresh: Callable[[Tx, str], None]
    every_key: str


def column(name: str) -> Keys:
    """The key is a column of the fact itself."""
    return lambda _tx, fact: (fact[name],)
