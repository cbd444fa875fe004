# SPDX-License-Identifier: MulanPSL-2.0
"""No book of the archive tells of a day that has not come."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from township_office.core.fields import Kind
from township_office.registers.archive.care import CARE
from township_office.registers.archive.disposal import APPRAISAL, TRANSFER
from township_office.registers.archive.happened import dated_ahead
from township_office.registers.receipt import RECEIPT

TODAY = date(2026, 11, 20)
TOMORROW = TODAY + timedelta(1)


@pytest.mark.parametrize("book", [*CARE, APPRAISAL, TRANSFER], ids=lambda book: book.name)
def test_every_day_but_the_one_it_is_due(book):
    days = [field.name for field in book.fields if field.kind is Kind.DATE]
    found = dated_ahead(book, dict.fromkeys(days, TOMORROW), TODAY)
    assert [problem.field for problem in found] == [name for name in days if name != "due_on"]
    assert dated_ahead(book, dict.fromkeys(days, TODAY), TODAY) == []


def test_other_books_may():
    assert dated_ahead(RECEIPT, {"received_on": TOMORROW}, TODAY) == []
