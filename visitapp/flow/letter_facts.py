"""Everything one letter may say, gathered from the facts in one read: the visit it is about in the form's own words, the practitioner's
completion, the family as it is known today, and the visits and findings before."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from visitapp.decide.score import scores
from visitapp.domain import roles
from visitapp.domain.moments import day_of, later
from visitapp.flow import letter_asked, letter_history, letter_people, telling, whose
from visitapp.flow import letter_sections as sections
from visitapp.flow.arrangements import gather as gather_arrangements
from visitapp.flow.kept_visit import Visit, read_visit, routes_of
from visitapp.flow.letter_arrangements import arrangements
from visitapp.flow.letter_chronology import chronology
from visitapp.flow.letter_sentences import reworded, sentences
from visitapp.flow.letter_unknown import unknown
from visitapp.flow.letters import reference, sender_of
from visitapp.flow.protected import address_kept_back, addresses
from visitapp.flow.recipients import receiver
from visitapp.flow.refer import SERVICE
from visitapp.letter import facts as f
from visitapp.letter.sentences import day
from visitapp.letter.withheld import without
from visitapp.store import (
    accounts,
    additions,
    assessments,
    households,
    letters,
    life_events,
    referral_calls,
    referral_updates,
    referrals,
    same,
    submissions,
    teams,
)
from visitapp.store.tx import Row, Tx

if TYPE_CHECKING:
    from visitapp.wiring import Wired


ADDED = "Something was added to the visit since it was written down: it stands in this letter."
VISITED = "There was a visit since: what was seen and said at it stands in this letter."
A_NIGHT_HOURS = 12
"""What was said of tonight is of the night before when the letter is written later than this: it is sent on, with what was said then."""
AT_VISIT = "Written at the visit: "
FOLLOWS = "There was a visit since: what was seen and said at it comes to you as number {number}."


def gather(w: Wired, tx: Tx, referral: str, at: str, number: int = 1, round: int | None = None) -> f.LetterFacts:
    """The facts of a referral's letter, or of the update or correction of that number: then of the visit that it tells of, where it tells
    of one. `round` is the one that the letter belongs to (None: the one that it is in now). The referral has been sent, so everything
    looked up here is there."""
    asked = letter_asked.asked(tx, _there(referrals.referral(tx, referral)), number, round or referrals.round_of(tx, referral))
    row, completion = asked.referral, asked.completion
    row |= {"household": whose.recorded(tx, row["household"])}  # who it is about, and where they live
    since = _there(referral_updates.numbered(tx, referral, number)) if number > 1 else None
    about = (since["submission"] if since else None) or row["submission"]
    stands_beside = additions.adds_to(tx, about)  # an addition is told with the visit that it stands beside
    about = stands_beside["id"] if stands_beside and stands_beside["form"] else about
    visit = read_visit(w, tx, _there(submissions.submission(tx, about)))
    family = _there(households.household(tx, row["household"]))
    members = households.members(tx, row["household"])
    names = letter_people.given_names(tx, members, visit.form, visit.body)
    told = telling.tell(visit.form, visit.body, names)
    every = life_events.earlier(tx, row["household"])
    kept_back = address_kept_back(w, tx, every)
    judged = _there(assessments.of_kind(tx, visit.id, "today"))
    findings = assessments.found(tx, judged["id"])
    because = _paths(findings, "present", "because")
    holders = letters.responsibility(tx, row["household"])
    look, arranged = letter_history.looking(w, tx, visit, findings, names, row["household"], at), gather_arrangements(tx, row["household"])
    made = sentences(visit.form, findings, told, visit.row["occurred_on"], visit.outside.began_at)
    facts = f.LetterFacts(
        reference=reference(referral, number),
        made_at=at,
        visit_on=visit.row["occurred_on"],
        urgency=row["urgency"],
        destination=routes_of(w, tx, row["household"]).destinations[row["destination"]].words,
        level=_level(w, judged),
        referrer=_referrer(tx, since["actor"] if since else sender_of(tx, row)),
        receiving_team=_receiving_team(w, tx, row),
        completion=completion,
        number=number,
        said_before=later(asked.at, hours=A_NIGHT_HOURS) < at,
        changed=tuple(_changed(tx, one, number) for one in _since(tx, referral, since, asked.raised is not None)),
        raised=asked.raised,
        children=letter_people.children(members, day_of(at).isoformat(), completion),
        adults=letter_people.adults(members, holders),
        household_address="" if kept_back else ", ".join(part for part in (family["address"], family["postcode"]) if part),
        address_kept_back=kept_back,
        household_phone=next((one["phone"] for one in members if one["role"] != "child" and one["phone"]), ""),
        responsibility=letter_people.responsibility(members, holders),
        language=letter_people.language(members, told),
        goes_to=row["destination"],
        people_seen=sections.people_seen(told),
        findings=tuple(_finding(one, told, visit, names) for one in findings if one["state"] == "present" and not one["under"]),
        evidence=reworded(made, completion.sentences if about == asked.visit else ()),
        added=tuple(_added(w, tx, visit.household, one, names) for one in additions.of(tx, "", visit.id, visit.household)),
        cannot_tell=unknown(visit.form, told, findings, members),
        **letter_history.gather(look, visit),
        **arrangements(arranged, names, w.catalogue.levels),
        chronology=chronology(look, members, arranged),
        **sections.sections(visit.form, told, evident=telling.evident(told, because)),
        analysis=_opinion(asked.own_reason or _own_reason(tx, referral), told.free_text(sections.ANALYSIS)),
        scores=tuple(_scores(look, visit, row["household"], names)),
        urgent_calls=_calls(tx, visit.id, referral),
        versions=(
            ("Form", f"{visit.form.name}-{visit.form.version}"),
            *((name.capitalize(), judged[name]) for name in ("levels", "policy", "routes")),
        ),
    )
    return without(facts, addresses(tx, every)) if kept_back else facts


def _there(row: Row | None) -> Row:
    if row is None:
        raise LookupError("a sent referral rests on facts that are not there")
    return row


def _level(w: Wired, judged: Row) -> f.Level:
    words = w.catalogue.levels.words
    least, most = judged["at_least"], judged["could_be"]
    return f.Level(least, most, words(least).local, words(most).local, words(least).words)


def _referrer(tx: Tx, by: str) -> f.Referrer:
    """Whoever sent it, or wrote the update or correction: that is who can say more, also while a colleague is on leave."""
    account = accounts.account(tx, by) or {}
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


def _receiving_team(w: Wired, tx: Tx, referral: Row) -> f.ReceivingTeam:
    """Who must answer, by whatever route it went there, with the numbers of today's directory."""
    to = receiver(w, tx, referral)
    team = teams.receiving_team(tx, to.receiving_team) if to.receiving_team else None
    return f.ReceivingTeam(to.name, to.phone, team["phone_out_of_hours"] if team else "")


