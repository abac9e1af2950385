"""A story as a safeguarding lead reads it: event by event what was found, what could not be told, what to ask, the three results with their
reasons, what is owed; and at the end how the family stands. Nothing here decides anything."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

from visitapp.domain.helping import NEEDED
from visitapp.domain.moments import date_words, day_of, moment_words, time_words
from visitapp.flow.stories.came import Verdict, in_words
from visitapp.flow.stories.model import Act, Event, Visit
from visitapp.flow.stories.outcome import Duty, Found, Judged, Outcome, Referred, Standing
from visitapp.flow.stories.told import Happened, Told
from visitapp.flow.stories.uncovering import Uncovered

WIDTH = 110
MOST_CODES = 5
SEVERITY = {"tonight": "tonight", "this_week": "this week", "advise": "advise"}
URGENCY = {"tonight": "tonight", "this_week": "this week", "routine": "routine"}
IN_WORDS = ("earlier_findings_present", "findings_repeated", "still_unknown")
EVENTS = {
    "proposed": "proposed",
    "withdrawn": "withdrawn",
    "requested": "sent by the practitioner",
    "lettered": "its letter was written",
    "delivered": "delivered",
    "acknowledged": "acknowledged",
    "returned": "given back as not for them",
    "sent_on": "sent on to another team",
    "decided": "decided",
    "news": "a later visit was attached",
    "raised": "found graver by a later visit",
    "requested_again": "asked for again, more urgently",
    "let_stand": "left as it was sent",
}


def report(told: Told) -> list[str]:
    """The whole story, line by line."""
    lines = [told.story.title, "=" * len(told.story.title), ""]
    known: dict[str, int] = {}  # what of each referral was said already
    for happened in told.happened:
        lines += [*_event(told, happened, known), ""]
    for key, standing in told.ends.items():
        lines += [*_end(told, key, standing), ""]
    return [*lines, *_held(told)]


# --- events -------------------------------------------------------------------------------------------------------------------------


def _event(told: Told, happened: Happened, known: dict[str, int]) -> Iterator[str]:
    outcome = happened.outcome
    yield f"{moment_words(outcome.event.at)}: {_what(told, outcome.event)}"
    if outcome.refused:
        yield from _wrapped(f"Refused, as expected: {outcome.refused}")
    if outcome.uncovered:
        yield from _taken(outcome.uncovered)
    if outcome.judged:
        yield from _visit(outcome.judged)
    yield from _routed(outcome.standing.referrals, known)
    if outcome.judged or outcome.standing.duties:
        yield from _owed(outcome)
    yield from _counted(outcome.standing)
    yield from _verdicts(happened.verdicts)


def _taken(uncovered: Uncovered) -> Iterator[str]:
    for words in uncovered.taken:
        yield from _wrapped(f"Taken to be so, because an answer of the story waits for it: {words}")
    if uncovered.hidden:
        yield from _wrapped(f"Not asked at this visit, so the answer counts for nothing: {', '.join(uncovered.hidden)}")


def _what(told: Told, event: Event) -> str:
    several = f" ({event.household})" if len(told.story.households) > 1 else ""
    if isinstance(event, Visit):
        late = f", sent {date_words(day_of(event.sent))}" if day_of(event.sent) != day_of(event.at) else ""
        return f"{event.form.replace('_', ' ')}{late}{several}"
    return f"{event.kind.replace('_', ' ')}{several}" if isinstance(event, Act) else ""


def _visit(judged: Judged) -> Iterator[str]:
    present = [one for one in judged.findings if one.state == "present" and not one.finding.under]
    open_ones = [one for one in judged.findings if one.state == "cannot_tell"]
    yield "  Found"
    yield from _findings(present) if present else ["    Nothing."]
    if open_ones:
        yield "  Cannot be told"
        yield from _open(open_ones)
    if judged.asks:
        yield "  To ask next"
        for number, one in enumerate(judged.asks, 1):
            yield from _wrapped(f"{number}. {one.said}", 4)
    yield f"  Level {_range(judged)}; urgency {URGENCY[judged.urgency]}; {judged.words}"
    for reason in judged.reasons:
        yield from _wrapped(reason, 4)
    if not judged.as_shown:
        yield "  The tablet would have shown something else from the same facts: tell the developers."


def _range(judged: Judged) -> str:
    level = judged.level
    return f"{level.at_least}" if level.at_least == level.could_be else f"at least {level.at_least}, could be {level.could_be}"


def _findings(found: list[Found]) -> Iterator[str]:
    for one in found:
        yield from _wrapped(f"[{SEVERITY[one.finding.severity]}, level {one.finding.level}] {one.said}  ({one.code})", 4)


def _open(found: list[Found]) -> Iterator[str]:
    """What could not be told, by what would have to be known, the gravest first: one missing answer often leaves several findings open."""
    by_question: dict[str, list[Found]] = {}
    for one in sorted(found, key=lambda each: -each.finding.level):
        for missing in one.missing or ("",):
            by_question.setdefault(missing, []).append(one)
    for question, findings in by_question.items():
        codes = list(dict.fromkeys(one.code for one in findings))
        more = f" and {len(codes) - MOST_CODES} more" if len(codes) > MOST_CODES else ""
        yield from _wrapped(f"{question} (up to level {findings[0].finding.level}: {', '.join(codes[:MOST_CODES])}{more})", 4)


def _routed(referrals: Iterable[Referred], known: dict[str, int]) -> Iterator[str]:
    """What happened to referrals since the event before."""
    for one in referrals:
        for event, at in one.events[known.get(one.id, 0) :]:
            yield f"  Referral at level {one.level} to {one.team}: {EVENTS[event]} {moment_words(at)}"
        if len(one.events) > known.get(one.id, 0) and one.due_at:
            yield f"    next step owed by {one.owner}, by {moment_words(one.due_at)}"
        known[one.id] = len(one.events)


def _owed(outcome: Outcome) -> Iterator[str]:
    duties = [one for one in outcome.standing.duties if one.kind not in ("complete", "deliver", "acknowledge", "decide", "send_on")]
    if duties:
        yield "  Owed"
        yield from _duties(duties)


def _duties(duties: Iterable[Duty]) -> Iterator[str]:
    for one in duties:
        when = f"overdue since {moment_words(one.due_at)}" if one.overdue else f"by {moment_words(one.due_at)}"
        what = one.what if one.what.endswith((".", "!", "?")) else f"{one.what}."
        yield from _wrapped(f"{what} {one.owner}, {when}  ({one.finding or one.kind})", 4)


def _counted(standing: Standing) -> Iterator[str]:
    for plan in standing.plans:
        if plan.times:
            yield from _wrapped(f"Plan: {plan.counted}. {plan.words}", 2)


def _verdicts(verdicts: Iterable[Verdict]) -> Iterator[str]:
    for one in verdicts:
        if one.holds:
            yield f"  as expected: {one.wanted.words}"
        else:
            yield f"  NOT AS EXPECTED (line {one.wanted.line}): {one.wanted.words}. Came out: {one.came}"
            for why in one.why:
                yield from _wrapped(why, 6)


# --- the end ------------------------------------------------------------------------------------------------------------------------


def _end(told: Told, key: str, standing: Standing) -> Iterator[str]:
    several = f" ({key})" if len(told.ends) > 1 else ""
    yield f"On {date_words(told.story.today)}, at {time_words(standing.at)}{several}"
    yield "  Owed" if standing.duties else "  Nothing is owed."
    yield from _duties(standing.duties)
    for plan in standing.plans:
        yield from _wrapped(f"Plan: {plan.counted}. {plan.words}", 2)
        for line in plan.lines(standing.at):
            yield from _wrapped(line, 4)
    waits = f" (level {standing.level_waits} waits for a second person)" if standing.level_waits else ""
    yield f"  Level agreed: {standing.level or 'none'}{waits}"
    for one in standing.help:
        yield f"  Help: {one['what']}, {(one['step'] or NEEDED).replace('_', ' ')}"
    if standing.lead:
        yield f"  Leads: {standing.lead}"
    yield "  Known from before" if standing.memory else "  Nothing is known from before."
    for line in standing.memory:
        yield from _wrapped(line, 4)
    yield from _counts(standing)
    if told.story.households[-1].key == key:
        yield from _verdicts(told.verdicts)


def _counts(standing: Standing) -> Iterator[str]:
    """What rules read of the past, but for findings, which are said in words already."""
    known = [(name, value) for name, value in standing.history.items() if name not in IN_WORDS and value not in (None, 0, False, [])]
    said = "; ".join(f"{name.replace('_', ' ')} {in_words(value)}" for name, value in known)
    yield from _wrapped(f"Rules read: {said}", 4) if said else ()


def _held(told: Told) -> list[str]:
    every = sum(len(one.verdicts) for one in told.happened) + len(told.verdicts)
    if not every:
        return ["This story expects nothing."]
    unmet = told.unmet
    return [f"{every} of {every} expectations hold." if not unmet else f"{len(unmet)} of {every} expectations do not hold."]


def _wrapped(said: str, indent: int = 2) -> list[str]:
    return textwrap.wrap(said, WIDTH, initial_indent=" " * indent, subsequent_indent=" " * (indent + 2), break_on_hyphens=False)
