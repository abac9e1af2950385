"""Who gets a referral, by facts and by the area's routes: one receiver, copies, and for each a sentence that says why. Pure, so that each
choice can be shown before anything is sent, and made again afterwards."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from visitapp.domain.directory import is_one_address
from visitapp.domain.moments import date_words
from visitapp.formlang.model import RecipientRule, Routes, When

RECEIVER, COPY = "receiver", "copy"
WHAT_TO_DO = "Phone to make sure where it should go, and ask an administrator to correct the entry."
BY_HAND_WHY = "It cannot wait: phone, and hand the letter over another way. It is written at once, and nothing is mailed."


@dataclass(frozen=True)
class Facts:
    """What of a referral decides who gets it. `hours` is day or out_of_hours; `found` home or elsewhere; `unborn` all, some or none;
    `youngest_days` the age of the youngest child who is born; `parents` told or not_told, None while nobody has said; `safe`: nothing
    recorded speaks against a copy in the parents' hands."""

    go: str
    level: int
    urgency: str
    hours: str
    open_to: frozenset[str] = frozenset()
    found: str = "home"
    unborn: str = "none"
    youngest_days: int | None = None
    looked_after: bool = False
    parents: str | None = None
    safe: bool = False

    @property
    def urgent(self) -> bool:
        """Whether nothing may delay it: then somebody is phoned, and what cannot be mailed is handed over another way."""
        return self.urgency == "tonight" or self.level >= 4


@dataclass(frozen=True)
class Candidate:
    """Somebody who could get it. `key` names them as long as the page is open; `refused` is why no letter may go there now; `transport` is
    the way that they take letters, empty for the one that the service has."""

    key: str
    name: str
    address: str
    phone: str = ""
    receiving_team: str | None = None
    refused: str = ""
    transport: str = ""


@dataclass(frozen=True)
class Choice:
    """One who gets it, and why. One that is `offered` is not sent unless it is asked for; one `by_hand` has no address that can be used."""

    place: str
    document: str
    who: Candidate
    reasons: tuple[str, ...]
    offered: bool = False
    by_hand: bool = False


@dataclass(frozen=True)
class Chosen:
    """Everybody who gets it, the receiver first; what else the practitioner should know; and why it cannot be sent, where it cannot."""

    choices: tuple[Choice, ...] = ()
    notes: tuple[str, ...] = ()
    refused: str = ""

    @property
    def receiver(self) -> Choice | None:
        return next((one for one in self.choices if one.place == RECEIVER), None)

    @property
    def copies(self) -> tuple[Choice, ...]:
        return tuple(one for one in self.choices if one.place == COPY)


@dataclass
class _Trying:
    """What was tried so far, and why it did not do."""

    passed: list[str] = field(default_factory=list)
    first_refused: Candidate | None = None

    def pass_over(self, one: Candidate) -> None:
        self.first_refused = self.first_refused or one
        self.say(f"{one.name} was passed over: {one.refused}")

    def say(self, sentence: str) -> None:
        """Once, however many rules come to it."""
        if sentence not in self.passed:
            self.passed.append(sentence)


def choose(routes: Routes, facts: Facts, who: Mapping[str, tuple[Candidate, ...]]) -> Chosen:
    """Who gets a referral. `who` has everybody who could be meant by a word of the rules (`formlang.recipients.WHO`), in the order in
    which they are tried. Without a receiver the reason why stands in `refused`."""
    if not routes.receivers:
        return _by_destination(routes, facts, who)
    document, why = next((one.document, one.reason) for one in routes.documents if applies(one.when, facts))
    trying = _Trying()
    receiver = _receiver(routes, facts, who, trying)
    if receiver is not None:
        found, rule = receiver
        first = Choice(RECEIVER, document, found, (rule.reason, why, *trying.passed))
    elif facts.urgent and trying.first_refused is not None:
        first = Choice(RECEIVER, document, trying.first_refused, (BY_HAND_WHY, why, *trying.passed), by_hand=True)
    else:
        said = " ".join(trying.passed) or "No team receives referrals for this area yet. Phone, and ask an administrator to add it."
        return Chosen(refused=f"{said} {WHAT_TO_DO}" if trying.first_refused else said)
    copies, notes = _copies(routes, facts, who, first)
    return Chosen((first, *copies), notes)


