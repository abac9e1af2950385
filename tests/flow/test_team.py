"""The figures of a team over families made by chance: each count is its list, each list the team's alone, and both what was recorded."""

import random
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest

from tests.flow.world import World
from tests.store import build
from visitapp.domain import outcomes, referrals
from visitapp.flow.team import not_completed, screen
from visitapp.flow.team.facts import PERIODS
from visitapp.flow.team.figures import Cell, Section
from visitapp.flow.team.spans import spans
from visitapp.store import agreed_levels, agreement, households, records, visits_counted
from visitapp.store import referrals as store_referrals
from visitapp.store.tx import Tx

TODAY = date(2026, 11, 22)
WAYS = ("seen", "shown", "told", "told_by_agency", "")
WHYS = ("not_asked", "unanswered", "not_seen", "refused", "not_safe_to_ask")
OUTCOMES = ("no_answer", "refused_at_door", "cancelled_by_family", "not_brought", "cancelled_by_service", "wrong_address", None)
FOUND = (("home_harms", "home"), ("sleep_sofa", "sleep"), ("child_not_seen", "engagement"))


@dataclass
class Town:
    """Families of two teams with everything that figures count, and what was counted while it was written."""

    chosen: random.Random
    world: World
    counted: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    """(part, figure, family) -> how many, for the last 90 days."""
    east: list[str] = field(default_factory=list)

    def day(self, most: int = 200) -> date:
        return TODAY - timedelta(days=self.chosen.randrange(most))

    def fill(self, families: int) -> None:
        with self.world.w.engine.write() as tx:
            for number in range(families):
                self.family(tx, f"f{number:03}", "west" if self.chosen.random() < 0.3 else "hv")

    def family(self, tx: Tx, id: str, worker: str) -> None:
        build.family(tx, id, practitioner=self.world.who[worker], name=self.chosen.choice(["Ashdown", "=1+1", "Łuczak", "Okoro"]))
        if worker == "hv":
            self.east.append(id)
        born = self.day(900)
        build.member(tx, f"{id}-child", household=id, from_on=born.isoformat(), born_on=born.isoformat())
        days: list[date] = []
        for number in range(self.chosen.randrange(4)):
            days.append(self.visit(tx, f"{id}-v{number}", id, worker))
        for number in range(self.chosen.randrange(3)):
            self.not_let_in(tx, f"{id}-n{number}", id)
        if days and self.chosen.random() < 0.5:
            self.refer(tx, f"{id}-r", id)
        if self.chosen.random() < 0.3:
            agreed_levels.propose(tx, id=f"{id}-l", household=id, level=3, from_level=None, reason="seen", **build.STAMP)
        if self.chosen.random() < 0.3:
            households.plan_visit(tx, id=f"{id}-p", household=id, what="Visit", on_date=self.day().isoformat(), **build.STAMP)

    def count(self, part: str, figure: str, family: str, on: date, many: int = 1) -> None:
        if (TODAY - on).days < 90 and many and family in self.east:
            self.counted[part, figure, family] += many

    def visit(self, tx: Tx, id: str, family: str, worker: str) -> date:
        on = self.day()
        measures: list[tuple[str, ...]] = [(f"{family}-child", "child.seen", self.chosen.choice(["awake", "not_seen"]), "")]
        measures.append(("", "visit.contact", self.chosen.choice(["new_birth", "six_to_eight_weeks", "extra"]), ""))
        for _ in range(self.chosen.randrange(4)):
            way = self.chosen.choice(WAYS)
            measures.append((f"{family}-child", "sleep.surface", "own_cot" if way else "", way or "not_asked"))
            self.count("places", way or "unplaced", family, on)
            self.count("left", "not_asked.sleep.surface", family, on, 0 if way else 1)
        for why in self.chosen.sample(WHYS, self.chosen.randrange(3)):
            measures.append(("", "home.kitchen", "", why))
            self.count("left", f"{why}.home.kitchen", family, on)
        build.visit(tx, id, on=on.isoformat(), household=family, child_seen=True, measures=measures)
        self.count("visits", "made", family, on)
        states = [(code, area, self.chosen.choice(["present", "cannot_tell"])) for code, area in self.chosen.sample(FOUND, 2)]
        judged = build.assessment(tx, id, household=family, at_least=self.chosen.randrange(1, 5), could_be=4, findings=states)
        if self.chosen.random() < 0.5:
            self.neglect(tx, id, judged, family)
        for code, _, _ in states:
            if self.chosen.random() < 0.5:
                agreement.say(
                    tx, submission=id, household=family, form="home_visit", form_version=1, code=code, row_id="", person="",
                    agrees=self.chosen.random() < 0.5, reason="it was seen", by_author=False, **build.STAMP,
                )  # fmt: skip
        return on

    def neglect(self, tx: Tx, visit: str, judged: str, family: str) -> None:
        tx.append(
            "finding", household=family, assessment=judged, submission=visit, code="care_basic_again", area="care", person="", row_id="",
            state="present", severity="this_week", level=3, said="", because="[]", missing="[]", **build.STAMP,
        )  # fmt: skip
        if family in self.east:
            self.counted["neglect", "found", family] = 1

    def not_let_in(self, tx: Tx, id: str, family: str) -> None:
        on, outcome = self.day(), self.chosen.choice(OUTCOMES)
        build.visit(tx, id, on=on.isoformat(), household=family, kind="visit_not_completed", form="not_let_in", outcome=outcome)
        kind = "unknown" if outcome is None else not_completed._BY_OUTCOME[outcome]
        self.count("visits", kind, family, on)
        if outcome not in outcomes.NEVER_COUNTED:
            self.count("visits", "counted", family, on)

    def refer(self, tx: Tx, id: str, family: str) -> None:
        judged = tx.one("SELECT a.id, a.submission FROM assessment a JOIN visit v ON v.assessment = a.id WHERE v.household = :f", f=family)
        assert judged is not None
        store_referrals.add(
            tx, id=id, household=family, submission=judged["submission"], assessment=judged["id"], level=3, urgency="routine",
            destination="social_care", receiving_team=None, **build.STAMP,
        )  # fmt: skip
        row = {"id": id, "record": family}
        steps = [referrals.PROPOSED, referrals.REQUESTED, referrals.LETTERED, referrals.DELIVERED, referrals.DECIDED]
        for step in steps[: self.chosen.randrange(1, 6)]:
            said = {"outcome": self.chosen.choice(["early_help", "no_further_action"])} if step == referrals.DECIDED else {}
            store_referrals.add_event(tx, row, step, detail=said, **build.STAMP)
            if step == referrals.REQUESTED:
                self.count("replies", "sent", family, TODAY)
            if step == referrals.DECIDED:
                self.count("replies", said["outcome"], family, TODAY)


