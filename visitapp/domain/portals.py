"""What a question of a council's own form can be answered with: parts of the letter, and single facts of it."""

FACTS: dict[str, str] = {
    "reference": "the referral's reference",
    "urgency": "how urgent it is, in words",
    "asked_for": "what is asked of the receiving team",
    "asked_by": "by when",
    "visit_on": "the day of the visit",
    "seen_and_said": "everything seen and said, a line each with who and when",
    "cannot_tell": "everything that could not be established, and why",
    "child_names": "the children's full names, a line each",
    "child_born": "the date of birth of each child, or the date a baby is due",
    "child_nhs_numbers": "the NHS number of each child",
    "home_address": "the family's address, unless it is kept back",
    "adults": "the adults at home, a line each with relation and parental responsibility",
    "referrer_name": "who refers",
    "referrer_role": "their role and organisation",
    "referrer_phone": "their telephone number",
    "referrer_email": "their e-mail address",
    "referrer_manager": "their manager, with telephone number",
}
"""A single fact -> what it is."""

PARTS: dict[str, str] = {
    "changed": "what is new, or was wrong, in an update or a correction",
    "children": "each child, and where they are tonight",
    "reaching": "how to reach the family safely",
    "parents_know": "what the parents say, and whether they know",
    "agreement": "the parents' agreement",
    "meanwhile": "what the referrer does meanwhile",
    "days": "what life is like for each child",
    "evidence": "what was seen, said, told by others, and inferred",
    "plans": "agreed plans, and what became of them",
    "in_words": "what the visitor wrote",
    "sleep": "sleep, for each child and each sleep",
    "home": "the home",
    "substances": "alcohol, drugs and medicines, and what they do to each child",
    "strengths": "what is going well",
    "parents_view": "what the parents think",
    "opinion": "what the referrer thinks",
    "visits": "the visits, and those not completed",
    "information": "what others told us between visits",
    "course": "how it went over the visits",
    "together": "who else works with the family",
    "help": "help that was asked for",
    "earlier": "what was found at other visits",
    "calls": "calls made from the visit",
    "family": "the family",
}
"""A part of the letter -> what it is. A part that the kind of letter leaves out is left out of a form too."""

ANSWERS = FACTS | PARTS


def length(text: str) -> int:
    """How many characters a web form counts: those beyond U+FFFF count twice, and so does the end of a line."""
    return len(text.encode("utf-16-le")) // 2 + text.count("\n")


def pieces(text: str, longest: int | None) -> tuple[str, ...]:
    """A text in pieces of which each fits, cut where a sentence, a line or a word ends. One piece where it fits; nothing is left out."""
    rest, found = text, []
    while longest and length(rest) > longest:
        end = _fitting(rest, longest)
        here = max(rest.rfind(mark, 0, end) + len(mark) for mark in (". ", ".\n", "\n"))
        here = here if here > end // 2 else rest.rfind(" ", 0, end) + 1
        here = here if here > 0 else end
        found.append(rest[:here])
        rest = rest[here:]
    return (*found, rest)


def _fitting(text: str, longest: int) -> int:
    """How many characters from the beginning fit, at least one."""
    low, high = 1, min(len(text), longest)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if length(text[:middle]) <= longest else (low, middle - 1)
    return max(low, 1)
