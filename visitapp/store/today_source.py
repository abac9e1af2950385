"""What a source of today's list is: one function that says from the facts why a family stands there, beside those facts.

To add a source:
1. give each of its kinds words in `domain/today.py`;
2. write `def today_rows(tx, household) -> Iterable[Reason]` beside its facts, and `TODAY = Source("its name", {fact tables}, today_rows)`;
3. put it in `store/today.py: SOURCES`: one line.

A reason stands as long as its function gives it, so only the facts that the function reads can end it. The function does not know what
time it is: it says from when on the reason is shown (`from_at`), and until when, and the list compares.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from visitapp.domain.today import FOREVER
from visitapp.store.derivation import Keys
from visitapp.store.tx import Tx

LONGEST_SAID = 300
"""Characters of what is said of a reason that the list shows; the fact keeps all of it."""


@dataclass(frozen=True)
class Reason:
    """Why one family is on the list.

    `kind`: of `domain.today.KINDS`. `subject`: names this very thing, and nothing that is owed or found again later has the same one: what
    was said of it (assigned, waiting) never holds for another. `since`: the day or instant since when it is so, by which the list is
    sorted. `from_at`: the day or instant from which it is shown; empty: at once. `due_at`: by when it should have ended, empty for no time.
    `band`: for a baby unseen, which limit of the policy counts (`flow/today.py`). `owner`: the account that owes it. `person`: whom it is
    about. `about`: an id for the link. `said`: more words, as somebody wrote them."""

    kind: str
    subject: str
    since: str
    from_at: str = ""
    until_at: str = FOREVER
    due_at: str = ""
    band: str = ""
    owner: str | None = None
    person: str | None = None
    about: str = ""
    said: str = ""


@dataclass(frozen=True)
class Source:
    """`follows`: the fact tables after which its rows are written again, of the household that the fact was kept for; `also`: those of
    another fact table are written again for the households that its function finds."""

    name: str
    follows: frozenset[str]
    rows: Callable[[Tx, str], Iterable[Reason]]
    also: Mapping[str, Keys] = field(default_factory=dict)
