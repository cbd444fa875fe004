# SPDX-License-Identifier: MulanPSL-2.0
"""How the fields of a form find their places."""

from __future__ import annotations

import pytest

from township_office.core.fields import Field, Kind
from township_office.registers import DOCUMENTS
from township_office.ui.form.record_form import COLUMNS, place

TITLE = Field("title", "标题", Kind.LONG_TEXT, width=36)
DAY = Field("day", "日期", Kind.DATE)
UNIT = Field("unit", "单位", Kind.NAME, width=18)
COUNT = Field("count", "份数", Kind.INTEGER, width=5)


@pytest.mark.parametrize("register", DOCUMENTS, ids=lambda register: register.name)
def test_every_field_has_one_place_in_order_and_no_row_overflows(register):
    rows = place(register.fields)
    assert [field for row in rows for field, _ in row] == list(register.fields)
    assert all(1 <= sum(span for _, span in row) <= COLUMNS for row in rows)


def test_a_title_has_a_row_of_its_own():
    assert place([DAY, TITLE, DAY]) == [[(DAY, 1)], [(TITLE, COLUMNS)], [(DAY, 1)]]


def test_a_wide_text_takes_what_is_left_over_and_a_date_does_not():
    assert place([UNIT, COUNT]) == [[(UNIT, 2), (COUNT, 1)]]
    assert place([DAY, COUNT]) == [[(DAY, 1), (COUNT, 1)]]
