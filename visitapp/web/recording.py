"""The pages on which somebody records what was agreed for a family, as one table: the words over each field, and the one function that
keeps it. A new thing to record is a line here; the template draws it and the flow says what is wrong with it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from visitapp.domain import agencies, helping
from visitapp.domain import duties as owed
from visitapp.domain import plans as agreed
from visitapp.domain.moments import date_words
from visitapp.flow import agreed_level, children, closings, duties, entered_in_error, life_events, plans, supervision, together
from visitapp.flow import helping as help_flow
from visitapp.flow.arrangements import Shown
from visitapp.problems import Problem, wrong
from visitapp.web.dates import NotADate, date_typed

if TYPE_CHECKING:
    from visitapp.wiring import Wired

Do = Callable[["Wired", str, str, str, dict[str, Any]], Any]
MOST_AT_ONCE = 4
"""Actions or decisions that one page has room for."""


@dataclass(frozen=True)
class Offered:
    """What may be chosen from on this family's pages: code -> words."""

    people: Mapping[str, str]
    children: Mapping[str, str]
    staff: Mapping[str, str]
    findings: Mapping[str, str]
    agencies: Mapping[str, str]
    levels: Mapping[int, str]


@dataclass(frozen=True)
class Field:
    """`kind`: line, words, day, number, one_of, some_of, yes or several (`fields` then stand in each of `MOST_AT_ONCE` groups). `options`
    are code -> words, or the name of a part of `Offered`. A field that may be left out says so in its label or hint."""

    name: str
    label: str
    kind: str = "words"
    hint: str = ""
    options: Mapping[str, str] | str = ""
    fields: tuple["Field", ...] = ()

    def choices(self, offered: Offered) -> Mapping[Any, str]:
        return getattr(offered, self.options) if isinstance(self.options, str) else self.options


@dataclass(frozen=True)
class Record:
    """`about`: which part of the family's arrangements the page is about, shown over it; empty for something new."""

    title: str
    button: str
    do: Do
    fields: tuple[Field, ...]
    about: str = ""
    at_once: int = MOST_AT_ONCE

    def subject(self, family: Shown, about: str) -> str:
        """The words of what the page is about; empty where it is nothing, or is not there."""
        return next((words for id, words in _SUBJECTS[self.about](family) if id == about), "") if self.about else ""


def _said_in_error(row: Mapping[str, Any]) -> str:
    on = f" of {date_words(date.fromisoformat(row['occurred_on']))}" if row["occurred_on"] else ""
    return f"The visit{on}, said by {row['by_name'] or 'somebody'}: {row['why']}"


_SUBJECTS: dict[str, Callable[[Shown], list[tuple[str, str]]]] = {
    "plan": lambda family: [(one.plan.id, one.words) for one in family.of.plans],
    "duty": lambda family: [(row["subject"], row["what"]) for row in family.duties],
    "agency": lambda family: [(row["id"], row["name"]) for row in family.of.agencies],
    "help": lambda family: [(row["id"], f"{helping.HELP[row['what']]}. {row['words']}".strip()) for row in family.of.help],
    "level": lambda family: [
        (row["id"], f"Level {row['level']} in place of level {row['from_level']}: {row['reason']}") for row in family.of.levels
    ],
    "closing": lambda family: [(row["id"], row["reason"]) for row in family.of.closings],
    "error": lambda family: [(row["id"], _said_in_error(row)) for row in family.of.errors],
}  # fmt: skip


UNREAD = "unread"
"""In place of a day that cannot be read: no flow takes it, so whatever else is wrong on the page is said with it."""


def put_right(
    do: Callable[[], Any], unread: Mapping[str, str] | None = None, on_page: Callable[[str], str] = lambda field: field.replace(".", "-")
) -> dict[str, str]:  # fmt: skip
    """Keep what was typed: nothing then, or what is to be put right by the field's name on the page, all of it at once. `unread`: what
    could not be read, in its own words. A problem that is no field's is the page's own."""
    try:
        do()
    except Problem as problem:
        return {on_page(field): words for field, words in problem.by_field().items()} | dict(unread or {})
    return dict(unread or {})


def typed(fields: tuple[Field, ...], form: Any, before: str = "") -> tuple[dict[str, Any], dict[str, str]]:
    """What was typed on such a page, as the flow takes it, and what cannot be read, by field, which is `UNREAD` there. Groups that were
    left empty are left out."""
    said: dict[str, Any] = {}
    faults: dict[str, str] = {}
    for field in fields:
        name = f"{before}{field.name}"
        try:
            said[field.name] = _several(field, form, faults) if field.kind == "several" else _one(field, name, form)
        except NotADate as fault:
            said[field.name], faults[name] = UNREAD, str(fault)
    return said, faults


