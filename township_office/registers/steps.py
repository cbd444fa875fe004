# SPDX-License-Identifier: MulanPSL-2.0
"""What happens to a document one after the other, as far as the book holds it (条例 arts. 24 and 25).

A step is a few fields of the row, filled in together. The paper's way to readers and back is no step: see circulation.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from township_office.registers import status


@dataclass(frozen=True, slots=True)
class Step:
    """One step: the fields it fills, those that must be filled, and the standings it can be taken from."""

    key: str
    fields: tuple[str, ...]
    required: tuple[str, ...]
    standings: tuple[str, ...]  # keys of registers.status
    defaults: tuple[tuple[str, str], ...] = ()  # what a draft of it says at first, in the words a clerk would type


_AT_WORK = (status.OPEN.key, status.OVERDUE.key, status.INSTRUCTING.key, status.CIRCULATING.key)
_ENDED = (status.COMPLETED.key, status.REPLIED.key)
_UNSIGNED = (status.DRAFTING.key, status.REVIEWED.key)
_LENT = (status.OUT.key, status.OVERDUE.key)
_SIGNED = (status.SIGNED.key, status.PRINTED.key)

STEPS: Mapping[str, tuple[Step, ...]] = {
    "receipt": (
        Step("return_to_sender", ("returned_on", "return_reason"), ("returned_on", "return_reason"), _AT_WORK,
             (("returned_on", "今天"),)),
        Step("propose", ("proposed_action", "proposer", "proposed_on"), ("proposed_action",), _AT_WORK,
             (("proposed_on", "今天"),)),
        Step("instruct", ("leader_instruction",), ("leader_instruction",), _AT_WORK),
        Step("assign", ("lead_dept", "co_dept", "handler", "due_on"), (), _AT_WORK),
        Step("supervise", ("is_supervised", "due_on"), ("is_supervised",), _AT_WORK, (("is_supervised", "是"),)),
        Step("finish", ("completed_on", "result"), ("completed_on",), _AT_WORK, (("completed_on", "今天"),)),
        Step("reply", ("reply_number", "completed_on", "result"), ("reply_number",), (*_AT_WORK, *_ENDED),
             (("completed_on", "今天"),)),
        Step("file", ("is_for_archive", "filed_on", "volume_number"), ("is_for_archive",), _ENDED,
             (("is_for_archive", "是"),)),
    ),
    "dispatch": (
        Step("review", ("draft_reviewer", "reviewed_on", "cosigners"), ("reviewed_on",), _UNSIGNED,
             (("reviewed_on", "今天"),)),
        Step("sign", ("signer", "signed_on"), ("signer", "signed_on"), _UNSIGNED, (("signed_on", "今天"),)),
        Step("print", ("reviewer", "proofreader", "copy_count", "printed_on"), ("printed_on",), _SIGNED,
             (("printed_on", "今天"),)),
        Step("seal", ("sealed_on",), ("sealed_on",), _SIGNED, (("sealed_on", "今天"),)),
        Step("release", ("distributor", "dispatched_on"), ("dispatched_on",), _SIGNED, (("dispatched_on", "今天"),)),
        Step("file", ("is_for_archive", "filed_on", "volume_number"), ("is_for_archive",), (status.DISPATCHED.key,),
             (("is_for_archive", "是"),)),
    ),
    "access_log": (
        Step("give_back", ("returned_on", "is_intact", "effect"), ("returned_on",), _LENT,
             (("returned_on", "今天"), ("is_intact", "是"))),
    ),
    "stack_in_out": (
        Step("give_back", ("returned_on",), ("returned_on",), (status.OUT.key,), (("returned_on", "今天"),)),
    ),
    "climate_log": (),
    "stack_check": (
        Step("handle", ("handling", "handled_on"), ("handling", "handled_on"), (status.FAULTY.key,),
             (("handled_on", "今天"),)),
    ),
    "duty_log": (
        Step("hand_over", ("title", "open_items", "handed_by", "taken_by", "handed_at"),
             ("title", "handed_by", "taken_by", "handed_at"), (status.ON_DUTY.key, status.TO_HAND_OVER.key),
             (("handed_at", "现在"),)),
    ),
    "duty_event": (),
}  # fmt: skip


def step(register_name: str, key: str) -> Step:
    """Return the step called key; a wrong name is a programming error (KeyError)."""
    for one in STEPS[register_name]:
        if one.key == key:
            return one
    raise KeyError(key)
