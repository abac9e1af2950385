"""Everything one letter may say, gathered from the facts in one read: the visit it is about in the form's own words, the practitioner's
completion, the family as it is known today, and the visits and findings before."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

from visitapp.domain import roles
from visitapp.domain.ages import age_days
from visitapp.domain.findings import AREAS
from visitapp.flow import telling
from visitapp.flow.assess import Visit, read_visit, routes_of
from visitapp.flow.letter_arrangements import arrangements
from visitapp.flow.letters import reference, sender_of
from visitapp.flow.reading import OUTCOME
from visitapp.flow.refer import SERVICE
from visitapp.letter import facts as f
from visitapp.store import accounts, assessments, households, letters, referrals, submissions, teams, visits
from visitapp.store.tx import Row, Tx

if TYPE_CHECKING:
    from visitapp.wiring import Wired

MOST_EARLIER = 20
NOT_COMPLETED = "visit_not_completed"


def gather(w: Wired, tx: Tx, referral: str, at: str) -> f.LetterFacts:
    """The facts of a referral's letter. The referral has been sent, so everything looked up here is there."""
    row = _there(referrals.referral(tx, referral))
    visit = read_visit(w, _there(submissions.submission(tx, row["submission"])))
    family = _there(households.household(tx, row["household"]))
    members = households.members(tx, row["household"])
    told = telling.tell(visit.form, visit.body, {one["person"]: one["given_names"] for one in members})
    judged = _there(assessments.of_kind(tx, visit.id, "today"))
    findings = assessments.findings(tx, judged["id"])
    completion = _completion(tx, referral)
    return f.LetterFacts(
        reference=reference(referral),
        made_at=at,
        visit_on=visit.row["occurred_on"],
        urgency=row["urgency"],
        destination=routes_of(w, tx, row["household"]).destinations[row["destination"]].words,
        level=_level(w, judged),
        referrer=_referrer(tx, row),
        receiving_team=_receiving_team(tx, row),
        completion=completion,
        children=tuple(_child(one, visit) for one in members if one["role"] == "child"),
        adults=_adults(tx, row["household"], members),
        household_address=", ".join(part for part in (family["address"], family["postcode"]) if part),
        household_phone=next((one["phone"] for one in members if one["role"] != "child" and one["phone"]), ""),
        people_seen=telling.people_seen(told),
        findings=tuple(_finding(one, told, visit, members) for one in findings if one["state"] == "present" and not one["under"]),
        evidence=telling.evidence(told, _paths(findings, "present", "because"), visit.row["occurred_on"], _author(tx, visit)),
        cannot_tell=telling.cannot_tell(visit.form, told, _paths(findings, "cannot_tell", "missing")),
        **_history(w, tx, visit),
        **arrangements(tx, row["household"], {one["person"]: one["given_names"] for one in members}, w.catalogue.levels),
        sleeps=telling.sleeps(told),
        home=telling.home(told),
        substances=telling.substances(told),
        strengths=tuple(line for line in told.free_text(telling.STRENGTHS).splitlines() if line.strip()),
        in_words=telling.in_words(told),
        parents_view=told.free_text(telling.PARENTS_VIEW),
        analysis="\n".join(part for part in (told.free_text(telling.ANALYSIS), _own_reason(tx, referral)) if part),
        urgent_calls=tuple(_call(one) for one in assessments.calls(tx, visit.id)),
        versions=(
            ("Form", f"{visit.form.name}-{visit.form.version}"),
            *((name.capitalize(), judged[name]) for name in ("levels", "policy", "routes")),
        ),
    )


def _there(row: Row | None) -> Row:
    if row is None:
        raise LookupError("a sent referral rests on facts that are not there")
    return row


def _level(w: Wired, judged: Row) -> f.Level:
    words = w.catalogue.levels.words
    least, most = judged["at_least"], judged["could_be"]
    return f.Level(least, most, words(least).local, words(most).local)


def _referrer(tx: Tx, referral: Row) -> f.Referrer:
    account = accounts.account(tx, sender_of(tx, referral)) or {}
    team = teams.team(tx, account["team"]) if account.get("team") else None
    above = accounts.accounts_in_team(tx, account["team"], "supervisor") if account.get("team") else []
    return f.Referrer(
        name=account.get("name", ""),
        role=roles.ACCOUNTS.get(account.get("role", ""), ""),
        organisation=team["name"] if team else "",
        phone=account.get("phone") or (team["phone"] if team else ""),
        email=account.get("email") or "",
        manager=above[0]["name"] if above else "",
        manager_phone=(above[0]["phone"] or "") if above else "",
    )


