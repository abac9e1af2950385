"""Help is owed until it was seen in use; a bed for tonight is due the same day."""

import pytest

from tests.flow.family_work import HOSTILE, TOO_LONG, owed, problem_of
from visitapp.flow import duties, helping


def need(world, family, who="hv", **said):
    return helping.need(world.w, world.who[who], family.household, **({"what": "cot", "needed_on": "2026-11-22"} | said))


def step(world, order, name, who="hv", **said):
    helping.step(world.w, world.who[who], order, step=name, **({"on_date": "2026-11-22"} | said))


def test_given_a_cot_is_needed_then_it_is_owed_until_it_was_seen_in_use(world):
    family = world.family()
    order = need(world, family, person=family.people["Ava"], words="The old one is broken.")
    [duty] = owed(world, family)
    assert (duty["subject"], duty["kind"], duty["owner_account"]) == (f"help:{order}", "help", world.who["hv"])
    assert duty["what"] == "A cot: see that it comes and is in use. The old one is broken."
    assert duty["due_at"] == "2026-12-06T10:40:00.000Z"
    for name in ("ordered", "delivered"):
        step(world, order, name)
        assert owed(world, family) == [duty]
    step(world, order, "seen_in_use")
    assert owed(world, family) == []
    assert world.rows("SELECT how, evidence FROM duty_closed") == [{"how": "done", "evidence": "Seen in use."}]


def test_given_it_is_no_longer_needed_then_why_is_said(world):
    family = world.family()
    order = need(world, family)
    assert problem_of(step, world, order, "no_longer_needed") == "words"
    step(world, order, "no_longer_needed", words="Her aunt lent one, seen in use.")
    assert world.rows("SELECT how, evidence FROM duty_closed") == [
        {"how": "no_longer_needed", "evidence": "Her aunt lent one, seen in use."}
    ]
    assert problem_of(step, world, order, "delivered") == "step"


@pytest.mark.parametrize(
    ("at", "due"),
    [
        ("2026-11-22T10:40:00.000Z", "2026-11-22T16:40:00.000Z"),
        ("2026-11-22T20:10:00.000Z", "2026-11-22T23:59:59.999Z"),
        ("2026-06-22T22:30:00.000Z", "2026-06-22T22:59:59.999Z"),
        ("2026-06-22T23:30:00.000Z", "2026-06-23T05:30:00.000Z"),
    ],
)
def test_a_bed_for_tonight_is_due_the_same_day_and_never_past_midnight(world, at, due):
    family = world.family(born_on="2026-01-20")
    world.clock.at = at
    needed_on = "2026-06-23" if at.endswith("23:30:00.000Z") else at[:10]
    need(world, family, what="mattress", tonight=True, needed_on=needed_on)
    [duty] = owed(world, family)
    assert duty["due_at"] == due
    assert duty["what"].startswith("A mattress, tonight: ")


def test_given_the_bed_for_tonight_came_then_that_it_is_in_use_is_still_owed_and_no_longer_tonight(world):
    family = world.family()
    order = need(world, family, tonight=True)
    step(world, order, "ordered")
    assert owed(world, family)[0]["due_at"] == "2026-11-22T16:40:00.000Z"
    world.clock.on(hours=2)
    step(world, order, "delivered")
    [duty] = owed(world, family)
    assert (duty["due_at"], duty["what"]) == ("2026-12-06T12:40:00.000Z", "A cot: see that it comes and is in use.")


def test_help_said_late_or_ahead_is_counted_from_the_day_it_is_needed(world):
    family = world.family()
    need(world, family, needed_on="2026-11-20")
    need(world, family, needed_on="2026-12-01")
    need(world, family, needed_on="2026-11-21", tonight=True)
    assert [row["due_at"][:10] for row in owed(world, family)] == ["2026-11-21", "2026-12-04", "2026-12-15"]


def test_help_is_ended_where_it_stands_and_not_by_a_word(world):
    family = world.family()
    order = need(world, family)
    for how in ("done", "excused", "declined"):
        said = {"how": how, "evidence": "It came.", "reference": "none"}
        assert problem_of(duties.close, world.w, world.who["lead"], f"help:{order}", **said) == "how"
    assert len(owed(world, family)) == 1


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("what", {"what": "car"}), ("what", {"what": None}), ("words", {"what": "other"}), ("words", {"words": TOO_LONG}),
        ("needed_on", {"needed_on": ""}), ("needed_on", {"needed_on": "2026-11-23", "tonight": True}), ("person", {"person": "nobody"}),
        ("tonight", {"tonight": "perhaps"}),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_need_is_said_beside_its_field(world, field, said):
    assert problem_of(need, world, world.family(), **said) == field
    assert world.count("help_order") == 0


@pytest.mark.parametrize(
    ("field", "name", "said"),
    [("step", "lost", {}), ("on_date", "ordered", {"on_date": "2026-11-23"}), ("words", "ordered", {"words": TOO_LONG})],
)
def test_what_is_wrong_with_a_step_is_said_beside_its_field(world, field, name, said):
    assert problem_of(step, world, need(world, world.family()), name, **said) == field


def test_another_team_sees_none_of_it(world):
    family = world.family()
    order = need(world, family)
    assert problem_of(need, world, family, who="west") is None
    assert problem_of(step, world, order, "ordered", who="west") is None
    assert problem_of(step, world, "nobody", "ordered") is None


@pytest.mark.parametrize("name", HOSTILE)
def test_whatever_is_typed_is_kept_as_typed(world, name):
    text, family = HOSTILE[name], world.family()
    order = need(world, family, words=text)
    assert owed(world, family)[0]["what"].endswith(text)
    step(world, order, "ordered", words=text)
    step(world, order, "no_longer_needed", words=text)
    assert world.rows("SELECT DISTINCT words FROM help_step") == [{"words": text}]
    assert world.rows("SELECT words FROM help_order") == [{"words": text}]
