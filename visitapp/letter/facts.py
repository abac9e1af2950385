"""What a referral letter is told. Whoever writes a letter fills these and nothing else, so that a letter is a pure function of
plain, frozen values: it cannot look anything up, cannot ask the time, and can be made again to the byte years later.

Conventions. Dates are `YYYY-MM-DD`, instants `2026-11-22T10:40:00.000Z`, and both are written in UK time and plain words.
None or an empty text means *no information recorded*, never "no". Tuples are in the order in which they should be read, most
important first. `shareable` has no default on lines that may hold a disclosure: False keeps the line out of the letter wholly.
"""

from dataclasses import dataclass, field
from typing import Literal

Urgency = Literal["tonight", "this_week", "routine"]
Known = Literal["seen", "shown", "told", "told_by_agency"]
Severity = Literal["tonight", "this_week", "advise"]
Area = Literal["sleep", "home", "engagement", "substances", "care"]
NotToldReason = Literal["raises_risk", "endangers", "hinders_police", "delay"]


@dataclass(frozen=True)
class Level:
    """The suggested level of need as an interval, with the area's own words for each end. Printed on the last page only."""

    at_least: int
    could_be: int
    at_least_words: str = ""
    could_be_words: str = ""
    threshold: str = ""  # what the area's levels say of the level that it is at least, in their own words


@dataclass(frozen=True)
class Raised:
    """How a referral stood when it was last asked for, before a later visit found it graver: with what urgency, since when, and with which
    team where that was another."""

    from_urgency: Urgency
    sent_at: str
    was_with: str = ""
    found_on: str = ""  # the day of the visit that found it graver


@dataclass(frozen=True)
class Referrer:
    name: str
    role: str = ""
    organisation: str = ""
    phone: str = ""
    email: str = ""
    manager: str = ""
    manager_phone: str = ""


@dataclass(frozen=True)
class ReceivingTeam:
    name: str
    phone: str = ""
    phone_out_of_hours: str = ""


@dataclass(frozen=True)
class Child:
    """One child, unborn ones included (`due_on` instead of `born_on`, and no NHS number). `where_now` and `with_whom` are words."""

    name: str
    born_on: str | None = None
    due_on: str | None = None
    age: str = ""  # in words, on the day of the letter: "9 weeks"
    nhs_number: str = ""
    address: str = ""  # only when it differs from the household's
    where_now: str = ""
    with_whom: str = ""


@dataclass(frozen=True)
class Adult:
    """`parental_responsibility`: True, False, or None for not recorded."""

    name: str
    relation: str = ""
    phone: str = ""
    parental_responsibility: bool | None = None
    born_on: str | None = None
    address: str = ""  # only when it differs from the household's
    nhs_number: str = ""


@dataclass(frozen=True)
class Responsibility:
    """Who is recorded as holding parental responsibility for one child, by name; nobody: it is not recorded."""

    child: str
    holders: tuple[str, ...] = ()


@dataclass(frozen=True)
class PersonSeen:
    """One person at the visit the letter is about; `how` in words: "awake", "asleep, not woken", "not seen: said to be at nursery"."""

    name: str
    how: str


@dataclass(frozen=True)
class Evidence:
    """One concrete sentence, how it is known (None: the record shows it), and by whom (who saw it, or who said it). With no day, `text`
    says itself who and when; else it never repeats them. `id` names the sentence of a finding, for whoever changes its words."""

    on: str | None
    known: Known | None
    text: str
    by: str = ""
    area: Area = "care"
    id: str = ""
    tonight: bool = False
    shareable: bool = field(kw_only=True)


@dataclass(frozen=True)
class Finding:
    """One finding that is present. `said` is the rule's wording with names put in; `known` when all its answers are known one way;
    `level` puts findings of one urgency in order, and is never printed."""

    area: Area
    severity: Severity
    said: str
    about: str = ""
    on: str | None = None
    known: Known | None = None
    level: int = 0
    shareable: bool = field(kw_only=True)


@dataclass(frozen=True)
class CannotTell:
    """One thing that could not be established: `what` as a question or a noun phrase ("what the adults beside Ava had taken"), `why` in
    words ("not asked", "refused", "not seen: the bedroom door was shut"). `matters`: a finding of level 3 or more could hang on it, or a
    child or a place that was not seen; page one says no other."""

    what: str
    why: str = ""
    matters: bool = True
    shareable: bool = field(kw_only=True)


@dataclass(frozen=True)
class VisitLine:
    """One visit, kept or not; `outcome` in words ("seen at home, Ava awake", "no answer, voices heard")."""

    on: str
    outcome: str
    who: str = ""


@dataclass(frozen=True)
class Event:
    """One line of the chronology: what happened on a day, and who of ours was there. `weight`: what stays when not all fits on a page."""

    on: str
    what: str
    who: str = ""
    weight: int = 0


