# SPDX-License-Identifier: MulanPSL-2.0
"""Everything that belongs to one row: its way to readers, reminders, recipients, what answers it, and what comes next.

The next step is a proposal for the clerk's button. It follows 条例 arts. 24 and 25 and never forbids another step.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from township_office.core.fields import Register, Value
from township_office.registers import status
from township_office.registers.chase import CHASE
from township_office.registers.circulation import CIRCULATION, INSTRUCTION, READING
from township_office.registers.dispatch import DISPATCH
from township_office.registers.distribution import DISTRIBUTION
from township_office.registers.receipt import RECEIPT
from township_office.services import circulation, replies
from township_office.services.children import children
from township_office.services.office import Office
from township_office.services.settings import leaders
from township_office.services.standing import standing_of
from township_office.services.steps import possible_steps
from township_office.store.records import Row

FOR_READING = RECEIPT.field("handling").choices[0]  # 阅件: read and done with, no 拟办


@dataclass(frozen=True, slots=True)
class Dossier:
    """What lies behind a row; related are the 复函 of a receipt, or the one paper a dispatch answers.

    standings: those of the related, by their ids, in the office's words.
    """

    handovers: Sequence[Row] = ()
    chases: Sequence[Row] = ()
    recipients: Sequence[Row] = ()
    related: Sequence[Row] = ()
    standings: Mapping[int, status.State] = field(default_factory=dict)
    posts: Mapping[str, str] = field(default_factory=dict)  # of the office's leaders
    following: str = ""  # key of a step, or send, take_back, pass_on; "" when nothing is left to do


def dossier_of(office: Office, register: Register, row: Row, today: date) -> Dossier:
    """Gather everything that belongs to row, and the step that most likely comes next."""
    row_id = int(str(row["id"]))
    if register is RECEIPT:
        handovers = children(office, CIRCULATION, row_id)
        related = replies.replies_to(office, row)
        return Dossier(
            handovers=handovers,
            chases=children(office, CHASE, row_id),
            related=related,
            standings=_standings(office, DISPATCH, related, today),
            posts=leaders(office),
            following=following(register, row, handovers, today),
        )
    answered = list(filter(None, [replies.answered_by(office, row)]))
    return Dossier(
        recipients=children(office, DISTRIBUTION, row_id),
        related=answered,
        standings=_standings(office, RECEIPT, answered, today),
        following=following(register, row, [], today),
    )


def _standings(office: Office, register: Register, rows: Sequence[Row], today: date) -> dict[int, status.State]:
    return {int(str(row["id"])): standing_of(office, register, row, today) for row in rows}


def following(register: Register, row: Row, handovers: Sequence[Row], today: date) -> str:
    """Return what most likely comes next."""
    possible = [one.key for one in possible_steps(register, row, today)]
    if register is DISPATCH:
        order = {
            status.DRAFTING.key: "review", status.REVIEWED.key: "sign", status.SIGNED.key: "print",
            status.PRINTED.key: "release", status.DISPATCHED.key: "file",
        }  # fmt: skip
        return order.get(status.state_of(register, row, today).key, "")
    is_waited_for = circulation.next_reader(handovers) is not None
    if any(map(circulation.is_out, handovers)):
        return "pass_on" if is_waited_for else "take_back"
    if "finish" not in possible:
        return "file" if "file" in possible and row["is_for_archive"] is None else ""
    return "send" if is_waited_for else _at_the_desk(row, handovers)


def likely_purpose(paper: Mapping[str, Value], rows: Sequence[Row]) -> str:
    """Return what a paper most likely goes out for: first for 批示, then for 传阅; what is only read for 传阅."""
    is_for_reading = paper["handling"] == FOR_READING or paper["leader_instruction"] is not None
    return READING if rows or is_for_reading else INSTRUCTION


def _at_the_desk(row: Row, handovers: Sequence[Row]) -> str:
    """The paper is here and nobody waits for it: 拟办, 批示, 承办, 办结; what is only read skips the first three."""
    if row["reply_number"] is not None:
        return "finish"
    if row["handling"] == FOR_READING:
        return "finish" if handovers else "send"
    if row["leader_instruction"] is None and not handovers:
        return "propose" if row["proposed_action"] is None else "send"
    return "finish" if row["lead_dept"] or row["handler"] else "assign"
