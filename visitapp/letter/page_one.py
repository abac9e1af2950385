"""Page one, which must be enough alone: what is asked and by when, whom to phone, where each child is tonight and with whom, how to reach
the family safely, what was seen and said and when, whether the parents know, why early help is not enough, what happens meanwhile, and
what could not be established. Nothing here needs another page, and no level, score or version is here: a number read first stops people
reading.
"""

from visitapp.domain.moments import day_of
from visitapp.letter import sentences as say
from visitapp.letter.blocks import Block, Note, Paragraph, Table
from visitapp.letter.facts import Added, CannotTell, Child, Completion, Evidence, Finding, Known, LetterFacts, Referrer, UrgentCall
from visitapp.letter.parts import Part
from visitapp.letter.shortening import CELL, LINE, Shortener

MOST_FINDINGS = 6
MOST_CANNOT_TELL = 5
MOST_PLANS = 2
MOST_GRAVER = 2
NOT_BORN = "Not born yet"
FEW_CHILDREN = 3
"""More children take room on page one, which is then taken from what the next pages say too."""
BY: dict[Known | None, str] = {"seen": "", "shown": "shown by ", "told": "said by ", "told_by_agency": "told by ", None: ""}
MOST_ADDED = 2
OPINION_LATER = "in full on the next pages"
ASKED = 420
ADDRESS_KEPT_BACK = f"{say.KEPT_BACK}: an adult’s address must be kept from somebody. Ask me for it by phone."
BEFORE_IT = "Asked of you, before what is corrected below"
SPEAK_FIRST = "Please speak to me before you contact them."
AGREED = {
    "yes": "They agreed to this help.",
    "no": "They did not agree to this help.",
    "not_asked": "They were not asked whether they agree to this help.",
    "": "Whether they agree to this help is not recorded.",
}


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
    if line.on is None:
        return ""
    by = f"{BY[line.known]}{line.by}" if line.by else ""
    return f"{say.day(line.on)}, {by}" if by else say.day(line.on)


def call_line(call: UrgentCall) -> str:
    reached = {True: "answered", False: "could not get through", None: "whether it was answered was not recorded"}[call.reached]
    who = f"{call.who} ({call.number})" if call.number else call.who
    spoke = f" by {call.spoke_to}" if call.spoke_to and call.reached else ""
    said = f" Said: {say.stop(call.said)}" if call.said.strip() else ""
    return f"{say.moment(call.at)}: phoned {who}, {reached}{spoke}.{said}"


def _corrects(facts: LetterFacts) -> bool:
    """Whether this letter says what was wrong in another: what was asked rests on that."""
    return facts.number > 1 and any(one.was_wrong for one in facts.changed)


def _opening(facts: LetterFacts, cut: Shortener) -> tuple[Block, ...]:
    team, from_ = facts.receiving_team, facts.referrer
    sender = ", ".join(part for part in (from_.name, from_.role, from_.organisation) if part.strip())
    other = team.phone_out_of_hours.strip() and say.phone(team.phone_out_of_hours) != say.phone(team.phone)
    numbers = (say.phone(team.phone), f"out of hours {say.phone(team.phone_out_of_hours)}" if other else "")
    to = f"{team.name} ({'; '.join(n for n in numbers if n)})" if any(numbers) else team.name
    title, action = say.URGENCY[facts.urgency]
    asked = cut.short("What is asked", say.stop(say.recorded(facts.completion.asked_for)), ASKED)
    by, now = _by_when(facts), "Asked of you now" if facts.raised else BEFORE_IT if _corrects(facts) else "Asked of you"
    return (
        Note(f"Urgency: {title}", "\n".join((action, *_graver(facts, cut), f"{now}: {asked} {by}")), facts.urgency),
        Paragraph(cut.short("To", say.recorded(to)), label="To"),
        Paragraph(f"{cut.short('From', say.recorded(sender))}. Written {say.moment(facts.made_at)}.", label="From"),
        Paragraph(cut.short("Whom to phone", _whom_to_phone(from_)), label="Phone me"),
        Paragraph(cut.short("Already phoned", _already_phoned(facts)), label="Already phoned"),
    )


