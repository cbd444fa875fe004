# SPDX-License-Identifier: MulanPSL-2.0
"""What passes the gate passes the schema: no CHECK of the file ever fires for a text that was cleaned."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from township_office.core.errors import Invalid
from township_office.core.fields import Register
from township_office.core.values import clean
from township_office.registers import ALL
from township_office.registers.dispatch import DISPATCH
from township_office.registers.receipt import RECEIPT
from township_office.services import checking, records
from township_office.services.office import Office, change, close_office
from township_office.store import records as store

TODAY = date(2026, 11, 20)
MANY = settings(max_examples=int(os.environ.get("EXAMPLES", "120")), deadline=None, database=None)
NASTY = st.text(
    st.sampled_from(
        "关于防汛〔2026〕12号\x00\x01\u202e\u200b\ud800\udc00𠮷㙍\ue000\n\t'\"%;é\u0301 　0１.-/年月日是否"
    ),
    max_size=30,
)
PLAUSIBLE = st.sampled_from(
    [
        "2026-11-20",
        "昨天",
        "3",
        "两份",
        "是",
        "特急",
        "通知",
        "内部",
        "青政〔2026〕7号",
        "主动公开",
        "长" * 200,
        "𠮷" * 500,
    ]
)
TEXTS = NASTY | PLAUSIBLE | st.text(max_size=220)


@pytest.fixture(scope="module")
def any_office(new_office, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    office = new_office(tmp_path_factory.mktemp("gate") / "a.office.db")
    yield office
    assert checking.verify(office).findings == ()
    close_office(office)


@pytest.mark.parametrize("register", ALL, ids=lambda register: register.name)
@given(texts=st.data())
@MANY
def test_whatever_is_typed_is_kept_or_refused_by_the_program(
    any_office: Office, register: Register, texts: st.DataObject
):
    draft = {field.name: texts.draw(TEXTS, field.name) for field in register.fields}
    try:
        record = clean(register, draft, TODAY, lenient=True)
    except Invalid as refused:
        for problem in refused.problems:
            del draft[problem.field]
        record = clean(register, draft, TODAY, lenient=True)
    with change(any_office) as pen:
        (row_id,) = store.add_many(pen, register, [record | {"entry": "imported", "year": None}], "import")
    row = records.get(any_office, register, row_id)
    assert {name: row[name] for name in record} == record


@given(texts=st.data())
@MANY
def test_what_is_typed_under_a_number_a_reason_or_a_series(any_office: Office, texts: st.DataObject):
    """Every way a text can reach the file; anything else than an OfficeError fails the test by itself."""
    draw = texts.draw
    draft = {"received_on": "2026-11-20", "signed_on": "2026-11-20", "sender": "甲", "title": draw(TEXTS, "title")}
    for register in (RECEIPT, DISPATCH):
        asked = {
            "series": draw(st.just("") | TEXTS, "series"),
            register.number_name: draw(st.just("") | TEXTS, "number"),
        }
        try:
            row = records.register_document(any_office, register, draft | asked, TODAY)
            records.correct(
                any_office, register, row["id"], {"remarks": draw(TEXTS, "remarks")}, TODAY, draw(TEXTS, "why")
            )
            records.void(any_office, register, row["id"], draw(TEXTS, "void"), TODAY)
        except records.OfficeError:
            continue
