"""Whether two accounts are one human being."""

import pytest

from visitapp.domain.staff_numbers import bare, same_person


def account(id: str, name: str = "", number: str | None = None) -> dict[str, str | None]:
    return {"account": id, "name": name or id, "staff_number": number}


@pytest.mark.parametrize("typed", ["99e0101a", " 99E 0101-A ", "99E.0101/A", "９９E0101A"])
def test_a_number_is_its_letters_and_digits(typed: str) -> None:
    assert bare(typed) == "99E0101A"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (account("a", "Ruth", "1"), account("b", "R. Abernethy", "1"), True),
        (account("a", "Ruth", "1"), account("b", "Ruth", "2"), False),
        (account("a", "Ruth"), account("b", " rúth", "2"), True),
        (account("a", "Ruth"), account("b", "Megan"), False),
        (account("a", "Ruth", "1"), account("a", "Ruth", "2"), True),
    ],
    ids=["one number", "two numbers", "no number and one name", "no number and two names", "one account"],
)
def test_the_number_decides_and_where_there_is_none_the_name(one: dict[str, str], other: dict[str, str], same: bool) -> None:
    assert same_person(one, other) is same is same_person(other, one)
