# SPDX-License-Identifier: MulanPSL-2.0
"""归档 — of which year a document is, from whom it came, and in which order items stand (DA/T 22 5.2, 5.3)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from township_office.core.fields import Value
from township_office.registers.archive.retention import OWN, PEER, SUBORDINATE, SUPERIOR
from township_office.registers.common import matter_of

_VILLAGE = re.compile(
    r"(?:村|社区|居|村民委员会|居民委员会|村委会|居委会|合作社|卫生院|中学|小学|幼儿园)(?:党支部|党总支)?$"
)
_HIGHER = re.compile(r"中央|国务院|省|市|州|盟|县|区|旗|厅|局|委员会|人民政府|纪委|组织部|宣传部|统战部|政法委|办公室")
_TOWN = re.compile(r"(?:乡|镇|街道|苏木)(?:人民政府|党委|政府|办事处|党政(?:综合)?办公室)?$")
_SPREAD = re.compile(r"[\s“”\"'《》〈〉（）()、，,。：:·]+")


def filing_year(record: Mapping[str, Value]) -> int | None:
    """Return 年度: the year of 签发日期 or 成文日期, also for plans and summaries of other years; a meeting's closing
    year, business over several years the year it was completed (DA/T 22 5.2.2). None when no date is known.
    """
    for name in ("signed_on", "dated_on", "received_on"):
        day = record.get(name)
        if isinstance(day, date):
            return day.year
    return None


def origin_of(sender: str, office: str) -> str:
    """Return where a paper came from, seen from the office; in doubt from above: what is kept longer is looked at."""
    sender, town = _SPREAD.sub("", sender), _short(office)
    if not sender or (town and sender.startswith(town) and not _VILLAGE.search(sender)):
        return OWN
    if _VILLAGE.search(sender):
        return SUBORDINATE
    if _TOWN.search(sender):
        return PEER
    return SUPERIOR if _HIGHER.search(sender) else PEER


def matter_key(title: str) -> str:
    """Return what groups documents of one matter: reply, notice and report about one thing stand together."""
    return _SPREAD.sub("", matter_of(title))


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


def _short(office: str) -> str:
    """Return the office's town: 青山县云水镇党政综合办公室 is 青山县云水镇."""
    found = re.match(r".*?(?:乡|镇|街道|苏木)", office)
    return found[0] if found else ""


def behind(ids: Sequence[tuple[int, int | None]], order: Sequence[int]) -> list[int]:
    """Return order with the moved ones behind those they were put behind.

    ids: of each place its own id (0: none) and the id it stands behind (None: not moved, 0: at the head). What stands
    behind nobody that is here keeps its place.
    """
    known = {own for own, _ in ids if own}
    moved = {at for at, (own, after) in enumerate(ids) if after is not None and after != own and after in known | {0}}
    found = [at for at in order if at not in moved]
    waiting = [at for at in order if at in moved]
    while waiting:
        left = []
        for at in waiting:
            after = ids[at][1]
            place = 0 if after == 0 else next((p + 1 for p, one in enumerate(found) if ids[one][0] == after), -1)
            if place < 0:
                left.append(at)
            else:
                found.insert(place, at)
        if len(left) == len(waiting):  # each behind another of them
            return [*found, *left]
        waiting = left
    return found


def issuer_of(doc_number: str, office: str, bodies: Mapping[str, str]) -> str:
    """Return 责任者 of an own document: the body the office has named for its 代字, else as the 代字 says.

    党 and 委 are the party committee, 人大 the people's congress, 政 the government; else it is the office itself.
    """
    code = re.split(r"[〔\[（(【]", doc_number, maxsplit=1)[0].strip()
    if code in bodies:
        return bodies[code]
    town = _short(office)
    if not town or "办" in code:
        return office
    if "人大" in code:
        return f"{town}人民代表大会"
    if "党" in code or "委" in code:
        return f"中共{town}委员会"
    return f"{town}人民政府" if "政" in code else office
