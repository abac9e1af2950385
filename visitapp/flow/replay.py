"""Judging past visits again under changed definitions, before these are published: what would come out otherwise, visit by visit. Nothing
is kept of it but one line in the journal that says that it was done.

Both judgements are made now, from the same answers and the same history, so that a difference is the definitions' and nothing else's. What
earlier visits found, as far as rules read it, stays what was found then.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from visitapp.flow.assess import Judgement, Place, judge
from visitapp.flow.given import given
from visitapp.flow.kept_visit import Visit, read_visit, routes_of
from visitapp.formlang import Catalogue
from visitapp.store import kept_visits
from visitapp.store.tx import Row, Tx

if TYPE_CHECKING:
    from visitapp.wiring import Wired

ACTOR, KIND = "operator", "forms.replay"
BATCH = 100
"""Visits judged in one transaction, so that memory stays the same and no reader keeps the database from its work for long."""
ALWAYS = "0000-00-00"

Where = tuple[str, str]
"""A finding's code, and the row that it is of."""


@dataclass(frozen=True)
class Change:
    """One visit that would come out otherwise. `findings` is code, row, state before and state after, where a state is empty for a finding
    that is not looked for; each of the others is before and after."""

    submission: str
    on: str
    form: str
    judged_by: str
    findings: tuple[tuple[str, str, str, str], ...]
    at_least: tuple[int, int]
    could_be: tuple[int, int]
    urgency: tuple[str, str]
    destination: tuple[str, str]

    def as_json(self) -> dict[str, Any]:
        names = ("at_least", "could_be", "urgency", "destination")
        changed = {name: {"before": pair[0], "after": pair[1]} for name in names if (pair := getattr(self, name))[0] != pair[1]}
        findings = [{"code": code, "row": row, "before": before, "after": after} for code, row, before, after in self.findings]
        return {"visit": self.submission, "on": self.on, "form": self.form, "judged_by": self.judged_by, "findings": findings, **changed}


@dataclass
class Summary:
    """How many visits were judged, how many would come out otherwise, and what became of each finding: (before, after) -> visits."""

    judged: int = 0
    changed: int = 0
    without_form: Counter[str] = field(default_factory=Counter)
    findings: dict[str, Counter[tuple[str, str]]] = field(default_factory=dict)
    levels: Counter[tuple[int, int]] = field(default_factory=Counter)
    destinations: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, change: Change) -> None:
        self.changed += 1
        for code, before, after in {(code, before, after) for code, _, before, after in change.findings}:
            self.findings.setdefault(code, Counter())[before, after] += 1
        if change.at_least[0] != change.at_least[1]:
            self.levels[change.at_least] += 1
        if change.destination[0] != change.destination[1]:
            self.destinations[change.destination] += 1

    def as_json(self) -> dict[str, Any]:
        return {
            "judged": self.judged,
            "changed": self.changed,
            "without_form": dict(sorted(self.without_form.items())),
            "findings": {code: _pairs(counts) for code, counts in sorted(self.findings.items())},
            "at_least": _pairs(self.levels),
            "destination": _pairs(self.destinations),
        }


def _pairs(counts: Counter[Any]) -> list[dict[str, Any]]:
    return [{"before": before, "after": after, "visits": visits} for (before, after), visits in sorted(counts.items())]


@dataclass(frozen=True)
class Replay:
    """`changed` is the catalogue to try. A visit is judged by its own version of the form there, or by the newest of that name. `progress`
    is told after each batch how many were judged."""

    w: Wired
    changed: Catalogue
    as_newest: bool = False
    since: str = ALWAYS
    progress: Callable[[int], None] = lambda _: None

    def changes(self, summary: Summary) -> Iterator[Change]:
        """Every visit that would come out otherwise, in the order in which they were kept; `summary` is filled in on the way."""
        self._note()
        after = 0
        while True:
            with self.w.engine.read() as tx:
                rows = kept_visits.page(tx, after, self.since, BATCH)
                found = [one for row in rows if (one := self._judged(tx, row, summary)) is not None]
            if not rows:
                return
            after = rows[-1]["seq"]
            self.progress(summary.judged)
            for one in found:
                summary.add(one)
                yield one

    def _note(self) -> None:
        at, detail = self.w.clock(), f"since {self.since}" if self.since != ALWAYS else ""
        self.w.writer.submit(lambda tx: tx.journal(KIND, at=at, actor=ACTOR, detail=detail))

    def _judged(self, tx: Tx, row: Row, summary: Summary) -> Change | None:
        """What changes for one visit, None where nothing does or where its form is not among those to try."""
        visit = read_visit(self.w, tx, row)
        form = self._form(visit)
        if form is None:
            summary.without_form[f"{visit.form.name}-{visit.form.version}"] += 1
            return None
        summary.judged += 1
        facts = self._facts(self.w, tx, visit)
        other = replace(self.w, catalogue=self.changed)
        same = self.changed.policy.hash == self.w.catalogue.policy.hash
        before = self._judge(self.w, tx, visit, facts)
        after = self._judge(other, tx, replace(visit, form=form), facts if same else self._facts(other, tx, visit))
        return _change(visit, f"{form.name}-{form.version}", before, after)

    def _form(self, visit: Visit) -> Any:
        try:
            newest = self.as_newest
            return self.changed.current(visit.form.name) if newest else self.changed.form(visit.form.name, visit.form.version)
        except KeyError:
            return None

    def _facts(self, w: Wired, tx: Tx, visit: Visit) -> dict[str, Any]:
        return given(w, tx, visit.household, visit.row["occurred_on"], excluding=visit.id, before_seq=visit.row["seq"])

    def _judge(self, w: Wired, tx: Tx, visit: Visit, facts: dict[str, Any]) -> Judgement:
        return judge(Place(w, tx, routes_of(w, tx, visit.household), w.clock()), visit, facts)


def _change(visit: Visit, judged_by: str, before: Judgement, after: Judgement) -> Change | None:
    was, now = _states(before), _states(after)
    findings = tuple(
        (code, row, was.get((code, row), ""), now.get((code, row), ""))
        for code, row in sorted({*was, *now})
        if was.get((code, row), "absent") != now.get((code, row), "absent")
    )
    found = Change(
        visit.id, visit.row["occurred_on"], f"{visit.form.name}-{visit.form.version}", judged_by, findings,
        (before.level.at_least, after.level.at_least), (before.level.could_be, after.level.could_be), (before.urgency, after.urgency),
        (before.destination.code, after.destination.code),
    )  # fmt: skip
    pairs = (found.at_least, found.could_be, found.urgency, found.destination)
    return found if findings or any(one != other for one, other in pairs) else None


def _states(judged: Judgement) -> dict[Where, str]:
    return {(one.finding, one.row): one.state for one in judged.findings}