def _by_destination(routes: Routes, facts: Facts, who: Mapping[str, tuple[Candidate, ...]]) -> Chosen:
    """By routes of before referrals had recipients: the destination's team, and nobody else."""
    team = next(iter(who.get(routes.destinations[facts.go].team or "", ())), None)
    if team is None:
        return Chosen(refused="No team receives referrals for this area yet. Phone, and ask an administrator to add it.")
    document = "early_help" if facts.go == "early_help" else "referral"
    return Chosen((Choice(RECEIVER, document, team, ("The team of this area for what was suggested receives it.",)),))


def _receiver(
    routes: Routes, facts: Facts, who: Mapping[str, tuple[Candidate, ...]], trying: _Trying
) -> tuple[Candidate, RecipientRule] | None:
    """The first who can receive it, in the order of the rules, with the rule. What stood in the way of those before goes to `trying`."""
    for rule in routes.receivers:
        if not applies(rule.when, facts):
            continue
        for found in _candidates(rule, who):
            if not found.refused:
                return found, rule
            trying.pass_over(found)
        if rule.otherwise:
            trying.say(rule.otherwise)
    return None


def _copies(
    routes: Routes, facts: Facts, who: Mapping[str, tuple[Candidate, ...]], receiver: Choice
) -> tuple[tuple[Choice, ...], tuple[str, ...]]:
    """Each copy once, none to whoever receives it, and what to know of those that cannot go."""
    chosen: dict[str, Choice] = {}
    notes: list[str] = []
    for rule in routes.copies:
        if not applies(rule.when, facts):
            continue
        found = tuple(_candidates(rule, who))
        able = next((one for one in found if not one.refused or rule.document == "family_copy"), None)
        if able is None:
            notes.extend(f"No copy goes to {one.name}: {one.refused}" for one in found[:1])
            notes.extend([rule.otherwise] if rule.otherwise and not found else [])
        elif able.key != receiver.who.key and able.key not in chosen:
            hand = rule.document == "family_copy"
            chosen[able.key] = Choice(COPY, rule.document or "", able, (rule.reason,), rule.offered, hand)
    return tuple(chosen.values()), tuple(dict.fromkeys(notes))


def _candidates(rule: RecipientRule, who: Mapping[str, tuple[Candidate, ...]]) -> Iterator[Candidate]:
    return (one for word in rule.to for one in who.get(word, ()))


def applies(when: When, facts: Facts) -> bool:
    """Whether everything that a rule asks is so."""
    young = when.age_under is None or (facts.youngest_days is not None and facts.youngest_days < when.age_under)
    return (
        (not when.go or facts.go in when.go)
        and facts.level >= when.level
        and (not when.urgency or facts.urgency in when.urgency)
        and when.hours in (None, facts.hours)
        and (not when.open_to or bool(set(when.open_to) & facts.open_to))
        and when.found in (None, facts.found)
        and when.unborn in (None, facts.unborn)
        and young
        and (facts.looked_after or not when.looked_after)
        and when.parents in (None, facts.parents)
        and (facts.safe or not when.safe)
    )


def refusal(
    routes: Routes, address: str, today: date, *, review_on: str | None = None, demonstration: bool = False, mailed: bool = True
) -> str:
    """Why no letter may go to an entry now; empty where it may. `review_on` is the day by which the entry is to be checked; what is not
    `mailed` goes to a mailbox or a form that is no address of the post, and its domain is not asked for."""
    if review_on is not None and review_on < today.isoformat():
        return f"its entry was to be checked by {date_words(date.fromisoformat(review_on))} and was not."
    if not address.strip():
        return "no address is recorded."
    if not mailed:
        return ""
    if not is_one_address(address.strip()):
        return "it is not one e-mail address and nothing else."
    domain = address.rpartition("@")[2].strip().casefold()
    known = (one.domain for one in routes.assured if demonstration or not one.demonstration)
    if not any(domain.endswith(one) if one.startswith(".") else domain == one for one in known):
        return f"its address is at {domain}, which is none of the domains that letters may be mailed to."
    return ""


def added(chosen: Chosen, *more: Choice) -> Chosen:
    """The same with further copies, none to somebody who gets it already."""
    there = {one.who.address.casefold() for one in chosen.choices if one.who.address}
    return replace(chosen, choices=(*chosen.choices, *(one for one in more if one.who.address.casefold() not in there)))
