# SPDX-License-Identifier: MulanPSL-2.0
"""What would come of the office's old 值班表: which months, which lines, which people, and what was not understood."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path

from township_office.core.progress import Progress, silent
from township_office.core.text import t
from township_office.exchange.dutynames import is_code
from township_office.exchange.dutysheet import Doubt, OldRoster, OldTurn, read_rosters
from township_office.exchange.workbooks import read_workbook
from township_office.registers.duty.likeness import likely_group, likely_line
from township_office.registers.duty.month import IMPORTED, days_of, first_of, month_of
from township_office.registers.duty.plan import DayKind, Half
from township_office.registers.duty.staff import MOST_PEOPLE, Line, Person
from township_office.services import tripwire
from township_office.services.office import Office
from township_office.services.roster import calendar
from township_office.store import duty


class Fate(StrEnum):
    """What becomes of somebody who is named in a sheet."""

    KNOWN = "known"  # on the list
    ADD = "add"  # put on the list, and drawn from now on
    LEFT = "left"  # put on the list as one who has left: the turns count, nobody draws them
    OUT = "out"  # not taken in


class Standing(StrEnum):
    """How a month of a sheet stands in the program."""

    NEW = "new"
    IMPORTED = "imported"  # taken in before; replaced only when the clerk says so
    GIVEN_OUT = "given_out"  # published, or changed after it was taken in: never touched
    DRAFT = "draft"  # being drawn


@dataclass(frozen=True, slots=True)
class Target:
    """Where a column goes: a line of the office, or (line_id None) a line of this name that is no longer kept."""

    line_id: int | None
    name: str
    group: str


@dataclass(frozen=True, slots=True)
class Choices:
    """What the clerk decided otherwise: columns by heading (None: left out), people by name (an id: it is that one)."""

    columns: Mapping[str, Target | None] = field(default_factory=dict)
    people: Mapping[str, int | Fate] = field(default_factory=dict)
    replaces: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """A file as it was read."""

    path: Path
    rosters: tuple[OldRoster, ...]


@dataclass(frozen=True, slots=True)
class PlannedColumn:
    """A heading, how many turns stand below it, and where they go."""

    label: str
    turns: int
    target: Target | None


@dataclass(frozen=True, slots=True)
class PlannedPerson:
    """Who is named, in which groups, with how many turns by kind of day. person_id: whose they are, if known."""

    name: str
    fate: Fate
    person_id: int | None
    groups: tuple[str, ...]
    turns: Mapping[DayKind, int]
    last_on: date


@dataclass(frozen=True, slots=True)
class PlannedMonth:
    """A month that the sheets tell of."""

    name: str  # 2024-10
    standing: Standing
    is_taken: bool
    turns: int


@dataclass(frozen=True, slots=True)
class PlannedTurn:
    """One turn that will be written."""

    day: date
    target: Target
    half: Half
    seat: int
    name: str
    kind: DayKind


@dataclass(frozen=True, slots=True)
class Problem:
    """What was not taken as it stands, and where; row 0 is the sheet as a whole, no sheet the whole import."""

    file: str
    sheet: str
    row: int
    why: str


@dataclass(frozen=True, slots=True)
class OldPlan:
    """What an import would come to."""

    sources: tuple[Source, ...]
    choices: Choices
    columns: tuple[PlannedColumn, ...]
    people: tuple[PlannedPerson, ...]
    months: tuple[PlannedMonth, ...]
    turns: tuple[PlannedTurn, ...]
    problems: tuple[Problem, ...]

    @property
    def needs_year(self) -> bool:
        """Whether a sheet does not say its year."""
        return any(roster.year is None for source in self.sources for roster in source.rosters)


def read_sheets(
    office: Office, paths: Sequence[Path], today: date, year: int | None = None, progress: Progress = silent
) -> tuple[Source, ...]:
    """Read old 值班表; year is for those that do not say theirs. Raise OfficeError naming what cannot be read."""
    found = []
    for number, path in enumerate(paths):
        progress(number, len(paths))
        tripwire.refuse_name("duty_month.sheet", path, office.clerk)
        sheets = read_workbook(path)
        texts = (cell for sheet in sheets for row in sheet.rows for cell in row if isinstance(cell, str))
        tripwire.refuse("duty_month.sheet", *texts, *(sheet.name for sheet in sheets), clerk=office.clerk)
        found.append(Source(path, read_rosters(sheets, path.stem, today, year)))
    return tuple(found)


def plan_import(office: Office, sources: Sequence[Source], choices: Choices | None = None) -> OldPlan:
    """Say what would come in; nothing is written."""
    return _Planner(office, tuple(sources), choices or Choices()).plan()


class _Planner:
    """Puts the turns of all tables together."""

    def __init__(self, office: Office, sources: tuple[Source, ...], choices: Choices) -> None:
        self._office, self._sources, self._choices = office, sources, choices
        self._lines = {line.id: line for line in duty.lines(office.db, with_void=True)}
        self._held = duty.lines(office.db)
        self._people = {_key(one.name): one for one in duty.people(office.db)}
        self._by_id = {one.id: one for one in self._people.values()}
        self._problems = [
            Problem(source.path.name, doubt.sheet, doubt.row, doubt.why)
            for source in sources
            for roster in source.rosters
            for doubt in [*roster.doubts, *_guess_of(roster)]
        ]
        self._tables = [(source, roster) for source in sources for roster in source.rosters]
        self._targets = self._find_targets()
        self._kinds: dict[date, DayKind] = {}

    def plan(self) -> OldPlan:
        """Return the plan."""
        everything = [turn for _, roster in self._tables for turn in roster.turns]
        months = self._months(everything)
        for month in months:
            first, last = first_of(month.name), days_of(month.name)[-1]
            self._kinds |= {day.date: day.kind for day in calendar.days_of(self._office, first, last)}
        for year in sorted({day.year for day in self._kinds}):
            if not calendar.calendar_of(self._office, year).is_known:
                self._problem(t("duty_old.unknown_year", year=year))
        people = self._find_people(everything)
        fates = {one.name: one.fate for one in people}
        taken = {month.name for month in months if month.is_taken}
        turns = [turn for turn in self._turns() if month_of(turn.day) in taken and fates[turn.name] is not Fate.OUT]
        counts = {label: sum(turn.column == label for turn in everything) for label in self._targets}
        columns = [PlannedColumn(label, counts[label], target) for label, target in self._targets.items()]
        return OldPlan(
            self._sources, self._choices, tuple(columns), tuple(people), tuple(months), tuple(_seated(turns)),
            tuple(dict.fromkeys(self._problems)),
        )  # fmt: skip

    def _find_targets(self) -> dict[str, Target | None]:
        """Decide where each heading goes: as the clerk says, else the likeliest line, else one that is kept no more."""
        labels: dict[str, Half] = {}
        for _, roster in self._tables:
            halves = {turn.column: turn.half for turn in roster.turns}
            labels = {label: halves.get(label, Half.WHOLE) for label in roster.columns} | labels
        return {label: self._target(label, half) for label, half in labels.items()}

    def _target(self, label: str, half: Half) -> Target | None:
        if label in self._choices.columns:
            return self._choices.columns[label]
        retired = [line for line in self._lines.values() if line not in self._held and line.name == label]
        line = likely_line(label, half, self._held) or next(iter(retired), None)
        return target_of(line) if line else Target(None, label, likely_group(label, self._held))

    def _months(self, turns: Sequence[OldTurn]) -> list[PlannedMonth]:
        counts: dict[str, int] = {}
        for turn in turns:
            counts[month_of(turn.day)] = counts.get(month_of(turn.day), 0) + 1
        return [self._month(name, count) for name, count in sorted(counts.items())]

    def _month(self, name: str, count: int) -> PlannedMonth:
        standing = standing_of(self._office, name)
        is_taken = standing is Standing.NEW or (standing is Standing.IMPORTED and self._choices.replaces)
        return PlannedMonth(name, standing, is_taken, count)

    def _find_people(self, turns: Sequence[OldTurn]) -> list[PlannedPerson]:
        by_name: dict[str, list[OldTurn]] = {}
        for turn in turns:
            by_name.setdefault(turn.name, []).append(turn)
        staffed = {group for person in self._by_id.values() for group in person.groups}
        people = [self._person(name, own, staffed) for name, own in by_name.items()]
        codes = [one.name for one in people if is_code(one.name) and one.fate in (Fate.ADD, Fate.LEFT)]
        if codes:
            self._problem(t("duty_old.codes", names="、".join(sorted(codes, key=int))))
        return people

    def _person(self, name: str, turns: Sequence[OldTurn], staffed: set[str]) -> PlannedPerson:
        targets = [target for turn in turns if (target := self._targets[turn.column]) is not None]
        groups = tuple(dict.fromkeys(target.group for target in targets))
        said = self._choices.people.get(name)
        known = self._by_id.get(said) if isinstance(said, int) else self._people.get(_key(name))
        fate = self._fate(name, said, known, staffed & set(groups))
        kinds: dict[DayKind, int] = {}
        for turn in turns:
            kind = self._kinds[turn.day]
            kinds[kind] = kinds.get(kind, 0) + 1
        last = max(turn.day for turn in turns)
        if fate is Fate.KNOWN and known is not None:
            self._note_absence(known, turns)
        return PlannedPerson(
            name, fate if groups else Fate.OUT, known.id if known and fate is Fate.KNOWN else None, groups, kinds, last
        )

    def _fate(self, name: str, said: int | Fate | None, known: Person | None, staffed: set[str]) -> Fate:
        """Where the office has its list already, whoever is not on it has most likely left."""
        if said is Fate.OUT or (known is None and said in (Fate.ADD, Fate.LEFT)):
            return Fate(said)
        if known is not None:
            return Fate.KNOWN
        return Fate.LEFT if is_code(name) or staffed else Fate.ADD

    def _note_absence(self, person: Person, turns: Sequence[OldTurn]) -> None:
        outside = [turn.day for turn in turns if not person.is_here(turn.day)]
        if outside and not is_from_sheets(person):
            self._problem(t("duty_old.not_here", name=person.name, day=min(outside)))

    def _turns(self) -> Iterator[PlannedTurn]:
        """Yield each turn once; of two tables that fill the same line of the same day, the first counts."""
        filled: dict[tuple[date, Target, Half], tuple[int, set[str]]] = {}
        for number, (source, roster) in enumerate(self._tables):
            for turn in roster.turns:
                target = self._targets[turn.column]
                if target is None:
                    continue
                half = self._half(target, turn.half)
                table, names = filled.setdefault((turn.day, target, half), (number, set()))
                if turn.name in names:
                    continue
                if table != number:
                    why = t("duty_old.two_tables", day=turn.day, line=target.name, name=turn.name)
                    self._problems.append(Problem(source.path.name, roster.sheet, 0, why))
                    continue
                names.add(turn.name)
                if len(names) > MOST_PEOPLE:
                    self._problem(t("duty_old.too_many", day=turn.day, line=target.name, most=MOST_PEOPLE))
                    continue
                yield PlannedTurn(turn.day, target, half, 0, turn.name, self._kinds[turn.day])

    def _half(self, target: Target, half: Half) -> Half:
        halves = self._lines[target.line_id].halves if target.line_id is not None else (half,)
        return half if half in halves else halves[0]

    def _problem(self, why: str) -> None:
        self._problems.append(Problem("", "", 0, why))


def is_from_sheets(person: Person) -> bool:
    """Whether somebody is on the list for the turns of old sheets alone: each sheet tells how long."""
    return person.remarks == t("duty_old.only_in_sheets")


def target_of(line: Line) -> Target:
    """Return a line of the office as the target of a column."""
    return Target(line.id, line.name, line.group)


def standing_of(office: Office, name: str) -> Standing:
    """Return how a month stands in the program."""
    month, days = duty.month(office.db, name), days_of(name)
    if month is None:
        return Standing.NEW
    if not month.is_published:
        return Standing.DRAFT if duty.shifts(office.db, days[0], days[-1]) else Standing.NEW
    is_changed = bool(duty.changes(office.db, days[0], days[-1]))
    return Standing.IMPORTED if month.entry == IMPORTED and not is_changed else Standing.GIVEN_OUT


def _seated(turns: Sequence[PlannedTurn]) -> Iterator[PlannedTurn]:
    """Give those of one line of one day a seat each, in the order they are written."""
    seats: dict[tuple[date, Target, Half], int] = {}
    for turn in turns:
        place = (turn.day, turn.target, turn.half)
        seats[place] = seats.get(place, 0) + 1
        yield PlannedTurn(turn.day, turn.target, turn.half, seats[place], turn.name, turn.kind)


def _guess_of(roster: OldRoster) -> list[Doubt]:
    return [Doubt(roster.sheet, 0, t("duty_old.guessed_year", year=roster.year))] if roster.is_guessed else []


def _key(name: str) -> str:
    return unicodedata.normalize("NFKC", name)
