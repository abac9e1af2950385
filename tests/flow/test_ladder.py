"""What is overdue climbs: who is told, when, and who answers meanwhile. Every day is a fixed one; the clock moves as the test says."""

import random
from contextlib import suppress

import pytest

from tests.flow.family_work import HOSTILE, POLICE, agree, calling_for, owed, problem_of, refused
from tests.flow.pictures import Photograph, consented
from tests.flow.world import Family, World
from visitapp.domain.moments import day_of, later
from visitapp.flow import clocks, cover, duties, ladder, people, photographs, standing_in, sweep
from visitapp.flow.stuck import what_is_stuck
from visitapp.problems import Problem
from visitapp.store import accounts, climbs

MONDAY = "2026-11-23T10:00:00.000Z"
FRIDAY_EVENING = "2026-11-20T18:30:00.000Z"
NURSE = {"post": "named_nurse", "name": "Ruth Named", "email": "nurse@icb.example", "phone": "01632 960200", "from_on": "2026-01-01"}
DOCTOR = {"post": "designated", "name": "Dr Designated", "email": "doctor@icb.example", "from_on": "2026-01-01"}


def climbed(world: World) -> list[tuple[str, str]]:
    return [(row["rung"], row["to_name"]) for row in world.rows("SELECT rung, to_name FROM climb ORDER BY seq")]


def watch(world: World, **on: float) -> list[tuple[str, str]]:
    """Let the time pass and the worker go round; every climb until now."""
    world.clock.on(**on)
    sweep.keep_watch(world.w)
    world.work()
    return climbed(world)


def plan_action(world: World, at: str = MONDAY):
    """A met trigger: owed by hv within four hours."""
    calling_for(world)
    world.clock.at = at
    family = world.family()
    agree(world, family, POLICE)
    refused(family, on=day_of(at).isoformat())
    world.work()
    with world.w.engine.write() as tx:  # the referral that the visit proposed, and the talk about it, are other stories
        tx.run("DELETE FROM duty WHERE referral IS NOT NULL OR kind = 'debrief'")
    return family


def answering(world: World, family) -> str:
    [duty] = owed(world, family)
    with world.w.engine.read() as tx:
        row = climbs.owed(tx, duty["subject"])
        account = ladder.answering(world.w, tx, row, world.clock()).account
    return next(name for name, id in world.who.items() if id == account)


def hold(world: World, *posts: dict) -> None:
    for post in posts:
        standing_in.hold_post(world.w, world.who["lead"], **post)


def away(world: World, who: str, deputy: str, from_on: str = "2026-11-20", to_on: str = "2026-12-31", by: str = "") -> str:
    span = {"account": world.who[who], "deputy": world.who[deputy], "from_on": from_on, "to_on": to_on}
    return standing_in.take_leave(world.w, world.who[by or who], **span)


def test_a_met_trigger_climbs_by_the_hour_to_the_top_and_every_rung_is_told_by_mail_without_a_name(world):
    plan_action(world)
    hold(world, NURSE, DOCTOR)
    assert watch(world, hours=4) == []
    assert watch(world, seconds=1) == [("practitioner", "Worker hv")]
    assert watch(world, hours=2)[1:] == [("supervisor", "Worker lead")]
    assert watch(world, hours=6)[2:] == [("named_nurse", "Ruth Named")]
    assert watch(world, hours=16)[3:] == [("designated", "Dr Designated")]
    assert watch(world, hours=50)[4:] == []
    assert [notice.to for notice in world.pigeon.sent] == [
        "hv@visits.example", "lead@visits.example", "nurse@icb.example", "doctor@icb.example",
    ]  # fmt: skip
    for notice in world.pigeon.sent:
        said = notice.subject + notice.text
        assert not any(name in said for name in ("Okoro", "Ava", "Ada", "Mill Row", "07700", "Worker", "Ruth", "police"))
        assert "D-" in said
    [stuck] = what_is_stuck(world.w)
    assert "Everybody on its ladder has been told" in stuck.words


