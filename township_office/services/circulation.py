# SPDX-License-Identifier: MulanPSL-2.0
"""Where the paper is: sent to one reader, back to the office, sent to the next (条例 art. 24 (五); no 横传)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from township_office.core.errors import OfficeError
from township_office.core.fields import Value
from township_office.core.gate import clean_text
from township_office.core.text import t
from township_office.registers.circulation import CIRCULATION, INSTRUCTION, READING
from township_office.registers.receipt import RECEIPT
from township_office.services import children, records, tripwire
from township_office.services.office import Office, change
from township_office.store import children as store
from township_office.store import records as store_records
from township_office.store.children import Row

_LONGEST = 2000  # of 领导批示


@dataclass(frozen=True, slots=True)
class Out:
    """One copy in somebody's hands: the handover, the paper, and the days since it went out."""

    handover: Row
    paper: Row
    days: int


def plan(office: Office, receipt_id: int, readers: Sequence[str], purpose: str, today: date) -> list[Row]:
    """传阅范围: note who shall see the paper, in this order. A name that waits already is left out."""
    with change(office, t("verb.plan")):
        _open(office, receipt_id)
        waiting = {row["reader"] for row in handovers(office, receipt_id) if row["sent_at"] is None}
        for reader in dict.fromkeys(map(clean_text, readers)):
            if reader and reader not in waiting:
                draft = {"reader": reader, "purpose": purpose or READING}
                children.add_child(office, CIRCULATION, receipt_id, draft, today)
        return handovers(office, receipt_id)


def send(office: Office, receipt_id: int, draft: Mapping[str, str], now: datetime, purpose: str = READING) -> Row:
    """送出: hand a copy to draft["reader"]; a row planned for that reader is used as it was planned.

    draft may name another purpose than that or the given one, copy_no (第几份) and sent_at. Raise OfficeError naming
    the holder when the copy is out: it must come back to the office first.
    """
    asked = {name: text for name, text in draft.items() if clean_text(text)}
    with change(office, t("verb.send")) as pen:
        paper = _open(office, receipt_id)
        rows = handovers(office, receipt_id)
        reader = clean_text(asked.get("reader", ""))
        planned = next((row for row in rows if row["sent_at"] is None and row["reader"] == reader), None)
        usual = planned or {"purpose": purpose, "copy_no": 1}
        whole = {"sent_at": f"{now:%Y-%m-%d %H:%M}"} | {name: str(usual[name]) for name in ("purpose", "copy_no")}
        record = tripwire.clean(CIRCULATION, whole | asked, now.date(), office.clerk)
        children.check_copy(CIRCULATION, paper, record)
        _check_here(rows, record)
        if planned is None:
            return store.get(pen.db, CIRCULATION, store.add(pen, CIRCULATION, receipt_id, record))
        row_id = int(str(planned["id"]))
        filled = {name: value for name, value in record.items() if value is not None}
        store.change(pen, CIRCULATION, row_id, filled, verb="send")
        return store.get(pen.db, CIRCULATION, row_id)


def send_round(office: Office, receipt_id: int, readers: Sequence[str], draft: Mapping[str, str], now: datetime) -> Row:
    """送第一人: the first of readers gets the copy now, the others wait in this order; all or nothing."""
    with change(office, t("verb.send")):
        plan(office, receipt_id, readers, draft.get("purpose", ""), now.date())
        return send(office, receipt_id, dict(draft) | {"reader": clean_text(readers[0])}, now)


def take_back(office: Office, handover_id: int, opinion: str, now: datetime, returned_at: str = "") -> Row:
    """收回: the copy is back, with what the reader wrote; a 批示 is added to the paper's 领导批示 with name and day."""
    with change(office, t("verb.take_back")) as pen:
        row = children.get_child(office, CIRCULATION, handover_id)
        if row["sent_at"] is None:
            raise OfficeError("error.not_sent_yet", reader=row["reader"])
        if not is_out(row):
            raise OfficeError("error.copy_is_here", reader=row["reader"])
        draft = {"returned_at": clean_text(returned_at) or f"{now:%Y-%m-%d %H:%M}", "opinion": opinion}
        changes = children.read_changes(CIRCULATION, row, draft, now.date(), office.clerk)
        store.change(pen, CIRCULATION, handover_id, changes, verb="take_back")
        if row["purpose"] == INSTRUCTION and changes["opinion"]:
            _note_instruction(office, row | changes, now.date())
        return store.get(pen.db, CIRCULATION, handover_id)


