"""NHS numbers. Ten ASCII digits, the last a check on the others: a mistyped number would put one child's visits on another's record."""

import re

_WEIGHTS = range(10, 1, -1)


def bare(text: str) -> str:
    """What was typed without the spaces and hyphens people put between the groups."""
    return re.sub(r"[ \-]", "", text)


def is_nhs_number(text: str) -> bool:
    """Whether ten digits pass the modulus 11 check of the NHS Data Dictionary; one digit ten times over is nobody's number."""
    if not re.fullmatch(r"[0-9]{10}", text) or len(set(text)) == 1:
        return False
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, text, strict=False))
    return (11 - total % 11) % 11 == int(text[9])  # a check of 10 equals no digit: such numbers are never issued


def spaced(number: str) -> str:
    """As it is read out: `999 123 4567`."""
    return f"{number[:3]} {number[3:6]} {number[6:]}"
