# SPDX-License-Identifier: MulanPSL-2.0
"""The PC's own memory may be lost or spoilt; nothing ever fails over it."""

from __future__ import annotations

import pytest

from township_office.ui import memory


def test_habits_are_kept_one_by_one():
    memory.remember("a", [1, 2])
    memory.remember("b", "x")
    assert memory.recall("a") == [1, 2]
    assert memory.recall("b") == "x"
    assert memory.recall("c") is None


def test_a_list_keeps_the_newest_first_and_once():
    for text in ("一", "二", "三", "二", "四"):
        memory.remember_first("list", text, 3)
    assert memory.recall_texts("list") == ["四", "二", "三"]


def test_half_characters_survive():
    assert memory.write("x.json", {"t": "半\ud840个"})
    assert memory.read("x.json") == {"t": "半\ud840个"}


@pytest.mark.parametrize("spoilt", [b"", b"{", b"[1, 2]", b"\xff\xfe", b'"text"'])
def test_a_spoilt_file_reads_as_nothing_and_is_written_anew(own_memory, spoilt):
    (own_memory / "screen.json").write_bytes(spoilt)
    assert memory.recall("a") is None
    assert memory.recall_texts("a") == []
    memory.remember("a", 1)
    assert memory.recall("a") == 1


def test_a_disk_that_refuses_is_only_reported(own_memory):
    (own_memory / "sub").write_text("in the way", "utf-8")
    assert memory.write("sub/x.json", 1) is False
    memory.forget("sub/x.json")
    assert memory.read("sub/x.json") is None


def test_no_half_written_file_is_left(own_memory):
    memory.write("x.json", 1)
    memory.write("x.json", 2)
    assert [path.name for path in own_memory.iterdir()] == ["x.json"]
