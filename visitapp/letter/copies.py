"""The parts that only some documents have: what a GP and a named nurse need, what a family may read, what is known before a birth, and
what is new in an update or a correction. Each says only what its reader needs: what is left out here is left out of that document.
"""

from visitapp.letter import sentences as say
from visitapp.letter.blocks import Block, Note, Paragraph, Table
from visitapp.letter.facts import Child, LetterFacts, Referrer
from visitapp.letter.page_one import ASKED, age_and_birth
from visitapp.letter.parts import Part
from visitapp.letter.shortening import CELL, Shortener

OF_THE_CHILD = ("sleep", "care")
"""Areas that are a child's own health and care; what concerns the home and the adults is for those who must act."""
PARENTS = ("Mother", "Father", "Parent")
BY_US = ("seen", "shown")
"""What the visitor saw or was shown. What one person said may be about another, and a family's copy is read by several."""
ASK_OF_HEALTH = (
    "This copy is for your record. What is asked of you: tell the team named below, or me, what you know that could matter for these "
    "children, and tell me of any change. Do not share it with the family."
)
RENEWED = "This takes the place of any copy that you have, because something in the referral is new or was wrong. Ask me what it was."
NOT_ALL = "This copy leaves out what only the team that must act needs."


def _to_health(facts: LetterFacts, cut: Shortener) -> tuple[Block, ...]:
    sent = f"A referral was sent to {say.recorded(facts.receiving_team.name)}: {say.URGENCY[facts.urgency][0].lower()}."
    return (
        Note("For your information", f"{sent}\n{ASK_OF_HEALTH}", "plain"),
        Paragraph(cut.short("From", _from(facts.referrer)), label="From"),
        Paragraph(cut.short("Team", _team(facts)), label="The team that must act"),
    )


def _from(me: Referrer) -> str:
    sender = ", ".join(part for part in (me.name, me.role, me.organisation) if part.strip())
    reached = " or ".join(part for part in (say.phone(me.phone), me.email.strip()) if part)
    return f"{say.recorded(sender)}. {reached or 'Number not recorded'}."


def _team(facts: LetterFacts) -> str:
    team = facts.receiving_team
    return f"{say.recorded(team.name)}{f' ({say.phone(team.phone)})' if team.phone.strip() else ''}."


def _who(facts: LetterFacts, cut: Shortener) -> tuple[Block, ...]:
    """Who the children are, and not where."""
    rows = tuple(tuple(cut.short("Child", text, CELL) for text in _row(child)) for child in facts.children)
    return (Table(("Child", "Age, and born or due", "NHS number"), (0.4, 0.4, 0.2), rows),) if rows else ()


def _row(child: Child) -> tuple[str, str, str]:
    return say.recorded(child.name), age_and_birth(child), say.nhs_number(child)


def _health_of_each(facts: LetterFacts, _cut: Shortener) -> tuple[Block, ...]:
    """How each child is, and what was seen of the child's own sleep and care."""
    answers = (Paragraph(say.stop(said), label=child, bullet=True) for child, said in facts.each_child)
    lines = (e for e in facts.evidence if e.shareable and e.area in OF_THE_CHILD and e.known in BY_US)
    return (*answers, *(Paragraph(say.stop(e.text), bullet=True) for e in lines))


def _concerns(facts: LetterFacts, _cut: Shortener) -> tuple[Block, ...]:
    """In which areas of a child's life something was found, and no more of it."""
    areas = dict.fromkeys(say.AREAS[one.area] for one in facts.findings if one.shareable)
    return (Paragraph(f"Something was found in: {say.listed([area.lower() for area in areas])}. {NOT_ALL}"),) if areas else ()


def _to_family(facts: LetterFacts, cut: Shortener) -> tuple[Block, ...]:
    """What was asked of whom, in the words that were told."""
    done, me = facts.completion, facts.referrer
    asked = cut.short("What I asked", say.stop(say.recorded(done.asked_for)), 420)
    return (
        Paragraph(f"I have written to {say.recorded(facts.receiving_team.name)} about your family, as we spoke about.", label="For you"),
        Paragraph(asked, label="What I asked them for"),
        Paragraph(cut.short("Phone", _from(me)), label="Ask me anything"),
    )


