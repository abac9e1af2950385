"""What a figure is: how much of something each family has. The number on the screen is the sum of that, the list behind it is the same
families one by one."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple


class Item(NamedTuple):
    """Something counted in one family: how many, on which day, and in a few words what."""

    many: int = 1
    on: str = ""
    words: str = ""


@dataclass(frozen=True)
class Cell:
    """One figure. `words` says it whole, as the title of its list does; `families` is how many in each; `unit` is what is counted, one and
    many; `of` is how many it is a part of. `items` are what was counted, one by one, where that was asked for."""

    key: str
    words: str
    families: Mapping[str, int]
    unit: tuple[str, str]
    of: int | None = None
    items: Mapping[str, Sequence[Item]] = field(default_factory=dict)

    @property
    def number(self) -> int:
        return sum(self.families.values())


@dataclass(frozen=True)
class Line:
    """A row of a table: its heading, what is said under it, and its figures in the order of the columns, None where there is none."""

    heading: str
    cells: tuple[Cell | None, ...]
    under: str = ""


@dataclass(frozen=True)
class Chart:
    """Bars that the table beside it has in numbers: a label for each bar, and series that are put on each other."""

    title: str
    labels: tuple[str, ...]
    series: tuple[tuple[str, tuple[int, ...]], ...]

    @property
    def highest(self) -> int:
        return max((sum(values) for values in zip(*(each for _, each in self.series), strict=True)), default=0)


@dataclass(frozen=True)
class Table:
    """`first` is the heading of the first column; `empty` is said where there is no line."""

    caption: str
    first: str
    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    empty: str = ""
    chart: Chart | None = None
    note: str = ""


@dataclass(frozen=True)
class Section:
    """`notes` say what the figures are of, and what is not known."""

    id: str
    title: str
    tables: tuple[Table, ...]
    notes: tuple[str, ...] = ()

    def cells(self) -> Iterator[Cell]:
        for table in self.tables:
            for line in table.lines:
                yield from (cell for cell in line.cells if cell is not None)

    def cell(self, key: str) -> Cell | None:
        return next((cell for cell in self.cells() if cell.key == key), None)


FAMILY = ("family", "families")
VISIT = ("visit", "visits")


@dataclass
class Tally:
    """Counts by figure and family; `unit` is what is counted unless a figure says otherwise. What was counted is kept one by one of the
    figure that is `wanted` and of no other: a team has tens of thousands of such things."""

    unit: tuple[str, str] = FAMILY
    wanted: str = ""
    counted: dict[str, dict[str, int]] = field(default_factory=lambda: defaultdict(dict))
    items: dict[str, list[Item]] = field(default_factory=lambda: defaultdict(list))

    def add(self, key: str, household: str, many: int = 1, on: str = "", words: str = "") -> None:
        if many:
            homes = self.counted[key]
            homes[household] = homes.get(household, 0) + many
            if key == self.wanted:
                self.items[household].append(Item(many, on, words))

    def add_each(self, key: str, homes: Mapping[str, int], words: str) -> None:
        """So many in each family."""
        if key not in self.counted and key != self.wanted:
            self.counted[key] = dict(homes)
            return
        for household, many in homes.items():
            self.add(key, household, many, words=words)

    def cell(self, key: str, words: str, of: int | None = None, unit: tuple[str, str] | None = None) -> Cell:
        return Cell(key, words, self.counted.get(key, {}), unit or self.unit, of, self.items if key == self.wanted else {})

    def total(self, *keys: str) -> int:
        return sum(sum(self.counted[key].values()) for key in keys if key in self.counted)
