"""Page one, which must be enough alone: who, how urgent, what was seen and when, what is asked and by when, whether the parents know,
what could not be established, whom to phone, and what happens meanwhile. Nothing here needs another page, and no level, score or
version is here: a number read first stops people reading.
"""

from visitapp.letter import sentences as say
from visitapp.letter.blocks import Block, Note, Paragraph, Table
from visitapp.letter.facts import Added, Child, Evidence, Finding, LetterFacts, Referrer, UrgentCall
from visitapp.letter.parts import Part
from visitapp.letter.shortening import CELL, Shortener

MOST_FINDINGS = 6
MOST_CANNOT_TELL = 5
MOST_PLANS = 2
MOST_ADDED = 2
ASKED = 420
ADDRESS_KEPT_BACK = f"{say.KEPT_BACK}: an adult’s address must be kept from somebody. Ask me for it by phone."
SPEAK_FIRST = "Please speak to me before you contact them."


def in_order(findings: tuple[Finding, ...]) -> list[Finding]:
    """Shareable findings, the most urgent first, then the gravest, and otherwise as given."""
    return sorted((f for f in findings if f.shareable), key=lambda f: (say.SEVERITIES.index(f.severity), -f.level))


def finding_line(finding: Finding, visit_on: str = "") -> str:
    """What was found, of whom, how it is known, and on which day where that is another than the visit's."""
    known = [say.KNOWN[finding.known]] if finding.known else []
    about = [finding.about] if finding.about and finding.about not in finding.said else []
    when = [say.day(finding.on)] if finding.on and finding.on != visit_on else []
    tail = ", ".join(about + known + when)
    return f"{finding.said.strip().removesuffix('.')} ({tail})." if tail else say.stop(finding.said)


def evidence_label(line: Evidence) -> str:
    by = {"seen": "", "shown": "shown by ", "told": "said by ", "told_by_agency": "told by "}[line.known] + line.by if line.by else ""
    return f"{say.day(line.on)}, {by}" if by else say.day(line.on)


def call_line(call: UrgentCall) -> str:
    reached = {True: "answered", False: "could not get through", None: "whether it was answered was not recorded"}[call.reached]
    who = f"{call.who} ({call.number})" if call.number else call.who
    spoke = f" by {call.spoke_to}" if call.spoke_to and call.reached else ""
    said = f" Said: {say.stop(call.said)}" if call.said.strip() else ""
    return f"{say.moment(call.at)}: phoned {who}, {reached}{spoke}.{said}"


def _opening(facts: LetterFacts, cut: Shortener) -> tuple[Block, ...]:
    team, from_ = facts.receiving_team, facts.referrer
    sender = ", ".join(part for part in (from_.name, from_.role, from_.organisation) if part.strip())
    numbers = (say.phone(team.phone), f"out of hours {say.phone(team.phone_out_of_hours)}" if team.phone_out_of_hours.strip() else "")
    to = f"{team.name} ({'; '.join(n for n in numbers if n)})" if any(numbers) else team.name
    title, action = say.URGENCY[facts.urgency]
    asked = cut.short("What is asked", say.stop(say.recorded(facts.completion.asked_for)), ASKED)
    by = f"By {say.day(facts.completion.asked_by_on)}." if facts.completion.asked_by_on else "No date was given."
    return (
        Note(f"Urgency: {title}", f"{action}\nAsked of you: {asked} {by}", facts.urgency),
        Paragraph(cut.short("To", say.recorded(to)), label="To"),
        Paragraph(f"{cut.short('From', say.recorded(sender))}. Written {say.moment(facts.made_at)}.", label="From"),
        Paragraph(cut.short("Whom to phone", _whom_to_phone(from_)), label="Phone"),
        Paragraph(cut.short("Already phoned", _already_phoned(facts)), label="Already phoned"),
    )


def _children(facts: LetterFacts, cut: Shortener) -> tuple[Block, ...]:
    columns: tuple[str, ...] = ("Child", "Age", "Born or due", "NHS number", "Where now, and with whom")
    widths: tuple[float, ...] = (0.2, 0.16, 0.19, 0.15, 0.3)
    rows = tuple(_child_row(child, cut) for child in facts.children)
    if facts.completion.where_child_is.strip() and not any(child.where_now or child.with_whom for child in facts.children):
        columns, widths, rows = columns[:-1], (0.35, 0.2, 0.25, 0.2), tuple(row[:-1] for row in rows)  # said for all of them below
    table = Table(columns, widths, rows)
    blocks: list[Block] = [table if rows else Paragraph(f"{say.NOT_RECORDED}.")]
    address = ADDRESS_KEPT_BACK if facts.address_kept_back else say.recorded(facts.household_address)
    blocks.append(Paragraph(cut.short("Home address", address), label="Home address"))
    if facts.completion.where_child_is.strip():
        blocks.append(Paragraph(cut.short("Where the children are now", say.stop(facts.completion.where_child_is)), label="Now"))
    seen = "; ".join(f"{person.name}: {person.how}" for person in facts.people_seen)
    label = f"Seen on {say.day(facts.visit_on)}"
    blocks.append(Paragraph(cut.short(label, say.stop(say.recorded(seen))), label=label))
    return tuple(blocks)


def _child_row(child: Child, cut: Shortener) -> tuple[str, ...]:
    where = ", ".join(part for part in (child.where_now.strip(), child.with_whom.strip()) if part)
    return tuple(
        cut.short(label, text, CELL)
        for label, text in (
            ("Child", say.recorded(child.name)),
            ("Age", say.recorded(child.age)),
            ("Born or due", say.born(child)),
            ("NHS number", say.nhs_number(child)),
            ("Where now, and with whom", say.recorded(where)),
        )
    )


