# SPDX-License-Identifier: MulanPSL-2.0
"""Invented catalogues, and the steps of taking them in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from tests.services.importing import book
from township_office.registers.archive.item import ARCHIVE_ITEM
from township_office.services import browsing, settings, sheets
from township_office.services.archive import importing
from township_office.services.archive.importing import CataloguePlan
from township_office.services.browsing import View
from township_office.services.office import Office
from township_office.store.records import Row

TODAY = date(2026, 11, 20)
NINE = ("序号", "档号", "文号", "责任者", "题名", "日期", "密级", "页数", "备注")
OLD = ("件号", "责任者", "文号", "题名", "日期", "页数", "备注")


def line(code: object, title: str = "关于春耕生产的通知", **said: object) -> list[object]:
    """One line of nine columns."""
    usual = {"no": 1, "doc": "", "body": "云水镇政府", "day": "20110503", "level": "", "pages": 3, "remark": ""} | said
    return [usual["no"], code, usual["doc"], usual["body"], title, usual["day"], usual["level"], usual["pages"],
            usual["remark"]]  # fmt: skip


def old(number: object, title: str = "关于春耕生产的通知", day: object = 20030512) -> list[object]:
    """One line of the 2000 edition."""
    return [number, "青山县委", "", title, day, 3, ""]


def with_scheme(office: Office) -> Office:
    """Give an office its 全宗号 and two 机构."""
    settings.set_setting(office, "archive.fonds_no", "Z109")
    settings.set_setting(office, "archive.orgs", "BGS=党政办公室,DW=党委")
    return office


def plan(office: Office, path: Path, sheet: str | None = None) -> CataloguePlan:
    source = sheets.look_at(path)
    return importing.plan_import(office, source, importing.choose(office, source, sheet), TODAY)


def planned(office: Office, folder: Path, *rows: Sequence[object], name: str = "目录") -> CataloguePlan:
    """Try a catalogue of these lines dry."""
    return plan(office, book(folder / "旧目录.xlsx", **{name: rows}))


def take_in(office: Office, path: Path) -> CataloguePlan:
    made = plan(office, path)
    importing.run_import(office, made, TODAY)
    return made


def everything(office: Office) -> list[Row]:
    """Every item, by its 档号."""
    return browsing.rows(office, ARCHIVE_ITEM, browsing.row_ids(office, ARCHIVE_ITEM, View(), TODAY))
