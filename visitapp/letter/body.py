"""The pages behind page one, for whoever takes the work on: the family, the evidence with seen, said and told by others kept apart, each
sleep, the home, substances and what they do to each child, the visits, the past, what is strong, and what the family and the referrer
think. Every section is always there: a missing section would be read as nothing to report.
"""

from collections.abc import Iterable

from visitapp.letter import sentences as say
from visitapp.letter.blocks import Block, Chart, Heading, Paragraph, Table
from visitapp.letter.facts import Adult, EarlierFinding, Event, LetterFacts
from visitapp.letter.page_one import (
    ASKED,
    FEW_CHILDREN,
    MOST_CANNOT_TELL,
    added_line,
    call_line,
    evidence_label,
    finding_line,
    in_order,
    parents_words,
    unknown_line,
)
from visitapp.letter.parts import NOTHING, SCORES_FROM, Part
from visitapp.letter.shortening import CELL, LINE, Shortener

MOST_LINES, CHARACTERS_A_LINE = 34, 66
"""On the one page of a chronology; a row's second line takes less room than a row."""
INFERRED = "Inferred by the form’s rules from these answers"


def _added(facts: LetterFacts, _cut: Shortener) -> tuple[Block, ...]:
    return tuple(Paragraph(added_line(one), label=say.day(one.on), bullet=True) for one in facts.added)


def _unknown(facts: LetterFacts, _cut: Shortener) -> tuple[Block, ...]:
    """What page one had no room for, and what matters less."""
    unknown = [u for u in facts.cannot_tell if u.shareable]
    first = [u for u in unknown if u.matters][:MOST_CANNOT_TELL]
    rest = [unknown_line(u).removesuffix(".") for u in unknown if u not in first]
    return (Paragraph(say.stop("; ".join(rest))),) if rest else ()


def _table(cut: Shortener, columns: tuple[str, ...], widths: tuple[float, ...], rows: Iterable[tuple[str, ...]]) -> tuple[Block, ...]:
    cells = tuple(tuple(cut.short(c, say.recorded(t), CELL) for c, t in zip(columns, row, strict=True)) for row in rows)
    return (Table(columns, widths, cells),) if cells else ()


def _family(facts: LetterFacts, cut: Shortener) -> tuple[Block, ...]:
    """The adults, and whoever has an address of their own; the children and the family's address stand on page one."""

    def adult(a: Adult) -> tuple[str, ...]:
        rights = {True: "Yes", False: "No", None: ""}[a.parental_responsibility]
        return (a.name, a.relation, day_or_nothing(a.born_on), a.phone, rights)

    columns = ("Adult", "Relation", "Born", "Phone", "Parental responsibility")
    adults = _table(cut, columns, (0.24, 0.18, 0.19, 0.18, 0.21), map(adult, facts.adults))
    phone = Paragraph(say.recorded(say.phone(facts.household_phone)), label="Family’s phone (phone only as page one says)")
    return (Heading("Adults in or around the home"), *(adults or NOTHING), *_elsewhere(facts), phone)


def _elsewhere(facts: LetterFacts) -> tuple[Block, ...]:
    """Addresses other than the family's."""
    theirs = [(child.name, child.address) for child in facts.children] + [(adult.name, adult.address) for adult in facts.adults]
    kept = facts.address_kept_back
    return tuple(
        Paragraph(say.KEPT_BACK if kept else say.stop(address), label=f"{name}, address", bullet=True)
        for name, address in theirs
        if address.strip()
    )


def day_or_nothing(iso: str | None) -> str:
    return say.day(iso) if iso else ""


def _evidence(facts: LetterFacts, _cut: Shortener) -> tuple[Block, ...]:
    """Everything that was seen and said, apart by how it is known; and then what was inferred from it, which is not evidence."""
    if not (facts.evidence or facts.findings):
        return ()
    blocks: list[Block] = []
    for known, heading in say.EVIDENCE_HEADINGS.items():
        if lines := [line for line in facts.evidence if line.known == known and line.shareable]:
            blocks.append(Heading(heading))
            blocks.extend(Paragraph(say.stop(line.text), label=evidence_label(line), bullet=True) for line in lines)
    there = {line.known for line in facts.evidence if line.shareable}
    empty = [heading for known, heading in say.EVIDENCE_HEADINGS.items() if known not in there]
    nothing = (Paragraph(f"{say.NOT_RECORDED}.", label="; ".join(empty)),) if empty else ()
    return (*blocks, *nothing, *_inferred(facts))


