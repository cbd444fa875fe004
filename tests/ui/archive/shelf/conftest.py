# SPDX-License-Identifier: MulanPSL-2.0
"""An archive of two years, and its tab on the screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest

from township_office.services.archive import items
from township_office.services.office import Office, close_office, open_office
from township_office.services.settings import set_setting
from township_office.ui.tabs.archive_tab import ArchiveTab


def describe(office: Office, today: date, year: int, retention: str, org: str, **more: str) -> int:
    """Put one item into the archive; return its id."""
    draft = {
        "title": f"关于{year}年修建水渠的请示", "responsible_body": "云水镇人民政府", "archive_year": str(year),
        "retention_period": retention, "org_or_subject": org, "dated_on": f"{year}-05-06",
    }  # fmt: skip
    return int(str(items.add_item(office, draft | more, today)["id"]))


@pytest.fixture
def archive(office: Office, today: date) -> Office:
    """2024: 永久 BGS 1–3 (20 pages each), 30年 JJB 1–2 (no pages); 2025: 永久 BGS 1."""
    set_setting(office, "archive.fonds_no", "Z109")
    set_setting(office, "archive.orgs", "BGS=党政综合办公室,JJB=经济发展办公室")
    for _ in range(3):
        describe(office, today, 2024, "永久", "BGS", page_count="20")
    for _ in range(2):
        describe(office, today, 2024, "30年", "JJB", doc_number="云政发〔2024〕7号")
    describe(office, today, 2025, "永久", "BGS", title="关于表彰先进集体的决定", page_count="4")
    return office


@pytest.fixture
def shown(qtbot, clock, asker, put_away) -> Iterator[Callable[..., ArchiveTab]]:
    """shown(office, width): the tab 档案, with the keyboard."""
    tabs: list[ArchiveTab] = []

    def show(office: Office, width: int = 1366) -> ArchiveTab:
        tab = ArchiveTab(office, clock, asker)
        tabs.append(tab)
        tab.resize(width, 640)
        tab.show()
        tab.activateWindow()
        with qtbot.waitActive(tab):
            pass
        tab.enter()
        return tab

    yield show
    put_away(*tabs)


@pytest.fixture
def tab(archive, shown) -> ArchiveTab:
    return shown(archive)


@pytest.fixture
def readonly_archive(archive: Office) -> Iterator[Office]:
    """The same archive, opened from a file that cannot be written."""
    path = archive.path
    close_office(archive)
    path.chmod(0o444)
    opened = open_office(path, "王春燕")
    opened.is_readonly = True  # root may write everything: what the file would have told any other user
    yield opened
    close_office(opened)
    path.chmod(0o600)
