# SPDX-License-Identifier: MulanPSL-2.0
"""Names and titles as short as people say them."""

from __future__ import annotations

import pytest

from township_office.registers.common import matter_of, near_name

OFFICE = "青山县云水镇党政综合办公室"


@pytest.mark.parametrize(
    ("title", "matter"),
    [
        ("关于报送部门预算的通知", "报送部门预算"),
        ("关于开展防灭火隐患排查的紧急通知", "开展防灭火隐患排查"),
        ("关于印发《关于植树的通知》的通知", "印发《关于植树的通知》"),
        ("关于商请提供名单的函", "商请提供名单"),
        ("云水镇防汛应急预案", "云水镇防汛应急预案"),
        ("关于的通知", "关于的通知"),
        ("", ""),
    ],
)
def test_a_title_is_about_its_matter(title: str, matter: str):
    assert matter_of(title) == matter


@pytest.mark.parametrize(
    ("organ", "near"),
    [
        ("青山县财政局", "县财政局"),
        ("青山县委组织部", "县委组织部"),
        ("青山县云水镇财政所", "镇财政所"),
        ("青山水库管理处", "青山水库管理处"),
        ("省林业厅", "省林业厅"),
        ("", ""),
        (OFFICE, OFFICE),
    ],
)
def test_a_neighbour_is_called_by_its_near_name(organ: str, near: str):
    assert near_name(organ, OFFICE) == near