@dataclass(frozen=True)
class CoursePoint:
    """A number at a visit: at least so much, and what it could have been where not all was answered."""

    on: str
    at_least: int
    could_be: int


@dataclass(frozen=True)
class NotCompleted:
    """How many visits were not completed in one way. A visit the service cancelled is its own kind: it never counts against a family."""

    kind: str
    count: int


@dataclass(frozen=True)
class Sleep:
    """One child's one sleep. Empty text means not recorded; "not asked" and "refused" are said in words."""

    child: str
    when: str  # "last night", "usual night", "daytime"
    where: str = ""
    beside: str = ""  # who shared, and what each had taken
    known: Known | None = None
    detail: str = ""  # position, bedding, anything written
    shareable: bool = field(kw_only=True)


@dataclass(frozen=True)
class HomeItem:
    """`how_asked` False: the form does not ask how this is known, or there is no answer to know."""

    item: str
    condition: str
    known: Known | None = None
    how_asked: bool = True
    shareable: bool = field(kw_only=True)


@dataclass(frozen=True)
class Substance:
    """What one adult uses and what that does to a child. An impact that is not known is said so; it is not "none"."""

    adult: str
    what: str
    impact: str = ""
    protection: str = ""
    known: Known | None = None
    shareable: bool = field(kw_only=True)


@dataclass(frozen=True)
class UrgentCall:
    """A call made from the visit itself. `reached` None: not recorded whether anybody answered."""

    at: str
    who: str
    number: str = ""
    reached: bool | None = None
    spoke_to: str = ""
    said: str = ""


@dataclass(frozen=True)
class EarlierFinding:
    """From an earlier visit, an older brother or sister's included; `also_on` are the other days on which it was found, newest first."""

    on: str | None
    said: str
    about: str = ""
    also_on: tuple[str, ...] = ()
    shareable: bool = field(kw_only=True)


@dataclass(frozen=True)
class Information:
    """What was learnt outside a visit of ours: on which day, from what kind of source (a private person is named only where they agreed to
    be), how they know, and what was said, in words; `happened` is when, in words."""

    on: str
    source: str
    how: str = ""
    said: str = ""
    happened: str = ""
    shareable: bool = field(kw_only=True)


@dataclass(frozen=True)
class PlanAction:
    """One action of an agreed plan. `state` and `due` in words ("not done", "due by 9:15am on 3 November 2026"); empty: not recorded."""

    what: str
    owner: str = ""
    state: str = ""
    due: str = ""


@dataclass(frozen=True)
class AgreedPlan:
    """What was agreed to happen if something came about, and what came of it: `counted` in words ("1 trigger met, 0 of 2 actions done"),
    `owing` when something it called for is not done. Declined is not done."""

    source: str
    agreed_on: str | None
    agreed_by: str
    trigger: str  # as it stands after "If"
    counted: str
    owing: bool
    actions: tuple[PlanAction, ...] = ()
    ended_on: str | None = None
    shareable: bool = field(kw_only=True)


@dataclass(frozen=True)
class Agency:
    """Another agency with the family: `told` in words ("told on 3 November 2026, no reply recorded", "not told: not safe yet")."""

    name: str
    kind: str
    told: str = ""
    closed: str = ""  # its own closure in words, with what we still found then
    shareable: bool = field(kw_only=True)


@dataclass(frozen=True)
class HelpOrder:
    """Help that was asked for and how far it came: `state` in words ("delivered on 3 November 2026, not seen in use")."""

    what: str
    state: str
    whom: str = ""
    shareable: bool = field(kw_only=True)


@dataclass(frozen=True)
class Whereabouts:
    """Where one child is tonight, and with whom."""

    person: str
    where: str = ""
    with_whom: str = ""


@dataclass(frozen=True)
class Reworded:
    """One sentence of the letter as the service `wrote` it and as the practitioner `made` it; made of nothing, it is left out."""

    id: str
    wrote: str
    made: str = ""


@dataclass(frozen=True)
class SaidBy:
    """What one parent said of the referral, kept apart from what another did."""

    person: str
    name: str
    words: str


