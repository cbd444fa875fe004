# SPDX-License-Identifier: MulanPSL-2.0
"""The realistic ledgers: every field of at least 99 in 100 rows equal to the truth, and no line lost in any of them.

Equal means: the date, the title, the sender's full name and the 文号 in canonical form as the truth has them, letter
for letter; a 文号 that the sheet leaves out (number_given = 0) must be left out. The truth's own zero-width blanks
count as differences, although the gate is right to drop them.
"""

from __future__ import annotations

import csv
from collections import Counter

import pytest

from tests.exchange.conftest import TODAY, read_sheet
from township_office.exchange.ledger import LedgerRow, NotTaken, find_tables, read_table
from township_office.exchange.workbooks import read_workbook
from township_office.registers.dispatch import DISPATCH
from township_office.registers.receipt import RECEIPT

RECEIPTS, DISPATCHES = "收文登记簿_2023_分月", "发文登记表_2023_GBK"


def truth(folder, name):
    with (folder / f"truth_{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def all_rows(path, register):
    return [row for sheet in read_workbook(path) for row in read_sheet(sheet, register, file_name=path.stem)]


@pytest.fixture(scope="module")
def ledgers(shared_data):
    return shared_data / "ledgers"


def test_the_receipts_are_the_truth(ledgers):
    read = {(row.sheet.strip(), row.row): row for row in all_rows(ledgers / f"{RECEIPTS}.xlsx", RECEIPT)}
    expected = truth(ledgers, RECEIPTS)
    assert len(read) == len(expected)
    right = 0
    for line in expected:
        row = read[line["sheet"].strip(), int(line["row"])]
        assert isinstance(row, LedgerRow)
        number = line["true_number"] if line["number_given"] == "1" else None
        right += (
            str(row.record["received_on"]) == line["true_receive_date"]
            and row.record["title"] == line["true_title"]
            and row.record["sender"] == line["true_issuer"]
            and row.record["doc_number"] == number
        )
    assert right / len(expected) >= 0.99


def test_senders_stay_as_written_when_the_clerk_wants_that(ledgers):
    expected = {(line["sheet"].strip(), int(line["row"])): line for line in truth(ledgers, RECEIPTS)}
    ditto = {'"', "〃", "同上"}
    for sheet in read_workbook(ledgers / f"{RECEIPTS}.xlsx"):
        for table in find_tables(sheet, RECEIPT):
            for row in read_table(sheet, table, RECEIPT, TODAY, full_names=False):
                written = expected[sheet.name.strip(), row.row]["cell_issuer"].strip("\u200b")
                assert written in ditto or row.record["sender"] == written


def test_the_dispatches_are_the_truth(ledgers):
    read = all_rows(ledgers / f"{DISPATCHES}.csv", DISPATCH)
    expected = truth(ledgers, DISPATCHES)
    assert len(read) == len(expected)
    for row, line in zip(read, expected, strict=True):
        assert (row.number, str(row.record["signed_on"]), row.record["title"]) == (
            line["true_number"], line["true_date"], line["true_title"],
        )  # fmt: skip


def test_an_organs_own_form_of_2021(ledgers):
    one, form = read_workbook(ledgers / "收文登记表_2021_机关原表_早期版.xlsx")
    rows = read_sheet(one, RECEIPT)
    assert [row.number for row in rows][:2] == ["20210001", "20210002"]
    assert all(str(row.record["received_on"]).startswith("2021-03") for row in rows)
    assert all(row.record["doc_number"].startswith("宁党〔2021〕") for row in rows)
    assert all(row.record["remarks"] == f"密级：S{row.record['doc_number'][-2]}" for row in rows[:3])
    assert read_sheet(form, RECEIPT) == []


@pytest.mark.parametrize(
    "name", ["chongqing_url_date_number", "henan_number_with_inner_space", "shanghai_number_dirty_prefix"]
)
def test_raw_exports_come_in_with_one_correction_of_the_clerk(ledgers, name):
    (sheet,) = read_workbook(ledgers / f"{name}.xlsx")
    remembered = {"pubdate": "received_on", "pubdateparsed": "received_on"}
    rows = read_sheet(sheet, RECEIPT, remembered=remembered)
    taken = [row for row in rows if isinstance(row, LedgerRow)]
    with_number = [line for line in sheet.rows[1:] if str(line[2]).strip()]
    assert len(taken) >= 0.999 * len(with_number)
    assert all(row.record["received_on"] for row in taken)
    canonical = sum(1 for row in taken if "〔" in row.record["doc_number"] or "第" in row.record["doc_number"])
    assert canonical >= 0.97 * len(taken)
    assert {row.reason for row in rows if isinstance(row, NotTaken)} <= {
        "既没有文件标题也没有文号，请在原表中补上后再导入。"
    }


def test_duty_sheets_and_forms_are_no_ledgers(ledgers):
    for path in [*ledgers.glob("值班表*"), ledgers / "文件处理单.xlsx"]:
        for sheet in read_workbook(path):
            assert Counter(len(find_tables(sheet, register)) for register in (RECEIPT, DISPATCH)) == {0: 2}
