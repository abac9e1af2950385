"""Random visits and random rules from a seed: whole and broken answers, rows that were never finished, facts that are missing. Used by
the comparison of the two evaluators and by the properties that no rule may break."""

from collections.abc import Mapping
from random import Random
from typing import Any

from visitapp.formlang.kinds import CHILD_FACTS, HISTORY
from visitapp.formlang.model import Form, Question, Score
from visitapp.formlang.rules import Known

SEED = 20_261_122
WRONG: list[Any] = [None, "", "no_such_code", 0, -1, 2.0, 2.5, 2**60, True, False, [], ["no_such_code"], ["nothing", 3], {}, {"a": 1}]
WRONG += ["constructor", "__proto__", "2026-02-30", "0000-01-01", "٢٠٢٦-١١-٢٢", "2026-11-22\n", "\ud83d\ude00", [[[[]]]], 1e300, -0.0]
CODES = ["sleep_soiled", "sleep_sofa", "gp", "home"]
DATES = ["2026-11-22", "2026-09-01", "2024-02-29", "1969-12-31", "0001-01-01", "9999-12-31", "2027-01-01", "2023-02-29"]


def chance_body(random: Random, form: Form) -> Any:
    if random.random() < 0.02:
        return random.choice(WRONG)
    questions = [question for section in form.sections for question in section.questions]
    answers = chance_answers(random, questions, tidy=random.random() < 0.5)
    return {"occurred_on": random.choice([DATES[0]] * 8 + WRONG), "answers": answers}


def chance_answers(random: Random, questions: Any, *, tidy: bool) -> dict[str, Any]:
    missing = random.choice([0.02, 0.2, 0.5])
    return {question.id: _answer(random, question, tidy) for question in questions if random.random() > missing}


def _answer(random: Random, question: Question, tidy: bool) -> Any:
    luck = random.random()
    if luck < 0.08:
        return {"absent": random.choice(["not_asked", "not_seen", "refused", "not_safe_to_ask"])}
    if not tidy and luck < 0.18:
        return random.choice([random.choice(WRONG), {"value": random.choice(WRONG)}, {"rows": random.choice(WRONG), "complete": True}])
    if question.kind == "rows":
        rows = [_row(random, question, tidy, number) for number in range(random.choice([0, 1, 1, 2, 3]))]
        if not tidy and random.random() < 0.02:
            rows = [_row(random, question, True, number) for number in range(random.choice([30, 31]))]
        return {"rows": rows, "complete": random.choice([True, True, True, False] if tidy else [True, False, 1, "true", None])}
    return {"value": _value(random, question)}


def _row(random: Random, question: Question, tidy: bool, number: int) -> Any:
    if not tidy and random.random() < 0.06:
        return random.choice(WRONG)
    answers = chance_answers(random, question.questions, tidy=tidy)
    id = f"row-{number}" if tidy or random.random() < 0.8 else random.choice(["row-0", "é", "a/b", "", 7, "x" * 65])
    return {"id": id, "person": random.choice(["p1", "p2", "p3", "__proto__", None, 4]), "answers": answers}


def _value(random: Random, question: Question) -> Any:
    if question.kind == "choice":
        return random.choice([option.code for option in question.options])
    if question.kind == "choices":
        return random.sample([option.code for option in question.options], random.randint(1, min(3, len(question.options))))
    if question.kind == "yes_no":
        return random.random() < 0.5
    if question.kind == "integer":
        return random.randint(0, 12)
    return random.choice(DATES) if question.kind == "date" else random.choice(["", "<b>", "שלום", "\U0001f600" * 9])


def chance_given(random: Random) -> Any:
    if random.random() < 0.04:
        return random.choice(WRONG)
    people = {id: _person(random) for id in ("p1", "p2") if random.random() < 0.9}
    history = {name: _fact(random, reads) for name, reads in HISTORY.items() if random.random() < 0.7}
    return {"people": people if random.random() < 0.95 else random.choice(WRONG), "history": history}


def _person(random: Random) -> Any:
    dates = ["2026-09-20", "2026-11-22", "2026-10-30", "2025-01-05", "2023-05-05", "2026-12-24", None, *WRONG]
    facts = {fact: random.choice(dates) for fact in ("born_on", "due_on", "seen_on", "home_on") if random.random() < 0.9}
    return facts | {"gestation_days": random.choice([280, 258, 259, 200, None, 240.0, 240.5, "240", True])}


