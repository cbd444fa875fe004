# SPDX-License-Identifier: MulanPSL-2.0
from __future__ import annotations

import subprocess
import sys
from datetime import datetime, timedelta
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QMenu

from tests.ui.entry.hands import Hands
from township_office.core.text import RESOURCES
from township_office.registers.receipt import RECEIPT
from township_office.services import backup, checking, records, settings
from township_office.services.archive import items
from township_office.services.guarded import vault as vaults
from township_office.ui import actions, jobs, memory, theme
from township_office.ui.archive.filing.filing_dialog import FilingDialog
from township_office.ui.archive.shelf.archive_way import ArchiveWay
from township_office.ui.book.register_tab import RegisterTab
from township_office.ui.tabs.today_tab import TodayTab
from township_office.ui.window import MainWindow
from township_office.ui.words import backup_words, moment


def foot(window: MainWindow) -> str:
    return f"{window._left.full_text()} | {window._right.text()}"


def test_says_which_office_which_clerk_and_how_it_stands(window, office_with_rows):
    assert window.windowTitle().startswith("云水镇党政综合办公室")
    assert window.header.name.full_text() == "云水镇党政综合办公室"
    assert window.header.clerk.text().startswith("王春燕")
    assert checking.chain_head(office_with_rows) in foot(window)
    assert window.header.backup.text() == "还没有备份过"


def test_shows_only_tabs_that_work_and_builds_them_when_shown(window):
    assert [window.tabs.tabText(place) for place in range(window.tabs.count())] == [
        "今日",
        "收文",
        "发文",
        "涉密",
        "档案",
        "值班",
    ]
    assert list(window._built) == [0]
    window.tabs.setCurrentIndex(2)
    assert sorted(window._built) == [0, 2]
    assert "2026 年发文 4 件，下一号 " in foot(window)


def test_tabs_are_reached_by_key(qtbot, window):
    window.on_tab_next()
    assert isinstance(window._pages.currentWidget(), RegisterTab)
    assert window._pages.currentWidget().list.table.hasFocus()
    window.on_tab_previous()
    window.on_tab_previous()
    assert window.tabs.currentIndex() == 5
    window.on_tab_next()
    assert isinstance(window._pages.currentWidget(), TodayTab)


def test_foot_tells_the_next_number_and_follows_what_is_written(window, office_with_rows, today):
    window.tabs.setCurrentIndex(1)
    assert "2026 年收文 29 件，另作废 1，下一号 2026-0031" in foot(window)
    before = checking.chain_head(office_with_rows)
    draft = {"received_on": today.isoformat(), "sender": "县政府", "title": "刚登记的通知"}
    row = records.register_document(office_with_rows, RECEIPT, draft, today)
    window.tab(1)._on_written(int(str(row["id"])))
    assert "2026 年收文 30 件，另作废 1，下一号 2026-0032" in foot(window)
    assert before not in foot(window)


def test_a_long_office_name_is_cut_and_told_in_full(window, office_with_rows):
    name = "云水镇" + "党政综合事务与应急值守" * 4
    settings.set_setting(office_with_rows, "office.name", name)
    window.resize(911, 484)
    window.refresh_frame()
    assert window.header.name.text().endswith("…")
    assert window.header.name.toolTip() == name
    assert window.minimumSizeHint().width() <= 911


def test_the_clerk_is_switched_by_name(window, office_with_rows, today):
    settings.add_clerk(office_with_rows, "李向东")
    menu = window.header.clerk.menu()
    menu.aboutToShow.emit()
    names = {action.text(): action for action in menu.actions()}
    assert names["王春燕"].isChecked()
    names["李向东"].trigger()
    assert window.header.clerk.text().startswith("李向东")
    draft = {"received_on": today.isoformat(), "sender": "县政府", "title": "换人后登记的通知"}
    assert records.register_document(office_with_rows, RECEIPT, draft, today)["entered_by"] == "李向东"


