# SPDX-License-Identifier: MulanPSL-2.0
"""误录处置: 24 hours from the moment of finding; each measure with its time and clerk; facts alone are kept."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from township_office.core.errors import OfficeError
from township_office.registers.mishap import MEASURES
from township_office.services import settings
from township_office.services.guarded import memory_sheets, mishap
from township_office.services.office import sit_down

NOW = datetime(2026, 11, 20, 10, 30)


def test_nothing_runs_until_somebody_begins(office):
    assert mishap.latest(office) is None
    assert mishap.running(office) is None
    with pytest.raises(OfficeError, match="还没有开始计时"):
        mishap.tick(office, "stop", NOW)
    with pytest.raises(OfficeError, match="还没有开始计时"):
        mishap.end(office, "县保密局", NOW)


@pytest.mark.parametrize(
    ("typed", "found"),
    [("9:15", datetime(2026, 11, 20, 9, 15)), ("昨天 16:40", datetime(2026, 11, 19, 16, 40)),
     ("现在", NOW), ("2026-11-20 10:30", NOW)],
)  # fmt: skip
def test_the_clock_runs_from_the_moment_of_finding(office, typed, found):
    case = mishap.begin(office, typed, NOW)
    assert case.found_at == found
    assert mishap.running(office) == found + timedelta(hours=24)
    assert mishap.latest(office) == case


@pytest.mark.parametrize(
    ("typed", "why"), [("不久前", "看不懂"), ("", "看不懂"), ("昨天", "看不懂"), ("10:31", "还没有到")]
)
def test_a_moment_that_cannot_be_is_refused(office, typed, why):
    with pytest.raises(OfficeError, match=why):
        mishap.begin(office, typed, NOW)
    assert mishap.running(office) is None


def test_a_running_clock_is_not_begun_anew(office):
    mishap.begin(office, "9:15", NOW)
    with pytest.raises(OfficeError, match="已经开始"):
        mishap.begin(office, "10:00", NOW)
    assert mishap.latest(office).found_at.hour == 9


def test_each_measure_keeps_when_and_by_whom(office):
    mishap.begin(office, "9:15", NOW)
    mishap.tick(office, "stop", NOW)
    sit_down(office, "李向东")
    case = mishap.tick(office, "report", NOW + timedelta(minutes=5))
    assert case.ticks == {
        "stop": mishap.Tick("2026-11-20 10:30", "王春燕"), "report": mishap.Tick("2026-11-20 10:35", "李向东"),
    }  # fmt: skip
    assert mishap.tick(office, "stop", NOW, is_done=False).ticks.keys() == {"report"}
    assert mishap.latest(office).ticks.keys() == {"report"}


def test_it_ends_with_the_name_of_whom_it_was_reported_to(office):
    mishap.begin(office, "9:15", NOW)
    for wrong in ("", "局", "县" * 41, "机密★10年"):
        with pytest.raises(OfficeError):
            mishap.end(office, wrong, NOW)
    assert mishap.running(office)
    case = mishap.end(office, " 县保密局 李科长 ", NOW)
    assert (case.ended_at, case.reported_to) == ("2026-11-20 10:30", "县保密局 李科长")
    assert mishap.running(office) is None
    assert mishap.latest(office) == case
    mishap.begin(office, "现在", NOW)
    assert mishap.latest(office).ticks == {}


@pytest.mark.parametrize("kept", ["{}", '{"found_at": 3}', '{"found_at": "x", "ticks": []}', '{"ticks": {"stop": 1}}'])
def test_what_cannot_be_read_counts_as_none(office, kept):
    settings.set_setting(office, "confidential.mishap", kept)
    assert mishap.latest(office) is None


def test_its_measures_never_offer_to_wipe():
    words = "".join(measure.do + measure.note for measure in MEASURES)
    assert not any(word in words for word in ("擦除", "粉碎", "格式化", "彻底删除"))
    assert any("不要自行删除" in measure.do for measure in MEASURES)


def test_its_sheet_is_made_in_memory(office, tmp_path):
    before = set(tmp_path.iterdir())
    mishap.begin(office, "9:15", NOW)
    for case in (None, mishap.tick(office, "stop", NOW)):
        assert memory_sheets.mishap("云水镇党政办", case, NOW.date()).startswith(b"%PDF")
    assert set(tmp_path.iterdir()) == before