def _inferred(facts: LetterFacts) -> tuple[Block, ...]:
    """The findings of the rules, but for those that stand word for word among what the record shows."""
    said = " ".join(line.text for line in facts.evidence if line.known is None)
    found = [finding for finding in in_order(facts.findings) if finding.said not in said]
    if not found:
        return ()
    return (Heading(INFERRED), *(Paragraph(finding_line(f, facts.visit_on), bullet=True) for f in found))


def _sleep(facts: LetterFacts, cut: Shortener) -> tuple[Block, ...]:
    sleeps = [s for s in facts.sleeps if s.shareable]
    rows = [(s.child, s.when, s.where, s.beside, say.KNOWN[s.known]) for s in sleeps]
    columns = ("Child", "Sleep", "Where", "Who shared, and what they had taken", "How known")
    details = (Paragraph(say.stop(s.detail), label=f"{s.child}, {s.when}", bullet=True) for s in sleeps if s.detail.strip())
    return (*_table(cut, columns, (0.16, 0.16, 0.2, 0.3, 0.18), rows), *details)


def _days(facts: LetterFacts, _cut: Shortener) -> tuple[Block, ...]:
    """Each child in a sentence of their own, and then how each is."""
    lived = [Paragraph(say.stop(said), label=child, bullet=True) for child, said in facts.days]
    return (*lived, *(Paragraph(say.stop(said), label=f"{child}, in answers", bullet=True) for child, said in facts.each_child))


def _home(facts: LetterFacts, cut: Shortener) -> tuple[Block, ...]:
    """One line of rooms, then what was to be said of any of them."""
    items = [(h.item, h.condition, say.KNOWN[h.known] if h.known or h.how_asked else "–") for h in facts.home if h.shareable]
    seen = (Paragraph(say.stop(facts.rooms), label="Rooms"),) if facts.rooms else ()
    table = _table(cut, ("What", "Condition", "How known"), (0.3, 0.48, 0.22), items)
    return (*seen, *table, *(Paragraph(say.stop(said), label=what, bullet=True) for what, said in facts.home_words))


def _substances(facts: LetterFacts, _cut: Shortener) -> tuple[Block, ...]:
    """Each adult, and what it does to each child: once, where the form asks that of a child and not of an adult."""
    uses = [s for s in facts.substances if s.shareable]
    together = len({(use.impact, use.protection) for use in uses}) == 1
    blocks: list[Block] = []
    for number, use in enumerate(uses, 1):
        blocks.append(Paragraph(f"{say.recorded(use.what)} ({say.KNOWN[use.known]}).", label=say.recorded(use.adult)))
        if not together or number == len(uses):
            blocks.append(Paragraph(say.stop(say.recorded(use.impact)), label="What it does to a child"))
            blocks.append(Paragraph(say.stop(say.recorded(use.protection)), label="What protects the child"))
    return tuple(blocks)


def _visits(facts: LetterFacts, _cut: Shortener) -> tuple[Block, ...]:
    lines = [Paragraph(f"{say.stop(v.outcome)}{f' {v.who}.' if v.who else ''}", label=say.day(v.on), bullet=True) for v in facts.visits]
    counts = [f"{n.kind}: {n.count}" for n in facts.not_completed]
    arranged = (Paragraph(say.stop(facts.announced), label="Arranged or not"),) if facts.announced else ()
    this = (Paragraph(say.stop(facts.this_visit), label=f"The visit of {say.day(facts.visit_on)}"),) if facts.this_visit else ()
    if not (lines or counts or arranged or this):
        return ()
    not_completed = Paragraph(say.stop(say.recorded("; ".join(counts))), label="Visits not completed")
    return (*this, not_completed, *arranged, *(() if facts.chronology else lines))


