# SPDX-License-Identifier: MulanPSL-2.0
"""档案 and 档号 in the settings: what the county decides is typed, refused in words, kept; what items bear stays."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from township_office.core.errors import OfficeError
from township_office.registers.archive.codes import BY_CODE
from township_office.registers.archive.item import ARCHIVE_ITEM
from township_office.services import records, settings
from township_office.services.archive import items
from township_office.services.archive.scheme import scheme_of
from township_office.ui.settings.codes_page import internal, readable
from township_office.ui.settings.settings_dialog import SettingsDialog

ITEM = {
    "archive_year": "2025", "retention_period": "永久", "org_or_subject": "BGS", "title": "镇党委会会议记录",
    "responsible_body": "中共青山县云水镇委员会", "page_count": "30",
}  # fmt: skip


@pytest.fixture
def item(office, today):
    """An item filed before the county gave a 全宗号."""
    return items.add_item(office, ITEM, today)


@pytest.fixture
def show(qtbot, clock, asker):
    def made(office) -> SettingsDialog:
        dialog = SettingsDialog(office, clock, asker)
        qtbot.addWidget(dialog, before_close_func=lambda widget: widget.done(0))
        dialog.open()
        dialog.list.setCurrentRow(dialog.pages.index(dialog.archive_page))
        return dialog

    return made


@pytest.fixture
def dialog(show, office):
    return show(office)


def type_code(page, row, code, name):
    page.orgs.type_in(row, code, name)


def proposals(page) -> list[str]:
    buttons = page.proposals.findChildren(QPushButton)
    return [button.text() for button in buttons if button.parentWidget() in page._lines]


def test_nothing_is_changed_by_looking(dialog):
    assert not dialog.archive_page.is_changed()
    assert not dialog.codes_page.is_changed()
    assert not dialog._save.isEnabled()


def test_all_of_it_is_kept(dialog, office):
    page = dialog.archive_page
    page.fonds_no.setText("Z109")
    page.fonds_name.setText("青山县云水镇人民政府")
    type_code(page, 1, "dw", "党委")
    page.thickness.choose("20")
    page.pages_per_mm.setValue(12)
    page.approval.setText("青档发〔2022〕5号，2022年3月1日")
    assert page.fills.text() == "20 毫米的盒约装 216 页。"
    dialog.save()
    assert not dialog.isVisible()
    scheme = scheme_of(office)
    assert (scheme.fonds_no, scheme.fonds_name) == ("Z109", "青山县云水镇人民政府")
    assert dict(scheme.orgs) == {"BGS": "党政综合办公室", "DW": "党委"}
    assert settings.get_setting(office, "archive.box_mm") == "20"
    assert settings.get_setting(office, "archive.pages_per_mm") == "12"
    assert settings.get_setting(office, "archive.retention_approval") == "青档发〔2022〕5号，2022年3月1日"


@pytest.mark.parametrize(
    ("code", "name", "words"),
    [
        ("DW", "", "代码“DW”后面还没有写名称。"),
        ("", "党委", "“党委”前面还没有写代码。"),
        ("BGS", "党委", "代码“BGS”写了两次"),
        ("D-W", "党委", "代码用大写字母、数字或汉字"),
    ],
)
def test_a_code_that_cannot_be_is_refused_in_words(dialog, office, code, name, words):
    dialog.list.setCurrentRow(0)
    type_code(dialog.archive_page, 1, code, name)
    dialog.save()
    assert words in dialog.trouble.words()
    assert dialog.pages[dialog.list.currentRow()] is dialog.archive_page
    assert settings.get_setting(office, "archive.orgs") == "BGS=党政综合办公室"


def test_a_code_in_use_is_locked_and_its_name_is_not(item, show, office):
    dialog = show(office)
    table = dialog.archive_page.orgs
    assert not table.item(0, 0).flags() & Qt.ItemFlag.ItemIsEditable
    assert table.item(0, 0).toolTip() == "已有 1 件档案用这个代码，代码不能再改，名称可以改。"
    assert table.item(0, 1).flags() & Qt.ItemFlag.ItemIsEditable
    table.item(0, 1).setText("办公室")
    dialog.save()
    assert settings.get_setting(office, "archive.orgs") == "BGS=办公室"


def test_a_code_in_use_cannot_be_taken_off(item, show, office):
    dialog = show(office)
    type_code(dialog.archive_page, 0, "", "")
    type_code(dialog.archive_page, 1, "DW", "党委")
    dialog.save()
    assert "代码 BGS 已有 1 件档案在用" in dialog.trouble.words()
    assert settings.get_setting(office, "archive.orgs") == "BGS=党政综合办公室"


def test_usual_ones_are_proposed_until_they_are_there(dialog, office):
    page = dialog.archive_page
    assert "＋党委 DW" in proposals(page)
    assert not any("BGS" in words for words in proposals(page)), "it is there"
    page.propose("DW", "党委")
    assert "＋党委 DW" not in proposals(page)
    assert page.orgs.pairs() == [("BGS", "党政综合办公室"), ("DW", "党委")]
    page.division.choose("按问题")
    assert "＋党群 DQ" in proposals(page)
    assert "＋人大 RD" not in proposals(page), "机构 and 问题 are never mixed"


def test_undivided_needs_no_list(dialog, office):
    page = dialog.archive_page
    page.division.choose("不分")
    assert page.orgs.isHidden()
    type_code(page, 0, "", "")
    dialog.save()
    assert settings.get_setting(office, "archive.division") == "none"
    assert scheme_of(office).orgs == {}


def test_dividing_otherwise_is_warned_of_once_there_are_items(item, show, office):
    page = show(office).archive_page
    assert page.steady.isHidden()
    page.division.choose("按问题")
    assert not page.steady.isHidden()
    page.division.choose("")  # a chip clicked twice: one of them always holds
    assert page.division.chosen() == "按机构"
    assert page.steady.isHidden()


def test_bodies_are_prefilled_and_only_others_are_kept(dialog, office):
    table = dialog.archive_page.bodies
    known = dict(table.pairs())
    assert known["云政发"] == "云水镇人民政府"
    row = list(known).index("云任")
    table.type_in(row, "云任", "中共云水镇委员会")
    table.type_in(table.rowCount() - 1, "云旧发", "云水镇人民政府")
    dialog.save()
    assert settings.get_setting(office, "archive.bodies") == "云任=中共云水镇委员会,云旧发=云水镇人民政府"


def test_a_body_without_its_code_is_refused(dialog):
    table = dialog.archive_page.bodies
    table.type_in(table.rowCount() - 1, "", "云水镇人民政府")
    dialog.save()
    assert dialog.trouble.words() == "“云水镇人民政府”前面还没有写发文代字。"


def test_a_fonds_number_given_late_goes_into_the_codes_if_wanted(qtbot, item, show, office):
    assert item["number"] == "WS·2025-Y-BGS-0001"
    dialog = show(office)
    page = dialog.archive_page
    assert page.gives.isHidden()
    page.fonds_no.setText("Z109")
    assert not page.gives.isHidden()
    assert page.gives.isChecked()
    assert "1 件" in page.gives.text()
    with qtbot.waitSignal(dialog.accepted):
        dialog.save()
    assert records.get(office, ARCHIVE_ITEM, item["id"])["number"] == "Z109-WS·2025-Y-BGS-0001"


def test_another_fonds_number_leaves_the_codes_there_are_and_says_so(item, show, office):
    settings.set_setting(office, "archive.fonds_no", "Z109")
    items.give_fonds_no(office)
    page = show(office).archive_page
    assert page.stays.isHidden()
    page.fonds_no.setText("Z110")
    assert not page.stays.isHidden()
    assert page.stays.text().startswith("已有 1 件的档号里是 Z109，编定后不再改")
    page.fonds_no.setText("Z109")
    assert page.stays.isHidden()


def test_it_can_be_left_for_later(qtbot, item, show, office):
    dialog = show(office)
    dialog.archive_page.fonds_no.setText("Z109")
    dialog.archive_page.gives.setChecked(False)
    dialog.save()
    assert records.get(office, ARCHIVE_ITEM, item["id"])["number"] == "WS·2025-Y-BGS-0001"
    later = show(office)
    assert not later.archive_page.gives.isHidden()
    assert not later.archive_page.is_changed(), "offered, not done by itself"
    later.archive_page.gives.setChecked(True)
    assert later._save.isEnabled()
    with qtbot.waitSignal(later.accepted):
        later.save()
    assert records.get(office, ARCHIVE_ITEM, item["id"])["number"] == "Z109-WS·2025-Y-BGS-0001"


def test_what_goes_wrong_on_the_way_is_said(qtbot, item, show, office, monkeypatch):
    def full(*_: object, **__: object) -> int:
        raise OfficeError("archive.no_fonds")

    monkeypatch.setattr(items, "give_fonds_no", full)
    dialog = show(office)
    dialog.archive_page.fonds_no.setText("Z109")
    dialog.save()
    qtbot.waitUntil(lambda: bool(dialog.trouble.words()))
    assert dialog.isVisible()
    assert "还没有全宗号" in dialog.trouble.words()


# ---- 档号 ----


@pytest.mark.parametrize("category", BY_CODE.values(), ids=lambda category: category.code)
def test_templates_are_read_and_written(category):
    shown = readable(category.template)
    assert "fonds" not in shown
    assert internal(shown) == category.template


def test_widths_are_read_and_written():
    assert readable("{category}-{volume:4}-{item:5}") == "{门类}-{案卷号4位}-{件号5位}"
    assert internal("{门类}-{案卷号4位}-{件号5位}") == "{category}-{volume:4}-{item:5}"
    assert internal("｛门类｝-{件号}") == "{category}-{item}"


def test_a_template_shows_what_it_gives_and_is_kept(dialog, office):
    page = dialog.codes_page
    assert page.lines["WS"].text() == ""
    assert page.examples["WS"].text() == "Z109-WS·2025-Y-BGS-0001"
    page.lines["WS"].setText("{全宗号}-{门类}·{年度}-{机构}-{期限}-{件号5位}")
    assert page.examples["WS"].text() == "Z109-WS·2025-BGS-Y-00001"
    dialog.save()
    assert settings.get_setting(office, "archive.template.WS") == "{fonds}-{category}·{year}-{org}-{retention}-{item:5}"


@pytest.mark.parametrize(
    "text", ["{门类}", "{件号}-{门类}", "{门类}-{页号}-{件号}", "{门类}-{门类}-{件号}", "甲-{件号}"]
)
def test_a_bad_template_is_said_at_once_and_refused(dialog, office, text):
    page = dialog.codes_page
    page.lines["ZP"].setText(text)
    assert page.examples["ZP"].text() == "格式有误"
    dialog.save()
    assert "照片档号的格式有误" in dialog.trouble.words()
    assert dialog.pages[dialog.list.currentRow()] is page
    assert settings.get_setting(office, "archive.template.ZP") == BY_CODE["ZP"].template
    page.lines["ZP"].setText("")
    assert not page.is_changed(), "an empty line takes the usual one"


def test_a_place_goes_into_the_line_that_is_typed_in(qtbot, dialog):
    page = dialog.codes_page
    dialog.list.setCurrentRow(dialog.pages.index(page))
    dialog.activateWindow()
    with qtbot.waitActive(dialog):
        page.lines["KJ"].setFocus()
    button = next(button for button in page.findChildren(QPushButton) if button.text() == "{门类}")
    button.click()
    assert page.lines["KJ"].text() == "{门类}"
    assert page.lines["KJ"].hasFocus()
