# SPDX-License-Identifier: MulanPSL-2.0
"""A clerk who works through a year at random, and now and then tries what must not be. The same seed, the same year."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

from tests.services import importing
from township_office.core.errors import OfficeError
from township_office.core.fields import Register
from township_office.registers.chase import CHASE
from township_office.registers.circulation import INSTRUCTION, READING
from township_office.registers.dispatch import DISPATCH
from township_office.registers.distribution import DISTRIBUTION
from township_office.registers.receipt import RECEIPT
from township_office.registers.status import state_of
from township_office.services import children, circulation, numbers, records, sheets, steps, undoing
from township_office.services.office import Office
from township_office.store.records import Row

READERS = ("孙志强", "何文斌", "刘敏", "赵国平", "周立新", "陈海")
DEPARTMENTS = ("党政综合办公室", "经济发展办公室", "社会事务办公室")
SERIES = ("政府文件", "政府文件", "党委文件", "政府函件", "会议纪要")
ENDS = {"receipt": ("filed", "returned"), "dispatch": ("filed",)}
Verb = Callable[[], object]


class Clerk:
    """Takes papers in hand one after the other, each a step further at a time, in no order."""

    def __init__(self, office: Office, seed: int, folder: Path) -> None:
        self.office, self.folder = office, folder
        self.chance = random.Random(seed)
        self.today = date(2026, 1, 5)
        self.minutes = 8 * 60
        self.in_hand: dict[str, set[int]] = {"receipt": set(), "dispatch": set()}
        self.given: dict[tuple[str, str], int] = {}  # which row holds a number
        self.let_go: set[tuple[str, str, int]] = set()  # (register, series, sequence) that may be missing
        self.done: Counter[str] = Counter()
        self.refused: Counter[str] = Counter()
        self.ended: Counter[str] = Counter()
        self.batches: list[int] = []
        self.papers = 0

    # ---- a moment of the year ----

    def act(self) -> None:
        """Do one thing; what the books refuse is counted."""
        self._time_passes()
        lot = self.chance.random()
        if lot < 0.03:
            self._try("undo", self._undo)
            if self.chance.random() < 0.5:
                self._try("redo", self._redo)
        elif lot < 0.04:
            self._try("reserve", self._reserve)
        elif lot < 0.048:
            self._try("release", self._release)
        elif lot < 0.14:
            self._try("wrong", self.chance.choice(self._wrongs()))
        elif lot < 0.15:
            self._try("take a kept number", self._take_kept)
        else:
            register = RECEIPT if self.chance.random() < 0.72 else DISPATCH
            if len(self.in_hand[register.name]) < 25:
                self._try("register", lambda: self._register(register))
            else:
                self._go_on(register)

    def _time_passes(self) -> None:
        self.minutes += 1
        if self.minutes >= 18 * 60 or self.chance.random() < 0.02:
            self.today += timedelta(1)
            self.minutes = 8 * 60

    @property
    def now(self) -> datetime:
        return datetime.combine(self.today, datetime.min.time()) + timedelta(minutes=self.minutes)

    def _try(self, name: str, verb: Verb) -> None:
        try:
            verb()
        except OfficeError as error:
            self.refused[error.key] += 1
        else:
            self.done[name] += 1

    def _took(self, register: Register, row: Row) -> None:
        """A row may have a number now: nobody else may hold it."""
        if row["number"] is not None and row["sequence"] is not None:
            key = register.name, str(row["number"])
            assert self.given.setdefault(key, int(str(row["id"]))) == row["id"], f"{key} twice"

    # ---- registering ----

    def _register(self, register: Register, **more: str) -> None:
        self.papers += 1
        day = self.today - timedelta(self.chance.choice((0, 0, 0, 1, 5)))
        due = day + timedelta(self.chance.randrange(3, 30))
        title = f"关于第{self.papers}项工作的{self.chance.choice(('通知', '意见', '函'))}"
        if register is RECEIPT:
            draft = {
                "received_on": day.isoformat(), "sender": self.chance.choice(("青山县财政局", "青山县水务局")),
                "title": title, "copy_count": str(self.chance.choice((1, 1, 2, 3))),
                "due_on": due.isoformat() if self.chance.random() < 0.5 else "",
            }  # fmt: skip
        else:
            draft = {"title": title, "series": self.chance.choice(SERIES), "drafter": self.chance.choice(READERS)}
            if self.chance.random() < 0.2:
                draft |= {"signed_on": day.isoformat(), "signer": self.chance.choice(READERS)}
        row = records.register_document(self.office, register, draft | more, self.today)
        self.in_hand[register.name].add(int(str(row["id"])))
        self._took(register, row)

    def _kept(self) -> list[numbers.Reservation]:
        series = numbers.pick_series(self.office, RECEIPT, "收文")
        return numbers.reservations(self.office, RECEIPT, series, 2026)

    def _take_kept(self) -> None:
        if kept := self._kept():
            self._register(RECEIPT, number=str(self.chance.choice(kept).sequence))

    def _reserve(self) -> None:
        coming = numbers.next_number(self.office, RECEIPT, {}, self.today).sequence
        words = {"name": self.chance.choice(("防汛会议", "人大办")), "reason": ""}
        numbers.reserve(self.office, RECEIPT, "收文", coming + self.chance.randrange(3), words, self.today)

    def _release(self) -> None:
        if kept := self._kept():
            one = self.chance.choice(kept)
            numbers.release(self.office, one.id, self.today, "不用了")
            self.let_go.add(("receipt", "收文", one.sequence))

    # ---- undoing ----

    def _undo(self) -> None:
        for _ in range(self.chance.randrange(1, 4)):
            deed = undoing.undo(self.office, self.today)
            self.done["deeds undone"] += 1
            if deed.register:
                held = records.get(self.office, RECEIPT if deed.register == "receipt" else DISPATCH, deed.row_id)
                if held["sequence"] is None:
                    self.given = {
                        key: row for key, row in self.given.items() if (key[0], row) != (deed.register, deed.row_id)
                    }

    def _redo(self) -> None:
        while undoing.to_redo(self.office) and self.chance.random() < 0.8:
            deed = undoing.redo(self.office, self.today)
            self.done["deeds redone"] += 1
            if deed.register:
                register = RECEIPT if deed.register == "receipt" else DISPATCH
                self.in_hand[deed.register].add(deed.row_id)
                self._took(register, records.get(self.office, register, deed.row_id))

    # ---- a paper goes on ----

    def _go_on(self, register: Register) -> None:
        row_id = self.chance.choice(sorted(self.in_hand[register.name]))
        row = records.get(self.office, register, row_id)
        standing = state_of(register, row, self.today).key
        if row["entry"] == "revoked" or standing in (*ENDS[register.name], "voided"):
            self.in_hand[register.name].discard(row_id)
            return
        if self.chance.random() < 0.008:
            self._try("void", lambda: records.void(self.office, register, row_id, "重复登记", self.today))
        elif self.chance.random() < 0.06:
            changes = {"remarks": f"补记{self.papers}", "title": f"{row['title']}（{self.papers}）"[:60]}
            why = self.chance.choice(("", "核对后更正"))
            self._try("correct", lambda: records.correct(self.office, register, row_id, changes, self.today, why))
        elif self.chance.random() < 0.05:
            key = self.chance.choice(steps.STEPS[register.name]).key
            self._try(f"any {key}", lambda: self._step(register, row_id, key))
        elif register is RECEIPT:
            self._receipt_goes_on(row_id, row, standing)
        else:
            self._dispatch_goes_on(row_id, standing)

    def _step(self, register: Register, row_id: int, key: str) -> None:
        one = steps.step(register.name, key)
        draft = steps.draft_of(register, records.get(self.office, register, row_id), one)
        texts = {
            "return_reason": "主送有误", "proposed_action": "拟请领导阅示", "proposer": "王春燕",
            "leader_instruction": "请抓紧办理", "lead_dept": self.chance.choice(DEPARTMENTS), "result": "已落实",
            "reply_number": f"云政函〔2026〕{self.papers}号", "draft_reviewer": "刘敏", "signer": "孙志强",
            "copy_count": "12", "volume_number": "2026-12", "filed_on": "今天",
        }  # fmt: skip
        filled = {name: text or texts.get(name, "") for name, text in draft.items()}
        self._took(register, steps.take_step(self.office, register, row_id, key, filled, self.today))

    def _receipt_goes_on(self, row_id: int, row: Row, standing: str) -> None:
        way = circulation.handovers(self.office, row_id)
        out = [one for one in way if circulation.is_out(one)]
        waiting = circulation.next_reader(way)
        reader = self.chance.choice(READERS)
        lot = self.chance.random()
        if standing in ("completed", "replied"):
            self._try("file", lambda: self._step(RECEIPT, row_id, "file"))
        elif out and lot < 0.15 and row["copy_count"] != 1:
            draft = {"reader": reader, "copy_no": str(self.chance.randrange(1, 4))}
            self._try("send a copy", lambda: circulation.send(self.office, row_id, draft, self.now))
        elif out:
            one = self.chance.choice(out)
            handover, words = int(str(one["id"])), self.chance.choice(("", "已阅", "请经发办办理"))
            if lot < 0.5 and waiting:
                then = {"reader": str(waiting["reader"]), "purpose": READING}
                self._try("pass on", lambda: circulation.pass_on(self.office, handover, words, then, self.now))
            else:
                self._try("take back", lambda: circulation.take_back(self.office, handover, words, self.now))
        elif row["proposed_action"] is None:
            key = "return_to_sender" if lot < 0.06 else "propose"
            self._try(key, lambda: self._step(RECEIPT, row_id, key))
        elif not way:
            draft = {"reader": reader, "purpose": INSTRUCTION}
            self._try("send for instruction", lambda: circulation.send(self.office, row_id, draft, self.now))
        elif waiting:
            draft = {"reader": str(waiting["reader"]), "purpose": READING}
            self._try("send", lambda: circulation.send(self.office, row_id, draft, self.now))
        elif row["lead_dept"] is None:
            self._try("assign", lambda: self._step(RECEIPT, row_id, "assign"))
        elif len(way) < 3 and lot < 0.5:
            names = self.chance.sample(READERS, 2)
            self._try("plan", lambda: circulation.plan(self.office, row_id, names, "", self.today))
        elif lot < 0.65:
            draft = {"chased": reader, "chased_at": f"{self.now:%Y-%m-%d %H:%M}"}
            self._try("chase", lambda: children.add_child(self.office, CHASE, row_id, draft, self.today))
        else:
            key = "finish" if lot < 0.9 else "reply"
            self._try(key, lambda: self._step(RECEIPT, row_id, key))

    def _dispatch_goes_on(self, row_id: int, standing: str) -> None:
        key = {"drafting": "review", "reviewed": "sign", "signed": "print", "dispatched": "file"}.get(standing)
        sent = children.children(self.office, DISTRIBUTION, row_id)
        if standing == "printed" and len(sent) < 2:
            draft = {"unit": self.chance.choice(DEPARTMENTS), "sent_at": f"{self.now:%Y-%m-%d %H:%M}"}
            self._try("distribute", lambda: children.add_child(self.office, DISTRIBUTION, row_id, draft, self.today))
        elif standing == "printed" and self.chance.random() < 0.4:
            one = int(str(self.chance.choice(sent)["id"]))
            signed = {"receiver": "李向东", "received_at": f"{self.now:%Y-%m-%d %H:%M}"}
            self._try(
                "sign for", lambda: children.correct_child(self.office, DISTRIBUTION, one, signed, self.today, "补填")
            )
        else:
            key = key or self.chance.choice(("seal", "release", "release"))
            self._try(key, lambda: self._step(DISPATCH, row_id, key))

    # ---- what must be refused ----

    def _wrongs(self) -> list[Verb]:
        office, today = self.office, self.today
        row_id = self.chance.choice([99_999, *sorted(self.in_hand["receipt"])])
        draft = self.chance.choice([99_999, *sorted(self.in_hand["dispatch"])])
        coming = numbers.next_number(office, RECEIPT, {}, today).sequence
        used = self.chance.choice([number for name, number in self.given if name == "receipt"] or ["没有号"])
        return [
            lambda: self._register(RECEIPT, title=""),
            lambda: self._register(RECEIPT, due_on="昨年"),
            lambda: self._register(RECEIPT, number=str(coming + 7)),
            lambda: self._register(RECEIPT, number=used),
            lambda: self._register(DISPATCH, printed_on="今天", signed_on=""),
            lambda: records.void(office, RECEIPT, row_id, "", today),
            lambda: records.correct(office, RECEIPT, row_id, {"completed_on": "2019-01-01"}, today),
            lambda: circulation.send(office, row_id, {"reader": "刘敏", "copy_no": "9"}, self.now),
            lambda: circulation.send(office, row_id, {"reader": ""}, self.now),
            lambda: steps.take_step(office, DISPATCH, draft, "sign", {"signer": ""}, today),
            lambda: records.void(office, DISPATCH, 99_999, "重复登记", today),
            lambda: children.void_child(office, CHASE, 99_999, "错", today),
            lambda: children.add_child(office, CHASE, row_id, {"chased": ""}, today),
            lambda: numbers.reserve(office, RECEIPT, "收文", coming + 900, {"name": "甲"}, today),
            lambda: numbers.release(office, 99_999, today, ""),
        ]

    # ---- other people's sheets ----

    def take_in(self) -> None:
        """Import a ledger: old papers, two that go on from our numbers, and one whose number is taken.

        What was registered just before has numbers behind it now, unless the import is revoked.
        """
        self._register(RECEIPT)
        coming = numbers.next_number(self.office, RECEIPT, {}, self.today).sequence
        old = [f"2025-{10 * len(self.batches) + place:04d}" for place in range(1, 6)]
        path = self.folder / f"旧{len(self.batches)}.xlsx"
        ours = importing.receipts([f"2026-{n:04d}" for n in (coming, coming + 1, 1)], 2026, first=len(self.batches) * 9)
        importing.book(path, 去年=importing.receipts(old), 今年=ours)
        batch = importing.take_in(self.office, RECEIPT, path)
        self.batches.append(batch.id)
        if len(self.batches) % 3 == 0:
            sheets.revoke_batch(self.office, RECEIPT, batch.id, "导错了", self.today)
            self.let_go |= {("receipt", "收文", coming), ("receipt", "收文", coming + 1)}
        self._try("undo", self._undo)
