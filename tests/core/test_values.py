# SPDX-License-Identifier: MulanPSL-2.0
"""What is typed is stored exactly as cleaned, or refused with a sentence; what is shown can be typed again."""

from __future__ import annotations

import os
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from township_office.core.errors import Invalid
from township_office.core.fields import Draft, Field, Kind, Register
from township_office.core.gate import clean_text
from township_office.core.values import LARGEST, clean, parse, show
from township_office.registers import DOCUMENTS
from township_office.registers.dispatch import DISPATCH
from township_office.registers.receipt import RECEIPT

TODAY = date(2026, 11, 20)
MANY = settings(max_examples=int(os.environ.get("EXAMPLES", "60")), deadline=None, database=None)
FIELDS = [(register, field) for register in DOCUMENTS for field in register.fields]
IDS = [f"{register.name}.{field.name}" for register, field in FIELDS]

NASTY = st.text(
    st.sampled_from(
        "关于防汛〔2026〕12号 ０（）()[]【】\x00\x01\u202e\u2066\u200b\ud800\udc00"
        "𠮷㙍䶮𣗋\U0002ebef\ue000\n\t'\"%_*;--=+@é\u0301"
    ),
    max_size=40,
)
ANY = NASTY | st.text(st.characters(exclude_categories=()), max_size=80) | st.text(max_size=700)


def field(kind: Kind, **more) -> Field:
    return Field("one", "一栏", kind, **more)


@given(text=ANY)
@MANY
@pytest.mark.parametrize(("register", "one"), FIELDS, ids=IDS)
def test_any_text_is_kept_as_cleaned_or_refused(register: Register, one: Field, text: str):
    try:
        value = parse(one, text, TODAY)
    except ValueError as error:
        refusal = str(error)
    else:
        refusal = ""
    if refusal:
        assert one.label in refusal or "涉密" in refusal
        assert refusal.endswith("。")
        return
    if one.kind in (Kind.TEXT, Kind.LONG_TEXT, Kind.NAME):
        assert value == (clean_text(text, lines=one.kind is Kind.LONG_TEXT) or None)
    again = show(one, value)
    assert parse(one, again, TODAY) == value
    assert show(one, parse(one, again, TODAY)) == again
    if isinstance(value, str):
        assert 1 <= len(value) <= one.max_length
        value.encode()  # no half character is left
        assert "\x00" not in value


@pytest.mark.parametrize(
    "one", [field(kind, choices=("甲",) if kind is Kind.CHOICE else ()) for kind in Kind], ids=list(Kind)
)
@pytest.mark.parametrize("filler", ["字", "9", "\x00", "\u202e", " \u3000", "\ud800", "\ue000a\n"])
def test_a_paste_of_ten_megabytes_is_refused_at_once(one: Field, filler: str):
    with pytest.raises(ValueError, match="请缩短"):
        parse(one, filler * (10_000_000 // len(filler)), TODAY)


@pytest.mark.parametrize(("register", "one"), FIELDS, ids=IDS)
def test_nothing_typed_is_nothing(register: Register, one: Field):
    for text in ("", " ", "\u3000\n", "\x00", "\u200b"):
        assert parse(one, text, TODAY) is None
    assert show(one, None) == ""


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1", 1), ("０１２", 12), ("3份", 3), ("一份", 1), ("两", 2), ("十", 10), ("12 页", 12), ("0", 0),
        ("999999", LARGEST), ("٣", 3),
    ],
)  # fmt: skip
def test_counts_are_read(text: str, value: int):
    assert parse(field(Kind.INTEGER), text, TODAY) == value


@pytest.mark.parametrize("text", ["-1", "1.5", "1000000", "多", "1 2", "9" * 5000, "1e3", "份"])
def test_what_is_no_count_is_refused(text: str):
    with pytest.raises(ValueError, match="请填数字"):
        parse(field(Kind.INTEGER), text, TODAY)


