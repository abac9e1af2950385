"""Numbers as they stand in a PDF. reportlab writes each of thousands anew, by logarithms, and a letter has a few hundred: where its lines
begin, and the sizes of its letters. Each is written once a process; what comes out is the same to the byte.
"""

from functools import lru_cache
from typing import Any

from reportlab.lib.rl_accel import fp_str
from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen import canvas, pathobject, textobject

MOST = 50_000


@lru_cache(maxsize=MOST)
def written(number: float) -> str:
    """One number, as reportlab writes it."""
    return str(fp_str(number))


def all_written(*numbers: Any) -> str:
    """Several, or one sequence of them, with spaces between."""
    if len(numbers) == 1 and isinstance(numbers[0], (list, tuple)):
        numbers = tuple(numbers[0])
    return " ".join(map(written, numbers))


def remember() -> None:
    """Have reportlab write its numbers by these."""
    for module in (canvas, textobject, pathobject, pdfdoc):
        module.fp_str = all_written
