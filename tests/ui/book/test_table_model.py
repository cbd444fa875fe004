# SPDX-License-Identifier: MulanPSL-2.0
from __future__ import annotations

from array import array
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QTableView

from township_office.core import searchkeys
from township_office.registers import DOCUMENTS
from township_office.registers.receipt import RECEIPT
from township_office.services import browsing, records
from township_office.services.browsing import View
from township_office.services.office import change
from township_office.store import records as store
from township_office.ui import theme
from township_office.ui.book import line_delegate
from township_office.ui.book.column_fit import characters, fitting, pixels
from township_office.ui.book.line_delegate import PADDING, _cut
from township_office.ui.book.matching import Match, find_heard, find_match
from township_office.ui.book.register_list import table_columns
from township_office.ui.book.register_table import RegisterTable
from township_office.ui.book.row_delegate import RowDelegate, is_backdated
from township_office.ui.book.table_model import PAGE, PAGES_KEPT, RegisterTableModel


@pytest.fixture
def model(office_with_rows, clock, qtmodeltester):
    made = RegisterTableModel(office_with_rows, RECEIPT, clock)
    made.set_columns(table_columns(office_with_rows, RECEIPT))
    return made


def place_of(model: RegisterTableModel, name: str) -> int:
    return [column.name for column in model.columns].index(name)


def test_the_model_keeps_qts_rules(model, office_with_rows, today):
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    ids = browsing.row_ids(office_with_rows, RECEIPT, View(), today)
    model.show_ids(ids[:5])
    model.add_ids(ids[5:])
    model.show_ids([])
    assert tester.model() is model


@pytest.mark.parametrize("register", DOCUMENTS, ids=lambda register: register.name)
def test_every_register_is_shown_number_first_and_state_last(register, office_with_rows, clock, today):
    model = RegisterTableModel(office_with_rows, register, clock)
    model.set_columns(table_columns(office_with_rows, register))
    model.show_ids(browsing.row_ids(office_with_rows, register, View(), today))
    heads = [
        model.headerData(place, Qt.Orientation.Horizontal, Qt.ItemDataRole.DisplayRole)
        for place in range(model.columnCount())
    ]
    assert heads[0] == register.number_label
    assert heads[-1] == "状态"
    for column in range(model.columnCount()):
        assert isinstance(model.index(0, column).data(), str)
    row = records.get(office_with_rows, register, model.id_at(0))
    assert model.index(0, 0).data() == row["number"]


def test_newest_comes_first_and_states_are_worked_out(model, office_with_rows, today):
    model.show_ids(browsing.row_ids(office_with_rows, RECEIPT, View(today.year), today))
    numbers = [model.line(place).texts[0] for place in range(model.rowCount())]
    assert numbers == sorted(numbers, reverse=True)
    by_number = {model.line(place).texts[0]: model.line(place).state.key for place in range(model.rowCount())}
    assert by_number[f"{today.year}-0005"] == "voided"
    assert by_number[f"{today.year}-0001"] == "filed"
    assert by_number[f"{today.year}-0015"] == "completed"
    assert by_number[f"{today.year}-0028"] == "overdue"
    assert by_number[f"{today.year}-0030"] == "open"


def test_only_the_pages_looked_at_are_read_and_few_are_kept(model, office_with_rows, monkeypatch):
    asked: list[list[int]] = []
    real = browsing.rows

    def rows(office, register, ids):
        asked.append(list(ids))
        return real(office, register, [1] * len(ids)) if len(ids) else []

    monkeypatch.setattr(browsing, "rows", rows)
    model.show_ids(array("q", range(100_000)))
    assert asked == []
    model.line(50_020)
    model.line(50_021)
    assert asked == [list(range(50_000, 50_040))]
    for page in range(40):
        model.line(page * PAGE)
    assert len(model._pages) == PAGES_KEPT
    model.line(39 * PAGE)
    assert len(asked) == 41


def test_a_row_is_found_by_its_id(model):
    model.show_ids([9, 7, 3])
    assert model.position_of(3) == 2
    assert model.position_of(4) is None


