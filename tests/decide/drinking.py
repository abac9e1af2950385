"""AUDIT-C and CUDIT-R in a small form, in our own words, with the points as they were published (brief 4.1 and 4.2)."""

from pathlib import Path

from visitapp.formlang import Form
from visitapp.formlang.forms import read_form

OFTEN = (
    "{never: Never, monthly: Monthly or less, fortnightly: Two to four times a month, weekly: Two or three times a week, most_days: More}"
)
HOURS = "{under_1: Less than one, one: One or two, three: Three or four, five: Five or six, seven: Seven or more}"
FREQUENT = "{never: Never, rarely: Less than monthly, monthly: Monthly, weekly: Weekly, daily: Daily or almost}"
ITEMS_OF_FREQUENCY = ("could_not_stop", "not_done", "much_of_day", "memory", "hazard")
FIVE = ("never", "monthly", "fortnightly", "weekly", "most_days")


def _question(id: str, options: str, after: str = "") -> str:
    shown = f'show_if: "{after}", ' if after else ""
    return f"          - {{id: {id}, kind: choice, label: {id}, letter: {id}, {shown}options: {options}}}"


def _points(options: str, *points: int) -> str:
    codes = [part.split(":")[0].strip() for part in options.strip("{}").split(",")]
    return "{" + ", ".join(f"{code}: {point}" for code, point in zip(codes, points, strict=True)) + "}"


DRUNK, SMOKED = "drinks_often != 'never'", "cannabis_often != 'never'"
UNITS = "{one: 1 or 2, three: 3 or 4, five: 5 or 6, seven: 7 to 9, ten: 10 or more}"
CUT_DOWN = "{never: Never, before: Not in the last six months, lately: In the last six months}"
ALCOHOL = {"drinks_often": OFTEN, "drinks_units": UNITS, "drinks_six": FREQUENT}
CANNABIS = {"cannabis_often": OFTEN, "cannabis_hours": HOURS, **dict.fromkeys(ITEMS_OF_FREQUENCY, FREQUENT), "cut_down": CUT_DOWN}
RISING, HALVES = (0, 1, 2, 3, 4), (0, 2, 4)

_QUESTIONS = "\n".join(_question(id, options, DRUNK if id != "drinks_often" else "") for id, options in ALCOHOL.items())
_MORE = "\n".join(_question(id, options, SMOKED if id != "cannabis_often" else "") for id, options in CANNABIS.items())
_AUDIT = "\n".join(f"      {id}: {_points(options, *RISING)}" for id, options in ALCOHOL.items())
_CUDIT = "\n".join(f"      {id}: {_points(options, *(HALVES if id == 'cut_down' else RISING))}" for id, options in CANNABIS.items())

TEXT = f"""\
name: drinking
version: 1
title: What an adult takes
kind: visit
sections:
  - id: adults
    area: substances
    title: Each adult
    questions:
      - id: adults
        kind: rows
        of: adult
        label: Each adult
        questions:
{_QUESTIONS}
{_MORE}
scores:
  - id: audit_c
    title: AUDIT-C
    measure: adult.audit_c
    max: 12
    of:
{_AUDIT}
    source: "WHO AUDIT items 1 to 3, UK units (brief 4.1, auditc-doc)."
  - id: cudit_r
    title: CUDIT-R
    measure: adult.cudit_r
    max: 32
    of:
{_CUDIT}
    source: "Adamson 2010 (brief 4.2, cudit-adamson)."
findings:
  - {{code: drinks_much, area: substances, each: adults, when: audit_c >= 5, severity: this_week, level: 2,
     wording: "{{adult}} scores five or more.", ask: "How much does {{adult}} drink?", source: Brief 4.1.}}
  - {{code: drinks_more, area: substances, each: adults, when: audit_c >= history.home_last + 2, severity: advise, level: 1,
     wording: "{{adult}} scores more.", ask: "How much does {{adult}} drink?", source: A test.}}
"""


def drinking(folder: Path) -> Form:
    path = folder / "drinking-1.yaml"
    path.write_text(TEXT, encoding="utf-8")
    form, document = read_form(path, path.read_bytes())
    assert document.faults == []
    return form
