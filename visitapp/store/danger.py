"""Danger that a visit found for tonight, and whether anybody is confirmed as spoken to. Silence is not: only a call in which somebody was
reached, whoever made it, or the receiving team's own answer to what was proposed of that visit."""

import json
from collections.abc import Iterator

from visitapp.domain import referrals as states
from visitapp.store import filed, life_events, records
from visitapp.store.derivation import Keys
from visitapp.store.filed import both
from visitapp.store.seen import Families
from visitapp.store.today_source import Reason, Source
from visitapp.store.tx import Row, Tx


def add_call(
    tx: Tx, *, submission: str, household: str, whom: str, number: str, reached: bool, spoke_to: str, at_time: str, agreed: str,
    at: str, actor: str,
) -> int:  # fmt: skip
    """Somebody was phoned about what a visit found, whatever became of its referral."""
    return tx.append(
        "danger_call", at=at, actor=actor, household=household, submission=submission, whom=whom, number=number, reached=reached,
        spoke_to=spoke_to, at_time=at_time, agreed=agreed,
    )  # fmt: skip


def calls(tx: Tx, submission: str) -> list[Row]:
    """Such calls, in the order of the day, with who wrote each down."""
    return tx.all(
        "SELECT c.*, j.at, j.actor FROM danger_call c JOIN journal j ON j.seq = c.seq WHERE c.submission = :submission"
        " ORDER BY c.at_time, c.seq",
        submission=submission,
    )


FOUND = """(SELECT f.said FROM visit v JOIN finding f ON f.assessment = v.assessment WHERE v.submission = {0} AND f.state = 'present'
    AND f.severity = 'tonight' AND f.under = '' ORDER BY f.level DESC, f.seq LIMIT 1)"""
"""The gravest that could not wait, as it was worded at a visit; an expression over the column that holds its id."""

_UNSPOKEN = """
    SELECT v.submission, v.occurred_on, j.at FROM visit v JOIN journal j ON j.seq = v.seq
    WHERE v.household = :household AND v.urgency = 'tonight'
      AND NOT EXISTS (SELECT 1 FROM urgent_call c WHERE c.submission = v.submission AND c.reached = 1)
      AND NOT EXISTS (SELECT 1 FROM danger_call c WHERE c.submission = v.submission AND c.reached = 1
                      AND c.household IN ({0}))
      AND NOT EXISTS (SELECT 1 FROM addition a JOIN urgent_call c ON c.submission = a.submission
                      WHERE a.adds_to = v.submission AND c.reached = 1)
      AND NOT EXISTS (SELECT 1 FROM referral r JOIN referral_call c ON c.referral = r.id WHERE r.household IN ({0}) AND c.reached = 1
                      AND (r.submission = v.submission OR (c.seq > v.seq AND c.at_time >= v.occurred_on)))
    ORDER BY v.seq
"""


def unspoken(tx: Tx, household: str) -> list[Row]:
    """The visits of a record that found danger for tonight, by their standing judgement, of which nobody is confirmed as spoken to. A call
    about another referral of the family, in whichever of its records, counts when it was made and written down after the visit came. What
    was said of another family, in whose record the visit stood before, tells nobody of this one."""
    every = Families.several(life_events.family_of(tx, household))
    found = tx.all(_UNSPOKEN.format(every.among), household=household, **every.params)
    return [row for row in found if not _known_there(tx, every, row["submission"])]


def _known_there(tx: Tx, family: Families, submission: str) -> bool:
    """Whether the receiving team has it (they answered, and not only to give it back), or whoever sent it said whom they phoned: of what
    was proposed of this visit, or of the referral that it made graver, once that was asked for again."""
    proposed = tx.all(
        "SELECT e.event, e.detail FROM referral r JOIN referral_event e ON e.referral = r.id WHERE r.submission = :submission"
        f" AND r.household IN ({family.among}) AND e.event IN ('requested', 'acknowledged', 'decided')",
        submission=submission, **family.params,
    )  # fmt: skip
    again = tx.all(
        "SELECT e.event, e.detail FROM referral_raised g JOIN referral_event q ON q.referral = g.referral AND q.event = 'requested_again'"
        " AND q.seq > g.seq JOIN referral_event e ON e.referral = g.referral AND e.seq >= q.seq"
        " AND e.event IN ('requested_again', 'acknowledged', 'decided')"
        f" WHERE g.submission = :submission AND g.household IN ({family.among})",
        submission=submission, **family.params,
    )  # fmt: skip
    return any(_knows(one) for one in (*proposed, *again))


def _knows(happened: Row) -> bool:
    answered = happened["event"] in (states.ACKNOWLEDGED, states.DECIDED)
    return answered or bool(json.loads(happened["detail"] or "{}").get("phoned_who"))


def today_rows(tx: Tx, household: str) -> Iterator[Reason]:
    """`since`: the day of the visit; shown from the moment at which it came. What was found is read with the list (`FOUND`): a judgement's
    findings are written after it."""
    for row in unspoken(tx, household):
        yield Reason("danger", row["submission"], row["occurred_on"], from_at=row["at"], about=row["submission"])


def _of_visit(column: str) -> Keys:
    """The household that a fact about a visit was kept for, and the one in whose record the visit stands now."""
    return lambda tx, fact: [fact["household"], filed.home(tx, fact[column]) or fact["household"]]


def _of_referral(tx: Tx, fact: Row) -> list[str]:
    """The same of the visits that a referral was proposed of or made graver by, which may stand with another family since; and every record
    of the family."""
    rows = tx.all(
        "SELECT submission FROM referral WHERE id = :referral UNION SELECT submission FROM referral_raised WHERE referral = :referral",
        referral=fact["referral"],
    )
    return [*life_events.family_of(tx, fact["household"]), *(home for row in rows if (home := filed.home(tx, row["submission"])))]


def _of_family(tx: Tx, fact: Row) -> tuple[str, ...]:
    """Every record of a family that was found to be one: a call about a referral of one tells of a visit of another."""
    return life_events.family_of(tx, fact["household"])


def _taken_apart(tx: Tx, error: Row) -> list[str]:
    """Every record of the two families that were taken for one."""
    row = records.joined(tx, error["joined"])
    both_now = (row["household"], row["duplicate"]) if row else ()
    return [one for whose in both_now for one in life_events.family_of(tx, whose)]


TODAY = Source(
    "danger",
    frozenset(),
    today_rows,
    {
        "urgent_call": _of_visit("submission"),
        "danger_call": _of_visit("submission"),
        "addition": _of_visit("adds_to"),
        "referral_call": _of_referral,
        "referral_event": _of_referral,
        "assessment": lambda _tx, fact: (fact["household"],) if fact["kind"] == "today" else (),  # the other one is a check
        "visit_error": both,
        "earlier_household": _of_family,
        "record_joined_error": _taken_apart,
    },
)
