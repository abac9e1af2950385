"""Professional disagreement. A practitioner who does not agree with an answer, or waits for one too long, raises it without asking anybody;
it has four stages, each owed by its time. A stage that ends without agreement, or whose time runs out, opens the next by itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from visitapp.domain import disagreements as words
from visitapp.domain import duties as owed
from visitapp.domain.ladder import POSTS, RUNGS, reference
from visitapp.domain.moments import day_of
from visitapp.flow import clocks, cover, notify, whose
from visitapp.flow.disagreement_schemas import END, RAISE, SAID
from visitapp.flow.disagreements_shown import over
from visitapp.flow.family_fields import load
from visitapp.flow.refer import SERVICE
from visitapp.problems import problem, wrong
from visitapp.store import disagreements, duties, referrals
from visitapp.store.tx import Row, Tx

if TYPE_CHECKING:
    from visitapp.wiring import Wired

TIME_RAN_OUT = "The time of the stage before ran out without agreement."
NOT_AGREED = "The stage before ended without agreement."
NOBODY = "Nobody is named as: {rung}. It is a supervisor’s to find who speaks."


def raise_one(w: Wired, actor: str, referral: str, **said: Any) -> str:
    """Disagree with how a referral was answered, or that it was not; the id. It runs by the hour where a child is `at_risk` if it waits,
    and wherever the referral was for level 4 or tonight. `said`: why, meanwhile, at_risk. Raises Problem, with a field."""
    id, at = w.new_id(), w.clock()
    raised = load(RAISE, said)

    def write(tx: Tx) -> str:
        row = referrals.referral(tx, referral)
        if row is None:
            raise problem("not_found")
        whose.act_for(tx, actor, row["household"])
        about = over(tx, row, at)
        if about is None:
            raise wrong("why", "There is no answer to disagree with yet, and it is inside its time. Phone them if it cannot wait.")
        if any(not words.is_over(disagreements.events(tx, one["id"])) for one in disagreements.of_referral(tx, referral)):
            raise wrong("why", "A disagreement over this referral is open already. Write what was said there.")
        at_risk = raised.pop("at_risk") or row["level"] >= 4 or row["urgency"] == "tonight"
        disagreements.add(tx, id=id, referral=referral, household=row["record"], over=about, at_risk=at_risk, at=at, actor=actor)
        one = disagreements.disagreement(tx, id)
        assert one is not None
        disagreements.add_event(tx, one, words.RAISED, words.FIRST, raised, at=at, actor=actor)
        _open(w, tx, one, words.FIRST, raised["why"], at=at, actor=actor)
        return id

    return w.writer.submit(write)


def record(w: Wired, actor: str, disagreement: str, **said: Any) -> None:
    """What was said at the stage it is at: agreed ends it, not agreed opens the next stage. `said`: who, on_date, said, comes_to,
    meanwhile. Raises Problem with a field."""
    at = w.clock()
    spoken = load(SAID, said, today=day_of(at).isoformat())

    def write(tx: Tx) -> None:
        one, stage = _open_one(tx, actor, disagreement)
        disagreements.add_event(tx, one, words.SAID, stage, spoken, at=at, actor=actor)
        if spoken["comes_to"] == words.AGREED:
            _end(tx, one, stage, words.AGREED, spoken["said"], at=at, actor=actor)
        elif spoken["comes_to"] == words.NOT_AGREED and stage < words.LAST:
            _close(tx, one, stage, owed.DONE, spoken["said"], at=at, actor=actor)
            _open(w, tx, one, stage + 1, NOT_AGREED, at=at, actor=actor)

    w.writer.submit(write)


def resolve(w: Wired, actor: str, disagreement: str, **said: Any) -> None:
    """It ended another way than by agreement at its stage. `said`: how. Raises Problem with a field."""
    at = w.clock()
    ending = load(END, said)

    def write(tx: Tx) -> None:
        one, stage = _open_one(tx, actor, disagreement)
        _end(tx, one, stage, words.RESOLVED, ending["how"], at=at, actor=actor)

    w.writer.submit(write)


def watch_the_clock(w: Wired) -> int:
    """Open the next stage of each whose time has run out; how many. The last stage has no next: it climbs the ladder. For the worker's
    round."""
    at, opened = w.clock(), 0
    with w.engine.read() as tx:
        late = [row for row in disagreements.overdue(tx, owed.DISAGREEMENT, at) if words.of_subject(row["subject"])[1] < words.LAST]
    for row in late:
        with w.engine.write() as tx:
            tx.lock_household(row["household"])
            opened += _went_on(w, tx, row["subject"], at)
    return opened


def _went_on(w: Wired, tx: Tx, subject: str, at: str) -> int:
    """Asked again under the lock, so that of two workers only one opens it."""
    id, stage = words.of_subject(subject)
    duty, one = duties.duty(tx, subject), disagreements.disagreement(tx, id)
    if duty is None or one is None or duty["due_at"] >= at:
        return 0
    _close(tx, one, stage, owed.CLIMBED, TIME_RAN_OUT, at=at, actor=SERVICE)
    _open(w, tx, one, stage + 1, TIME_RAN_OUT, at=at, actor=SERVICE)
    return 1


def _open_one(tx: Tx, actor: str, disagreement: str) -> tuple[Row, int]:
    one = disagreements.disagreement(tx, disagreement)
    if one is None:
        raise problem("not_found")
    whose.act_for(tx, actor, one["household"])
    events = disagreements.events(tx, disagreement)
    if words.is_over(events):
        raise wrong("said", "This has ended already. Open the page again to see how.")
    return one, words.stage_of(events)


def _open(w: Wired, tx: Tx, one: Row, stage: int, why: str, *, at: str, actor: str) -> None:
    """A stage begins: it is owed by its time, and whoever speaks at it is told."""
    rung = words.RUNG_OF[stage]
    family = whose.practitioner(tx, one["household"], actor if actor != SERVICE else None)
    here = cover.of(w, tx, whose.team(tx, one["household"]), at)
    held = here.holder(rung) if here and rung in POSTS else None
    if rung in POSTS and held is None:
        why = f"{why} {NOBODY.format(rung=RUNGS[rung].lower())}"
    due_at = clocks.due(clocks.policy(w, tx, one["household"]), words.setting(stage, at_risk=bool(one["at_risk"])), at)
    owner = family if stage == words.FIRST else _of_ours(tx, one, held.account if held else None)
    opened = {"why": why, "due_at": due_at, "told": held.name if held else ""}
    disagreements.add_event(tx, one, words.OPENED, stage, opened, at=at, actor=actor)
    subject = words.subject(one["id"], stage)
    duties.owe(
        tx, subject=subject, kind=owed.DISAGREEMENT, what=f"Professional disagreement, stage {stage}: {words.STAGES[stage].lower()}",
        due_at=due_at, at=at, actor=actor, household=one["household"], owner_account=owner,
    )  # fmt: skip
    if stage > words.FIRST:
        whom = [owner, family, *(here.supervisors() if here and stage == words.FIRST + 1 else ())]
        _tell(w, tx, one, stage, whom, held.email if held and not held.account else "", due_at, at=at, actor=actor)


def _of_ours(tx: Tx, one: Row, account: str | None) -> str | None:
    """Whoever holds the post, while they may act for the family; else a supervisor owns it and finds who speaks."""
    return whose.ours(tx, one["household"], account) or whose.supervisor(tx, one["household"])


def _tell(
    w: Wired, tx: Tx, one: Row, stage: int, whom: list[str | None], address: str, due_at: str, *, at: str, actor: str
) -> None:  # fmt: skip
    about = {"household": one["household"], "referral": one["referral"]}
    said = {"reference": reference(one["referral"], one["referral"]), "time": due_at}
    for account in dict.fromkeys(account for account in whose.with_deputies(tx, whom, at) if account != actor):
        what = f"A professional disagreement has come to stage {stage}: {words.STAGES[stage].lower()}."
        referrals.tell(tx, to_account=account, what=what, at=at, actor=actor, **about)
        notify.ask(w, tx, "disagreement", to_account=account, link=f"/disagreements/{one['id']}", at=at, actor=actor, **said, **about)
    if address:
        notify.ask(w, tx, "disagreement_to_post", to_address=address, at=at, actor=actor, **said, **about)


def _close(tx: Tx, one: Row, stage: int, how: str, evidence: str, *, at: str, actor: str) -> None:
    duty = duties.duty(tx, words.subject(one["id"], stage))
    if duty is not None:
        duties.close(tx, duty, how=how, evidence=evidence, at=at, actor=actor)


def _end(tx: Tx, one: Row, stage: int, outcome: str, how: str, *, at: str, actor: str) -> None:
    disagreements.add_event(tx, one, words.ENDED, stage, {"outcome": outcome, "how": how}, at=at, actor=actor)
    _close(tx, one, stage, owed.DONE, how, at=at, actor=actor)
    what = f"A professional disagreement ended: {words.ENDS[outcome].lower()}."
    whom = [whose.practitioner(tx, one["household"]), whose.supervisor(tx, one["household"])]
    for account in dict.fromkeys(account for account in whose.with_deputies(tx, whom, at) if account != actor):
        referrals.tell(tx, to_account=account, what=what, at=at, actor=actor, household=one["household"], referral=one["referral"])