@pytest.mark.parametrize("command", ["settings", "import_history", "mishap", "about"])
def test_every_command_of_the_menu_opens_its_dialog(window, command):
    window._commands[command].trigger()
    dialog = window.findChild(QDialog)
    assert dialog is not None
    assert dialog.isVisible()
    dialog.close()


def test_about_lists_every_key(window):
    window.on_about()
    words = {found.text() for found in window.findChild(QDialog).findChildren(QLabel)}
    assert {actions.shown_shortcut(action.id) for action in actions.ACTIONS if action.shortcut} <= words
    window.findChild(QDialog).close()


def test_about_is_no_higher_than_the_screen(window, monkeypatch):
    low = SimpleNamespace(availableGeometry=lambda: QRect(0, 0, 911, 480))
    monkeypatch.setattr(QDialog, "screen", lambda _: low)
    window.on_about()
    assert window.findChild(QDialog).height() < 450, "a title bar stands above it"
    window.findChild(QDialog).close()


def test_backup_asks_for_a_folder_and_says_where_it_lies(qtbot, window, asker, office_with_rows, tmp_path):
    asker.path = tmp_path / "U盘"
    asker.path.mkdir()
    window.on_office_backup()
    qtbot.waitUntil(lambda: bool(asker.told))
    kept = list(asker.path.glob("*.office.db"))
    assert len(kept) == 1
    assert str(kept[0]) in asker.told[0]
    assert backup.last_backup(office_with_rows) is not None
    assert "已备份" in window.header.backup.text() or "天" in window.header.backup.text()


def test_a_backup_that_cannot_be_made_is_said(qtbot, window, asker, tmp_path):
    asker.path = tmp_path / "不在的U盘"
    window.on_office_backup()
    qtbot.waitUntil(lambda: bool(asker.reported))
    assert "不在的U盘" in asker.reported[0]


def test_size_is_remembered(window, office_with_rows, clock, asker, put_away):
    window.resize(1111, 666)
    window.close()
    assert memory.recall("window_size") == [1111, 666, False]
    again = MainWindow(office_with_rows, clock, asker)
    assert again.size().width() == min(1111, again.screen().availableGeometry().width())
    put_away(again)


def test_the_late_ones_are_one_click_from_the_first_page(window):
    window.tab(0).view_wanted.emit("receipt", None, "due")
    assert window.tabs.currentIndex() == 1
    assert (window.tab(1).list.view.year, window.tab(1).list.view.state) == (None, "due")
    assert window.tab(1).list.model.rowCount() == 1
    window.tab(0).view_wanted.emit("dispatch", 2026, "unfiled")
    assert window.tabs.currentIndex() == 2
    assert window.tab(2).list.view.year == 2026


def test_read_only_is_said_at_the_foot(readonly_office, clock, asker, put_away):
    window = MainWindow(readonly_office, clock, asker)
    window.show()
    assert "只读" in foot(window)
    put_away(window)


def test_a_new_day_is_noticed_when_the_clerk_comes_back(qtbot, office_with_rows, asker, today, put_away):
    days = [today]
    window = MainWindow(office_with_rows, lambda: days[0], asker)
    window.show()
    assert window.tab(0)._date.text().startswith("11月20日")
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    days[0] = today + timedelta(days=1)
    QApplication.sendEvent(window, QEvent(QEvent.Type.ActivationChange))
    assert window.tab(0)._date.text().startswith("11月21日")
    put_away(window)


@pytest.fixture
def opened(window, office_with_rows):
    """The window with its guarded register open, on another tab."""
    vault, _ = vaults.make(office_with_rows, "赵保密", "Feng-2026xy")
    window.tabs.setCurrentIndex(3)
    window.guard.open(vault)
    window.tabs.setCurrentIndex(1)
    return vault


def test_the_register_locks_when_another_clerk_sits_down(window, opened, office_with_rows):
    settings.add_clerk(office_with_rows, "李向东")
    window._switch_clerk("李向东")
    assert window.guard.vault is None
    assert not opened.is_open


