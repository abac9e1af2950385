"""The findings that reviewers disagree with most, of the last fifty words on each rule: in the whole service, and in the team with its
families."""

from __future__ import annotations

from typing import TYPE_CHECKING

from visitapp.domain.reviews import LAST, rule, too_often
from visitapp.flow.team.figures import Line, Section, Table
from visitapp.store import agreement, team_figures

if TYPE_CHECKING:
    from visitapp.flow.team.facts import Facts
    from visitapp.store.tx import Row


def section(facts: Facts) -> Section:
    tally = facts.tally(("visit", "visits"))
    for row in team_figures.disagreed_with(facts.tx, facts.actor):
        tally.add(_rule(row), row["household"], on=row["occurred_on"], words="a reviewer does not agree")
    lines = [
        Line(
            facts.finding(row["code"]),
            (tally.cell(_rule(row), f"Reviewers do not agree: {facts.finding(row['code'])}"),),
            _whole(row),
        )
        for row in agreement.of_the_last_fifty(facts.tx)
        if row["disagreed"]
    ]
    none = "No reviewer disagreed with a finding."
    return Section(
        "disagreed",
        "Findings most disagreed with",
        (Table(f"Of the last {LAST} words of reviewers on each finding", "Finding", ("Your team’s families",), tuple(lines), none),),
        (
            f"What reviewers said of findings, of the last {LAST} on each version of its rule. Where more than half of {LAST} "
            f"disagree, the safety "
            "officer is told. The whole service’s count is under each finding; the figure is of your team’s families. What whoever "
            "visited says "
            "is not counted, and a finding that nobody reviewed is not one that people agree with.",
        ),
    )  # fmt: skip


def _rule(row: Row) -> str:
    return rule(row["form"], row["form_version"], row["code"])


def _whole(row: Row) -> str:
    told = "; told to the safety officer" if too_often(row["disagreed"]) else ""
    return f"{row['form']}-{row['form_version']}. In the whole service {row['disagreed']} of {row['reviewed']} disagree{told}"
