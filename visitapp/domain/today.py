"""Why a family stands on a supervisor's list of today: every kind of reason in one table, with its place in the order, what it says, and
what ends it. Nothing else ends a reason: not a good visit, not the next day, not another reason's end.
"""

from dataclasses import dataclass

FOREVER = "9999"
"""Later than any day and any instant, as text is compared."""

DANGER, AGREED, UNSEEN, REFERRALS, NOBODYS, LOWER, STAFF, QUESTIONS, SAMPLE, LATE = range(1, 11)

GRAVE: dict[int, str] = {
    DANGER: "Danger tonight, and nobody is confirmed as spoken to",
    AGREED: "The moment of a plan came, and its action is not done",
    UNSEEN: "Babies unseen for too long",
    REFERRALS: "Referrals stuck, unanswered or disputed",
    NOBODYS: "Nobody’s",
    LOWER: "Requests to lower a level or to close",
    STAFF: "Owed to our own staff",
    QUESTIONS: "Questions, conflicts and visits set aside",
    SAMPLE: "To be read as a sample",
    LATE: "Anything else past its time",
}
"""The order of the list, the gravest first, with the heading over each part."""

BIRTH, UNIVERSAL, TARGETED, PROTECTION = "birth", "universal", "targeted", "protection"
BANDS = (UNIVERSAL, TARGETED, PROTECTION)
"""How closely a baby is watched for being unseen: by every family's contacts, or because others work with the family or a plan protects
(clinical brief 3.7). `BIRTH` is a baby whose due date is past and of whose birth nothing is recorded."""


@dataclass(frozen=True)
class Kind:
    """`why` it is here, with a colon at its end where what is said of the reason follows; `clears` says what ends it; `link` leads to where
    that is done, with `{household}` and `{about}` in it. `late`: it is past its time by being here."""

    grave: int
    why: str
    clears: str
    link: str = "/families/{household}"
    late: bool = False


_SEEN = "A visit at which the child is seen."
_BY_EVIDENCE = "Its owner says what was done and what shows it, or a supervisor who does not owe it says why it is not to be done."
_ARRANGED = "/families/{household}/arrangements"
_HANDOVER = "/families/{household}/handover"

