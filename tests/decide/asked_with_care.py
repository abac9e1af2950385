"""A small form with sensitive questions of every kind, findings that stand for one another, and facts about a child."""

from pathlib import Path
from typing import Any

from visitapp.formlang import Form
from visitapp.formlang.forms import read_form

TEXT = """\
name: careful
version: 1
title: A careful form
kind: visit
asked_properly: "interpreter == 'not_needed' or put_again == 'same'"
sections:
  - id: one
    area: care
    title: One
    questions:
      - {id: interpreter, kind: choice, label: Who interpreted?, letter: L, options: {not_needed: Nobody, relative: A relative}}
      - {id: put_again, kind: choice, label: Again?, letter: L, show_if: interpreter == 'relative', options: {same: Same, other: Other}}
      - {id: safe, kind: yes_no, label: Is anything wrong?, letter: L, sensitive: true}
      - id: taken
        kind: choices
        label: What was taken?
        letter: L
        sensitive: true
        options: {alcohol: A, drugs: D, nothing: {label: N, alone: true}, not_all: {label: Not all, rest_unknown: true}}
      - id: effect
        kind: choice
        label: What does it do?
        letter: L
        sensitive: true
        options: {none: {label: None, reassures: true}, some: Some, much: Much}
      - {id: units, kind: integer, label: How many?, letter: L, show_if: "not 'nothing' in taken", minimum: 0, maximum: 99}
      - id: children
        kind: rows
        of: child
        label: Each child
        questions:
          - {id: hurt, kind: yes_no, label: Hurt?, letter: L, sensitive: true}
scores:
  - id: effects
    title: E
    max: 5
    of: {effect: {none: 0, some: 1, much: 2}, taken: {alcohol: 1, drugs: 2, nothing: 0, not_all: 0}}
    source: S
findings:
  - {code: wrong, area: care, when: safe, severity: this_week, level: 2, wording: W, ask: A, source: S}
  - {code: grave, area: care, when: "safe and effect == 'much'", severity: tonight, level: 4, stands_for: [wrong, hurt],
     wording: W, ask: A, source: S}
  - {code: hurt, area: home, each: children, when: hurt, severity: this_week, level: 2, wording: W, ask: A, source: S}
  - {code: hurt_young, area: home, each: children, when: "hurt and age_days < 100", severity: this_week, level: 3, stands_for: [hurt],
     wording: W, ask: A, source: S}
"""


def careful(folder: Path) -> Form:
    path = folder / "careful-1.yaml"
    path.write_text(TEXT, encoding="utf-8")
    form, document = read_form(path, path.read_bytes())
    assert document.faults == []
    return form


def body(children: list[dict[str, Any]] | None = None, **said: Any) -> dict[str, Any]:
    rows = [{"id": f"r{at}", "person": f"p{at}", "answers": _answers(one)} for at, one in enumerate(children or [])]
    return {"occurred_on": "2026-11-22", "answers": _answers(said) | {"children": {"rows": rows, "complete": True}}}


def _answers(said: dict[str, Any]) -> dict[str, Any]:
    return {id: {"value": value} for id, value in said.items() if value is not None}
