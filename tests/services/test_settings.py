# SPDX-License-Identifier: MulanPSL-2.0
"""Settings are checked before they are kept, and a bad one in the file never stops the program."""

from __future__ import annotations

import os

import pytest
from hypothesis import given
from hypothesis import settings as effort
from hypothesis import strategies as st

from township_office.core.errors import OfficeError
from township_office.registers import DOCUMENTS
from township_office.registers.receipt import RECEIPT
from township_office.services import backup, checking, settings
from township_office.services.office import Office, change, close_office
from township_office.services.settings import SETTINGS
from township_office.store import settings as store

MANY = effort(max_examples=int(os.environ.get("EXAMPLES", "40")), deadline=None, database=None)


@pytest.fixture(scope="module")
def any_office(new_office, tmp_path_factory: pytest.TempPathFactory):
    office = new_office(tmp_path_factory.mktemp("settings") / "a.office.db")
    yield office
    close_office(office)


@pytest.mark.parametrize("key", SETTINGS)
def test_every_default_is_acceptable(key: str, office: Office):
    default = SETTINGS[key].default
    if key not in ("office.name", "office.clerks"):
        assert SETTINGS[key].is_valid(default)
        assert settings.get_setting(office, key) == default
        settings.set_setting(office, key, default)
        assert settings.get_setting(office, key) == default


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("office.name", "机密★3年"), ("office.clerks", "机密★3年"), ("office.leaders", "孙志强=机密★3年"),
        ("office.units", "机密★3年=张家村"), ("receipt.status_words", "open=机密★3年"),
        ("print.signatures", "机密★3年"),
    ],
)  # fmt: skip
def test_a_state_secret_mark_is_refused(key: str, value: str, office: Office):
    before = settings.get_setting(office, key)
    with pytest.raises(OfficeError, match="国家秘密标志"):
        settings.set_setting(office, key, value)
    assert settings.get_setting(office, key) == before


@pytest.mark.parametrize("key", SETTINGS)
@given(
    value=st.text(max_size=50)
    | st.sampled_from(["9" * 5000, "长" * 200_000, "[]", "{", "[" * 5000, "title," * 9, "=1,", "title=,"])
)
@MANY
def test_any_value_is_kept_as_cleaned_or_refused(any_office: Office, key: str, value: str):
    before = settings.get_setting(any_office, key)
    try:
        settings.set_setting(any_office, key, value)
    except OfficeError:
        assert settings.get_setting(any_office, key) == before
    else:
        kept = settings.get_setting(any_office, key)
        assert SETTINGS[key].is_valid(kept)
        settings.set_setting(any_office, key, kept)
        assert settings.get_setting(any_office, key) == kept
    for register in DOCUMENTS:
        assert settings.columns(any_office, register)
    backup.last_backup(any_office)


@pytest.mark.parametrize("key", SETTINGS)
@pytest.mark.parametrize("bad", ["", "x", "title,no_such_field", "title=999", "[]", "null", "2026-13-45"])
def test_a_bad_value_in_the_file_is_as_if_never_set(key: str, bad: str, office: Office):
    with change(office) as pen:
        store.write(pen, key, bad)
    kept = settings.get_setting(office, key)
    assert kept == (bad if SETTINGS[key].is_valid(bad) else SETTINGS[key].default)
    for register in DOCUMENTS:
        assert settings.columns(office, register)
        settings.column_widths(office, register)
    backup.last_backup(office)
    settings.clerks(office)


def test_an_unknown_key_is_named(office: Office):
    for work in (lambda: settings.get_setting(office, "colour"), lambda: settings.set_setting(office, "colour", "red")):
        with pytest.raises(OfficeError, match="没有“colour”这项设置") as refusal:
            work()
        assert "print.row_mm" in str(refusal.value)
        assert "printed" not in str(refusal.value)