KINDS: dict[str, Kind] = {
    "danger": Kind(
        DANGER,
        "What a visit found could not wait, and it is not recorded that anybody was spoken to:",
        "A call in which somebody was reached, or the receiving team’s answer to its referral.",
        "/visits/{about}",
    ),
    "plan_action": Kind(AGREED, "The moment of an agreed plan came, and this is not done:", _BY_EVIDENCE, _ARRANGED),
    "unseen": Kind(UNSEEN, "A baby under one has not been seen within the time that is set for this family.", _SEEN, late=True),
    "never_seen": Kind(UNSEEN, "A baby under one has never been seen by us, and should have been by now.", _SEEN, late=True),
    "birth_unknown": Kind(
        UNSEEN,
        "A child’s date of birth is not recorded, so that nobody can tell whether they are seen in time.",
        "The date of birth, or the date on which the child is due.",
        _ARRANGED,
    ),
    "birth_awaited": Kind(
        UNSEEN, "A baby was due and no birth is recorded.", "The birth, or what became of the pregnancy, is recorded.", _ARRANGED, True
    ),
    "home_unseen": Kind(UNSEEN, "A baby came home from hospital and was not seen at home in time:", _SEEN),
    "see_child": Kind(UNSEEN, "A child was to be seen and was not in time:", _SEEN),
    "referral": Kind(
        REFERRALS,
        "A referral is past its time:",
        "Its own next step: sent, delivered, received, decided, or withdrawn.",
        "/referrals/{about}",
    ),
    "no_route": Kind(
        REFERRALS,
        "A referral cannot be sent: no team is named to receive it.",
        "A team is chosen and it is sent, or it is withdrawn.",
        "/referrals/{about}",
    ),
    "given_back": Kind(
        REFERRALS,
        "A referral was given back as not for that team.",
        "It is sent on to another team, or withdrawn with a reason.",
        "/referrals/{about}",
    ),
    "letter_stuck": Kind(
        REFERRALS, "A referral’s letter was refused and nobody has it.", "It is delivered another way, or answered.", "/referrals/{about}"
    ),
    "came_back": Kind(
        REFERRALS,
        "Something came back about a referral and nobody has looked at it.",
        "Whoever looks at it says what was done.",
        "/returned",
    ),
    "disputed": Kind(
        REFERRALS,
        "It is not agreed how a referral was answered, or that it was not:",
        "What was said at this stage, or that it is resolved.",
        "/disagreements/{about}",
    ),
    "nobody_named": Kind(NOBODYS, "Nobody is named to look after this family.", "A practitioner is named.", _ARRANGED),
    "practitioner_gone": Kind(
        NOBODYS, "Its named practitioner has left or no longer visits families.", "Somebody who visits accepts the family.", _HANDOVER
    ),
    "handover": Kind(NOBODYS, "A handover is not answered in time:", "It is accepted, or refused with a reason.", "/handovers/{about}"),
    "moved": Kind(
        NOBODYS,
        "A family lives in another area now and was not offered to the team there:",
        "It is offered to the team there, or whoever looks after it says why it stays.",
        "/families/{household}/moved",
    ),
    "handover_refused": Kind(
        NOBODYS,
        "A handover was refused:",
        "The family is offered to somebody else, or its practitioner says that they keep it.",
        "/handovers/{about}",
    ),
    "absent": Kind(
        NOBODYS,
        "Its named practitioner is away and nobody who is here stands in.",
        "A deputy who is here, the practitioner’s return, or another practitioner.",
        "/cover",
    ),
    "unsent": Kind(
        NOBODYS,
        "A visit lies on a tablet and has not been sent for a day or more.",
        "The visit arrives, or is discarded on the tablet.",
        "/families/{household}",
    ),
    "second_opinion": Kind(
        LOWER,
        "A lower level, the end of our work, or a visit said to be entered in error waits for a second person.",
        "A supervisor who did not propose it agrees, or does not and says why.",
        _ARRANGED,
    ),
    "second_worker": Kind(
        STAFF, "A second worker was asked for:", "Somebody says who goes along, or why nobody does.", "/staff/second/{about}"
    ),
    "debrief": Kind(
        STAFF,
        "A talk is owed after a visit that was refused or not safe:",
        "The talk is held and recorded, with what changes before the next visit.",
        "/staff/debrief/{about}",
    ),
    "risk": Kind(
        STAFF,
        "A known risk is past its time, and nobody said whether it is still there:",
        "Whoever knows confirms it, or says that it is gone.",
        "/families/{household}/risks",
    ),
    "quarantine": Kind(
        QUESTIONS,
        "A visit was set aside because something about it does not fit.",
        "Somebody says what becomes of it, and why.",
        "/quarantine",
    ),
    "join_asked": Kind(
        QUESTIONS,
        "Another team asks whether this record is of the same family as one of theirs.",
        "A supervisor of the team looks at both and agrees, or does not and says why.",
        "/joins/{about}",
    ),
    "question": Kind(
        QUESTIONS,
        "A question about a visit waits for its answer.",
        "The answer of whoever visited, or what a supervisor writes down of it.",
        "/reviews/{about}",
    ),
    "answered": Kind(
        QUESTIONS, "A question about a visit was answered.", "The visit is signed off, or something more is asked.", "/reviews/{about}"
    ),
    "countersign": Kind(
        QUESTIONS,
        "A visit is not countersigned in time.",
        "The accountable registrant, or a supervisor, countersigns it.",
        "/reviews/{about}",
        True,
    ),
    "sampled": Kind(SAMPLE, "A visit is to be read and signed off:", "A supervisor signs it off.", "/reviews/{about}"),
    "late": Kind(LATE, "Past its time:", "Its own evidence; it is ended where it stands among what was agreed.", _ARRANGED),
}
"""Kind of reason -> its words. A new source of reasons adds its kinds here."""


def words(kind: str) -> Kind:
    """KeyError for a kind that has no words."""
    return KINDS[kind]
