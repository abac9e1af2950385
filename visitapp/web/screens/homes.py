"""Where a family lives and how it is reached: a new address, one that was wrong, one that is kept back, numbers with whose each is and when
it may be used, a child's second home; and what it means that a family lives in another area than its team."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request
from flask.typing import ResponseReturnValue

from visitapp.domain import referrals as states
from visitapp.domain.homes import SAFE, words
from visitapp.flow import homes, phones
from visitapp.look import families, family_referrals, find, people_over_time
from visitapp.web.access import access
from visitapp.web.asking import me, wired
from visitapp.web.recording import Field, put_right, typed

blueprint = Blueprint("homes", __name__)

READ = "read.people"


@dataclass(frozen=True)
class Offered:
    """What may be chosen: council areas, everybody who belongs to the family, and its children."""

    areas: Mapping[str, str]
    people: Mapping[str, str]
    children: Mapping[str, str]


SINCE = Field("from_on", "Since when?", "day", "The day on which it began, or the first on which you know it. For example 27 3 2026.")
WHY = Field("why", "Why, and how do you know?", "words")
HOME = (
    Field("address", "Address", "words", "Where there is none, say where the family can be found."),
    Field("postcode", "Postcode (if there is one)", "line"),
    Field("area", "Council area", "one_of", "What is sent from now on goes to this council.", "areas"), SINCE,
)  # fmt: skip
KEPT_BACK = (
    Field("kept_back", "Must this family’s address be kept from somebody?", "one_of",
          "Then no letter, no copy of the record and no paper gives it. Somebody who said so at a visit is heard until they say otherwise.",
          {"yes": "Yes: keep it back", "no": "No, nothing at the desk speaks against giving it"}),
    Field("why", "From whom, and how do you know?", "words", "Only your team and those who see the family’s record read this."),
)  # fmt: skip
PHONE = (
    Field("number", "Number", "line"),
    Field("person", "Whose is it?", "one_of", "Leave empty if it is somebody else’s.", "people"),
    Field("whose", "Or who else’s? (if it is none of theirs)", "line", "A name and who they are, such as the grandmother, Rose."),
    Field("safe", "When may it be used?", "one_of", "Not asked is not safe: ask, in private.", SAFE),
    Field("times", "At which times? (if only at some)", "line", "Days and hours only: a tablet shows it, and somebody may look on."),
)  # fmt: skip
SECOND = (
    Field("person", "Which child?", "one_of", options="children"),
    Field("with_whom", "With whom does the child live there?", "line", "A name, and who they are to the child."),
    Field("days", "On which days and nights?", "words", "As you were told. Where nobody knows, say that."),
    Field("address", "Where is it? (if known, and it has no record of its own)", "words"), SINCE,
)  # fmt: skip
ENDS = (Field("on_date", "Since when?", "day", "For example 27 3 2026."), WHY)
MOVE = (
    "It stands from that day on, and the addresses before are kept. Into another council’s area: what is sent from then on goes to that"
    " council and its clocks hold; a referral that was sent stays with whoever has it; what is planned and owed stays, and with whom."
)


@blueprint.get("/families/<household>/move")
@access("team")
def move(household: str) -> ResponseReturnValue:
    return moving(household, {})


@blueprint.post("/families/<household>/move")
@access("team")
def moved(household: str) -> ResponseReturnValue:
    said, wrong = typed(HOME, request.form)
    wrong = put_right(lambda: homes.move(wired(), me(), household, **said), wrong)
    return (moving(household, wrong), 422) if wrong else onward(household)


@blueprint.get("/families/<household>/homes/<int:residence>/error")
@access("team")
def wrong_address(household: str, residence: int) -> ResponseReturnValue:
    return putting_right(household, residence, {})


@blueprint.post("/families/<household>/homes/<int:residence>/error")
@access("team")
def right_address(household: str, residence: int) -> ResponseReturnValue:
    said, wrong = typed((*HOME, WHY), request.form)
    unread = wrong if said["address"] else {}  # without an address nothing stands in its place, from no day
    wrong = put_right(lambda: homes.put_right(wired(), me(), household, residence, **said), unread)
    return (putting_right(household, residence, wrong), 422) if wrong else onward(household)


@blueprint.get("/families/<household>/moved")
@access("team")
def lives_elsewhere(household: str) -> ResponseReturnValue:
    home = named(household)
    open_ones = [one for one in family_referrals.read(wired(), me(), household) if states.is_open(one.state)]
    return render_template("screens/moved.html", home=home, found=homes.elsewhere(wired(), me(), household), referrals=open_ones)


@blueprint.get("/families/<household>/kept-back")
@access("team")
def kept_back(household: str) -> ResponseReturnValue:
    return keeping_back(household, {})


@blueprint.post("/families/<household>/kept-back")
@access("team")
def keep_back(household: str) -> ResponseReturnValue:
    said, _ = typed(KEPT_BACK, request.form)
    wrong = put_right(lambda: homes.keep_back(wired(), me(), household, **said))
    return (keeping_back(household, wrong), 422) if wrong else redirect(f"/families/{household}/people")


@blueprint.get("/families/<household>/phone")
@access("team")
def phone(household: str) -> ResponseReturnValue:
    return phoning(household, {})


@blueprint.post("/families/<household>/phone")
@access("team")
def add_phone(household: str) -> ResponseReturnValue:
    said, _ = typed(PHONE, request.form)
    wrong = put_right(lambda: phones.add(wired(), me(), household, **said))
    return (phoning(household, wrong), 422) if wrong else redirect(f"/families/{household}#people")


@blueprint.get("/families/<household>/phone/<id>/end")
@access("team")
def phone_ends(household: str, id: str) -> ResponseReturnValue:
    return ending_phone(household, id, {})


@blueprint.post("/families/<household>/phone/<id>/end")
@access("team")
def end_phone(household: str, id: str) -> ResponseReturnValue:
    said, _ = typed((WHY,), request.form)
    wrong = put_right(lambda: phones.end(wired(), me(), household, id, why=said["why"] or ""))
    return (ending_phone(household, id, wrong), 422) if wrong else redirect(f"/families/{household}#people")


@blueprint.get("/families/<household>/second-home")
@access("team")
def second(household: str) -> ResponseReturnValue:
    return second_home(household, {})


@blueprint.post("/families/<household>/second-home")
@access("team")
def add_second(household: str) -> ResponseReturnValue:
    said, wrong = typed(SECOND, request.form)
    other = request.form.get("with", "")
    wrong = put_right(lambda: homes.add_second(wired(), me(), household, other, **said), wrong)
    return (second_home(household, wrong), 422) if wrong else redirect(f"/families/{household}/people")


@blueprint.get("/families/<household>/second-home/<id>/end")
@access("team")
def second_ends(household: str, id: str) -> ResponseReturnValue:
    return ending_second(household, id, {})


@blueprint.post("/families/<household>/second-home/<id>/end")
@access("team")
def end_second(household: str, id: str) -> ResponseReturnValue:
    said, wrong = typed(ENDS, request.form)
    wrong = put_right(lambda: homes.end_second(wired(), me(), household, id, **said), wrong)
    return (ending_second(household, id, wrong), 422) if wrong else redirect(f"/families/{household}/people")


def onward(household: str) -> ResponseReturnValue:
    """After a move: what it changes, where the family lives in another area than its team now."""
    return redirect(f"/families/{household}/{'moved' if homes.elsewhere(wired(), me(), household) else 'people'}")


def named(household: str) -> dict[str, Any]:
    return families.named(wired(), me(), household, READ) or abort(404)


def moving(household: str, wrong: dict[str, str]) -> str:
    home = named(household)
    return ask(household, wrong, "A new address", "Keep the address", HOME, hint=MOVE, filled={"area": home["area"]}, subject=home["name"])


def putting_right(household: str, residence: int, wrong: dict[str, str]) -> str:
    named(household)
    row = next((one for one in homes_of(household) if one["seq"] == residence), None) or abort(404)
    day = dict(zip(("from_on-year", "from_on-month", "from_on-day"), row["from_on"].split("-"), strict=False))
    filled = {part: row[part] or "" for part in ("address", "postcode", "area")} | day
    hint = "What stood here is kept and said to have been wrong. Empty the address if they never lived anywhere else at that time."
    return ask(household, wrong, "An address that is wrong", "Put it right", (*HOME, WHY), hint=hint, filled=filled, subject=row["address"])


def homes_of(household: str) -> tuple[dict[str, Any], ...]:
    over = people_over_time.read(wired(), me(), household)
    return tuple(row for row in over.residences if row["household"] == household and not row["in_error"])


def keeping_back(household: str, wrong: dict[str, str]) -> str:
    home = named(household)
    return ask(household, wrong, "An address to keep back", "Keep this", KEPT_BACK, subject=home["name"])


def phoning(household: str, wrong: dict[str, str]) -> str:
    home = named(household)
    about = next((one for one in people_of(household) if one["person"] == request.args.get("about")), None)
    filled = {"person": about["person"], "number": about["phone"] or ""} if about else {}
    hint = "The newest number of somebody that may be used is the one that letters and the tablet give. What was said before is kept."
    return ask(household, wrong, "A phone number", "Keep the number", PHONE, hint=hint, filled=filled, subject=home["name"])


def ending_phone(household: str, id: str, wrong: dict[str, str]) -> str:
    named(household)
    row = next((one for one in phones_of(household) if one["id"] == id), None) or abort(404)
    subject = f"{row['number']}, {row['whose'] or row['given_names']}"
    return ask(household, wrong, "A number that is no longer used", "Keep this", (WHY,), subject=subject)


def ending_second(household: str, id: str, wrong: dict[str, str]) -> str:
    named(household)
    over = people_over_time.read(wired(), me(), household)
    row = next((one for one in over.seconds if one["id"] == id and not one["until"]), None) or abort(404)
    return ask(household, wrong, "A second home that has ended", "Keep this", ENDS, subject=f"With {row['with_whom']}")


def people_of(household: str) -> tuple[dict[str, Any], ...]:
    family = families.family(wired(), me(), household) or abort(404)
    return family.people


def offered(household: str) -> Offered:
    here = people_of(household)
    return Offered(
        {area: area.capitalize() for area in sorted(wired().catalogue.routes_by_area)},
        {one["person"]: f"{one['given_names']} {one['family_name']}" for one in here},
        {one["person"]: one["given_names"] for one in here if one["role"] == "child"},
    )


def second_home(household: str, wrong: dict[str, str]) -> str:
    home, other, looked = named(household), request.values.get("with", ""), request.values.get("find", "")
    found = find.find(wired(), me(), looked).families if looked.strip() else ()
    return render_template(
        "screens/second_home.html",
        home=home,
        there=named(other) if other and other != household else None,
        others=tuple(one.family for one in found if one.family["household"] != household),
        fields_of_page=SECOND,
        offered=offered(household),
        typed=request.form,
        chosen={},
        wrong=wrong,
    )


def ask(
    household: str, wrong: dict[str, str], title: str, button: str, fields: tuple[Field, ...], *, hint: str = "", subject: str = "",
    filled: Mapping[str, str] | None = None,
) -> str:  # fmt: skip
    """A page of fields: as they were typed, or before anything was, filled with what is known."""
    return render_template(
        "screens/asked.html",
        asked={"title": title, "button": button, "fields": fields, "hint": hint},
        path=request.path,
        subject=subject,
        typed=request.form if request.method == "POST" else filled or {},
        chosen={},
        wrong=wrong,
        offered=offered(household),
        back=("People over time", f"/families/{household}/people"),
    )


def phones_of(household: str) -> tuple[dict[str, Any], ...]:
    """The numbers that stand of a family, for its pages, whose reading is journalled there."""
    return people_over_time.numbers(wired(), me(), household)


def elsewhere_of(household: str) -> homes.Elsewhere | None:
    """Whether a family lives in another area than its team, for its pages."""
    return homes.elsewhere(wired(), me(), household)


blueprint.add_app_template_global(phones_of)
blueprint.add_app_template_global(elsewhere_of)
blueprint.add_app_template_global(words, "phone_words")
