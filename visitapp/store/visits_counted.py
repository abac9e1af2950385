"""What figures count of a visit: where children slept and how that is known, what was left without an answer, and which of the contacts
that every child is to have it was, with whom. A reading is made once and never changes, so nor do these rows, but for who a child
that was recorded twice is.
"""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from visitapp.domain.answers import HOW_KNOWN, WHY_ABSENT
from visitapp.domain.contacts import ANTENATAL, CODES, CONTACT
from visitapp.domain.measures import SEEN, UNANSWERED
from visitapp.store import same
from visitapp.store.derivation import Derivation, column
from visitapp.store.filed import HOME, STANDS
from visitapp.store.seen import BESIDE
from visitapp.store.tx import Row, Tx

SURFACE = "sleep.surface"
"""The measure that says what a child slept on: one for each sleep that was recorded."""
WHYS = (*WHY_ABSENT, UNANSWERED)
SEEN_HERE = {"awake": 1, "asleep": 1, "not_seen": 0}
_SEEN_MOST = (None, 0, 1).index

Measures = Iterable[Sequence[Any]]


def _refresh(tx: Tx, submission: str) -> None:
    for table in ("visit_counted", "contact_made"):
        tx.run(f"DELETE FROM {table} WHERE submission = :submission", submission=submission)
    read = tx.one(
        f"SELECT r.submission, {HOME.format('r')} AS household, r.occurred_on, r.kind, s.form, s.form_version, r.outcome,"
        " s.author, r.measures"
        f" FROM visit_reading r JOIN submission s ON s.id = r.submission WHERE r.submission = :submission AND r.kind NOT IN {BESIDE}"
        f" AND {STANDS.format('r')}",
        submission=submission,
    )
    if read is not None:
        author, measures = read.pop("author"), json.loads(read.pop("measures"))
        told = {"answered": answered(measures), "left_open": json.dumps(left_open(measures))}
        tx.insert("visit_counted", [read | _places(measures) | told])
        made = {name: read[name] for name in ("submission", "household")} | {"on_date": read["occurred_on"], "author": author}
        tx.insert("contact_made", [made | one for one in _contacts(read["kind"], same.standing_measures(tx, measures))])


def _places(measures: Measures) -> Row:
    """How it is known where a child slept, of each sleep. One with a value and no word on how it is known counts as told: nobody saw it."""
    found: Counter[str] = Counter()
    for _person, name, value, known, *_ in measures:
        if name == SURFACE:
            found["unplaced" if value == "" else known if known in HOW_KNOWN else "told"] += 1
    return {way: found[way] for way in (*HOW_KNOWN, "unplaced")}


def left_open(measures: Measures) -> list[tuple[str, str, int]]:
    """What had no answer: measure, why, and of how many people or rows."""
    found = Counter((one[1], one[3]) for one in measures if one[2] == "" and one[3] in WHYS)
    return [(measure, why, times) for (measure, why), times in sorted(found.items())]


def answered(measures: Measures) -> int:
    """How many questions had an answer: one that takes several choices is one, and one that is put of each child or sleep one for each."""
    whose = [(one[0], one[1]) for one in measures if one[2] != ""]
    return sum(1 for number, one in enumerate(whose) if number == 0 or one != whose[number - 1])


def _contacts(kind: str, measures: Measures) -> list[Row]:
    said = [one[2] for one in measures if one[1] == CONTACT and one[2]]
    contact = ANTENATAL if kind == ANTENATAL else next(iter(said), "")
    if contact not in CODES or kind not in (ANTENATAL, "visit"):
        return []
    seen: dict[str, int | None] = {}
    for one in measures:
        if one[1] == SEEN and one[0]:
            seen[one[0]] = max((seen.get(one[0]), SEEN_HERE.get(one[2])), key=_SEEN_MOST)  # seen under either of two entries is seen
    return [{"contact": contact, "person": person, "seen": was} for person, was in sorted((seen or {"": None}).items())]


VISIT_COUNTED = Derivation(
    tables=("visit_counted", "contact_made"),
    after={"visit_reading": column("submission"), "visit_error": column("submission"), **same.AFTER},
    refresh=_refresh,
    every_key="SELECT submission AS key FROM visit_reading",
)
