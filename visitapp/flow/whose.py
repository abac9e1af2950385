"""Who may act for a family, and to whom its duties fall. What is asked here is asked inside the transaction that acts."""

from __future__ import annotations

from visitapp.domain import roles, staff_numbers
from visitapp.domain.duties import COUNTERSIGN, QUESTION
from visitapp.domain.moments import day_of
from visitapp.problems import problem, wrong
from visitapp.store import accounts, cover, households, life_events, people, records, referrals, scope, submissions, supervision
from visitapp.store.tx import Row, Tx


def act_for(tx: Tx, actor: str, household: str) -> Row:
    """The family's summary, under its lock, for somebody who may act for it. Raises Problem."""
    if not scope.may_see_family(tx, actor, household):
        raise problem("not_found")
    tx.lock_household(household)
    family = households.household(tx, household)
    assert family is not None
    return family


def supervises(tx: Tx, actor: str, family: Row) -> bool:
    """Whether this account is a supervisor of the family's team."""
    asking = accounts.account(tx, actor)
    return bool(asking and asking["role"] == "supervisor" and asking["team"] and asking["team"] == family["team"])


def same_person(tx: Tx, one: str | None, *others: str | None) -> bool:
    """Whether an account is the same human being as one of others, and so no second person to them (`domain.staff_numbers`)."""
    if one in others:
        return True
    known = accounts.account(tx, one) if one else None
    each = [accounts.account(tx, other) for other in others if other] if known else []
    return any(known and other and staff_numbers.same_person(known, other) for other in each)


def supervisors(tx: Tx, family: Row | None) -> list[str]:
    """The supervisors of the family's team."""
    team = family["team"] if family else None
    return [str(row["account"]) for row in accounts.accounts_in_team(tx, team, "supervisor")] if team else []


def team(tx: Tx, household: str) -> str | None:
    """The visiting team whose family it is."""
    family = households.household(tx, household)
    return family["team"] if family else None


def recorded(tx: Tx, household: str) -> str:
    """The record in which a family is recorded now. Itself where another team looks after what continues it, and where two families do, as
    after a separation: each of them has its own."""
    found = life_events.later(tx, household)
    here = found[-1]
    if len(found) == 1 or (all(here in life_events.later(tx, one) for one in found) and team(tx, here) == team(tx, household)):
        return here
    return records.stands(tx, household)


def practitioner(tx: Tx, household: str, otherwise: str | None = None) -> str | None:
    """Who of ours answers for the family: its named practitioner, else whoever is given, else a supervisor of its team."""
    family = households.household(tx, household)
    return (family["practitioner"] if family else None) or otherwise or next(iter(supervisors(tx, family)), None)


def supervisor(tx: Tx, household: str, *, but: str | None = None) -> str | None:
    """A supervisor of the family's team who is another person than `but`; where there is none, who answers for the family."""
    found = [one for one in supervisors(tx, households.household(tx, household)) if not but or not same_person(tx, one, but)]
    return found[0] if found else practitioner(tx, household)


def accountable(tx: Tx, household: str, author: Row, *, gone: str | None = None) -> str | None:
    """The registrant who is accountable for what an account records of a family, `gone` left out; a supervisor where there is none."""
    family = households.household(tx, household)
    for candidate in (family["practitioner"] if family else None, supervision.registrant(tx, author["account"])):
        another = candidate and candidate != gone and not same_person(tx, candidate, author["account"])
        known = accounts.account(tx, candidate) if candidate and another else None
        if known and known["role"] in (*roles.REGISTERED, "supervisor") and ours(tx, household, candidate):
            return str(candidate)
    return supervisor(tx, household, but=author["account"])


def falls_to(tx: Tx, duty: Row, otherwise: str | None, *, gone: str | None = None) -> str | None:
    """Whom a duty falls to that its owner gives up: an answer about a visit stays with whoever made it while they may see the family, a
    countersignature goes to the accountable registrant, and everything else to `otherwise`. `gone`: an account that leaves."""
    if duty["kind"] not in (QUESTION, COUNTERSIGN):
        return otherwise
    visit = submissions.submission(tx, duty["subject"].split(":")[1])
    author = accounts.account(tx, visit["author"]) if visit else None
    if author is None:
        return otherwise
    if duty["kind"] == COUNTERSIGN:
        return accountable(tx, duty["household"], author, gone=gone)
    stays = ours(tx, duty["household"], author["account"]) if author["account"] != gone else None
    return stays or otherwise


def ours(tx: Tx, household: str, account: str | None) -> str | None:
    """The account while it may act for this family: an owner who has left is no owner."""
    return account if account and scope.may_see_family(tx, account, household) else None


def check_ours(tx: Tx, household: str, field: str, account: str | None) -> None:
    """Raises Problem with the field where an account is named that cannot act for this family."""
    if account and not scope.may_see_family(tx, account, household):
        raise wrong(field, "Choose somebody of the family's team, or leave this out and write who it is.")


def tell_each(tx: Tx, whom: list[str | None], what: str, *, household: str | None, at: str, actor: str) -> None:
    """Tell these accounts, none twice and never the one who acts, and who stands in for those of them who are on leave."""
    for account in dict.fromkeys(one for one in with_deputies(tx, whom, at) if one != actor):
        referrals.tell(tx, to_account=account, what=what, at=at, actor=actor, household=household)


def with_deputies(tx: Tx, whom: list[str | None], at: str) -> list[str]:
    """These accounts, each followed by its deputy while it is on leave, and by theirs."""
    found: list[str] = []
    waiting = [one for one in whom if one]
    while waiting:
        account = waiting.pop(0)
        if account not in found:
            found.append(account)
            waiting += cover.deputies(tx, account, day_of(at).isoformat())
    return found


def named(tx: Tx, what: str, person: str) -> str:
    """What is owed, with the given names of the person that it is about."""
    row = people.person(tx, person) if person else None
    return filled(what, row["given_names"] if row else None)


def filled(what: str, given: str | None) -> str:
    """Words of a form with the given names of the child or the adult whom they are about."""
    said = what.replace("{child}", given or "the child").replace("{adult}", given or "an adult")
    return said[:1].upper() + said[1:]
