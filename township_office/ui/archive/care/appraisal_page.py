# SPDX-License-Identifier: MulanPSL-2.0
"""鉴定销毁: what has run out, the appraisals there were, and one of them at a time until its end."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from township_office.core.dates import show_date
from township_office.core.errors import OfficeError
from township_office.core.fields import Field
from township_office.core.progress import Progress
from township_office.core.text import t
from township_office.core.values import show
from township_office.registers.archive.disposal import APPRAISAL
from township_office.registers.status import state_of
from township_office.services.archive import appraisal
from township_office.services.archive.appraisal import Appraisal
from township_office.services.office import Office
from township_office.services.standing import standings
from township_office.ui import actions
from township_office.ui.archive.care.appraisal_sheet import AppraisalSheet
from township_office.ui.archive.care.fields_form import FieldsForm, Wanted
from township_office.ui.archive.care.item_lines import item_lines, items_table
from township_office.ui.archive.care.plain_table import PlainLine, PlainTable
from township_office.ui.book.table_model import NUMBER, STATUS
from township_office.ui.messages import Asker
from township_office.ui.tabs.tab import Tab
from township_office.ui.widgets import Banner, EmptyState, action_button, card, label, open_once

_COMMANDS = ("record_new", "reload")
_BEGUN = ("begun_on", "head", "title", "members", "opinion")
_PAST_LINES, _EDGES = 4, 10  # lines in sight; pixels around them
_ANY = 16_777_215  # Qt has no larger height


class AppraisalPage(Tab):
    """Begin from what has run out; Enter on an earlier appraisal opens it."""

    def __init__(self, office: Office, today: Callable[[], date], asker: Asker) -> None:
        super().__init__()
        self._office, self._today, self._asker = office, today, asker
        self._commands = {name: actions.make(name, self, getattr(self, f"on_{name}")) for name in _COMMANDS}
        if office.is_readonly:
            actions.forbid_writing(self._commands)
        self.items = items_table()
        self.past = _past_table()
        self.sheet = AppraisalSheet(office, today, asker)
        self._count = 0
        self._said = label("", "muted", wraps=True)
        self._begin = action_button(self._commands["record_new"], is_primary=True)
        self._pages = QStackedLayout(self)
        self._pages.setContentsMargins(0, 0, 0, 0)
        self._pages.addWidget(self._build())
        self._pages.addWidget(self.sheet)
        self.items.chosen.connect(self._say_chosen)
        self.items.opened.connect(self.on_record_new)
        self.past.opened.connect(self._on_opened)
        self.sheet.left.connect(self._on_left)
        self.sheet.changed.connect(self.changed)
        self.refresh()

    # ---- what the window asks ----

    def enter(self) -> None:
        """See Tab."""
        if self._pages.currentWidget() is self.sheet:
            self.sheet.table.setFocus()
        else:
            (self.past if self.items.isHidden() else self.items).setFocus()

    def refresh(self) -> None:
        """See Tab."""
        try:
            found = appraisal.expired(self._office, self._today())
            past = appraisal.appraisals(self._office)
        except OfficeError as error:
            self._said.setText(str(error))
            return
        self._count = len(found)
        self._said.setText(t("disposal.expired", count=f"{len(found):,}") if found else t("disposal.none_expired"))
        self.items.fill(item_lines(found))
        self._list.setVisible(bool(found))
        self._nothing.setVisible(not found and not past)
        self._past.setVisible(bool(past))
        self.past.fill([self._past_line(one) for one in past])
        self._past.setMaximumHeight(self.past.height_of(_PAST_LINES) + _EDGES if found else _ANY)
        self._say_chosen()
        if self._pages.currentWidget() is self.sheet and not self.sheet.refresh():
            self._pages.setCurrentIndex(0)

    def status_words(self) -> str:
        """See Tab."""
        return t("disposal.status", count=f"{self._count:,}", past=self.past.lines.rowCount())

    def reveal(self, row_id: int) -> None:
        """Show this appraisal, the list where it was taken back."""
        if not self.sheet.show_appraisal(row_id):
            self._pages.setCurrentIndex(0)
            return
        self._pages.setCurrentWidget(self.sheet)
        self.sheet.table.setFocus()

    def take_in(self, row_id: int, *, is_shown: bool) -> None:
        """See Tab."""
        self._pages.setCurrentIndex(0)
        self.refresh()

    # ---- commands ----

    def on_record_new(self) -> None:
        """开始鉴定: an appraisal of the chosen items."""
        keys = self.items.chosen_keys()
        if not keys or not self._commands["record_new"].isEnabled():
            return
        today = self._today()
        said = {"begun_on": show_date(today), "title": self._scope(keys)}
        begun: list[int] = []

        def write(own: Office, draft: dict[str, str], progress: Progress) -> None:
            begun.append(int(str(appraisal.begin(own, draft, keys, today, progress)["id"])))

        wanted = Wanted(
            t("disposal.begin"), t("disposal.chosen", count=f"{len(keys):,}"), t("disposal.begin"), _BEGUN, write,
            demanded=("head",), note=t("disposal.begin_note"),
        )  # fmt: skip
        dialog = FieldsForm(self._office, APPRAISAL, wanted, said, self._today, self.window())
        dialog.accepted.connect(lambda: self._on_begun(begun[-1]))
        open_once(dialog)

    def on_reload(self) -> None:
        """刷新."""
        self.refresh()

    # ---- putting it together ----

    def _build(self) -> QWidget:
        whole = QWidget()
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._said, 1)
        head.addWidget(self._begin)
        self._list, self._past = card(), card()
        inside = QVBoxLayout(self._list)
        inside.setContentsMargins(1, 1, 1, 7)
        inside.addWidget(self.items)
        below = QVBoxLayout(self._past)
        below.setContentsMargins(1, 1, 1, 7)
        below.addWidget(self.past)
        self._nothing = EmptyState("done", t("disposal.nothing"), t("disposal.nothing_hint"))
        box = QVBoxLayout(whole)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(12)
        if self._office.is_readonly:
            box.addWidget(Banner(t("ui.read_only_banner")))
        box.addLayout(head)
        box.addWidget(self._list, 1)
        box.addWidget(self._past, 1)
        box.addWidget(self._nothing, 1)
        return whole

    def _past_line(self, one: Appraisal) -> PlainLine:
        row = one.row
        key = state_of(APPRAISAL, row, self._today()).key
        state = standings(self._office, APPRAISAL)[key]
        texts = (
            str(row["number"]), show(APPRAISAL.field("begun_on"), row["begun_on"]),
            " ".join(str(row["title"]).split("\n")), str(row["head"] or ""), f"{one.destroyed:,}", f"{one.kept:,}",
            state.label,
        )  # fmt: skip
        return PlainLine(texts, state, int(str(row["id"])))

    # ---- what follows ----

    def _scope(self, keys: list[int]) -> str:
        """Return what is appraised in a few words: 2005年、2008年到期档案 15 件."""
        years = sorted(set(self.items.texts_of("archive_year")))
        said = t("disposal.scope_years", first=years[0], last=years[-1]) if len(years) > 1 else years[0]
        return t("disposal.scope", years=said, count=len(keys))

    def _say_chosen(self) -> None:
        count = len(self.items.chosen_keys())
        keys = actions.shown_shortcut("record_new")
        self._commands["record_new"].setEnabled(count > 0 and not self._office.is_readonly)
        self._begin.setText(t("disposal.begin_with", count=f"{count:,}", keys=keys))
        self._begin.setVisible(self._count > 0)

    def _on_begun(self, appraisal_id: int) -> None:
        self.refresh()
        self.reveal(appraisal_id)
        self.changed.emit()

    def _on_opened(self) -> None:
        for key in self.past.chosen_keys():
            self.reveal(key)

    def _on_left(self) -> None:
        self._pages.setCurrentIndex(0)
        self.refresh()
        self.enter()


def _past_table() -> PlainTable:
    names = ("begun_on", "title", "head")
    widths = {"begun_on": 10, "title": 20, "head": 8}
    columns = [Field(NUMBER, APPRAISAL.number_label, width=12)]
    columns += [Field(name, APPRAISAL.field(name).label, width=widths[name]) for name in names]
    columns += [Field("destroyed", t("disposal.destroyed"), width=6), Field("kept", t("disposal.stays"), width=6)]
    columns.append(Field(STATUS, t("ui.status"), width=12))
    table = PlainTable(columns, "title", several=False, least=("head", "kept", "destroyed"))
    table.setAccessibleName(APPRAISAL.title)
    return table
