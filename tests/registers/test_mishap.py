# SPDX-License-Identifier: MulanPSL-2.0
from __future__ import annotations

from datetime import timedelta

from township_office.registers.mishap import MEASURES, REPORT_WITHIN


def test_every_measure_is_told_apart_and_the_report_is_due_in_a_day():
    assert len({measure.key for measure in MEASURES}) == len(MEASURES) == 7
    assert timedelta(hours=24) == REPORT_WITHIN
    assert all(measure.do and measure.note.endswith("。") for measure in MEASURES)
