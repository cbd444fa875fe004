# SPDX-License-Identifier: MulanPSL-2.0
"""Editors for the guarded register: names out of the vault, nothing dropped in, nothing dragged out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache

from PySide6.QtWidgets import QLineEdit

from township_office.core.fields import Field, Kind
from township_office.core.text import t
from township_office.registers.confidential import CONFIDENTIAL, read_serials
from township_office.services.guarded.custody_lists import known_names
from township_office.services.guarded.vault import Vault
from township_office.ui.form.editors import Today, make_editor
from township_office.ui.form.line_editor import Editor, LineEditor
from township_office.ui.form.suggest_editor import SuggestEditor, matching

_NAMED_IN_FULL = 3  # serials


class SerialEditor(LineEditor):
    """份号: says which copies the text names, while it is typed. count: what 份数 says, None when it says nothing."""

    def __init__(self, field: Field, count: Callable[[], int | None]) -> None:
        super().__init__(field)
        self._count = count

    def note(self) -> str:
        """3 份：000101、000102、000103."""
        try:
            serials = read_serials(self.text(), self._count())
        except ValueError:
            return ""
        if not self.text().strip():
            return t("paper_dialog.serial_hint")
        shown = "、".join(serials) if len(serials) <= _NAMED_IN_FULL else f"{serials[0]} …… {serials[-1]}"
        return t("paper_dialog.serials", count=len(serials), serials=shown)

    def doubt(self) -> str:
        """What does not agree with 份数, or cannot be read."""
        try:
            read_serials(self.text(), self._count())
        except ValueError as error:
            return str(error) if self.text().strip() else ""
        return ""


class HintedEditor(LineEditor):
    """A line that says how it is written, while it is empty."""

    def __init__(self, field: Field, hint: str) -> None:
        super().__init__(field)
        self._hint = hint

    def note(self) -> str:
        """See Editor."""
        return "" if self.text().strip() else self._hint


def guarded_editor(vault: Vault, field: Field, today: Today, names: Iterable[str] = ()) -> Editor:
    """Return an editor for a field of a paper or a step; names come first among those it proposes."""
    if field.kind is not Kind.NAME:
        return closed_off(make_editor(field, vault.office, CONFIDENTIAL, today))
    first = tuple(names)

    @cache
    def known() -> tuple[str, ...]:  # asked for with the first letter: the form does not wait for it
        return tuple(dict.fromkeys([*first, *known_names(vault, field.name)]))

    editor = SuggestEditor(field, lambda typed: matching(known(), typed), is_list=True)
    editor.set_text(field.default)
    return closed_off(editor)


def closed_off(editor: Editor) -> Editor:
    """Let nothing be dropped on an editor, and nothing be dragged out of it."""
    editor.setAcceptDrops(False)
    for line in editor.findChildren(QLineEdit):
        line.setAcceptDrops(False)
        line.setDragEnabled(False)
    return editor
