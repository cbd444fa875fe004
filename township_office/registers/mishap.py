# SPDX-License-Identifier: MulanPSL-2.0
"""误录处置: what is done when content of a state secret was typed into this PC, in its order.

Deleting does not cure it: the pages of the data file, its journal, backups and sticks keep what was typed. The office
reports within 24 hours (保密法实施条例 art. 61); what becomes of the PC is decided by those it reports to.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

REPORT_WITHIN = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Measure:
    """One thing to do, and what must be known about it."""

    key: str
    do: str
    note: str


MEASURES: tuple[Measure, ...] = (
    Measure("stop", "立即停下，不再打开、修改、打印", "误录的内容不要再抄写、转述到任何地方；这里只记时间和做了什么。"),
    Measure("keep", "不要自行删除", "删除清不干净：数据文件、备份和U盘里都可能还有，删了还会妨碍核查。"),
    Measure("unplug", "断网，拔下U盘和移动硬盘", "拔网线、关无线；拔下的盘和备份盘集中放好，有人看管。"),
    Measure("hold", "不关机、不复制、不拍照，有人守在机旁", "屏幕上有误录内容的，把屏幕关掉或遮住，不让无关人员看到。"),
    Measure("call", "报告保密员和分管领导", "由保密员牵头，知道的人越少越好。"),
    Measure("report", "24小时内报告县保密行政管理部门和上级机关", "保密法实施条例第六十一条。先打电话，再书面报告。"),
    Measure("wait", "等候处理，按要求配合", "本机、U盘和备份怎样处理，由保密行政管理部门决定，不自行处理，不送修。"),
)
