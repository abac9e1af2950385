"""The page for the family, from a visit that made a plan with them: a PDF to print or show."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from visitapp.flow import family_plan
from visitapp.web.access import access
from visitapp.web.asking import me, wired

blueprint = Blueprint("family_plan", __name__)
blueprint.add_app_template_test(family_plan.printable, "printable_for_the_family")


@blueprint.get("/visits/<submission>/family-plan")
@access("team")
def page(submission: str) -> ResponseReturnValue:
    """The file's name says nothing of whom it is about."""
    drawn = family_plan.family_plan(wired(), me(), submission)
    return drawn, {"Content-Type": "application/pdf", "Content-Disposition": 'inline; filename="sleep-plan.pdf"'}