def _graver(facts: LetterFacts, cut: Shortener) -> tuple[str, ...]:
    """What is graver than when it was last asked for, and how it stood then: whoever has it must not have to compare two letters."""
    if facts.raised is None:
        return ()
    was, since = facts.raised, facts.raised.found_on
    with_whom = f", to {was.was_with}," if was.was_with else ""
    then = say.URGENCY[was.from_urgency][0].partition(" (")[0]
    lines = [text for _, text in evidence_lines(facts)[:MOST_GRAVER]]
    dated = say.day(since) in " ".join(lines)  # a sentence of a form says itself when
    found = f" Found{'' if dated else f' on {say.day(since)}'}: {cut.short('What is graver', ' '.join(lines), ASKED)}" if lines else ""
    return (f"Graver than before. It was sent on {say.moment(was.sent_at)}{with_whom} as {then}.{found}",)


def _by_when(facts: LetterFacts) -> str:
    """The day asked for. It may be over where the referral is sent on or added to: that is said, and whom to phone stands below."""
    day = facts.completion.asked_by_on
    if not day:
        return "No date was given."
    return f"By {say.day(day)}." if day >= day_of(facts.made_at).isoformat() else f"By {say.day(day)}: that day is over."


def _children_title(facts: LetterFacts) -> str:
    """Where somebody was said to be on one night is not said of a later one."""
    return "The children, and where they were" if _of_before(facts) else "The children, and where they are tonight"


def _of_before(facts: LetterFacts) -> bool:
    return (facts.number > 1 and facts.raised is None) or facts.said_before


def _children(facts: LetterFacts, cut: Shortener) -> tuple[Block, ...]:
    where = "Where, and with whom, when the referral was sent" if _of_before(facts) else "Where tonight, and with whom"
    columns = ("Child", "Age, and born or due", "NHS number", where)
    rows = tuple(_child_row(child, cut) for child in facts.children)
    table = Table(columns, (0.18, 0.3, 0.15, 0.37), rows)
    blocks: list[Block] = [table if rows else Paragraph(f"{say.NOT_RECORDED}.")]
    if facts.completion.where_child_is.strip():
        blocks.append(Paragraph(cut.short("Where the children are", say.stop(facts.completion.where_child_is)), label="Where they are"))
    seen = "; ".join(f"{person.name}: {_seen_how(person.how)}" for person in facts.people_seen)
    label = f"Seen on {say.day(facts.visit_on)}"
    blocks.append(Paragraph(cut.short(label, say.stop(say.recorded(seen))), label=label))
    blocks.append(Paragraph(cut.short("Parental responsibility", _responsibility(facts)), label="Parental responsibility"))
    return tuple(blocks)


def _seen_how(how: str) -> str:
    """Without the form's "yes" before it."""
    how = how.removeprefix("Yes, ")
    return f"{how[:1].lower()}{how[1:]}"


def _child_row(child: Child, cut: Shortener) -> tuple[str, ...]:
    where = ", with ".join(part for part in (child.where_now.strip(), _without_with(child.with_whom)) if part)
    where = where or (NOT_BORN if child.due_on and not child.born_on else "")
    return tuple(
        cut.short(label, text, CELL)
        for label, text in (
            ("Child", say.recorded(child.name)),
            ("Age, and born or due", age_and_birth(child)),
            ("NHS number", say.nhs_number(child)),
            ("Where tonight, and with whom", say.recorded(where)),
        )
    )


def age_and_birth(child: Child) -> str:
    return ", ".join(part for part in (child.age.strip(), say.born(child)[:1].lower() + say.born(child)[1:]) if part)


def _without_with(whom: str) -> str:
    whom = whom.strip()
    return whom[5:] if whom[:5].lower() == "with " else whom


def _responsibility(facts: LetterFacts) -> str:
    """Children with the same holders together: "Kim Marsh for Ava; for Leo nobody is recorded"."""
    by_holders: dict[tuple[str, ...], list[str]] = {}
    for one in facts.responsibility:
        by_holders.setdefault(one.holders, []).append(one.child)
    said = [
        f"{say.listed(list(holders))} for {say.listed(those)}" if holders else f"for {say.listed(those)} nobody is recorded"
        for holders, those in by_holders.items()
    ]
    return say.stop(say.recorded("; ".join(said)))


