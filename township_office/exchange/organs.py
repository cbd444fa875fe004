# SPDX-License-Identifier: MulanPSL-2.0
"""Short names of organs as clerks write them (省府办, 市政府), and the full name the paper's own title gives."""

from __future__ import annotations

import re

_LEVELS = frozenset("省市县区州盟旗镇乡")
_KNOWN = {"国办": "国务院办公厅", "中办": "中共中央办公厅", "国办发": "国务院办公厅"}
_SHORTER = (
    ("人民政府", "府"),
    ("政府", "府"),
    ("办公厅", "办"),
    ("办公室", "办"),
    ("委员会", "委"),
    ("人民代表大会", "人大"),
)
_VERB = re.compile("关于|印发|转发|批转|延长|发布|公布|对|在")
_ORGAN = re.compile(r"[\u4e00-\u9fff]{3,30}(?:府|厅|室|院|会|局|委|部|大)")
_LONGEST_SHORT = 9


def is_short(name: str) -> bool:
    """Say whether name is a short name that a title may spell out."""
    return len(name) <= _LONGEST_SHORT and (name[:1] in _LEVELS or name in _KNOWN)


def full_name(name: str, title: str) -> str:
    """Return the full name of the organ that name stands for, when title begins with just that organ; else "".

    省府办 + 广东省人民政府办公厅关于… → 广东省人民政府办公厅; 县政府 + 某县人民政府办公室关于… → "" (another organ).
    """
    if not is_short(name):
        return ""
    verb = _VERB.search(title, 2)
    organ = title[: verb.start()] if verb else ""
    if not _ORGAN.fullmatch(organ) or len(organ) <= len(name):
        return ""
    if _KNOWN.get(name) == organ:
        return organ
    short = _shorten(name)
    return organ if name[:1] in _LEVELS and len(short) > 1 and _shorten(organ).endswith(short) else ""


def _shorten(name: str) -> str:
    for long, short in _SHORTER:
        name = name.replace(long, short)
    return name
