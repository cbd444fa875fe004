# SPDX-License-Identifier: MulanPSL-2.0
"""The fields of a register by the stage of the work they belong to, as a form groups them (条例 arts. 24, 25, 27)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from township_office.core.fields import Field, Register


@dataclass(frozen=True, slots=True)
class Stage:
    """Fields that are filled in together. when: it matters only where one of these fields says this word."""

    title: str
    fields: tuple[str, ...]
    when: tuple[tuple[str, str], ...] = ()


STAGES: Mapping[str, tuple[Stage, ...]] = {
    "receipt": (
        Stage("会议", ("meeting_at", "meeting_place", "attendees"), (("handling", "会议"), ("category", "会议通知"))),
        Stage("来文", ("received_on", "received_at", "receiver", "sender", "doc_number", "dated_on", "title",
                     "copy_count", "attachment_count", "urgency", "secrecy_level", "channel", "category",
                     "handling", "remarks")),
        Stage("拟办与批示", ("proposed_action", "proposer", "proposed_on", "leader_instruction")),
        Stage("承办与办结", ("lead_dept", "handler", "due_on", "co_dept", "destination", "is_supervised",
                        "completed_on", "reply_number", "result", "returned_on", "return_reason")),
        Stage("归档", ("is_for_archive", "filed_on", "volume_number")),
    ),
    "dispatch": (
        Stage("拟稿与核稿", ("genre", "title", "main_recipient", "cc_recipient", "drafter", "drafting_dept",
                        "drafted_on", "draft_reviewer", "reviewed_on", "cosigners", "reply_to", "copy_count",
                        "attachment_count", "urgency", "secrecy_level", "openness", "is_normative", "remarks")),
        Stage("签发", ("signed_on", "signer")),
        Stage("印制与发出", ("reviewer", "proofreader", "printed_on", "sealed_on", "distributor", "dispatched_on",
                        "receiver")),
        Stage("归档", ("archive_copies", "is_for_archive", "filed_on", "volume_number")),
    ),
}  # fmt: skip


def by_stage(register: Register, fields: Sequence[Field]) -> list[tuple[Stage, list[Field]]]:
    """Return fields under their stages, in the order of the work; stages without any are left out."""
    names = {field.name for field in fields}
    found = (
        (stage, [register.field(name) for name in stage.fields if name in names]) for stage in STAGES[register.name]
    )
    return [(stage, inside) for stage, inside in found if inside]
