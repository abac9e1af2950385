"""The supervisor's team in figures, the families behind each, and both as files."""

from flask import Blueprint, Response, abort, render_template, request
from flask.typing import ResponseReturnValue

from visitapp.flow.team import screen
from visitapp.flow.team.facts import PERIODS, USUAL
from visitapp.web import team_sheets
from visitapp.web.access import access
from visitapp.web.asking import me, number, today, wired
from visitapp.web.spreadsheets import Sheet, csv_of, xlsx_of

blueprint = Blueprint("team", __name__)

CSV, XLSX = "text/csv; charset=utf-8", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@blueprint.get("/team")
@access("supervisor")
def page() -> ResponseReturnValue:
    """Every part with its first rows, or one part whole."""
    part = request.args.get("part", "")
    if part not in ("", *screen.SECTIONS):
        abort(404)
    return render_template("screens/team.html", found=screen.figures(wired(), me(), days(), part), days=days(), periods=PERIODS, part=part)


@blueprint.get("/team/families")
@access("supervisor")
def families() -> ResponseReturnValue:
    """The families behind one figure."""
    found = screen.behind(wired(), me(), *asked(), days(), request.args.get("after", "")) or abort(404)
    return render_template("screens/team_families.html", found=found, days=days(), after=request.args.get("after", ""))


@blueprint.get("/team/figures.<kind>")
@access("supervisor")
def figures_file(kind: str) -> ResponseReturnValue:
    """The figures; as a workbook with a row for each family beside them."""
    known(kind)
    found = screen.figures_taken_away(wired(), me(), days())
    figures = team_sheets.figures(found)
    sheets = [team_sheets.about(found), figures, team_sheets.families(found)] if kind == "xlsx" else [figures]
    return taken(kind, "team-figures", sheets)


@blueprint.get("/team/each-family.csv")
@access("supervisor")
def each_family_file() -> ResponseReturnValue:
    """A row for each family with what was counted in it."""
    return taken("csv", "team-families", [team_sheets.families(screen.figures_taken_away(wired(), me(), days()))])


@blueprint.get("/team/families.<kind>")
@access("supervisor")
def families_file(kind: str) -> ResponseReturnValue:
    """The families behind one figure."""
    known(kind)
    found = screen.taken_away(wired(), me(), *asked(), days()) or abort(404)
    return taken(kind, "team-list", [team_sheets.behind(found)])


def days() -> int:
    """The time that was asked for; any other than those that are offered is a page that does not exist."""
    asked_for = number("days", USUAL)
    if asked_for not in PERIODS:
        abort(404)
    return asked_for


def asked() -> tuple[str, str]:
    """The part and the figure."""
    return request.args.get("part", ""), request.args.get("figure", "")


def known(kind: str) -> None:
    if kind not in ("csv", "xlsx"):
        abort(404)


def taken(kind: str, name: str, sheets: list[Sheet]) -> Response:
    """A file with a name that says nothing of whom it is about."""
    content = xlsx_of(sheets) if kind == "xlsx" else csv_of(sheets[0])
    headers = {"Content-Disposition": f'attachment; filename="{name}-{today()}.{kind}"'}
    return Response(content, content_type=XLSX if kind == "xlsx" else CSV, headers=headers)
