"""The given facts: what rules may know of a family's past beside the answers of a visit. Pure, so that the service comes to what the tablet
carried, however much later. None is unknown, and unknown is never no. What each name means: docs/forms-language.md.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from visitapp.decide import patterns
from visitapp.decide.limits import Limits
from visitapp.decide.patterns import Point
from visitapp.decide.standing import NOBODY, STATUTORY, Arranged, open_to, standing
from visitapp.domain.findings import AREAS
from visitapp.domain.measures import Range
from visitapp.domain.outcomes import BY_NAME, NEVER_COUNTED
from visitapp.domain.past import BESIDE, NOT_COMPLETED, VISIT, Known, PastFinding, PastVisit, Row

NOTHING_BEFORE = frozenset({"nothing", "first"})
"""Codes of the measure `family.past` that say there was nothing: that no longer stands once anything was said."""

ROOMS = 4
"""The rooms that a visit looks at: where the children sleep, kitchen, bathroom, living room (clinical brief 2.5; measure `home.rooms`)."""

Areas = Callable[[str, int], frozenset[str]]
"""The areas that a version of a form can find something in: of the others a visit on it says nothing."""


def given(known: Known, arranged: Arranged, limits: Limits, areas: Areas) -> dict[str, Any]:
    """All that is given with a visit: the day it counts to, the people, and the history."""
    facts = history(known, arranged, limits, areas)
    return {"on": known.moment.on, "people": people(known, awake=awake_only(facts)), "history": facts}


def under_plan(facts: Mapping[str, Any]) -> bool:
    """Whether a plan stands for the children, ours to watch or a social worker's (clinical brief 3.7)."""
    return facts["plan_open"] or not set(STATUTORY).isdisjoint(facts["open_to"] or ())


def awake_only(facts: Mapping[str, Any]) -> bool:
    """Whether a child is seen only when awake: with a plan or an open concern (clinical brief, where practice overrides the tables: a
    newborn seen asleep)."""
    return under_plan(facts) or bool(facts["concern_open"])


def people(known: Known, *, awake: bool = False) -> dict[str, Row]:
    """Who belongs, with what is known of their birth, when each was last seen (`awake`: seen awake) and last came home from hospital."""
    seen, home = seen_on(known, awake=awake), home_on(known)
    return {
        id: {part: row[part] for part in ("born_on", "due_on", "gestation_days", "birth_weight_g")}
        | {"seen_on": seen.get(id), "home_on": home.get(id)}
        for id, row in known.people.items()
    }


def small_at_birth(person: Mapping[str, Any], limits: Limits) -> bool | None:
    """Whether a child weighed too little at birth, as that was recorded; None where it was not."""
    grams = person.get("birth_weight_g")
    return None if grams is None else grams < limits.low_birth_weight_g


def seen_on(known: Known, *, awake: bool = False) -> dict[str, str]:
    """When each child was last seen, awake or asleep, or at the door, which counts for an only child: among several nobody knows who.
    `awake`: last seen awake; of who never was, the day on which they were first seen asleep, for nobody has seen them awake since."""
    children = {id: row["born_on"] for id, row in known.people.items() if row["role"] == "child"}
    found: dict[str, str] = {}
    asleep: dict[str, str] = {}
    for visit in reversed(known.visits):
        if len(found) == len(children):
            break
        if visit.kind in BESIDE:
            continue
        at_door = visit.said.at_door and not awake
        born = [id for id, day in children.items() if day is not None and day <= visit.on] if at_door else []
        seen = (*(visit.said.awake if awake else visit.said.seen), *(born if len(born) == 1 else ()))
        found |= {id: visit.on for id in seen if id in children and id not in found}
        asleep |= {id: visit.on for id in visit.said.seen if id in children}
    return asleep | found


def home_on(known: Known) -> dict[str, str | None]:
    """When each person last came home from hospital; None for who went in again since."""
    return {row["person"]: row["on_date"] if row["kind"] == "home_from_hospital" else None for row in known.events}


def history(known: Known, arranged: Arranged, limits: Limits, areas: Areas) -> dict[str, Any]:
    """The facts that rules read as `history.<name>`."""
    recent = known.since(limits.findings_days)
    facts = {
        **_not_completed(known, limits),
        "days_since_child_seen": _days_since_child_seen(known),
        "children_before": _before_the_youngest(known),
        **_found(known, recent, limits),
        "advice_repeated_sleep": _advice_repeated(known, "sleep", recent, limits, areas),
        **_home(recent, limits),
        **standing(arranged, known.moment, limits, [one for one in known.visits if _missed(one)]),
        "still_unknown": patterns.still_unknown(recent),
        "accounts_conflict": patterns.conflicts(known.since(limits.accounts_days)),
        "open_to": now_open_to(known, arranged, limits),
        "open_by_agency": _by_agency(known, arranged, limits) or [],
        "past": _past(known.since(limits.past_days)),
        "areas_worse": areas_worse(known, recent, limits, areas),
    }
    return facts | {"not_completed_since_seen": _since_seen(known, limits, under_plan(facts))}


