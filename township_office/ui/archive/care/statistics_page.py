# SPDX-License-Identifier: MulanPSL-2.0
"""年度统计: the figures of the 年报 on one page; counted in the background, exported, printed or copied as a whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from township_office.core.fields import Field
from township_office.core.progress import Progress
from township_office.core.text import t
from township_office.services.archive import statistics
from township_office.services.archive.statistics import Amount, Statistics
from township_office.services.office import Office, twin
from township_office.ui import actions
from township_office.ui.archive.care.plain_table import PLAIN, PlainLine, PlainTable
from township_office.ui.book.year_choice import YearBox
from township_office.ui.jobs import run_job, run_quietly
from township_office.ui.messages import Asker, words_for
from township_office.ui.tabs.tab import Tab
from township_office.ui.widgets import action_button, card, label, open_once, plain_button, scrolling

_COMMANDS = ("sheet_export", "book_print", "reload")
_TILES = ("held", "filed", "used", "transferred", "destroyed", "due")
_YEAR_WIDTH, _PERIOD_WIDTH, _FIGURE_WIDTH, _NAME_WIDTH = 8, 7, 8, 12
_ANY = 16_777_215  # Qt has no larger width
_ROW, _HEAD = 30, 34  # pixels: a page of figures stands closer than a list to choose from
_SIDE = 372  # pixels of the small tables at the right
_WIDE = 820  # logical pixels of the page; below, they stand under the large one


class StatisticsPage(Tab):
    """What is kept, by 年度 and 保管期限; what came, went and was used in one year."""

    def __init__(self, office: Office, today: Callable[[], date], asker: Asker) -> None:
        super().__init__()
        self._office, self._today, self._asker = office, today, asker
        self.found: Statistics | None = None
        self._commands = {name: actions.make(name, self, getattr(self, f"on_{name}")) for name in _COMMANDS}
        self._commands["book_print"].setText(t("care.print"))
        self.years = YearBox()
        self._copy = plain_button(t("figures.copy"))
        self._figures: dict[str, tuple[QLabel, QLabel]] = {}
        self.held = _dressed(PlainTable((Field("year", t("figures.part_held")),), "year", several=True))
        self.used = _table(("part_used", "visits", "used", "copied"))
        self.filed = _table(("part_filed", "items", "pages", "boxes"))
        self.categories = _table(("part_by_category", "items", "pages", "boxes"))
        self._box = QVBoxLayout(self)
        self._build()
        self.years.chosen.connect(lambda _: self._count())
        self._copy.clicked.connect(self.on_copy)
        self.setFocusProxy(self.held)
        self._offer_years()
        self._count()

    # ---- what the window asks ----

    def enter(self) -> None:
        """See Tab."""
        self.held.setFocus()

    def refresh(self) -> None:
        """See Tab."""
        self._offer_years()
        self._count()

    def status_words(self) -> str:
        """See Tab."""
        return t("figures.status")

    # ---- commands ----

    def on_sheet_export(self) -> None:
        """导出: the whole report as an Excel file."""
        year, today = self._year(), self._today()

        def chosen(path: Path) -> None:
            def work(progress: Progress) -> None:
                with twin(self._office) as own:
                    statistics.export(own, year, path, today, progress)

            done = lambda _: self._asker.tell(t("figures.exported", path=path))  # noqa: E731
            run_job(self, t("action.sheet_export"), work, done, self._asker.report)

        suggested = f"{t('figures.title', year=year)}.xlsx"
        self._asker.save_file(t("action.sheet_export"), suggested, t("ui.filter_xlsx"), chosen)

    def on_book_print(self) -> None:
        """打印: the whole report on paper."""
        from township_office.ui.archive.care.figures_dialog import FiguresDialog

        dialog = FiguresDialog(self._office, self._year(), self._today, self._asker, self.window())
        open_once(dialog)

    def on_copy(self) -> None:
        """复制: the whole report, as a sheet takes it."""
        if self.found is not None:
            heads = [t(f"figures.head_{name}") for name, _ in statistics.HEADINGS]
            rows = [[one.part, one.name, *map(_plain, one.cells)] for one in statistics.lines(self.found)]
            QGuiApplication.clipboard().setText("\n".join("\t".join(row) for row in [heads, *rows]))
            self._note.setText(t("figures.copied"))

    def on_reload(self) -> None:
        """刷新."""
        self.refresh()

    # ---- counting ----

    def _year(self) -> int:
        year = self.years.currentData()
        return year if isinstance(year, int) else self._today().year

    def _offer_years(self) -> None:
        shown = self._year()
        self.years.clear()
        for year in statistics.years(self._office, self._today()):
            self.years.addItem(t("ui.year", year=year), year)
        self.years.show_year(shown)

    def _count(self) -> None:
        """Count in the background: an archive may have a hundred thousand items."""
        year, today = self._year(), self._today()

        def work(_: Progress) -> Statistics:
            with twin(self._office) as own:
                return statistics.statistics(own, year, today)

        run_quietly(self, work, self.show_figures, lambda error: self._note.setText(words_for(error)))

    def show_figures(self, found: Statistics) -> None:
        """Show these figures."""
        if found.year != self._year():
            return  # another year was chosen meanwhile
        self.found = found
        self._note.setText(t("figures.as_of"))
        for name in _TILES:
            figure, more = self._figures[name]
            figure.setText(self._figure(name))
            more.setText(self._more(name))
        self._show_held(found)
        _fill(self.used, _lines((way, used.visits, used.items, used.pages) for way, used in found.used.items()))
        _fill(self.filed, _lines((word, *_cells(amount)) for word, amount in found.filed.items()))
        kinds = ((statistics.category_words(code), *_cells(amount)) for code, amount in found.by_category.items())
        _fill(self.categories, _lines(kinds))

    def _figure(self, name: str) -> str:
        assert self.found is not None
        figures = {
            "held": self.found.held.items, "filed": self.found.filed_in_all.items,
            "used": self.found.used_in_all.visits, "transferred": self.found.transferred.items,
            "destroyed": self.found.destroyed.items, "due": self.found.expired,
        }  # fmt: skip
        return f"{figures[name]:,}"

    def _more(self, name: str) -> str:
        """Return what stands below the figure of a tile."""
        found = self.found
        assert found is not None
        amounts = {
            "held": found.held, "filed": found.filed_in_all, "transferred": found.transferred,
            "destroyed": found.destroyed,
        }  # fmt: skip
        if name in amounts:
            pages, boxes = f"{amounts[name].pages:,}", f"{amounts[name].boxes:,}"
            return t("figures.pages_boxes", pages=pages, boxes=boxes)
        if name == "used":
            return t("figures.items_used", items=f"{found.used_in_all.items:,}", pages=f"{found.used_in_all.pages:,}")
        return t("figures.also_to_transfer", count=f"{found.to_transfer:,}")

    def _show_held(self, found: Statistics) -> None:
        """One line for each 年度, one column for each 保管期限 there is; the sum above."""
        periods = sorted({word for _, word in found.by_year}, key=statistics.period_order)
        columns = [Field("year", t("figures.part_held"), width=_YEAR_WIDTH)]
        columns += [Field(f"p{n}", word or t("figures.unknown"), width=_PERIOD_WIDTH) for n, word in enumerate(periods)]
        columns += [Field(name, t(f"figures.head_{name}"), width=_FIGURE_WIDTH) for name in ("items", "pages", "boxes")]
        years: dict[int, dict[str, Amount]] = {}
        for (year, word), amount in found.by_year.items():
            years.setdefault(year, {})[word] = amount
        sums = {word: sum(one[word].items for one in years.values() if word in one) for word in periods}
        lines = [PlainLine((t("figures.all"), *(f"{sums[word]:,}" for word in periods), *_words(found.held)))]
        for year, by in years.items():
            whole = [sum(getattr(one, name) for one in by.values()) for name in ("items", "pages", "boxes")]
            each = (f"{by[word].items:,}" if word in by else "" for word in periods)
            lines.append(PlainLine((statistics.year_words(year), *each, *(f"{n:,}" for n in whole)), PLAIN, year))
        self.held.show_columns(columns, "year")
        _fill(self.held, lines)

    # ---- putting it together ----

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        self._note = label("", "muted")
        head.addWidget(self.years)
        head.addSpacing(4)
        head.addWidget(self._note, 1)
        head.addWidget(self._copy)
        for name in ("book_print", "sheet_export"):
            head.addWidget(action_button(self._commands[name]))
        self._tiles = QGridLayout()
        self._tiles.setSpacing(12)
        self._cards = [self._tile(name) for name in _TILES]
        side = QVBoxLayout()
        side.setSpacing(12)
        for table in (self.used, self.filed, self.categories):
            side.addWidget(_sheet(table))
        side.addStretch()
        held = QVBoxLayout()
        held.addWidget(_sheet(self.held))
        held.addStretch()
        self._body = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._body.setSpacing(12)
        self._body.addLayout(held, 1)
        self._body.addLayout(side)
        inside = QWidget()
        inside.setObjectName("clear")
        page = QVBoxLayout(inside)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(12)
        page.addLayout(self._tiles)
        page.addLayout(self._body, 1)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(12)
        self._box.addLayout(head)
        self._box.addWidget(scrolling(inside), 1)
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """Beside each other where there is room, below each other where there is not."""
        is_wide = self.width() >= _WIDE
        across = len(_TILES) if is_wide else len(_TILES) // 2
        for place, tile in enumerate(self._cards):
            self._tiles.addWidget(tile, *divmod(place, across))
        for column in range(len(_TILES)):
            self._tiles.setColumnStretch(column, int(column < across))
        direction = QBoxLayout.Direction
        self._body.setDirection(direction.LeftToRight if is_wide else direction.TopToBottom)
        for table in (self.used, self.filed, self.categories):
            table.setMaximumWidth(_SIDE if is_wide else _ANY)
            table.setMinimumWidth(_SIDE if is_wide else 0)

    def _tile(self, name: str) -> QWidget:
        tile = card()
        box = QVBoxLayout(tile)
        box.setContentsMargins(14, 8, 8, 8)
        box.setSpacing(0)
        figure, more = label("", "tileFigure"), label("", "hint")
        self._figures[name] = figure, more
        for widget in (label(t(f"figures.tile_{name}"), "label"), figure, more):
            box.addWidget(widget)
        return tile


def _sheet(table: PlainTable) -> QWidget:
    sheet = card()
    sheet.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
    box = QVBoxLayout(sheet)
    box.setContentsMargins(1, 1, 1, 5)
    box.addWidget(table)
    return sheet


def _dressed(table: PlainTable) -> PlainTable:
    """Let a table be as high as its lines: the page scrolls, not the tables on it."""
    table.is_for_reading = True
    table.verticalHeader().setMinimumSectionSize(_ROW)
    table.verticalHeader().setDefaultSectionSize(_ROW)
    table.horizontalHeader().setFixedHeight(_HEAD)
    table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    table.setAccessibleName(table.lines.columns[0].label)
    return table


def _fill(table: PlainTable, lines: Sequence[PlainLine]) -> None:
    table.fill(lines)
    table.setFixedHeight(_HEAD + _ROW * max(len(lines), 1) + 2)


def _table(names: tuple[str, ...]) -> PlainTable:
    first, *others = names
    columns = [Field(first, t(f"figures.{first}"), width=_NAME_WIDTH)]
    columns += [Field(name, t(f"figures.head_{name}"), width=_FIGURE_WIDTH) for name in others]
    return _dressed(PlainTable(columns, first, several=True))


def _lines(rows: Iterable[tuple[str | int, ...]]) -> list[PlainLine]:
    every = [[name or t("figures.unknown"), *(f"{count:,}" for count in counts)] for name, *counts in rows]
    return [PlainLine(tuple(map(str, row)), PLAIN, place) for place, row in enumerate(every)]


def _cells(amount: Amount) -> tuple[int, int, int]:
    return amount.items, amount.pages, amount.boxes


def _words(amount: Amount) -> tuple[str, ...]:
    return tuple(f"{count:,}" for count in _cells(amount))


def _plain(count: int | None) -> str:
    return "" if count is None else str(count)
