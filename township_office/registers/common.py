# SPDX-License-Identifier: MulanPSL-2.0
"""Lists that several books share, in the words of the 公文处理条例."""

from __future__ import annotations

import re
from itertools import takewhile

GUARDED = "confidential"  # the register that is kept sealed: its name
# State-secret levels are not on this list: such a document is refused here and belongs in 涉密 (保密法 art. 31).
WORK_SECRET = "工作秘密"  # no state secret, but its words stay in the office (保密法 art. 64)
SECRECY_LEVELS = ("普通", "内部", WORK_SECRET)

# 条例 art. 9: documents know 特急 and 加急; telegrams 特提, 特急, 加急, 平急.
URGENCY = ("平件", "加急", "特急", "平急", "特提")
VERY_URGENT = ("特急", "特提")

# 条例 art. 8, the fifteen genres, the township's common ones first.
GENRES = (
    "通知", "报告", "请示", "函", "意见", "决定", "批复", "通报", "纪要",
    "通告", "公告", "决议", "命令", "公报", "议案",
)  # fmt: skip

_PLACES = "省市州盟县区旗镇乡"
_AROUND = re.compile(rf"^关于(.+?)的(?:紧急|补充)?(?:{'|'.join(GENRES)})$")

OPENNESS = ("主动公开", "依申请公开", "不予公开")


def matter_of(title: str) -> str:
    """Return what a title is about, for a line too short for all of it: 关于报送预算的通知 → 报送预算."""
    found = _AROUND.match(title)
    return found[1] if found else title


def near_name(organ: str, office: str) -> str:
    """Return an organ's name as its neighbours say it: to 青山县云水镇党政综合办公室, 青山县财政局 is 县财政局."""
    shared = len(list(takewhile(lambda pair: pair[0] == pair[1], zip(organ, office, strict=False))))
    return organ[shared - 1 :] if shared > 1 and organ[shared - 1] in _PLACES else organ
