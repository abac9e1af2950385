"""Who may sign in, for the administrator."""

from collections.abc import Iterable
from dataclasses import dataclass

from visitapp.look.reading import Desk, noted
from visitapp.store import account_list, teams
from visitapp.store.tx import Row

PAGE = 50


@dataclass(frozen=True)
class Accounts:
    """A page of accounts by user name; `after` is the key of the next page. `unled`: teams with families whose list of today nobody has,
    because nobody supervises them."""

    rows: tuple[Row, ...]
    after: str | None
    unled: tuple[Row, ...]


def accounts(desk: Desk, actor: str, after: str = "") -> Accounts:
    with desk.engine.read() as tx:
        rows, unled = account_list.page(tx, after, PAGE + 1), teams.without_supervisor(tx)
    noted(desk, actor, "read.accounts")
    shown = tuple(rows[:PAGE])
    return Accounts(shown, shown[-1]["username"] if len(rows) > PAGE else None, tuple(unled))


def colleagues(desk: Desk, actor: str) -> tuple[Row, ...]:
    """Those of the actor's team who visit families."""
    with desk.engine.read() as tx:
        return tuple(account_list.colleagues(tx, actor))


def names(desk: Desk, accounts: Iterable[str]) -> dict[str, str]:
    """The names of these accounts by their ids."""
    wanted = sorted({one for one in accounts if one})
    with desk.engine.read() as tx:
        return {row["account"]: row["name"] for row in account_list.names(tx, wanted)} if wanted else {}
