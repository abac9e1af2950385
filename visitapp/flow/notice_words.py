"""Everything that a message by e-mail can say, in one table. Its subject and text hold no place for a person: only for a reference, a link
into the service, a time and a code. What is kept of a message is its kind and those values, and each is checked before it is kept.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from visitapp.domain.moments import date_words, is_instant, london


@dataclass(frozen=True)
class Words:
    """A subject and a text with places for values in braces; `code` is never kept: it is made when the message is sent."""

    subject: str
    text: str


NOTICES: dict[str, Words] = {
    "answer_code": Words(
        "To open a referral that waits for your answer",
        "Somebody opened the link in the message of referral {reference} to answer it, and asked for a code.\n\n"
        "The code is {code}. It holds once, until {time}.\n\n"
        "If this was nobody of your team, give the code to nobody: without it nothing can be read.\n",
    ),
    "answered": Words("A referral was answered", "Referral {reference} was answered.\n\nWhat they decided, and what follows: {link}\n"),
    "given_back": Words(
        "A referral was given back: choose where it goes",
        "The team that had referral {reference} said that it is not for them. It is yours again, by the hour.\n\n"
        "Choose where else it goes: {link}\n",
    ),
    "letter_refused": Words(
        "A referral letter was refused: please phone",
        "The letter of referral {reference} was refused on its way to the receiving team. Phone them and hand it over another way.\n\n"
        "What happened, and the number: {link}\n",
    ),
    "directory_review": Words(
        "An entry of the directory is to be checked",
        "An entry of the directory of receiving teams is to be checked. Once its day has passed, nothing is mailed there.\n\n"
        "Sign in to see which, and how it is corrected: {link}\n",
    ),
    "overdue": Words(
        "Something is overdue and has come to you",
        "What has the reference {reference} was due at {time} and is not done. It has climbed to you.\n\n"
        "Sign in to see what it is, whose it is and who was told: {link}\n",
    ),
    "overdue_many": Words(
        "Many things are overdue and have come to you",
        "More is overdue and has climbed to you within the last hour than is told one by one.\n\n"
        "Sign in to see all of it, the longest overdue first: {link}\n",
    ),
    "overdue_to_post": Words(
        "Something is overdue and has come to you",
        "What has the reference {reference} was due at {time} and is not done. Neither its practitioner nor a supervisor has ended it, so"
        " it has climbed to you.\n\nPhone the team's supervisor, who can see by the reference what it is and whose.\n",
    ),
    "on_duty": Words(
        "Something is yours while offices are shut",
        "What has the reference {reference} is to be done by {time}. Offices are shut, and you are on duty. Sign in to see what it is and"
        " what is agreed: {link}\n",
    ),
    "disagreement": Words(
        "A professional disagreement has come to its next stage",
        "The professional disagreement over referral {reference} has come to its next stage, and to you. This stage ends at {time}.\n\n"
        "What was said before, and where to write what is said now: {link}\n",
    ),
    "disagreement_to_post": Words(
        "A professional disagreement has come to you",
        "The professional disagreement over referral {reference} has come to the stage at which you speak. This stage ends at {time}.\n\n"
        "Phone the team's supervisor, who can see by the reference what it is about.\n",
    ),
    "leave_begins": Words(
        "You stand in for a colleague who is on leave",
        "From {time} on, what falls due with a colleague who is on leave is yours. Sign in to see it: {link}\n",
    ),
    "handover": Words(
        "A family is offered to you",
        "A colleague offers you a family. Accept it, or refuse and say why, by {time}. Until then they stay its named practitioner.\n\n"
        "What you need to know before you answer: {link}\n",
    ),
    "join_asked": Words(
        "Another team asks whether a family is recorded twice",
        "Another team asks whether a record of yours is of the same family as one of theirs. Look at both sides, and answer by {time}:"
        " {link}\n",
    ),
    "weekend_duty": Words(
        "You are on duty while offices are shut",
        "From {time} on you are on your team's rota for weekends and holidays: what runs by the hour and falls due then is yours. Sign in"
        " to see it: {link}\n",
    ),
    "assigned": Words(
        "A family was assigned to you",
        "Your supervisor asks you to see to what stands for a family today. Sign in to see which, why, and what ends it: {link}\n",
    ),
    "second_worker": Words(
        "A second worker is asked for",
        "Somebody asked for a second worker. It has the reference {reference} and waits for you until {time}.\n\n"
        "Sign in to see for which visit, and say who goes along: {link}\n",
    ),
    "wrote_back": Words(
        "Somebody wrote back about a referral",
        "Somebody answered the letter of referral {reference} by e-mail, instead of on its page or by phone. Read it in the mailbox that "
        "letters are sent from, and record what it says.\n\n{link}\n",
    ),
    "asked_about_visit": Words(
        "A question was asked about a visit that you made",
        "Somebody read a visit that you made and asks you something about it. It has the reference {reference}.\n\n"
        "Sign in to read the question and to answer it: {link}\n",
    ),
    "finding_disputed": Words(
        "A finding is disagreed with more often than not",
        "Reviewers disagree with one of the program's findings, with the reference {reference}, in more than half of the last fifty visits"
        " that they reviewed.\n\nSign in to see which, and why: {link}\n",
    ),
    "finding_disputed_to_post": Words(
        "A finding is disagreed with more often than not",
        "Reviewers disagree with one of the program's findings, with the reference {reference}, in more than half of the last fifty visits"
        " that they reviewed.\n\nAsk the team's supervisor, who can see by the reference which it is, and the reasons that were given.\n",
    ),
    "portal_waits": Words(
        "A referral waits to be typed into the receiving team’s own form",
        "The answers for referral {reference} are ready to copy into the receiving team’s own form. Record the form’s reference when it is "
        "sent.\n\n{link}\n",
    ),
}
"""Kind of message -> its words."""

REFERENCE = re.compile(r"[A-Z]{1,2}-[0-9A-F]{8}(?:-[0-9]{1,3})?")
LINK = re.compile(r"/[a-z][a-z0-9/-]{0,120}(?:#[a-z][a-z0-9-]{0,40})?")
"""A path of our own in small letters, digits and hyphens: a name would need a capital, and a token has no business in a message."""
CODE = "{code}"

ALLOWED: Mapping[str, Callable[[str], bool]] = {
    "reference": lambda value: REFERENCE.fullmatch(value) is not None,
    "link": lambda value: LINK.fullmatch(value) is not None,
    "time": is_instant,
}


def checked(kind: str, said: Mapping[str, str]) -> dict[str, str]:
    """The values of a message as they are kept. Raises ValueError for a kind that has no words, or a value that is not what its place
    is for."""
    words = NOTICES.get(kind)
    if words is None:
        raise ValueError(f"No message has the kind {kind}.")
    wanted = {name for name in ALLOWED if f"{{{name}}}" in words.subject + words.text}
    if set(said) != wanted or not all(ALLOWED[name](value) for name, value in said.items()):
        raise ValueError(f"A message of the kind {kind} says {', '.join(sorted(wanted)) or 'nothing more'}, each in its own form.")
    return dict(said)


def written(kind: str, said: Mapping[str, str], *, origin: str, code: str = "") -> Words:
    """The subject and text to send. `said` has passed `checked`; `origin` is where the service answers."""
    values = dict(said) | {"code": code}
    if "link" in values:
        values["link"] = origin + values["link"]
    if "time" in values:
        when = london(values["time"])
        values["time"] = f"{when:%H:%M} on {date_words(when.date())}"
    words = NOTICES[kind]
    return Words(words.subject.format(**values), words.text.format(**values))
