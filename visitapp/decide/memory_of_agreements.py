"""What a family's memory says of what was agreed and who else works with it: plans and whether their actions were done, agencies told and
heard from, who leads, and help that was asked for and not seen in use."""

from collections.abc import Iterator

from visitapp.decide import history
from visitapp.decide.saying import MOST_EACH, Looking, day, listed, small
from visitapp.decide.standing import closed, involved, lead, outstanding
from visitapp.domain import agencies as agency_words
from visitapp.domain import helping
from visitapp.domain.measures import OPEN_TO
from visitapp.domain.past import Row
from visitapp.domain.plans import SOURCES


def open_to(look: Looking) -> Iterator[str]:
    said = [one for one in look.known.since(look.limits.findings_days) if one.said.open_to]
    codes = history.now_open_to(look.known, look.arranged, look.limits) or []
    words = [word for code in codes if (word := look.words.answer(OPEN_TO, code))]
    if words and codes != ["nobody"]:
        yield f"Already working with the family: {listed(words)}{f' (as of {day(said[-1].on)})' if said else ''}."


def plans(look: Looking) -> Iterator[str]:
    stands = [one for one in look.arranged.plans if one.plan.ended_on is None or one.not_done]
    for one in stands[-MOST_EACH:]:
        source = SOURCES.get(one.plan.source, one.plan.source)
        yield f"{source}, agreed on {day(one.plan.agreed_on)}: {small(one.counted)}."


def agencies(look: Looking) -> Iterator[str]:
    here = involved(look.arranged.agencies, look.on)
    for row in here[:MOST_EACH]:
        yield f"{_agency(row)}: {_told(row)}."
    for row in [one for one in look.arranged.agencies if closed(one, look.on) and one["unresolved"] != "[]"][-MOST_EACH:]:
        yield f"{_agency(row)} ended their part on {day(row['closed_on'])}, and not all that we found was resolved."
    leads = lead(look.arranged, look.on)
    if leads:
        yield f"Lead professional: {leads['name']}, since {day(leads['from_on'])}."
    elif len(here) > 1:
        yield f"{len(here)} agencies work with the family, and no lead professional is named."
    met = [row["on_date"] for row in look.arranged.meetings if row["on_date"] <= look.on]
    if met or len(here) > 1:
        yield f"The agencies last met on {day(max(met))}." if met else "No meeting of the agencies is recorded."


def _agency(row: Row) -> str:
    return f"{agency_words.KINDS.get(row['kind'], row['kind'])} ({row['name']})"


def _told(row: Row) -> str:
    if row["told_how"] is None:
        return "nothing is recorded of what they were told"
    said = f"{agency_words.HOWS[row['told_how']].lower()} on {day(row['told_on'])}"
    return f"{said}, no reply recorded" if row["told_how"] == agency_words.TOLD else said


def help_asked_for(look: Looking) -> Iterator[str]:
    for row in outstanding(look.arranged.orders, look.on)[:MOST_EACH]:
        what = helping.HELP.get(row["what"], row["what"])
        step = f"{helping.STEPS[row['step']].lower()} on {day(row['step_on'])}" if row["step"] in helping.STEPS else "not ordered"
        yield f"{what} needed since {day(row['needed_on'])}: {step}, not seen in use."
