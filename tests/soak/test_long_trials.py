"""What `make test` runs a slice of, at length: kills of the service, of the tablet and in the middle of a word, connections cut at every
byte, random rules and visits in two languages. A failure names its seed."""

from pathlib import Path
from typing import Any

import pytest

from tests.browser.killed_typing import type_and_kill
from tests.browser.service import Place, Service
from tests.browser.tablet import Tablet
from tests.decide.test_two_languages import compare
from tests.flow.killed_service import Killed
from tests.flow.test_referrals_by_chance import walk
from tests.flow.test_stories_by_chance import break_somewhere, shuffle, tell_broken
from tests.sending.trials import SEED, cuts, trials
from visitapp.cli import story
from visitapp.formlang import load_catalogue
from visitapp.wiring import FORMS

SEEDS = range(1, 26)
TRIALS = 2_000


def test_forty_kills_lose_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    killed = Killed(tmp_path)
    killed.trial(rounds=40, seed=1)
    kept = killed.kept()
    assert len(killed.acknowledged) > 100
    assert {id: kept.get(id) for id in killed.acknowledged} == killed.acknowledged


@pytest.mark.parametrize("seed", SEEDS)
def test_half_a_million_findings_are_the_same_in_both_languages(seed: int) -> None:
    assert compare(load_catalogue(FORMS), seed) >= 20_000


def test_in_two_thousand_trials_of_tablet_and_service_no_visit_is_lost(tmp_path: Path) -> None:
    done = trials(tmp_path, first=1, many=TRIALS, at_once=2)
    print(f"Trials from seed 1; one alone with {SEED}=<seed>: {done}")  # noqa: T201
    assert done["trials"] in (TRIALS, 1)  # one, where it was asked for by its seed


def test_a_connection_cut_at_every_byte_is_no_receipt_and_ends_with_one_visit(tmp_path: Path) -> None:
    done = cuts(tmp_path, seed=1, of_each="every")
    assert done["tried"] == done["whole"]
    assert done["kept"] == sum(done["whole"].values()) + 1


def test_killed_two_hundred_times_in_the_middle_of_a_word_at_most_one_character_is_missing(
    on_disk: Path, tablet: Tablet, service: Service, place: Place
) -> None:
    tablet.profile = on_disk / "profile"
    missing = type_and_kill(tablet, service, place, times=200, seed=1)
    print(f"Characters missing: {[missing.count(many) for many in range(max(missing) + 1)]} times 0, 1 …")  # noqa: T201
    assert max(missing) <= 1


@pytest.mark.parametrize("seed", range(100, 200))
def test_a_hundred_walks_leave_no_referral_to_nobody(tmp_path: Path, seed: int) -> None:
    walk(tmp_path, seed, 150)


@pytest.mark.parametrize(("change", "times", "told"), [(break_somewhere, 500, 0), (shuffle, 100, 25)])
def test_hundreds_of_broken_stories_are_told_or_faulted(tmp_path: Path, change: Any, times: int, told: int) -> None:
    with story.staged() as stage:
        tell_broken(stage, tmp_path, change, times, told)