@pytest.fixture
def town(world: World) -> Town:
    made = Town(random.Random(6), world)
    made.fill(40)
    return made


def families_of(town: Town, section: str, key: str, days: int = 90) -> dict[str, int]:
    """The list behind a figure, page by page as a screen asks for it."""
    found: dict[str, int] = {}
    after: str | None = ""
    while after is not None:
        page = screen.behind(town.world.w, town.world.who["lead"], section, key, days, after)
        assert page is not None
        for row, items in page.lines:
            assert row["household"] not in found
            found[row["household"]] = sum(item.many for item in items)
        after = page.after
    return found


def test_each_count_is_its_list_and_each_list_is_the_teams_alone(town: Town) -> None:
    for days in PERIODS:
        shown = screen.figures(town.world.w, town.world.who["lead"], days)
        every = [(section, cell) for section in shown.sections for cell in section.cells() if cell.number]
        for section, cell in town.chosen.sample(every, 15) + [first_of(every, id) for id in screen.SECTIONS]:
            listed = families_of(town, section.id, cell.key, days)
            assert (sum(listed.values()), len(listed)) == (cell.number, len(cell.families)), (section.id, cell.key)
            assert set(listed) <= set(town.east)
        assert all(len({cell.key for cell in section.cells()}) == len(list(section.cells())) for section in shown.sections)


def first_of(every: list[tuple[Section, Cell]], id: str) -> tuple[Section, Cell]:
    return next(one for one in every if one[0].id == id)


def test_figures_are_what_was_recorded(town: Town) -> None:
    """Counted a second time while it was written, by nothing of ours."""
    shown = screen.figures(town.world.w, town.world.who["lead"], 90)
    expected: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    for (part, figure, family), many in town.counted.items():
        expected[part, figure][family] = many
    for (part, figure), families in expected.items():
        cell = part_of(shown.sections, part).cell(figure)
        assert cell is not None, (part, figure)
        assert cell.families == families, (part, figure)
    assert len(expected) >= 20
    assert {row["household"] for row in shown.families} == set(town.east)
    levels = [cell.number for cell in part_of(shown.sections, "caseload").cells() if cell.key.startswith("level.")]
    assert sum(levels) == len(town.east)


def part_of(sections: tuple[Section, ...], id: str) -> Section:
    return next(one for one in sections if one.id == id)


