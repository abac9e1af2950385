"""`python -m tests.bench [name ...]`: run the measures named, or all, and print each as it is done."""

import sys
from importlib import import_module

MEASURES = ("ingest", "letter", "judgement", "weight", "tablet", "beside", "backlog", "burden", "family", "scale")


def main(names: list[str]) -> None:
    unknown = [name for name in names if name not in MEASURES]
    if unknown:
        raise SystemExit(f"No measure is called {', '.join(unknown)}: choose from {', '.join(MEASURES)}.")
    for name in names or MEASURES:
        print(f"measuring {name} …", file=sys.stderr, flush=True)
        print(import_module(f"tests.bench.{name}").measure(), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
