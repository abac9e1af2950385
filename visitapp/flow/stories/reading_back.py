"""Reads back what came of a story from the facts that were kept: nothing that is reported was remembered by the teller."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from visitapp.decide.ask import to_ask
from visitapp.domain.findings import Finding, Level
from visitapp.domain.moments import day_of
from visitapp.flow import arrangements, aside, telling
from visitapp.flow.remembering import remember
from visitapp.flow.stories.outcome import Duty, Found, Judged, Referred, Standing
from visitapp.formlang import Form
from visitapp.store import accounts, assessments, caseload, chronology, duties, life_events, referrals, submissions
from visitapp.store.caseload import newest_seq
from visitapp.store.seen import Families
from visitapp.store.tx import Row, Tx

if TYPE_CHECKING:
    from visitapp.wiring import Wired


@dataclass
class Reader:
    """Reads it back. `people` is id -> the story's key."""

    w: Wired
    people: Mapping[str, str]
    read: dict[str, Judged] = field(default_factory=dict)  # by the id of the judgement

    # --- a visit ----------------------------------------------------------------------------------------------------------------

    def judged(self, submission: str) -> Judged | None:
        """A visit by its newest judgement of today; None while it has none."""
        with self.w.engine.read() as tx:
            row, judged = submissions.submission(tx, submission), assessments.of_kind(tx, submission, "today")
            shown = assessments.of_kind(tx, submission, "as_shown")
            if row is None or judged is None or judged["id"] in self.read:
                return self.read.get(judged["id"]) if judged else None
            form, body = self.w.catalogue.form(row["form"], row["form_version"]), json.loads(row["body"])
            found = assessments.findings(tx, judged["id"])
            names = _names(tx, row["household"])
            problems = chronology.problems_of(tx, submission)
        told = telling.tell(form, body, names)
        findings = tuple(self._found(form, told, one) for one in found)
        level = Level(judged["at_least"], judged["could_be"])
        self.read[judged["id"]] = Judged(
            submission=submission, form=form, on=row["occurred_on"], findings=findings, level=level, urgency=judged["urgency"],
            destination=judged["destination"], words=self._destination(judged), reasons=tuple(json.loads(judged["reasons"])),
            asks=self._asks(findings, level), as_shown=shown is None or shown["matches_tablet"] == 1,
            problems=tuple(f"{one['path']}: {one['message']}" for one in json.loads(problems["problems"])) if problems else (),
        )  # fmt: skip
        return self.read[judged["id"]]

    def why_aside(self, submission: str) -> str:
        """Why a visit waits for somebody to look at it."""
        with self.w.engine.read() as tx:
            rows = submissions.quarantined(tx, submission)
        return " ".join(aside.REASONS[row["reason"]] for row in rows)

    def _found(self, form: Form, told: telling.Told, row: Row) -> Found:
        because, missing = tuple(json.loads(row["because"])), tuple(json.loads(row["missing"]))
        finding = Finding(
            row["code"], row["area"], row["row_id"], row["person"], row["state"], row["severity"], row["level"], because, missing,
            row["under"],
        )  # fmt: skip
        return Found(
            finding, self.people.get(row["person"], ""), row["said"], tuple(_answer(told, form, one) for one in because),
            tuple(_question(told, form, one) for one in missing),
        )  # fmt: skip

    def _destination(self, judged: Row) -> str:
        area = judged["routes"].rpartition("-")[0]
        routes = next(one for one in self.w.catalogue.routes_by_area.values() if one.name == area)
        return routes.destinations[judged["destination"]].words

    def _asks(self, findings: tuple[Found, ...], level: Level) -> tuple[Found, ...]:
        """What to ask next, as the tablet would have said it when the visit was finished."""
        catalogue = self.w.catalogue
        asks = to_ask([one.finding for one in findings], level, catalogue.levels, catalogue.policy.number("prompts_shown"))
        by_place = {(one.code, one.finding.row): one for one in findings if one.state == "cannot_tell"}
        return tuple(by_place[ask.finding, ask.row] for ask in asks)

    # --- a family ---------------------------------------------------------------------------------------------------------------

    def standing(self, household: str) -> Standing:
        """How the family stands at the clock of the story."""
        at = self.w.clock()
        with self.w.engine.read() as tx:
            homes = life_events.earlier(tx, household)
            arranged = arrangements.gather(tx, household)
            known = remember(self.w.catalogue, tx, Families.one(household), day_of(at).isoformat(), newest_seq(tx), at)[household]
            owed = sorted((row for home in homes for row in duties.of_household(tx, home)), key=lambda row: row["due_at"])
            waits = [row["level"] for row in arranged.levels if row["answered"] is None and row["level"] < (row["from_level"] or 0)]
            return Standing(
                at=at, household=household, duties=tuple(self._duty(tx, row, at) for row in owed), plans=arranged.plans,
                level=arranged.level["level"] if arranged.level else None, level_waits=waits[-1] if waits else None,
                lead=arranged.lead["name"] if arranged.lead else "", agencies=arranged.agencies, help=arranged.help,
                history=known.given["history"], memory=tuple(known.lines), courses=tuple(known.courses),
                referrals=tuple(self._referrals(tx, homes)),
            )  # fmt: skip

    def _duty(self, tx: Tx, row: Row, at: str) -> Duty:
        whom = next((key for id, key in self.people.items() if id in row["subject"]), "")
        return Duty(row["kind"], row["finding"] or "", whom, row["what"], self._name(tx, row), row["due_at"], row["due_at"] < at)

    def _name(self, tx: Tx, row: Row) -> str:
        account = accounts.account(tx, row["owner_account"]) if row["owner_account"] else None
        return str(account["name"]) if account else "nobody"

    def _referrals(self, tx: Tx, homes: tuple[str, ...]) -> list[Referred]:
        """Each referral of the family, in the order in which it was proposed."""
        events: dict[str, list[Row]] = {}
        for row in caseload.referral_events(tx, Families.several(homes)):
            events.setdefault(row["id"], []).append(row)
        return [self._referred(tx, id, rows) for id, rows in events.items()]

    def _referred(self, tx: Tx, id: str, events: list[Row]) -> Referred:
        row, owed = referrals.referral(tx, id), duties.duty(tx, id)
        assert row is not None
        opened = json.loads(events[0]["detail"])
        return Referred(
            id=id, level=row["level"], urgency=row["urgency"], destination=row["destination"], team=opened.get("words", ""),
            state=referrals.state(tx, id) or "", events=tuple((one["event"], one["at"]) for one in events),
            due_at=owed["due_at"] if owed else "", owner=self._name(tx, owed) if owed else "",
        )  # fmt: skip


def _names(tx: Tx, household: str) -> dict[str, str]:
    return {row["person"]: row["given_names"] for row in chronology.people_named_in(tx, household)}


GIVEN = "given/"
HISTORY = "given/history/"


def _answer(told: telling.Told, form: Form, path: str) -> str:
    """An answer that decided, as a person reads it."""
    line = told.by_path.get(path)
    if line is not None:
        return f"{line.label}{line.where}: {line.said}"
    return _known_before(form, path)


def _question(told: telling.Told, form: Form, path: str) -> str:
    """A question whose answer is missing."""
    line = told.by_path.get(path)
    question = form.placed.get(path.rpartition("/")[2]) or form.placed.get(path)
    if path.startswith(GIVEN) or question is None:
        return _known_before(form, path)
    return f"{question[0].label}{line.where if line else ''}"


def _known_before(form: Form, path: str) -> str:
    if path.startswith(HISTORY):
        return f"what is known from before ({path.removeprefix(HISTORY)})"
    if path.startswith(GIVEN):
        return f"what is known of the person ({path.rpartition('/')[2]})"
    found = form.placed.get(path.rpartition("/")[2])
    return found[0].label if found else path
