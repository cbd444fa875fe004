# SPDX-License-Identifier: MulanPSL-2.0
"""Headings find their fields: by word, by content, by what the clerk said before."""

from __future__ import annotations

import pytest

from tests.exchange.conftest import sheet_of
from township_office.exchange.headings import guess_register, guess_title, heading_key, look_at_column
from township_office.exchange.layout import find_tables
from township_office.exchange.synonyms import BY_REGISTER, CHOICE_WORDS, LINE, STATUS, VOID_REASON, VOIDED_ON
from township_office.registers import BY_NAME, DOCUMENTS

DAY, NUMBER, TITLE = "2025.3.1", "青财〔2025〕1号", "关于报送债务的通知"


def mapped(register, headings, *rows, **more):
    """Return heading → field of the only table that headings stand over."""
    (table,) = find_tables(sheet_of([headings, *rows]), BY_NAME[register], **more)
    return {column.heading: column.field for column in table.columns}


@pytest.mark.parametrize("register", DOCUMENTS, ids=lambda one: one.name)
def test_every_synonym_leads_to_a_real_field(register):
    own = {field.name for field in register.fields} | {register.number_name, LINE, STATUS, VOID_REASON, VOIDED_ON}
    assert set(BY_REGISTER[register.name]) <= own
    words = [word for words in BY_REGISTER[register.name].values() for word in words]
    assert [word for word in words if heading_key(word) != word] == []


@pytest.mark.parametrize("register", DOCUMENTS, ids=lambda one: one.name)
def test_every_label_of_ours_is_known_and_leads_home(register):
    labels = [field.label for field in register.fields]
    found = mapped(register.name, [register.number_label, *labels, "状态", "原编号", "作废原因", "作废日期"])
    ours = {"状态": STATUS, "原编号": LINE, "作废原因": VOID_REASON, "作废日期": VOIDED_ON}
    fields = dict(zip(labels, (field.name for field in register.fields), strict=True))
    assert found == fields | ours | {register.number_label: register.number_name}


def test_choice_words_lead_to_real_choices():
    for register in DOCUMENTS:
        for field in register.fields:
            assert set(CHOICE_WORDS.get(field.name, {}).values()) <= {*field.choices, ""} or not field.choices


@pytest.mark.parametrize(
    "text", ["文   件   名   称", "文件名称 ", "文\n件名\n称", "【文件名称】", "文件名称：", "*文件名称*", "文件名称"]
)
def test_blanks_and_punctuation_do_not_matter(text):
    assert heading_key(text) == "文件名称"


@pytest.mark.parametrize(
    ("register", "heading", "field"),
    [
        ("receipt", "承办单位(人)", "lead_dept"),
        ("receipt", "承办单位（站所）", "lead_dept"),
        ("receipt", "本镇承办人", "handler"),
        ("receipt", "收文日期（年月日）", "received_on"),
        ("receipt", "Title", "title"),
        ("dispatch", "主送单位名称", "main_recipient"),
        ("dispatch", "印刷份数", "copy_count"),
    ],
)
def test_headings_with_something_more(register, heading, field):
    assert mapped(register, ["序号", "文号", heading])[heading] == field


def test_of_two_columns_for_one_field_the_surer_word_wins_and_the_other_goes_on():
    assert mapped("dispatch", ["签发日期", "发文日期", "标题"]) == {
        "签发日期": "signed_on", "发文日期": "dispatched_on", "标题": "title",
    }  # fmt: skip
    assert mapped("dispatch", ["发文日期", "文号", "标题"])["发文日期"] == "signed_on"
    both = mapped("receipt", ["收文日期", "来文日期", "标题"])
    assert (both["收文日期"], both["来文日期"]) == ("received_on", "dated_on")
    numbers = mapped("receipt", ["序号", "收文号", "标题", "文号"])
    assert (numbers["序号"], numbers["收文号"]) == (LINE, "number")


def test_content_says_what_a_vague_heading_means():
    as_number = mapped("receipt", ["编号", "日期", "标题"], [NUMBER, DAY, TITLE], [NUMBER, DAY, TITLE])
    assert as_number["编号"] == "doc_number"
    as_count = mapped("receipt", ["编号", "日期", "标题"], ["1", DAY, TITLE], ["2", DAY, TITLE])
    assert as_count["编号"] == "number"
    line = mapped("dispatch", ["编号", "日期", "标题"], [1.0, DAY, TITLE], [2.0, DAY, TITLE])
    assert line["编号"] == LINE
    own = mapped("dispatch", ["编号", "日期", "标题"], [NUMBER, DAY, TITLE], [NUMBER, DAY, TITLE])
    assert own["编号"] == "doc_number"
    dept = mapped("receipt", ["标题", "拟办"], [TITLE, "财政所"], [TITLE, "党政办"], [TITLE, "农业农村办"])
    assert dept["拟办"] == "lead_dept"
    words = mapped("receipt", ["标题", "拟办"], [TITLE, "请孙书记阅示。"], [TITLE, "拟请财政所办理"])
    assert words["拟办"] == "proposed_action"
    attached = mapped("receipt", ["标题", "附件"], [TITLE, "见附页"], [TITLE, "名单一份在内"])
    assert attached["附件"] == "remarks"


def test_the_clerks_choice_stands_above_all():
    remembered = {"事项名": "title", "标题": "", "收文日期": "due_on", "怪": "no_such_field"}
    found = mapped("receipt", ["标题", "事项名", "收文日期", "怪"], remembered=remembered)
    assert found == {"标题": "", "事项名": "title", "收文日期": "due_on", "怪": ""}


def test_titles_tell_the_books_apart():
    assert guess_title(["2025年收文登记簿"]) == "receipt"
    assert guess_title(["2025年发文"]) == "dispatch"
    assert guess_title(["2025年收发文", "发文和收文"]) == ""
    assert guess_register(["序号", "签发日期", "主送机关"]) == "dispatch"
    assert guess_register(["序号", "收文日期", "发文字号"]) == "receipt"
    assert guess_register(["序号", "日期", "发文字号"]) == ""


def test_what_stands_in_a_column():
    assert look_at_column([]).filled == 0
    assert look_at_column(["", " ", "〃", "无"]).filled == 0
    assert look_at_column(["1.2", "3月5日", 45718.0, "二〇二五年三月一日", "20250301"]).dates == 1
    assert look_at_column(["青财[2025]1号", "青财发2025-3", "（2025）4号"]).numbers > 0.9
    assert look_at_column([1.0, 2.0, 3.0, "", 4.0]).is_rising
    assert not look_at_column([1.0, 1.0, 3.0, 2.0]).is_rising
