# SPDX-License-Identifier: MulanPSL-2.0
"""Where the tables of an old 值班表 lie in a sheet, and what each of their columns holds.

Days down or across, two half-months side by side, a heading of two lines, cells merged over a week.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import Enum, auto

from township_office.exchange.dutydays import weekday_in, written_in
from township_office.exchange.dutynames import names_in
from township_office.exchange.natives import Cell, Sheet
from township_office.registers.duty.plan import Half

_DATE = re.compile(r"(?:值班)?(?:日期|时间)|日期[及/、和(]?(?:星期|周)?\)?|月日")
_ACROSS = re.compile(r"姓名|人员|日期|名单|岗位|班次")
_WEEKDAY = re.compile(r"星期几?|周几?|礼拜|星期[(/].*")
_HALF_COLUMN = re.compile(r"班次|时段|时间段")
_NO_LINE = re.compile(
    r"序号|备注|签[字名到退]|交接|天气|地[点址]|联系方式|电话|手机|号码|职务|职级|部门|单位|科室|情况|记录|合计|总计|小计"
    r"|假日$|节日$|次数|天数|说明|要求|车牌|车辆|分机|传真|审核|制表|时间"
)
_BESIDE = re.compile(r"(?:[及和与、/,]|以及)?(?:联系|手机)?(?:电话|方式|号码|职务|职级|姓名)+")
_ADDED = re.compile(r"[及和与、/,]")
_BRACKETS = re.compile(r"\([^()]*\)")
_SUB = re.compile(
    r"姓名|职务|.{0,4}(?:电话|手机)|联系方式|[白夜日晚早中]班|白天|夜间|晚上|上午|下午|中午|.{0,4}[(]?24小时[)]?"
)
_LINE_WORDS = re.compile(
    "带班|值班|领导|上午|下午|中午|晚[班上]|夜[班间]|白[班天]|主班|副班|备勤|驾驶|司机|人员|干部|应急|(?:组|办|所|站|队|中心)$"
)
_NIGHT, _DAY = re.compile("夜|晚"), re.compile("白|日班|昼|上午|下午|中午|早班|中班")
_FOOT = re.compile(
    r"合计|总计|小计|备注|注[::1-9]|说明|值班电话|值班要求|要求|制表|审核|批准|签发|报送|联系电话|传真|附[::件注]"
)

# What stands in a cell of a table of dots. 休 is written for a turn given up or the rest that follows one.
TURN_MARKS = frozenset("●◆■★▲√✓✔☑值班岗◎V1") | {"值班", "在岗", "当班", "全", "24", "24H"}
DAY_MARKS, NIGHT_MARKS = frozenset({"白", "日", "昼", "白班", "日班"}), frozenset({"夜", "晚", "夜班", "晚班"})
LEAD_MARKS = frozenset({"带", "带班"})
REST_MARKS = frozenset("休假-/×X调病事婚产0无") | {
    "休息",
    "年休",
    "年假",
    "公休",
    "调休",
    "出差",
    "培训",
    "事假",
    "病假",
}
HOLLOW = frozenset("○△□☆〇O")  # a turn where nothing filled stands beside it
_MARKS = TURN_MARKS | DAY_MARKS | NIGHT_MARKS | LEAD_MARKS | REST_MARKS | HOLLOW
_MOST_ROWS_OF_TITLE, _FEWEST_DAYS = 12, 5
ON_DUTY, IN_LEAD = "值班人员", "带班领导"  # what a dot, and what 带 in its place, stands for
_NO_LABEL = ("姓名", "人员", "名单")
_LONGEST_LABEL = 20  # what a line may be called


class Role(Enum):
    """What a column of a table holds."""

    DATE = auto()
    WEEKDAY = auto()
    HALF = auto()  # 白班 or 夜班, line by line
    LINE = auto()  # names
    PERSON = auto()  # dots of the one who is named in its heading
    OTHER = auto()


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its place in the grid, what it holds, what it is called, and which part of the day it is."""

    place: int
    role: Role
    label: str
    half: Half = Half.WHOLE


@dataclass(slots=True)
class Grid:
    """Cells as they are read: a merged cell says the same in all its places. lines: their numbers in the sheet."""

    cells: list[list[Cell]]
    first: set[tuple[int, int]]  # merged places that are not the first of their row: a heading counts once
    lines: list[list[int]]

    def texts(self, row: int, left: int = 0, right: int | None = None) -> list[str]:
        """Return what is written in a row, merged cells once."""
        return [
            text
            for place in range(left, len(self.cells[row]) if right is None else right + 1)
            if (row, place) not in self.first and (text := plain(self.cells[row][place]))
        ]


