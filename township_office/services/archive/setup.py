# SPDX-License-Identifier: MulanPSL-2.0
"""What the settings of the archive must know of the office: what is in use already, and what can be proposed."""

from __future__ import annotations

from township_office.registers.archive.filing import issuer_of
from township_office.registers.dispatch import DISPATCH
from township_office.services import numbers
from township_office.services.office import Office
from township_office.services.settings import get_setting, office_name
from township_office.store import archive


def usual_bodies(office: Office) -> dict[str, str]:
    """Return the 责任者 that each 代字 of the dispatch series proposes by itself."""
    name = office_name(office)
    codes = (series.code for series in numbers.all_series(office, DISPATCH))
    return {code: issuer_of(code, name, {}) for code in codes if code}


def codes_in_use(office: Office) -> dict[str, int]:
    """Return how many items bear each code of a 机构 or 问题: such a code stays as it is."""
    return archive.items_by_org(office.db)


def without_fonds_no(office: Office) -> int:
    """Return how many items were numbered before the county gave a 全宗号."""
    return len(archive.without_fonds(office.db))


def fonds_no_in_use(office: Office) -> int:
    """Return how many items bear the office's present 全宗号 in their 档号: these keep it (DA/T 13: 稳定性)."""
    number = get_setting(office, "archive.fonds_no")
    return sum(one.items for one in archive.classes(office.db) if number and one.fonds_no == number and one.first)
