"""From facts to what the letter says, as plain data. Pure: the same facts give the same content, whoever asks and whenever."""

from visitapp.domain.documents import KINDS, Kind
from visitapp.letter import sentences as say
from visitapp.letter.blocks import Block, Heading, LetterContent, Paragraph, Section
from visitapp.letter.facts import LetterFacts, Level
from visitapp.letter.parts import SCORES_FROM
from visitapp.letter.shortening import Shortener
from visitapp.letter.template import TEMPLATES, first_page, following

MARKING = "OFFICIAL-SENSITIVE"
TITLE = 54
"""Letters that stand on one line of a title."""
WORDS_USED = (
    "What was seen, shown, said, and told by another agency is kept apart throughout. “Not asked”, “not seen” and “refused” each mean what "
    f"they say, and none of them means “no”. “{say.NOT_RECORDED}” means that nothing was written down, not that there is nothing."
)


def compose(facts: LetterFacts, *, kind: Kind = "referral") -> LetterContent:
    """What one document says, in reading order. Lines that may not be shared are left out here, before anything is drawn."""
    cut, template = Shortener(), TEMPLATES[kind]
    first = first_page(template.first, facts, cut)
    rest = following(template.then, facts, cut)
    name = f"{KINDS[kind].title}, number {facts.number}" if KINDS[kind].numbered else KINDS[kind].title
    title = f"{name}: {cut.short('About', say.recorded(_about(facts, TITLE - len(name))), 80)}"
    notes = cut.notes()
    whole = (Section("Notes: texts cut short above, in full", notes),) if notes else ()
    last = _last(facts) if template.came_about else _written(facts, kind)
    return LetterContent(facts.reference, title, MARKING, "en-GB", first, rest + whole, last, kind, template.flows)


def _about(facts: LetterFacts, room: int) -> str:
    """The children by name, as many as one line of a title can hold, and the first whatever room there is."""
    names = [child.name for child in facts.children if child.name.strip()]
    for most in range(len(names), 0, -1):
        rest = len(names) - most
        told = say.listed([*names[:most], *([say.counted(rest, "other child", "other children")] if rest else [])])
        if len(told) <= room or most == 1:
            return told
    return facts.destination


def _written(facts: LetterFacts, kind: Kind) -> Section:
    words = () if kind == "family_copy" else (Paragraph(WORDS_USED),)
    return Section("About this document", (*words, Paragraph(f"{say.moment(facts.made_at)}, UK time.", label="Written")))


def _last(facts: LetterFacts) -> Section:
    made = (*facts.versions, ("Reference", facts.reference), ("Written", f"{say.moment(facts.made_at)}, UK time"))
    blocks: list[Block] = [
        Heading("Level of need"),
        Paragraph(_level(facts.level)),
        Paragraph(say.stop(facts.agreed_level or "None is recorded"), label="Agreed by people"),
        Heading("Scores"),
        *(Paragraph(say.recorded(text), label=label) for label, text in facts.scores),
        *(() if facts.scores else (Paragraph(f"{say.NOT_RECORDED}."),)),
        Heading("Words used"),
        Paragraph(WORDS_USED),
        Heading("Made with"),
        *(Paragraph(say.recorded(text), label=label) for label, text in made),
    ]
    return Section("How this letter came about", tuple(blocks), SCORES_FROM)


def _level(level: Level) -> str:
    least = f"at least {level.at_least}" + (f" ({level.at_least_words})" if level.at_least_words else "")
    if level.could_be <= level.at_least:
        suggested = f"Suggested by the form: {least}."
    else:
        could = f"{level.could_be}" + (f" ({level.could_be_words})" if level.could_be_words else "")
        suggested = f"Suggested by the form: {least}, and could be {could} depending on what could not be established."
    return f"{suggested} A suggestion is not a decision: how urgent this is and where it went were decided apart from it."
