# SPDX-License-Identifier: MulanPSL-2.0
"""A retention table of four lines, so that no test depends on what the county's says."""

from __future__ import annotations

from township_office.registers.archive.retention import ORIGINS, PERMANENT, TEN, THIRTY, Rule
from township_office.services.archive.scheme import save_retention_table
from township_office.services.office import Office

# The second leaves the period to judgement (重要的永久): somebody has to look.
TABLE = [
    Rule("综合", "机构设置、编制", PERMANENT, ("机构设置",), ORIGINS, "8号令第七条", True),
    Rule("综合", "主管业务（重要的永久）", THIRTY, ("管理的意见",), ORIGINS, "8号令第八条", True),
    Rule("综合", "业务来函与复函（重要的永久）", THIRTY, ("的函", "的复函"), ORIGINS, "8号令第八条", True),
    Rule("综合", "其他", TEN, (), ORIGINS, "8号令第八条", True),
]


def keep_small_table(office: Office) -> None:
    """Let the office go by TABLE."""
    save_retention_table(office, TABLE)
