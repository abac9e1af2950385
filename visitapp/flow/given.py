"""The given facts with this service's policy: sent down with the caseload, and worked out again when a visit comes back. Both go
through here, because the service must find exactly what the tablet found.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from visitapp.decide import history
from visitapp.decide.limits import Limits, limits
from visitapp.domain.past import LAST, Known, Moment, Past
from visitapp.flow.as_it_stood import Arrangements, arrangements
from visitapp.store import past
from visitapp.store.seen import Families

if TYPE_CHECKING:
    from visitapp.formlang import Catalogue
    from visitapp.store.tx import Tx
    from visitapp.wiring import Wired


def given(
    w: Wired, tx: Tx, household: str, on: str, as_of_seq: int | None = None, *, excluding: str = "", before_seq: int | None = None
) -> dict[str, Any]:
    """The family's history counted to a date, from facts up to a seq (None: all of them), without the visit being judged (`excluding`)
    and, where its own seq is given (`before_seq`), without what was received after it on its date."""
    seq, before = LAST if as_of_seq is None else as_of_seq, LAST if before_seq is None else before_seq
    return recall(w.catalogue, tx, Families.one(household), Moment(on, seq, excluding, before)).given(household)


@dataclass(frozen=True)
class Recalled:
    """The past of some families as it was known at a moment. `past` is all that is kept of it since `since`, so it can be looked at from
    another moment without being read again."""

    catalogue: Catalogue
    families: Families
    moment: Moment
    since: str
    past: Past
    arrangements: Arrangements

    def given(self, family: str) -> dict[str, Any]:
        """The given facts of one of the families; worked out once."""
        if family not in self._given:
            known = self.known(family)
            self._given[family] = history.given(known, self.arrangements.of(known), self.limits, self.areas)
        return self._given[family]

    def known(self, family: str) -> Known:
        return self.past.at(family, self.moment)

    def naming(self, family: str, named: frozenset[str]) -> Recalled:
        """The same with everybody whom the visit at hand names, where somebody of them belongs no more."""
        gone = named - self.known(family).people.keys()
        return replace(self, moment=replace(self.moment, naming=gone)) if gone else self

    @cached_property
    def limits(self) -> Limits:
        return limits(self.catalogue.policy)

    def areas(self, name: str, version: int) -> frozenset[str]:
        """The areas that a form can find something in; none of a form that this service no longer knows."""
        key = name, version
        if key not in self._areas:
            known = (name, version) in {(form.name, form.version) for form in self.catalogue.forms}
            rules = self.catalogue.form(name, version).findings if known else ()
            self._areas[key] = frozenset(rule.area for rule in rules)
        return self._areas[key]

    @cached_property
    def _areas(self) -> dict[tuple[str, int], frozenset[str]]:
        return {}

    @cached_property
    def _given(self) -> dict[str, dict[str, Any]]:
        return {}

    def at(self, tx: Tx, moment: Moment) -> Recalled:
        """The same families looked at from another moment, in the same transaction, before anything was added to their past. Where nothing
        was learnt in between it is the same look back, as it is for most visits: their tablet knew all that there was."""
        if self._nothing_between(tx, moment):
            return self
        if _since(self.catalogue, moment) < self.since:
            return recall(self.catalogue, tx, self.families, moment)
        return Recalled(self.catalogue, self.families, moment, self.since, self.past, arrangements(tx, self.families, moment))

    def _nothing_between(self, tx: Tx, moment: Moment) -> bool:
        """Whether both moments know the same: of one day, and with no fact since the earlier one but visits that are not past yet."""
        if self.moment.naming or moment.on != self.moment.on or moment.excluding != self.moment.excluding or self.moment.seq != LAST:
            return False
        return self.past.newest <= moment.seq and not past.arranged_since(tx, self.families, moment.seq)


def recall(catalogue: Catalogue, tx: Tx, families: Families, moment: Moment) -> Recalled:
    """What is kept of the past of these families, as it was known at a moment."""
    since = _since(catalogue, moment)
    long_since = moment.days_ago(catalogue.policy.number("history_past"))
    kept = past.past(tx, families, since, long_since)
    return Recalled(catalogue, families, moment, since, kept, arrangements(tx, families, moment))


def _since(catalogue: Catalogue, moment: Moment) -> str:
    return moment.days_ago(catalogue.policy.number("history_findings"))
