# SPDX-License-Identifier: MulanPSL-2.0
"""Every command of the program, declared once; buttons, menus and shortcuts are made from here.

An action's words are action.<id> in strings.toml, its icon is icons/<id>.svg, its slot on_<id>.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QWidget

from township_office.core.text import t
from township_office.ui import theme


@dataclass(frozen=True, slots=True)
class Action:
    """One command: what it is called in code, its keys, and whether it writes (so not in a read-only file)."""

    id: str
    shortcut: str
    writes: bool = False


ACTIONS: tuple[Action, ...] = (
    Action("record_new", "Ctrl+N", writes=True),
    Action("batch_entry", "F3", writes=True),
    Action("record_draft", "Ctrl+Shift+N", writes=True),
    Action("record_edit", "F2", writes=True),
    # The paper's way, in the order of 条例 arts. 24 and 25.
    Action("step_next", "F8", writes=True),
    Action("step_return_to_sender", "Ctrl+Shift+R", writes=True),
    Action("step_propose", "F6", writes=True),
    Action("reader_send", "F7", writes=True),
    Action("reader_back", "Ctrl+R", writes=True),
    Action("step_instruct", "Ctrl+Shift+I", writes=True),
    Action("step_assign", "Ctrl+Shift+A", writes=True),
    Action("step_supervise", "Ctrl+Shift+S", writes=True),
    Action("chase_add", "Ctrl+U", writes=True),
    Action("reply_draft", "Ctrl+Shift+E", writes=True),
    Action("step_reply", "Ctrl+Shift+Y", writes=True),
    Action("step_review", "Ctrl+Shift+H", writes=True),
    Action("step_sign", "Ctrl+G", writes=True),
    Action("step_print", "Ctrl+Shift+T", writes=True),
    Action("step_seal", "Ctrl+Shift+K", writes=True),
    Action("distribute", "Ctrl+T", writes=True),
    Action("record_finish", "Ctrl+D", writes=True),
    Action("step_file", "Ctrl+Shift+D", writes=True),
    # What happens to a copy of classified paper; it goes out and comes back with reader_send and reader_back.
    Action("custody_lend", "Ctrl+J", writes=True),
    Action("custody_copy", "Ctrl+Shift+F", writes=True),
    Action("custody_keep", "Ctrl+K", writes=True),
    Action("custody_clear", "Ctrl+Shift+Q", writes=True),
    Action("custody_transfer", "Ctrl+Shift+J", writes=True),
    Action("custody_destroy", "Ctrl+Shift+Del", writes=True),
    Action("custody_take_back", "Ctrl+Shift+Z", writes=True),
    Action("day_check", "F4", writes=True),
    Action("clearance_check", "Ctrl+Shift+U"),
    # The archive as a whole; its items with record_new, record_edit …
    Action("archive_file", "F11", writes=True),
    Action("archive_boxes", "F12", writes=True),
    Action("archive_filings", "Shift+F11"),
    Action("archive_again", "Ctrl+Shift+V", writes=True),
    Action("archive_number", "Ctrl+Alt+B", writes=True),
    # The book kept while on duty.
    Action("duty_call", "Ctrl+Alt+N", writes=True),
    Action("duty_sheet", "Ctrl+Alt+P"),
    # The roster: a month, then a turn of it, then people and lines.
    Action("duty_draw", "Ctrl+Return", writes=True),
    Action("duty_publish", "Ctrl+Shift+Return", writes=True),
    Action("duty_year", "Ctrl+Alt+Y", writes=True),
    Action("duty_reopen", "Ctrl+Alt+R", writes=True),
    Action("duty_changes", "Ctrl+Alt+J"),
    Action("duty_calendar", "Ctrl+Alt+C"),
    Action("duty_previous", "Alt+Left"),
    Action("duty_next", "Alt+Right"),
    Action("duty_this_month", "Alt+Home"),
    Action("duty_put", "Ctrl+Alt+H", writes=True),
    Action("duty_swap", "Ctrl+Alt+S", writes=True),
    Action("duty_substitute", "Ctrl+Alt+T", writes=True),
    Action("duty_reassign", "Ctrl+Alt+G", writes=True),
    Action("duty_lock", "Ctrl+Alt+L", writes=True),
    Action("duty_clear", "Ctrl+Alt+K", writes=True),
    Action("duty_why", "Ctrl+Alt+W"),
    Action("duty_days", "Ctrl+Alt+Q", writes=True),
    Action("duty_lines", "Ctrl+Alt+O", writes=True),
    Action("duty_pair", "Ctrl+Alt+D", writes=True),
    Action("duty_up", "Alt+Up", writes=True),
    Action("duty_down", "Alt+Down", writes=True),
    Action("form_handling_sheet", "Ctrl+Shift+P"),
    Action("form_circulation_slip", "Ctrl+Shift+L"),
    Action("form_draft_sheet", "Ctrl+Shift+G"),
    Action("form_distribution_list", "Ctrl+Shift+B"),
    Action("record_void", "Del", writes=True),
    Action("record_history", "Ctrl+H"),
    Action("number_copy", "Ctrl+Shift+C"),
    Action("find", "Ctrl+F"),
    Action("sheet_import", "Ctrl+I", writes=True),
    Action("sheet_export", "Ctrl+E"),
    Action("book_print", "Ctrl+P"),
    Action("number_ledger", "Ctrl+L"),
    Action("detail_toggle", "F9"),
    Action("reload", "F5"),
    Action("undo", "Ctrl+Z", writes=True),
    Action("redo", "Ctrl+Y", writes=True),
    Action("office_backup", "Ctrl+B"),
    Action("import_history", "Ctrl+Shift+O"),
    Action("vault_lock", "Ctrl+Shift+X"),
    Action("vault_settings", "Ctrl+Shift+M"),
    Action("mishap", "Ctrl+Shift+W"),
    Action("settings", "Ctrl+,"),
    Action("tab_next", "Ctrl+Tab"),
    Action("tab_previous", "Ctrl+Shift+Tab"),
    Action("about", "F1"),
    Action("quit", "Ctrl+Q"),
)
SEPARATOR = ""
PRINT_MENU = ("book_print", "sheet_export", SEPARATOR, "number_ledger")
OFFICE_MENU = (
    "undo",
    "redo",
    SEPARATOR,
    "settings",
    "import_history",
    "office_backup",
    SEPARATOR,
    "mishap",
    "about",
    "quit",
)
_BY_ID = {action.id: action for action in ACTIONS}


def action_of(action_id: str) -> Action:
    """Return the declared action; a wrong id is a programming error (KeyError)."""
    return _BY_ID[action_id]


def shown_shortcut(action_id: str) -> str:
    """Return the keys of an action as the clerk reads them."""
    return QKeySequence(_BY_ID[action_id].shortcut).toString(QKeySequence.SequenceFormat.NativeText)


def tooltip(action_id: str) -> str:
    """Return the words of an action with its keys behind."""
    return t("action." + action_id) + f"　{shown_shortcut(action_id)}"


def make(action_id: str, owner: QWidget, slot: Callable[[], object]) -> QAction:
    """Make the action on owner: its shortcut works while owner is on screen."""
    declared = _BY_ID[action_id]
    action = QAction(theme.icon(action_id), t("action." + action_id), owner)
    action.setObjectName(action_id)
    action.setToolTip(tooltip(action_id))
    action.setShortcut(QKeySequence(declared.shortcut))
    action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
    action.triggered.connect(lambda: slot())
    owner.addAction(action)
    return action


def confine(action: QAction, widget: QWidget) -> None:
    """Let the keys of an action work on widget alone: elsewhere they are for typing."""
    on_key(widget, action.shortcut(), action.trigger)
    action.setShortcut(QKeySequence())


def on_key(widget: QWidget, keys: QKeySequence | str, slot: Callable[[], object]) -> None:
    """Call slot when keys are pressed while widget itself has the focus."""
    shortcut = QShortcut(QKeySequence(keys), widget, context=Qt.ShortcutContext.WidgetShortcut)
    shortcut.activated.connect(slot)  # given to the constructor, PySide forgets the context over it


def forbid_writing(actions: Mapping[str, QAction]) -> None:
    """Leave only what reads, and say why: the file is read-only."""
    for action_id, action in actions.items():
        if action_of(action_id).writes:
            action.setEnabled(False)
            action.setToolTip(t("ui.read_only_reason"))


def fill_menu(menu: QMenu, ids: tuple[str, ...], actions: Mapping[str, QAction]) -> None:
    """Put the actions into the menu in the order of ids."""
    for action_id in ids:
        if action_id == SEPARATOR:
            menu.addSeparator()
        else:
            menu.addAction(actions[action_id])
