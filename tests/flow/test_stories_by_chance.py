"""Shipped stories broken by chance: whatever a file says, it is told or every fault of it has a line. Never a traceback."""

import copy
import json
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import pytest
from ruamel.yaml import YAML

from visitapp.cli import story as command
from visitapp.formlang import FormFault

SEED = 20261126
STORIES = sorted((Path(__file__).parents[2] / "forms" / "stories").glob("*.yaml"))
WRONG = [None, 3, -1, True, "x", "", [], {}, [1, 2], {"a": 1}, "2026-13-45", "2026-11-22", ["nothing"], {"value": None}, {"absent": "x"},
         {"rows": 3}, {"rows": [3]}, 10**12, "nobody", ["ava", {}], 2.5, {"none": "yes"}]  # fmt: skip
KEYS = ["xx", "on", "expect", "person", "value", "rows", "nights", "by", "3"]
BY = ["hv", "midwife", "supervisor", "socialcare", "westfen", "earlyhelp", "admin"]


@pytest.fixture(scope="module")
def stage() -> Iterator[command.Stage]:
    with command.staged() as made:
        yield made


@cache
def shipped() -> list[Any]:
    """The stories as they are written."""
    reader = YAML(typ="safe", pure=True)
    return [plain(reader.load(path.read_text())) for path in STORIES]


def plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [plain(one) for one in value]
    return str(value) if isinstance(value, date) else value


def places(value: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in inside:
        yield (*at, key)
        yield from places(one, (*at, key))


def break_somewhere(random: Random, story: Any) -> None:
    """One thing is something else, or stands under another word."""
    *outer, last = random.choice(list(places(story)))
    holder = story
    for step in outer:
        holder = holder[step]
    if isinstance(holder, dict) and random.random() < 0.2:
        holder[random.choice(KEYS)] = holder.pop(last)
    else:
        holder[last] = copy.deepcopy(random.choice(WRONG))


def shuffle(random: Random, story: Any) -> None:
    """Things that can be said and may be impossible: another day, another person, twice, or not at all."""
    events = story["events"]
    match random.randrange(5):
        case 0:
            random.choice(events)["on"] = str(date(2025, 1, 1) + timedelta(days=random.randrange(900)))
        case 1 if len(events) > 1:
            events.pop(random.randrange(len(events)))
        case 2:
            events.append(copy.deepcopy(random.choice(events)))
        case 3:
            random.choice(events)["by"] = random.choice(BY)
        case _:
            who = random.choice([one for one in story["people"].values() if isinstance(one, dict)])
            who[random.choice(["born", "due"])] = str(date(2024, 1, 1) + timedelta(days=random.randrange(1100)))


def faults(stage: command.Stage, path: Path, story: Any) -> list[str]:
    """Its faults; none when it could be told."""
    path.write_text(json.dumps(story))
    try:
        command.tell(stage, command.read(stage, path))
    except FormFault as fault:
        return str(fault).splitlines()
    return []


@pytest.mark.parametrize(("change", "times", "told"), [(break_somewhere, 60, 0), (shuffle, 12, 3)])
def test_a_broken_story_is_told_or_faulted(stage, tmp_path, change, times, told):
    """At length in `make soak`."""
    tell_broken(stage, tmp_path, change, times, told)


def tell_broken(stage: command.Stage, tmp_path: Path, change: Any, times: int, told: int) -> None:
    """Break so many stories; at least `told` of them can be told, some cannot, and every fault has a line."""
    random = Random(SEED)
    path, outcomes = tmp_path / "story.yaml", []
    for _ in range(times):
        story = copy.deepcopy(random.choice(shipped()))
        for _ in range(random.choice([1, 1, 2])):
            change(random, story)
        for event in story["events"] if isinstance(story.get("events"), list) else ():
            if isinstance(event, dict) and change is shuffle:
                event.pop("expect", None)
        found = faults(stage, path, story)
        assert all(line.startswith((f"{path}:", " ")) for line in found), (SEED, found, story)
        outcomes.append(bool(found))
    assert outcomes.count(False) >= told
    assert outcomes.count(True) > 0