def _fact(random: Random, reads: str) -> Any:
    if random.random() < 0.2:
        return random.choice([*WRONG, 2**53 - 1])
    codes = random.sample(CODES, random.randint(0, 2))
    if reads == "number" and random.random() < 0.3:
        return {"at_least": random.choice([random.randint(0, 9), None]), "could_be": random.choice([random.randint(0, 12), 5.0, "7"])}
    return {"number": random.randint(0, 30), "truth": random.random() < 0.5, "codes": codes}[reads]


# --- rules ------------------------------------------------------------------------------------------------


Scores = Mapping[str, Score]


def chance_rule(random: Random, names: Mapping[str, Known], here: str | None, scores: Scores | None = None, depth: int = 3) -> str:
    """A rule that is well formed where it stands, as somebody might write it."""
    if depth and random.random() < 0.6:
        parts = [chance_rule(random, names, here, scores, depth - 1) for _ in range(random.choice([2, 2, 3]))]
        return random.choice([f"({' and '.join(parts)})", f"({' or '.join(parts)})", f"(not {parts[0]})"])
    chain = _chain(names, here)
    seen = [known.question for known in names.values() if known.parent in chain]
    rows = [question for question in seen if question.kind == "rows"]
    if depth and rows and random.random() < 0.5:
        return _over_rows(random, names, scores, random.choice(rows).id, depth)
    numbers = {id: score.max for id, score in (scores or {}).items() if score.rows in chain}
    if any(names[place].question.of == "child" for place in chain if place):
        numbers |= dict.fromkeys(CHILD_FACTS, 400)
    if random.random() < 0.3:
        return _test_of_fact(random, numbers)
    plain = [question for question in seen if question.kind not in ("rows", "text")]
    return _test(random, random.choice(plain)) if plain else _test_of_fact(random, numbers)


def _over_rows(random: Random, names: Mapping[str, Known], scores: Scores | None, rows: str, depth: int) -> str:
    inner = chance_rule(random, names, rows, scores, depth - 1)
    count = f"count({rows}, {inner}) {random.choice(ORDER)} {random.randint(1, 3)}"
    return random.choice([f"some({rows}, {inner})", f"every({rows}, {inner})", count])


ORDER = ["<", "<=", ">", ">=", "==", "!="]


def _test_of_fact(random: Random, numbers: Mapping[str, int]) -> str:
    """A test of a score or a fact about a child, each with the most that it may be, or of what was known before."""
    name = random.choice(list(HISTORY))
    if numbers and random.random() < 0.6:
        number, most = random.choice(list(numbers.items()))
        right = random.choice(
            [str(random.randint(1, most - 1)), *numbers, "history.home_last", f"history.home_best + {random.randint(0, 4)}"]
        )
        return f"{number} {random.choice(ORDER)} {right}"
    if HISTORY[name] == "truth":
        return f"history.{name}"
    if HISTORY[name] == "codes":
        return f"'{random.choice(CODES)}' {random.choice(['in', 'not in'])} history.{name}"
    return f"history.{name} {random.choice(ORDER)} {random.choice(['3', 'history.home_worst + 2', 'history.agencies'])}"


def _test(random: Random, question: Question) -> str:
    order = random.choice(ORDER)
    codes = [option.code for option in question.options]
    if question.kind == "choice":
        return random.choice(
            [
                f"{question.id} {random.choice(['==', '!='])} '{random.choice(codes)}'",
                f"{question.id} in {random.sample(codes, min(2, len(codes)))}",
                f"{question.id} not in {codes[:1]}",
            ]
        )
    if question.kind == "choices":
        return f"'{random.choice(codes)}' {random.choice(['in', 'not in'])} {question.id}"
    if question.kind == "yes_no":
        return random.choice([question.id, f"{question.id} == False", f"not {question.id}"])
    if question.kind == "integer":
        right = random.choice([str(random.randint(0, 12)), "history.home_last + 1", "history.agencies"])
        return f"{question.id} {order} {right}"
    return random.choice([f"{question.id} {order} '{DATES[0]}'", f"{question.id} in ['2026-11-22', '2024-02-29']"])


def _chain(names: Mapping[str, Known], here: str | None) -> list[str | None]:
    chain: list[str | None] = [here]
    while here is not None:
        here = names[here].parent
        chain.append(here)
    return chain