def _found(facts: LetterFacts, cut: Shortener) -> tuple[Block, ...]:
    """The findings that are present; where the form raised none, the evidence itself."""
    lines = [("Tonight" if f.severity == "tonight" else "", finding_line(f, facts.visit_on)) for f in in_order(facts.findings)]
    lines = lines or [(evidence_label(e), say.stop(e.text)) for e in facts.evidence if e.shareable]
    blocks = [Paragraph(cut.short("Found", line), label=cut.short("Found", label), bullet=True) for label, line in lines[:MOST_FINDINGS]]
    if facts.analysis.strip():
        blocks.insert(0, Paragraph(cut.short("In my words", say.stop(facts.analysis), ASKED), label="In my words"))
    more = len(lines) - MOST_FINDINGS
    if more > 0:
        blocks.append(Paragraph(f"{say.counted(more, 'more is', 'more are')} on the next pages."))
    blocks.extend(_added(facts, cut))
    blocks.extend(_not_carried_out(facts, cut))
    return tuple(blocks) or (Paragraph(f"{say.NOT_RECORDED}."),)


def added_line(added: Added) -> str:
    said = "; ".join(f"{what}: {words.strip().removesuffix('.')}" for what, words in added.said)
    return f"{say.stop(say.recorded(said))}{f' By {added.by}.' if added.by else ''}"


def _added(facts: LetterFacts, cut: Shortener) -> list[Paragraph]:
    """What was added to the visit since: it may say that something above was wrong. The newest here, all of it on the next pages."""
    labels = [(f"Added on {say.day(one.on)}", added_line(one)) for one in facts.added]
    return [Paragraph(cut.short(label, line), label=label, bullet=True) for label, line in labels[-MOST_ADDED:]]


def _not_carried_out(facts: LetterFacts, cut: Shortener) -> list[Paragraph]:
    """Plans whose moment came while something they called for is not done: the reader must not have to find that."""
    owing = [plan for plan in facts.plans if plan.shareable and plan.owing]
    lines = [f"{say.stop(plan.counted)} If {plan.trigger}" for plan in owing[:MOST_PLANS]]
    return [Paragraph(cut.short("Agreed plan", say.stop(line)), label="Agreed plan", bullet=True) for line in lines]


def _cannot_tell(facts: LetterFacts, cut: Shortener) -> tuple[Block, ...]:
    unknown = [u for u in facts.cannot_tell if u.shareable]
    lines = [f"{u.what.strip()}: {u.why.strip() or 'reason not recorded'}" for u in unknown]
    blocks = [Paragraph(cut.short("Could not be established", say.stop(line)), bullet=True) for line in lines[:MOST_CANNOT_TELL]]
    more = len(lines) - MOST_CANNOT_TELL
    if more > 0:
        blocks.append(Paragraph(f"And {say.counted(more, 'further point', 'further points')}. None of these is a “no”: ask me."))
    return tuple(blocks) or (Paragraph(f"{say.NOT_RECORDED}. This does not mean that everything was asked."),)


def _whether_parents_know(facts: LetterFacts, cut: Shortener) -> tuple[Block, ...]:
    return (Paragraph(_parents(facts, cut)),)


def _meanwhile(facts: LetterFacts, cut: Shortener) -> tuple[Block, ...]:
    return (Paragraph(cut.short("Meanwhile", say.stop(say.recorded(facts.completion.meanwhile)))),)


def _parents(facts: LetterFacts, cut: Shortener) -> str:
    done = facts.completion
    if done.parents_told == "yes":
        said = say.stop(cut.short("What the parents said", say.recorded(done.parents_said)))
        return f"Yes, they have been told of this referral. They said: {said}"
    if done.parents_told is None:
        return f"It is not recorded whether they have been told of this referral. {SPEAK_FIRST}"
    because = say.listed([say.NOT_TOLD[code] for code in done.not_told_why]) or "the reason was not recorded"
    detail = f" {say.stop(cut.short('Why the parents were not told', done.not_told_detail))}" if done.not_told_detail.strip() else ""
    return f"No, they have not been told: {because}.{detail} {SPEAK_FIRST}"


def _whom_to_phone(me: Referrer) -> str:
    number = f"{me.name} on {say.phone(me.phone)}" if me.phone.strip() else f"{me.name}, whose number is not recorded"
    mail = f" or {me.email.strip()}" if me.email.strip() else ""
    manager = " on ".join(part for part in (me.manager.strip(), say.phone(me.manager_phone)) if part)
    second = f"Manager: {manager}." if manager else "No manager is recorded."
    return f"{number}{mail}. {second} Not everything recorded is put in a letter: ask me for more."


def _already_phoned(facts: LetterFacts) -> str:
    """The call made for this referral; else the calls made from the visit. Only when there was neither is it said that there was none."""
    done, calls = facts.completion, facts.urgent_calls
    if done.phoned_who.strip():
        return f"{done.phoned_who.strip()}, {say.moment(done.phoned_at) if done.phoned_at else 'time not recorded'}."
    if calls:
        return call_line(next((call for call in reversed(calls) if call.reached), calls[-1]))
    return "No call about this referral is recorded."


PARTS: dict[str, Part] = {
    "opening": Part("", _opening),
    "children": Part("The children and where they are", _children),
    "found": Part(lambda facts: f"What was found on {say.day(facts.visit_on)}", _found),
    "cannot_tell": Part("What could not be established", _cannot_tell),
    "parents_know": Part("Whether the parents know", _whether_parents_know),
    "meanwhile": Part("What I will do meanwhile", _meanwhile),
}