def _reaching(facts: LetterFacts, cut: Shortener) -> tuple[Block, ...]:
    """How to reach the family without doing harm: the address, the number that is safe and when, and in which language."""
    address = ADDRESS_KEPT_BACK if facts.address_kept_back else say.recorded(facts.household_address)
    return (
        Paragraph(cut.short("Home address", address), label="Home address"),
        Paragraph(cut.short("Phoning the family", _safely(facts)), label="Phoning the family"),
        Paragraph(cut.short("Language", say.stop(say.recorded(facts.language))), label="Language"),
    )


def _safely(facts: LetterFacts) -> str:
    done = facts.completion
    times = say.stop(done.safe_times) if done.safe_times.strip() else ""
    if not done.safe_number.strip():
        return f"No number is recorded as safe. {times or SPEAK_FIRST}"
    return f"{say.phone(done.safe_number)}. When it is safe: {times or say.stop(say.NOT_RECORDED)}"


def _found(facts: LetterFacts, cut: Shortener) -> tuple[Block, ...]:
    """What was seen and said, each in a sentence that says when; then what the practitioner makes of it, headed as such. Where there are
    no sentences, the findings themselves."""
    many = len(facts.children) > FEW_CHILDREN
    above = MOST_GRAVER if facts.raised and many else 0  # the gravest stand at the top of the page then
    lines = evidence_lines(facts)[above:]
    most = MOST_FINDINGS - above - (1 if many else 0)
    blocks = [Paragraph(cut.short("Found", line), label=cut.short("Found", label), bullet=True) for label, line in lines[:most]]
    more = len(lines) - most
    if more > 0:
        blocks.append(Paragraph(f"{say.counted(more, 'more is', 'more are')} on the next pages."))
    blocks.extend(_added(facts, cut))
    blocks.extend(_not_carried_out(facts, cut))
    if facts.analysis.strip():
        room = ASKED if len(facts.children) <= FEW_CHILDREN else LINE
        blocks.append(Paragraph(cut.beginning(say.stop(facts.analysis), room, OPINION_LATER), label="My opinion"))
    return tuple(blocks) or (Paragraph(f"{say.NOT_RECORDED}."),)


def evidence_lines(facts: LetterFacts) -> list[tuple[str, str]]:
    """(label, line) of everything seen and said, in order; of a visit without any, of its findings."""
    told = [(_tonight(e.tonight, evidence_label(e)), say.stop(e.text)) for e in facts.evidence if e.shareable]
    return told or [(_tonight(f.severity == "tonight"), finding_line(f, facts.visit_on)) for f in in_order(facts.findings)]


def _tonight(urgent: bool, label: str = "") -> str:
    return ", ".join(part for part in ("Tonight" if urgent else "", label) if part)


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
    """At most five lines, each one that matters: a child or a place that was not seen, or what something grave hangs on."""
    unknown = [u for u in facts.cannot_tell if u.shareable]
    lines = [unknown_line(u) for u in unknown if u.matters][:MOST_CANNOT_TELL]
    blocks = [Paragraph(cut.short("Could not be established", line), bullet=True) for line in lines]
    more = len(unknown) - len(lines)
    if more > 0:
        rest = say.counted(more, "further point is", "further points are") if lines else say.counted(more, "point is", "points are")
        blocks.append(Paragraph(f"{rest} on the next pages. {'It is not' if more == 1 else 'None of them is'} a “no”: ask me."))
    return tuple(blocks) or (Paragraph(f"{say.NOT_RECORDED}. This does not mean that everything was asked."),)


def unknown_line(unknown: CannotTell) -> str:
    what, why = unknown.what.strip(), unknown.why.strip() or "reason not recorded"
    return say.stop(f"{what} {why[:1].upper()}{why[1:]}" if what.endswith("?") else f"{what}: {why}")


def _not_early_help(facts: LetterFacts, cut: Shortener) -> tuple[Block, ...]:
    """Asked of what goes to social care; of anything else only where it was written."""
    why, label = facts.completion.why_not_early_help, "Why early help is not enough"
    if not why.strip() and not facts.goes_to.startswith("social_care"):
        return ()
    return (Paragraph(cut.short(label, say.stop(say.recorded(why))), label=label),)


