# SPDX-License-Identifier: MulanPSL-2.0
"""归档: look through the year's documents, say how they are filed, and file them once. Nothing typed is ever lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QDialog, QFrame, QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from township_office.core.errors import OfficeError
from township_office.core.progress import Progress
from township_office.core.text import t
from township_office.services.archive import desk
from township_office.services.archive.committing import Committed, commit_year
from township_office.services.archive.proposal import Plan
from township_office.services.office import Office, twin, warm_up
from township_office.ui import memory
from township_office.ui.archive.filing import plan_views
from township_office.ui.archive.filing.commit_page import DonePage, SummaryPage, class_lines
from township_office.ui.archive.filing.filing_desk import FilingDesk
from township_office.ui.archive.filing.plan_keeper import PlanKeeper
from township_office.ui.book.search_box import SearchBox
from township_office.ui.form.record_form import Strip
from township_office.ui.importing.steps import StepBar
from township_office.ui.jobs import run_job, run_quietly
from township_office.ui.messages import Asker, words_for
from township_office.ui.widgets import Banner, ElidedLabel, EmptyState, label, plain_button, primary_button

EMPTY, DESK, SUMMARY, DONE = range(4)
_WANTED = QSize(1440, 900)
_SCREEN_EDGE = 56  # of the system's title bar and task bar
_GO = "Ctrl+Enter"


class FilingDialog(QDialog):
    """核对 → 归档 → 完成, for one year after the other."""

    filed = Signal(int)  # year

    def __init__(
        self, office: Office, today: Callable[[], date], asker: Asker, parent: QWidget | None, year: int | None = None
    ) -> None:
        super().__init__(parent)
        self._office, self._today, self._asker = office, today, asker
        self.setWindowTitle(t("filing_desk.title"))
        self.keeper = PlanKeeper(office, self)
        self._filed_before = 0  # when the summary was opened
        self.steps = StepBar([t(f"filing_desk.step_{step}") for step in ("desk", "commit", "done")])
        self.years = QComboBox()
        self.search = SearchBox(t("filing_desk.search"))
        self.desk = FilingDesk(office, today, self.keeper)
        self.summary, self.outcome = SummaryPage(), DonePage()
        self.nothing = EmptyState("archive_file", t("filing_desk.loading"), "")
        self.add = self.nothing.add_button(plain_button(t("filing_desk.do_add")), self.desk.way.add)
        self.rest = self.nothing.add_button(plain_button(""), self._begin)
        self.pages = QStackedWidget()
        for page in (self.nothing, self.desk, self.summary, self.outcome):
            self.pages.addWidget(page)
        self.said = ElidedLabel("", "muted")
        self.trouble, self.early = Strip("red"), Strip("amber")
        self.back = plain_button(t("filing_desk.back"))
        self.leave = plain_button(t("form.close"))
        self.go = primary_button(t("filing_desk.go"), _GO)
        self.commands: list[QPushButton] = self.desk.keys.buttons()
        self._put_together()
        self._connect()
        self._offer_years(year)
        self._fit()

    # ---- the years ----

    def _offer_years(self, wanted: int | None) -> None:
        """Offer the years that wait; begin with the wanted one, else with the one that is to be filed now."""
        waiting = desk.years_waiting(self._office, self._today())
        if wanted is None and not waiting:
            wanted = self._today().year - 1
        if wanted is not None and wanted not in dict(waiting):
            waiting.append((wanted, 0))
        self.years.clear()
        for year, count in waiting:
            words = t("filing_desk.year_waiting", year=year, count=count) if count else t("ui.year", year=year)
            self.years.addItem(words, year)
        self.years.setCurrentIndex(max(0, self.years.findData(wanted)))
        self._open_year()

    def _open_year(self) -> None:
        self.nothing.say(t("filing_desk.loading"), "")
        self.add.hide()
        self.rest.hide()
        self.trouble.say("")
        self.said.show_text("")
        self._go_to(EMPTY)
        self.keeper.open_year(self.years.currentData())

    def _on_came(self) -> None:
        """The plan is there, or is another one."""
        plan = self.keeper.plan
        if plan is not None and self.pages.currentIndex() == SUMMARY:
            if plan.filed > self._filed_before:  # 取消 came too late
                self._go_to(EMPTY)
                self.filed.emit(plan.year)
            else:
                self._show_summary(plan)
        if plan is None or self.pages.currentIndex() != EMPTY:
            return
        if plan.items:
            self._begin()
            return
        self._say_nothing(plan)

    def _say_nothing(self, plan: Plan) -> None:
        """Nothing can be filed: say why, and lead to what there is."""
        words = t("filing_desk.filed_already", count=plan.filed) if plan.filed else t("filing_desk.no_papers")
        title = t("filing_desk.nothing", year=plan.year)
        if plan.unfinished:
            title, words = t("filing_desk.only_unfinished", year=plan.year), t("filing_desk.only_unfinished_hint")
        self.nothing.say(title, words)
        self.add.setVisible(not self._office.is_readonly)
        rests = {"unfinished": plan.unfinished, "waiting": plan.waiting, "left_out": plan.left_out}
        name, rest = next(((name, rest) for name, rest in rests.items() if rest), ("left_out", ()))
        self.rest.setText(t(f"filing_desk.show_{name}", count=len(rest)))
        self.rest.setVisible(bool(rest))

    def _begin(self) -> None:
        self._go_to(DESK)
        self.desk.begin()
        self._go_on_where_it_was(self.keeper.year)

    def _go_on_where_it_was(self, year: int) -> None:
        place = memory.recall(self._place_key())
        if isinstance(place, dict) and place.get("year") == year and place.get("view") in plan_views.words():
            if place["view"] != plan_views.ALL:
                self.desk.show_view(place["view"])
            self.desk.find_item(str(place.get("item", "")))

    def _place_key(self) -> str:
        return f"filing.{self._office.path}"

    def done(self, result: int) -> None:
        """Note where the clerk was, for the next time."""
        item = self.desk.table.current_item()
        if self.keeper.plan is not None and item is not None:
            place = {"year": self.keeper.year, "view": self.desk.view, "item": item.key}
            memory.remember(self._place_key(), place)
        super().done(result)

    def _on_failed(self, error: BaseException) -> None:
        self.trouble.say(words_for(error))
        if self.keeper.plan is None:
            self.nothing.say(words_for(error), "")

    # ---- the steps ----

    def on_go(self) -> None:
        """The one button that carries the work forward."""
        follow = {DESK: self._sum_up, SUMMARY: self.commit, DONE: self.accept}.get(self.pages.currentIndex())
        if follow is not None:
            follow()

    def on_back(self) -> None:
        """From the summary back to the desk."""
        if self.pages.currentIndex() == SUMMARY:
            self._go_to(DESK)
            self.desk.refresh()
            self.desk.table.setFocus()

    def _sum_up(self) -> None:
        """Everything on one page, worked out from what was decided last."""
        if not self.desk.cells.commit((0, 0)):
            return
        if not self.keeper.is_settled:
            self.keeper.came.connect(self._sum_up, Qt.ConnectionType.SingleShotConnection)
            return
        if self.keeper.plan is not None:
            self._filed_before = self.keeper.plan.filed
            self._go_to(SUMMARY)
            self._show_summary(self.keeper.plan)
            self.go.setFocus()

    def _show_summary(self, plan: Plan) -> None:
        self.summary.show_plan(plan)
        self.go.setEnabled(bool(plan.items) and not self._office.is_readonly)

    def _choose_unfinished(self, is_wanted: bool) -> None:  # noqa: FBT001 - Qt's signature
        """Work out anew what is filed and how it is numbered."""
        self.go.setEnabled(False)
        self.keeper.take_in(with_unfinished=is_wanted)

    def commit(self) -> None:
        """归档: write it all, in the background."""
        plan, office, today = self.keeper.plan, self._office, self._today()
        if plan is None or office.is_readonly:
            return
        self.trouble.say("")

        def work(progress: Progress) -> Committed:
            with twin(office) as own:
                return commit_year(own, plan.year, today, progress, with_unfinished=plan.with_unfinished)

        job = run_job(self, t("filing_commit.working", year=plan.year), work, self._on_filed, self._on_refused)
        job.ended.connect(self.keeper.ask)  # 取消 may have come too late

    def _on_filed(self, done: Committed) -> None:
        plan = self.keeper.plan
        waiting = dict(desk.years_waiting(self._office, self._today()))
        others = (year for year in waiting if year < self._today().year and year != done.year)  # of it, what is out
        self.outcome.show_result(done, class_lines(plan) if plan is not None else [], next(others, None))
        self._go_to(DONE)
        self.go.setFocus()
        self.filed.emit(done.year)

    def _on_refused(self, error: BaseException) -> None:
        if isinstance(error, OfficeError):
            self.trouble.say(str(error))
        else:
            self._asker.report(error)

    def _go_on(self, year: int) -> None:
        self._offer_years(year)

    def _look_at(self, view: str) -> None:
        self.on_back()
        self.desk.show_view(view)

    def _look_for(self, key: str) -> None:
        self._look_at("")
        self.desk.find_item(key)

    def _go_to(self, page: int) -> None:
        self.pages.setCurrentIndex(page)
        is_desk = page == DESK
        self.steps.go_to({EMPTY: 0, DESK: 0, SUMMARY: 1, DONE: 3}[page])
        self.years.setEnabled(page in (EMPTY, DESK))
        self.years.setVisible(page != DONE)
        self.search.setVisible(is_desk)
        for button in self.commands:
            button.setVisible(is_desk)
        self.back.setVisible(page == SUMMARY)
        self.leave.setVisible(page != DONE)
        self.go.setVisible(page != EMPTY)
        words = {SUMMARY: t("filing_desk.commit"), DONE: t("form.close")}.get(page, t("filing_desk.go"))
        self.go.setText(f"{words}  {_GO}")
        self.go.setEnabled(True)
        year = self.keeper.year
        is_early = page in (DESK, SUMMARY) and year >= self._today().year
        self.early.say(t("filing_desk.early", year=year) if is_early else "")
        if page in (SUMMARY, DONE):
            self.said.show_text("")

    # ---- putting it together ----

    def _put_together(self) -> None:
        head = QFrame()
        head.setObjectName("header")
        head.setFixedHeight(52)
        top = QHBoxLayout(head)
        top.setContentsMargins(20, 0, 20, 0)
        top.setSpacing(16)
        top.addWidget(label(t("filing_desk.title"), "title"))
        self.years.setAccessibleName(t("ui.year_choice"))
        self.search.setFixedWidth(230)
        top.addWidget(self.years)
        top.addWidget(self.steps)
        top.addStretch()
        top.addWidget(self.search)
        foot = QHBoxLayout()
        foot.setSpacing(6)
        for button in self.commands:
            foot.addWidget(button)
        foot.addWidget(self.said, 1)
        for button in (self.leave, self.back, self.go):
            foot.addWidget(button)
        body = QVBoxLayout()
        body.setContentsMargins(20, 10, 20, 12)
        body.setSpacing(8)
        if self._office.is_readonly:
            body.addWidget(Banner(t("filing_desk.read_only")))
        body.addWidget(self.early)
        body.addWidget(self.pages, 1)
        body.addWidget(self.trouble)
        body.addLayout(foot)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(head)
        whole.addLayout(body, 1)

    def _connect(self) -> None:
        self.years.activated.connect(lambda _: self._open_year())
        self.keeper.came.connect(self._on_came)
        self.keeper.failed.connect(self._on_failed)
        self.search.sought.connect(self.desk.seek)
        self.search.entered.connect(lambda: run_quietly(self, lambda _: warm_up(), lambda _: None, lambda _: None))
        self.search.left_downwards.connect(self.desk.table.setFocus)
        self.desk.find_wanted.connect(self.search.lead_here)
        self.desk.view_opened.connect(self.search.clear)
        self.desk.said.connect(self.said.show_text)
        self.summary.view_wanted.connect(self._look_at)
        self.summary.unfinished.chosen.connect(self._choose_unfinished)
        self.summary.item_wanted.connect(self._look_for)
        self.outcome.next_wanted.connect(self._go_on)
        self.leave.clicked.connect(self.reject)
        self.back.clicked.connect(self.on_back)
        self.go.clicked.connect(self.on_go)
        for key, slot in (("Ctrl+Return", self.on_go), (_GO, self.on_go), ("Alt+Left", self.on_back)):
            QShortcut(QKeySequence(key), self).activated.connect(slot)

    def reject(self) -> None:
        """Esc goes back from the summary; a cell that is open is kept or stays."""
        if self.pages.currentIndex() == SUMMARY:
            self.on_back()
        elif self.desk.cells.commit((0, 0)):
            super().reject()

    def _fit(self) -> None:
        screen = self.screen().availableGeometry().size()
        self.resize(_WANTED.boundedTo(QSize(screen.width() - 16, screen.height() - _SCREEN_EDGE)))
