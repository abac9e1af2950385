"""Our own check of NHS numbers against the package's, over part of the range that is never issued, and where the package is too kind."""

import random

import nhs_number as oracle
import pytest

from visitapp.domain.nhs_number import bare, is_nhs_number, spaced


def test_agrees_with_the_oracle_over_the_test_range() -> None:
    chosen = random.Random(1998)
    numbers = [f"{9990000000 + chosen.randrange(10_000_000)}" for _ in range(3000)]
    agreed = [(is_nhs_number(number), oracle.is_valid(number)) for number in numbers]
    assert all(ours == theirs for ours, theirs in agreed)
    assert 200 < sum(ours for ours, _ in agreed) < 400  # about one in eleven: both answers were tried


@pytest.mark.parametrize(
    "text", ["", "999000001", "99900000140", "0000000000", "9999999999", "９９９0000018", "999000001a", "9990000018\n"]
)
def test_what_is_no_nhs_number(text: str) -> None:
    assert not is_nhs_number(text)


def test_groups_come_off_and_go_on() -> None:
    number = next(str(n) for n in range(9991234500, 9991234600) if is_nhs_number(str(n)))
    assert bare(spaced(number)) == number
    assert bare("999-123 4567") == "9991234567"
