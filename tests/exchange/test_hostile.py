# SPDX-License-Identifier: MulanPSL-2.0
"""Files made to harm: refused in bounded memory and time, with one sentence, and nothing is ever raised but that."""

from __future__ import annotations

import io
import random
import subprocess
import sys
import time
import zipfile
import zlib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.exchange.conftest import write_xlsx
from tests.exchange.files import SHEET, add_blown_up, ods_cell, ods_row, raw_ods, raw_xls, raw_xlsx, without
from township_office.core.errors import OfficeError
from township_office.exchange.archives import Archive, farthest_cell, inspect
from township_office.exchange.confined import read_confined
from township_office.exchange.workbooks import read_workbook

FAR = b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"%s</row>'
FIRST = b'<row r="1"><c r="A1" t="inlineStr"><is><t>hi</t></is></c></row>'

# Reads a file and says what came of it, how long it took and how much memory it and its helpers had at most, in MB.
MEASURE = """
import resource, sys, time
from pathlib import Path
from township_office.core.errors import OfficeError
from township_office.exchange.workbooks import read_workbook
began = time.perf_counter()
try:
    read_workbook(Path(sys.argv[1]))
    said = "read"
except OfficeError as error:
    said = error.key
# Not ru_maxrss of ourselves: a new process begins with its parent's, and the tests' own grows as they go.
(own,) = (line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM"))
helper = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
print(said, time.perf_counter() - began, int(own) // 1024, helper // 1024)
"""


def blown_up(path: Path, block: bytes, times: int, around: tuple[bytes, bytes]) -> Path:
    return add_blown_up(without(raw_xlsx(path, []), SHEET), SHEET, block, times, around)


def bomb(path: Path) -> Path:
    return blown_up(path, b" " * 1_000_000, 500, (b"<worksheet><sheetData>", b"</sheetData></worksheet>"))


def text_bomb(path: Path) -> Path:
    cell = b'<row r="1"><c r="A1" t="inlineStr"><is><t>'
    ends = (b"<worksheet><sheetData>" + cell, b"</t></is></c></row></sheetData></worksheet>")
    return blown_up(path, b"a" * 1_000_000, 400, ends)


def picture_bomb(path: Path) -> Path:
    return add_blown_up(raw_xlsx(path, [FIRST]), "xl/media/image1.png", bytes(1_000_000), 600)


def far_cell(path: Path) -> Path:
    return raw_xlsx(path, [FAR % b"><v>1</v></c>"])


def far_row(path: Path) -> Path:
    return raw_xlsx(path, [FIRST, b'<row r="900000"><c r="H900000"><v>1</v></c></row>'])


def impossible_cell(path: Path) -> Path:
    return raw_xlsx(path, [b'<row r="99999999999"><c r="ZZZZZ99999999"><v>1</v></c></row>'])


def hidden_position(path: Path) -> Path:
    """Cells without addresses in one long line, and one far below: no address gives the size away."""
    return raw_xlsx(path, [b"<row>", b"<c><v>1</v></c>" * 500_000, b'</row><row r="99999"><c><v>1</v></c></row>'])


def far_ods(path: Path) -> Path:
    rows = ods_row(ods_cell("a")) + ods_row(ods_cell("", 16384), 1048570) + ods_row(ods_cell("", 16383) + ods_cell("z"))
    return raw_ods(path, rows)


def full_ods(path: Path) -> Path:
    return raw_ods(path, ods_row(ods_cell("a", 1000), 60_000))


def far_xls(path: Path) -> Path:
    return raw_xls(path, [(0, 0, "a"), (65535, 255, "z")])


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (bomb, {"exchange.too_big"}),
        (text_bomb, {"exchange.too_big"}),
        (picture_bomb, {"read"}),
        (far_cell, {"exchange.far_cell"}),
        (far_row, {"exchange.far_cell"}),
        (impossible_cell, {"exchange.too_big", "exchange.damaged"}),
        (hidden_position, {"exchange.too_big"}),
        (far_ods, {"exchange.too_big"}),
        (full_ods, {"exchange.too_big"}),
        (far_xls, {"exchange.too_big"}),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
@pytest.mark.skipif(sys.platform != "linux", reason="measures with /proc and getrusage")
def test_bombs_are_refused_in_ten_seconds_and_three_hundred_megabytes(
    tmp_path: Path, make: Callable[[Path], Path], said: set[str]
):
    path = make(tmp_path / "台账.xlsx")
    done = subprocess.run([sys.executable, "-c", MEASURE, path], capture_output=True, text=True, check=False)
    assert done.stderr == ""
    answer, seconds, own, helper = done.stdout.split()
    assert answer in said
    assert float(seconds) < 10
    assert int(own) < 300
    assert int(helper) < 300


def test_the_cell_that_stretches_a_sheet_is_named(tmp_path):
    with pytest.raises(OfficeError) as refusal:
        read_workbook(far_cell(tmp_path / "a.xlsx"))
    assert "“1月”" in str(refusal.value)
    assert "XFD1048576" in str(refusal.value)


