"""What a letter costs: content and drawing, for an ordinary family and one with five children."""

import time

from tests.bench.report import spread, table
from tests.letter.samples import large, ordinary
from visitapp.letter.content import compose
from visitapp.letter.render import render

LETTERS = 200


def measure() -> str:
    rows = []
    for name, facts in (("ordinary family", ordinary()), ("five children", large())):
        render(compose(facts))  # fonts are read once a process
        seconds = []
        for _ in range(LETTERS):
            began = time.perf_counter()
            made = render(compose(facts))
            seconds.append(time.perf_counter() - began)
        rows.append([name, str(made.pages), f"{len(made.bytes) / 1000:.0f} kB", *spread(seconds), f"{60 / (sum(seconds) / LETTERS):.0f}"])
    return table(
        "A letter", f"Content and PDF, {LETTERS} times each in one process, fonts already read. Aim: under 100 ms at p99.",
        ["letter", "pages", "size", "p50", "p99", "a minute on one core"], rows,
    )  # fmt: skip
