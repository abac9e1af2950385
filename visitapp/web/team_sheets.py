"""The figures of a team, and the families behind them, as the tables of a file."""

from collections.abc import Callable

from visitapp.flow.team.figures import Cell
from visitapp.flow.team.screen import Behind, Figures
from visitapp.web.spreadsheets import Sheet, Value
from visitapp.web.words import level_words


def figures(found: Figures) -> Sheet:
    """A row for each figure."""
    rows: list[tuple[Value, ...]] = []
    for section in found.sections:
        for table in section.tables:
            for line in table.lines:
                for column, cell in zip(table.columns, line.cells, strict=True):
                    if cell is not None:
                        rows.append((section.title, table.caption, line.heading, column, cell.number, cell.of, len(cell.families)))
    return Sheet("Figures", ("Part", "Table", "What", "Column", "Number", "Of", "Families behind it"), rows)


EACH: tuple[tuple[str, str, Callable[[str], bool]], ...] = (
    ("Visits made", "visits", lambda key: key == "made"),
    ("Visits not completed", "visits", lambda key: key in ("no_answer", "refused", "cancelled", "not_brought", "unknown")),
    ("Not completed, never counted against them", "visits", lambda key: key == "not_counted"),
    ("Planned, nothing recorded", "visits", lambda key: key == "nothing_recorded"),
    ("Mandated contacts overdue", "contacts", lambda key: key == "overdue.all"),
    ("Mandated contacts due now", "contacts", lambda key: key == "due.all"),
    ("Made, child not known to be seen", "contacts", lambda key: key == "not_seen.all"),
    ("Sleep places seen", "places", lambda key: key == "seen"),
    ("Sleep places told or shown only", "places", lambda key: key in ("shown", "told", "told_by_agency")),
    ("Sleep places not known", "places", lambda key: key == "unplaced"),
    ("Findings", "caseload", lambda key: key.startswith("present.")),
    ("Cannot tell", "caseload", lambda key: key.startswith("cannot_tell.")),
    ("Neglect found", "neglect", lambda key: key == "found"),
    ("Referrals sent", "replies", lambda key: key == "sent"),
    ("Referrals without an answer", "replies", lambda key: key == "unanswered.all"),
    ("Answers not asked", "left", lambda key: key == "not_asked.all"),
    ("Answers left empty", "left", lambda key: key == "unanswered.all"),
)
"""What a family's row has: the heading, and the figures of which part."""


def families(found: Figures) -> Sheet:
    """A row for each family of the team, with what each figure counted in it."""
    parts = {section.id: {cell.key: cell for cell in section.cells()} for section in found.sections}
    chosen = [[cell for key, cell in parts[section].items() if wanted(key)] for _, section, wanted in EACH]
    rows = [
        (
            row["name"], row["practitioner_name"] or "Nobody is named", level_words(row), row["level_agreed"],
            row["last_visit_on"], row["last_seen_child_on"], *(_of(cells, row["household"]) for cells in chosen),
        )
        for row in found.families
    ]  # fmt: skip
    head = ("Family", "Named practitioner", "Suggested level", "Agreed level", "Last visit", "A child last seen")
    return Sheet("Families", (*head, *(heading for heading, _, _ in EACH)), rows)


def _of(cells: list[Cell], household: str) -> int:
    return sum(cell.families.get(household, 0) for cell in cells)


def behind(found: Behind) -> Sheet:
    """A row for each thing that was counted."""
    rows = [
        (row["name"], row["practitioner_name"] or "Nobody is named", item.on, item.words, item.many)
        for row, items in found.lines
        for item in items
    ]
    return Sheet("Families", ("Family", "Named practitioner", "Day", "What", "How many"), rows)


def about(found: Figures) -> Sheet:
    """What the figures are of, so that a file that is found later says so itself."""
    team = found.team["name"] if found.team else "No team"
    rows: list[tuple[Value, ...]] = [
        ("Team", team), ("Counted", found.at), ("Figures of a time", f"{found.since} to {found.today}"),
        ("Families", len(found.families)),
        ("Whose", "Families that are the team’s now, with all that was recorded of them, also before they came to it."),
        ("Keep", "This file names families. It is health information about children: keep it where such records are kept, and no longer "
                 "than it is needed."),
    ]  # fmt: skip
    rows += [(section.title, note) for section in found.sections for note in section.notes]
    return Sheet("About", ("What", "Is"), rows)