def pass_on(
    office: Office, handover_id: int, opinion: str, draft: Mapping[str, str], now: datetime, returned_at: str = ""
) -> Row:
    """收回并送下一人: back to the office and out again, in one step and in one transaction.

    The next reader gets it for what was planned, else for what it was out for.
    """
    with change(office, t("verb.pass_on")):
        back = take_back(office, handover_id, opinion, now, returned_at)
        kept = {"copy_no": str(back["copy_no"]), "sent_at": str(back["returned_at"])}
        return send(office, children.parent_of(back), kept | dict(draft), now, str(back["purpose"]))


def pass_round(
    office: Office, handover_id: int, opinion: str, readers: Sequence[str], now: datetime, returned_at: str = ""
) -> Row:
    """收回并送下一人: the first of readers gets the copy now, the others wait in this order; all or nothing."""
    with change(office, t("verb.pass_on")):
        sent = pass_on(office, handover_id, opinion, {"reader": readers[0]}, now, returned_at)
        plan(office, children.parent_of(sent), readers[1:], str(sent["purpose"]), now.date())
        return sent


def handovers(office: Office, receipt_id: int) -> list[Row]:
    """Return the paper's way: planned, out and back, in the order entered."""
    return store.of_parent(office.db, CIRCULATION, receipt_id)


def next_reader(rows: Sequence[Row]) -> Row | None:
    """Return the first that waits for the paper, None when nobody does."""
    return next((row for row in rows if row["sent_at"] is None), None)


def is_out(row: Mapping[str, Value]) -> bool:
    """Say whether the copy of this handover is in the reader's hands."""
    return row["sent_at"] is not None and row["returned_at"] is None


def out_now(office: Office, today: date, purpose: str, most: int) -> tuple[list[Out], int]:
    """Return the copies that are out for purpose, longest out first and at most so many, and how many there are."""
    rows = [row for row in store.all_out(office.db, CIRCULATION) if row["purpose"] == purpose]
    first = rows[:most]
    papers = store_records.get_many(office.db, RECEIPT, [children.parent_of(row) for row in first])
    return [Out(row, paper, days_out(row, today)) for row, paper in zip(first, papers, strict=True)], len(rows)


def days_out(row: Mapping[str, Value], today: date) -> int:
    """Return how many days ago the copy went out."""
    return (today - date.fromisoformat(str(row["sent_at"])[:10])).days


def _check_here(rows: Sequence[Row], record: Mapping[str, Value]) -> None:
    """Raise OfficeError naming who has the copy."""
    for row in rows:
        if is_out(row) and row["copy_no"] == record["copy_no"]:
            raise OfficeError("error.copy_is_out", reader=row["reader"], since=row["sent_at"])


def _note_instruction(office: Office, row: Mapping[str, Value], today: date) -> None:
    """Add what a leader wrote to the paper's own column, as 处理单 and the printed book show it."""
    receipt_id = int(str(row["parent_id"]))
    paper = records.get(office, RECEIPT, receipt_id)
    if paper["voided_on"] is not None:
        return  # the copy comes back all the same, and keeps the words
    day = str(row["returned_at"])[5:10]
    line = t("circulation.instruction", opinion=row["opinion"], reader=row["reader"], day=day)
    whole = "\n".join(filter(None, (str(paper["leader_instruction"] or ""), line)))
    if len(whole) > _LONGEST:
        raise OfficeError("error.instructions_full", limit=_LONGEST)
    records.correct(office, RECEIPT, receipt_id, {"leader_instruction": whole}, today, t("circulation.taken_back"))


def _open(office: Office, receipt_id: int) -> Row:
    """Return a paper that can go to readers: neither void nor returned nor filed."""
    paper = records.not_void(office, RECEIPT, receipt_id)
    children.check_circulates(paper)
    return paper
