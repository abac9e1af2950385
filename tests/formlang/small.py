"""A small form, written to a folder of its own, that tests bend and break."""

from pathlib import Path

FORM = """\
name: small
version: 1
title: A small form
kind: visit
sections:
  - id: one
    area: sleep
    title: One
    questions:
      - {id: outcome, kind: choice, label: How did it go?, letter: Outcome, options: {well: Well, badly: Badly}}
      - {id: said, kind: text, label: What was said?, letter: Said}
      - {id: secret, kind: yes_no, label: Anything to keep apart?, confidential: true}
      - id: children
        kind: rows
        of: child
        label: Each child
        questions:
          - {id: shared, kind: yes_no, label: Did anybody share?, letter: Shared}
          - {id: seen_on, kind: date, label: When was that?, letter: On}
          - id: sharers
            kind: rows
            label: Everyone who shared
            show_if: shared
            questions:
              - id: taken
                kind: choices
                label: What had they taken?
                letter: Had taken
                options:
                  alcohol: Alcohol
                  drugs: Drugs
                  nothing: {label: None of these, alone: true}
                  not_all: {label: Not all asked, rest_unknown: true}
              - id: units
                kind: integer
                label: How many units?
                letter: Units
                show_if: "'alcohol' in taken"
                minimum: 0
                maximum: 50
                units: units
findings:
  - code: alcohol
    area: sleep
    each: children
    when: some(sharers, 'alcohol' in taken)
    severity: this_week
    level: 2
    wording: "{child} shared with somebody who had drunk."
    ask: Had anybody drunk?
    source: A test.
---
cases:
  alcohol:
    - present: {children: [{shared: true, sharers: [{taken: [alcohol]}]}]}
    - absent: {children: [{shared: false}]}
    - cannot_tell: {children: [{shared: true}]}
"""


def write(folder: Path, text: str = FORM, name: str = "small-1.yaml") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def with_change(before: str, after: str) -> str:
    assert before in FORM, before
    return FORM.replace(before, after, 1)


def line_of(text: str, part: str) -> int:
    return next(number for number, line in enumerate(text.splitlines(), start=1) if part in line)
