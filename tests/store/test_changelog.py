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
        bytes(32), (1, "2026-11-20T09:30:00", "王春燕", "add", "setting", 1, None, '{"name":"office.name"}', ""),
        "4c43a8d5",
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