def _not_completed(known: Known, limits: Limits) -> dict[str, Any]:
    counted = [one.outcome for one in not_completed(known, limits.not_completed_days)]
    return {
        "visits_not_completed_90d": len(counted),
        "not_completed_recent": len(not_completed(known, limits.recent_days)),
        **{name: sum(outcome in outcomes for outcome in counted) for name, outcomes in BY_NAME.items()},
    }


def not_completed(known: Known, days: int) -> list[PastVisit]:
    """Visits of the last so many days that were not completed; those that never count against a family are not among them."""
    return [one for one in known.since(days) if _missed(one)]


def _since_seen(known: Known, limits: Limits, under_plan: bool) -> int:
    """How many of them came after the last visit that saw every child and every room: that begins the count anew, but not where a plan
    stands for the children (clinical brief 3.7)."""
    missed = not_completed(known, limits.not_completed_days)
    born = {id: row["born_on"] for id, row in known.people.items() if row["role"] == "child" and row["born_on"]}
    whole = [one for one in known.visits if one.kind == VISIT and _all_seen(one, born)] if missed and not under_plan else []
    return sum(not whole or (one.on, one.kept) > (whole[-1].on, whole[-1].kept) for one in missed)


def _all_seen(visit: PastVisit, born: Mapping[str, str]) -> bool:
    rooms, children = visit.said.rooms, {id for id, on in born.items() if on <= visit.on}
    return bool(rooms and rooms.at_least >= ROOMS and children and children.issubset(visit.said.seen))


def _missed(visit: PastVisit) -> bool:
    return visit.kind == NOT_COMPLETED and visit.outcome not in NEVER_COUNTED


def _days_since_child_seen(known: Known) -> int | None:
    seen = [one.on for one in known.visits if one.child_seen and one.kind not in BESIDE]
    return known.moment.days_since(seen[-1]) if seen else None


def _before_the_youngest(known: Known) -> int | None:
    """Children who ever belonged to the family, before the youngest (twins come together); None when a date is not known."""
    details = [known.detail(child) for child in known.children_ever]
    dates = [row["born_on"] or row["due_on"] if row else None for row in details]
    days = [day for day in dates if day is not None]
    if len(days) < len(dates):
        return None if len(dates) > 1 else 0
    return sum(day < max(days) for day in days)


def _found(known: Known, recent: Iterable[PastVisit], limits: Limits) -> dict[str, Any]:
    told = [(visit.submission, one) for visit in recent for one in known.findings.get(visit.submission, ())]
    ours = {visit.submission for visit in recent if visit.kind not in BESIDE}
    present = [(id, one.code) for id, one in told if one.state == "present" and one.code]
    return {
        "earlier_findings_present": sorted({code for _, code in present}),
        "findings_ever": sorted(_ever(known)),
        "findings_repeated": _often((one for one in present if one[0] in ours), limits.repeated),
    }


def _ever(known: Known) -> set[str]:
    """What was found as far back as anything is carried: once, and of whichever child."""
    found = [one for visit in known.visits for one in known.findings.get(visit.submission, ())]
    return {one.code for one in found if one.state == "present" and one.code} | known.found_long_ago


def _often(found: Iterable[tuple[str, str]], often: int) -> list[str]:
    """The codes that so many visits share."""
    visits: dict[str, set[str]] = {}
    for id, code in found:
        visits.setdefault(code, set()).add(id)
    return sorted(code for code, those in visits.items() if len(those) >= often)


def _advice_repeated(known: Known, area: str, recent: Iterable[PastVisit], limits: Limits, areas: Areas) -> bool | None:
    """Whether one thing was found of one child at the policy's number of visits and nothing has changed: what that many visits since looked
    for and did not find is over, and a change that lasts is a change (clinical brief 1.6 flag 11; 2.2, gwynedd-hc: sustained). None when
    those that could not be told might make it so. What is said of the whole family is no advice on a child."""
    looked = [one.submission for one in recent if one.kind not in BESIDE and area in areas(one.form, one.form_version)]
    states: dict[tuple[str, str], dict[str, str]] = {}
    for id in looked:
        for one in known.findings.get(id, ()):
            if one.area == area and one.person and one.code:
                states.setdefault((one.code, one.person), {})[id] = one.state
    lasting = [told for told in states.values() if not _over(told, looked, limits.repeated)]
    if any(sum(state == "present" for state in told.values()) >= limits.repeated for told in lasting):
        return True
    return None if any(len(told) >= limits.repeated for told in lasting) else False


def _over(told: Mapping[str, str], looked: Sequence[str], often: int) -> bool:
    """Whether so many of the visits that looked since it was last there, or might have been, surely did not find it."""
    last = max(number for number, id in enumerate(looked) if id in told)
    return len(looked) - 1 - last >= often


