# SPDX-License-Identifier: MulanPSL-2.0
"""归档 — from whom a document came, whose it is, and in which order items stand (DA/T 22 5.3)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from township_office.registers.archive.retention import OWN, PEER, SUBORDINATE, SUPERIOR
from township_office.registers.common import GENRES

_VILLAGE = re.compile(
    r"(?:村|社区|居|村民委员会|居民委员会|村委会|居委会|合作社|卫生院|中学|小学|幼儿园)(?:党支部|党总支)?$"
)
_HIGHER = re.compile(r"中央|国务院|省|市|州|盟|县|区|旗|厅|局|委员会|人民政府|纪委|组织部|宣传部|统战部|政法委|办公室")
_TOWN = re.compile(r"(?:乡|镇|街道|苏木)(?:人民政府|党委|政府|办事处|党政(?:综合)?办公室)?$")
_OURS = re.compile(r"本?(?:[乡镇]|街道)(?:人民政府|政府|党委|纪委|人大|党政(?:综合)?办(?:公室)?)|本(?:机关|单位)")
_COUNTY = re.compile(r".*[省市县区旗州盟](?=.)")  # 景德镇市浮梁县 before 江村乡
_SPREAD = re.compile(r"[\s“”\"'《》〈〉（）()、，,。：:·]+")
_MATTER = re.compile(rf"关于(.+)的(?:紧急|补充)?(?:{'|'.join(GENRES)})$")


def origin_of(sender: str, office: str) -> str:
    """Return where a paper came from, seen from the office; from above where it is not said by whom."""
    sender, town = _SPREAD.sub("", sender), town_of(office)
    if not sender:
        return SUPERIOR
    if _VILLAGE.search(sender):
        return SUBORDINATE
    is_ours = bool(town) and sender.removeprefix("中共").removeprefix(_county_of(town)).startswith(_own_name(town))
    if is_ours or _OURS.fullmatch(sender):
        return OWN
    if _TOWN.search(sender):
        return PEER
    return SUPERIOR if _HIGHER.search(sender) else PEER


def town_of(office: str) -> str:
    """Return an office's town: of 青山县云水镇党政综合办公室 it is 青山县云水镇; "" where its name tells none."""
    found = re.match(r"(?:.*[省市县区旗州盟])?[^省市县区旗州盟]+?(?:乡|镇|街道|苏木)", office)
    return found[0] if found else ""


def _county_of(town: str) -> str:
    found = _COUNTY.match(town)
    return found[0] if found else ""


def _own_name(town: str) -> str:
    """云水镇 of 青山县云水镇."""
    return town.removeprefix(_county_of(town))


def matter_key(title: str) -> str:
    """Return what groups documents of one matter, whoever wrote them: its 请示, 批复 and 通知 stand together."""
    found = _MATTER.search(title.strip())
    return _SPREAD.sub("", found[1] if found else title)


def arranged(items: Sequence[tuple[date | None, str]]) -> list[int]:
    """Return the places of items (日期, 题名) in the order of their 件号: by time combined with matter (DA/T 22 5.3.1).

    A matter stands where its first document stands; within it the dates decide, then the order given.
    """
    first: dict[str, date] = {}
    keys = [matter_key(title) for _, title in items]
    for key, (day, _) in zip(keys, items, strict=True):
        first[key] = min(first.get(key, date.max), day or date.max)
    order = [(first[key], key, day or date.max, at) for at, (key, (day, _)) in enumerate(zip(keys, items, strict=True))]
    return [at for *_, at in sorted(order)]


def behind(ids: Sequence[tuple[int, int | None]], order: Sequence[int]) -> list[int]:
    """Return order with the moved ones behind those they were put behind, and what was put behind these behind them.

    ids: of each place its own id (0: none) and the id it stands behind (None: not moved, 0: at the head). What stands
    behind nobody that is here keeps its place. Several behind the same one keep their order.
    """
    known = {own for own, _ in ids if own}
    followers: dict[int, list[int]] = {}
    found: list[int] = []
    for at in order:
        own, after = ids[at]
        if after is not None and after != own and after in known | {0}:
            followers.setdefault(after, []).append(at)
        else:
            found.append(at)
    whole: dict[int, None] = {}
    for start in (*followers.pop(0, []), *found, *order):  # by order: each of them behind another of them
        waiting = [start]
        while waiting:
            at = waiting.pop()
            if at not in whole:
                whole[at] = None
                waiting += reversed(followers.get(ids[at][0], []))
    return list(whole)


def issuer_of(doc_number: str, office: str, bodies: Mapping[str, str]) -> str:
    """Return 责任者 of an own document: the body the office has named for its 代字, else as the 代字 says.

    党 and 委 are the party committee, 人大 the people's congress, 政 the government; else it is the office itself.
    """
    code = re.split(r"[〔\[（(【]", doc_number, maxsplit=1)[0].strip()
    if code in bodies:
        return bodies[code]
    town = town_of(office)
    if not town or "办" in code:
        return office
    if "人大" in code:
        return f"{town}人民代表大会"
    if "党" in code or "委" in code:
        return f"中共{town}委员会"
    return f"{town}人民政府" if "政" in code else office
