# SPDX-License-Identifier: MulanPSL-2.0
"""What the settings of the archive know of the office, and the codes that stay."""

from __future__ import annotations

from datetime import date

import pytest

from township_office.core.errors import OfficeError
from township_office.services.archive import items, setup
from township_office.services.office import Office
from township_office.services.settings import get_setting, set_setting

TODAY = date(2026, 11, 20)
ITEM = {
    "archive_year": "2025", "retention_period": "永久", "org_or_subject": "BGS", "title": "镇党委会会议记录",
    "responsible_body": "中共青山县云水镇委员会", "page_count": "30",
}  # fmt: skip


def test_a_code_that_items_bear_stays_its_name_may_change(office: Office):
    set_setting(office, "archive.orgs", "BGS=党政综合办公室,DW=党委")
    items.add_item(office, ITEM, TODAY)
    assert setup.codes_in_use(office) == {"BGS": 1}
    with pytest.raises(OfficeError, match="代码 BGS 已有 1 件"):
        set_setting(office, "archive.orgs", "DW=党委")
    with pytest.raises(OfficeError, match="代码 BGS 已有 1 件"):
        set_setting(office, "archive.orgs", "BG=党政综合办公室,DW=党委")
    set_setting(office, "archive.orgs", "ZF=政府,BGS=办公室")
    assert get_setting(office, "archive.orgs") == "ZF=政府,BGS=办公室"


def test_every_series_of_dispatches_has_its_body(office: Office):
    bodies = setup.usual_bodies(office)
    assert bodies["云政发"] == "青山县云水镇人民政府"
    assert bodies["云委发"] == "中共青山县云水镇委员会"
    assert bodies["云办发"] == "青山县云水镇党政综合办公室"


def test_items_without_a_fonds_number_are_counted(office: Office):
    assert setup.without_fonds_no(office) == 0
    items.add_item(office, ITEM, TODAY)
    assert setup.without_fonds_no(office) == 1
    set_setting(office, "archive.fonds_no", "Z109")
    assert items.give_fonds_no(office) == 1
    assert setup.without_fonds_no(office) == 0