def test_a_routine_reply_climbs_in_working_days_over_a_weekend(world):
    world.clock.at = "2026-11-19T10:00:00.000Z"  # a Thursday
    hold(world, NURSE, DOCTOR)
    family = world.family()
    family.untidy(on="2026-11-19")
    family.send()
    assert watch(world, hours=24) == []
    assert watch(world, minutes=1) == [("practitioner", "Worker hv")]
    assert watch(world, hours=48) == [("practitioner", "Worker hv")], "Sunday"
    assert watch(world, hours=24)[1:] == [("supervisor", "Worker lead")], "Monday"
    assert watch(world, hours=48)[2:] == [("named_nurse", "Ruth Named")], "Wednesday"
    assert watch(world, hours=48)[3:] == [("designated", "Dr Designated")], "Friday"


def test_a_rung_with_nobody_says_so_and_goes_on_to_the_next_at_once(world):
    plan_action(world)
    hold(world, DOCTOR)
    assert watch(world, hours=13)[2:] == [("named_nurse", ""), ("designated", "Dr Designated")]
    assert "Nobody is there as: named nurse." in what_is_stuck(world.w)[0].words
    assert [row["why"] for row in world.rows("SELECT why FROM climb WHERE to_name = ''")] == [ladder.NOBODY]


def test_nobody_above_the_practitioner_is_announced_on_status(world):
    plan_action(world)
    move(world, "lead", None)
    assert watch(world, hours=7) == [("practitioner", "Worker hv"), ("supervisor", ""), ("named_nurse", ""), ("designated", "")]
    assert "Nobody is there as: supervisor, named nurse, designated doctor or nurse." in what_is_stuck(world.w)[0].words


def test_a_weekend_has_an_owner_from_friday_evening_to_monday_morning(world):
    family = plan_action(world, FRIDAY_EVENING)
    standing_in.put_on_duty(world.w, world.who["lead"], account=world.who["midwife"], from_on="2026-11-21", to_on="2026-11-22")
    assert answering(world, family) == "midwife"
    for _ in range(2):
        assert watch(world) == [("on_duty", "Worker midwife")], "before anything is late"
    assert [notice.to for notice in world.pigeon.sent if "while offices are shut" in notice.subject] == ["midwife@visits.example"] * 2
    assert watch(world, hours=5)[1:] == [("practitioner", "Worker midwife")]
    world.clock.at = "2026-11-22T23:00:00.000Z"
    assert answering(world, family) == "midwife"
    world.clock.at = "2026-11-23T09:00:00.000Z"
    assert answering(world, family) == "hv"


def test_a_weekend_that_nobody_is_down_for_is_the_supervisors(world):
    family = plan_action(world, FRIDAY_EVENING)
    assert answering(world, family) == "lead"
    assert watch(world, hours=5) == [("on_duty", "Worker lead"), ("practitioner", "Worker lead")]


def test_what_does_not_run_by_the_hour_stays_its_owners_over_a_weekend(world):
    world.clock.at = "2026-11-19T10:00:00.000Z"
    family = world.family()
    family.untidy(on="2026-11-19")
    referral = family.send()
    world.clock.at = "2026-11-21T10:00:00.000Z"
    with world.w.engine.read() as tx:
        assert ladder.answering(world.w, tx, climbs.owed(tx, referral), world.clock()).account == world.who["hv"]


def test_leave_has_a_deputy_who_is_told_and_owns_what_falls_due(world):
    family = plan_action(world)
    leave = away(world, "hv", "midwife")
    world.work()
    assert [(notice.to, "colleague" in notice.text) for notice in world.pigeon.sent] == [("midwife@visits.example", True)]
    assert answering(world, family) == "midwife"
    assert watch(world, hours=5) == [("practitioner", "Worker midwife")]
    away(world, "midwife", "lead")
    assert answering(world, family) == "lead", "a deputy who is away has a deputy"
    standing_in.end_leave(world.w, world.who["lead"], leave)
    assert answering(world, family) == "hv", "back early"


