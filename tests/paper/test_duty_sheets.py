# SPDX-License-Identifier: MulanPSL-2.0
"""A day on duty and an emergency on paper: nothing left out, zero reports said, both sign on the last sheet."""

from __future__ import annotations

import pytest

from tests.paper.conftest import CALLS, EVENT, ON_DUTY, REPORTS
from tests.paper.test_forms import GOLDEN, dump
from township_office.paper import pdf
from township_office.paper.forms import ALL, duty_log_sheet
from township_office.paper.forms.office_sheet import Imprint

SHEETS = ("duty_log_sheet", "duty_event_first", "duty_event_following", "duty_event_final")


@pytest.mark.parametrize("name", SHEETS)
def test_it_is_as_it_was(name: str, make_form):
    said = "\n".join(dump(make_form(name, how)) for how in ("filled", "empty"))
    assert said == (GOLDEN / f"paper_{name}.txt").read_text("utf-8")


def day(today, calls=CALLS, events=(), **changes):
    return duty_log_sheet.build(ON_DUTY | changes, calls, Imprint("云水镇", "", today), {}, events)


def test_emergencies_of_the_day_with_when_they_were_reported(today):
    said = dump(day(today, events=[EVENT, EVENT | {"phoned_at": None, "written_at": None, "title": "油罐车侧翻"}]))
    assert "16:20　䶮山村三组　䶮山村后山滑坡（已报送：电话16:32，书面16:55）" in said
    assert "油罐车侧翻（未报送）" in said


def test_a_day_without_anything_says_so(today):
    said = dump(day(today, calls=[], open_items=None))
    assert said.count("[无]") == 2  # 突发事件, 未尽事项
    assert "[无]" not in dump(ALL["duty_log_sheet"]({}, [], Imprint("云水镇", "", today)))


def test_the_time_of_the_night_says_its_day(today):
    said = dump(day(today))
    assert "[09:15]" in said
    assert "[11-21 02:10]" in said


def test_a_busy_day_goes_on_on_a_second_sheet_and_is_signed_once(today, chinese_fonts, tmp_path, read_pages):
    path = tmp_path / "log.pdf"
    pdf.write(day(today, calls=CALLS * 12), path)
    pages = read_pages(path)
    assert len(pages) > 1
    assert all("2026年11月20日" in page and "林小满、欧阳晴川" in page for page in pages)
    assert [("接班人" in page) for page in pages] == [False] * (len(pages) - 1) + [True]
    assert sum(page.count("两户口角") for page in pages) == 12


def test_a_report_shows_its_own_words_and_what_went_before(make_form):
    first = dump(make_form("duty_event_first"))
    assert "紧急信息报告单（初报）" in first
    assert "䶮山村三组后山滑坡约 200 立方米。" in first
    assert "[2026-11-20 16:32　初报　电话　县委值班室　周立新]" in first
    final = dump(make_form("duty_event_final"))
    assert "☐电话　☐书面" in final, "not made yet: room to write"
    assert final.count("县委值班室") == len(REPORTS)
