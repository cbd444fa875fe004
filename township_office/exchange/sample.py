# SPDX-License-Identifier: MulanPSL-2.0
"""A messy ledger as offices really keep them, with invented papers: something to try the import on."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

HEADINGS = (
    "序号",
    "收文日期",
    "来 文 机 关",
    "来文字号",
    "文 件 标 题",
    "密级",
    "份数",
    "承办单位(人)",
    "签收",
    "备  注",
)

# The same ledger month by month: dates, ditto marks and 文号 as different hands wrote them.
_JANUARY: tuple[tuple[object, ...], ...] = (
    (
        1,
        "1月6日",
        "青山县人民政府办公室",
        "青政办发[2025]3号",
        "关于做好春节期间值班工作的通知",
        "",
        1,
        "党政办",
        "王春燕",
        "",
    ),
    (
        2,
        "2025.1.8",
        "〃",
        "青政办发（2025）第05号",
        "关于印发《青山县消防安全\n整治方案》的通知",
        "普件",
        "2份",
        "平安法治办",
        "",
        "特急",
    ),
    (
        3,
        date(2025, 1, 9),
        "青山县财政局",
        "青财〔2025〕12号",
        "关于报送村级债务情况的通知",
        "",
        "一份",
        "财政所",
        "陈海",
        "",
    ),
    ("", "20250113", "同上", "青财【2025】15 号", "关于开展资产清查的通知", "", "２", "财政所", "陈海", "附件3份"),
    (5, "1.20", "青山县㙍头水库管理所", "", "关于商请提供巡库人员名单的函", "", 1, "", "", "电话通知"),
)
_FEBRUARY: tuple[tuple[object, ...], ...] = (
    (1, "2月7日", "县委组织部", "青组通〔2025〕8号", "关于召开组织生活会的通知", "内部", 1, "党建办", "李向东", ""),
    (2, "25.2.11", "县民政局", "青民2025-21", "关于发放高龄津贴的通知", "", "1份", "社会事务办", "", "已归档"),
    (3, "2月30日", "县林业局", "青林〔2025〕6号", "关于设置防火卡点的通知", "", 1, "农业农村办", "", ""),
)  # fmt: skip


def write_messy_ledger(path: Path) -> None:
    """Write the sample as .xlsx: a sheet a month, titles above, sums below, one sheet hidden."""
    import xlsxwriter

    with xlsxwriter.Workbook(str(path)) as book:
        for name, title, rows in (
            ("1月", "2025年1月份收文登记簿", _JANUARY),
            ("2月 ", "2025年2月份收文登记簿", _FEBRUARY),
        ):
            _sheet(book, name, title, rows)
        hidden = book.add_worksheet("旧格式勿动")
        hidden.write(0, 0, "此表停用")
        hidden.hide()


def _sheet(book: Any, name: str, title: str, rows: tuple[tuple[object, ...], ...]) -> None:
    sheet = book.add_worksheet(name)
    day = book.add_format({"num_format": "yyyy-m-d"})
    plain = book.add_format({"border": 1})
    sheet.merge_range(0, 0, 0, len(HEADINGS) - 1, title, book.add_format({"bold": True, "align": "center"}))
    sheet.write(1, 0, "单位：云水镇党政办公室")
    sheet.write(1, 7, "登记人：王春燕")
    sheet.write_row(2, 0, HEADINGS, plain)
    for at, row in enumerate(rows, start=3):
        for column, value in enumerate(row):
            if isinstance(value, date):
                sheet.write_datetime(at, column, value, day)
            else:
                sheet.write(at, column, value)
    last = 3 + len(rows)
    sheet.write(last, 0, "合计")
    sheet.write(last, 6, len(rows))
    for line in range(last + 1, last + 300):
        sheet.write_blank(line, 0, None, plain)  # the styled empty rows that every copied ledger drags along