def _information(facts: LetterFacts, _cut: Shortener) -> tuple[Block, ...]:
    """What was learnt outside our visits: from what kind of source, and how they know."""
    lines = []
    for one in (each for each in facts.information if each.shareable):
        how = "; ".join(part for part in (one.how, f"it happened on {one.happened}" if one.happened else "") if part)
        lines.append(
            Paragraph(
                f"{say.stop(say.recorded(one.said))} ({how or say.KNOWN[None]}.)", label=f"{say.day(one.on)}, {one.source}", bullet=True
            )
        )
    return tuple(lines)


def _history(facts: LetterFacts, _cut: Shortener) -> tuple[Block, ...]:
    """What is known of earlier children, and what earlier visits found, of an older brother or sister too."""
    known = [Paragraph(say.stop(words), label=what) for what, words in facts.history]
    lines = (e for e in facts.earlier_findings if e.shareable)
    return (*known, *(Paragraph(say.stop(e.said), label=_when_found(e), bullet=True) for e in lines))


def _when_found(found: EarlierFinding) -> str:
    days = say.listed([say.day(on) for on in (found.on, *found.also_on)])
    return f"{days}{', ' + found.about if found.about else ''}"


def _plans(facts: LetterFacts, cut: Shortener) -> tuple[Block, ...]:
    blocks: list[Block] = []
    for plan in (one for one in facts.plans if one.shareable):
        blocks.append(Heading(cut.short("Agreed plan", f"{say.recorded(plan.source)}: if {say.recorded(plan.trigger)}", CELL)))
        agreed = " by ".join(part for part in (say.day(plan.agreed_on), plan.agreed_by.strip()) if part)
        ended = f" It was ended on {say.day(plan.ended_on)}." if plan.ended_on else ""
        blocks.append(Paragraph(f"{say.stop(plan.counted)} Agreed: {say.stop(say.recorded(agreed))}{ended}"))
        rows = [(one.what, one.owner, ", ".join(part for part in (one.state, one.due) if part)) for one in plan.actions]
        blocks.extend(_table(cut, ("Then", "By whom", "What became of it"), (0.42, 0.24, 0.34), rows))
    return tuple(blocks)


def _together(facts: LetterFacts, cut: Shortener) -> tuple[Block, ...]:
    rows = [(one.name or one.kind, one.kind, one.told, one.closed or "–") for one in facts.agencies if one.shareable]
    columns = ("Agency", "What it is", "What it was told", "Its own closure")
    lead = Paragraph(say.stop(facts.lead or "Nobody is named"), label="Lead professional")
    if not (rows or facts.lead or facts.meetings):
        return ()
    met = (Paragraph(say.stop(one.outcome), label=f"Met on {say.day(one.on)}", bullet=True) for one in facts.meetings)
    return (*_table(cut, columns, (0.24, 0.18, 0.34, 0.24), rows), lead, *met)


def _help(facts: LetterFacts, _cut: Shortener) -> tuple[Block, ...]:
    asked = (one for one in facts.help_orders if one.shareable)
    return tuple(Paragraph(say.stop(one.state), label=f"{one.what}{f' for {one.whom}' if one.whom else ''}", bullet=True) for one in asked)


def _course(facts: LetterFacts, _cut: Shortener) -> tuple[Block, ...]:
    """The state of the home as a drawn line with the same numbers in a sentence, and the other areas that are at their worst."""
    points = tuple((say.day(one.on), one.at_least, one.could_be) for one in facts.home_course)
    told = [line for line in facts.courses if line.strip()]
    drawn = (Chart("State of the home", points, "; ".join(map(_point, points))),) if len(points) > 1 else ()
    arranged = (Paragraph(say.stop(facts.announced_home)),) if facts.announced_home else ()
    return (*drawn, *(Paragraph(say.stop(line), bullet=True) for line in told), *arranged)


def _point(point: tuple[str, int, int]) -> str:
    on, least, most = point
    return f"{on}: {least}{f' to {most}' if most > least else ''}"


def _on_one_page(events: tuple[Event, ...]) -> list[int]:
    """The places of those that stay: what weighs most and then the newest, as many as a page has lines for."""
    kept, lines = [], 0
    for place in sorted(range(len(events)), key=lambda n: (-events[n].weight, -n)):
        lines += 1 + len(events[place].what) // CHARACTERS_A_LINE
        if lines > MOST_LINES:
            break
        kept.append(place)
    return kept


