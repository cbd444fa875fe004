# SPDX-License-Identifier: MulanPSL-2.0
from __future__ import annotations

import pytest

from township_office.exchange.dutynames import is_code, names_in


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("张三 李四/13800000000", ("张三", "李四")),
        ("杨　杨", ("杨杨",)),
        ("杨　杨 李　明", ("杨杨", "李明")),
        ("李 玉 英", ("李玉英",)),
        ("党委书记 孙志强 13800000001", ("孙志强",)),
        ("孙志强（党委副书记、镇长 0531-1234567）", ("孙志强",)),
        ("副镇长何文斌", ("何文斌",)),
        ("何文斌副镇长", ("何文斌",)),
        ("钟桂兰 庄瑜 贾畅", ("钟桂兰", "庄瑜", "贾畅")),
        ("带班：孙志强\n值班：李明，王芳；赵六", ("孙志强", "李明", "王芳", "赵六")),
        ("1.李明 2.王芳", ("李明", "王芳")),
        ("买买提·艾力 13800000000", ("买买提·艾力",)),
        ("张伟（大）、张伟2", ("张伟（大）", "张伟2")),
        ("李国庆 张中秋", ("李国庆", "张中秋")),
        ("白雪 林晚", ("白雪", "林晚")),
        ("8", ("8",)),
        ("李明、李明", ("李明",)),
        ("", ()), ("无", ()), ("—", ()), ("轮休", ()), ("镇长", ()),
    ],
)  # fmt: skip
def test_names_stand_without_phones_posts_and_signs(cell: str, names: tuple[str, ...]) -> None:
    assert names_in(cell).names == names
    assert names_in(cell).unclear == ()


@pytest.mark.parametrize(
    "cell", ["王书记", "全体班子成员", "党政办", "国庆", "按值班安排另行通知", "李", "张三李四王五"]
)
def test_who_is_not_named_in_full_is_unclear_and_nobody(cell: str) -> None:
    assert names_in(cell).names == ()
    assert len(names_in(cell).unclear) == 1


def test_a_stand_in_beside_a_name_is_to_be_looked_at() -> None:
    named = names_in("李明（王芳代）")
    assert named.names == ("李明",)
    assert named.unclear == ("王芳代",)


def test_a_number_is_a_code_and_no_name() -> None:
    assert is_code("8")
    assert not is_code("张伟2")