@pytest.mark.parametrize("cell", [b' s="1"/>', b' s="1"></c>', b' s="1"><v></v></c>', b' s="1"><v/></c>'])
def test_a_far_cell_that_is_only_coloured_does_no_harm(tmp_path, cell):
    path = raw_xlsx(tmp_path / "a.xlsx", [FAR % cell])
    assert read_workbook(path)[0].rows == [[1.0]]


def test_two_million_coloured_empty_lines_are_fine(tmp_path):
    lines = b'<row spans="1:9" s="3" customFormat="1" ht="15" customHeight="1"/>' * 1000
    ends = (b"<worksheet><sheetData>" + FIRST, b"</sheetData></worksheet>")
    path = blown_up(tmp_path / "a.xlsx", lines, 2000, ends)
    began = time.perf_counter()
    assert read_workbook(path)[0].rows == [["hi"]]
    assert time.perf_counter() - began < 10


def test_a_declared_document_type_is_refused_in_any_part(tmp_path):
    head = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><worksheet><sheetData>'
    with pytest.raises(OfficeError, match="不安全的声明"):
        read_workbook(raw_xlsx(tmp_path / "a.xlsx", [FIRST], head=head))
    path = write_xlsx(tmp_path / "b.xlsx", {"1月": [["甲"]]})
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("docProps/evil.png", b" \n<!DOCTYPE x><x/>")
    with pytest.raises(OfficeError, match="不安全的声明"):
        read_workbook(path)
    with pytest.raises(OfficeError, match="不安全的声明"):
        read_workbook(raw_ods(tmp_path / "c.ods", "<!DOCTYPE x>"))


def test_a_part_in_utf16_hides_nothing(tmp_path):
    path = raw_xlsx(tmp_path / "a.xlsx", [], head="<worksheet/>".encode("utf-16"), tail=b"")
    with pytest.raises(OfficeError, match="不安全的声明"):
        read_workbook(path)


def test_locked_workbooks_say_so(tmp_path):
    with pytest.raises(OfficeError, match="密码"):
        read_workbook(raw_xls(tmp_path / "a.xls", [(0, 0, "a")], is_locked=True))
    locked = "<manifest:encryption-data/>"
    with pytest.raises(OfficeError, match="密码"):
        read_workbook(raw_ods(tmp_path / "b.ods", "", manifest=locked))


def test_sizes_that_the_zip_lies_about_are_counted_by_hand():
    packed = zlib.compress(b"<x/>" * 1_000_000, 9)[2:-4]
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("xl/workbook.xml", packed)
    data = bytearray(target.getvalue())
    for sign, place in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        start = data.index(sign)
        data[start + place : start + place + 2] = (8).to_bytes(2, "little")
    with pytest.raises(OfficeError) as refusal:
        inspect(bytes(data), time.monotonic() + 9)
    assert refusal.value.key == "exchange.damaged"


def test_a_helper_that_takes_too_long_or_cannot_start_is_said(tmp_path, monkeypatch):
    path, archive = raw_xls(tmp_path / "a.xls", [(0, 0, "a")]), Archive("xls", is_plain=False, has_errors=False)
    with pytest.raises(OfficeError) as refusal:
        read_confined(path, archive, 0.0)
    assert refusal.value.key == "exchange.too_slow"

    def start(process):
        raise OSError

    monkeypatch.setattr("multiprocessing.process.BaseProcess.start", start)
    with pytest.raises(OfficeError) as refusal:
        read_confined(path, archive, 5.0)
    assert refusal.value.key == "exchange.no_helper"


def test_farthest_cell_of_an_ordinary_book(tmp_path):
    path = write_xlsx(tmp_path / "a.xlsx", {"甲": [["a", "b"]], "乙": [["a"], ["b"], ["", "", "c"]]})
    assert farthest_cell(path.read_bytes(), time.monotonic() + 9) == ("乙", "C3", 9)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.randoms(use_true_random=False))
def test_a_broken_xlsx_is_read_or_refused(tmp_path: Path, chance: random.Random):
    sound = tmp_path / "sound.xlsx"
    if not sound.exists():
        write_xlsx(sound, {"1月": [["收文日期", "标题"], ["3月1日", "关于甲的通知"]] * 5})
    data = bytearray(sound.read_bytes())
    if chance.random() < 0.3:
        del data[chance.randrange(len(data)) :]
    for _ in range(chance.randrange(1, 8)):
        if data:
            data[chance.randrange(len(data))] = chance.randrange(256)
    path = tmp_path / "broken.xlsx"
    path.write_bytes(data)
    with suppress(OfficeError):
        read_workbook(path)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=600))
def test_any_bytes_are_read_or_refused(tmp_path: Path, data: bytes):
    path = tmp_path / "a.csv"
    path.write_bytes(data)
    with suppress(OfficeError):
        read_workbook(path)