def test_every_opening_is_journalled(town: Town) -> None:
    w, lead = town.world.w, town.world.who["lead"]
    read = lambda kind: [row["household"] for row in town.world.rows("SELECT household FROM journal WHERE kind = :kind", kind=kind)]  # noqa: E731
    screen.figures(w, lead, 90)
    assert read("read.team") == [None]
    page = screen.behind(w, lead, "visits", "made", 90)
    assert page is not None
    assert read("read.team_families") == [row["household"] for row, _ in page.lines]
    whole = screen.taken_away(w, lead, "visits", "made", 90)
    assert whole is not None
    assert read("read.team_export") == [row["household"] for row, _ in whole.lines]
    screen.figures_taken_away(w, lead, 90)
    assert sorted(read("read.team_export")) == sorted([row["household"] for row, _ in whole.lines] + town.east)


def test_a_practitioner_of_another_team_and_a_supervisor_of_none_see_nothing(town: Town) -> None:
    for actor in ("admin", "duty"):
        shown = screen.figures(town.world.w, town.world.who[actor], 90)
        assert all(cell.number == 0 for section in shown.sections for cell in section.cells())
        assert shown.team is None


def test_what_a_newer_visit_looked_at_is_settled_and_a_closed_door_settles_nothing(world: World) -> None:
    with world.w.engine.write() as tx:
        build.family(tx, "f", practitioner=world.who["hv"])
        for id, on, form, kind, found in (
            ("old", "2026-09-01", "home_visit", "visit", [("home_harms", "home", "present"), ("sleep_sofa", "sleep", "present")]),
            ("sleep", "2026-10-01", "safer_sleep_review", "visit", []),
            ("door", "2026-11-01", "not_let_in", "visit_not_completed", [("visits_refused", "engagement", "present")]),
        ):
            build.visit(tx, id, on=on, household="f", form=form, kind=kind)
            build.assessment(tx, id, household="f", findings=found)
    shown = screen.figures(world.w, world.who["lead"], 90)
    found = {cell.key for cell in part_of(shown.sections, "caseload").cells() if cell.key.startswith("present.") and cell.number}
    assert found == {"present.home_harms", "present.visits_refused"}


def test_a_record_that_was_joined_to_another_counts_with_it_and_is_no_family_of_its_own(world: World) -> None:
    lead = world.who["lead"]
    with world.w.engine.write() as tx:
        for id, worker in (("whole", "hv"), ("half", "hv"), ("quarter", "hv"), ("theirs", "west"), ("ours", "hv")):
            build.family(tx, id, practitioner=world.who[worker])
            build.visit(tx, f"v-{id}", on="2026-11-01", household=id)
            build.assessment(tx, f"v-{id}", household=id, findings=[("sleep_sofa", "sleep", "present")])
        for household, duplicate in (("half", "quarter"), ("whole", "half"), ("theirs", "ours")):
            records.join(tx, id=duplicate, household=household, duplicate=duplicate, why="the same", moved="{}", **build.STAMP)
    shown = screen.figures(world.w, lead, 90)
    assert [row["household"] for row in shown.families] == ["whole"]
    assert {id: part_of(shown.sections, id).cell(key).families for id, key in (("visits", "made"), ("caseload", "present.sleep_sofa"))} == {
        "visits": {"whole": 3}, "caseload": {"whole": 1},
    }  # fmt: skip
    page = screen.behind(world.w, lead, "visits", "made", 90)
    assert page is not None
    assert [(row["household"], len(items)) for row, items in page.lines] == [("whole", 3)]


def test_weeks_and_months_cover_every_day_once() -> None:
    for days in PERIODS:
        since = TODAY - timedelta(days=days - 1)
        found = spans(since.isoformat(), TODAY.isoformat())
        covered = [day for one in found for day in dates(one.first, one.last)]
        assert covered == dates(since.isoformat(), TODAY.isoformat())
        assert len(dates(found[0].first, found[0].last)) >= (4 if days <= 90 else 15)  # not a day or two among weeks or months


def dates(first: str, last: str) -> list[date]:
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    return [start + timedelta(days=number) for number in range((end - start).days + 1)]


def test_what_had_no_answer_is_counted_with_its_reason_once_for_each_person() -> None:
    measures = [("a", "m", "", "not_asked"), ("b", "m", "", "not_asked"), ("a", "n", "", "refused"), ("a", "o", "x", "")]
    assert visits_counted.left_open(measures) == [("m", "not_asked", 2), ("n", "refused", 1)]
