# SPDX-License-Identifier: MulanPSL-2.0
"""A small form that was open when the PC died says what was typed into it; one that was saved or dropped does not."""

from __future__ import annotations

import pytest

from township_office.registers.archive.care import STACK_CHECK
from township_office.services.archive import care
from township_office.services.archive.care import ItemFinder
from township_office.ui.archive.care.care_dialog import CareDialog
from township_office.ui.form.draft_keeper import DraftKeeper
from township_office.ui.form.drafts import Drafts


@pytest.fixture
def form(qtbot, office, clock):
    """Open the form of a check of the store: a new one, or of a row."""

    def opened(row=None) -> CareDialog:
        dialog = CareDialog(office, STACK_CHECK, clock, ItemFinder(office), row)
        qtbot.addWidget(dialog)
        dialog.show()
        return dialog

    return opened


def kept(office, row: int | None = None) -> dict[str, str] | None:
    begun = Drafts(office.path, STACK_CHECK).last(row)
    return begun.texts if begun else None


def keeper(dialog) -> DraftKeeper:
    return dialog.findChild(DraftKeeper)


def type_into(qtbot, office, dialog, row: int | None = None, **texts: str) -> None:
    for name, text in texts.items():
        dialog.blocks[name].editor.set_text(text)
    qtbot.waitUntil(lambda: kept(office, row) is not None)


def test_what_was_typed_is_offered_again_and_filled_in(qtbot, office, form):
    first = form()
    type_into(qtbot, office, first, title="防潮", problem="北墙渗水")
    first.hide()  # the power went
    again = form()
    assert "防潮　北墙渗水" in keeper(again).begun.words()
    keeper(again).begun.buttons[0].click()
    assert {"title": "防潮", "problem": "北墙渗水"}.items() <= again.texts().items()
    assert not again.blocks["handling"].isHidden()
    assert keeper(again).begun.isHidden()
    again.blocks["finding"].editor.set_text("待修")
    again.save()
    assert kept(office) is None


def test_what_nobody_wants_is_not_offered_twice(qtbot, office, form):
    first = form()
    type_into(qtbot, office, first, title="防潮")
    first.hide()
    again = form()
    keeper(again).begun.buttons[1].click()
    assert keeper(again).begun.isHidden()
    assert kept(office) is None


def test_leaving_without_saving_and_the_next_entry_leave_nothing(qtbot, office, form):
    left = form()
    type_into(qtbot, office, left, title="防潮")
    left.reject()
    left.leaving.buttons[1].click()
    assert kept(office) is None
    several = form()
    type_into(qtbot, office, several, title="防虫", finding="正常")
    several.save_and_next()
    assert kept(office) is None
    type_into(qtbot, office, several, title="防火")
    assert kept(office) == {"title": "防火"}


def test_a_correction_and_a_new_entry_are_two_things(qtbot, office, form, clock):
    row = care.register(office, STACK_CHECK, {"checked_on": "今天", "title": "防火", "finding": "正常"}, clock())
    correcting = form(row)
    type_into(qtbot, office, correcting, row["id"], finding="灭火器过期")
    correcting.hide()
    assert keeper(form()).begun.isHidden()
    assert "灭火器过期" in keeper(form(row)).begun.words()
    assert kept(office, row["id"]) == {"finding": "灭火器过期"}


def test_a_state_secret_is_not_kept_and_said(qtbot, office, form):
    dialog = form()
    dialog.blocks["finding"].editor.set_text("柜内有一份绝密★文件")
    qtbot.waitUntil(lambda: "不留草稿" in dialog.trouble.words())
    assert kept(office) is None
