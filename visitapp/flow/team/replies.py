"""Referrals that were sent: what was decided, and how long the answer took."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from visitapp.decide.replies import LONGER, took
from visitapp.domain import referrals as states
from visitapp.domain.moments import day_of
from visitapp.domain.replies import NOT_FOR_US, OUTCOMES
from visitapp.flow.team.figures import Chart, Line, Section, Table, Tally
from visitapp.flow.team.neglect import start_of
from visitapp.store import team_figures

if TYPE_CHECKING:
    from visitapp.flow.team.facts import Facts
    from visitapp.store.tx import Row

OPEN: dict[str, str] = {
    states.REQUESTED: "Sent, the letter is being written",
    states.LETTERED: "Sent, not known to have arrived",
    states.DELIVERED: "Arrived, no answer yet",
    states.ACKNOWLEDGED: "Received, nothing decided yet",
    states.RETURNED: "Given back, to be sent on",
    states.WITHDRAWN: "Withdrawn after it was sent",
}
TOOK: dict[str, str] = {
    "1": "1 working day or less",
    "3": "2 to 3 working days",
    "5": "4 to 5 working days",
    LONGER: "Longer than 5 working days",
}
DRAWN: dict[str, str] = {"1": "1 day or less", "3": "2 to 3 days", "5": "4 to 5 days", LONGER: "Longer"}
ASKED: dict[str, str] = {
    "answered": "First answer came",
    "decided": "Decision came",
    "unanswered": "No answer yet, waiting",
    "undecided": "No decision yet, waiting",
}
SENT, UNSAID, ALL = "sent", "unsaid", "all"


NOTES = (
    "Referrals that the practitioner sent in this time. The clock runs from when the letter was handed over, in working days: one is the "
    "statutory time, a referrer chases after three, and five are a working week.",
)


def section(facts: Facts) -> Section:
    tally = counted(facts)
    return Section("replies", "Referrals and their answers", (_outcomes(tally), _times(tally)), NOTES)


def _outcomes(tally: Tally) -> Table:
    """What became of what was sent; what nobody says any more has a row where it was said."""
    whole, of_before = tally.total(SENT), (UNSAID, NOT_FOR_US)
    outcomes = OUTCOMES | {UNSAID: "Decided, not said what"} | OPEN
    lines = [Line("Sent in this time", (tally.cell(SENT, "Referrals sent"),))]
    for code, words in outcomes.items():
        if code not in of_before or tally.total(code):
            lines.append(Line(words, (tally.cell(code, f"Referrals: {words}", whole),)))
    return Table("Referrals by outcome", "Outcome", ("Referrals",), tuple(lines))


def _times(tally: Tally) -> Table:
    whole = tally.total(SENT)
    lines = [
        Line(words, tuple(tally.cell(f"{given}.{code}", f"{said}: {words}", whole) for given, said in ASKED.items()))
        for code, words in (TOOK | {ALL: "All of them"}).items()
    ]
    lines.append(Line("Not handed over yet", (tally.cell("unsent", "Sent, and not handed over yet", whole), None, None, None)))
    series = (("Answered", "answered"), ("No answer yet", "unanswered"))
    chart = Chart(
        "First answer in working days, and how long is waited for one",
        tuple(DRAWN.values()),
        tuple((words, tuple(tally.total(f"{given}.{code}") for code in TOOK)) for words, given in series),
    )
    return Table("Time to reply", "Since they had it", tuple(ASKED.values()), tuple(lines), chart=chart)


def counted(facts: Facts) -> Tally:
    tally, start = facts.tally(("referral", "referrals")), start_of(facts.since)
    for row in team_figures.referrals_sent(facts.tx, facts.actor, start):
        for key in (SENT, _outcome(row), *_clock(facts, row)):
            tally.add(key, row["household"], on=day_of(row["sent_at"]).isoformat(), words="sent")
    return tally


def _outcome(row: Row) -> str:
    if row["state"] != states.DECIDED:
        return str(row["state"])
    return row["outcome"] if row["outcome"] in OUTCOMES else UNSAID


def _clock(facts: Facts, row: Row) -> Iterator[str]:
    """How long each answer took, or is waited for, from when they had the letter. Somebody who answers has it, whenever it is known to have
    arrived."""
    began = row["delivered_at"]
    for at, given, waiting in ((row["answered_at"], "answered", "unanswered"), (row["decided_at"], "decided", "undecided")):
        if at is not None:
            yield from (f"{given}.{took(min(began or row['sent_at'], at), at, facts.policy.holidays)}", f"{given}.{ALL}")
        elif row["state"] == states.WITHDRAWN:
            continue
        elif began is not None:
            yield from (f"{waiting}.{took(began, facts.at, facts.policy.holidays)}", f"{waiting}.{ALL}")
        elif given == "answered":
            yield "unsent"
