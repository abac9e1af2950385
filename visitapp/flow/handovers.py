"""A family passes from one practitioner to the next: offered, accepted or refused with a reason, by a time that the policy sets. Until it
is accepted whoever offered stays named and owes what they owed; what nobody answers climbs the ladder of whoever is asked. With the offer
stands what the next one must know, and how to be safe. In another team's hands the record is whole, and the team before sees it no more.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from visitapp.domain import duties as owed
from visitapp.domain import handovers as words
from visitapp.domain.moments import day_of
from visitapp.flow import clocks, handover_summary, homes, joined_referrals, notify, whose
from visitapp.flow.duties import HANDED_OVER
from visitapp.flow.family_fields import Said, load, more, one_of
from visitapp.flow.family_fields import words as must_say
from visitapp.flow.page_faults import Parts
from visitapp.flow.people_schemas import VISITING
from visitapp.problems import problem, wrong
from visitapp.store import accounts, duties, handovers, households, records, scope, teams
from visitapp.store.tx import Row, Tx

if TYPE_CHECKING:
    from visitapp.wiring import Wired

ANSWER = "Answer a handover: accept the family, or refuse and say why. Until then {name} stays named."
FIND = "Find somebody to take this family. Nobody who visits is named to it."
AGAIN = "A handover was refused. Offer the family to somebody else, or say that it stays where it is."
OFFERED = "A family is offered to you. Accept it, or refuse and say why."
REFUSED = "A handover that you offered was refused. The reason is there."
ACCEPTED = "A handover that you offered was accepted. The family is theirs now."
YOURS = "A family was handed over to you. You are its named practitioner."
TAKEN = "A family that was offered to you was taken back."
NAMED = "Somebody was named to the family without an offer."


class _Offer(Said):
    kind = one_of(words.KINDS, "Choose why the family is handed over.")
    to = must_say("Choose who takes the family, or which team.")
    words = must_say("Say in your own words what the next one must know, such as what you would watch for.")
    safe = must_say("Say how to be safe there. Where nothing is known, say that.")


class _Reason(Said):
    reason = must_say("Say why, in a sentence.")


class _Accepting(Said):
    account = more()


OFFER, REASON, ACCEPTING = _Offer(), _Reason(), _Accepting()
TEAM = "team:"
"""What stands before the id of a team where a family is offered to nobody by name."""


def offer(w: Wired, actor: str, household: str, **said: Any) -> str:
    """A family is offered; the id of the offer. `said`: kind, to (an account, or `team:` and a team's id), words, safe. The named
    practitioner offers it, whoever stands in for them, or a supervisor of the team. Raises Problem with a field."""
    id, at = w.new_id(), w.clock()
    offered = load(OFFER, said)

    def write(tx: Tx) -> str:
        family = whose.act_for(tx, actor, household)
        if family["joined_to"]:
            raise wrong("to", "This record is part of another of the same family. Hand that one over: this one goes along.")
        _may_offer(tx, actor, family, at)
        open_one = handovers.open_of(tx, household)
        if open_one is not None and not open_one["refused"] and open_one["from_account"] != open_one["owner_account"]:
            raise wrong("to", "This family is offered to somebody already. Take that back first.")
        account, team = _taker(tx, offered["to"], family)
        if open_one is not None:
            end_duty(tx, open_one["duty"], "The family was offered to somebody else.", at, actor)
        homes.offered(tx, family, team, at, actor)
        _offer(w, tx, id, family, offered, account, team, at, actor)
        return id

    return w.writer.submit(write)


def _may_offer(tx: Tx, actor: str, family: Row, at: str) -> None:
    standing_in = whose.with_deputies(tx, [family["practitioner"]], at)
    if actor not in standing_in and not whose.supervises(tx, actor, family):
        raise wrong("to", "The named practitioner hands a family over, whoever stands in for them, or a supervisor of the team.")


def _taker(tx: Tx, to: str, family: Row) -> tuple[str | None, str]:
    """The account and the team that a family is offered to. Raises Problem with the field."""
    if to.startswith(TEAM):
        team = teams.team(tx, to.removeprefix(TEAM))
        if team is not None:
            return None, team["id"]
    row = accounts.account(tx, to)
    if row is None or row["role"] not in VISITING or not row["team"]:
        raise wrong("to", "Choose somebody who visits families, or a team.")
    if row["account"] == family["practitioner"]:
        raise wrong("to", "The family is theirs already. Choose somebody else.")
    return row["account"], row["team"]


def _offer(
    w: Wired, tx: Tx, id: str, family: Row, said: dict[str, Any], account: str | None, team: str, at: str, actor: str
) -> None:  # fmt: skip
    """Keep the offer and who owes the answer: whom it is offered to, or a supervisor of the team where that is nobody by name."""
    household, leads = family["household"], accounts.accounts_in_team(tx, team, "supervisor")
    answers = account or next((row["account"] for row in leads), None) or family["practitioner"]
    handovers.offer(
        tx, id=id, household=household, kind=said["kind"], from_account=family["practitioner"] or actor, to_account=account, to_team=team,
        words=said["words"], safe=said["safe"], summary=handover_summary.kept(handover_summary.of(w, tx, household)),
        duty=words.subject(id), at=at, actor=actor,
    )  # fmt: skip
    named = accounts.account(tx, family["practitioner"]) if family["practitioner"] else None
    what = ANSWER.replace("{name}", named["name"] if named else "nobody")
    _owe(w, tx, words.subject(id), what, household, answers, said["kind"], at, actor)
    for whom in dict.fromkeys([answers, *(row["account"] for row in leads)]):
        whose.tell_each(tx, [whom], OFFERED, household=household, at=at, actor=actor)
    if answers and answers != actor:
        notify.ask(w, tx, "handover", to_account=answers, link=f"/handovers/{id}", time=_due(w, tx, household, said["kind"], at),
                   household=household, at=at, actor=actor)  # fmt: skip


def _due(w: Wired, tx: Tx, household: str, kind: str, at: str) -> str:
    return clocks.due(clocks.policy(w, tx, household), words.setting(kind), at)


def _owe(w: Wired, tx: Tx, subject: str, what: str, household: str, owner: str | None, kind: str, at: str, actor: str) -> None:
    duties.owe(
        tx, subject=subject, kind=owed.HANDOVER, what=what, due_at=_due(w, tx, household, kind, at), at=at, actor=actor,
        household=household, owner_account=owner,
    )  # fmt: skip


def owe_another(w: Wired, tx: Tx, offer: Row, at: str, actor: str) -> None:
    """An offer was refused: whoever is named to the family finds somebody else, or keeps it."""
    named = whose.practitioner(tx, offer["household"], offer["from_account"])
    _owe(w, tx, offer["duty"], AGAIN, offer["household"], named, offer["kind"], at, actor)


def nobodys(w: Wired, tx: Tx, id: str, household: str, said: str, safe: str, lead: Row, at: str, actor: str) -> None:
    """A supervisor holds a family for which somebody who visits is to be found; they owe it. Under the household's lock."""
    handovers.offer(
        tx, id=id, household=household, kind=words.LEAVER, from_account=lead["account"], to_account=None, to_team=lead["team"], words=said,
        safe=safe, summary=handover_summary.kept(handover_summary.of(w, tx, household)), duty=words.subject(id), at=at, actor=actor,
    )  # fmt: skip
    _owe(w, tx, words.subject(id), FIND, household, lead["account"], words.LEAVER, at, actor)


def end_duty(tx: Tx, subject: str, evidence: str, at: str, actor: str) -> None:
    duty = duties.duty(tx, subject)
    if duty is not None:
        duties.close(tx, duty, how=owed.DONE, evidence=evidence, at=at, actor=actor)


# --- the answer ------------------------------------------------------------------------------------------------------------------------


def accept(w: Wired, actor: str, handover: str, **said: Any) -> str:
    """The family is theirs from now on, with all that was owed for it; its household. `said`: account, whom a supervisor names; without
    one it is the actor's. Raises Problem with a field."""
    at = w.clock()
    taking = load(ACCEPTING, said)["account"] or actor

    def write(tx: Tx) -> str:
        row = _to_answer(tx, actor, handover)
        who = accounts.account(tx, taking)
        if who is None or who["role"] not in VISITING or who["team"] != row["to_team"]:
            raise wrong("account", "Choose somebody of your team who visits families.")
        if taking != actor and not leads(tx, actor, row["to_team"]):
            raise wrong("account", "Only a supervisor accepts a family for somebody else.")
        tx.lock_household(row["household"])
        handovers.end(tx, handover=handover, household=row["household"], how=words.ACCEPTED, reason="", at=at, actor=actor)
        end_duty(tx, row["duty"], f"{who['name']} accepted the family.", at, actor)
        give(tx, row["household"], taking, at, actor)
        joined_referrals.joined(w, tx, row["household"], at=at, actor=actor)  # one team has records now that two had
        whose.tell_each(tx, [row["from_account"]], ACCEPTED, household=None, at=at, actor=actor)
        whose.tell_each(tx, [taking], YOURS, household=row["household"], at=at, actor=actor)
        return str(row["household"])

    return w.writer.submit(write)


def accept_several(w: Wired, actor: str, offers: Sequence[str], account: str) -> int:
    """A supervisor accepts several families for somebody of their team, as when a practitioner left: each in a transaction of its own, so
    that of those before a fault nothing is lost; how many. Raises Problem with a field."""
    parts = Parts()
    with parts.each():
        if not offers:
            raise wrong("offers", "Choose the families.")
    with parts.each():
        if not account:
            raise wrong("account", "Choose who takes them.")
    parts.check()
    for offer in offers:
        accept(w, actor, offer, account=account)
    return len(offers)


def give(tx: Tx, household: str, account: str, at: str, actor: str) -> None:
    """The family is named to an account and is their team's, with every record that was joined to it, and nothing that is owed for it stays
    with somebody who is named to it no more, or cannot see it any more. Under the household's lock."""
    before = (households.household(tx, household) or {}).get("practitioner")
    _give(tx, household, before, account, at, actor)
    homes.settled(tx, household, at, actor)
    give_parts(tx, household, before, account, at, actor)


def give_parts(tx: Tx, household: str, before: str | None, account: str, at: str, actor: str) -> None:
    """The same of the records that are part of one, which was named to somebody before."""
    for part in records.parts(tx, household):
        tx.lock_household(part)
        _give(tx, part, before, account, at, actor)


def _give(tx: Tx, household: str, before: str | None, account: str, at: str, actor: str) -> None:
    since = max(day_of(at).isoformat(), households.named_from(tx, household))  # whoever was named ahead of time is not named over this
    households.name_practitioner(tx, household=household, account=account, capacity="named", from_on=since, at=at, actor=actor)
    family = households.household(tx, household)
    lead = next(iter(whose.supervisors(tx, family)), account)
    for duty in duties.of_household(tx, household):
        owner, backup = duty["owner_account"], duty["backup_account"]
        next_one = account if owner == before else owner if owner is None or scope.may_see_family(tx, owner, household) else None
        if next_one is None and duty["owner_account"]:
            was = accounts.account(tx, duty["owner_account"])
            next_one = lead if was and was["role"] == "supervisor" else account
        next_one = whose.falls_to(tx, duty, next_one) if next_one != owner else owner
        kept_backup = whose.ours(tx, household, backup)
        if (next_one, kept_backup) != (owner, backup):
            kept = {part: duty[part] for part in HANDED_OVER} | {"backup_account": kept_backup}
            duties.owe(tx, at=at, actor=actor, household=household, owner_account=next_one, **kept)


def refuse(w: Wired, actor: str, handover: str, *, reason: str) -> None:
    """They do not take the family, and why. It stays with whoever offered it, who owes to find somebody else or to keep it. Raises Problem
    with a field."""
    at = w.clock()
    said = load(REASON, {"reason": reason})

    def write(tx: Tx) -> None:
        row = _to_answer(tx, actor, handover)
        tx.lock_household(row["household"])
        handovers.end(tx, handover=handover, household=row["household"], how=words.REFUSED, at=at, actor=actor, **said)
        owe_another(w, tx, row, at, actor)
        family = households.household(tx, row["household"])
        whom = [row["from_account"], *whose.supervisors(tx, family)]
        whose.tell_each(tx, whom, REFUSED, household=row["household"], at=at, actor=actor)

    w.writer.submit(write)


def keep(w: Wired, actor: str, handover: str, *, reason: str) -> None:
    """The offer is taken back, or after a refusal the family stays where it is. Raises Problem with a field."""
    at = w.clock()
    said = load(REASON, {"reason": reason})

    def write(tx: Tx) -> None:
        row = handovers.seen_by(tx, actor, handover)
        if row is None or not scope.may_see_family(tx, actor, row["household"]):
            raise problem("not_found")
        family = whose.act_for(tx, actor, row["household"])
        _may_keep(tx, actor, family, at)
        how = words.KEPT if row["refused"] else words.TAKEN_BACK
        handovers.end(tx, handover=handover, household=row["household"], how=how, at=at, actor=actor, **said)
        end_duty(tx, row["duty"], said["reason"], at, actor)
        if row["to_account"] and not row["refused"]:
            whose.tell_each(tx, [row["to_account"]], TAKEN, household=None, at=at, actor=actor)

    w.writer.submit(write)


def _may_keep(tx: Tx, actor: str, family: Row, at: str) -> None:
    named = accounts.account(tx, family["practitioner"]) if family["practitioner"] else None
    if named is None or named["role"] not in VISITING:
        raise wrong("reason", "Nobody who visits is named to this family, so it cannot stay so. Offer it to somebody.")
    _may_offer(tx, actor, family, at)


def _to_answer(tx: Tx, actor: str, handover: str) -> Row:
    """An open offer, for whoever may answer it."""
    row = handovers.seen_by(tx, actor, handover)
    if row is None or not row["answers"]:
        raise problem("not_found" if row is None else "not_allowed")
    if row["refused"]:
        raise problem("handover_answered")
    return row


def leads(tx: Tx, actor: str, team: str) -> bool:
    """Whether somebody is a supervisor of this team."""
    row = accounts.account(tx, actor)
    return bool(row and row["role"] == "supervisor" and row["team"] == team)


def overtaken(tx: Tx, household: str, at: str, actor: str) -> None:
    """Somebody was named to the family directly: an offer of it waits for nobody any more. Under the household's lock."""
    row = handovers.open_of(tx, household)
    if row is not None:
        how = words.KEPT if row["refused"] else words.TAKEN_BACK
        handovers.end(tx, handover=row["id"], household=household, how=how, reason=NAMED, at=at, actor=actor)
        end_duty(tx, row["duty"], NAMED, at, actor)


# --- for screens -----------------------------------------------------------------------------------------------------------------------
