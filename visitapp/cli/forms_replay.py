"""`visitapp forms replay`: what would come out otherwise if the forms of a folder were published, asked of the visits that were made."""

import argparse
import json
import sys
from collections.abc import Callable
from datetime import date

from visitapp.config import ConfigurationFault, Settings
from visitapp.flow.replay import ALWAYS, Change, Replay, Summary
from visitapp.formlang import load_catalogue
from visitapp.store import migrate as migrations
from visitapp.wiring import wire

STATES = {"present": "raised", "absent": "ruled out", "cannot_tell": "cannot be told", "": "not looked for"}


def replay(settings: Settings, chosen: argparse.Namespace) -> None:
    """Judge past visits again and list what would change; nothing is written but a line in the journal. Progress is on standard error."""
    since, changed = _day(chosen.since), load_catalogue(chosen.forms)
    wired = wire(settings)
    try:
        if migrations.outstanding(wired.engine):
            raise ConfigurationFault("The database is not as this version expects: run visitapp migrate first.")
        summary = Summary()
        say: Callable[[Change], None] = _say_json if chosen.json else _say
        for change in Replay(wired, changed, chosen.as_newest, since, _progress).changes(summary):
            say(change)
    finally:
        wired.close()
    print(json.dumps({"summary": summary.as_json()})) if chosen.json else print("\n".join(_summary(summary)))


def _day(since: str | None) -> str:
    if since is None:
        return ALWAYS
    try:
        return date.fromisoformat(since).isoformat()
    except ValueError:
        raise ConfigurationFault(f"--since is “{since}”: write a date as 2026-11-22.") from None


def _progress(judged: int) -> None:
    print(f"{judged:,} visits judged", file=sys.stderr, flush=True)


def _say_json(change: Change) -> None:
    print(json.dumps(change.as_json()))


def _say(change: Change) -> None:
    """One visit, by its id and day: no name."""
    by = "" if change.form == change.judged_by else f", judged by {change.judged_by}"
    print(f"Visit {change.submission} of {change.on} ({change.form}{by})")
    for code, _, was, now in change.findings:
        print(f"  {code}: {STATES[was]} -> {STATES[now]}")
    pairs = {"at least level": change.at_least, "could be level": change.could_be, "urgency": change.urgency, "to": change.destination}
    for words, (before, after) in pairs.items():
        if before != after:
            print(f"  {words} {before} -> {after}")


def _summary(summary: Summary) -> list[str]:
    lines = [f"{summary.judged:,} visits judged, {summary.changed:,} would come out otherwise."]
    for code, counts in sorted(summary.findings.items()):
        said = ", ".join(f"{STATES[before]} -> {STATES[after]} at {visits:,}" for (before, after), visits in sorted(counts.items()))
        lines.append(f"  {code}: {said}")
    lines += [f"  at least level {one} -> {other}: {visits:,} visits" for (one, other), visits in sorted(summary.levels.items())]
    lines += [f"  {one} -> {other}: {visits:,} visits" for (one, other), visits in sorted(summary.destinations.items())]
    lines += [f"  {form} is not among these forms: {visits:,} visits not judged" for form, visits in sorted(summary.without_form.items())]
    return lines
