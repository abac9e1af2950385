"""What somebody types to find a family is taken apart as they meant it."""

from datetime import date

import pytest

from visitapp.domain.sought import Item, one_letter_apart, sought

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("typed", "on"),
    [
        ("3/4/2026", "2026-04-03"), ("03.04.26", "2026-04-03"), ("3-4-1998", "1998-04-03"), ("2026-04-03", "2026-04-03"),
        ("3 April 2026", "2026-04-03"), ("3rd of apr 2026", "2026-04-03"), ("3rd Sept. 26", "2026-09-03"), ("April 3, 2026", "2026-04-03"),
        ("april 2026", "2026-04-"), ("03042026", "2026-04-03"), ("3 4 2026", "2026-04-03"), ("3 apr 98", "1998-04-03"),
        ("1/2/27", "2027-02-01"), ("5-may-26", "2026-05-05"),
    ],
)  # fmt: skip
def test_a_date_in_any_usual_way(typed: str, on: str) -> None:
    assert sought(typed, TODAY) == (Item("day", on),)
    assert Item("day", on) in sought(f"Ava {typed} keane", TODAY)


@pytest.mark.parametrize(
    ("typed", "items"),
    [
        ("999 123-4567", [("number", "9991234567")]), ("+44 7700 900123", [("number", "07700900123")]),
        ("(01632) 960 001", [("number", "01632960001")]), ("EM1 4ab", [("postcode", "em14ab")]), ("em1 4", [("postcode", "em14")]),
        ("4 Mill Row", [("word", "4"), ("word", "mill"), ("word", "row")]),
        ("31/2/2026", [("word", "31"), ("word", "2"), ("word", "2026")]),
        ("O’Neill Łucja o'neill", [("word", "oneill"), ("word", "lucja")]), ("👶🏿 <> % _", []), ("z" * 10_000, [("word", "z" * 40)]),
        ("\u202eשלום\u202c", [("word", "שלום")]),
    ],
)  # fmt: skip
def test_everything_else(typed: str, items: list[tuple[str, str]]) -> None:
    assert [(item.kind, item.value) for item in sought(typed, TODAY)] == items


@pytest.mark.parametrize(
    ("word", "other", "near"),
    [
        ("keane", "keene", True), ("keane", "kean", True), ("kean", "keane", True), ("keane", "kaene", True), ("keane", "keane", False),
        ("keane", "kaenee", False), ("keane", "marsh", False), ("ab", "ba", True), ("abc", "cba", False), ("", "a", True),
    ],
)  # fmt: skip
def test_one_letter_apart(word: str, other: str, near: bool) -> None:
    assert one_letter_apart(word, other) is near
    assert one_letter_apart(other, word) is near