def test_line_breaks_stay_on_one_line(model, office_with_rows, today):
    row = records.register_document(
        office_with_rows,
        RECEIPT,
        {"received_on": today.isoformat(), "sender": "县政府", "title": "上一行\n下一行"},
        today,
    )
    model.show_ids([int(str(row["id"]))])
    assert model.index(0, place_of(model, "title")).data() == "上一行 下一行"


def test_a_back_dated_row_bears_its_mark(model, office_with_rows, today):
    late = today - timedelta(days=30)
    row = records.register_document(
        office_with_rows, RECEIPT, {"received_on": late.isoformat(), "sender": "县政府", "title": "补登的通知"}, today
    )
    model.show_ids([int(str(row["id"])), 3])
    assert is_backdated(model.line(0))
    assert not is_backdated(model.line(1))


def test_a_row_without_a_number_shows_the_one_of_its_old_ledger(model, delegate, office_with_rows):
    with change(office_with_rows) as pen:
        store.change(pen, RECEIPT, 3, {"number": None, "sequence": None, "original_number": "3"}, verb="change", why="")
    model.show_ids([3, 4])
    assert model.index(0, 0).data() == "原 3"
    assert delegate.ink(model.index(0, 0), "number", "原 3") == "void"
    assert delegate.ink(model.index(1, 0), "number", "2026-0002") == "soft"


def test_days_are_short_where_all_rows_are_of_one_year(model, office_with_rows, today):
    draft = {"received_on": today.isoformat(), "sender": "县政府", "title": "跨年的通知", "due_on": "2027-01-05"}
    row = records.register_document(office_with_rows, RECEIPT, draft, today)
    received, due = (place_of(model, name) for name in ("received_on", "due_on"))
    model.show_ids([int(str(row["id"]))], today.year)
    assert (model.index(0, received).data(), model.index(0, due).data()) == ("11-20", "27-01-05")
    model.show_ids([int(str(row["id"]))])
    assert (model.index(0, received).data(), model.index(0, due).data()) == ("2026-11-20", "2027-01-05")


def test_the_columns_follow_the_length_of_the_days(qtbot, model, office_with_rows, today):
    table = RegisterTable(model)
    qtbot.addWidget(table)
    table.resize(984, 300)
    table.show()
    table.show_columns(table_columns(office_with_rows, RECEIPT), {})
    received, doc_number = place_of(model, "received_on"), place_of(model, "doc_number")
    long = table.columnWidth(received)
    model.show_ids([3], today.year)
    table.follow_year()
    assert table.columnWidth(received) < long - 15
    whole = QFontMetrics(theme.screen_font()).horizontalAdvance("青自然资〔2026〕105号")
    assert table.columnWidth(doc_number) - 2 * PADDING >= whole, "what days leave over goes to 文号"
    model.show_ids([3])
    table.follow_year()
    assert table.columnWidth(received) == long
    table.show_columns(table_columns(office_with_rows, RECEIPT), {"received_on": 14})
    dragged = table.columnWidth(received)
    model.show_ids([3], today.year)
    table.follow_year()
    assert table.columnWidth(received) == dragged, "a width the clerk has set stays"


# ---- which columns fit ----


@pytest.fixture
def head(dressed):
    return QFontMetrics(theme.screen_font(13))


@pytest.mark.parametrize("width", [520, 640, 980, 1560])
def test_number_title_and_state_are_always_seen(office, width, head):
    columns = table_columns(office, RECEIPT)
    shown = fitting(columns, width, head)
    names = {columns[place].name for place in shown}
    assert {"number", "title", "status"} <= names
    assert sum(shown.values()) + 200 <= width


def test_wider_means_more_and_what_is_searched_comes_first(office, head):
    columns = table_columns(office, RECEIPT)
    middle = {columns[place].name for place in fitting(columns, 980, head)}
    wide = {columns[place].name for place in fitting(columns, 1560, head)}
    assert {"received_on", "sender", "doc_number", "due_on"} <= middle
    assert middle < wide
    assert "secrecy_level" not in middle


def test_a_dragged_width_comes_back_as_dragged(office, head):
    for field in table_columns(office, RECEIPT):
        if pixels(field, head) > head.horizontalAdvance(field.label) + 20:
            assert characters(pixels(field, head)) == field.width


