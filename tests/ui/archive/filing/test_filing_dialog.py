# SPDX-License-Identifier: MulanPSL-2.0
"""归档: which year, from the desk to the summary, filed, and gone on with."""

from __future__ import annotations

from PySide6.QtCore import Qt

from tests.ui.archive.filing.looking import SPRING, TITLES, cursor, form_of, now, settle, stand_on, titles
from tests.ui.entry.hands import CTRL, Hands
from township_office.core.text import t
from township_office.registers.dispatch import DISPATCH
from township_office.registers.receipt import RECEIPT
from township_office.services import records, settings
from township_office.services.archive import committing, deciding, items
from township_office.services.archive.proposal import propose_year
from township_office.ui.archive.filing import filing_dialog
from township_office.ui.archive.filing.item_form import ItemForm
from township_office.ui.archive.filing.plan_views import ALL, LOOK, PAGELESS, REPLIES, UNFINISHED, Heading
from township_office.ui.form.draft_keeper import DraftKeeper

KEY, ALT = Qt.Key, Qt.KeyboardModifier.AltModifier


# ---- the year ----


def test_it_begins_with_last_year_and_lists_everything_under_its_class(filing):
    assert filing.keeper.year == 2025
    assert filing.years.currentText() == t("filing_desk.year_waiting", year=2025, count=8)
    rows = filing.desk.model.rows()
    assert isinstance(rows[0], Heading)
    assert sorted(titles(filing)) == sorted([*TITLES, "关于支持水库除险加固的复函", "关于调整内设机构设置的通知"])
    codes = [one.reference_code for _, one in filing.desk.model.items() if one.is_filed]
    assert codes[0] == "Z109-WS·2025-Y-BGS-0001"
    assert "Z109-WS·2025-D10-BGS-0001" in codes
    assert filing.desk.pane.code.text() == codes[0]


def test_another_year_is_chosen(qtbot, opened, year_office):
    draft = {"received_on": "2024-03-01", "dated_on": "2024-03-01", "sender": "甲局", "title": "前年的通知"}
    records.register_document(year_office, RECEIPT, draft, SPRING)
    dialog = opened(year_office)
    assert [dialog.years.itemData(at) for at in range(dialog.years.count())] == [2025, 2024]
    dialog.years.setCurrentIndex(1)
    dialog.years.activated.emit(1)
    settle(qtbot, dialog)
    assert titles(dialog) == ["前年的通知"]
    assert opened(year_office, year=2024).keeper.year == 2024


def test_a_year_without_documents_says_so_and_takes_what_stands_in_no_book(qtbot, opened, office):
    dialog = opened(office)
    assert dialog.pages.currentIndex() == filing_dialog.EMPTY
    assert dialog.nothing._title.text() == t("filing_desk.nothing", year=2025)
    dialog.add.click()
    form = form_of(dialog)
    form.blocks["title"].editor.set_text("[2025年镇党委会会议记录]")
    form.save()
    assert form.blocks["responsible_body"].problem() == t("filing_desk.needs", what="责任者")
    assert form.blocks["retention_period"].problem()
    form.blocks["responsible_body"].editor.set_text("中共云水镇委员会")
    form.blocks["retention_period"].editor.set_text("永久")
    form.save()
    qtbot.waitUntil(lambda: dialog.pages.currentIndex() == filing_dialog.DESK)
    assert titles(dialog) == ["[2025年镇党委会会议记录]"]


def test_a_file_that_cannot_be_written_is_only_read(opened, year_office, hands):
    year_office.is_readonly = True
    dialog = opened(year_office)
    stand_on(dialog, TITLES[0])
    before = now(year_office, TITLES[0]).retention
    hands.press(KEY.Key_Y)
    hands.press(KEY.Key_F2)
    assert dialog.desk.cells.frame is None
    assert now(year_office, TITLES[0]).retention == before
    assert not any(button.isEnabled() for button in dialog.commands[:-1])
    dialog.on_go()
    assert dialog.pages.currentIndex() == filing_dialog.SUMMARY
    assert not dialog.go.isEnabled()
    dialog.commit()
    assert items.classes(year_office) == []


# ---- finding ----


def test_what_is_looked_for_is_found_wherever_it_is(filing, hands):
    filing.desk.show_view("永久")
    hands.press(KEY.Key_F, CTRL)
    assert filing.search.hasFocus()
    filing.search.setText("春耕")
    assert titles(filing) == [TITLES[2]]
    hands.press(KEY.Key_Down)
    assert filing.desk.table.hasFocus()
    filing.search.setText("没有这样的事")
    assert filing.desk._sheet.currentIndex() == 1
    filing.desk.show_view(ALL)
    assert filing.search.text() == ""
    assert len(titles(filing)) == 8


