# SPDX-License-Identifier: MulanPSL-2.0
"""分类方案: the settings it is made of, the office's own retention table, classes in words."""

from __future__ import annotations

import pytest

from tests.services.archive.year import number
from township_office.core.errors import OfficeError
from township_office.registers.archive.codes import BY_CODE, Segments
from township_office.registers.archive.retention import PERMANENT, Rule, read_table
from township_office.services import settings
from township_office.services.archive.scheme import (
    BASE_TABLE,
    class_words,
    retention_table,
    save_retention_table,
    scheme_of,
)
from township_office.services.office import Office
from township_office.store import settings as store
from township_office.store.changelog import Pen
from township_office.store.database import writing


def test_a_new_office_has_the_usual_scheme(office: Office):
    scheme = scheme_of(office)
    assert (scheme.fonds_no, scheme.fonds_name, scheme.division) == ("", "青山县云水镇党政综合办公室", "org")
    assert dict(scheme.orgs) == {"BGS": "党政综合办公室"}
    assert scheme.templates == {code: category.template for code, category in BY_CODE.items()}
    assert scheme.has_orgs("WS")
    assert not scheme.has_orgs("ZP·01")


def test_the_scheme_is_what_the_office_has_set(office: Office):
    number(office, "z109")
    settings.set_setting(office, "archive.fonds_name", "云水镇党委、政府")
    settings.set_setting(office, "archive.orgs", "BGS=党政综合办公室，DW=党委")
    settings.set_setting(office, "archive.template.WS", "{fonds}-{category}·{year}-{org}-{retention}-{item}")
    scheme = scheme_of(office)
    assert (scheme.fonds_no, scheme.fonds_name) == ("Z109", "云水镇党委、政府"), "capitals: DA/T 13"
    assert scheme.code(Segments("Z109", "WS", 2025, "Y", "DW", 3)) == "Z109-WS·2025-DW-Y-0003"
    assert scheme.code(Segments("Z109", "WS", 2025, "Y", "DW", 0)) == "Z109-WS·2025-DW-Y"
    assert [scheme.org_code(text) for text in ("党委", "DW", "纪委", "")] == ["DW", "DW", "纪委", ""]
    assert [scheme.org_name(code) for code in ("DW", "纪委", "")] == ["党委", "纪委", ""]
    settings.set_setting(office, "archive.division", "none")
    assert dict(scheme_of(office).orgs) == {}


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("fonds_no", "Z-109"), ("fonds_no", "Z" * 11), ("fonds_no", "云水"), ("division", "both"), ("orgs", ""),
        ("orgs", "bgs=办公室"), ("orgs", "BGS"), ("orgs", "BGS=甲,BGS=乙"), ("orgs", "A-B=甲"), ("box_mm", "25"),
        ("pages_per_mm", "0"), ("pages_per_mm", "多"), ("retention", "{}"), ("retention", "[]"), ("retention", "[1]"),
        ("retention", "不"), ("retention", "3"), ("template.WS", "{category}-{item}"), ("template.WS", "{year}-{item}"),
        ("template.WS", "{category}·{year}-{retention}-{item}x"),
        ("template.KU", "{category}{item}"), ("bodies", "云政发"),
        ("template.ZP", "{category}-{item:9}"),
    ],
)  # fmt: skip
def test_what_would_make_no_sound_scheme_is_refused(key: str, value: str, office: Office):
    before = settings.get_setting(office, f"archive.{key}")
    with pytest.raises(OfficeError):
        settings.set_setting(office, f"archive.{key}", value)
    assert settings.get_setting(office, f"archive.{key}") == before


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("template.WS", "{category}·{year}-{retention}-{item:3}"), ("template.KU", "{category}-{volume:4}-{item:3}"),
        ("template.KJ", "{category}-{item}"), ("fonds_no", ""), ("orgs", "党政办=党政综合办公室"),
    ],
)  # fmt: skip
def test_what_the_county_may_want_is_taken(key: str, value: str, office: Office):
    settings.set_setting(office, f"archive.{key}", value)
    assert settings.get_setting(office, f"archive.{key}") == value


def test_the_offices_own_table_stands_in_place_of_ours(office: Office):
    assert retention_table(office) == read_table(BASE_TABLE)
    own = [Rule("党群", "本镇的", PERMANENT, ("大事记",), ("own",), "县档发〔2026〕1号", is_certain=True)]
    save_retention_table(office, own)
    assert retention_table(office) == own
    with pytest.raises(OfficeError, match="至少要有一条"):
        save_retention_table(office, [])
    with pytest.raises(OfficeError, match="第 2 条"):
        save_retention_table(office, [*own, Rule("", "", None, (), (), "", is_certain=True)])
    assert retention_table(office) == own


def test_a_table_another_tool_spoilt_is_not_used(office: Office):
    with writing(office.db):
        store.write(Pen(office.db, "别人"), "archive.retention", '[{"group": "党群"}]')
    assert retention_table(office) == read_table(BASE_TABLE)


@pytest.mark.parametrize(
    ("segments", "words"),
    [
        (Segments("Z109", "WS", 2025, "Y", "BGS", 0), "2025年 永久 党政综合办公室"),
        (Segments("Z109", "WS", 2025, "D30", "", 0), "2025年 30年"),
        (Segments("", "ZP·01", 2019, "D10", "", 3), "照片 2019年 10年"),
        (Segments("", "XX", 1999, "C", "JJ", 0), "XX 1999年 长期 JJ"),
    ],
)
def test_a_class_in_words(segments: Segments, words: str, office: Office):
    assert class_words(scheme_of(office), segments) == words