def _one(field: Field, name: str, form: Any) -> Any:
    if field.kind == "day":
        return date_typed(form, name)
    if field.kind == "some_of":
        return form.getlist(name)
    text = form.get(name, "")
    if field.kind == "yes":
        return text == "yes"
    if field.kind == "number" and text.strip().isascii() and text.strip().isdigit():
        return int(text)
    return text if text.strip() else None


def _several(field: Field, form: Any, faults: dict[str, str]) -> list[dict[str, Any]]:
    found = []
    for number in filled(field, form):
        said, unread = typed(field.fields, form, f"{field.name}-{number}-")
        found.append(said)
        faults |= unread
    return found


def filled(field: Field, form: Any) -> list[int]:
    """The groups of a page in which something was typed, by their places there."""
    return [number for number in range(MOST_AT_ONCE) if any(typed(field.fields, form, f"{field.name}-{number}-")[0].values())]


def on_page(fields: tuple[Field, ...], form: Any) -> Callable[[str], str]:
    """From the name that a flow gives to a field, such as `actions.0.what`, to its name on the page, where groups may be left empty."""
    places = {field.name: filled(field, form) for field in fields if field.kind == "several"}

    def name(field: str) -> str:
        first, *rest = field.split(".")
        if rest and first in places and rest[0].isdigit() and int(rest[0]) < len(places[first]):
            rest[0] = str(places[first][int(rest[0])])
        return "-".join((first, *rest))

    return name


def _whole(said: dict[str, Any], **how: Any) -> dict[str, Any]:
    """With an empty text in place of what was left out, for functions that take texts."""
    return {name: "" if value is None else value for name, value in said.items()} | how


def _answered(answer: Callable[..., None], w: "Wired", actor: str, about: str, said: dict[str, Any]) -> None:
    if said["agrees"] not in ("yes", "no"):
        raise wrong("agrees", "Choose yes or no.")
    answer(w, actor, about, agrees=said["agrees"] == "yes", reason=said["reason"] or "")


def _happened(do: Callable[..., None], w: "Wired", actor: str, household: str, said: dict[str, Any]) -> None:
    whole = _whole(said)
    do(w, actor, whole.pop("person"), household=household, **whole)


def _child(w: "Wired", actor: str, household: str, said: dict[str, Any]) -> None:
    learnt = dict(said)
    children.put_right(w, actor, household, learnt.pop("person") or "", **learnt)


_BORN = (
    Field("born_on", "Date of birth", "day", "Leave empty for a baby who is not born yet. For example 27 3 2026."),
    Field(
        "birth_order",
        "Of twins or more: born as which of them?",
        "number",
        "1 for the one born first, 2 for the next. Leave empty for everybody else, or if nobody knows.",
    ),
)
_WHO = (
    Field("owner", "Who does it?", "line", "A role and a name, such as the social worker, Ana Reyes."),
    Field("owner_account", "Who of our team answers for it?", "one_of", "Leave empty for the named practitioner.", "staff"),
)
_ON = Field("on_date", "On which day?", "day", "For example 27 3 2026.")

