# SPDX-License-Identifier: MulanPSL-2.0
"""What the clerk decides of the year's documents: each decision is written at once, and can be taken back here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from township_office.core.errors import OfficeError
from township_office.core.fields import Draft
from township_office.core.progress import Progress
from township_office.core.text import t
from township_office.core.values import parse, show
from township_office.registers.archive.item import ARCHIVE_ITEM
from township_office.registers.archive.retention import NOT_FILED
from township_office.services.archive import deciding, desk
from township_office.services.archive.desk import Remembered
from township_office.services.archive.proposal import Proposed
from township_office.services.office import Office, twin
from township_office.ui.archive.filing.item_form import ItemForm
from township_office.ui.archive.filing.plan_keeper import PlanKeeper
from township_office.ui.archive.filing.plan_model import BODY, DAY, ORG, PAGES, PERIOD, TITLE, field_of
from township_office.ui.form.editors import Today
from township_office.ui.jobs import run_quietly
from township_office.ui.messages import words_for
from township_office.ui.widgets import open_once

_MANY = 300  # items: from here on a decision is written off the screen's thread
_KEPT = 50  # decisions that can be taken back
_WHILE_TYPING_MS = 600  # page counts change no number, so working out waits until the hand rests
_FILLED = (BODY, DAY, PAGES, PERIOD, ORG)


class FilingWay(QObject):
    """Writes decisions through the services; what they refuse is said, and nothing is lost."""

    patched = Signal()  # items say something else already, before their numbers are worked out anew
    refused = Signal(str)
    said = Signal(str)
    left = Signal(object)  # these items are done with: the cursor goes on
    found = Signal(str)  # key of an item the cursor is wanted on

    def __init__(self, office: Office, today: Today, keeper: PlanKeeper, screen: QWidget) -> None:
        super().__init__(screen)
        self._office, self._today, self._keeper, self._screen = office, today, keeper, screen
        self._before: list[Remembered] = []
        self._after: list[Remembered] = []
        self._is_busy = False  # a decision is being written off the screen's thread

    @property
    def can_write(self) -> bool:
        """Whether anything can be decided."""
        return not (self._office.is_readonly or self._is_busy) and self._keeper.plan is not None

    def forget(self) -> None:
        """Another year is on the desk: what was decided of the last one stays."""
        self._before.clear()
        self._after.clear()

    # ---- decisions ----

    def set_cell(self, key: str, draft: Draft) -> None:
        """Decide one cell; raise OfficeError where it cannot be so."""
        if self._is_busy:
            raise OfficeError("error.busy")
        before = desk.remembered(self._office, self._keeper.year)
        deciding.decide(self._office, [key], draft, self._today())
        self._note(before)
        ((name, text),) = draft.items()
        plan = self._keeper.plan
        is_quiet = name in (PAGES, BODY) and bool(text.strip())
        if plan is not None and is_quiet:
            value = parse(ARCHIVE_ITEM.field(name), text, self._today())
            one = plan.find(key)
            self._keeper.patch({key: replace(one, by_hand=one.by_hand | {name}, **{name: value})})  # type: ignore[arg-type]
            self.patched.emit()
        self._keeper.ask(_WHILE_TYPING_MS if is_quiet else 0)

    def set_period(self, ones: Sequence[Proposed], period: str) -> None:
        """Give items a period, or leave them unfiled."""
        keys = [one.key for one in ones]

        def work(office: Office) -> None:
            deciding.decide(office, keys, {PERIOD: period}, self._today())

        self._do(work, ones, lambda: self._settle(ones, period))

    def agree(self, ones: Sequence[Proposed]) -> None:
        """The periods that are proposed are right."""
        self._do(lambda office: desk.agree(office, ones, self._today()), ones, lambda: self._settle(ones))

    def set_org(self, ones: Sequence[Proposed], code: str) -> None:
        """Give items to a 机构 or 问题."""
        keys = [one.key for one in ones]
        self._do(lambda office: deciding.decide(office, keys, {ORG: code}, self._today()), ones)

    def fill(self, source: Proposed | None, ones: Sequence[Proposed], name: str) -> None:
        """Fill down: what the first says in a column, the others say too."""
        plan = self._keeper.plan
        if plan is None or source is None or not ones:
            return
        if name not in _FILLED:
            self.refused.emit(t("filing_desk.fill_where"))
            return
        text = {PERIOD: source.retention, ORG: source.org}.get(name)
        if text is None:
            text = show(field_of(name, plan.scheme), getattr(source, name))
        keys = [one.key for one in ones]
        draft = {name: text}
        self._do(lambda office: deciding.decide(office, keys, draft, self._today()), ones)

    def reset(self, ones: Sequence[Proposed], name: str) -> None:
        """Back to what is proposed, in one column."""
        if name in (*_FILLED, TITLE, "doc_number"):
            keys = [one.key for one in ones]
            self._do(lambda office: deciding.decide(office, keys, {name: ""}, self._today()), ones)

    def join(self, ones: Sequence[Proposed]) -> None:
        """组件: the others into the first, or both of a pair into the reply."""
        plan = self._keeper.plan
        if plan is None or len(ones) < 2:
            self.refused.emit(t("filing_desk.join_what"))
            return
        main = desk.main_of(plan, ones)
        others = [one.key for one in ones if one.key != main.key]
        if self._do(lambda office: deciding.join(office, main.key, others), ones):
            self.said.emit(t("filing_desk.joined", count=len(ones)))
            self.found.emit(main.key)

    def join_pairs(self) -> None:
        """Each reply and what it answers become one item."""
        plan = self._keeper.plan
        pairs = desk.replies(plan) if plan is not None else []
        if pairs and self._do(lambda office: desk.join_pairs(office, pairs), []):
            self.said.emit(t("filing_desk.pairs_joined", count=len(pairs)))

    def split(self, ones: Sequence[Proposed]) -> None:
        """Let what lies in items be items again."""
        keys = [key for one in ones for key in one.members]
        if not keys:
            self.refused.emit(t("filing_desk.split_what"))
        elif self._do(lambda office: deciding.split(office, keys), ones):
            self.said.emit(t("filing_desk.was_split", count=len(keys)))

    def move(self, ones: Sequence[Proposed], by: int) -> None:
        """排列: one item up or down within its class."""
        if len(ones) == 1 and ones[0].is_filed:
            self._do(lambda office: deciding.move(office, self._keeper.year, ones[0].key, by), ones)

    # ---- forms ----

    def edit(self, one: Proposed | None) -> None:
        """著录 of one item in a form."""
        if one is not None and self._keeper.plan is not None:
            self._open(ItemForm(self._office, self._today, self._keeper.plan, one, self._screen.window()))

    def add(self) -> None:
        """A document that stands in no book."""
        plan = self._keeper.plan
        if plan is not None and self.can_write:
            self._open(ItemForm(self._office, self._today, plan, None, self._screen.window()))

    def _open(self, form: ItemForm) -> None:
        before = desk.remembered(self._office, self._keeper.year)

        def kept() -> None:
            self._note(before)
            if form.has_left_the_year:
                self.forget()
            self._keeper.ask()
            self.found.emit(form.key)

        form.accepted.connect(kept)
        open_once(form)

    # ---- taking back ----

    def undo(self) -> None:
        """Take the last decision back."""
        self._turn(self._before, self._after, t("filing_desk.nothing_to_undo"), t("filing_desk.undone"))

    def redo(self) -> None:
        """Decide again what was taken back."""
        self._turn(self._after, self._before, t("filing_desk.nothing_to_redo"), t("filing_desk.redone"))

    def _turn(self, source: list[Remembered], target: list[Remembered], nothing: str, done: str) -> None:
        if not self.can_write:
            return
        if not source:
            self.said.emit(nothing)
            return
        try:
            now = desk.remembered(self._office, self._keeper.year)
            desk.restore(self._office, self._keeper.year, source[-1])
        except OfficeError as error:
            self.refused.emit(str(error))
            return
        source.pop()
        target.append(now)
        self.said.emit(done)
        self._keeper.ask()

    def _note(self, before: Remembered) -> None:
        self._before.append(before)
        del self._before[:-_KEPT]
        self._after.clear()

    # ---- writing ----

    def _do(
        self, work: Callable[[Office], object], ones: Sequence[Proposed], then: Callable[[], None] = lambda: None
    ) -> bool:
        """Write a decision, then show what it says at once; say whether that is done already."""
        if not self.can_write:
            return False
        try:
            before = desk.remembered(self._office, self._keeper.year)
            if len(ones) > _MANY:
                self._do_aside(work, before, then)
                return False
            work(self._office)
        except OfficeError as error:
            self.refused.emit(str(error))
            return False
        self._written(before, then)
        return True

    def _do_aside(self, work: Callable[[Office], object], before: Remembered, then: Callable[[], None]) -> None:
        office = self._office

        def job(_progress: Progress) -> None:
            with twin(office) as own:
                work(own)

        def done(_result: None) -> None:
            self._is_busy = False
            self.said.emit("")
            self._written(before, then)

        def failed(error: BaseException) -> None:
            self._is_busy = False
            self.refused.emit(words_for(error))

        self._is_busy = True
        self.said.emit(t("filing_desk.writing"))
        run_quietly(self._screen, job, done, failed)  # without 取消: it is over in a moment, and can be taken back

    def _written(self, before: Remembered, then: Callable[[], None]) -> None:
        self._note(before)
        then()
        self._keeper.ask()

    def _settle(self, ones: Sequence[Proposed], period: str = "") -> None:
        """A hand has decided: show it, and let the cursor go on."""
        self._keeper.patch({
            one.key: replace(
                one, retention=period or one.retention, reason="", by_hand=one.by_hand | {PERIOD},
                item_no=one.item_no if period != NOT_FILED else 0,
            )
            for one in ones
        })  # fmt: skip
        self.left.emit([one.key for one in ones])
        self.patched.emit()
