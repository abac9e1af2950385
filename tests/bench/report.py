"""How a measure is told: a method in a sentence, then a table."""

import math
from collections.abc import Sequence


def table(title: str, method: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A measure as text: what was done, then the figures in columns."""
    widths = [max(len(row[column]) for row in (head, *rows)) for column in range(len(head))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in (head, *rows)]
    return "\n".join(["", f"## {title}", method, "", lines[0], "  ".join("-" * width for width in widths), *lines[1:]])


def percentile(values: Sequence[float], share: float) -> float:
    """The value that this share of all values does not exceed."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def ms(seconds: float) -> str:
    return f"{seconds * 1000:.2f} ms"


def spread(values: Sequence[float]) -> tuple[str, str]:
    """The middle and the ninety-ninth percentile, in milliseconds."""
    return ms(percentile(values, 0.5)), ms(percentile(values, 0.99))