def _since(tx: Tx, referral: str, since: Row | None, asks_again: bool) -> list[Row]:
    """What a letter says first of what was told since: an update or a correction itself; one that asks again, and one that is sent on, what
    was told before it."""
    told = referral_updates.of(tx, referral)
    if since is None:
        return told
    if not asks_again:
        return [since]
    return [one | {"submission": None} for one in told if one["number"] < since["number"] and (one["words"] or one["was_wrong"])]


def _own_reason(tx: Tx, referral: str) -> str:
    """Why a practitioner proposed it by hand; nothing where the rules did."""
    opened = next(event for event in referrals.events(tx, referral) if event["event"] == "proposed")
    return "" if opened["actor"] == SERVICE else "\n".join(json.loads(opened["detail"])["reasons"])


def _opinion(own_reason: str, at_visit: str) -> str:
    """Why it was proposed by hand comes first, so that page one never cuts it; what was written at the visit may be milder and older."""
    return "\n".join((own_reason, f"{AT_VISIT}{at_visit}") if own_reason and at_visit else filter(None, (own_reason, at_visit)))


def _added(w: Wired, tx: Tx, household: str, row: Row, names: dict[str, str]) -> f.Added:
    """An addition in the words of its form; what was recorded apart in it stands in no letter."""
    body = json.loads(same.body(tx, household, row["body"]))
    told = telling.tell(w.catalogue.form(row["form"], row["form_version"]), body, names)
    return f.Added(row["occurred_on"], row["author_name"] or "", tuple((line.label, line.words) for line in told.lines if line.words))


def _paths(findings: list[Row], state: str, part: str) -> list[str]:
    return [path for one in findings if one["state"] == state for path in json.loads(one[part])]


def _finding(row: Row, told: telling.Told, visit: Visit, names: Mapping[str, str]) -> f.Finding:
    ways = {line.known for path in json.loads(row["because"]) if (line := told.by_path.get(path)) and line.known}
    return f.Finding(
        telling.area_of(row["area"]), row["severity"], row["said"], names.get(row["person"], ""), visit.row["occurred_on"],
        ways.pop() if len(ways) == 1 else None, row["level"], shareable=True,
    )  # fmt: skip


def _scores(look: letter_history.Looking, visit: Visit, household: str, names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Each score of the visit with whose it is, as a range where not all was answered, with its day and the form that adds it up."""
    on, form = visit.row["occurred_on"], visit.form
    for one in scores(form, visit.body, look.before.given(household)):
        published = form.score[one.id]
        if (one.at_least, one.could_be) == (0, published.max):
            continue  # nothing of it was answered
        whose = f", {names[one.person]}" if one.person in names else ""
        least, most = one.at_least, one.could_be
        said = f"{least} of {published.max}" if least == most else f"from {least} to {most} of {published.max}: not all of it was answered"
        yield f"{published.title}{whose}", f"{said}, {day(on)}, {form.name}-{form.version}"


def _changed(tx: Tx, since: Row, number: int) -> f.Changed:
    """What an update or a correction says, with who wrote it: by itself, or in the letter to a team that the referral was sent on to."""
    here = ADDED if since["submission"] and additions.adds_to(tx, since["submission"]) else VISITED
    told = here if number > 1 else FOLLOWS.format(number=since["number"])
    words = " ".join(part for part in (since["words"], told if since["submission"] else "") if part)
    by = (accounts.account(tx, since["actor"]) or {}).get("name", "")
    return f.Changed(since["at"], by, words, since["was_wrong"], since["is_right"], since["says_who"])


def _calls(tx: Tx, visit: str, referral: str) -> tuple[f.UrgentCall, ...]:
    """The calls made at the visit, and those made about the referral itself."""
    about_it = [call | {"who": call["whom"], "said": call["agreed"]} for call in referral_calls.of(tx, referral)]
    return tuple(_call(one) for one in (*assessments.calls(tx, visit), *about_it))


def _call(row: Row) -> f.UrgentCall:
    return f.UrgentCall(row["at_time"], row["who"], row["number"], bool(row["reached"]), row["spoke_to"], row["said"])