@pytest.mark.parametrize(
    ("key", "value", "kept"),
    [
        ("office.name", " 云水镇\u200b人民政府 ", "云水镇人民政府"),
        ("office.clerks", "王春燕，李向东、赵国平; 陈海", "王春燕,李向东,赵国平,陈海"),
        ("backdate.days", "0", "0"), ("print.binding_mm", "30", "30"),
        ("print.signatures", "登记人,审核人,单位领导", "登记人,审核人,单位领导"),
        ("receipt.columns", "title,number,sender", "title,number,sender"),
        ("receipt.widths", "title=40,number=12", "title=40,number=12"),
    ],
)  # fmt: skip
def test_what_is_set_holds(key: str, value: str, kept: str, office: Office):
    settings.set_setting(office, key, value)
    assert settings.get_setting(office, key) == kept
    assert checking.verify(office).findings == ()


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("office.name", "镇", "单位名称"), ("office.name", "长" * 61, "单位名称"), ("office.clerks", "王,王", "经办人"),
        ("office.clerks", "", "经办人"), ("backdate.days", "367", "0至366"), ("backdate.days", "-1", "0至366"),
        ("backdate.days", "１", "0至366"), ("print.binding_mm", "9", "10至60"), ("print.row_mm", "31", "6至30"),
        ("receipt.columns", "number,sender", "title"), ("receipt.columns", "title,title", "title"),
        ("receipt.columns", "", "title"),
        ("receipt.columns", "title,signer", "title"), ("receipt.widths", "title=1", "2至80"),
        ("receipt.widths", "signer=9", "2至80"),
        ("print.signatures", "长" * 101, "太长"), ("backup.last", "昨天", "太长"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_with_what_can(key: str, value: str, words: str, office: Office):
    with pytest.raises(OfficeError, match=words):
        settings.set_setting(office, key, value)


def test_clerks_are_added_once(office: Office):
    settings.add_clerk(office, " 李向东 ")
    settings.add_clerk(office, "李向东")
    settings.add_clerk(office, "王春燕")
    assert settings.clerks(office) == ["王春燕", "李向东"]
    for wrong in ("", "长" * 21, "王,李", "王、李"):
        with pytest.raises(OfficeError, match="经办人"):
            settings.add_clerk(office, wrong)


def test_columns_are_shown_in_the_offices_order_and_widths(office: Office):
    settings.set_setting(office, "receipt.columns", "status,title,number,remarks,sender")
    settings.set_setting(office, "receipt.widths", "title=50,number=14")
    shown = settings.columns(office, RECEIPT)
    assert [(field.name, field.width) for field in shown] == [("title", 50), ("remarks", 14), ("sender", 16)]
    assert settings.column_names(office, RECEIPT) == ["status", "title", "number", "remarks", "sender"]
    assert settings.column_widths(office, RECEIPT) == {"title": 50, "number": 14}
    assert RECEIPT.field("title").width == 36, "the definition stays as it is"


def test_dragged_widths_are_kept_where_anything_may_be_written(office: Office):
    settings.keep_column_widths(office, RECEIPT, {"title": 50, "number": 14})
    assert settings.column_widths(office, RECEIPT) == {"title": 50, "number": 14}
    office.is_readonly = True
    settings.keep_column_widths(office, RECEIPT, {"title": 20})
    assert settings.column_widths(office, RECEIPT) == {"title": 50, "number": 14}


def test_leaders_are_kept_in_rank_order_with_their_posts(office: Office):
    assert settings.leaders(office) == {}
    settings.set_setting(office, "office.leaders", "孙志强=书记，何文斌=镇长；林静=")
    assert list(settings.leaders(office).items()) == [("孙志强", "书记"), ("何文斌", "镇长"), ("林静", "")]
    for wrong in ("=书记", "孙志强=书记,孙志强=镇长", "长" * 21 + "=书记"):
        with pytest.raises(OfficeError, match="孙志强=书记"):
            settings.set_setting(office, "office.leaders", wrong)
    assert list(settings.leaders(office)) == ["孙志强", "何文斌", "林静"]


def test_groups_of_units_are_kept_by_name(office: Office):
    settings.set_setting(
        office, "office.units", settings.joined_pairs([("各村", "张家村，李家村、 石桥村"), ("镇直", "派出所")])
    )
    assert settings.unit_groups(office) == {"各村": ["张家村", "李家村", "石桥村"], "镇直": ["派出所"]}
    with pytest.raises(OfficeError, match="各村=张家村"):
        settings.set_setting(office, "office.units", "各村=")