def test_views_by_key(filing, hands):
    filing.desk.table.setFocus()
    hands.press(KEY.Key_PageDown, CTRL)
    assert filing.desk.view == "永久"
    for view in (ALL, UNFINISHED, REPLIES):
        hands.press(KEY.Key_PageUp, CTRL)
        assert filing.desk.view == view


# ---- filing ----


def test_the_summary_says_what_will_be_and_leads_back(qtbot, filing, year_office):
    settings.set_setting(year_office, "archive.fonds_no", "")
    filing.keeper.ask()
    filing.on_go()
    qtbot.waitUntil(lambda: filing.pages.currentIndex() == filing_dialog.SUMMARY)
    said = [one.text() for one in filing.summary.findChildren(filing_dialog.QWidget) if hasattr(one, "text")]
    assert t("filing_commit.title", year=2025, count=8) in said
    assert t("filing_commit.no_fonds") in said
    assert t("filing_commit.pageless", count=8) in said
    assert t("filing_commit.account", papers=8, parts=t("filing_commit.account_items", papers=8)) in said
    assert any(text.startswith("0001—") for text in said)
    filing.summary.view_wanted.emit(PAGELESS)
    assert filing.pages.currentIndex() == filing_dialog.DESK
    assert filing.desk.view == PAGELESS


def test_it_is_filed_and_the_next_step_named(qtbot, filing, year_office, hands):
    stand_on(filing, TITLES[0])
    hands.type("n")
    settle(qtbot, filing)
    hands.press(KEY.Key_Return, CTRL)
    qtbot.waitUntil(lambda: filing.pages.currentIndex() == filing_dialog.SUMMARY)
    with qtbot.waitSignal(filing.filed) as filed:
        hands.press(KEY.Key_Return, CTRL)
    assert filed.args == [2025]
    assert filing.pages.currentIndex() == filing_dialog.DONE
    assert filing.outcome.title.text() == t("filing_commit.done", year=2025, count="7")
    assert sum(one.items for one in items.classes(year_office)) == 7
    row = records.last_row(year_office, DISPATCH)
    assert row is not None
    assert str(row["volume_number"]).startswith("Z109-WS·2025-")
    hands.press(KEY.Key_Return, CTRL)
    assert not filing.isVisible()


def finish(office, title):
    """办结 of one receipt: from now on the office notes it."""
    row = now(office, title)
    records.correct(office, RECEIPT, int(row.key.partition(":")[2]), {"completed_on": "2025-07-01"}, SPRING)


def test_what_is_not_done_with_is_asked_about_and_left_for_later(qtbot, filing, year_office, hands):
    finish(year_office, TITLES[0])
    filing.keeper.ask()
    settle(qtbot, filing)
    assert [one.words for one in filing.desk.model.rows() if isinstance(one, Heading)][-1] == "没有办结"
    filing.on_go()
    qtbot.waitUntil(lambda: filing.pages.currentIndex() == filing_dialog.SUMMARY)
    choice = filing.summary.unfinished
    assert choice.isVisible()
    assert choice.words.text() == t("filing_commit.unfinished", count=2), "the two dispatches were not sent out"
    assert choice.later.isChecked()
    assert filing.summary.title.text() == t("filing_commit.title", year=2025, count=6)
    choice.now.click()
    assert not filing.go.isEnabled(), "the numbers are being worked out anew"
    settle(qtbot, filing)
    assert choice.now.isChecked()
    assert filing.summary.title.text() == t("filing_commit.title", year=2025, count=8)
    choice.later.click()
    settle(qtbot, filing)
    with qtbot.waitSignal(filing.filed):
        hands.press(KEY.Key_Return, CTRL)
    assert t("filing_commit.done_unfinished", count=2) in filing.outcome.words.text()
    assert sum(one.items for one in items.classes(year_office)) == 6


def test_what_was_left_is_proposed_again_and_may_be_filed_after_all(qtbot, opened, year_office):
    finish(year_office, TITLES[0])
    committing.commit_year(year_office, 2025, SPRING)
    again = opened(year_office)
    assert again.years.currentText() == t("filing_desk.year_waiting", year=2025, count=2)
    assert again.nothing._title.text() == t("filing_desk.only_unfinished", year=2025)
    again.rest.click()
    assert len(titles(again)) == 2
    again.on_go()
    qtbot.waitUntil(lambda: again.pages.currentIndex() == filing_dialog.SUMMARY)
    assert not again.go.isEnabled(), "nothing can be filed as it is"
    again.summary.unfinished.now.click()
    settle(qtbot, again)
    with qtbot.waitSignal(again.filed):
        again.on_go()
    assert sum(one.items for one in items.classes(year_office)) == 8


def test_an_office_that_notes_no_end_of_anything_files_all_of_it(qtbot, filing):
    filing.on_go()
    qtbot.waitUntil(lambda: filing.pages.currentIndex() == filing_dialog.SUMMARY)
    assert filing.summary.unfinished.now.isChecked()
    assert filing.go.isEnabled()


