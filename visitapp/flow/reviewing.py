"""Reviewing a visit: a second person asks a question back, agrees or not with each finding, and signs off; whoever visited answers, and
says where they do not agree themselves. A visit that was signed off stays so; a later question opens it again.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from visitapp.domain import duties as owed
from visitapp.domain import reviews as words
from visitapp.domain.ladder import reference
from visitapp.flow import clocks, countersigning, notify, whose
from visitapp.flow.family_fields import Said, load, more
from visitapp.flow.family_fields import words as some_words
from visitapp.flow.page_faults import Parts, every_problem
from visitapp.flow.safety import watch_agreement
from visitapp.problems import Problem, problem, wrong
from visitapp.store import additions, agreement, assessments, duties, households, reviews, scope, submissions
from visitapp.store.tx import Row, Tx

if TYPE_CHECKING:
    from visitapp.wiring import Wired

ASKED = "A question was asked about a visit that you made. Answer it on the tablet with a connection, or at the desk."
HANDED_ON = "A question was asked about a visit to a family that you look after. Whoever visited is not here any more."
ANSWERED = "A question that you asked about a visit was answered."
DISAGREED = "Somebody who read a visit that you made does not agree with a finding. They say why."
NOT_AGREED = "Whoever visited does not agree with a finding. The visit is to be read and signed off."
MEANWHILE = "This visit was signed by somebody else meanwhile. What you wrote was not kept: it stands below."
ANSWERED_ALREADY = "This was answered already. Open the visit to read the answer."
ALREADY = "This visit was signed off already, and nothing was asked since. Who signed it stands below; a question opens it again."
SINCE = "Somebody else said something of this visit meanwhile. Read it, then sign. What you wrote is still here."
OWED = "Answer a question about a visit"
YES, NO = "yes", "no"


class _Review(Said):
    question = more()
    words = more()


class _Answer(Said):
    answer = some_words("Write your answer.")


class _Reason(Said):
    reason = more()


REVIEW, ANSWER, REASON = _Review(), _Answer(), _Reason()


@dataclass(frozen=True)
class Word:
    """What somebody said of one finding of a visit: its code and row, `yes`, `no` or nothing, and why not. `field` is where on the page it
    was said."""

    code: str
    row: str
    agrees: str
    reason: str
    field: str


@dataclass(frozen=True)
class May:
    """What somebody may do with a visit: as whoever made it, as its reviewer, as its countersigning registrant."""

    author: bool
    review: bool
    countersign: bool

    @property
    def anything(self) -> bool:
        return self.author or self.review or self.countersign


def may(w: Wired, tx: Tx, actor: str, row: Row, family: Row, at: str) -> May:
    """Nobody reviews or countersigns a visit of their own, nor reviews one to which they added something."""
    if whose.same_person(tx, actor, row["author"]):
        return May(author=True, review=False, countersign=False)
    review = whose.supervises(tx, actor, family) and not whose.same_person(tx, actor, *additions.authors(tx, row["id"]))
    return May(False, review, countersigning.may_sign(w, tx, actor, row["id"], at))


def allowed(w: Wired, actor: str, submission: str) -> May:
    """The same for a page, whose reading is journalled already."""
    at = w.clock()
    with w.engine.read() as tx:
        row = submissions.submission(tx, submission)
        family = households.household(tx, row["household"]) if row else None
        if row is None or family is None or not scope.may_see_family(tx, actor, row["household"]):
            return May(False, False, False)
        return may(w, tx, actor, row, family, at)


def keep(w: Wired, actor: str, submission: str, said: Iterable[Word], *, question: str = "") -> None:
    """What somebody says of the findings of a visit, and a question back. Raises Problem with a field."""
    each, asked, at = list(said), load(REVIEW, {"question": question})["question"], w.clock()

    def write(tx: Tx) -> None:
        row, allowed = _visit(w, tx, actor, submission, at)
        if asked and allowed.author:
            raise wrong("question", "You made this visit. A question about it is somebody else’s to ask.")
        fresh = _say(w, tx, row, actor, each, allowed, at)
        if asked:
            _ask(w, tx, row, actor, asked, at)
        elif not fresh:
            raise wrong("question", "Nothing was said yet: choose whether you agree with a finding, or ask a question.")
        if not allowed.author and any(one.agrees == NO for one in fresh):
            whose.tell_each(tx, [row["author"]], DISAGREED, household=row["household"], at=at, actor=actor)

    w.writer.submit(write)


def sign(
    w: Wired, actor: str, submission: str, said: Iterable[Word], *, capacity: str, question: str = "", words_too: str = "",
    seen: int | None = None,
) -> None:  # fmt: skip
    """Sign a visit off, or countersign it: every finding was agreed with or not by the one who signs, and every question is answered.
    `seen`: the newest that was said of it when the page was drawn; what somebody else said since is read first. The same once more, as a
    page may send it, changes nothing. Raises Problem with a field."""
    each, loaded, at = list(said), load(REVIEW, {"question": question, "words": words_too}), w.clock()

    def write(tx: Tx) -> None:
        if not loaded["question"] and _sent_twice(tx, submission, actor, capacity, loaded["words"] or ""):
            return
        row, allowed = _visit(w, tx, actor, submission, at)
        _may_sign(tx, row, allowed, capacity)
        if seen is not None and reviews.newest_said(tx, submission, but=actor) > seen:
            raise wrong("question", SINCE)
        parts = Parts()
        with parts.each():
            _say(w, tx, row, actor, each, allowed, at)
        with parts.each():
            _everything_said(tx, row, actor, each)
        with parts.each():
            _nothing_asked(tx, submission, loaded["question"])
        parts.check()
        reviews.sign(
            tx, submission=submission, household=row["household"], capacity=capacity, words=loaded["words"] or "", at=at, actor=actor
        )
        duty = duties.duty(tx, words.countersign_subject(submission)) if capacity == words.COUNTERSIGNED else None
        if duty is not None:
            evidence = words.CAPACITIES[capacity]
            duties.close(tx, duty, how=owed.DONE, evidence=f"{evidence}.", reference=submission, at=at, actor=actor)
        whose.tell_each(
            tx, [row["author"]], f"A visit that you made was {_signed(capacity)}.", household=row["household"], at=at, actor=actor
        )

    w.writer.submit(write)


def answer(w: Wired, actor: str, question: str, said: str) -> str:
    """A question is answered by whoever owes the answer, or a supervisor writes down what they were told; the visit it is about. The same
    answer again, as a tablet may send it, changes nothing. Raises Problem with a field."""
    at, told = w.clock(), load(ANSWER, {"answer": said})["answer"]

    def write(tx: Tx) -> str:
        row = reviews.question(tx, question)
        if row is None:
            raise problem("not_found")
        family = whose.act_for(tx, actor, row["household"])
        duty = duties.duty(tx, words.question_subject(row["submission"], question))
        owner = duty["owner_account"] if duty else row["to_account"]
        if actor not in (row["to_account"], owner) and not whose.supervises(tx, actor, family):
            raise problem("not_allowed")
        if row["answered"] is not None:
            if row["answer"] == told:
                return str(row["submission"])
            raise wrong("answer", ANSWERED_ALREADY)
        reviews.answer(tx, question=question, household=row["household"], words=told, at=at, actor=actor)
        if duty is not None:
            duties.close(tx, duty, how=owed.DONE, evidence="Answered.", reference=question, at=at, actor=actor)
        whose.tell_each(tx, [row["actor"]], ANSWERED, household=row["household"], at=at, actor=actor)
        return str(row["submission"])

    return w.writer.submit(write)


def _visit(w: Wired, tx: Tx, actor: str, submission: str, at: str) -> tuple[Row, May]:
    """The visit, for somebody who may say something of it."""
    row = submissions.submission(tx, submission)
    if row is None:
        raise problem("not_found")
    family = whose.act_for(tx, actor, row["household"])
    allowed = may(w, tx, actor, row, family, at)
    if not allowed.anything:
        raise wrong("question", MEANWHILE) if reviews.signed(tx, submission) else problem("not_allowed")
    return row, allowed


def present(tx: Tx, submission: str) -> list[Row]:
    """What stands as found in a visit, of which somebody may say whether they agree."""
    judged = assessments.of_kind(tx, submission, "today")
    rows = assessments.findings(tx, judged["id"]) if judged else []
    return [one for one in rows if one["state"] == "present" and not one["under"]]


def found(w: Wired, submission: str) -> list[Row]:
    """The same by itself."""
    with w.engine.read() as tx:
        return present(tx, submission)


def waiting_for(w: Wired, actor: str, submission: str) -> list[str]:
    """The questions about a visit that this account was asked and has not answered."""
    with w.engine.read() as tx:
        return [one["id"] for one in reviews.questions(tx, submission) if one["to_account"] == actor and one["answered"] is None]


def own_words(tx: Tx, submission: str, actor: str) -> dict[tuple[str, str], Row]:
    """What somebody said last of each finding of a visit."""
    return {(one["code"], one["row_id"]): one for one in agreement.words(tx, submission) if one["by_account"] == actor}


def _say(w: Wired, tx: Tx, row: Row, actor: str, said: list[Word], allowed: May, at: str) -> list[Word]:
    """Keep each word that is new; those that were."""
    found, before = {(one["code"], one["row_id"]): one for one in present(tx, row["id"])}, own_words(tx, row["id"], actor)
    parts, fresh = Parts(), list[Word]()
    for one in said:
        with parts.each():
            if _is_new(one, before.get((one.code, one.row))):
                if (one.code, one.row) not in found:
                    raise wrong(one.field, "This was judged again meanwhile and is not found any more. Open the page again.")
                fresh.append(one)
    parts.check()
    for one in fresh:
        finding = found[one.code, one.row]
        agreement.say(
            tx, submission=row["id"], household=row["household"], form=row["form"], form_version=row["form_version"], code=one.code,
            row_id=one.row, person=finding["person"], agrees=one.agrees == YES, reason=_reason(one), by_author=allowed.author, at=at,
            actor=actor,
        )  # fmt: skip
    if allowed.author and any(one.agrees == NO for one in fresh):
        _disputed(tx, row, at, actor)
    if not allowed.author:
        for code in dict.fromkeys(one.code for one in fresh if one.agrees == NO):
            watch_agreement(w, tx, row, code, at=at, actor=actor)
    return fresh


def _is_new(one: Word, before: Row | None) -> bool:
    if one.agrees not in (YES, NO):
        if one.reason.strip():
            raise wrong(one.field, "Choose whether you agree.")
        return False
    return before is None or (bool(before["agrees"]), before["reason"]) != (one.agrees == YES, _reason(one))


def _reason(one: Word) -> str:
    """Why not; what was typed beside a yes is kept too."""
    field = one.field.replace("agrees", "reason", 1)
    try:
        reason = load(REASON, {"reason": one.reason})["reason"] or ""
    except Problem as fault:
        raise wrong(field, fault.message) from fault
    if one.agrees == NO and not reason:
        raise wrong(field, "Say why you do not agree.")
    return reason


def _disputed(tx: Tx, row: Row, at: str, actor: str) -> None:
    """Whoever visited does not agree: the visit is always read."""
    if reviews.sample(tx, submission=row["id"], household=row["household"], why=words.DISPUTED, at=at, actor=actor) is not None:
        whom = whose.supervisor(tx, row["household"], but=actor)
        whose.tell_each(tx, [whom], NOT_AGREED, household=row["household"], at=at, actor=actor)


def _ask(w: Wired, tx: Tx, row: Row, actor: str, asked: str, at: str) -> None:
    """Of whoever visited; where they may not see the family any more, of who looks after it now."""
    author = whose.ours(tx, row["household"], row["author"])
    whom = author or whose.practitioner(tx, row["household"])
    if whom is None or whose.same_person(tx, whom, actor):
        raise wrong("question", "Whoever visited is not here any more, and nobody but you looks after this family.")
    if any((one["actor"], one["words"], one["answered"]) == (actor, asked, None) for one in reviews.questions(tx, row["id"])):
        return  # the page was sent twice
    id, about = w.new_id(), {"household": row["household"], "at": at, "actor": actor}
    subject = words.question_subject(row["id"], id)
    duties.owe(
        tx, subject=subject, kind=owed.QUESTION, what=OWED, owner_account=whom,
        due_at=clocks.due(clocks.policy(w, tx, row["household"]), "question", at), **about,
    )  # fmt: skip
    reviews.ask(tx, id=id, submission=row["id"], to_account=whom, words=asked, **about)
    whose.tell_each(tx, [whom], ASKED if author else HANDED_ON, **about)
    notify.ask(w, tx, "asked_about_visit", to_account=whom, reference=reference(subject, None), link=f"/reviews/{row['id']}", **about)


def _may_sign(tx: Tx, row: Row, allowed: May, capacity: str) -> None:
    if capacity not in words.CAPACITIES or not (allowed.review if capacity == words.REVIEWED else allowed.countersign):
        meanwhile = not allowed.author and any(one["capacity"] == capacity for one in reviews.signed(tx, row["id"]))
        raise wrong("question", MEANWHILE) if meanwhile else problem("not_allowed")
    signed = [one["capacity"] for one in reviews.signed(tx, row["id"])]
    if capacity == words.REVIEWED and capacity in signed and not _waits(tx, row["id"]):
        raise wrong("question", ALREADY)
    if assessments.of_kind(tx, row["id"], "today") is None:
        raise wrong("question", "The assessment of this visit is not made yet. Sign it once it is.")


def _everything_said(tx: Tx, row: Row, actor: str, said: list[Word]) -> None:
    """The problem names each on the page of which nothing was said, now or before."""
    before, wanted = own_words(tx, row["id"], actor), {(one["code"], one["row_id"]) for one in present(tx, row["id"])}
    chosen = {(one.code, one.row): one for one in said}
    silent = [one for one in said if one.agrees not in (YES, NO) and (one.code, one.row) in wanted and (one.code, one.row) not in before]
    found = [(one.field, _unsaid(said.index(one) + 1, len(said))) for one in silent]
    if wanted - set(chosen) - set(before):
        found.append(("question", _unsaid(1, 1)))  # the page does not have it
    if found:
        raise every_problem(found)


def _unsaid(place: int, of: int) -> str:
    which = "each finding" if of == 1 else f"finding {place}"
    return f"Say whether you agree with {which} before you sign."


def _sent_twice(tx: Tx, submission: str, actor: str, capacity: str, said: str) -> bool:
    """Whether the newest that was said of a visit is that this account signed it so, with these words."""
    signed = reviews.signed(tx, submission)
    if not signed or signed[-1]["seq"] != reviews.newest_said(tx, submission) or _waits(tx, submission):
        return False
    last = signed[-1]
    return (last["actor"], last["capacity"], last["words"]) == (actor, capacity, said)


def _waits(tx: Tx, submission: str) -> bool:
    """Whether a visit that was signed off before is to be read and signed off again."""
    stands = reviews.now(tx, submission)
    return bool(stands and stands["state"] in (words.QUESTION, words.ANSWERED, words.SAMPLE))


def _nothing_asked(tx: Tx, submission: str, question: str) -> None:
    if question:
        raise wrong("question", "You wrote a question. Ask it first, and sign off once it is answered; or take it out.")
    if any(one["answered"] is None for one in reviews.questions(tx, submission)):
        raise wrong("question", "A question is not answered yet. Sign off once it is, or write down what you were told.")


def _signed(capacity: str) -> str:
    return "countersigned" if capacity == words.COUNTERSIGNED else "reviewed and signed off"
