"""The browser dies in the middle of a word: at most the character being typed is missing. At length in `make soak`."""

from pathlib import Path

from tests.browser.killed_typing import type_and_kill
from tests.browser.service import Place, Service
from tests.browser.tablet import Tablet


def test_killed_in_the_middle_of_a_word_at_most_one_character_is_missing(
    on_disk: Path, tablet: Tablet, service: Service, place: Place
) -> None:
    tablet.profile = on_disk / "profile"
    assert max(type_and_kill(tablet, service, place, times=3, seed=20261122)) <= 1
