# SPDX-License-Identifier: MulanPSL-2.0
"""档案: how the archive is numbered and divided, who answers for which 代字, the boxes, the retention table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from township_office.core.errors import OfficeError
from township_office.core.gate import clean_text
from township_office.core.progress import Progress
from township_office.core.text import t
from township_office.registers.archive.divisions import USUAL_ORGS, USUAL_SUBJECTS
from township_office.registers.archive.packing import THICKNESSES, room
from township_office.services import settings
from township_office.services.archive import items, scheme, setup
from township_office.services.archive.scheme import BY_ORG, BY_SUBJECT, UNDIVIDED
from township_office.services.office import MAX_NAME, Office, twin
from township_office.ui.form.chips import ChipRow
from township_office.ui.messages import Asker
from township_office.ui.settings.people_page import PairTable
from township_office.ui.settings.settings_page import ValuesPage
from township_office.ui.widgets import NumberBox, chip, label, plain_button, rule

_FONDS, _NAME, _DIVISION, _ORGS, _BODIES, _BOX, _PAGES, _APPROVAL = _KEYS = tuple(
    f"archive.{name}"
    for name in (
        "fonds_no", "fonds_name", "division", "orgs", "bodies", "box_mm", "pages_per_mm", "retention_approval",
    )
)  # fmt: skip
_DIVISIONS = {t(f"archive_setting.by_{name}"): name for name in (BY_ORG, BY_SUBJECT, UNDIVIDED)}
_WORDS = {name: words for words, name in _DIVISIONS.items()}
_SHORT = 150  # px of a code or a number
_LINES = 8  # of a table, before it scrolls
_ROOM = 600  # px beside each other for proposals
_CHIP_PADDING = 28


class ArchivePage(ValuesPage):
    """What the county archive and the office decide about the archive; what items bear already stays."""

    def __init__(self, office: Office, asker: Asker) -> None:
        super().__init__(t("archive_setting.title"), t("archive_setting.hint"), office, _KEYS)
        self._asker = asker
        self._used = setup.codes_in_use(office)
        self._unnumbered = setup.without_fonds_no(office)
        self._bearing = setup.fonds_no_in_use(office)
        self._usual_bodies = setup.usual_bodies(office)
        self._add_fonds()
        self._add_division()
        self._add_retention()
        self._add_bodies()
        self._add_boxes()
        self.box.addStretch()
        self._on_division()
        self._on_fonds()

    # ---- what is kept ----

    def values(self) -> dict[str, str]:
        """See ValuesPage."""
        bodies = [(code, body) for code, body in self.bodies.pairs() if body != self._usual_bodies.get(code)]
        return {
            _FONDS: clean_text(self.fonds_no.text()),
            _NAME: clean_text(self.fonds_name.text()),
            _DIVISION: self._division(),
            _ORGS: settings.joined_pairs(self._codes()) or self._old[_ORGS],
            _BODIES: settings.joined_pairs(pair for pair in bodies if all(pair)),
            _BOX: self.thickness.chosen() or self._old[_BOX],
            _PAGES: str(self.pages_per_mm.value()),
            _APPROVAL: clean_text(self.approval.text()),
        }

    def is_changed(self) -> bool:
        """See SettingsPage."""
        return super().is_changed() or self._gives_fonds_no() or self._nameless_body() != ""

    def apply(self) -> None:
        """See SettingsPage."""
        self._check_orgs()
        if body := self._nameless_body():
            raise OfficeError("archive_setting.no_body_code", body=body)
        super().apply()

    def work_left(self) -> Callable[[Progress], int] | None:
        """Return what takes a while, once everything is kept: a 全宗号 given late goes into 档号 that have none."""
        return self._give_fonds_no if self._gives_fonds_no() else None

    def _give_fonds_no(self, progress: Progress) -> int:
        with twin(self._office) as own:
            return items.give_fonds_no(own, progress=progress)

    def _nameless_body(self) -> str:
        return next((body for code, body in self.bodies.pairs() if body and not code), "")

    def _codes(self) -> list[tuple[str, str]]:
        return [(code.upper(), name) for code, name in self.orgs.pairs()]

    def _check_orgs(self) -> None:
        pairs = self._codes()
        if not pairs and self._division() == UNDIVIDED:
            return
        if not pairs:
            raise OfficeError("archive_setting.no_orgs")
        for code, name in pairs:
            if not code or not name:
                raise OfficeError(f"archive_setting.no_{'name' if code else 'code'}", what=code or name)
        code, count = Counter(code for code, _ in pairs).most_common(1)[0]
        if count > 1:
            raise OfficeError("archive_setting.code_twice", code=code)

    def _gives_fonds_no(self) -> bool:
        return bool(self._unnumbered and self.gives.isChecked() and clean_text(self.fonds_no.text()))

    def _division(self) -> str:
        return _DIVISIONS.get(self.division.chosen(), self._old[_DIVISION])

    # ---- putting it together ----

    def _add_fonds(self) -> None:
        self.fonds_no, self.fonds_name = QLineEdit(self._old[_FONDS]), QLineEdit(self._old[_NAME])
        self.fonds_no.setMaxLength(10)
        self.fonds_no.setFixedWidth(_SHORT)
        self.fonds_no.setPlaceholderText(t("archive_setting.fonds_example"))
        self.fonds_name.setMaxLength(MAX_NAME)
        self.fonds_name.setPlaceholderText(settings.office_name(self._office))
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        for column, (name, widget) in enumerate((("fonds_no", self.fonds_no), ("fonds_name", self.fonds_name))):
            words = t(f"archive_setting.{name}")
            grid.addWidget(label(words, "label"), 0, column)
            grid.addWidget(widget, 1, column)
            widget.setAccessibleName(words)
        self.box.addLayout(grid)
        self.box.addWidget(label(t("archive_setting.fonds_hint"), "hint", wraps=True))
        words = t("archive_setting.fonds_changed", count=self._bearing, old=self._old[_FONDS])
        self.stays = label(words, "note-amber", wraps=True)
        self.box.addWidget(self.stays)
        self.gives = QCheckBox(t("archive_setting.give_fonds", count=self._unnumbered))
        self.gives_hint = label(t("archive_setting.give_fonds_hint"), "hint", wraps=True)
        self.gives.toggled.connect(self.edited)
        self.box.addWidget(self.gives)
        self.box.addWidget(self.gives_hint)
        self.fonds_no.textChanged.connect(lambda _text: self._on_fonds(is_typed=True))
        self.fonds_name.textChanged.connect(self.edited)

    def _add_division(self) -> None:
        self._begin_part()
        self.division = ChipRow(tuple(_DIVISIONS))
        self.division.choose(_WORDS[self._old[_DIVISION]])
        self.division.changed.connect(self._on_division)
        self.add_named(t("archive_setting.division"), self.division)
        self.steady = label(t("archive_setting.steady"), "note-amber", wraps=True)
        self.box.addWidget(self.steady)
        heads = (t("archive_setting.code"), t("archive_setting.org_name"))
        self.orgs = PairTable(heads, dict(settings.pairs_of(self._old[_ORGS])))
        for code, count in self._used.items():
            self.orgs.lock(code, t("archive_setting.code_used", count=count))
        self.orgs.edited.connect(self._on_orgs)
        self.orgs.setAccessibleName(t("archive_setting.by_org"))
        self.proposals = QWidget()
        self._proposed = QVBoxLayout(self.proposals)
        self._proposed.setContentsMargins(0, 0, 0, 0)
        self._proposed.setSpacing(0)
        self._lines: list[QWidget] = []
        self.orgs_hint = label(t("archive_setting.orgs_hint"), "hint", wraps=True)
        for widget in (self.orgs, self.proposals, self.orgs_hint):
            self.box.addWidget(widget)
        _fit(self.orgs)

    def _add_bodies(self) -> None:
        self._begin_part()
        said = dict(settings.pairs_of(self._old[_BODIES]))
        heads = (t("archive_setting.body_code"), t("archive_setting.body"))
        self.bodies = PairTable(heads, self._usual_bodies | said)
        self.bodies.edited.connect(self._on_bodies)
        self.add_named(t("archive_setting.bodies"), self.bodies, t("archive_setting.bodies_hint"))
        _fit(self.bodies)

    def _add_boxes(self) -> None:
        self._begin_part()
        self.thickness = ChipRow(tuple(map(str, THICKNESSES)))
        self.thickness.choose(self._old[_BOX])
        self.thickness.changed.connect(self._on_box)
        self.pages_per_mm = NumberBox(1, 50, t("archive_setting.pages"))
        self.pages_per_mm.setValue(int(self._old[_PAGES]))
        self.pages_per_mm.setFixedWidth(_SHORT)
        self.pages_per_mm.valueChanged.connect(self._on_box)
        self.fills = label("", "muted")
        self.box.addLayout(_beside(
            (t("archive_setting.thickness"), self.thickness), (t("archive_setting.pages_per_mm"), self.pages_per_mm)
        ))  # fmt: skip
        self.box.addWidget(self.fills)
        self._on_box()

    def _add_retention(self) -> None:
        self._begin_part()
        self.table_words = label("", "")
        self.open_table = plain_button(t("archive_setting.open_table"))
        self.open_table.clicked.connect(self.on_retention_table)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.table_words, 1)
        row.addWidget(self.open_table)
        self.box.addWidget(label(t("archive_setting.retention"), "label"))
        self.box.addLayout(row)
        self.approval = QLineEdit(self._old[_APPROVAL])
        self.approval.setMaxLength(200)
        self.approval.setPlaceholderText(t("archive_setting.approval_example"))
        self.approval.textChanged.connect(self.edited)
        self.add_named(t("archive_setting.approval"), self.approval, t("archive_setting.approval_hint"))
        self._say_table()

    def _begin_part(self) -> None:
        self.box.addSpacing(8)
        self.box.addWidget(rule())
        self.box.addSpacing(2)

    # ---- what follows ----

    def on_retention_table(self) -> None:
        """Open the retention table; it is kept by itself, with its own 保存."""
        from township_office.ui.settings.retention_dialog import RetentionDialog

        dialog = RetentionDialog(self._office, self._asker, self)
        dialog.saved.connect(self._say_table)
        dialog.open()

    def propose(self, code: str, name: str) -> None:
        """Put a proposed 机构 or 问题 on the list."""
        self.orgs.type_in(self.orgs.rowCount() - 1, code, name)

    def _say_table(self) -> None:
        table = scheme.retention_table(self._office)
        doubts = sum(not line.is_certain for line in table)
        self.table_words.setText(t("archive_setting.table", count=len(table), doubts=doubts))

    def _on_fonds(self, *, is_typed: bool = False) -> None:
        number = clean_text(self.fonds_no.text())
        is_offered = bool(self._unnumbered and number)
        if is_typed and is_offered and self.gives.isHidden():
            self.gives.setChecked(True)
        for widget in (self.gives, self.gives_hint):
            widget.setVisible(is_offered)
        self.stays.setVisible(bool(self._bearing) and number != self._old[_FONDS])
        self.edited.emit()

    def _on_division(self) -> None:
        if not self.division.chosen():
            self.division.choose(_WORDS[self._old[_DIVISION]])
        division = self._division()
        self.steady.setVisible(division != self._old[_DIVISION] and bool(self._used))
        for widget in (self.orgs, self.proposals, self.orgs_hint):
            widget.setVisible(division != UNDIVIDED)
        self._propose(USUAL_SUBJECTS if division == BY_SUBJECT else USUAL_ORGS)
        self.edited.emit()

    def _on_orgs(self) -> None:
        _fit(self.orgs)
        self._propose(USUAL_SUBJECTS if self._division() == BY_SUBJECT else USUAL_ORGS)
        self.edited.emit()

    def _on_bodies(self) -> None:
        _fit(self.bodies)
        self.edited.emit()

    def _on_box(self) -> None:
        thickness = int(self.thickness.chosen() or self._old[_BOX])
        pages = room(thickness, self.pages_per_mm.value())
        self.fills.setText(t("archive_setting.fills", thickness=thickness, pages=pages))
        self.edited.emit()

    def _propose(self, usual: Sequence[tuple[str, str]]) -> None:
        """Offer what is not on the list yet, as many beside each other as there is room for."""
        for line in self._lines:
            line.deleteLater()
        self._lines.clear()
        known = {word for pair in self.orgs.pairs() for word in pair}
        buttons = [self._proposal(code, name) for code, name in usual if code not in known and name not in known]
        room_left = 0
        for button in buttons:
            width = button.fontMetrics().horizontalAdvance(button.text()) + _CHIP_PADDING
            if width > room_left:
                line = QWidget()
                row = QHBoxLayout(line)
                row.setContentsMargins(0, 0, 0, 0)
                row.setSpacing(0)
                row.addStretch()
                self._proposed.addWidget(line)
                self._lines.append(line)
                room_left = _ROOM
            row.insertWidget(row.count() - 1, button)
            room_left -= width

    def _proposal(self, code: str, name: str) -> QPushButton:
        button = chip(t("archive_setting.proposal", name=name, code=code))
        button.setCheckable(False)
        button.clicked.connect(lambda: self.propose(code, name))
        return button


def _fit(table: PairTable) -> None:
    """As high as its lines, up to a few."""
    lines = min(table.rowCount(), _LINES)
    table.setFixedHeight(table.horizontalHeader().sizeHint().height() + lines * table.rowHeight(0) + 2)


def _beside(*named: tuple[str, QWidget]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(28)
    grid.setVerticalSpacing(4)
    for column, (name, widget) in enumerate(named):
        widget.setAccessibleName(name)
        grid.addWidget(label(name, "label"), 0, column)
        grid.addWidget(widget, 1, column, Qt.AlignmentFlag.AlignLeft)
    grid.setColumnStretch(len(named), 1)
    return grid
