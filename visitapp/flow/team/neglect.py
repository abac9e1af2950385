"""Where neglect was found: what followed, what was decided, and whether the family was referred again within a year."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, time
from typing import TYPE_CHECKING

from visitapp.decide import followed as decide
from visitapp.domain.moments import at_london, day_of
from visitapp.domain.replies import CHOICES, OUTCOMES
from visitapp.flow.team.figures import Line, Section, Table, Tally
from visitapp.store import team_figures

if TYPE_CHECKING:
    from visitapp.flow.team.facts import Facts

WHAT: dict[str, str] = {
    decide.NOT_REFERRED: "Not referred since",
    decide.NOT_SENT: "Referral proposed and not sent",
    decide.NO_OUTCOME: "Referred, nothing decided yet",
}
AGAIN: dict[str, str] = {
    decide.AGAIN: "Referred again within a year",
    decide.NOT_AGAIN: "Not again, and the year is over",
    decide.TOO_EARLY: "The year is not over",
}
FOUND, UNSAID = "found", "unsaid"


def section(facts: Facts) -> Section:
    level, days = facts.policy.number("neglect_level"), facts.policy.number("neglect_followed")
    tally = counted(facts, level, facts.days_ago(days))
    whole = tally.total(FOUND)
    lines = [Line("Neglect found", (tally.cell(FOUND, "Families in which neglect was found"), None, None, None))]
    for what, words in (WHAT | _outcomes(tally)).items():
        again = tuple(tally.cell(f"{what}.{code}", f"{words}: {said}") for code, said in AGAIN.items()) if what not in WHAT else (None,) * 3
        lines.append(Line(words, (tally.cell(what, f"Neglect found: {words}", whole), *again)))
    return Section(
        "neglect",
        "Where neglect was found, and what followed",
        (Table("From neglect found to outcome to referral again", "What followed", ("Families", *AGAIN.values()), tuple(lines)),),
        (
            f"Families of which a visit in the last {days} days found something at level {level} or more about the home, or about how "
            f"a child is "
            "looked after that was not an injury or for tonight: from its first such day on. Each family stands in one row, by the "
            "first referral "
            "since then that was decided.",
        ),
    )


def counted(facts: Facts, level: int, since: str) -> Tally:
    tally, referred = facts.tally(), _referred(facts, since)
    found: dict[str, str] = {}
    for row in team_figures.care_found(facts.tx, facts.actor, since, facts.today, level):
        if decide.is_neglect(row["area"], row["severity"]):
            found.setdefault(row["household"], row["occurred_on"])
    for home, on in found.items():
        became = decide.followed(on, referred[home], facts.today)
        what = became.what or UNSAID
        for key in (FOUND, what, *((f"{what}.{became.again}",) if became.again else ())):
            tally.add(key, home, on=on, words="first found")
    return tally


def _outcomes(tally: Tally) -> dict[str, str]:
    """What can be decided, and what was: an answer of before, or one without words, where there is one."""
    used = {key for key in tally.counted if key not in WHAT and "." not in key and key != FOUND}
    more = {what: OUTCOMES.get(what, "Decided, not said what") for what in sorted(used - set(CHOICES))}
    return CHOICES | more


def _referred(facts: Facts, since: str) -> dict[str, list[decide.Referred]]:
    referred: dict[str, list[decide.Referred]] = defaultdict(list)
    for row in team_figures.referrals(facts.tx, facts.actor, start_of(since)):
        days = [day_of(row[name]).isoformat() if row[name] else None for name in ("proposed_at", "sent_at", "decided_at")]
        referred[row["household"]].append(decide.Referred(str(days[0]), days[1], days[2], row["outcome"] or ""))
    return referred


def start_of(day: str) -> str:
    """The first instant of a day in England."""
    return at_london(date.fromisoformat(day), time(0))