# ---- marking what was found ----


@pytest.mark.parametrize(
    ("text", "sought", "marked"),
    [
        ("关于防汛工作的通知", "防汛", "防汛"),
        ("青政办发〔2026〕37号", "[2026]37", "〔2026〕37"),
        ("青政办发〔2026〕37号", "（２０２６）", "〔2026〕"),
        ("ABC 会议", "abc会", "ABC 会"),
        ("关于防汛工作的通知", "通知 防汛", "通知"),
        ("关于防汛工作的通知", "gyfx", None),
        ("", "防汛", None),
        ("关于防汛", "  ", None),
    ],
)
def test_match(text, sought, marked):
    found = find_match(text, sought)
    assert (text[found.start : found.end] if found else None) == marked


def test_match_of_a_sign_that_folds_into_several_covers_the_sign():
    assert find_match("面积㎡", "m2") == Match(2, 3)


@pytest.mark.parametrize(
    ("text", "sought", "marked"),
    [
        ("青山县委办公室", "xwb", "县委办"),
        ("青山县委办公室", "XWB", "县委办"),
        ("关于印发〔2026〕3号的通知", "yf2026", "印发〔2026"),
        ("重庆市财政局", "cqs", "重庆市"),
        ("校长办", "jc", "校长"),
        ("校长办", "xz", "校长"),
        ("县委办", "防汛 wb", "委办"),
        ("县委办", "2026", None),
        ("县委办", "县", None),
        ("县委办", "xwbg", None),
        ("", "x", None),
    ],
)
def test_match_by_initials(text, sought, marked):
    found = find_heard(text, sought)
    assert (text[found.start : found.end] if found else None) == marked


# ---- painting ----


@pytest.fixture
def delegate(qtbot, model):
    view = QTableView()
    qtbot.addWidget(view)
    return RowDelegate(model, view)


def test_a_match_behind_the_ellipsis_is_brought_into_sight(delegate):
    text = "关于进一步做好今年冬季和明年春季全镇森林草原防灭火工作的紧急通知"
    delegate.seek("防灭火")
    cut = delegate._elide(text, 150, Qt.TextElideMode.ElideRight)
    assert "防灭火" not in cut
    shown, found = delegate._bring_into_sight(text, cut, 150)
    assert shown[found.start : found.end] == "防灭火"
    assert shown.startswith("…")


def test_initials_are_marked_in_what_is_spoken_and_only_when_the_letters_are_known(delegate, monkeypatch):
    text = "关于进一步做好今年冬季和明年春季全镇森林草原防灭火工作的紧急通知"
    delegate.seek("fmh")
    cut = delegate._elide(text, 150, Qt.TextElideMode.ElideRight)
    searchkeys.warm_up()
    shown, found = delegate._bring_into_sight(text, cut, 150, is_spoken=True)
    assert shown[found.start : found.end] == "防灭火"
    assert delegate._bring_into_sight(text, text, 900) == (text, None)
    monkeypatch.setattr(line_delegate, "is_warm", lambda: False)
    assert delegate._bring_into_sight(text, text, 900, is_spoken=True) == (text, None)


def test_a_document_number_is_cut_in_its_middle(delegate, model):
    column = model.columns[place_of(model, "doc_number")]
    cut = delegate._elide("青自然资规划审批发〔2026〕178号", 120, _cut(column))
    assert cut.endswith("178号")
    assert _cut(model.columns[place_of(model, "title")]) is Qt.TextElideMode.ElideRight


def test_inks_say_late_urgent_and_void(delegate, model, office_with_rows, today):
    model.show_ids(browsing.row_ids(office_with_rows, RECEIPT, View(today.year), today))
    late, void, plain = (model.index(30 - number, 0) for number in (28, 5, 30))
    assert delegate.ink(late, "due_on", "2026-11-19") == "red"
    assert delegate.ink(plain, "due_on", "2026-12-19") == "soft"
    assert delegate.ink(void, "due_on", "2026-10-01") == "void"
    assert [delegate.ink(plain, "urgency", word) for word in ("平件", "加急", "特急")] == ["soft", "amber", "red"]
