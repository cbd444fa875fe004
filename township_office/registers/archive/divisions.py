# SPDX-License-Identifier: MulanPSL-2.0
"""机构 and 问题 that townships usually have, as proposals: which there are, and their codes, the office decides.

A code is of capitals, digits or Chinese (DA/T 13-2022); these are the first letters of the pinyin.
"""

from __future__ import annotations

USUAL_ORGS = (
    ("BGS", "党政综合办公室"), ("DW", "党委"), ("RD", "人大"), ("ZF", "政府"), ("JW", "纪委"), ("DJ", "党建工作办公室"),
    ("JJ", "经济发展办公室"), ("SH", "社会事务办公室"), ("PA", "平安法治办公室"), ("NY", "农业农村办公室"),
    ("WZ", "人民武装部"), ("GH", "工会"), ("TW", "团委"), ("FL", "妇联"),
)  # fmt: skip
USUAL_SUBJECTS = (
    ("ZH", "综合"), ("DQ", "党群"), ("XZ", "行政"), ("NJ", "农经"), ("MZ", "民政"), ("XF", "信访"), ("HJ", "换届"),
    ("ZC", "资产"), ("DA", "档案"),
)  # fmt: skip
