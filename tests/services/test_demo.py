# SPDX-License-Identifier: MulanPSL-2.0
"""The example office is sound, believable, and the same every time."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from township_office.core.errors import OfficeError
from township_office.core.fields import Register
from township_office.core.searchkeys import initials
from township_office.registers import DOCUMENTS
from township_office.registers.archive.care import ACCESS_LOG, CLIMATE_LOG, STACK_CHECK, STACK_IN_OUT
from township_office.registers.archive.item import ARCHIVE_ITEM
from township_office.registers.dispatch import DISPATCH
from township_office.registers.receipt import RECEIPT
from township_office.registers.status import STATES
from township_office.services import browsing, checking, demo, numbers, settings
from township_office.services.archive import boxing, items, proposal
from township_office.services.browsing import View
from township_office.services.office import Office, open_office
from township_office.services.roster import changing, months
from township_office.services.roster.today import on_duty
from township_office.services.search import Finder
from township_office.store.records import Row

TODAY = date(2026, 11, 20)


def everything(path: Path) -> list[object]:
    with open_office(path, "王春燕") as office:
        rows = []
        for register in DOCUMENTS:
            ids = browsing.row_ids(office, register, View(), TODAY)
            rows += [row | {"entered_at": ""} for row in browsing.rows(office, register, ids)]
        return rows


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("demo") / "示例.office.db"
    assert demo.create(path, TODAY) == {"receipt": 180, "dispatch": 48}
    return path


def test_it_is_sound_and_full(made: Path):
    with open_office(made, "王春燕") as office:
        assert checking.verify(office).findings == ()
        assert settings.clerks(office) == list(demo.CLERKS)
        assert browsing.counts(office, RECEIPT, 2026, TODAY)[""] == 180
        counts = browsing.counts(office, RECEIPT, None, TODAY)
        assert counts.keys() == {"", *(state.key for state in STATES["receipt"])} - {"recorded"}, (
            "all but imported ones"
        )
        assert browsing.counts(office, DISPATCH, 2026, TODAY)[""] == 48
        sent = browsing.counts(office, DISPATCH, None, TODAY)
        assert sent.keys() == {"", *(state.key for state in STATES["dispatch"])} - {"recorded"}, "all but imported ones"
        assert browsing.years(office, RECEIPT) == [2026, 2025]
        lines = numbers.number_ledger(office, RECEIPT, numbers.pick_series(office, RECEIPT, ""), 2026)
        assert [line.sequence for line in lines] == list(range(1, 181))


def test_it_is_the_same_every_time(made: Path, tmp_path: Path):
    demo.create(tmp_path / "b.office.db", TODAY)
    assert everything(tmp_path / "b.office.db") == everything(made)


@pytest.mark.parametrize("today", [date(2027, 1, 1), date(2028, 2, 29), date(2026, 12, 31)])
def test_it_can_be_made_on_any_day(today: date, tmp_path: Path):
    demo.create(tmp_path / "a.office.db", today, receipts=12, dispatches=4)
    with open_office(tmp_path / "a.office.db", "王春燕") as office:
        assert checking.verify(office).findings == ()
        days = [row["received_on"] for row in browsing.rows(office, RECEIPT, range(1, 13))]
        assert all(date(today.year, 1, 1) <= day <= today for day in days)


def test_the_archive_has_something_of_everything(made: Path):
    with open_office(made, "王春燕") as office:
        classes = items.classes(office)
        assert {place.year for place in classes} == {2025, 2014}
        assert {place.org for place in classes} == {"BGS", "DJ", "SH"}
        assert {place.retention for place in classes if place.year == 2025} == {"永久", "30年", "10年"}
        assert sum(place.pageless for place in classes) == 0
        unboxed = {(place.year, place.retention) for place in classes if place.unboxed}
        assert unboxed == {(2025, "10年")}, "one class is left to be tried"
        assert all(place.gaps == 0 and place.series.startswith("Z109-WS·") for place in classes)
        assert proposal.propose_year(office, 2025).items == (), "all of it is filed"
        coming = proposal.propose_year(office, 2026)
        assert len(coming.items) > 150
        assert {one.org for one in coming.items} == {"BGS", "DJ", "SH"}
        assert {one.retention for one in coming.items} == {"永久", "30年", "10年"}
        book = next(row for row in rows_of(office, ARCHIVE_ITEM) if "党委会会议记录" in str(row["title"]))
        assert (book["doc_number"], book["responsible_body"]) == (None, "中共青山县云水镇委员会")
        answered = next(row for row in rows_of(office, ARCHIVE_ITEM) if "关于同意石桥村" in str(row["title"]))
        assert "关于修建便民桥的请示" in str(answered["components"])
        boxes = boxing.boxes(office, "Z109-WS·2025-Y-BGS", 2025)
        assert [box.row["checked_by"] for box in boxes] == ["马国庆"] * len(boxes)
        for watch in ("expired", "to_transfer", "unboxed"):
            assert browsing.row_ids(office, ARCHIVE_ITEM, View(None, watch), TODAY), watch


def test_the_archive_is_used_and_looked_after(made: Path):
    with open_office(made, "王春燕") as office:
        used = rows_of(office, ACCESS_LOG)
        late = [row for row in used if row["returned_on"] is None and row["way"] == "借出"]
        assert len(used) == 5
        assert [row["due_on"] < TODAY for row in late] == [True]
        codes = {row["number"] for row in rows_of(office, ARCHIVE_ITEM)}
        assert {row["reference_codes"] for row in used} <= codes
        assert len(rows_of(office, STACK_IN_OUT)) == 2
        air = rows_of(office, CLIMATE_LOG)
        assert [row["title"] is not None for row in air].count(True) == 1, "one damp week"
        assert len(air) == 10
        assert len(rows_of(office, STACK_CHECK)) == 2


def test_the_roster_is_given_out_and_the_next_month_drafted(made: Path):
    with open_office(made, "王春燕") as office:
        kept = {one.month: one.is_published for one in months.months(office)}
        assert kept == {"2026-09": True, "2026-10": True, "2026-11": True, "2026-12": False}
        assert {one.line for one in on_duty(office, TODAY)} == {"带班领导", "值班员", "驾驶员"}
        assert len(changing.owed(office)) == 1
        draft = months.roster_of(office, "2026-12")
        assert [one.is_locked for one in draft.shifts].count(True) == 1
        assert all(one.person_id is not None for one in draft.shifts)


def rows_of(office: Office, register: Register) -> list[Row]:
    return browsing.rows(office, register, browsing.row_ids(office, register, View(), TODAY))


def test_it_never_covers_a_file(made: Path):
    with pytest.raises(OfficeError, match="已经有同名文件"):
        demo.create(made, TODAY)


def test_every_paper_is_found_by_its_initials(made: Path):
    with open_office(made, "王春燕") as office:
        finder = Finder(office, RECEIPT)
        finder.load()
        for row in browsing.rows(office, RECEIPT, browsing.row_ids(office, RECEIPT, View(), TODAY)):
            title, sender, handler = (initials(str(row[name])) for name in ("title", "sender", "handler"))
            for letters in (title[:6], title.split(" ")[0][-6:], sender.split(" ")[0], f"{sender[:3]} {handler}"):
                assert row["id"] in finder.hits(letters, View(), TODAY), letters