def _agreement(facts: LetterFacts, cut: Shortener) -> tuple[Block, ...]:
    return (Paragraph(cut.short("Agreement", _agreed(facts.completion))),)


def _agreed(done: Completion) -> str:
    who = f" {say.stop(done.agreed_by)}" if done.agreed_by.strip() else ""
    return f"{AGREED[done.agreement]}{who}"


def _whether_parents_know(facts: LetterFacts, cut: Shortener) -> tuple[Block, ...]:
    return (Paragraph(_parents(facts, cut)),)


def _meanwhile_title(facts: LetterFacts) -> str:
    return "Meanwhile, and why early help is not enough" if facts.goes_to.startswith("social_care") else "What I will do meanwhile"


def _meanwhile(facts: LetterFacts, cut: Shortener) -> tuple[Block, ...]:
    said = say.stop(say.recorded(facts.completion.meanwhile))
    return (Paragraph(cut.short("Meanwhile", said), label="Meanwhile"), *_not_early_help(facts, cut))


def parents_words(done: Completion) -> str:
    """What each parent said, by name, and then what they said together or somebody else did."""
    each = [f"{one.name} said: {say.stop(one.words)}" for one in done.said_by if one.words.strip()]
    together = (
        [f"Together, or somebody else: {done.parents_said.strip()}" if each else done.parents_said] if done.parents_said.strip() else []
    )
    return " ".join((*each, *together))


def _parents(facts: LetterFacts, cut: Shortener) -> str:
    done = facts.completion
    apart = facts.goes_to == "early_help"  # there it has a part of its own
    agreed = f" {cut.short('Agreement', _agreed(done))}" if done.agreement and not apart else ""
    if done.parents_told == "yes":
        said = say.stop(cut.short("What the parents said", say.recorded(parents_words(done))))
        return f"Yes, they have been told of this referral. {'' if done.said_by else 'They said: '}{said}{agreed}"
    if done.parents_told is None:
        return f"It is not recorded whether they have been told of this referral. {SPEAK_FIRST}"
    because = say.listed([say.NOT_TOLD[code] for code in done.not_told_why]) or "the reason was not recorded"
    detail = f" {say.stop(cut.short('Why the parents were not told', done.not_told_detail))}" if done.not_told_detail.strip() else ""
    return f"No, they have not been told: {because}.{detail} {SPEAK_FIRST}{agreed}"


def _whom_to_phone(me: Referrer) -> str:
    number = say.phone(me.phone) if me.phone.strip() else "number not recorded"
    mail = f" or {me.email.strip()}" if me.email.strip() else ""
    manager = " on ".join(part for part in (me.manager.strip(), say.phone(me.manager_phone)) if part)
    return (
        f"{number}{mail}. {f'Manager: {manager}' if manager else 'No manager is recorded'}. Not everything recorded is in a letter: ask me."
    )


def _already_phoned(facts: LetterFacts) -> str:
    """The call made for this referral, and the newest since in which somebody was reached; else the calls made from the visit. Only when
    there was neither is it said that there was none."""
    done, calls = facts.completion, facts.urgent_calls
    if done.phoned_who.strip():
        later = [call for call in calls if call.reached and done.phoned_at and call.at > done.phoned_at]
        since = f" Since then: {call_line(max(later, key=lambda call: call.at))}" if later else ""
        return f"{done.phoned_who.strip()}, {say.moment(done.phoned_at) if done.phoned_at else 'time not recorded'}.{since}"
    if calls:
        return call_line(next((call for call in reversed(calls) if call.reached), calls[-1]))
    return "No call about this referral is recorded."


PARTS: dict[str, Part] = {
    "opening": Part("", _opening),
    "children": Part(_children_title, _children),
    "reaching": Part("Reaching the family safely", _reaching),
    "found": Part(lambda facts: f"What I saw and was told on {say.day(facts.visit_on)}", _found),
    "parents_know": Part("What the parents say, and whether they know", _whether_parents_know),
    "agreement": Part("The parents’ agreement", _agreement),
    "meanwhile": Part(_meanwhile_title, _meanwhile),
    "cannot_tell": Part("What could not be established", _cannot_tell),
}
