# SPDX-License-Identifier: MulanPSL-2.0
"""补归档 and 修改著录: what is described of one item, and the 档号 it will get or has.

What a 档号 is made of stays as it is once it was given (DA/T 13: 稳定性); the form says so instead of refusing later.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from township_office.core.fields import Field, Kind, Value
from township_office.core.text import t
from township_office.core.values import show
from township_office.registers.archive.codes import CATEGORIES, category_name
from township_office.registers.archive.item import ARCHIVE_ITEM, SEGMENTS
from township_office.registers.archive.retention import retention_of, retentions_in
from township_office.services.archive import items
from township_office.services.archive.scheme import Scheme, scheme_of
from township_office.services.office import Office
from township_office.ui import theme
from township_office.ui.form.draft_keeper import DraftKeeper
from township_office.ui.form.drafts import Drafts
from township_office.ui.form.editors import ChipEditor, DateEditor, Editor, Today, make_editor
from township_office.ui.form.small_form import SmallForm
from township_office.ui.widgets import Button, card, label, plain_button, rename
from township_office.ui.words import number_words

_CLASS = ("archive_year", "category", "volume_no", "retention_period", "org_or_subject")
_FIRST = ("title", "responsible_body", "doc_number", "dated_on", "page_count", "secrecy_level", "remarks")
_MORE = ("components", "place", "carrier", "openness", "open_review", "people", "subject_words")
_YEAR_DIGITS = 4
_STAYS = ("archive_year", "retention_period", "org_or_subject", "category", "responsible_body")  # for the next item


class ItemDialog(SmallForm):
    """saved(id of the item) when it was written; row: the item to correct; given: what a new one says already."""

    saved = Signal(int)

    def __init__(
        self,
        office: Office,
        today: Today,
        row: Mapping[str, Value] | None = None,
        given: Mapping[str, Value] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        self._row, self._office, self._today = row, office, today
        self._goes_on, self._last = False, ""
        self._scheme: Scheme = scheme_of(office)
        if row is None:
            title, about = t("shelf.add").removesuffix("…"), t("shelf.add_about")
        else:
            title, about = t("shelf.correcting", number=number_words(row) or row["title"]), ""
        super().__init__(title, about, t("form.save"), parent)
        self._said = label("", "number")
        self._note = label("", "hint", wraps=True)
        self._is_numbered = row is not None and row["sequence"] is not None
        self.body.insertWidget(1, self._class_card())
        said = row or {"archive_year": today().year - 1} | dict(given or {})
        if not self._is_numbered:
            self._add_fields(_CLASS, said)
        self._add_fields(_FIRST, said)
        self._more = Button(t("shelf.more_fields"))
        self._add_more(said)
        if row is not None:
            self.add(make_editor(Field("why", t("form.reason"), max_length=500), office, ARCHIVE_ITEM, today))
        else:
            self._offer_next()
        self.settle_down()
        self._keeper = DraftKeeper(
            self, Drafts(office.path, ARCHIVE_ITEM), None if row is None else int(str(row["id"]))
        )
        self._follow()
        self._begin()

    # ---- putting it together ----

    def _class_card(self) -> QWidget:
        """On top the 档号 it will get, or what the one it has is made of."""
        sheet = card()
        box = QVBoxLayout(sheet)
        box.setContentsMargins(14, 10, 14, 10)
        box.setSpacing(3)
        if not self._is_numbered:  # the heading says it otherwise
            line = QHBoxLayout()
            line.setSpacing(10)
            line.addWidget(label(t("shelf.next_code"), "label"))
            line.addWidget(self._said, 1)
            box.addLayout(line)
        box.addWidget(self._note)
        if self._is_numbered and self._row is not None:
            self._note.setText(t("shelf.locked", parts=self._parts(self._row)))
        return sheet

    def _parts(self, row: Mapping[str, Value]) -> str:
        """全宗号 Z109　门类 文书　年度 2025 …: what is locked, in words."""
        words = {name: show(ARCHIVE_ITEM.field(name), row[name]) for name in SEGMENTS if row[name] is not None}
        if "category" in words:
            words["category"] = category_name(words["category"])
        if "org_or_subject" in words:
            words["org_or_subject"] = self._scheme.org_name(words["org_or_subject"])
        return "　".join(f"{ARCHIVE_ITEM.field(name).label} {text}" for name, text in words.items())

    def _add_fields(self, names: tuple[str, ...], row: Mapping[str, Value]) -> None:
        for name in names:
            field = self._field(name)
            if field is None:
                continue
            editor = make_editor(field, self._office, ARCHIVE_ITEM, self._today)
            text = show(ARCHIVE_ITEM.field(name), row.get(name))
            if name == "category":
                text = category_name(text or "WS")
            elif name == "org_or_subject":
                text = self._scheme.org_name(text) or next(iter(self._scheme.orgs.values()), "")
            editor.set_text(text or editor.text())
            editor.settle()
            if isinstance(editor, DateEditor) and self._is_numbered and isinstance(row["archive_year"], int):
                editor.year = row["archive_year"]
            self.add(editor)
            if name in _CLASS:
                editor.edited.connect(self._follow)

    def _field(self, name: str) -> Field | None:
        """Return a field as this form asks for it: classes by their names, not their codes."""
        field = ARCHIVE_ITEM.field(name)
        if name == "category":
            return replace(field, kind=Kind.CHOICE, choices=tuple(one.name for one in CATEGORIES), default="")
        if name == "org_or_subject":
            names = tuple(self._scheme.orgs.values())
            return replace(field, kind=Kind.CHOICE, choices=names) if names else None
        return field

    def _add_more(self, row: Mapping[str, Value]) -> None:
        """What is described of few items, behind a quiet line."""
        self._more.setObjectName("quiet")
        self._more.setCheckable(True)
        holder = QWidget()
        line = QHBoxLayout(holder)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self._more)
        line.addStretch()
        self.add_row(holder)
        self._add_fields(_MORE, row)
        self._more.toggled.connect(self._show_more)
        for name in _MORE:  # what was begun is filled in again where it can be seen
            self.blocks[name].editor.edited.connect(self._on_more)
        self._filled = sum(row.get(name) is not None for name in _MORE)
        self._show_more(is_open=False)

    def _on_more(self) -> None:
        texts = self.texts()
        if any(texts[name] not in ("", self._start.get(name)) for name in _MORE):
            self._more.setChecked(True)

    def _show_more(self, is_open: bool) -> None:  # noqa: FBT001 - Qt's signature
        for name in _MORE:
            self.blocks[name].setVisible(is_open)
        words = t("shelf.more_filled", count=self._filled) if self._filled else t("shelf.more_fields")
        self._more.setText(t("shelf.fewer_fields") if is_open else words)
        self._more.setIcon(theme.icon("chevron_down" if is_open else "chevron_right"))
        self.fit_soon()

    def _offer_next(self) -> None:
        """A bundle of forgotten papers is described one after the other."""
        self.written = label("", "note-green")
        self.head.addWidget(self.written)  # in the foot it would push the window wider
        following = plain_button(f"{t('shelf.save_and_next')}  Ctrl+Enter")
        following.clicked.connect(self.save_and_next)
        self.foot.insertWidget(self.foot.indexOf(self.do), following)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self.save_and_next)

    def is_wide(self, editor: Editor) -> bool:
        """A list to choose from needs no more room than its longest word."""
        return editor.field.name != "category" and super().is_wide(editor)

    # ---- what is typed ----

    def draft(self) -> dict[str, str]:
        """Return what was typed, classes by their codes."""
        texts = self.texts()
        if "category" in texts:
            codes = {one.name: one.code for one in CATEGORIES}
            typed = texts["category"].strip()
            texts["category"] = codes.get(typed, typed.rpartition(" ")[2].upper()) or "WS"
        if "org_or_subject" in texts:
            texts["org_or_subject"] = self._scheme.org_code(texts["org_or_subject"].strip())
        unasked = [name for name in ("org_or_subject", "volume_no") if name in texts and self.blocks[name].isHidden()]
        return texts | dict.fromkeys(unasked, "")

    def write(self) -> None:
        """See SmallForm."""
        if self._row is None:
            row = items.add_item(self._office, {"fonds_no": self._scheme.fonds_no} | self.draft(), self._today())
            self._last = str(row["number"])
            self.saved.emit(int(str(row["id"])))
            return
        changed = self.changed()
        why = changed.pop("why", "")
        if changed:
            draft = {name: text for name, text in self.draft().items() if name in changed}
            row_id = int(str(self._row["id"]))
            items.correct_item(self._office, row_id, draft, self._today(), why)
            self.saved.emit(row_id)

    def save_and_next(self) -> None:
        """Save, and begin the next item of the same class."""
        self._goes_on = True
        self.save()
        self._goes_on = False

    def accept(self) -> None:
        """It was saved: close, or begin the next one."""
        if not self._goes_on:
            super().accept()
            return
        for name, block in self.blocks.items():
            if name not in _STAYS:
                block.editor.set_text("")
        self._keeper.begin_anew()
        self._start = self.texts()
        self._follow()
        self._begin()
        self.written.setText(t("shelf.saved", number=self._last))

    def _begin(self) -> None:
        """Put the cursor where the class is still open, else on the title."""
        period = self.blocks.get("retention_period")
        is_open = period is not None and not period.editor.text()
        (period if period is not None and is_open else self.blocks["title"]).editor.inner.setFocus()

    def _follow_year(self, typed: str) -> None:
        """A paper of a 年度 is nearly always dated in it: 0506 is a day of it. 长期 and 短期 are of old years."""
        year = int(typed) if typed.isdecimal() and len(typed) == _YEAR_DIGITS else None
        day, period = self.blocks["dated_on"].editor, self.blocks["retention_period"].editor
        if isinstance(day, DateEditor):
            day.year = year
        if isinstance(period, ChipEditor):
            period.chips.offer(tuple(one.word for one in retentions_in(year)))

    def _follow(self) -> None:
        """Say which 档号 it will get, as far as its class is known; ask for 案卷号 and 机构 where it has them."""
        if self._is_numbered:
            return
        draft = self.draft()
        self._follow_year(draft["archive_year"])
        template = self._scheme.templates.get(draft["category"].partition("·")[0], "")
        for name, part in (("volume_no", "{volume}"), ("org_or_subject", "{org}")):
            if name in self.blocks:
                self.blocks[name].setVisible(part in template)
        code = self._next(draft)
        self._said.setText(code or t("shelf.no_code_yet"))
        rename(self._said, "number" if code else "noNumber")
        self._note.setText(t("shelf.appended"))
        self.fit_soon()

    def _next(self, draft: Mapping[str, str]) -> str:
        """Return the 档号 it would get now, "" while its class is not known."""
        year, volume = (draft.get(name, "").strip() for name in ("archive_year", "volume_no"))
        retention = retention_of(draft["retention_period"].strip())
        if not (year.isdecimal() and len(year) == 4) or retention is None:
            return ""
        return items.next_code(self._office, {
            "fonds_no": self._scheme.fonds_no, "category": draft["category"], "archive_year": int(year),
            "retention_period": retention.word, "org_or_subject": draft.get("org_or_subject", ""),
            "volume_no": int(volume) if volume.isdecimal() else None,
        })  # fmt: skip
