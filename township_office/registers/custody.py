# SPDX-License-Identifier: MulanPSL-2.0
"""Where each copy (份号) of a classified paper is, and what may happen to it next: pure rules.

A copy has one holder and comes back to the cabinet before it goes to the next (不得横传). What was cleared, handed over
or destroyed has left for ever (实施条例 arts. 27, 28).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from township_office.core.fields import Child, Field, Kind, Problem, Record
from township_office.core.text import t
from township_office.registers.common import GUARDED


class State(StrEnum):
    """Where a copy is."""

    IN_HAND = "in_hand"  # 在柜
    READING = "reading"  # 传阅在外
    LENT = "lent"  # 借出
    CLEARED = "cleared"  # 已清退
    TRANSFERRED = "transferred"  # 已移交
    DESTROYED = "destroyed"  # 已销毁


OUT = (State.READING, State.LENT)
GONE = (State.CLEARED, State.TRANSFERRED, State.DESTROYED)


@dataclass(frozen=True, slots=True)
class Copy:
    """One copy as it is now. since and due_on are ISO texts; made_from is the copy it was made of, "" for an original.

    steps are the ids of what happened to it, oldest first.
    """

    serial: str
    state: State
    since: str
    holder: str = ""
    due_on: str = ""
    cabinet_no: str = ""
    made_from: str = ""
    list_no: str = ""
    steps: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class CustodyStep:
    """One thing that can happen to a copy: what is asked for it, where it must be, and where it is then."""

    key: str
    form: Child
    sources: tuple[State, ...]
    target: State
    two: tuple[str, str] = ("holder", "by")  # the two names under every step: never the same person

    @property
    def title(self) -> str:
        """What the clerk calls it."""
        return self.form.title


@dataclass(frozen=True, slots=True)
class Happened:
    """A step that was taken: its id, what it was, to which copy, when (ISO), and its other values."""

    id: int
    key: str
    serial: str
    at: str
    values: Mapping[str, object] = field(default_factory=dict)


_ON = Field("at", "时间", Kind.MOMENT, required=True, default="现在", width=16)
_BY = Field("by", "经手人", Kind.NAME, required=True, max_length=20, width=8)
_APPROVER = Field("approver", "批准人", Kind.NAME, required=True, max_length=20, width=8)
_LIST_NO = Field("list_no", "清单编号", required=True, max_length=40, width=12)


def _holder(label: str, *, required: bool = True) -> Field:
    return Field("holder", label, Kind.NAME, required=required, max_length=20, width=8)


def _step(key: str, title: str, fields: Sequence[Field], sources: tuple[State, ...], target: State) -> CustodyStep:
    names = [one.name for one in fields]
    two = ("supervisor_1", "supervisor_2") if "supervisor_1" in names else ("holder", "by")
    if not set(two) <= set(names):
        two = ("approver", "by")

    def check(record: Record) -> Iterable[Problem]:
        if is_same_person(*(str(record[name] or "") for name in two)):
            yield Problem(two[1], t(f"custody.same_{two[1]}"))
        due, at = record.get("due_on"), record["at"]
        if isinstance(due, date) and due.isoformat() < str(at)[:10]:
            yield Problem("due_on", t("custody.due_too_early"))

    form = Child(f"custody_{key}", title, GUARDED, tuple(fields), check)
    return CustodyStep(key, form, sources, target, two)


STEPS: Mapping[str, CustodyStep] = {
    step.key: step
    for step in (
        _step("out", "送阅", (_holder("阅文人"), _BY, _ON), (State.IN_HAND,), State.READING),
        _step("back", "收回", (_holder("退还人", required=False), _BY, _ON), (State.READING,), State.IN_HAND),
        _step(
            "lend", "借阅",
            (_holder("借阅人"), _APPROVER, Field("due_on", "应还日期", Kind.DATE, required=True, width=10), _BY, _ON),
            (State.IN_HAND,), State.LENT,
        ),
        _step("return", "归还", (_holder("归还人", required=False), _BY, _ON), (State.LENT,), State.IN_HAND),
        _step(
            "copy", "复制",
            (_APPROVER, Field("copy_count", "复制份数", Kind.INTEGER, required=True, default="1", width=6),
             Field("copy_serial", "复制件编号", max_length=200, width=14), _BY, _ON),
            (State.IN_HAND,), State.IN_HAND,
        ),
        _step("keep", "换柜", (Field("cabinet_no", "柜号", required=True, max_length=20, width=8),
              _holder("复核人", required=False), _BY, _ON), (State.IN_HAND,), State.IN_HAND),
        _step("clear", "清退", (_LIST_NO, _holder("接收人"), _BY, _ON), (State.IN_HAND,), State.CLEARED),
        _step("transfer", "移交", (_holder("接收人"), replace(_LIST_NO, required=False), _BY, _ON),
              (State.IN_HAND,), State.TRANSFERRED),
        _step(
            "destroy", "销毁",
            (_APPROVER, Field("supervisor_1", "监销人一", Kind.NAME, required=True, max_length=20, width=8),
             Field("supervisor_2", "监销人二", Kind.NAME, required=True, max_length=20, width=8),
             Field("place", "销毁地点", required=True, max_length=60, width=14),
             replace(_LIST_NO, label="回执或清册编号", required=False), _BY, _ON),
            (State.IN_HAND,), State.DESTROYED,
        ),
    )
}  # fmt: skip


def is_same_person(one: str, other: str) -> bool:
    """Say whether two names are written for one person: 张三 and 张 三 are."""
    bare, same = ("".join(unicodedata.normalize("NFKC", name).casefold().split()) for name in (one, other))
    return bool(bare) and bare == same


def refusal(copy: Copy, step: CustodyStep) -> str:
    """Return why a step cannot be taken now, in one sentence that names the rule; "" when it can."""
    if copy.state in step.sources:
        return ""
    words = {"serial": copy.serial, "holder": copy.holder, "step": step.title}
    if copy.state in GONE:
        return t(f"custody.is_{copy.state}", **words)
    if copy.state in OUT and State.IN_HAND in step.sources:
        is_handover = step.target in OUT
        return t("custody.no_passing_on" if is_handover else f"custody.first_{copy.state}", **words)
    return t(f"custody.{step.key}_of_{copy.state}", **words)


def after(copies: dict[str, Copy], step: Happened) -> None:
    """Bring copies up to date with a step that was taken; a copy that is not there is a KeyError."""
    before, target = copies[step.serial], STEPS[step.key].target
    said = {name: str(step.values.get(name) or "") for name in ("holder", "due_on", "cabinet_no", "list_no")}
    is_here = target is State.IN_HAND
    copies[step.serial] = replace(
        before,
        state=target,
        # A day without its hour does not make the hour before it later.
        since=before.since if step.key in ("copy", "keep") else max(before.since, step.at),
        holder="" if is_here else said["holder"],
        due_on="" if is_here else said["due_on"],
        cabinet_no=said["cabinet_no"] or before.cabinet_no,
        list_no=said["list_no"],
        steps=(*before.steps, step.id),
    )
    made = step.values.get("serials")
    for serial in made if isinstance(made, list) else ():
        copies[serial] = Copy(serial, State.IN_HAND, step.at, cabinet_no=before.cabinet_no, made_from=step.serial)
