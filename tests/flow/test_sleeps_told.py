"""What a letter says of each sleep, whether a form asks about nights in rows or about one night in the child's own row."""

from pathlib import Path
from typing import Any

from visitapp.flow import letter_sections as sections
from visitapp.flow import telling
from visitapp.formlang.forms import read_form

FORM = """
name: nights
version: 1
title: Nights
kind: visit
sections:
  - id: sleep
    area: sleep
    title: Sleep
    questions:
      - id: children
        kind: rows
        of: child
        label: Each child
        questions:
          - id: surface
            kind: choice
            label: On what?
            known: [seen, told]
            measure: sleep.surface
            letter: Last night on
            options: {cot: A cot, sofa: A sofa}
          - {id: shared, kind: yes_no, label: Shared?, measure: sleep.shared, letter: Shared}
          - {id: taken, kind: choices, label: Taken?, measure: sleep.taken, letter: Had taken, options: {alcohol: Alcohol, drugs: Drugs}}
          - {id: room, kind: choice, label: Where?, measure: sleep.room, letter: Room, options: {same: The same room, other: Another room}}
          - {id: seen, kind: yes_no, label: Seen?, letter: Seen today}
          - id: other_nights
            kind: rows
            label: Other nights
            questions:
              - {id: which, kind: choice, label: Which?, letter: Sleep, options: {usual: A usual night, nap: A day nap}}
              - {id: other_surface, kind: choice, label: What?, measure: sleep.surface, letter: On, options: {cot: A cot, sofa: A sofa}}
findings: []
"""


def told(answers: dict[str, Any]) -> telling.Told:
    form, document = read_form(Path("nights-1.yaml"), FORM.encode())
    assert document.faults == []
    rows = [{"id": "r", "person": "p", "answers": answers}]
    return telling.tell(form, {"answers": {"children": {"rows": rows, "complete": True}}}, {"p": "Ava"})


def test_the_night_of_a_childs_own_row_and_the_other_nights_are_each_a_sleep() -> None:
    nap = {"id": "n", "answers": {"which": {"value": "nap"}, "other_surface": {"value": "cot"}}}
    sleeps = sections.sleeps(
        told(
            {
                "surface": {"value": "sofa", "known": "told"},
                "shared": {"value": True},
                "taken": {"value": ["alcohol"]},
                "room": {"value": "other"},
                "seen": {"value": True},
                "other_nights": {"rows": [nap], "complete": True},
            }
        )
    )
    assert [(one.child, one.when, one.where, one.beside, one.known, one.detail) for one in sleeps] == [
        ("Ava", "Last night on", "A sofa", "Shared: yes; Had taken: Alcohol", "told", "Room: Another room"),
        ("Ava", "A day nap", "A cot", "", None, ""),
    ]


def test_a_child_of_whose_night_nothing_was_said_has_no_sleep() -> None:
    assert sections.sleeps(told({"seen": {"value": True}, "room": {"value": "same"}})) == ()
    absent = sections.sleeps(told({"surface": {"absent": "refused"}}))
    assert [(one.where, one.known) for one in absent] == [("asked, and they did not want to say or show", None)]
