"""Councils that take only their own form. Nothing is sent to one: the answers to its questions are put together when the letter is written,
a practitioner copies them in by hand, and the form's own reference is the proof that it was sent.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from visitapp.deliver import Outcome
from visitapp.domain.documents import as_kind
from visitapp.flow import delivering, letters, notify, whose
from visitapp.flow.recipients import of_row
from visitapp.flow.refer import SERVICE
from visitapp.problems import problem, wrong
from visitapp.store import letters as kept_letters
from visitapp.store import outbox, portals, recipients, referrals
from visitapp.store.tx import Row, Tx

if TYPE_CHECKING:
    from visitapp.formlang.portals import Portal
    from visitapp.letter.facts import LetterFacts
    from visitapp.wiring import Wired

FILL, PORTAL = letters.BY_HAND, letters.PORTAL
LONGEST = 200
WAITS = "A referral is to be typed into the receiving team's own form: open it, copy the answers, and record the form's reference."
NEWS, NEWS_HINT = "What is new", "Say first that it belongs to the referral that was made, and give the form’s reference of then."
NOT_KNOWN = "The form of this team is not known here."


def fill(w: Wired, key: str) -> None:
    """Put together the answers for one recipient, once, and tell whoever sends the referral that they wait."""
    from visitapp.flow.letter_facts import gather  # with the letter's own code: only a worker waits for it

    at = w.clock()
    with w.engine.read() as tx:
        handing = delivering.handing_of(w, tx, key)
        known = handing is not None and handing.to.id is not None and portals.sheet(tx, handing.to.id) is None
        facts = gather(w, tx, handing.referral["id"], at, handing.letter["number"], handing.letter["round"]) if handing and known else None
    form = w.catalogue.portals.get(handing.to.address) if handing else None
    answers = _answers(form, facts, handing.letter["document"]) if form and facts and handing else []
    with w.engine.write() as tx:
        if handing and facts and handing.to.id:
            tx.lock_household(handing.referral["household"])
            if form is None:
                delivering.record(w, tx, key, handing, PORTAL, Outcome("refused", NOT_KNOWN), at)
            else:
                _keep(w, tx, handing, form, answers, at)
        outbox.done(tx, FILL, key)


def _answers(form: Portal, facts: LetterFacts, document: str) -> list[dict[str, Any]]:
    from visitapp.letter.portal import answers

    kind = as_kind(document)
    asked = [
        {"ask": one.ask, "hint": one.hint, "longest": one.longest, "answer": answers(one.answer, facts, kind)} for one in form.questions
    ]
    news = answers(("changed",), facts, kind)  # no form asks for it: it goes where the form has room
    return [{"ask": NEWS, "hint": NEWS_HINT, "longest": None, "answer": news}, *asked] if news else asked


def _keep(w: Wired, tx: Tx, handing: delivering.Handing, form: Portal, answers: list[dict[str, Any]], at: str) -> None:
    row, recipient = handing.referral, str(handing.to.id)
    kept = portals.add_sheet(
        tx, recipient=recipient, letter=handing.letter["id"], household=row["household"], portal=f"{form.name}-{form.version}",
        answers=answers, at=at, actor=SERVICE,
    )  # fmt: skip
    if kept is None:
        return
    owner = letters.sender_of(tx, row)
    referrals.tell(tx, to_account=owner, what=WAITS, at=at, actor=SERVICE, household=row["household"], referral=row["id"])
    notify.ask(
        w, tx, "portal_waits", to_account=owner, reference=letters.reference(row["id"]), link=f"/referrals/{row['id']}/portal", at=at,
        actor=SERVICE, household=row["household"], referral=row["id"],
    )  # fmt: skip


def sent(w: Wired, actor: str, referral: str, recipient: str, reference: str) -> None:
    """The practitioner typed the answers in, and says what reference the form gave: that is the proof that it was sent. Raises Problem,
    with a field."""
    said = reference.strip()
    if not said:
        raise wrong("reference", "Enter the reference that the form gave you.")
    if len(said) > LONGEST:
        raise wrong("reference", f"Make this shorter: at most {LONGEST} characters.")
    at = w.clock()

    def write(tx: Tx) -> None:
        row = referrals.referral(tx, referral)
        if row is None:
            raise problem("not_found")
        whose.act_for(tx, actor, row["household"])
        _record(w, tx, row, _waiting(tx, referral, recipient), said, at, actor)

    w.writer.submit(write)


def _waiting(tx: Tx, referral: str, recipient: str) -> Row:
    to, sheet = recipients.recipient(tx, recipient), portals.sheet(tx, recipient)
    if to is None or sheet is None or to["referral"] != referral:
        raise problem("not_found")
    if not recipients.waits(tx, recipient):
        raise wrong("reference", "A reference was recorded already, or the referral has moved on. Open it again.")
    return to | {"letter": sheet["letter"]}


def _record(w: Wired, tx: Tx, row: Row, to: Row, reference: str, at: str, actor: str) -> None:
    attempt = len(kept_letters.deliveries(tx, to["letter"], to["id"])) + 1
    kept_letters.add_delivery(
        tx, letter=to["letter"], household=row["household"], transport=PORTAL, address=to["address"], attempt=attempt, outcome="sent",
        proof=reference, recipient=to["id"], at=at, actor=actor,
    )  # fmt: skip
    if of_row(to).must_answer:
        delivering.has_it(w, tx, row, PORTAL, at, actor)
