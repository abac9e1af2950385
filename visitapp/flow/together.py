"""Working together: the other agencies, what each was told, who leads, and what meetings decide. Another agency's closure is theirs: it is
kept with what we still find, ends none of our duties and changes no level of ours.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from visitapp.decide.due import end_of
from visitapp.domain.duties import LEAD, MEETING, MEETING_ACTION, meeting_subject
from visitapp.domain.moments import date_words, day_of
from visitapp.flow import duties, whose
from visitapp.flow import family_schemas as schemas
from visitapp.flow.page_faults import Parts
from visitapp.problems import problem, wrong
from visitapp.store import duties as owed
from visitapp.store import life_events, together
from visitapp.store.tx import Row, Tx

if TYPE_CHECKING:
    from visitapp.wiring import Wired

WRITTEN_TO = ("worker", "email", "phone", "manager", "manager_email", "manager_phone")
"""Who at an agency works with this family, how letters reach them, and who is above them."""


def involve(w: Wired, actor: str, household: str, **said: Any) -> str:
    """Another agency works with the family; its id. `said`: kind (domain/agencies.py), name, contact, knows, from_on, and who there
    is written to (`WRITTEN_TO`). Raises Problem with a field."""
    id, at = w.new_id(), w.clock()
    agency = schemas.load(schemas.AGENCY, said, today=day_of(at).isoformat())
    agency |= {name: agency[name] or "" for name in ("contact", "knows", *WRITTEN_TO)}

    def write(tx: Tx) -> str:
        whose.act_for(tx, actor, household)
        together.involve(tx, id=id, household=household, at=at, actor=actor, **agency)
        return id

    return w.writer.submit(write)


def tell_agency(w: Wired, actor: str, agency: str, *, how: str, on_date: str, words: str = "") -> None:
    """The agency was told, replied, or was not told and why. Raises Problem with a field."""
    at = w.clock()
    said = schemas.load(schemas.TOLD, {"how": how, "on_date": on_date, "words": words}, today=day_of(at).isoformat())

    def write(tx: Tx) -> None:
        row = _agency(tx, actor, agency)
        together.tell(
            tx, agency=agency, household=row["household"], how=said["how"], on_date=said["on_date"], words=said["words"] or "", at=at,
            actor=actor,
        )  # fmt: skip

    w.writer.submit(write)


def close_agency(w: Wired, actor: str, agency: str, *, on_date: str, reason: str, unresolved: Any = ()) -> None:
    """The agency ended its part. `unresolved` are the codes of the findings that we still find. Raises Problem with a field."""
    at = w.clock()
    given = {"on_date": on_date, "reason": reason, "unresolved": list(unresolved)}
    said = schemas.load(schemas.AGENCY_END, given, today=day_of(at).isoformat())
    codes = tuple(dict.fromkeys(said["unresolved"]))
    if not all(any(code in form.rules for form in w.catalogue.forms) for code in codes):
        raise wrong("unresolved", "Choose from the findings.")

    def write(tx: Tx) -> None:
        row = _agency(tx, actor, agency)
        if said["on_date"] < row["from_on"]:
            raise wrong("on_date", "This is before they began to work with the family.")
        kept = together.close(
            tx, agency=agency, household=row["household"], on_date=said["on_date"], reason=said["reason"], unresolved=codes, at=at,
            actor=actor,
        )  # fmt: skip
        if kept is None:
            raise wrong("reason", "Their part has ended already.")

    w.writer.submit(write)


def name_lead(
    w: Wired, actor: str, household: str, *, name: str, from_on: str, account: str | None = None, agency: str | None = None
) -> None:  # fmt: skip
    """Who leads for every agency: somebody of ours (`account`), of an agency that is involved, or named in words alone. Raises Problem with
    a field."""
    at = w.clock()
    given = {"name": name, "account": account, "agency": agency, "from_on": from_on}
    lead = schemas.load(schemas.LEAD, given, today=day_of(at).isoformat())

    def write(tx: Tx) -> None:
        whose.act_for(tx, actor, household)
        parts, row = Parts(), together.agency(tx, lead["agency"]) if lead["agency"] else None
        with parts.each():
            whose.check_ours(tx, household, "account", lead["account"])
        with parts.each():
            if lead["agency"] and (row is None or row["household"] not in life_events.earlier(tx, household)):
                raise wrong("agency", "Choose an agency that works with this family.")
        parts.check()
        together.name_lead(tx, household=household, at=at, actor=actor, **lead)
        since = f"{lead['name']} leads from {date_words(date.fromisoformat(lead['from_on']))}."
        duties.closed_by_arrangement(w, tx, household, LEAD, evidence=since, at=at, actor=actor)

    w.writer.submit(write)


def meet(w: Wired, actor: str, household: str, *, decisions: Any = (), **said: Any) -> str:
    """The agencies met; the id of the meeting. `said`: on_date, attended, agencies (how many were there); each decision: what, owner,
    owner_account, due_on, and is owed by name until the end of that day. Raises Problem with a field such as `decisions.0.due_on`."""
    id, at = w.new_id(), w.clock()
    parts, meeting, decided = Parts(), dict[str, Any](), list[dict[str, Any]]()
    with parts.each():
        meeting = schemas.load(schemas.MEETING, said, today=day_of(at).isoformat())
    with parts.each():
        decided = schemas.load_each(schemas.DECISION, "decisions", decisions, most=schemas.MOST_DECISIONS)
    for number, one in enumerate(decided):
        with parts.each():
            if one["due_on"] < meeting.get("on_date", ""):
                raise wrong(f"decisions.{number}.due_on", "This is before the meeting. Give a day from then on.")
    parts.check()

    def write(tx: Tx) -> str:
        whose.act_for(tx, actor, household)
        for number, one in enumerate(decided):
            whose.check_ours(tx, household, f"decisions.{number}.owner_account", one["owner_account"])
        together.meet(tx, id=id, household=household, decisions=decided, at=at, actor=actor, **meeting)
        for number, one in enumerate(decided, 1):
            _owe(tx, household, meeting_subject(id, number), one, at, actor)
        met = f"They met on {date_words(date.fromisoformat(meeting['on_date']))}: {meeting['attended']}"
        duties.closed_by_arrangement(w, tx, household, MEETING, evidence=met, at=at, actor=actor)
        return id

    return w.writer.submit(write)


def _owe(tx: Tx, household: str, subject: str, decision: dict[str, Any], at: str, actor: str) -> None:
    who = f" ({decision['owner']})" if decision["owner"] else ""
    owed.owe(
        tx, subject=subject, kind=MEETING_ACTION, what=f"{decision['what']}{who}", due_at=end_of(date.fromisoformat(decision["due_on"])),
        at=at, actor=actor, household=household,
        owner_account=decision["owner_account"] or whose.practitioner(tx, household, actor),
    )  # fmt: skip


def _agency(tx: Tx, actor: str, agency: str) -> Row:
    row = together.agency(tx, agency)
    if row is None:
        raise problem("not_found")
    whose.act_for(tx, actor, row["household"])
    return row