@dataclass(frozen=True)
class Completion:
    """What only a person can add before a letter is sent. `parents_told` None: not recorded. See clinical-brief 5.4: telling parents is
    openness, not consent, and is kept apart from agreement to a service (`agreement`, empty: not recorded). `area_now`: the council area
    the children are in, where it is not the one they live in."""

    asked_for: str
    asked_by_on: str | None = None
    parents_told: Literal["yes", "no"] | None = None
    parents_said: str = ""
    not_told_why: tuple[NotToldReason, ...] = ()
    not_told_detail: str = ""
    agreement: Literal["yes", "no", "not_asked", ""] = ""
    agreed_by: str = ""  # who agreed to help, or did not, and when
    why_not_early_help: str = ""
    phoned_who: str = ""
    phoned_at: str | None = None
    tonight: tuple[Whereabouts, ...] = ()
    where_child_is: str = ""  # said of all the children
    area_now: str = ""
    safe_number: str = ""  # the family's number that is safe to phone
    safe_times: str = ""
    meanwhile: str = ""
    as_known: bool = False  # sent with what was known, because it could not wait; the rest follows as an update
    sentences: tuple[Reworded, ...] = ()
    said_by: tuple[SaidBy, ...] = ()
    said_may_stand: bool = False  # in a copy that every parent may read


@dataclass(frozen=True)
class Added:
    """What somebody added to the visit after it was sealed, in the form's words: (what is asked, what was written)."""

    on: str
    by: str
    said: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Changed:
    """What an update says that the referral did not (`words`), or a correction puts right: what was wrong in it, what is right, and who
    says so and how they know."""

    at: str
    by: str = ""
    words: str = ""
    was_wrong: str = ""
    is_right: str = ""
    says_who: str = ""


@dataclass(frozen=True)
class LetterFacts:
    """Everything one letter may say. `number`: 1 is the referral, each update or correction has the next; `changed` is what is new."""

    reference: str
    made_at: str
    visit_on: str
    urgency: Urgency
    destination: str  # the area's own words for what is asked of the receiving team: "Children's social care, urgent"
    level: Level
    referrer: Referrer
    receiving_team: ReceivingTeam
    completion: Completion
    number: int = 1
    said_before: bool = False  # where the children are was said for a night that is over, as when the referral is sent on later
    changed: tuple[Changed, ...] = ()
    raised: Raised | None = None  # in the update that asks again, because a later visit found it graver
    children: tuple[Child, ...] = ()
    adults: tuple[Adult, ...] = ()
    household_address: str = ""
    address_kept_back: bool = False  # an adult's address must be kept from somebody: no letter shows it
    household_phone: str = ""
    responsibility: tuple[Responsibility, ...] = ()
    language: str = ""  # what the parents speak, whether an interpreter is needed, and who interpreted, in words
    goes_to: str = ""  # the destination's code: "social_care_urgent", "social_care", "early_help"
    people_seen: tuple[PersonSeen, ...] = ()
    findings: tuple[Finding, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    added: tuple[Added, ...] = ()
    cannot_tell: tuple[CannotTell, ...] = ()
    days: tuple[tuple[str, str], ...] = ()  # (child, what a day is like for this child)
    each_child: tuple[tuple[str, str], ...] = ()  # (child, how this child is, in one line of answers)
    this_visit: str = ""  # how the visit went and what is known of the family, in one line of answers
    visits: tuple[VisitLine, ...] = ()
    announced: str = ""  # how many visits were arranged and how many were not
    announced_home: str = ""  # how the home was on average at each
    not_completed: tuple[NotCompleted, ...] = ()
    sleeps: tuple[Sleep, ...] = ()
    rooms: str = ""  # which rooms were seen, by how
    home: tuple[HomeItem, ...] = ()
    home_words: tuple[tuple[str, str], ...] = ()  # (what, what was written of it)
    substances: tuple[Substance, ...] = ()
    strengths: tuple[str, ...] = ()
    in_words: tuple[tuple[str, str], ...] = ()  # (what and of whom, what the visitor wrote), where no other section has it
    history: tuple[tuple[str, str], ...] = ()  # (what, words): what is known of earlier children of either parent
    disagreement: tuple[tuple[str, str], ...] = ()  # (what, words): which accounts differ, and what was declined
    parents_view: str = ""
    analysis: str = ""  # the practitioner's own opinion, headed as such
    urgent_calls: tuple[UrgentCall, ...] = ()
    information: tuple[Information, ...] = ()
    earlier_findings: tuple[EarlierFinding, ...] = ()
    plans: tuple[AgreedPlan, ...] = ()
    agencies: tuple[Agency, ...] = ()
    lead: str = ""  # who leads for every agency, in words; empty: nobody is named
    meetings: tuple[VisitLine, ...] = ()  # when the agencies met and what was decided
    help_orders: tuple[HelpOrder, ...] = ()
    agreed_level: str = ""  # the level people agreed, in words with its day; empty: none
    home_course: tuple[CoursePoint, ...] = ()  # the state of the home at each visit, oldest first; more is worse
    chronology: tuple[Event, ...] = ()  # oldest first
    courses: tuple[str, ...] = ()  # how each area went over the visits, one sentence each, with how many visits it rests on
    scores: tuple[tuple[str, str], ...] = ()  # (what was scored, the score in words with its date)
    versions: tuple[tuple[str, str], ...] = ()  # (what, version), for the last page