def _seen_with_family(facts: LetterFacts, _cut: Shortener) -> tuple[Block, ...]:
    """What I saw and was shown in the family's own home, and nothing that anybody said."""
    lines = (e for e in facts.evidence if e.shareable and e.known in BY_US and e.area in (*OF_THE_CHILD, "home"))
    return tuple(Paragraph(say.stop(e.text), bullet=True) for e in lines)


def _what_you_said(facts: LetterFacts, _cut: Shortener) -> tuple[Block, ...]:
    """Nothing, unless the practitioner says that it may stand: every parent may read this copy, and one may have said what another must
    not know. Who said what stands apart."""
    done = facts.completion
    if not done.said_may_stand:
        return ()
    each = tuple(Paragraph(say.stop(one.words), label=one.name) for one in done.said_by if one.words.strip())
    return (*each, *((Paragraph(say.stop(done.parents_said)),) if done.parents_said.strip() else ()))


def _your_rights(_facts: LetterFacts, _cut: Shortener) -> tuple[Block, ...]:
    return (
        Paragraph(
            "You may say what you see differently, to me or to them, and it is written down. You may ask to see what is recorded about "
            "you. If anybody is in danger now, phone 999."
        ),
    )


def _before_birth(facts: LetterFacts, cut: Shortener) -> tuple[Block, ...]:
    """When the baby is due and who the parents are. An unborn baby has no NHS number: the mother's stands in its place."""
    unborn = [child for child in facts.children if child.due_on and not child.born_on]
    if facts.raised and len(unborn) < len(facts.children):
        return ()  # there are children to see tonight: what must be known of them has the room
    due = [
        Paragraph(f"{say.day(one.due_on)}{f', {one.age}' if one.age else ''}.", label=f"{say.recorded(one.name)}, due") for one in unborn
    ]
    rows = [
        (one.name, one.relation, say.day(one.born_on), say.recorded(one.nhs_number), say.recorded(say.phone(one.phone)))
        for one in facts.adults
        if one.relation.startswith(PARENTS)
    ]
    cells = tuple(tuple(cut.short("Adult", say.recorded(text), CELL) for text in row) for row in rows)
    table = Table(("Adult", "Relation", "Born", "NHS number", "Phone"), (0.26, 0.18, 0.2, 0.17, 0.19), cells)
    number = Paragraph("The baby has no NHS number before birth: the mother’s is the one to look under.")
    return (*due, number, *((table,) if cells else ())) if unborn else ()


def _changed(facts: LetterFacts, cut: Shortener) -> tuple[Block, ...]:
    """What is new since the referral, or what was wrong in it: this comes before everything else."""
    blocks: list[Block] = []
    for one in facts.changed:
        blocks.append(Paragraph(f"{', '.join(filter(None, (say.moment(one.at), one.by.strip())))}.", label="Written"))
        told = (("New", one.words), ("Was wrong", one.was_wrong), ("Is right", one.is_right), ("Who says so", one.says_who))
        blocks.extend(Paragraph(cut.short(label, say.stop(text), ASKED), label=label) for label, text in told if text.strip())
    return tuple(blocks)


def _renewed(facts: LetterFacts, _cut: Shortener) -> tuple[Block, ...]:
    """On a copy that is sent again. What changed in the referral may be for those who must act and nobody else, so it is not said here."""
    return (Paragraph(RENEWED, label=f"Number {facts.number}"),) if facts.number > 1 else ()


PARTS: dict[str, Part] = {
    "to_health": Part("", _to_health),
    "who": Part("The children", _who),
    "health_of_each": Part("How each child is", _health_of_each),
    "concerns": Part("Why a referral was made", _concerns),
    "to_family": Part("", _to_family),
    "seen_with_family": Part("What I saw with you", _seen_with_family),
    "what_you_said": Part("What you said", _what_you_said, always=False),
    "your_rights": Part("What you can do", _your_rights),
    "before_birth": Part("Before the birth", _before_birth, always=False),
    "changed": Part("What is new, or was wrong", _changed),
    "told_since": Part("What is new, or was wrong, since it was first sent", _changed, always=False),
    "renewed": Part("", _renewed, always=False),
}