def test_a_year_that_is_not_over_says_so(qtbot, opened, year_office, filing):
    assert not filing.early.isVisible()
    draft = {"received_on": "2026-02-01", "dated_on": "2026-02-01", "sender": "甲局", "title": "今年的通知"}
    records.register_document(year_office, RECEIPT, draft, SPRING)
    dialog = opened(year_office, year=2026)
    assert dialog.early.isVisible()
    assert dialog.early.words() == t("filing_desk.early", year=2026)
    dialog.on_go()
    qtbot.waitUntil(lambda: dialog.pages.currentIndex() == filing_dialog.SUMMARY)
    assert dialog.early.isVisible()
    assert dialog.go.isEnabled(), "no refusal"


def test_what_cannot_be_filed_is_said_and_nothing_is_written(qtbot, filing, year_office):
    deciding.add_unregistered(year_office, 2025, {"title": "会议记录", "responsible_body": "镇政府"}, SPRING)
    (loose,) = [one for one in propose_year(year_office, 2025).items if one.key.startswith("filing:")]
    deciding.decide(year_office, [loose.key], {"responsible_body": ""}, SPRING)
    filing.keeper.ask()
    filing.on_go()
    qtbot.waitUntil(lambda: filing.pages.currentIndex() == filing_dialog.SUMMARY)
    filing.commit()
    qtbot.waitUntil(lambda: filing.trouble.isVisible())
    assert "责任者" in filing.trouble.words()
    assert items.classes(year_office) == []
    filing.summary.item_wanted.emit(loose.key)
    assert cursor(filing) == "会议记录"


def test_a_filed_year_says_so_and_shows_what_was_left_out(qtbot, opened, year_office, hands):
    first = opened(year_office)
    stand_on(first, TITLES[0])
    hands.type("n")
    settle(qtbot, first)
    first.on_go()
    first.commit()
    qtbot.waitUntil(lambda: first.pages.currentIndex() == filing_dialog.DONE)
    again = opened(year_office)
    assert again.pages.currentIndex() == filing_dialog.EMPTY
    assert again.rest.isVisible()
    again.rest.click()
    assert titles(again) == [TITLES[0]]


def test_it_goes_on_where_it_was(qtbot, opened, year_office, hands):
    first = opened(year_office)
    first.desk.show_view(PAGELESS)
    hands.enter("3")
    hands.type("4")
    here = cursor(first)
    first.reject()
    assert now(year_office, here).page_count == 4, "what was typed last is kept"
    again = opened(year_office)
    assert again.desk.view == PAGELESS
    assert len(titles(again)) == 6


def test_hands_are_few(qtbot, filing, year_office):
    """A typical office decides what is open by groups, counts pages, and files."""
    hands = Hands()
    filing.desk.show_view(LOOK)
    hands.press(KEY.Key_A, CTRL)
    hands.press(KEY.Key_Space)
    settle(qtbot, filing)
    hands.press(KEY.Key_Return, CTRL)
    qtbot.waitUntil(lambda: filing.pages.currentIndex() == filing_dialog.SUMMARY)
    with qtbot.waitSignal(filing.filed):
        hands.press(KEY.Key_Return, CTRL)
    assert hands.presses <= 7


def test_stopped_too_late_it_is_filed_and_says_so(qtbot, filing, year_office, monkeypatch):
    run, commit, jobs = filing_dialog.run_job, filing_dialog.commit_year, []

    def run_and_keep(*arguments):
        jobs.append(run(*arguments))
        return jobs[0]

    def commit_and_be_stopped(*arguments, **choice):
        done = commit(*arguments, **choice)
        jobs[0].cancel()  # the clerk's press, when everything is written
        return done

    monkeypatch.setattr(filing_dialog, "run_job", run_and_keep)
    monkeypatch.setattr(filing_dialog, "commit_year", commit_and_be_stopped)
    filing.on_go()
    filing.commit()
    qtbot.waitUntil(lambda: filing.pages.currentIndex() == filing_dialog.EMPTY)
    assert sum(one.items for one in items.classes(year_office)) == 8
    assert filing.nothing._hint.text() == t("filing_desk.filed_already", count=8)


def test_a_form_begun_is_there_again_for_the_same_item_of_the_same_year(filing, year_office):
    plan = filing.keeper.plan
    first, second, *_ = plan.all
    for one in (first, None):
        form = ItemForm(year_office, lambda: SPRING, plan, one, filing)
        form.show()
        form.blocks["remarks"].editor.set_text("缺附件2")
        form.findChild(DraftKeeper)._keep()
        form.hide()
    for one, is_begun in ((first, True), (None, True), (second, False)):
        form = ItemForm(year_office, lambda: SPRING, plan, one, filing)
        form.show()
        assert ("缺附件2" in form.findChild(DraftKeeper).begun.words()) is is_begun
        form.done(0)