RECORDS: dict[str, Record] = {
    "plan": Record(
        "Record an agreed plan", "Record the plan",
        lambda w, actor, household, _, said: plans.agree(w, actor, household, **said),
        (
            Field("source", "What kind of plan is it?", "one_of", options=agreed.SOURCES),
            Field("agreed_on", "When was it agreed?", "day", "For example 27 3 2026."),
            Field("agreed_by", "Who agreed it?", "words", "Everybody, the parents included."),
            Field("trigger_kind", "What is watched for?", "one_of", "The moment at which the actions are called for.", agreed.TRIGGERS),
            Field("trigger_words", "If what happens?", "words", "In the plan’s own words, such as: we are refused entry."),
            Field("trigger_count", "How many visits not completed?", "number", "Only where visits not completed are watched for."),
            Field("trigger_days", "Within how many days?", "number", "Only for visits not completed, or a child who was not seen."),
            Field("actions", "Then, what is done?", "several", "Each with somebody who does it. Leave empty what you do not need.", fields=(
                Field("what", "What is done?", "line"), *_WHO,
                Field("hours", "Within how many hours?", "number", "Hours of the clock: weekends count."),
                Field("backup", "Who does it if they cannot?", "line", "A role and a name."),
                Field("after_declined", "Only if the action before it was asked for and declined", "yes"),
            )),
            Field("review_on", "When is it reviewed? (if agreed)", "day"),
        ),
    ),
    "plan-end": Record(
        "End an agreed plan", "End the plan", lambda w, actor, _, about, said: plans.end(w, actor, about, **_whole(said)),
        (_ON, Field("reason", "Why does it end, and who agreed that?")), "plan",
    ),
    "trigger": Record(
        "Say that the moment has come", "The moment has come",
        lambda w, actor, _, about, said: plans.say_met(w, actor, about, **_whole(said)),
        (_ON, Field("why", "What happened, and how is it known?")), "plan",
    ),
    "duty": Record(
        "Say how this ended", "Keep this", lambda w, actor, _, about, said: duties.close(w, actor, about, **_whole(said)),
        (
            Field("how", "How did it end?", "one_of", options={code: owed.HOWS[code] for code in owed.BY_A_PERSON}),
            Field("evidence", "What shows it?", "words", "What was done, by whom, when; who declined and why; or the supervisor’s reason."),
            Field("reference", "Their reference", "line", "Only where it was declined, such as an incident number."),
        ), "duty",
    ),
    "agency": Record(
        "Record another agency", "Record the agency", lambda w, actor, household, _, said: together.involve(w, actor, household, **said),
        (
            Field("kind", "What kind of agency?", "one_of", options=agencies.KINDS),
            Field("name", "Which, or who there?", "line"),
            Field("contact", "How are they reached? (if known)", "line"),
            Field("worker", "Who there works with this family? (if known)", "line",
                  "Where the family is open to them, a referral goes there."),
            Field("email", "Their secure e-mail address (if known)", "line", "Letters go there. For example name@nhs.net"),
            Field("phone", "Their phone number (if known)", "line"),
            Field("manager", "Who is their manager? (if known)", "line"),
            Field("manager_email", "The manager’s secure e-mail address (if known)", "line"),
            Field("manager_phone", "The manager’s phone number (if known)", "line"),
            Field("knows", "What do they know that we do not? (if known)"),
            Field("from_on", "Since when do they work with the family?", "day", "For example 27 3 2026."),
        ),
    ),
    "told": Record(
        "Record what an agency was told", "Keep this",
        lambda w, actor, _, about, said: together.tell_agency(w, actor, about, **_whole(said)),
        (Field("how", "Told, or heard from?", "one_of", options=agencies.HOWS), _ON, Field("words", "What was said? Or why not told?")),
        "agency",
    ),
    "agency-end": Record(
        "Record that an agency ended its part", "Keep this",
        lambda w, actor, _, about, said: together.close_agency(w, actor, about, **_whole(said)),
        (
            _ON, Field("reason", "What reason did they give?"),
            Field("unresolved", "Which of these do we still find?", "some_of", "Their decision is theirs.", "findings"),
        ), "agency",
    ),
    "lead": Record(
        "Name the lead professional", "Name them", lambda w, actor, household, _, said: together.name_lead(w, actor, household, **said),
        (
            Field("name", "Who leads for every agency?", "line", "A name and a role."),
            Field("account", "Are they one of our team?", "one_of", "Leave empty if not.", "staff"),
            Field("agency", "Or of which agency?", "one_of", "Leave empty if not.", "agencies"),
            Field("from_on", "Since when?", "day"),
        ),
    ),
    "meeting": Record(
        "Record a meeting", "Record the meeting", lambda w, actor, household, _, said: together.meet(w, actor, household, **said),
        (
            _ON, Field("attended", "Who was there?", "words", "Parents included."),
            Field("agencies", "How many agencies were there, ours among them?", "number"),
            Field("decisions", "What was decided?", "several", "Leave empty what you do not need.", fields=(
                Field("what", "What is done?", "line"), *_WHO, Field("due_on", "By which day?", "day"),
            )),
        ),
    ),
    "help": Record(
        "Record help that is needed", "Record it", lambda w, actor, household, _, said: help_flow.need(w, actor, household, **said),
        (
            Field("what", "What is needed?", "one_of", options=helping.HELP),
            Field("person", "For whom? (if for one of them)", "one_of", options="people"),
            Field("words", "What exactly? (if more is to say)"),
            Field("needed_on", "Since when?", "day"),
            Field("tonight", "It is needed tonight", "yes"),
        ),
    ),
    "help-step": Record(
        "Say what became of the help", "Keep this", lambda w, actor, _, about, said: help_flow.step(w, actor, about, **_whole(said)),
        (
            Field("step", "What happened?", "one_of", "It is owed until somebody saw it in use.", helping.STEPS), _ON,
            Field("words", "What was seen or said? Or why is it no longer needed?"),
        ), "help",
    ),
    "level": Record(
        "Agree a level of need", "Agree this level",
        lambda w, actor, household, _, said: agreed_level.agree(w, actor, household, **_whole(said)),
        (
            Field("level", "Which level?", "number", "From 1 to 4. A lower level than before stands only when a second person agrees."),
            Field("reason", "What does it rest on?", "words", "What changed for each child, and how that is known."),
        ),
    ),
    "level-answer": Record(
        "Answer a lower level", "Answer", lambda w, actor, _, about, said: _answered(agreed_level.answer, w, actor, about, said),
        (
            Field("agrees", "Do you agree that it is lowered?", "one_of", options={"yes": "Yes, I agree", "no": "No, and I say why"}),
            Field("reason", "Why?"),
        ), "level",
    ),
    "closing": Record(
        "Ask that our work with the family ends", "Ask for it",
        lambda w, actor, household, _, said: closings.ask(w, actor, household, **_whole(said)),
        (Field("reason", "Why does it end, and who goes on seeing the children?", "words",
               "A second person has to agree. Not while anything is owed or planned; whatever is recorded later opens it again."),),
    ),
    "closing-answer": Record(
        "Answer whether our work ends", "Answer",
        lambda w, actor, _, about, said: _answered(closings.answer, w, actor, about, said),
        (
            Field("agrees", "Do you agree that our work with this family ends?", "one_of",
                  options={"yes": "Yes, I agree", "no": "No, and I say why"}),
            Field("reason", "Why?"),
        ), "closing",
    ),
    "error-answer": Record(
        "Answer whether a visit was entered in error", "Answer",
        lambda w, actor, _, about, said: _answered(entered_in_error.answer, w, actor, about, said),
        (
            Field("agrees", "Do you agree that it was entered in error?", "one_of", "Danger was found in it. Read it first.",
                  {"yes": "Yes, I agree", "no": "No, and I say why"}),
            Field("reason", "Why?"),
        ), "error",
    ),
    "decision": Record(
        "Record a supervision decision", "Record the decision",
        lambda w, actor, household, _, said: supervision.decide(w, actor, household, **said),
        (
            Field("what", "What was decided?", "words", "It is part of the child’s record. What is only for yourself is a reflection."),
            Field("why", "Why?", "words", "What it rests on, and what else was weighed."),
            Field("decided_by", "Who decided it?", "line", "A name and a role for each."),
            Field("on_date", "When?", "day", "For example 27 3 2026."),
            Field("review_on", "When is it looked at again?", "day", "It is owed from then on until somebody says what came of it."),
            Field("person", "For which child? (if for one of them)", "one_of", options="children"),
        ),
    ),
    "child": Record(
        "Add a child to the family", "Add the child", lambda w, actor, household, _, said: children.add(w, actor, household, **said),
        (
            Field("given_names", "Given names", "line", "For a baby without a name yet, write Baby."),
            Field("family_name", "Family name", "line"), *_BORN,
            Field("due_on", "Due date", "day", "Only for a baby who is not born yet."),
            Field("nhs_number", "NHS number (if known)", "line"),
            Field("nhs_number_absent_why", "Why is there no NHS number? (if there is none)", "line"),
        ),
    ),
    "child-known": Record(
        "Put right what is known of a child", "Keep this", lambda w, actor, household, _, said: _child(w, actor, household, said),
        (
            Field("person", "Which child?", "one_of", options="children"),
            Field("given_names", "Given names", "line", "What you leave empty stays as it is."),
            Field("family_name", "Family name", "line"), *_BORN,
            Field("birth_weight_g", "Weight at birth in grams", "number"),
            Field("nhs_number", "NHS number", "line"),
        ),
    ),
    "home": Record(
        "Record that somebody came home from hospital", "Record it",
        lambda w, actor, household, _, said: _happened(life_events.home_from_hospital, w, actor, household, said),
        (Field("person", "Who?", "one_of", options="people"), _ON, Field("words", "What was said? (if anything)")),
    ),
    "hospital": Record(
        "Record that somebody went into hospital", "Record it",
        lambda w, actor, household, _, said: _happened(life_events.into_hospital, w, actor, household, said),
        (Field("person", "Who?", "one_of", options="people"), _ON, Field("words", "Why? (if known)")),
    ),
}  # fmt: skip