def _home(recent: Iterable[PastVisit], limits: Limits) -> dict[str, Any]:
    points = home(recent, limits)
    values, seen = [one.value for one in points], [one.value for one in rooms(recent)]
    compared = patterns.compare(points)
    return {
        "home_last": _number(values[-1] if values else None),
        "home_best": _number(patterns.lowest(values)),
        "home_worst": _number(patterns.highest(values)),
        "home_rises": _number(patterns.rises(values)),
        "rooms_last": _number(seen[-1] if seen else None),
        "rooms_falls": _number(patterns.falls(seen)),
        "announced_visits": compared.announced,
        "unannounced_visits": compared.unannounced,
        "worse_unannounced": compared.higher_unannounced(limits.worse_points, limits.compared_each),
    }


def _number(found: Range | None) -> int | dict[str, int] | None:
    """As it is given to rules: what was open at a visit stays open, so that a rule can neither count on it nor rule it out."""
    return found.at_least if found and found.at_least == found.could_be else found and found._asdict()


def home(visits: Iterable[PastVisit], limits: Limits) -> list[Point]:
    """The state of the home at each visit that saw enough of it to be compared."""
    made = [Point(one.on, one.said.home, one.said.announced) for one in visits if one.made and one.said.home]
    return patterns.comparable(made, limits.open_points)


def rooms(visits: Iterable[PastVisit]) -> list[Point]:
    """How many rooms were seen at each visit."""
    return [Point(one.on, one.said.rooms, one.said.announced) for one in visits if one.made and one.said.rooms]


def levels(known: Known, visits: Sequence[PastVisit], areas: Areas, most: int) -> dict[str, list[Range]]:
    """For each area, how grave what was found in it was, at each of the newest visits whose form can find something there."""
    course: dict[str, list[Range]] = {area: [] for area in AREAS}
    for visit in reversed(visits):
        found = known.findings.get(visit.submission)
        if found is not None and visit.kind not in BESIDE:
            gravest = _gravest(found)
            for area in areas(visit.form, visit.form_version):
                if len(course[area]) < most:
                    course[area].insert(0, gravest.get(area, Range(1, 1)))
            if all(len(those) >= most for those in course.values()):
                break
    return course


def _gravest(found: Iterable[PastFinding]) -> dict[str, Range]:
    """The gravest that is present in each area, and that could be."""
    most: dict[str, Range] = {}
    for one in found:
        before = most.get(one.area, Range(1, 1))
        if one.level > before.could_be or (one.level > before.at_least and one.state == "present"):
            most[one.area] = Range(one.level if one.state == "present" else before.at_least, max(one.level, before.could_be))
    return most


def areas_worse(known: Known, recent: Sequence[PastVisit], limits: Limits, areas: Areas) -> list[str]:
    """The areas that are at their worst of the last visits."""
    course = levels(known, recent, areas, limits.course)
    return sorted(area for area, values in course.items() if _worst(area, values, recent, limits))


def _worst(area: str, values: Sequence[Range], recent: Iterable[PastVisit], limits: Limits) -> bool:
    """Whether an area is at its worst of the last visits: the home by its own score, where it has one."""
    scores = [one.value for one in home(recent, limits)] if area == "home" else []
    return patterns.at_highest((scores or list(values))[-limits.course :])


def now_open_to(known: Known, arranged: Arranged, limits: Limits) -> list[str] | None:
    """What the family is open to, by the newest visit that learnt it and by what agencies say and do; None while that is not known. What a
    family tells adds to it and ends nothing: a case is closed by whoever has it open (clinical brief 3.6)."""
    told, by_agency = _newest_open_to(known, arranged, limits), _by_agency(known, arranged, limits)
    if told is None or by_agency is None:
        return told or by_agency
    return sorted({*told, *by_agency} - {NOBODY}) or [NOBODY]


def _by_agency(known: Known, arranged: Arranged, limits: Limits) -> list[str] | None:
    return _newest_open_to(known, arranged, limits, by_agency=True)


def _newest_open_to(known: Known, arranged: Arranged, limits: Limits, *, by_agency: bool = False) -> list[str] | None:
    said = [one for one in known.since(limits.findings_days) if one.said.open_to and (one.said.by_agency or not by_agency)]
    newest, on = (said[-1].said.open_to, said[-1].on) if said else (None, "")
    return open_to(newest, on, arranged, known.moment.on)


def _past(visits: Iterable[PastVisit]) -> list[str]:
    """What was ever said of the family's past: what was said once stays said, whatever a later visit was told. Empty where nobody ever said
    anything: whether there was something is what the visit itself asks, and its answer must be able to settle it."""
    said = {code for visit in visits for code in visit.past}
    return sorted(said - NOTHING_BEFORE or said)
