"""Any two visits of a family beside each other: what each found, and answer by answer with how each thing was known."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from visitapp.flow import course
from visitapp.look import chronology, families
from visitapp.web import comparing
from visitapp.web.access import access
from visitapp.web.asking import me, wired
from visitapp.web.screens.family import named
from visitapp.web.screens.visits import added_words, form_of

blueprint = Blueprint("compare", __name__)


@dataclass(frozen=True)
class Side:
    """One of the two visits: as it was sealed, what its newest judgement found, and what was added to it since, in words."""

    visit: chronology.Visit
    judged: dict[str, Any]
    findings: tuple[dict[str, Any], ...]
    added: tuple[Any, ...]
    form: Any

    @property
    def compared(self) -> comparing.Visit:
        return comparing.Visit(self.form, self.visit.standing, self.visit.people)


@blueprint.get("/families/<household>/compare")
@access("team")
def two(household: str) -> ResponseReturnValue:
    """The two that are asked for, or the newest two that were made."""
    home = named(household, "read.compare")
    over = course.read(wired(), me(), household, found=False) or abort(404)
    first, second = _chosen(household, over)
    pairs = comparing.compared(first.compared, second.compared) if first and second else ()
    return render_template(
        "screens/family_compare.html",
        family=home,
        over=over,
        first=first,
        second=second,
        groups=comparing.groups(pairs),
        apart=[one for one in pairs if one.apart],
        findings=_found(first, second) if first and second else {},
        changed_only=request.args.get("only") == "changed",
        different=sum(one.different for one in pairs if not one.apart),
    )


def _chosen(household: str, over: course.OverTime) -> tuple[Side | None, Side | None]:
    """The earlier and the later: where only one is asked for or none, with the one before it on the same form, or else on any. A page that
    does not exist where one of them is no visit of this family."""
    made = [one for one in over.visits if one.made]
    second = request.args.get("b") or (made[-1].submission if made else "")
    day = next((one.on for one in over.visits if one.submission == second), "9999")
    form = next((one.form for one in over.visits if one.submission == second), "")
    before = [one for one in made if one.submission != second and one.on <= day]
    alike = [one for one in before if one.form == form] or before
    first = request.args.get("a") or (alike[-1].submission if alike else "")
    sides = [_side(household, one) if one else None for one in dict.fromkeys((first, second))]
    found = sorted((one for one in sides if one), key=lambda one: (one.visit.row["occurred_on"] or "", one.visit.row["received_at"]))
    return (found[0], found[1]) if len(found) == 2 else (None, found[0] if found else None)


def _side(household: str, submission: str) -> Side:
    visit = chronology.visit(wired(), me(), submission)
    if visit is None or visit.row["household"] not in families.with_earlier(wired(), household):
        abort(404)
    judged = next((one for one in visit.assessments if one["kind"] == "today"), None)
    findings = visit.findings.get(judged["id"], ()) if judged else ()
    added = tuple((one.row, added_words(one, visit.people)) for one in visit.added)
    form = form_of(visit.row)
    level = {**judged, "kind": form.kind if form else ""} if judged else {}
    return Side(visit, level, tuple(dict(row) for row in findings if not row["under"]), added, form)


def _found(first: Side, second: Side) -> dict[str, list[str]]:
    """What became of what was found, in words: gone only where the later visit looked and did not find it."""
    before, after = ({(row["person"], row["code"]): row for row in side.findings} for side in (first, second))
    became: dict[str, list[str]] = {"new": [], "still": [], "unknown": [], "gone": [], "unasked": []}
    for key, row in after.items():
        was = before.get(key, {}).get("state")
        if row["state"] == "present":
            became["still" if was == "present" else "new"].append(row["said"])
        elif was == "present":
            became["unknown" if row["state"] == "cannot_tell" else "gone"].append(before[key]["said"])
    became["unasked"] = [row["said"] for key, row in before.items() if row["state"] == "present" and key not in after]
    return became