def _receiving_team(tx: Tx, referral: Row) -> f.ReceivingTeam:
    team = teams.receiving_team(tx, referral["receiving_team"]) if referral["receiving_team"] else None
    return f.ReceivingTeam(team["name"], team["phone"], team["phone_out_of_hours"]) if team else f.ReceivingTeam("")


def _completion(tx: Tx, referral: str) -> f.Completion:
    said = next(json.loads(event["detail"]) for event in referrals.events(tx, referral) if event["event"] == "requested")
    return f.Completion(**said | {"not_told_why": tuple(said["not_told_why"])})


def _own_reason(tx: Tx, referral: str) -> str:
    """Why a practitioner proposed it by hand; nothing where the rules did."""
    opened = next(event for event in referrals.events(tx, referral) if event["event"] == "proposed")
    return "" if opened["actor"] == SERVICE else "\n".join(json.loads(opened["detail"])["reasons"])


def _child(row: Row, visit: Visit) -> f.Child:
    age = age_days(row["born_on"], visit.row["occurred_on"])
    return f.Child(_name(row), row["born_on"], row["due_on"], age_words(age) if age is not None else "", row["nhs_number"] or "")


def age_words(days: int) -> str:
    """An age as people say it of a small child."""
    if days < 28:
        return f"{days} day{'s' * (days != 1)}"
    if days < 365:
        return f"{days // 7} weeks"
    return f"{days // 365} year{'s' * (days // 365 != 1)}" if days >= 2 * 365 else f"{days // 30} months"


def _adults(tx: Tx, household: str, members: list[Row]) -> tuple[f.Adult, ...]:
    holders = letters.holders_of_responsibility(tx, household)
    return tuple(
        f.Adult(
            _name(one),
            _who(one),
            one["phone"] or "",
            one["person"] in holders or None,
            one["born_on"],
        )
        for one in members
        if one["role"] != "child"
    )


def _who(member: Row) -> str:
    return roles.MEMBERS.get(member["role"], "").capitalize()


def _name(row: Row) -> str:
    return f"{row['given_names']} {row['family_name']}".strip()


def _paths(findings: list[Row], state: str, part: str) -> list[str]:
    return [path for one in findings if one["state"] == state for path in json.loads(one[part])]


def _finding(row: Row, told: telling.Told, visit: Visit, members: list[Row]) -> f.Finding:
    ways = {line.known for path in json.loads(row["because"]) if (line := told.by_path.get(path)) and line.known}
    about = next((one["given_names"] for one in members if one["person"] == row["person"]), "")
    return f.Finding(
        telling.area_of(row["area"]), row["severity"], row["said"], about, visit.row["occurred_on"], ways.pop() if len(ways) == 1 else None,
        row["level"], shareable=True,
    )  # fmt: skip


def _author(tx: Tx, visit: Visit) -> str:
    account = accounts.account(tx, visit.row["author"])
    return account["name"] if account else ""


def _call(row: Row) -> f.UrgentCall:
    return f.UrgentCall(row["at_time"], row["who"], row["number"], bool(row["reached"]), row["spoke_to"], row["said"])


def _history(w: Wired, tx: Tx, visit: Visit) -> dict[str, Any]:
    """The visits of the family in words, how many were not completed and how, and what earlier ones found."""
    rows = visits.visits(tx, visit.household, MOST_EARLIER)
    not_completed = Counter(outcome_words(w, row) for row in rows if row["kind"] == NOT_COMPLETED)
    names = {row["author"]: (accounts.account(tx, row["author"]) or {"name": ""})["name"] for row in rows}
    return {
        "visits": tuple(f.VisitLine(row["occurred_on"], outcome_words(w, row), names[row["author"]]) for row in rows),
        "not_completed": tuple(f.NotCompleted(kind, count) for kind, count in sorted(not_completed.items())),
        "earlier_findings": tuple(
            f.EarlierFinding(row["occurred_on"], one["said"], AREAS.get(one["area"], ""), shareable=True)
            for row in rows
            if row["submission"] != visit.id and row["assessment"]
            for one in assessments.findings(tx, row["assessment"])
            if one["state"] == "present" and not one["under"]
        ),
    }


def outcome_words(w: Wired, row: Row) -> str:
    """How a visit went, in its form's own words."""
    form = w.catalogue.form(row["form"], row["form_version"])
    asked = next((question for question, _ in form.placed.values() if question.measure == OUTCOME), None)
    return (telling.words(asked, row["outcome"]) if asked else "") or form.title
