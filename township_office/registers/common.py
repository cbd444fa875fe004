# SPDX-License-Identifier: MulanPSL-2.0
"""Lists that several books share, in the words of the 公文处理条例."""

from __future__ import annotations

# State-secret levels are not on this list: such a document is refused here and belongs in 涉密 (保密法 art. 31).
SECRECY_LEVELS = ("普通", "内部", "工作秘密")

# 条例 art. 9: documents know 特急 and 加急; telegrams 特提, 特急, 加急, 平急.
URGENCY = ("平件", "加急", "特急", "平急", "特提")
VERY_URGENT = ("特急", "特提")

# 条例 art. 8, the fifteen genres, the township's common ones first.
GENRES = (
    "通知", "报告", "请示", "函", "意见", "决定", "批复", "通报", "纪要",
    "通告", "公告", "决议", "命令", "公报", "议案",
)  # fmt: skip

OPENNESS = ("主动公开", "依申请公开", "不予公开")
