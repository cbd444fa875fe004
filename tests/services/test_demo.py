# SPDX-License-Identifier: MulanPSL-2.0
"""The example office is sound, believable, and the same every time."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from township_office.core.errors import OfficeError
from township_office.core.searchkeys import initials
from township_office.registers import DOCUMENTS
from township_office.registers.dispatch import DISPATCH
from township_office.registers.receipt import RECEIPT
from township_office.registers.status import STATES
from township_office.services import browsing, checking, demo, numbers, settings
from township_office.services.browsing import View
from township_office.services.office import open_office
from township_office.services.search import Finder

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
        counts = browsing.counts(office, RECEIPT, None, TODAY)
        assert counts[""] == 180
        assert counts.keys() == {"", *(state.key for state in STATES["receipt"])} - {"recorded"}, (
            "all but imported ones"
        )
        sent = browsing.counts(office, DISPATCH, None, TODAY)
        assert sent[""] == 48
        assert sent.keys() == {"", *(state.key for state in STATES["dispatch"])} - {"recorded"}, "all but imported ones"
        assert browsing.years(office, RECEIPT) == [2026]
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
