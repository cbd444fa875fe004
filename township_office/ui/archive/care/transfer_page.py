# SPDX-License-Identifier: MulanPSL-2.0
"""移交进馆: what has reached ten years, class by class; handed over with a number; the 移交 there were."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout

from township_office.core.dates import show_date
from township_office.core.errors import OfficeError
from township_office.core.fields import Field
from township_office.core.progress import Progress
from township_office.core.text import t
from township_office.core.values import show
from township_office.registers.archive.disposal import TRANSFER, TRANSFER_AGE
from township_office.services import records
from township_office.services.archive import transfer
from township_office.services.archive.transfer import DueClass, HandedOver
from township_office.services.office import Office
from township_office.ui import actions
from township_office.ui.archive.care.fields_form import FieldsForm, Wanted
from township_office.ui.archive.care.item_lines import item_lines, items_table
from township_office.ui.archive.care.plain_table import PLAIN, PlainLine, PlainTable
from township_office.ui.archive.care.sheets import HANDED_OVER, sheet_of
from township_office.ui.book.table_model import NUMBER
from township_office.ui.messages import Asker
from township_office.ui.tabs.tab import Tab
from township_office.ui.widgets import (
    Banner,
    ElidedLabel,
    EmptyState,
    action_button,
    card,
    label,
    link_button,
    open_once,
    plain_button,
)

_COMMANDS = ("record_new", "record_edit", "record_history", "book_print", "reload")
_FIELDS = (
    "handed_on", "nature", "receiving_unit", "title", "handed_by", "leader", "received_by", "finding_aids", "remarks",
)  # fmt: skip
_CLASS_WIDTHS = {"year": 6, "retention": 7, "org": 10, "items": 5, "pages": 6, "boxes": 5}
_CLASS_ROOM = 84  # pixels
_PAST_LINES, _EDGES = 3, 58  # lines in sight; pixels around them, with the buttons below
_ANY = 16_777_215  # Qt has no larger height


class TransferPage(Tab):
    """Choose classes at the left; their items stand at the right, all chosen, and one that stays can be left out."""

    def __init__(self, office: Office, today: Callable[[], date], asker: Asker) -> None:
        super().__init__()
        self._office, self._today, self._asker = office, today, asker
        self._due: list[DueClass] = []
        self._commands = {name: actions.make(name, self, getattr(self, f"on_{name}")) for name in _COMMANDS}
        self._commands["book_print"].setText(t("handing.print_list"))
        if office.is_readonly:
            actions.forbid_writing(self._commands)
        self.classes, self.items, self.past = _classes_table(), items_table(is_brief=True), _past_table()
        self._said, self._sum = label("", "muted", wraps=True), ElidedLabel("", "muted")
        self._do = action_button(self._commands["record_new"], is_primary=True)
        self._print_chosen = link_button(t("handing.print_chosen"))
        self.take_back = plain_button(t("handing.take_back"))
        self._build()
        self._connect()
        self.refresh()

    # ---- what the window asks ----

    def enter(self) -> None:
        """See Tab."""
        (self.classes if self._due else self.past).setFocus()

    def refresh(self) -> None:
        """See Tab."""
        try:
            self._due = transfer.due(self._office, self._today())
            past = transfer.transfers(self._office)
        except OfficeError as error:
            self._said.setText(str(error))
            return
        count = sum(len(one.ids) for one in self._due)
        words = t("handing.due", count=f"{count:,}", years=TRANSFER_AGE) if count else t("handing.none_due")
        self._said.setText(words)
        has_orgs = len({one.org for one in self._due}) > 1
        self.classes.show_columns(_class_columns(has_orgs=has_orgs), "org" if has_orgs else "retention")
        self.classes.fill([_class_line(place, one, has_orgs=has_orgs) for place, one in enumerate(self._due)])
        for sheet in self._sheets:
            sheet.setVisible(bool(self._due))
        self._nothing.setVisible(not self._due and not past)
        self._past.setVisible(bool(past))
        self.past.fill([_past_line(one) for one in past])
        self._past.setMaximumHeight(self.past.height_of(_PAST_LINES) + _EDGES if self._due else _ANY)
        self._on_classes()
        self._on_past()

    def status_words(self) -> str:
        """See Tab."""
        count = sum(len(one.ids) for one in self._due)
        return t("handing.status", count=f"{count:,}", past=self.past.lines.rowCount())

    def reveal(self, row_id: int) -> None:
        """Show this 移交."""
        self.past.choose_keys([row_id])
        self.past.setFocus()

    def take_in(self, row_id: int, *, is_shown: bool) -> None:
        """See Tab."""
        self.refresh()

    # ---- commands ----

    def on_record_new(self) -> None:
        """移交: register it, of the chosen items."""
        keys, today = self.items.chosen_keys(), self._today()
        if not keys or not self._commands["record_new"].isEnabled():
            return

        def write(own: Office, draft: dict[str, str], progress: Progress) -> object:
            return transfer.hand_over(own, draft, keys, today, progress)

        wanted = Wanted(t("handing.do"), self._chosen_words(), t("handing.do"), _FIELDS, write, note=t("handing.note"))
        said = {"handed_on": show_date(today), "title": self._scope(), "handed_by": self._office.clerk}
        self._open(FieldsForm(self._office, TRANSFER, wanted, said, self._today, self.window()))

    def on_record_edit(self) -> None:
        """修改: who handed over, who received."""
        for row_id in self.past.chosen_keys():
            row = records.get(self._office, TRANSFER, row_id)

            def write(own: Office, draft: dict[str, str], _: Progress, row_id: int = row_id) -> object:
                return transfer.correct(own, row_id, draft, self._today())

            wanted = Wanted(t("handing.edit"), str(row["number"]), t("form.save"), _FIELDS, write, row_id=row_id)
            said = {name: show(TRANSFER.field(name), row[name]) for name in _FIELDS}
            self._open(FieldsForm(self._office, TRANSFER, wanted, said, self._today, self.window()))

    def on_record_history(self) -> None:
        """历史: everything that was done to the chosen 移交."""
        from township_office.ui.dialogs.history_dialog import HistoryDialog

        for row_id in self.past.chosen_keys():
            row = records.get(self._office, TRANSFER, row_id)
            self._open(HistoryDialog(self._office, TRANSFER, row, self.window()))

    def on_book_print(self) -> None:
        """打印移交清单: of the chosen 移交."""
        for row_id in self.past.chosen_keys():
            self._open(sheet_of(HANDED_OVER, row_id, self._office, self._today, self._asker, self.window()))

    def on_print_chosen(self) -> None:
        """打印待移交清单: of the chosen items, for both sides to check and sign before it is registered."""
        if keys := self.items.chosen_keys():
            self._open(sheet_of(HANDED_OVER, keys, self._office, self._today, self._asker, self.window()))

    def on_take_back(self) -> None:
        """作废: a 移交 that was entered by mistake."""
        from township_office.ui.archive.care.taking_back import TakeBackDialog

        for row_id in self.past.chosen_keys():
            row = records.get(self._office, TRANSFER, row_id)
            self._open(TakeBackDialog(self._office, TRANSFER, row, self._today, self.window()))

    def on_reload(self) -> None:
        """刷新."""
        self.refresh()

    # ---- putting it together ----

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._said, 1)
        head.addWidget(self._do)
        split = QHBoxLayout()
        split.setSpacing(12)
        self._sheets = [card(), card()]
        for sheet, table, share in zip(self._sheets, (self.classes, self.items), (7, 13), strict=True):
            inside = QVBoxLayout(sheet)
            inside.setContentsMargins(1, 1, 1, 7)
            inside.addWidget(table)
            split.addWidget(sheet, share)
        self._past = card()
        below = QVBoxLayout(self._past)
        below.setContentsMargins(1, 1, 1, 7)
        below.setSpacing(6)
        below.addWidget(self.past)
        foot = QHBoxLayout()
        foot.setContentsMargins(12, 0, 12, 2)
        foot.setSpacing(8)
        foot.addWidget(label(t("handing.past"), "hint"))
        foot.addStretch()
        for widget in (self.take_back, *(action_button(self._commands[n]) for n in ("record_edit", "book_print"))):
            foot.addWidget(widget)
        below.addLayout(foot)
        self._nothing = EmptyState("done", t("handing.nothing"), t("handing.nothing_hint", years=TRANSFER_AGE))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(12)
        if self._office.is_readonly:
            box.addWidget(Banner(t("ui.read_only_banner")))
        box.addLayout(head)
        box.addLayout(split, 1)
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(self._sum)
        line.addWidget(self._print_chosen)
        line.addStretch()
        box.addLayout(line)
        box.addWidget(self._past, 1)
        box.addWidget(self._nothing, 1)

    def _connect(self) -> None:
        self.classes.chosen.connect(self._on_classes)
        self.classes.opened.connect(self.items.setFocus)
        self.items.chosen.connect(self._say_chosen)
        self.items.opened.connect(self.on_record_new)
        self.past.chosen.connect(self._on_past)
        self.past.opened.connect(self.on_record_edit)
        self._print_chosen.clicked.connect(self.on_print_chosen)
        self.take_back.clicked.connect(self.on_take_back)
        actions.on_key(self.past, actions.action_of("record_void").shortcut, self.on_take_back)

    # ---- what is chosen ----

    def _chosen_classes(self) -> list[DueClass]:
        return [self._due[place] for place in self.classes.chosen_keys()]

    def _on_classes(self) -> None:
        """Show the items of the chosen classes, all of them chosen."""
        ids = [row_id for one in self._chosen_classes() for row_id in one.ids]
        self.items.fill(item_lines(transfer.items(self._office, ids)))
        self.items.selectAll()
        self._say_chosen()

    def _say_chosen(self) -> None:
        keys = self.items.chosen_keys()
        self._sum.show_text(self._chosen_words() + t("handing.leave_hint") if self._due else "")
        self._sum.setVisible(bool(self._due))
        self._print_chosen.setVisible(bool(self._due))
        self._print_chosen.setEnabled(bool(keys))
        self._commands["record_new"].setEnabled(bool(keys) and not self._office.is_readonly)
        self._do.setText(f"{t('handing.do_chosen')}  {actions.shown_shortcut('record_new')}")
        self._do.setVisible(bool(self._due))

    def _chosen_words(self) -> str:
        pages = sum(int(text) for text in self.items.texts_of("page_count") if text)
        return t("handing.chosen", count=f"{len(self.items.chosen_keys()):,}", pages=f"{pages:,}")

    def _on_past(self) -> None:
        has_row, may_write = bool(self.past.chosen_keys()), not self._office.is_readonly
        for name in ("record_edit", "record_history", "book_print"):
            is_writing = actions.action_of(name).writes
            self._commands[name].setEnabled(has_row and (may_write or not is_writing))
        self.take_back.setEnabled(has_row and may_write)

    def _scope(self) -> str:
        """Return what is handed over in a few words: 2013、2014年 永久、30年档案."""
        chosen = self._chosen_classes()
        years = dict.fromkeys(str(one.year) for one in chosen)
        periods = dict.fromkeys(one.retention for one in chosen)
        return t("handing.scope", years="、".join(years), periods="、".join(periods))

    # ---- what follows ----

    def _open(self, dialog: QDialog) -> None:
        dialog.accepted.connect(self._on_written)
        open_once(dialog)

    def _on_written(self) -> None:
        self.refresh()
        self.enter()
        self.changed.emit()


def _classes_table() -> PlainTable:
    table = PlainTable(_class_columns(has_orgs=False), "retention", several=True, least=("boxes", "pages", "items"))
    table.least_room = _CLASS_ROOM
    table.setAccessibleName(t("handing.head_org"))
    return table


def _class_columns(*, has_orgs: bool) -> list[Field]:
    """Return the columns; an archive of one 机构 need not say which."""
    names = [name for name in _CLASS_WIDTHS if name != "org" or has_orgs]
    return [Field(name, t(f"handing.head_{name}"), width=_CLASS_WIDTHS[name]) for name in names]


def _past_table() -> PlainTable:
    columns = [Field(NUMBER, TRANSFER.number_label, width=12)]
    widths = {"handed_on": 10, "title": 20, "receiving_unit": 18, "received_by": 10}
    columns += [Field(name, TRANSFER.field(name).label, width=width) for name, width in widths.items()]
    columns += [Field(name, t(f"handing.head_{name}"), width=7) for name in ("items", "pages")]
    table = PlainTable(columns, "title", several=False, least=("received_by", "receiving_unit", "pages"))
    table.setAccessibleName(TRANSFER.title)
    return table


def _class_line(place: int, one: DueClass, *, has_orgs: bool) -> PlainLine:
    org = (one.org,) if has_orgs else ()
    texts = (str(one.year), one.retention, *org, f"{len(one.ids):,}", f"{one.pages:,}", f"{one.boxes:,}")
    return PlainLine(texts, PLAIN, place)


def _past_line(one: HandedOver) -> PlainLine:
    names = ("handed_on", "title", "receiving_unit", "received_by")
    said = (" ".join(show(TRANSFER.field(name), one.row[name]).split("\n")) for name in names)
    texts = (str(one.row["number"]), *said, f"{one.items:,}", f"{one.pages:,}")
    return PlainLine(texts, PLAIN, int(str(one.row["id"])))
