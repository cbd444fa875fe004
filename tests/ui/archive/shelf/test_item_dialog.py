# SPDX-License-Identifier: MulanPSL-2.0
from __future__ import annotations

import pytest

from tests.ui.archive.shelf.looking import choose, dialog
from township_office.registers.archive.item import ARCHIVE_ITEM
from township_office.services import records
from township_office.ui.archive.shelf.item_dialog import ItemDialog
from township_office.ui.form.draft_keeper import DraftKeeper
from township_office.ui.form.drafts import Drafts


@pytest.fixture
def form(tab):
    choose(tab, "2024年", "30年", "经济发展办公室")
    tab.items.on_record_new()
    return dialog(tab, ItemDialog)


def say(form, **texts):
    for name, text in texts.items():
        form.blocks[name].editor.set_text(text)


def test_the_class_comes_from_the_branch_and_the_code_is_said_before(form):
    texts = form.texts()
    assert (texts["archive_year"], texts["retention_period"], texts["org_or_subject"]) == (
        "2024",
        "30年",
        "经济发展办公室",
    )
    assert form._said.text() == "Z109-WS·2024-D30-JJB-0003"
    assert form.blocks["title"].editor.inner.hasFocus()


def test_the_code_follows_what_is_chosen(form):
    say(form, retention_period="永久", org_or_subject="党政综合办公室")
    assert form._said.text() == "Z109-WS·2024-Y-BGS-0004"
    say(form, archive_year="20")
    assert form._said.text() == "请先填年度和保管期限"
    say(form, archive_year="2023", category="照片")
    assert form._said.text() == "Z109-ZP·2023-Y-0001"
    assert form.blocks["org_or_subject"].isHidden()
    say(form, category="会计", volume_no="3")
    assert form._said.text() == "Z109-KU·2023-003-001"
    assert not form.blocks["volume_no"].isHidden()


def test_an_item_is_put_at_the_end_of_its_class_and_shown(qtbot, tab, form, archive):
    say(form, title="关于村道养护的函", responsible_body="云水镇人民政府", dated_on="2024-7-1", page_count="3")
    with qtbot.waitSignal(form.saved):
        form.save()
    row = records.get(archive, ARCHIVE_ITEM, 7)
    assert (row["number"], row["org_or_subject"], row["category"]) == ("Z109-WS·2024-D30-JJB-0003", "JJB", "WS")
    assert tab.items.list.chosen_id() == 7
    assert tab.status_words() == "2024年 30年 经济发展办公室　3 件，3 页"


def test_a_day_without_a_year_is_of_the_year_it_is_filed_in(tab, form, archive):
    say(form, title="关于村道养护的函", responsible_body="云水镇人民政府", dated_on="0506")
    form.save_and_next()
    assert str(records.get(archive, ARCHIVE_ITEM, 7)["dated_on"]) == "2024-05-06"
    say(form, archive_year="2023", title="关于村道养护的复函", responsible_body="云水镇人民政府", dated_on="12-30")
    form.save()
    assert str(records.get(archive, ARCHIVE_ITEM, 8)["dated_on"]) == "2023-12-30"
    tab.show_row("archive_item", 8)
    tab.items.on_record_edit()
    again = dialog(tab, ItemDialog)
    say(again, dated_on="1.2")
    again.save()
    assert str(records.get(archive, ARCHIVE_ITEM, 8)["dated_on"]) == "2023-01-02"


def test_what_was_saved_is_said_without_moving_anything(form):
    wide = form.width()
    say(form, title="关于村道养护的函", responsible_body="云水镇人民政府")
    form.save_and_next()
    assert form.written.text()
    assert (form.width(), form.sizeHint().width() <= wide) == (wide, True)


def test_what_is_missing_is_said_beside_its_field_and_no_number_is_spent(form, archive):
    say(form, title="关于村道养护的函", page_count="0")
    form.save()
    assert form.isVisible()
    assert form.blocks["responsible_body"].problem()
    say(form, responsible_body="云水镇人民政府")
    form.save()
    assert "页数至少是1页" in form.blocks["page_count"].problem()
    say(form, page_count="1")
    form.save()
    assert records.get(archive, ARCHIVE_ITEM, 7)["number"] == "Z109-WS·2024-D30-JJB-0003"


