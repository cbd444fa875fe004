# SPDX-License-Identifier: MulanPSL-2.0
"""Custody against a plain model: whatever is called in whatever order, no copy has two holders and none is lost."""

from __future__ import annotations

import itertools
import tempfile
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from township_office.core.errors import OfficeError
from township_office.core.recovery import code_of
from township_office.registers.confidential import REASONS
from township_office.registers.custody import GONE, OUT, STEPS, Copy, State, refusal
from township_office.services import checking
from township_office.services.guarded import confidential, custody, vault
from township_office.services.office import change, close_office, create_office
from township_office.store import sealed

MORNING = datetime(2026, 11, 20, 8)
ROOT = bytes(range(16))
PEOPLE = ("孙志强", "何文斌", "赵文静")
# Where each step may begin, as the law's custom has it; where it leads. Written here a second time on purpose.
MAY = {
    "out": ({"in_hand"}, "reading"),
    "back": ({"reading"}, "in_hand"),
    "lend": ({"in_hand"}, "lent"),
    "return": ({"lent"}, "in_hand"),
    "copy": ({"in_hand"}, "in_hand"),
    "keep": ({"in_hand"}, "in_hand"),
    "clear": ({"in_hand"}, "cleared"),
    "transfer": ({"in_hand"}, "transferred"),
    "destroy": ({"in_hand"}, "destroyed"),
}
WORDS = {
    "out": {"holder": "孙志强"},
    "back": {},
    "lend": {"holder": "孙志强", "approver": "何文斌", "due_on": "2026-12-20"},
    "return": {},
    "copy": {"approver": "何文斌"},
    "keep": {"cabinet_no": "乙1"},
    "clear": {"list_no": "清2026-1", "holder": "县保密局"},
    "transfer": {"holder": "李向东"},
    "destroy": {"approver": "何文斌", "supervisor_1": "孙志强", "supervisor_2": "李向东", "place": "县销毁中心"},
}


# ---- every state and every step ----


def test_the_table_of_steps_is_the_laws():
    assert {key: ({str(one) for one in step.sources}, str(step.target)) for key, step in STEPS.items()} == MAY
    assert {*OUT, *GONE, State.IN_HAND} == set(State)


@pytest.mark.parametrize(("state", "key"), list(itertools.product(State, STEPS)))
def test_a_step_is_allowed_or_refused_with_the_rule(state: State, key: str):
    copy = Copy("000101", state, "2026-11-20", holder="" if state is State.IN_HAND else "孙志强")
    why = refusal(copy, STEPS[key])
    if state in MAY[key][0]:
        assert why == ""
        return
    assert why.startswith("000101 ")
    assert why.endswith("。")
    assert "{" not in why
    if state in GONE:
        assert "不能再" in why
    if state in OUT and key in ("out", "lend"):
        assert "不得横传" in why
        assert "孙志强" in why


@pytest.mark.parametrize("key", STEPS)
def test_every_step_has_two_names(key: str):
    step = STEPS[key]
    names = [one.name for one in step.form.fields]
    assert set(step.two) <= set(names)
    assert step.two[0] != step.two[1]


# ---- any sequence of calls ----


@dataclass
class Model:
    """What must be true of one copy; life is every step that stands: key, hour, who or what was made."""

    state: str = "in_hand"
    holder: str = ""
    life: list[tuple[str, str, str]] = field(default_factory=list)
    made_from: str = ""