def _chronology(facts: LetterFacts, cut: Shortener) -> tuple[Block, ...]:
    """One page, oldest first. Where not everything fits, what weighs most stays, and of the rest the newest."""
    events = [facts.chronology[n] for n in sorted(_on_one_page(facts.chronology))]
    rows = tuple((say.short_day(e.on), cut.short("What happened", e.what, LINE), cut.short("Who", e.who or "–", CELL)) for e in events)
    left = len(facts.chronology) - len(rows)
    more = (Paragraph(f"{say.counted(left, 'entry', 'entries')} of less weight are left out here."),) if left > 0 else ()
    return (Table(("Day", "What happened", "Who of ours"), (0.15, 0.66, 0.19), rows), *more) if rows else ()


def _calls(facts: LetterFacts, _cut: Shortener) -> tuple[Block, ...]:
    return tuple(Paragraph(call_line(call), bullet=True) for call in facts.urgent_calls)


def _strengths(facts: LetterFacts, _cut: Shortener) -> tuple[Block, ...]:
    return tuple(Paragraph(say.stop(s), bullet=True) for s in facts.strengths if s.strip())


def _in_words(facts: LetterFacts, _cut: Shortener) -> tuple[Block, ...]:
    return tuple(Paragraph(say.stop(text), label=label, bullet=True) for label, text in facts.in_words)


def _parents_view(facts: LetterFacts, _cut: Shortener) -> tuple[Block, ...]:
    """Their own view, what they say of this referral, and where accounts differ."""
    own = (Paragraph(facts.parents_view),) if facts.parents_view.strip() else ()
    said = parents_words(facts.completion)
    of_this = (Paragraph(say.stop(said), label="Of this referral"),) if said.strip() else ()
    return (*own, *of_this, *(Paragraph(say.stop(words), label=what, bullet=True) for what, words in facts.disagreement))


def _analysis(facts: LetterFacts, _cut: Shortener) -> tuple[Block, ...]:
    """The opinion, in full where page one had no room for it, with the words of the local threshold and why a lower level is not enough."""
    words, done = facts.analysis.strip(), facts.completion
    room = ASKED if len(facts.children) <= FEW_CHILDREN else LINE
    on_page_one = len(words) <= room and "\n" not in words
    opinion = "In full on page one, in the referrer’s own words." if on_page_one else words
    threshold = ": ".join(part for part in (facts.level.at_least_words, facts.level.threshold) if part)
    return (
        *((Paragraph(opinion, label="My opinion"),) if words else ()),
        *((Paragraph(say.stop(threshold), label="In the words of the local levels of need"),) if threshold else ()),
        *((Paragraph(say.stop(done.why_not_early_help), label="Why not a lower level"),) if done.why_not_early_help.strip() else ()),
    )


PARTS: dict[str, Part] = {
    "added": Part("Added to the visit after it was written down", _added, always=False),
    "days": Part("What life is like for each child", _days),
    "evidence": Part("What was seen, said, told by others, and inferred", _evidence),
    "sleep": Part("Sleep, for each child and each sleep", _sleep),
    "home": Part("The home", _home),
    "visits": Part("Visits", _visits),
    "substances": Part("Alcohol, drugs and medicines, and what they do to each child", _substances),
    "strengths": Part("What is going well", _strengths),
    "earlier": Part("History, of brothers and sisters too", _history),
    "plans": Part("Agreed plans, and what became of them", _plans),
    "parents_view": Part("What the parents think, and where accounts differ", _parents_view),
    "opinion": Part("What the referrer thinks, and the local threshold (opinion)", _analysis),
    "in_words": Part("What the visitor wrote", _in_words),
    "information": Part("What others told us between visits", _information),
    "together": Part("Who else works with the family", _together),
    "help": Part("Help that was asked for", _help),
    "calls": Part("Calls made from the visit", _calls),
    "family": Part("The family", _family),
    "unknown": Part("What else could not be established", _unknown, always=False),
    "course": Part("How it went over the visits", _course, from_page=SCORES_FROM),
    "chronology": Part("Chronology", _chronology),
}