def test_who_may_record_leave_rota_and_posts_and_what_is_refused(world):
    take, who = standing_in.take_leave, world.who
    span = {"account": who["hv"], "deputy": who["midwife"], "from_on": "2026-11-23", "to_on": "2026-11-27"}
    assert problem_of(take, world.w, who["midwife"], **span) == "account"
    assert problem_of(take, world.w, who["west"], **span) == "account"
    assert problem_of(take, world.w, who["hv"], **(span | {"deputy": who["hv"]})) == "deputy"
    assert problem_of(take, world.w, who["hv"], **(span | {"deputy": who["west"]})) == "deputy"
    assert problem_of(take, world.w, who["hv"], **(span | {"deputy": ""})) == "deputy"
    assert problem_of(take, world.w, who["hv"], **(span | {"to_on": "2026-11-22"})) == "to_on"
    assert problem_of(take, world.w, who["hv"], **(span | {"from_on": "yesterday"})) == "from_on"
    away(world, "midwife", "lead", by="lead")
    assert problem_of(take, world.w, who["hv"], **span) == "deputy", "the deputy is away then too"
    assert problem_of(standing_in.put_on_duty, world.w, who["hv"], account=who["hv"], from_on="2026-11-28", to_on="2026-11-29") is None
    assert problem_of(standing_in.hold_post, world.w, who["hv"], **NURSE) is None
    assert problem_of(standing_in.hold_post, world.w, who["lead"], **(NURSE | {"email": ""})) == "email"
    assert problem_of(standing_in.hold_post, world.w, who["lead"], **(NURSE | {"post": "king"})) == "post"
    assert problem_of(standing_in.hold_post, world.w, who["lead"], **(NURSE | {"name": "x" * 10_001})) == "name"
    for text in HOSTILE.values():
        hold(world, NURSE | {"name": text, "phone": text})
        with world.w.engine.read() as tx:
            here = cover.of(world.w, tx, world.team, world.clock())
        assert here is not None
        assert here.posts["named_nurse"].name == text


def test_status_shows_only_what_is_ones_own_teams(world):
    plan_action(world)
    watch(world, hours=5)
    assert len(what_is_stuck(world.w, world.who["lead"])) == len(what_is_stuck(world.w, world.who["admin"])) == 1
    assert what_is_stuck(world.w, world.who["west"]) == []


# random days


def somebody_answers(world: World, at: str) -> None:
    """Whether or not the worker has gone round: every duty has somebody of the team who is there and answers."""
    with world.w.engine.read() as tx:
        for row in tx.all(climbs.OWED):
            here = cover.of(world.w, tx, row["team"], at)
            assert here is not None
            account = ladder.answering(world.w, tx, row, at).account
            assert account in here.members or (account is None and not here.supervisors())
            assert account not in here.away


def move(world: World, who: str, team: str | None) -> None:
    """Somebody works for another team from now on, or for none."""
    with world.w.engine.write() as tx:
        row = accounts.account(tx, world.who[who])
        assert row is not None
        kept = {name: row[name] for name in ("username", "name", "role", "email")}
        accounts.add_account(tx, id=row["account"], team=team, at=world.clock(), actor="system", **kept)


def check(world: World, at: str) -> None:
    """Everything overdue was told as far as its time has come."""
    with world.w.engine.read() as tx:
        for row in tx.all(climbs.OWED):
            policy = clocks.policy(world.w, tx, row["household"])
            told = {one["rung"] for one in climbs.told(tx, row["subject"], row["due_at"])}
            for rung in ladder.words.RUNGS:
                when = clocks.due(policy, ladder.words.setting(rung, ladder.hourly(policy, row)), row["due_at"])
                assert rung in told or when > at or row["due_at"] >= at, (rung, row["subject"], at)


def act(world: World, family: Family, chance: random.Random) -> None:
    """Something happens that a duty, its owner or its ladder may depend on. It may be refused: somebody works elsewhere, or is away too."""
    today, until = world.clock(), later(world.clock(), days=chance.randrange(1, 9))
    span = {"from_on": day_of(today).isoformat(), "to_on": day_of(until).isoformat()}
    who, deputy = chance.sample(["hv", "midwife", "lead"], 2)
    lead = world.who["lead"]
    happens = [
        lambda: refused(family, on=span["from_on"]),
        lambda: who == "lead" or away(world, who, deputy, **span),  # somebody always leads
        lambda: standing_in.put_on_duty(world.w, lead, account=world.who[who], **span),
        lambda: hold(world, chance.choice([NURSE, DOCTOR, NURSE | {"name": "", "email": ""}])),
        lambda: duties.close(world.w, world.who["midwife"], owed(world, family)[0]["subject"], how="done", evidence="Seen."),
        lambda: people.name_practitioner(world.w, lead, family.household, account=world.who[who]),
        lambda: move(world, "hv", chance.choice([world.team, world.rows("SELECT id FROM team WHERE area = 'westfen'")[0]["id"]])),
    ]
    with suppress(Problem, IndexError):
        chance.choice(happens)()


