"""What the figures are made from, each read once and only when a section asks for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from visitapp.domain.moments import day_of
from visitapp.flow.remembering import FormWords
from visitapp.flow.team.figures import FAMILY, Tally
from visitapp.formlang.model import FindingRule
from visitapp.store import team_figures

if TYPE_CHECKING:
    from visitapp.formlang import Catalogue
    from visitapp.formlang.model import Policy
    from visitapp.store.tx import Row, Tx
    from visitapp.wiring import Wired

PERIODS = (30, 90, 365)
"""Days that a figure of a time can be of."""
USUAL = 90


@dataclass(frozen=True)
class Facts:
    """One team at one moment, in one transaction. `days` is how far back figures of a time go; `wanted` is the figure whose families are
    asked for one by one, if any."""

    w: Wired
    tx: Tx
    actor: str
    at: str
    days: int
    wanted: str = ""

    def tally(self, unit: tuple[str, str] = FAMILY) -> Tally:
        return Tally(unit, self.wanted)

    @cached_property
    def today(self) -> str:
        return day_of(self.at).isoformat()

    @cached_property
    def since(self) -> str:
        return self.days_ago(self.days - 1)

    def days_ago(self, days: int) -> str:
        return (date.fromisoformat(self.today) - timedelta(days=days)).isoformat()

    @property
    def catalogue(self) -> Catalogue:
        return self.w.catalogue

    @cached_property
    def team(self) -> Row | None:
        return team_figures.team(self.tx, self.actor)

    @cached_property
    def policy(self) -> Policy:
        return self.catalogue.policy_of(self.team["area"] if self.team else None)

    @cached_property
    def families(self) -> list[Row]:
        return team_figures.families(self.tx, self.actor)

    @cached_property
    def visits(self) -> list[team_figures.Counted]:
        return team_figures.visits(self.tx, self.actor, self.since, self.today)

    @cached_property
    def questions(self) -> FormWords:
        return FormWords(self.catalogue)

    def question(self, measure: str) -> str:
        """What was asked, in the words of the newest form that asks it."""
        return self.questions.question(measure) or measure

    @cached_property
    def _rules(self) -> dict[str, FindingRule]:
        oldest_first = sorted(self.catalogue.forms, key=lambda form: (form.version, form.name != "home_visit"))
        return {rule.code: rule for form in oldest_first for rule in form.findings}

    def finding(self, code: str) -> str:
        """A finding in the words of the newest form that has it, of nobody by name; of a form that is no more known, its code."""
        rule = self._rules.get(code)
        if rule is None:
            return code
        said = rule.wording.replace("{child}'s", "a child’s").replace("{child}", "a child").replace("{adult}", "an adult").rstrip(".")
        return said[:1].upper() + said[1:]

    def areas(self, form: str, version: int) -> frozenset[str]:
        """The areas that a form looks at; none of a form that this service no longer knows."""
        found = next((one for one in self.catalogue.forms if (one.name, one.version) == (form, version)), None)
        return frozenset(rule.area for rule in found.findings) if found else frozenset()
