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
    return shown(there(id))


@blueprint.get("/referrals/<id>/letter.fhir.json")
@access("casework")
def bundle(id: str) -> ResponseReturnValue:
    """What travels beside the letter for machines."""
    return for_machines(there(id))


@blueprint.get("/referrals/<id>/letters/<letter>/page")
@access("team")
def one_page(id: str, letter: str) -> ResponseReturnValue:
    """Any letter of the referral: a copy, an update, a correction."""
    return shown(there(id, letter))


@blueprint.get("/referrals/<id>/letters/<letter>.fhir.json")
@access("team")
def one_bundle(id: str, letter: str) -> ResponseReturnValue:
    return for_machines(there(id, letter))


def there(referral: str, letter: str = "") -> letters.Letter:
    found = letters.letter(wired(), side(), me(), referral, letter)
    if found is None:
        abort(404)
    return found


def shown(letter: letters.Letter) -> str:
    return render_template("screens/letter.html", letter=letter, said=letter.content)


def for_machines(letter: letters.Letter) -> Response:
    if letter.file is None or letter.file["bundle"] is None:
        abort(404)
    headers = {"Content-Disposition": f'attachment; filename="referral-{letter.row["id"]}.fhir.json"'}
    return Response(bytes(letter.file["bundle"]), mimetype="application/fhir+json", headers=headers)
