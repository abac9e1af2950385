"""Referrals that were sent: what was decided, and how long the answer took."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from visitapp.decide.replies import LONGER, WITHIN, took
from visitapp.domain import referrals as states
from visitapp.domain.moments import day_of
from visitapp.domain.replies import OUTCOMES
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
    **{str(days): f"Within {days} working day{'s' if days > 1 else ''}" for days in WITHIN},
    LONGER: f"Longer than {WITHIN[-1]} working days",
}
SENT, UNSAID, ALL = "sent", "unsaid", "all"


def section(facts: Facts) -> Section:
    tally = counted(facts)
    whole = tally.total(SENT)
    outcomes = OUTCOMES | {UNSAID: "Decided, not said what"}
    shown = {code: words for code, words in (outcomes | OPEN).items() if code not in (UNSAID, "not_for_us") or tally.total(code)}
    lines = [Line("Sent in this time", (tally.cell(SENT, "Referrals sent"),))]
    lines += [Line(words, (tally.cell(code, f"Referrals: {words}", whole),)) for code, words in shown.items()]
    answered = [
        Line(words, (tally.cell(f"answered.{code}", f"First answer: {words}", whole),
                     tally.cell(f"decided.{code}", f"Decision: {words}", whole))) for code, words in TOOK.items()
    ]  # fmt: skip
    waiting = [
        Line(f"None yet, waiting: {words.lower()}", (tally.cell(f"unanswered.{code}", f"No answer yet, waiting: {words}", whole),
                                            tally.cell(f"undecided.{code}", f"No decision yet, waiting: {words}", whole)))
        for code, words in TOOK.items()
    ]  # fmt: skip
    none_yet = Line(
        "None yet, in all",
        (tally.cell(f"unanswered.{ALL}", "No answer yet", whole), tally.cell(f"undecided.{ALL}", "No decision yet", whole)),
    )
    unsent = Line("Not handed over yet", (tally.cell("unsent", "Sent, and not handed over yet", whole), None))
    chart = Chart(
        "First answer, and how long is waited for one",
        tuple(words.removeprefix("Within ") for words in TOOK.values()),
        (
            ("Answered", tuple(tally.total(f"answered.{code}") for code in TOOK)),
            ("No answer yet", tuple(tally.total(f"unanswered.{code}") for code in TOOK)),
        ),
    )
    rows = (*answered, *waiting, none_yet, unsent)
    return Section(
        "replies",
        "Referrals and their answers",
        (
            Table("Referrals by outcome", "Outcome", ("Referrals",), tuple(lines)),
            Table(
                "Time to reply",
                "From the day that they had it",
                ("First answer", "Decision"),
                rows,
                chart=chart,
            ),
        ),
        (
            "Referrals that the practitioner sent in this time. The clock runs from when the letter was handed over. One working day "
            "is the "
            "statutory time; a referrer chases after three; a working week is five.",
        ),
    )


def counted(facts: Facts) -> Tally:
    tally, start = Tally(("referral", "referrals")), start_of(facts.since)
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
            yield f"{given}.{took(min(began or row['sent_at'], at), at, facts.policy.holidays)}"
        elif row["state"] == states.WITHDRAWN:
            continue
        elif began is not None:
            yield from (f"{waiting}.{took(began, facts.at, facts.policy.holidays)}", f"{waiting}.{ALL}")
        elif given == "answered":
            yield "unsent"