def test_one_after_the_other(form, archive):
    for title in ("第一件记录", "第二件记录"):
        say(form, title=title, responsible_body="云水镇人民政府")
        form.save_and_next()
    assert form.isVisible()
    assert form.texts()["title"] == ""
    assert form.texts()["responsible_body"] == "云水镇人民政府"
    assert "JJB-0004" in form.written.text()
    assert form._said.text() == "Z109-WS·2024-D30-JJB-0005"
    form.reject()
    assert not form.isVisible(), "nothing typed is left"


def test_what_was_typed_is_not_lost_by_escape(form):
    say(form, title="打了一半")
    form.reject()
    assert form.isVisible()
    assert form.leaving.isVisible()


def test_what_the_code_is_made_of_is_locked_with_its_reason(tab, archive):
    choose(tab, "2024年", "30年", "经济发展办公室")
    tab.items.on_record_edit()
    form = dialog(tab, ItemDialog)
    assert "Z109-WS·2024-D30-JJB-0001" in form.windowTitle()
    assert "全宗号 Z109　门类 文书　年度 2024　保管期限 30年　机构（问题） 经济发展办公室" in form._note.text()
    assert not {"archive_year", "retention_period", "org_or_subject", "category"} & form.blocks.keys()
    say(form, title="关于2024年修建水渠的批复", why="题名抄错")
    form.save()
    row = records.get(archive, ARCHIVE_ITEM, 4)
    assert row["title"] == "关于2024年修建水渠的批复"
    assert records.history(archive, ARCHIVE_ITEM, 4)[-1].why == "题名抄错"


def test_an_item_without_a_number_can_still_be_classed(tab, archive):
    archive.db.conn.execute(
        "UPDATE archive_item SET sequence = NULL, entry = 'imported' WHERE number = 'Z109-WS·2024-D30-JJB-0002'"
    )
    tab.refresh()
    tab.show_row("archive_item", 5)
    tab.items.on_record_edit()
    form = dialog(tab, ItemDialog)
    say(form, org_or_subject="党政综合办公室")
    form.save()
    assert records.get(archive, ARCHIVE_ITEM, 5)["org_or_subject"] == "BGS"


def test_few_fields_are_asked_for_and_the_rest_is_a_key_away(form):
    assert form.blocks["people"].isHidden()
    form._more.click()
    assert not form.blocks["people"].isHidden()


def test_a_state_secret_is_refused(form, archive):
    say(form, title="机密★1年 关于演练的通知", responsible_body="云水镇人民政府")
    form.save()
    assert form.isVisible()
    assert form.blocks["title"].problem() or form.trouble.words()


def kept(archive, row=None):
    begun = Drafts(archive.path, ARCHIVE_ITEM).last(row)
    return begun.texts if begun else {}


def test_what_was_begun_is_there_again_also_behind_the_quiet_line(qtbot, tab, form, archive):
    say(form, title="1998年村组合并的批复", place="二号柜三层")
    qtbot.waitUntil(lambda: "place" in kept(archive))
    form.hide()  # the power went
    again = ItemDialog(archive, lambda: tab.items._today(), parent=tab)
    again.show()
    keeper = again.findChild(DraftKeeper)
    assert "1998年村组合并的批复" in keeper.begun.words()
    keeper.begun.buttons[0].click()
    assert not again.blocks["place"].isHidden()
    say(again, archive_year="2025", retention_period="永久", responsible_body="云水镇人民政府")
    again.save_and_next()
    assert records.last_row(archive, ARCHIVE_ITEM)["place"] == "二号柜三层"
    assert kept(archive) == {}


def test_the_periods_of_before_2007_are_offered_for_those_years_only(form, archive):
    chips = form.blocks["retention_period"].editor.chips

    def offered():
        return [word for word, chip in chips._chips.items() if not chip.isHidden()]

    assert offered() == ["永久", "30年", "10年"]
    say(form, archive_year="2003", retention_period="长期")
    assert offered() == ["永久", "30年", "10年", "长期", "短期"]
    say(form, archive_year="2024", title="关于村道养护的函", responsible_body="云水镇人民政府")
    assert (chips.chosen(), offered()) == ("长期", ["永久", "30年", "10年"])
    form.save()
    assert "2007年起" in form.blocks["retention_period"].problem()