class Custody(RuleBasedStateMachine):
    """Whatever two custodians may call; the model says beforehand whether it succeeds."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.office = create_office(Path(self.folder.name) / "a.office.db", "云水镇", "王春燕", MORNING.date())
        self.office.db.conn.execute("PRAGMA synchronous = OFF")
        with change(self.office) as pen:
            sealed.begin(pen, "0123456789abcdef", ROOT)
        self.vault = vault.unlock_with_code(self.office, code_of(ROOT), "赵文静")
        self.now = MORNING
        self.papers: dict[int, dict[str, Model]] = {}
        self.void: set[int] = set()
        self.written = 0

    def teardown(self) -> None:
        assert checking.verify(self.office).findings == ()
        close_office(self.office)
        self.folder.cleanup()

    # -- helpers

    def rows(self) -> list[tuple[object, ...]]:
        """The sealed rows and their head; the log grows with them and is proven by verify."""
        found = self.office.db.execute("SELECT id, version, body FROM sealed ORDER BY id").fetchall()
        return [*found, self.office.db.execute("SELECT body FROM seal_head").fetchone()]

    def attempt(self, may: bool, work) -> bool:
        """Call work: it succeeds exactly where it may, and where it is refused nothing at all was changed."""
        before, seen, why_not = self.rows(), confidential.papers(self.vault), ""
        try:
            work()
        except OfficeError as error:
            why_not = str(error)
        assert may is (why_not == ""), why_not or "this should have been refused"
        if why_not:
            assert why_not.endswith("。")
            assert self.rows() == before
            assert confidential.papers(self.vault) == seen
        return may

    def pick(self, data: st.DataObject) -> tuple[int, str]:
        paper = data.draw(st.sampled_from(sorted(self.papers)))
        return paper, data.draw(st.sampled_from(sorted(self.papers[paper])))

    # -- what people do

    @initialize()
    def first(self) -> None:
        self.register(2)

    @rule(copies=st.integers(1, 3))
    def register(self, copies: int) -> None:
        first = 101 + 10 * len(self.papers)
        serials = f"{first:06d}-{first + copies - 1:06d}"
        draft = {"received_on": "2026-11-20", "secrecy_level": "秘密", "copy_serial": serials}
        paper = confidential.register_paper(self.vault, draft, self.now.date())
        assert paper is not None
        assert len(paper.copies) == copies
        self.papers[paper.id] = {serial: Model() for serial in paper.copies}

    @rule(minutes=st.integers(1, 600))
    def wait(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    @rule(data=st.data(), key=st.sampled_from(sorted(STEPS)), holder=st.sampled_from(PEOPLE), late=st.integers(-90, 9))
    def step(self, data: st.DataObject, key: str, holder: str, late: int) -> None:
        paper, serial = self.pick(data)
        model, at = self.papers[paper][serial], self.now + timedelta(minutes=late)
        draft = WORDS[key] | ({"holder": holder} if key in ("out", "lend", "transfer") else {})
        draft |= {"at": f"{at:%Y-%m-%d %H:%M}"}
        may = (
            paper not in self.void and model.state in MAY[key][0]
            and draft["at"] >= self.last(paper, serial) and late <= 5
            and draft.get("holder") != "赵文静"
        )  # fmt: skip
        typed = data.draw(st.sampled_from([serial, serial.lstrip("0"), f" {serial}"]))
        if self.attempt(may, lambda: custody.take_step(self.vault, paper, [typed], key, draft, self.now)):
            self.note(paper, serial, key, draft)

    def last(self, paper: int, serial: str) -> str:
        """When something last happened to a copy, or it was received or made."""
        model = self.papers[paper][serial]
        if model.life or not model.made_from:
            return max([at for _, at, _ in model.life], default="2026-11-20")
        origin = self.papers[paper][model.made_from]
        return next(at for key, at, told in origin.life if key == "copy" and told == serial)

    def note(self, paper: int, serial: str, key: str, draft: dict[str, str]) -> None:
        model = self.papers[paper][serial]
        told = draft.get("holder", "")
        if key == "copy":
            number = 1 + sum(one.made_from == serial for one in self.papers[paper].values())
            told = f"{serial}复{number}"
            self.papers[paper][told] = Model(made_from=serial)
        model.life.append((key, draft["at"], told))
        self.settle(model)

    def settle(self, model: Model) -> None:
        model.state, model.holder = "in_hand", ""
        for key, _, told in model.life:
            model.state = MAY[key][1]
            model.holder = "" if model.state == "in_hand" else told

    @rule(data=st.data(), key=st.sampled_from(["out", "clear", "keep"]))
    def step_of_many(self, data: st.DataObject, key: str) -> None:
        """All or none; a copy that is named twice is one copy."""
        chosen = [self.pick(data) for _ in range(data.draw(st.integers(1, 4)))]
        draft = WORDS[key] | {"at": f"{self.now:%Y-%m-%d %H:%M}"}
        may = all(
            paper not in self.void and self.papers[paper][serial].state == "in_hand"
            and draft["at"] >= self.last(paper, serial)
            for paper, serial in chosen
        )  # fmt: skip
        typed = [(paper, data.draw(st.sampled_from([serial, serial.lstrip("0")]))) for paper, serial in chosen]
        if self.attempt(may, lambda: custody.take_steps(self.vault, typed, key, draft, self.now)):
            for paper, serial in set(chosen):
                self.note(paper, serial, key, draft)

    @rule(data=st.data(), why=st.sampled_from([*REASONS, "别的原因"]))
    def take_back(self, data: st.DataObject, why: str) -> None:
        paper, serial = self.pick(data)
        model = self.papers[paper][serial]
        made = [model.life[-1][2]] if model.life and model.life[-1][0] == "copy" else []
        may = (
            bool(model.life) and model.state != "destroyed" and why in REASONS
            and not any(self.papers[paper][one].life for one in made)
        )  # fmt: skip
        if self.attempt(may, lambda: custody.take_back_step(self.vault, paper, serial, why, self.now)):
            model.life.pop()
            for one in made:
                del self.papers[paper][one]
            self.settle(model)

    @rule(data=st.data())
    def void_paper(self, data: st.DataObject) -> None:
        paper, _ = self.pick(data)
        may = paper not in self.void and not any(one.life for one in self.papers[paper].values())
        if self.attempt(may, lambda: confidential.void_paper(self.vault, paper, "重复登记", self.now.date())):
            self.void.add(paper)

    @rule(data=st.data(), serials=st.sampled_from(["add", "drop", "same"]))
    def correct_paper(self, data: st.DataObject, serials: str) -> None:
        paper, _ = self.pick(data)
        models = self.papers[paper]
        own = [serial for serial, model in models.items() if not model.made_from]
        wanted = {"add": [*own, f"9{len(own):05d}"], "drop": own[:-1] or own, "same": own}[serials]
        may = (
            paper not in self.void and all(one.state != "destroyed" for one in models.values())
            and not any(models[one].life for one in own if one not in wanted)
        )  # fmt: skip
        draft = {"copy_serial": "、".join(wanted), "copy_count": str(len(wanted)), "cabinet_no": f"柜{self.now:%H%M}"}
        work = lambda: confidential.correct_paper(self.vault, paper, draft, self.now.date(), "登记错误")  # noqa: E731
        if self.attempt(may, work):
            made = {serial: model for serial, model in models.items() if model.made_from}
            self.papers[paper] = {one: models.get(one, Model()) for one in wanted} | made

    @rule()
    def reopen(self) -> None:
        vault.lock(self.vault)
        with pytest.raises(OfficeError):
            confidential.papers(self.vault)
        self.vault = vault.unlock_with_code(self.office, code_of(ROOT), "赵文静")
        assert self.vault.findings == ()

    # -- what is always true

    @invariant()
    def every_copy_is_where_the_model_says(self) -> None:
        papers = {paper.id: paper for paper in confidential.papers(self.vault)}
        assert papers.keys() == self.papers.keys()
        for paper_id, models in self.papers.items():
            copies = papers[paper_id].copies
            assert {one: (copy.state, copy.holder) for one, copy in copies.items()} == {
                one: (model.state, model.holder) for one, model in models.items()
            }
            for serial, model in models.items():
                taken = [step for step in papers[paper_id].steps if step.serial == serial]
                assert [(step.key, step.at) for step in taken] == [(key, at) for key, at, _ in model.life]
                assert [step.at for step in taken] == sorted(step.at for step in taken)
                assert all(step.key != "destroy" for step in taken[:-1]), "nothing comes after the end"
                self.never_two_holders(taken)

    def never_two_holders(self, taken) -> None:
        held = 0
        for step in taken:
            held += {"out": 1, "lend": 1, "back": -1, "return": -1}.get(step.key, 0)
            assert held in (0, 1)

    @invariant()
    def no_copy_is_lost(self) -> None:
        count = confidential.count(self.vault)
        states = [m.state for paper, models in self.papers.items() if paper not in self.void for m in models.values()]
        parts = (count.in_hand, count.reading, count.lent, count.cleared, count.transferred, count.destroyed)
        assert parts == tuple(states.count(state) for state in State)
        assert count.received == sum(parts) == len(states)
        assert len(custody.out_now(self.vault)) == count.out


Custody.TestCase.settings = settings(
    max_examples=60, stateful_step_count=40, deadline=None, database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)  # fmt: skip
TestCustody = Custody.TestCase
