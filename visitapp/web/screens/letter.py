"""The letter as a page: the same words as the file, for a screen reader, a telephone or a printer."""

from flask import Blueprint, Response, abort, render_template
from flask.typing import ResponseReturnValue

from visitapp.domain.characters import visible
from visitapp.domain.check_codes import grouped
from visitapp.look import letters
from visitapp.web.access import access
from visitapp.web.asking import me, side, wired

blueprint = Blueprint("letter", __name__)
blueprint.add_app_template_filter(visible)
blueprint.add_app_template_filter(grouped, "code_in_fours")


@blueprint.get("/referrals/<id>/letter")
@access("casework")
def page(id: str) -> ResponseReturnValue:
    found = letters.letter(wired(), side(), me(), id)
    if found is None:
        abort(404)
    return render_template("screens/letter.html", letter=found, said=found.content)


@blueprint.get("/referrals/<id>/letter.fhir.json")
@access("casework")
def bundle(id: str) -> ResponseReturnValue:
    """What travels beside the letter for machines."""
    found = letters.letter(wired(), side(), me(), id)
    if found is None or found.file is None or found.file["bundle"] is None:
        abort(404)
    headers = {"Content-Disposition": f'attachment; filename="referral-{id}.fhir.json"'}
    return Response(bytes(found.file["bundle"]), mimetype="application/fhir+json", headers=headers)