def test_the_register_locks_when_the_window_closes(window, opened):
    window.close()
    assert not opened.is_open


def test_the_foot_says_who_opened_it_and_that_it_is_locked(window, opened):
    window.tabs.setCurrentIndex(3)
    assert "赵保密 已解锁" in foot(window)
    window.guard.close()
    assert "涉密登记已锁定" in foot(window)


def test_undoing_in_the_books_passes_the_guarded_tab_by(window, office_with_rows, today):
    window.tabs.setCurrentIndex(3)
    records.correct(office_with_rows, RECEIPT, 1, {"title": "改过的标题"}, today)
    window.on_undo()
    assert records.get(office_with_rows, RECEIPT, 1)["title"] != "改过的标题"


def test_closing_stops_what_is_going_on(qtbot, window):
    jobs.run_quietly(window, lambda progress: [progress(0, 0) for _ in iter(int, 1)], pytest.fail, pytest.fail)
    window.close()
    assert not window.isVisible()


# ---- what the start must not wait for ----


def test_the_window_does_not_wait_for_the_heavy_libraries():
    heavy = ("reportlab", "docx", "python_calamine", "xlsxwriter", "pypinyin", "pypdfium2", "PySide6.QtPrintSupport",
             "argon2", "cryptography", "township_office.services.guarded.vault")  # fmt: skip
    code = (
        "import sys, township_office.ui.window;"
        f"print([name for name in {heavy!r} if any(m == name or m.startswith(name + '.') for m in sys.modules)])"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=RESOURCES.parent)
    assert ran.stdout.strip() == "[]"


# ---- theme, actions, words ----


@pytest.mark.parametrize("name", sorted(path.stem for path in (RESOURCES / "icons").glob("*.svg")))
def test_every_icon_can_be_drawn_in_a_colour(dressed, name):
    source = (RESOURCES / "icons" / f"{name}.svg").read_text("utf-8")
    assert f'color="{theme.COLOURS[theme.OWN_TONE]}"' in source
    assert 'stroke-width="1.6"' in source
    assert not theme.icon(name).pixmap(20, 20).isNull()
    image = theme.picture(name, "accent", 40).toImage()
    colours = {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())
               if image.pixelColor(x, y).alpha() == 255}  # fmt: skip
    assert colours == {theme.COLOURS["accent"]}


def test_every_colour_the_stylesheet_names_is_known(dressed):
    sheet = theme.stylesheet()
    assert "@" not in sheet
    assert theme.COLOURS["accent"] in sheet