@dataclass(slots=True)
class Table:
    """One table: its rows below the heading, and its columns."""

    grid: Grid
    titles: tuple[str, ...]
    top: int  # the first row below the heading
    bottom: int  # behind the last one: the foot is no part of it
    columns: list[Column] = field(default_factory=list)


def plain(cell: Cell) -> str:
    """Return a cell as text without blanks, in one width."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return "".join(unicodedata.normalize("NFKC", str(cell)).split())


def half_in(text: str) -> Half | None:
    """Return the part of a day that a heading or a cell speaks of, None for none."""
    if _NIGHT.search(text):
        return Half.NIGHT
    return Half.DAY if _DAY.search(text) else None


def is_foot(text: str) -> bool:
    """Whether a line that begins so stands below the table."""
    return _FOOT.match(text) is not None


def find_tables(sheet: Sheet, today: date) -> list[Table]:
    """Return the tables of a sheet from top to bottom, blocks that stand side by side from left to right."""
    grid = _grid(sheet)
    heads = [row for row in range(len(grid.cells)) if _is_head(grid, row, today)]
    tables: list[Table] = []
    titles: tuple[str, ...] = ()
    for number, (row, bottom) in enumerate(zip(heads, [*heads[1:], len(grid.cells)], strict=False)):
        above = heads[number - 1] + 1 if number else max(0, row - _MOST_ROWS_OF_TITLE)
        titles = (*_titles(grid, above, row, today), *titles)
        across = _across(grid, row, today)
        if across is not None:
            tables += _blocks(_turned(grid, row, bottom, across), 0, None, titles, [0])
        else:
            dates = [at for at, cell in enumerate(grid.cells[row]) if _is_date(cell) and (row, at) not in grid.first]
            tables += _blocks(grid, row, bottom, titles, dates)
    return [table for table in tables if any(one.role in (Role.LINE, Role.PERSON) for one in table.columns)]


def _titles(grid: Grid, above: int, head: int, today: date) -> list[str]:
    """Return the lines above a heading, as far up as the last day of a table before."""
    found: list[list[str]] = []
    for row in reversed(range(above, head)):
        texts = grid.texts(row)
        if len(texts) > 2 or (texts and written_in(texts[0], today) is not None):
            break
        found.insert(0, texts)
    return [text for texts in found for text in texts]


def _is_date(cell: Cell) -> bool:
    return _DATE.fullmatch(plain(cell)) is not None


def _grid(sheet: Sheet) -> Grid:
    cells = [list(row) for row in sheet.rows]
    again: set[tuple[int, int]] = set()
    for top, left, bottom, right in sheet.merged:
        for row in range(top, min(bottom + 1, len(cells))):
            for place in range(left, min(right + 1, len(cells[row]))):
                cells[row][place] = cells[top][left]
                if place > left:
                    again.add((row, place))
    return Grid(cells, again, [[row + 1] * len(line) for row, line in enumerate(cells)])


def _turned(grid: Grid, top: int, bottom: int, left: int) -> Grid:
    """Return the table whose days stand across with its days down; it ends at the first empty line."""
    end = next((row for row in range(top, bottom) if not grid.texts(row)), bottom)
    foot = next((row for row in range(top + 1, end) if is_foot(grid.texts(row)[0])), end)
    width = len(grid.cells[top])
    return Grid(
        [[grid.cells[row][place] for row in range(top, foot)] for place in range(left, width)],
        set(),
        [[grid.lines[row][place] for row in range(top, foot)] for place in range(left, width)],
    )


def _is_head(grid: Grid, row: int, today: date) -> bool:
    return _across(grid, row, today) is not None or (any(map(_is_date, grid.cells[row])) and not _is_under(grid, row))


def _is_under(grid: Grid, row: int) -> bool:
    """Whether a row is the second line of a heading: 日期 is merged over both."""
    return row > 0 and any(
        _is_date(cell) and plain(grid.cells[row - 1][place]) == plain(cell)
        for place, cell in enumerate(grid.cells[row])
    )


def _across(grid: Grid, row: int, today: date) -> int | None:
    """Return the column of the headings of a table whose days stand across in this row, None for any other row."""
    cells = grid.cells[row]
    for place, cell in enumerate(cells):
        if _ACROSS.search(plain(cell)):
            days = [one for one in cells[place + 1 :] if plain(one) and written_in(one, today) is not None]
            return place if len(days) >= _FEWEST_DAYS else None
    return None


def _blocks(grid: Grid, head: int, bottom: int | None, titles: tuple[str, ...], dates: Sequence[int]) -> list[Table]:
    """Return the blocks of a table: each begins with its days, the first one with whatever stands before them."""
    bottom = len(grid.cells) if bottom is None else bottom
    top = head + 1
    while top < bottom and _is_second_line(grid, head, top):
        top += 1
    tables = []
    for number, date_at in enumerate(dates):
        right = dates[number + 1] - 1 if number + 1 < len(dates) else len(grid.cells[head]) - 1
        headings = {at: _heading(grid, head, top, at) for at in range(date_at if number else 0, right + 1)}
        begins = [grid.texts(row, min(headings), right)[:1] for row in range(top, bottom)]
        foot = next((top + at for at, text in enumerate(begins) if text and is_foot(text[0])), bottom)
        table = Table(grid, titles, top, foot)
        table.columns = _columns(table, headings, date_at)
        tables.append(table)
    return tables


def _is_second_line(grid: Grid, head: int, row: int) -> bool:
    texts = grid.texts(row)
    first = next((at for at, cell in enumerate(grid.cells[head]) if _is_date(cell)), 0)
    stands = plain(grid.cells[row][first])
    is_same = not stands or stands == plain(grid.cells[head][first])
    return is_same and any(_SUB.fullmatch(text) for text in texts) and not any(map(is_foot, texts))


def _heading(grid: Grid, head: int, top: int, at: int) -> str:
    words = dict.fromkeys(plain(grid.cells[row][at]) for row in range(head, top))
    return "".join(word for word in words if word and (word != "姓名" or len(words) == 1))


def _columns(table: Table, headings: dict[int, str], date_at: int) -> list[Column]:
    cells = {
        at: [text for row in range(table.top, table.bottom) if (text := plain(table.grid.cells[row][at]))]
        for at in headings
    }
    people = {at: _person(heading, cells[at]) for at, heading in headings.items() if at != date_at}
    marked = [text for at, name in people.items() if name for text in cells[at]]
    marks = [text for text in marked if text.upper() in _MARKS]
    # One column alone may be a line that is called like a person: then nothing but dots will do.
    is_dots = len(marks) * 2 > len(marked) and sum(map(bool, people.values())) >= 2
    is_dots = is_dots or (marks == marked and not TURN_MARKS.isdisjoint(marked))
    columns = []
    for at, heading in headings.items():
        if at == date_at:
            columns.append(Column(at, Role.DATE, heading))
        elif is_dots and people[at]:
            columns.append(Column(at, Role.PERSON, people[at]))
        else:
            columns.append(_column(at, heading, cells[at]))
    return columns


def _column(at: int, heading: str, texts: Sequence[str]) -> Column:
    role = _other_role(heading, texts)
    if role is not Role.LINE:
        return Column(at, role, heading)
    half = half_in(heading)
    label = _BRACKETS.sub("", heading)
    if half is not None and half_in(label) is None:
        label += _BRACKETS.findall(heading)[0]
    if _ADDED.search(label):
        label = _BESIDE.sub("", label) or label
    label = ON_DUTY if label in _NO_LABEL else label or heading
    return Column(at, Role.LINE, label[:_LONGEST_LABEL], half or Half.WHOLE)


def _other_role(heading: str, texts: Sequence[str]) -> Role:
    if _WEEKDAY.fullmatch(heading) or (
        texts and sum(weekday_in(text) is not None for text in texts) > 0.8 * len(texts)
    ):
        return Role.WEEKDAY
    if _HALF_COLUMN.fullmatch(heading):
        return Role.HALF
    bare = _BRACKETS.sub("", heading)
    if _ADDED.search(bare):
        bare = _BESIDE.sub("", bare)
    return Role.OTHER if not bare or _DATE.fullmatch(bare) or _NO_LINE.search(bare) else Role.LINE


def _person(heading: str, texts: Sequence[str]) -> str:
    """Return the one person a heading names, "" where it names none."""
    if not heading or _LINE_WORDS.search(heading) or _other_role(heading, texts) is not Role.LINE:
        return ""
    named = names_in(heading)
    return named.names[0] if len(named.names) == 1 and not named.unclear else ""
