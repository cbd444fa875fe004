# SPDX-License-Identifier: MulanPSL-2.0
"""排班, 排不出来, 发布 and what may be changed afterwards, by hand on the screen."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.ui.duty.looking import choose, dialog, drag, name_at
from township_office.services.roster import changing, months, staffing
from township_office.ui.duty.month.month_dialogs import ChangesDialog, PublishDialog, ReopenDialog
from township_office.ui.duty.month.turn_dialog import DropDialog, TurnDialog


def test_a_month_is_drawn_in_the_background_and_proven(qtbot, staffed, shown):
    page = shown(staffed).page("month")
    QTest.keyClick(page.view, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    page.commands["duty_draw"].trigger()
    qtbot.waitUntil(lambda: page.roster.month is not None, timeout=20_000)
    assert page.side.proof.accessibleName() == "最公平，已证明"
    assert all(page.model.index(row, column).data() for row in range(30) for column in range(3))


def test_drawing_anew_is_asked_first_and_keeps_what_is_locked(qtbot, draft, staffed, asker):
    page = draft.page("month")
    choose(page, 2, 0)
    page.on_duty_lock()
    kept = name_at(page, 2, 0)
    page.on_duty_draw()
    assert "锁定的 1 班不动" in asker.confirmed[0]
    qtbot.waitUntil(lambda: bool(page.roster.outcome.get("goals")), timeout=20_000)
    assert name_at(page, 2, 0) == kept


def test_the_rest_of_the_year_is_drawn_together(qtbot, staffed, shown, asker):
    page = shown(staffed).page("month")
    page.on_duty_year()
    assert "11 月到 12 月" in asker.confirmed[0]
    qtbot.waitUntil(lambda: page.roster.month is not None, timeout=40_000)
    page.on_duty_next()
    assert page.roster.month is not None
    assert page.roster.outcome["months"] == ["2026-11", "2026-12"]
    assert page.side.proof.accessibleName() == "最公平，已证明"


def test_a_hand_change_is_told_from_what_was_proven(qtbot, staffed, shown):
    page = shown(staffed).page("month")
    page.on_duty_draw()
    qtbot.waitUntil(lambda: page.roster.month is not None, timeout=20_000)
    choose(page, 3, 1)
    QTest.keyClick(page.view, Qt.Key.Key_Delete)
    assert page.side.proof.accessibleName() != "最公平，已证明"


def test_what_cannot_be_filled_is_said_with_the_ways_to_loosen_it(qtbot, staffed, shown, today):
    for person in staffing.people(staffed):
        if "带班领导" in person.groups:
            staffing.save_away(staffed, person.id, {"kind": "请假", "first_on": "2026-11-05"}, today)
    tab = shown(staffed)
    page = tab.page("month")
    page.on_duty_draw()
    qtbot.waitUntil(page.conflict.isVisible, timeout=20_000)
    assert "排不出来" in page.conflict.words()
    assert "11月5日带班领导" in page.conflict.words()
    assert page.roster.month is None
    link = next(one for one in page.conflict.links if one.text() == "孙志强的日子")
    link.click()
    assert tab.shown() is tab.page("staff")
    assert tab.page("staff").pane.person.name == "孙志强"


# ---- given out ----


def test_a_month_is_given_out_with_who_signs_it(draft, staffed):
    page = draft.page("month")
    page.on_duty_publish()
    form = dialog(draft, PublishDialog)
    form.blocks["signed_by"].editor.set_text("何文斌")
    form.save()
    assert page.bar.pill.accessibleName() == "已发布"
    assert page.roster.month.signed_by == "何文斌"


def test_an_empty_place_keeps_it_from_being_given_out(draft, staffed):
    page = draft.page("month")
    choose(page, 5, 1)
    page.on_duty_clear()
    page.on_duty_publish()
    form = dialog(draft, PublishDialog)
    form.save()
    assert "还没有排满" in form.trouble.words()
    form.reject()


def test_it_goes_back_to_a_draft_for_a_reason(given_out):
    page = given_out.page("month")
    page.on_duty_reopen()
    form = dialog(given_out, ReopenDialog)
    form.blocks["why"].editor.set_text("带班领导调整")
    form.save()
    assert page.bar.pill.accessibleName() == "草稿"


def test_a_dragged_name_asks_why_once_given_out(given_out):
    page = given_out.page("month")
    names = name_at(page, 1, 1), name_at(page, 3, 2)
    drag(page, (1, 1), (3, 2))
    form = dialog(given_out, DropDialog)
    assert (name_at(page, 1, 1), name_at(page, 3, 2)) == names, "nothing is done yet"
    form.save()
    assert form.isVisible(), "a reason is asked"
    form.blocks["reason"].editor.set_text("孩子生病")
    form.save()
    assert (name_at(page, 1, 1), name_at(page, 3, 2)) == names[::-1]
    assert page.model.is_changed(page.model.shift(page.model.index(0, 1)))
    choose(page, 1, 1)
    assert page.side.said().startswith(f"与{names[0]}换班（孩子生病）")


def test_a_substitute_is_owed_a_turn_until_it_is_given_back(given_out, staffed):
    page = given_out.page("month")
    choose(page, 9, 1)
    gone = name_at(page, 9, 1)
    page.commands["duty_substitute"].trigger()
    form = dialog(given_out, TurnDialog)
    taker = form.chosen().name
    form.blocks["reason"].editor.set_text("下村")
    form.blocks["approved_by"].editor.set_text("孙志强")
    form.save()
    assert name_at(page, 9, 1) == taker
    assert len(changing.owed(staffed)) == 1
    page.commands["duty_changes"].trigger()
    record = dialog(given_out, ChangesDialog)
    assert record.table.lines.line(0).texts[3] == f"{gone} → {taker}"
    assert record.table.lines.line(0).texts[-1] == "欠一班"
    record.on_give_back()
    assert record.table.lines.line(0).texts[-1] == "已还"
    assert changing.owed(staffed) == []
    record.accept()


def test_a_debtor_is_offered_first(given_out, staffed, today):
    page = given_out.page("month")
    shift = page.model.shift(page.model.index(8, 1))
    debtor = name_at(page, 9, 1)
    busy = {name_at(page, 9, column) for column in range(3)}
    taker = next(one for one in staffing.people(staffed) if "值班员" in one.groups and one.name not in busy)
    said = {"reason": "下村", "approved_by": "孙志强", "changed_on": today.isoformat()}
    changing.substitute(staffed, shift.id, taker.id, said, today)
    page.refresh()
    days = range(12, 31)
    day, column = next(
        (day, column) for day in days for column in (1, 2)
        if name_at(page, day, column) == taker.name and debtor not in (name_at(page, day, 1), name_at(page, day, 2))
    )  # fmt: skip
    choose(page, day, column)
    page.on_duty_substitute()
    form = dialog(given_out, TurnDialog)
    assert form.chosen().name == debtor
    assert form.chosen().is_debtor
    form.blocks["reason"].editor.set_text("还班")
    form.save()
    assert changing.owed(staffed) == []


def test_nothing_is_owed_for_a_turn_that_is_reassigned(given_out, staffed):
    page = given_out.page("month")
    choose(page, 9, 0)
    page.commands["duty_reassign"].trigger()
    form = dialog(given_out, TurnDialog)
    form.blocks["reason"].editor.set_text("分工调整")
    form.save()
    assert changing.owed(staffed) == []
    assert [one.kind for one in months.roster_of(staffed, "2026-11").changes] == ["change"]


# ---- a list to choose from ----


def test_enter_offers_who_could_the_best_first_and_puts_him_there(draft):
    page = draft.page("month")
    choose(page, 1, 1)
    QTest.keyClick(page.view, Qt.Key.Key_Return)
    form = dialog(draft, TurnDialog)
    assert [one.cost.worth for one in form.options] == sorted(one.cost.worth for one in form.options)
    assert name_at(page, 1, 2) not in [one.name for one in form.options], "he has a turn that day"
    first = form.chosen().name
    QTest.keyClick(form.table, Qt.Key.Key_Return)
    assert name_at(page, 1, 1) == first


def test_the_turns_to_swap_for_are_those_of_the_group(draft):
    page = draft.page("month")
    choose(page, 1, 0)
    page.commands["duty_swap"].trigger()
    form = dialog(draft, TurnDialog)
    assert {one.name for one in form.options} == {"何文斌", "许晴", "高翔"}
    other = form.chosen()
    form.save()
    assert name_at(page, 1, 0) == other.name
    assert name_at(page, other.day.day, 0) == "孙志强"


@pytest.mark.parametrize("reason", ["", "绝密★10年"])
def test_a_change_without_a_reason_or_with_a_secret_is_refused(given_out, reason):
    page = given_out.page("month")
    choose(page, 9, 1)
    before = name_at(page, 9, 1)
    page.on_duty_substitute()
    form = dialog(given_out, TurnDialog)
    form.blocks["reason"].editor.set_text(reason)
    form.save()
    assert form.isVisible()
    assert name_at(page, 9, 1) == before
    form._drop()


def test_a_refusal_does_not_narrow_the_form_under_the_hand(qtbot, given_out):
    page = given_out.page("month")
    choose(page, 3, 1)
    page.on_duty_substitute()
    form = dialog(given_out, TurnDialog)
    before = form.width()
    form.save()
    assert form.blocks["reason"].problem()
    form.fit_soon()
    qtbot.waitUntil(lambda: not form._fitting.isActive())
    assert form.width() == before
