"""Whether two accounts are one human being. Each has the number by which a register (an NMC PIN) or an employer knows that person, asked
for when the account is made; one person may have several accounts, and none of them is a second person to another."""

import unicodedata
from collections.abc import Mapping
from typing import Any

from visitapp.domain.names import folded

LONGEST = 40


def bare(typed: str) -> str:
    """A number as it is compared: letters and digits alone, in capitals."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", typed).upper() if sign.isalnum())


def same_person(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Two accounts as they stand. Where a number is missing nobody can know, and the same name is taken for the same person: a colleague of
    the same name costs a third person's look, two accounts of one person would cost the check."""
    if one["account"] == other["account"]:
        return True
    if one["staff_number"] and other["staff_number"]:
        return bool(one["staff_number"] == other["staff_number"])
    return bool(folded(one["name"]) == folded(other["name"]))