def test_text_colours_can_be_read_on_paper():
    def lightness(code: str) -> float:
        parts = [int(code[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    def contrast(one: str, other: str) -> float:
        high, low = sorted((lightness(one), lightness(other)), reverse=True)
        return (high + 0.05) / (low + 0.05)

    for name in ("ink", "soft", "faint", "accent", "red", "amber", "green", "grey"):
        assert contrast(theme.COLOURS[name], theme.COLOURS["paper"]) >= 4.5, name
    for tone, (ground, ink) in theme.TONES.items():
        assert contrast(ink, ground) >= 4.5, tone


def test_an_actions_tooltip_shows_its_keys():
    assert actions.tooltip("book_print") == "打印登记簿　Ctrl+P"


def test_menus_name_known_actions_and_separators_become_lines(qtbot, window):
    menu = QMenu(window)
    actions.fill_menu(menu, actions.OFFICE_MENU, window._commands)
    assert sum(action.isSeparator() for action in menu.actions()) == actions.OFFICE_MENU.count(actions.SEPARATOR) > 0
    assert actions.make("find", window, window.on_about).shortcutContext() is Qt.ShortcutContext.WindowShortcut


@pytest.mark.parametrize(
    ("days", "tone"), [(0, "green"), (1, "green"), (2, "amber"), (7, "amber"), (8, "red"), (400, "red")]
)
def test_backup_words_grow_urgent(today, days, tone):
    last = datetime(today.year, today.month, today.day, 8, 12) - timedelta(days=days)
    assert backup_words(last, today)[1] == tone


def test_moments_are_told_as_briefly_as_is_clear(today):
    assert moment("2026-11-20T09:15:03", today) == "今天 09:15"
    assert moment("2026-03-02T09:15:03", today) == "03-02 09:15"
    assert moment("2025-03-02T09:15:03", today) == "2025-03-02"


# ---- the archive ----


def filed(office, today):
    draft = {"title": "补归的记录", "responsible_body": "镇政府", "archive_year": "2024", "retention_period": "永久"}
    return int(str(items.add_item(office, draft, today)["id"]))


def test_nothing_of_the_archive_is_loaded_before_its_tab_is_shown(office_with_rows):
    code = (
        "import sys; import township_office.ui.window;"
        "rooms = ('ui.archive', 'ui.tabs.archive_tab', 'services.archive', 'paper', 'exchange');"
        "ours = [name.partition('.')[2] for name in sys.modules if name.startswith('township_office.')];"
        "print([name for name in ours if name.startswith(rooms)])"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_an_archive_item_is_led_to_in_its_tab(window, office_with_rows, today):
    item = filed(office_with_rows, today)
    window.show_row("archive_item", item)
    assert window.tabs.currentIndex() == 4
    assert window.tab(4).items.list.chosen_id() == item
    assert "全宗" not in foot(window)
    window.show_view("archive_item", None, "pageless")
    assert window.tab(4).items.list.view.state == "pageless"


def test_archive_deeds_are_undone_and_done_again(window, office_with_rows, today):
    window.tabs.setCurrentIndex(4)
    item = filed(office_with_rows, today)
    tab = window.tab(4)
    tab.refresh()
    window.on_undo()
    assert tab.items.list.model.rowCount() == 0
    assert tab.sidebar.branch.items == 0
    window.on_redo()
    assert tab.items.list.chosen_id() == item
    items.correct_item(office_with_rows, item, {"page_count": "7"}, today)
    window.on_undo()
    place = tab.items.list.table.position()
    assert tab.items.list.model.line(place).row["page_count"] is None
    window.tabs.setCurrentIndex(1)
    window.on_redo()
    assert window.tabs.currentIndex() == 1, "the clerk stays where she is"


def test_typing_pages_is_undone_by_its_name(qtbot, window, office_with_rows, today):
    filed(office_with_rows, today)
    window.activateWindow()
    with qtbot.waitActive(window):
        pass
    window.tabs.setCurrentIndex(4)
    tab = window.tab(4)
    table = tab.items.list.table
    qtbot.waitUntil(lambda: table.width() > 500)  # laid out
    table.aim("page_count")
    table.setFocus()
    Hands().enter("12")
    assert "2024-Y-0001" in window._commands["undo"].text()


def test_filing_that_is_due_is_one_click_from_the_first_page(window, monkeypatch):
    asked = []
    monkeypatch.setattr(ArchiveWay, "open_filing", lambda _, year: asked.append(year))
    window.tab(0).filing_wanted.emit(2025)
    assert window.tabs.currentIndex() == 4
    assert asked == [2025]


def test_settings_are_opened_from_an_empty_archive(window):
    window.tab(4).settings_wanted.emit()
    dialog = window.findChild(QDialog)
    assert dialog.isVisible()
    dialog.close()


@pytest.mark.parametrize("place", range(5))
def test_the_key_of_filing_leads_to_it_from_every_tab(qtbot, window, place, put_away):
    window.tabs.setCurrentIndex(place)
    if place == 4:
        window.tab(4).show_page("climate_log")
    with qtbot.waitActive(window):
        window.activateWindow()
    QTest.keyClick(window, Qt.Key.Key_F11)
    (dialog,) = window.findChildren(FilingDialog)
    assert window.tabs.currentIndex() == 4
    put_away(dialog)