@pytest.mark.parametrize("seed", range(2))
def test_whatever_happens_and_however_the_clock_moves_nothing_overdue_is_untold_and_every_duty_has_somebody_there(world, seed):
    chance = random.Random(seed)
    calling_for(world)
    family = world.family()
    agree(world, family, POLICE)
    refused(family)
    for _ in range(40):
        act(world, family, chance)
        world.clock.on(hours=chance.choice([0.1, 1, 5, 20, 60, 100]))
        somebody_answers(world, world.clock())
        sweep.keep_watch(world.w)
        check(world, world.clock())
    world.work()
    assert len(world.pigeon.sent) > 3
    assert not any(name in notice.subject + notice.text for notice in world.pigeon.sent for name in ("Okoro", "Ava", "Ada", "Ruth"))
    twice = world.rows("SELECT subject FROM climb GROUP BY subject, due_at, rung, place HAVING count(*) > 1")
    assert twice == []


# what else is stuck


def photographed(world: World, *, come: int) -> None:
    """A visit that names two photographs, of which so many come."""
    tablet, family = world.tablet(), world.family()
    id = "10000000-0000-4000-8000-000000000001"
    pictures = [Photograph.of(tablet, id, number=number) for number in (1, 2)]
    listing = consented(*[one.listed() for one in pictures])
    tablet.send(tablet.write(family.household, "home_visit", "2026-11-22", {}, id=id, photographs=listing))
    world.work()
    for one in pictures[:come]:
        one.send(tablet)


def missing(world: World, who: str = "lead") -> list[str]:
    return [one.owner for one in what_is_stuck(world.w, world.who[who]) if one.what == "photographs_missing"]


def test_photographs_that_never_came_are_announced_until_they_come_or_a_supervisor_says_that_they_will_not(world):
    photographed(world, come=1)
    visit = world.rows("SELECT id FROM submission")[0]["id"]
    world.clock.on(hours=48)
    assert missing(world) == []
    world.clock.on(hours=1)
    assert missing(world) == [world.who["hv"]]
    assert missing(world, "west") == []
    give_up = photographs.give_up
    assert problem_of(give_up, world.w, world.who["lead"], visit, " ") == "photographs_reason"
    assert problem_of(give_up, world.w, world.who["lead"], visit, "x" * 10_001) == "photographs_reason"
    assert problem_of(give_up, world.w, world.who["hv"], visit, "Lost.") is None
    give_up(world.w, world.who["lead"], visit, HOSTILE["markup"])
    assert missing(world) == []


def test_photographs_that_all_came_are_not_announced(world):
    photographed(world, come=2)
    world.clock.on(hours=100)
    assert missing(world) == []


def test_a_referral_without_a_team_is_announced(world):
    family = world.family(area="westfen")
    family.sofa()
    assert [(one.what, one.link) for one in what_is_stuck(world.w)] == [("no_route", f"/referrals/{family.referral()}")]


def test_the_deputy_of_whoever_is_told_something_is_told_too(world):
    away(world, "lead", "midwife")
    family = world.family()
    family.sofa()
    family.send()
    told = world.rows("SELECT to_account FROM notice WHERE what LIKE 'A referral at level%'")
    assert [row["to_account"] for row in told] == [world.who["lead"], world.who["midwife"]]


def test_what_comes_to_somebody_all_at_once_is_told_in_one_word_and_stands_on_the_list(world):
    world.clock.at = MONDAY
    for number in range(4):
        world.family(f"Family {number}").sofa(on="2026-11-23")
    watch(world, days=3)  # the service stood still
    mails = [row["kind"] for row in world.rows("SELECT kind FROM notice_message WHERE to_account = :hv", hv=world.who["hv"])]
    assert (mails.count("overdue"), mails.count("overdue_many")) == (ladder.MOST_APART, 1)
    assert len({row["subject"] for row in world.rows("SELECT subject FROM climb WHERE to_account = :hv", hv=world.who["hv"])}) == 8