@pytest.mark.parametrize(
    ("text", "value"), [("是", True), ("√", True), ("Y", True), ("1", True), ("否", False), ("0", False)]
)
def test_yes_and_no_are_read(text: str, value: bool):
    one = field(Kind.YES_NO)
    assert parse(one, text, TODAY) is value
    assert show(one, value) == ("是" if value else "否")


def test_a_choice_is_one_of_the_list():
    one = RECEIPT.field("urgency")
    assert parse(one, " 特急 ", TODAY) == "特急"
    with pytest.raises(ValueError, match="平件、加急、特急"):
        parse(one, "很急", TODAY)


@pytest.mark.parametrize("level", ["绝密", "机密", "秘密", "机密★10年"])
def test_a_state_secret_is_led_elsewhere(level: str):
    with pytest.raises(ValueError, match="涉密"):
        parse(RECEIPT.field("secrecy_level"), level, TODAY)


@pytest.mark.parametrize(
    ("register", "one"),
    [pair for pair in FIELDS if pair[1].kind in (Kind.TEXT, Kind.LONG_TEXT, Kind.NAME, Kind.DOC_NUMBER)],
)
def test_the_trip_wire_stands_in_every_text_field(register: Register, one: Field):
    with pytest.raises(ValueError, match="国家秘密"):
        parse(one, "机密★10年", TODAY)


def test_a_doc_number_is_kept_in_canonical_form():
    one = RECEIPT.field("doc_number")
    assert parse(one, "青政办发[2026] 第012号", TODAY) == "青政办发〔2026〕12号"
    assert parse(one, "无文号", TODAY) == "无文号"


def test_the_longest_text_passes_and_one_more_does_not():
    one = field(Kind.LONG_TEXT, max_length=500)
    assert parse(one, "𠮷" * 500, TODAY) == "𠮷" * 500
    with pytest.raises(ValueError, match=r"最多500字，现在有501字"):
        parse(one, "𠮷" * 501, TODAY)


def test_every_problem_is_named_at_once():
    with pytest.raises(Invalid) as refused:
        clean(RECEIPT, {"received_on": "13月40日", "copy_count": "许多", "title": "题"}, TODAY)
    assert [problem.field for problem in refused.value.problems] == ["received_on", "sender", "copy_count"]
    assert all(problem.message in str(refused.value) for problem in refused.value.problems)


def test_dates_that_contradict_each_other_are_refused():
    draft = {"received_on": "2026-11-20", "sender": "甲", "title": "题", "due_on": "2026-11-19"}
    with pytest.raises(Invalid, match="办理时限早于收文日期"):
        clean(RECEIPT, draft, TODAY)
    assert clean(RECEIPT, draft, TODAY, lenient=True)["due_on"] == date(2026, 11, 19)


@pytest.mark.parametrize("name", ["sealed_on", "printed_on", "dispatched_on", "filed_on"])
def test_nothing_happens_before_the_signature(name: str):
    with pytest.raises(Invalid) as refused:
        clean(DISPATCH, {"signed_on": "2026-11-20", "title": "题", name: "2026-11-19"}, TODAY)
    assert [problem.field for problem in refused.value.problems] == [name]


def test_lenient_forgives_what_is_missing_only():
    assert set(clean(RECEIPT, {}, TODAY, lenient=True).values()) == {None}
    with pytest.raises(Invalid):
        clean(RECEIPT, {"received_on": "看不清"}, TODAY, lenient=True)


@pytest.mark.parametrize("register", DOCUMENTS, ids=lambda register: register.name)
@given(texts=st.data())
@settings(max_examples=25, deadline=None, database=None)
def test_a_clean_record_has_every_field_and_cleans_to_itself(register: Register, texts: st.DataObject):
    draft: Draft = {one.name: texts.draw(ANY, one.name) for one in register.fields}
    try:
        record = clean(register, draft, TODAY, lenient=True)
    except Invalid:
        return
    assert list(record) == [one.name for one in register.fields]
    shown = {one.name: show(one, record[one.name]) for one in register.fields}
    assert clean(register, shown, TODAY, lenient=True) == record
