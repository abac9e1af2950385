"""Known risks at a home. What a visit's answers name is known by itself; anybody of the team records others. Each stands for the policy's
time; a month before its end the named practitioner is asked whether it is still so, and one that nobody confirmed is past, not gone.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from visitapp.decide.due import end_of
from visitapp.domain import risks as words
from visitapp.domain.duties import DONE, RISK, risk_subject
from visitapp.domain.moments import date_words, day_of
from visitapp.domain.past import BESIDE
from visitapp.flow import clocks, whose
from visitapp.flow import staff_schemas as schemas
from visitapp.flow.family_fields import load
from visitapp.flow.refer import SERVICE
from visitapp.problems import problem, wrong
from visitapp.store import accounts, debriefs, duties, life_events, risks, scope
from visitapp.store.seen import Families
from visitapp.store.tx import Row, Tx

if TYPE_CHECKING:
    from visitapp.flow.kept_visit import Visit
    from visitapp.wiring import Wired

AT_ONCE = 200
SEEN = "seen"
WHAT = "A known risk stands until {} ({}): is it still so? Confirm it, or end it."


def named_by(w: Wired, tx: Tx, visit: Visit, at: str) -> list[str]:
    """Keep the risks that a new visit's answers name, and confirm those of the same kind that stand already; the kinds."""
    kinds = words.named(debriefs.said_at(tx, visit.id)[1]) if visit.form.kind not in BESIDE else {}
    if not kinds:
        return []
    on, author = str(visit.row["occurred_on"]), str(visit.row["author"])
    until, account = _until(w, tx, visit.household, on), accounts.account(tx, author)
    before = risks.open_of(tx, Families.several(life_events.earlier(tx, visit.household)))
    standing = {row["kind"]: row for row in before if row["submission"] != visit.id}
    for kind, (measure, value) in kinds.items():
        said = _as_written(visit, measure, value)
        if kind in standing:
            if standing[kind]["until_on"] < until:
                _say(tx, standing[kind], words.CONFIRMED, on, said, SEEN, until, at=at, actor=author)
        else:
            risks.add(
                tx, id=w.new_id(), household=visit.household, submission=visit.id, kind=kind, words=said, known=SEEN,
                source=account["name"] if account else "", protected=False, from_on=on, until_on=until, at=at, actor=author,
            )  # fmt: skip
    return list(kinds)


def _as_written(visit: Visit, measure: str, value: str) -> str:
    """What the visit says of a risk: the answer in the form's words, and what was written where the form asks for words next."""
    for section in visit.form.sections:
        for question, following in zip(section.questions, (*section.questions[1:], None), strict=True):
            if question.measure == measure:
                label = next((option.label for option in question.options if option.code == value), value)
                answer = visit.body["answers"].get(following.id) if following and following.kind == "text" else None
                text = answer.get("value") if isinstance(answer, dict) else None
                return f"{label}: {text}" if isinstance(text, str) and text.strip() else f"{label}."
    return f"{value}."


def record(w: Wired, actor: str, household: str, **said: Any) -> str:
    """A risk is known; its id. `said`: kind, words, known, source, protected, from_on. Raises Problem with a field."""
    id, at = w.new_id(), w.clock()
    risk = load(schemas.RISK, said, today=day_of(at).isoformat())

    def write(tx: Tx) -> str:
        whose.act_for(tx, actor, household)
        until = _until(w, tx, household, day_of(at).isoformat())
        risks.add(tx, id=id, household=household, submission=None, until_on=until, at=at, actor=actor, **risk)
        return id

    return w.writer.submit(write)


def say(w: Wired, actor: str, risk: str, word: str, **said: Any) -> None:
    """A risk is still so, for the policy's time from that day on, or is so no more. `said`: on_date, words, known. Raises Problem with a
    field."""
    at = w.clock()
    if word not in words.WORDS:
        raise problem("not_found")
    given = load(schemas.RISK_WORD, said, today=day_of(at).isoformat())

    def write(tx: Tx) -> None:
        row = risks.risk(tx, risk)
        if row is None:
            raise problem("not_found")
        whose.act_for(tx, actor, seen_from(tx, actor, row["household"]))
        if row["word"] == words.ENDED:
            raise wrong("words", "It was said before that this is so no more. Record it anew if it has come back.")
        if given["on_date"] < row["from_on"]:
            raise wrong("on_date", "This is before the risk was known.")
        until = _until(w, tx, row["household"], given["on_date"]) if word == words.CONFIRMED else None
        _say(tx, row, word, given["on_date"], given["words"], given["known"], until, at=at, actor=actor)

    w.writer.submit(write)


def seen_from(tx: Tx, actor: str, household: str) -> str:
    """The household by which this account may see a risk: its own, or one that was confirmed to continue it."""
    later = life_events.later(tx, household)
    return next((here for here in later if scope.may_see_family(tx, actor, here)), household)


def _say(tx: Tx, row: Row, word: str, on: str, said: str, known: str, until: str | None, *, at: str, actor: str) -> None:
    risks.say(
        tx, risk=row["id"], household=row["household"], word=word, on_date=on, words=said, known=known, until_on=until, at=at, actor=actor
    )  # fmt: skip
    duty = duties.duty(tx, risk_subject(row["id"]))
    if duty is not None:
        shown = "" if row["protected"] else said  # a chronology is read more widely than a risk
        duties.close(tx, duty, how=DONE, evidence=f"{words.WORDS[word]}. {shown}".strip(), at=at, actor=actor)


def _until(w: Wired, tx: Tx, household: str, on: str) -> str:
    """The last day on which a risk stands that was so on a day."""
    days = int(clocks.policy(w, tx, household).settings["risk_stands"].value)
    return (date.fromisoformat(on) + timedelta(days=days)).isoformat()


def watch_the_clock(w: Wired) -> int:
    """Ask of each risk that ends within the policy's time whether it still is so; how many. For the worker's round."""
    at = w.clock()
    by = (day_of(at) + timedelta(days=w.catalogue.policy.number("risk_asked_ahead"))).isoformat()
    with w.engine.read() as tx:
        waiting = risks.ending(tx, by, AT_ONCE)
    for row in waiting:
        with w.engine.write() as tx:
            tx.lock_household(row["household"])
            _ask(tx, row, at)
    return len(waiting)


def _ask(tx: Tx, row: Row, at: str) -> None:
    """Asked again under the lock, so that of two workers only one asks."""
    known = risks.risk(tx, row["risk"])
    if known is None or known["word"] == words.ENDED or duties.duty(tx, risk_subject(row["risk"])):
        return
    until, here = date.fromisoformat(known["until_on"]), life_events.later(tx, row["household"])[-1]  # where the family is now
    duties.owe(
        tx, subject=risk_subject(row["risk"]), kind=RISK, due_at=max(end_of(until), end_of(day_of(at))), at=at, actor=SERVICE,
        what=WHAT.format(date_words(until), words.KINDS[known["kind"]].lower()),
        household=here, owner_account=whose.practitioner(tx, here),
    )  # fmt: skip
