# SPDX-License-Identifier: MulanPSL-2.0
"""The chain means the same on every machine and in every version; what was logged replays exactly."""

from __future__ import annotations

import hashlib
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from township_office.store import changelog, database
from township_office.store.changelog import Entry, Pen, canonical, entry_hash
from township_office.store.database import Database

# Written down on the day format 1 was made. If one of these fails, every chain in every office breaks:
# do not change the expected values, make format 2.
VECTORS = [
    (
        (1, "2026-11-20T09:30:00", "王春燕", "add", "setting", 1, None, '{"name":"office.name"}', ""),
        '[1,"2026-11-20T09:30:00","王春燕","add","setting",1,null,"{\\"name\\":\\"office.name\\"}",""]',
        "2e4a431195c4d790a33eef4a0ad01dcf2d58a10ad30bd5dd7954960f03622e45",
    ),
    (
        (
            2, "2026-11-20T09:31:07", "李向东", "change", "receipt", 42, '{"title":"防汛"}', '{"title":"𠮷县防汛"}',
            "错字 \\ 更正\n第二行",
        ),
        ('[2,"2026-11-20T09:31:07","李向东","change","receipt",42,"{\\"title\\":\\"防汛\\"}",'
        '"{\\"title\\":\\"𠮷县防汛\\"}","错字 \\\\ 更正\\n第二行"]'),
        "b78864010e0f4a4e54bce2a16b002f35ceca57007e5cb75f85aeecdccdc3f85d",
    ),
    (
        (
            3, "2026-11-20T09:32:00", "王春燕", "void", "dispatch", 7, "{}",
            '{"void_reason":"重复","voided_on":"2026-11-20"}', "重复",
        ),
        ('[3,"2026-11-20T09:32:00","王春燕","void","dispatch",7,"{}",'
        '"{\\"void_reason\\":\\"重复\\",\\"voided_on\\":\\"2026-11-20\\"}","重复"]'),
        "55e238b4a444e69024cf2fa5274100b2f49853f77650c1ea434393e15c1c866f",
    ),
]  # fmt: skip

CANONICAL = [
    ({}, "{}"),
    ({"b": 1, "a": "甲"}, '{"a":"甲","b":1}'),
    ({"title": "防汛", "due_on": None, "copy_count": 0}, '{"copy_count":0,"title":"防汛"}'),
    ({"a": 'he said "x"\n\t\\'}, '{"a":"he said \\"x\\"\\n\\t\\\\"}'),
    ({"a": "𠮷\ue000é\u2028/"}, '{"a":"𠮷\ue000é\u2028/"}'),
    ({"is_normative": 1, "二": "2"}, '{"is_normative":1,"二":"2"}'),
    ({"a": "\x01\x1f\x7f"}, '{"a":"\\u0001\\u001f\x7f"}'),
    ({"Z": 1, "a": 2, "é": 3}, '{"Z":1,"a":2,"é":3}'),
]


@pytest.mark.parametrize(("values", "text"), CANONICAL)
def test_canonical_text_is_fixed(values: dict[str, object], text: str):
    assert canonical(values) == text


def test_the_hashes_of_format_1_are_fixed():
    previous = bytes(32)
    for columns, text, wanted in VECTORS:
        assert hashlib.sha256(b"\x01" + previous + text.encode()).hexdigest() == wanted, "the vector itself"
        previous = entry_hash(previous, columns)
        assert previous.hex() == wanted


@given(values=st.dictionaries(st.text(max_size=8), st.none() | st.integers() | st.text(max_size=20), max_size=6))
@settings(max_examples=150, deadline=None, database=None)
def test_canonical_text_does_not_depend_on_order_and_reads_back(values: dict[str, object]):
    backwards = dict(reversed(values.items()))
    assert canonical(values) == canonical(backwards)
    assert json.loads(canonical(values)) == {name: value for name, value in values.items() if value is not None}


def test_every_entry_hangs_on_the_one_before(db: Database, pen: Pen):
    with database.writing(db):
        changelog.append(pen, [Entry("add", "receipt", each, None, {"title": "题"}) for each in range(1, 4)])
        changelog.append(pen, [])
    rows = db.conn.execute(
        "SELECT seq, at, clerk, verb, register, row_id, before, after, why, format, hash FROM change_log ORDER BY seq"
    ).fetchall()
    previous = bytes(32)
    for position, row in enumerate(rows, start=1):
        assert (row[0], row[9]) == (position, 1)
        assert row[10] == entry_hash(previous, tuple(row[:9]))
        previous = row[10]
    assert changelog.head(db) == (len(rows), previous.hex())


def test_an_empty_log_has_no_head(tmp_path):
    database.create(tmp_path / "a.db", lambda db: None, lambda: None)
    db = database.connect(tmp_path / "a.db")
    assert changelog.head(db) == (0, "")
    assert changelog.check_chain(db) == ([], {})
    db.close()


def test_the_changes_of_a_row_are_told_in_order(db: Database, pen: Pen):
    with database.writing(db):
        changelog.append(pen, [Entry("add", "receipt", 7, None, {"title": "甲", "due_on": None})])
        changelog.append(pen, [Entry("add", "dispatch", 7, None, {"title": "别"})])
        changelog.append(pen, [Entry("change", "receipt", 7, {"title": "甲"}, {"title": None}, "清空")])
    assert [(one["verb"], one["before"], one["after"], one["why"]) for one in changelog.of_row(db, "receipt", 7)] == [
        ("add", {}, {"title": "甲"}, ""),
        ("change", {"title": "甲"}, {}, "清空"),
    ]
