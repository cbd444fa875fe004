# SPDX-License-Identifier: MulanPSL-2.0
"""复函: an outgoing document that answers an incoming one. They know each other by 收文编号 (条例 art. 24 (七))."""

from __future__ import annotations

import re

from township_office.core.fields import Register
from township_office.core.text import t
from township_office.registers.dispatch import DISPATCH
from township_office.registers.receipt import RECEIPT
from township_office.services import numbers
from township_office.services.office import Office
from township_office.store import records as store
from township_office.store.changelog import Pen
from township_office.store.database import Database
from township_office.store.records import Row

_MOST = 20  # replies to one paper
_BEGINS, _ENDS, _REPLY = "关于", "的复函", "函"
_ABOUT = re.compile(r"^.*?(?=关于)")  # the organ in front of 关于
_GENRE = re.compile(r"的?(?:紧急|补充)?(?:通知|函|请示|报告|通报|意见|决定|通告|公告)$")


def draft_of_reply(office: Office, receipt: Row) -> dict[str, str]:
    """Return what a 复函 to this paper says at first: a draft, not signed, that names the paper it answers."""
    every = numbers.all_series(office, DISPATCH)
    series = next((one for one in every if _REPLY in one.name or _REPLY in one.code), every[0])
    matter = _GENRE.sub("", _ABOUT.sub("", str(receipt["title"] or "")))
    return {
        "series": series.name,
        "genre": _REPLY,
        "main_recipient": str(receipt["sender"] or ""),
        "title": f"{_BEGINS}{matter.removeprefix(_BEGINS)}{_ENDS}",
        "reply_to": str(receipt["number"] or ""),
        DISPATCH.dated_by: "",
    }


def replies_to(office: Office, receipt: Row) -> list[Row]:
    """Return the outgoing documents that answer this paper and are not void, newest first."""
    if receipt["number"] is None:
        return []
    found = store.ids_where(office.db, DISPATCH, "reply_to = ? AND voided_on IS NULL", [str(receipt["number"])], _MOST)
    return store.get_many(office.db, DISPATCH, found)


def answered_by(office: Office, row: Row) -> Row | None:
    """Return the paper a row answers; None when it answers none, or the number it names stands for several."""
    return _receipt(office.db, row)


def note_number(pen: Pen, register: Register, row: Row) -> None:
    """Put the number of a document into the paper it answers, if that has no 复文号 yet. Inside the same change."""
    if register is not DISPATCH or row["number"] is None or row["entry"] == "imported":
        return
    receipt = _receipt(pen.db, row)
    if receipt is not None and receipt["voided_on"] is None and receipt["reply_number"] is None:
        why = t("way.reply_noted", number=row["number"])
        changes = {"reply_number": row["number"]}
        store.change(pen, RECEIPT, int(str(receipt["id"])), changes, verb="change", why=why)


def forget_number(pen: Pen, register: Register, row: Row) -> None:
    """Take a document's number out of the paper it answered: it is void now, or answers another. As note_number."""
    receipt = _receipt(pen.db, row) if register is DISPATCH and row["number"] is not None else None
    if receipt is not None and receipt["voided_on"] is None and receipt["reply_number"] == row["number"]:
        why = t("way.reply_forgotten", number=row["number"])
        store.change(pen, RECEIPT, int(str(receipt["id"])), {"reply_number": None}, verb="change", why=why)


def _receipt(db: Database, row: Row) -> Row | None:
    if row.get("reply_to") is None:
        return None
    found = store.ids_with_number(db, RECEIPT, str(row["reply_to"]))
    return store.get(db, RECEIPT, found[0]) if len(found) == 1 else None
