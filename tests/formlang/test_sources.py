"""A source that a rule names can be looked up: every key in the forms is in docs/sources.md, and nothing stands there that no rule uses
and no module names as its own."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCE = re.compile(r'source:\s*"?(.+)')
NAMED = re.compile(r"docs/sources\.md: ([a-z0-9-, ]+)")
"""As a module says on what it rests."""
INSIDE = re.compile(r"\(([^()]*)\)")
KEY = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")


def sources() -> str:
    return "\n".join(one for path in ROOT.glob("forms/**/*.yaml") for one in SOURCE.findall(path.read_text()))


def of_modules() -> str:
    return "\n".join(one for path in ROOT.glob("visitapp/**/*.py") for one in NAMED.findall(path.read_text()))


def listed() -> set[str]:
    return set(re.findall(r"^\| ([a-z0-9-]+) \|", (ROOT / "docs/sources.md").read_text(), re.MULTILINE)) - {"key", "---"}


def test_every_key_that_a_rule_names_can_be_looked_up() -> None:
    parts = {part.strip() for inside in INSIDE.findall(sources()) for part in re.split(r"[,;]", inside)}
    assert {part for part in parts if KEY.fullmatch(part) and ("-" in part or part in listed())} <= listed()


def test_every_key_that_is_listed_is_used() -> None:
    used = f"{sources()}\n{of_modules()}"
    assert {key for key in listed() if not re.search(rf"(?<![\w-]){key}(?![\w-])", used)} == set()
