# SPDX-License-Identifier: MulanPSL-2.0
"""Any order of registering, reserving, releasing, voiding, correcting and re-opening, against a plain-dict model.

What must hold at every moment: no number twice, no gap the ledger does not name, and the next number foretold.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, initialize, invariant, precondition, rule

from township_office.core.errors import Invalid, OfficeError
from township_office.registers import BY_NAME
from township_office.registers.series import NEVER, PER_TERM, YEARLY, Series, number_text
from township_office.services import checking, numbers, records
from township_office.services.office import Office, change, close_office, create_office, open_office
from township_office.store import records as store

TODAY = date(2026, 11, 20)
EXTRA = (
    Series("dispatch", "云纪", "纪要", "{code}第{seq}期", NEVER),
    Series("dispatch", "云函", "函", "{code}〔{year}〕{seq}号", NEVER),
    Series("dispatch", "云党", "党", "{code}第{term}届{seq}号", PER_TERM, term=14),
    Series("receipt", "密", "机要", "机{year}-{seq:03d}", YEARLY, start=88, start_period=2026),
)
PLACES = [("receipt", "收文"), ("receipt", "密"), *(("dispatch", code) for code in ("云政发", "云纪", "云函", "云党"))]
DAYS = st.sampled_from(
    [TODAY - timedelta(days) for days in (0, 1, 3, 4, 30, 400)] + [date(2027, 1, 1), date(2025, 12, 31)]
)
WORDS = {"name": "防汛会议", "reason": "待印"}

Place = tuple[str, str, int]


class Numbering(RuleBasedStateMachine):
    """The office against its model: which numbers of each series and period are used, void, kept."""

    rows = Bundle("rows")
    kept_ones = Bundle("kept_ones")

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="numbering-"))
        self.used: dict[Place, dict[int, int]] = {}
        self.kept: dict[Place, set[int]] = {}
        self.void: set[tuple[str, int]] = set()
        self.clashes: dict[Place, int] = {}
        self.office = self.opened(create_office(self.folder / "a.office.db", "云水镇党政办", "王春燕", TODAY))
        for series in EXTRA:
            numbers.save_series(self.office, series)

    @staticmethod
    def opened(office: Office) -> Office:
        office.db.conn.execute("PRAGMA synchronous = OFF")
        return office

    def series(self, register: str, code: str) -> Series:
        return numbers.pick_series(self.office, BY_NAME[register], code)

    def place(self, register: str, code: str, day: date) -> Place:
        series = self.series(register, code)
        return register, code, {YEARLY: day.year, PER_TERM: series.term, NEVER: 0}[series.reset]

    def following(self, place: Place) -> int:
        series = self.series(*place[:2])
        start = series.start if series.start_period == place[2] else 1
        return max([start - 1, *self.used.get(place, {}), *self.kept.get(place, ())]) + 1

    def draft(self, register: str, code: str, day: date, **more: str) -> Mapping[str, str]:
        dated_by = BY_NAME[register].dated_by
        return {"series": code, dated_by: day.isoformat(), "title": "题", "sender": "县政府"} | more

    def take(self, place: Place, day: date, draft: Mapping[str, str], sequence: int) -> tuple[str, int]:
        register = BY_NAME[place[0]]
        foretold = numbers.next_number(self.office, register, draft, TODAY)
        row = records.register_document(self.office, register, draft, TODAY)
        assert (row["series"], row["period"], row["sequence"]) == (place[1], place[2], sequence)
        assert row["number"] == foretold.number == number_text(self.series(*place[:2]), place[2], sequence, day)
        assert row["year"] == day.year
        is_late = day < TODAY - timedelta(3) or day.year < TODAY.year
        assert (row["entry"] == "backdated") == foretold.is_backdated == is_late
        self.used.setdefault(place, {})[sequence] = int(str(row["id"]))
        self.kept.get(place, set()).discard(sequence)
        return place[0], int(str(row["id"]))

    @rule(target=rows, at=st.sampled_from(PLACES), day=DAYS)
    def register_next(self, at: tuple[str, str], day: date) -> tuple[str, int]:
        place = self.place(*at, day)
        return self.take(place, day, self.draft(*at, day), self.following(place))

    @rule(at=st.sampled_from(PLACES), day=DAYS)
    def register_something_wrong(self, at: tuple[str, str], day: date) -> None:
        for wrong in ({"title": ""}, {"copy_count": "许多"}, {"filed_on": "1960-01-01"}):
            with pytest.raises(Invalid):
                records.register_document(self.office, BY_NAME[at[0]], self.draft(*at, day, **wrong), TODAY)

    @rule(at=st.sampled_from(PLACES), day=DAYS, back=st.integers(-3, 6))
    def register_under_a_number(self, at: tuple[str, str], day: date, back: int) -> None:
        place = self.place(*at, day)
        following = self.following(place)
        sequence = max(1, following - back)
        draft = self.draft(*at, day, **{BY_NAME[at[0]].number_name: str(sequence)})
        is_free = sequence not in self.used.get(place, {})
        if is_free and (sequence <= following or sequence in self.kept.get(place, ())):
            self.take(place, day, draft, sequence)
        else:
            with pytest.raises(Invalid, match=r"已经用过|下一号是"):
                records.register_document(self.office, BY_NAME[at[0]], draft, TODAY)

    @rule(target=kept_ones, at=st.sampled_from(PLACES), ahead=st.integers(-4, 4))
    def reserve(self, at: tuple[str, str], ahead: int) -> tuple[Place, int]:
        place = self.place(*at, TODAY)
        following = self.following(place)
        sequence = max(1, following + ahead)
        kept = self.kept.setdefault(place, set())
        if sequence in self.used.get(place, {}) or sequence in kept:
            with pytest.raises(OfficeError):
                numbers.reserve(self.office, BY_NAME[at[0]], at[1], sequence, WORDS, TODAY)
        else:
            numbers.reserve(self.office, BY_NAME[at[0]], at[1], sequence, WORDS, TODAY)
            kept.update(range(min(following, sequence), sequence + 1))
        return place, sequence

    @rule(at=st.sampled_from(PLACES))
    def reserve_too_far(self, at: tuple[str, str]) -> None:
        far = self.following(self.place(*at, TODAY)) + 201
        with pytest.raises(OfficeError, match="最多预留"):
            numbers.reserve(self.office, BY_NAME[at[0]], at[1], far, WORDS, TODAY)

    @rule(one=consumes(kept_ones))
    def release(self, one: tuple[Place, int]) -> None:
        place, sequence = one
        series = self.series(*place[:2])
        open_ones = {k.sequence: k.id for k in numbers.reservations(self.office, BY_NAME[place[0]], series, place[2])}
        assert open_ones.keys() == self.kept.get(place, set())
        if sequence in open_ones:
            numbers.release(self.office, open_ones[sequence], TODAY, "会议取消")
            self.kept[place].discard(sequence)
            with pytest.raises(OfficeError, match="已经用掉或释放"):
                numbers.release(self.office, open_ones[sequence], TODAY, "再来一次")

    @rule(row=rows)
    def make_void(self, row: tuple[str, int]) -> None:
        register, row_id = BY_NAME[row[0]], row[1]
        before = records.get(self.office, register, row_id)
        if row in self.void:
            with pytest.raises(OfficeError, match="已作废"):
                records.void(self.office, register, row_id, "重复登记", TODAY)
            return
        after = records.void(self.office, register, row_id, "重复登记", TODAY)
        assert {name: after[name] for name in ("number", "series", "period", "sequence", "year")} == {
            name: before[name] for name in ("number", "series", "period", "sequence", "year")
        }
        self.void.add(row)

    @rule(row=rows, day=DAYS)
    def correct_the_date(self, row: tuple[str, int], day: date) -> None:
        register = BY_NAME[row[0]]
        before = records.get(self.office, register, row[1])
        change_date = {register.dated_by: day.isoformat()}
        if row in self.void:
            with pytest.raises(OfficeError, match="已作废"):
                records.correct(self.office, register, row[1], change_date, TODAY)
        elif day.year != before["year"] and before["series"] in ("收文", "密", "云政发", "云函"):
            with pytest.raises(Invalid, match="不能改到别的年份"):
                records.correct(self.office, register, row[1], change_date, TODAY)
        else:
            after = records.correct(self.office, register, row[1], change_date, TODAY)
            assert (after["year"], after["number"]) == (day.year, before["number"])

    @rule(at=st.sampled_from(PLACES), start=st.integers(1, 120))
    def change_the_start(self, at: tuple[str, str], start: int) -> None:
        numbers.set_series(self.office, f"series.{at[0]}.{at[1]}.start", str(start), TODAY)

    @rule(term=st.integers(14, 16))
    def begin_a_term(self, term: int) -> None:
        numbers.set_series(self.office, "series.dispatch.云党.term", str(term), TODAY)

    @precondition(lambda self: any(self.used.values()))
    @rule(pick=st.data())
    def import_a_number_that_is_taken(self, pick: st.DataObject) -> None:
        place = pick.draw(st.sampled_from(sorted(place for place, used in self.used.items() if used)))
        register = BY_NAME[place[0]]
        twin_id = pick.draw(st.sampled_from(sorted(self.used[place].values())))
        twin = records.get(self.office, register, twin_id)
        with change(self.office) as pen:
            values = twin | {"sequence": None, "entry": "imported", "title": "重号", "voided_on": None}
            store.add_many(pen, register, [values | {"voided_by": None, "void_reason": None}], "import")
        self.clashes[place] = self.clashes.get(place, 0) + 1

    @rule()
    def open_again(self) -> None:
        close_office(self.office)
        self.office = self.opened(open_office(self.folder / "a.office.db", "李向东"))

    @invariant()
    def the_ledger_names_every_number_once(self) -> None:
        for place in {*self.used, *self.kept}:
            register, series = BY_NAME[place[0]], self.series(*place[:2])
            lines = numbers.number_ledger(self.office, register, series, place[2])
            single = [line for line in lines if line.state != "duplicate"]
            sequences = [line.sequence for line in single]
            used, kept = self.used.get(place, {}), self.kept.get(place, set())
            assert sequences == list(range(sequences[0], sequences[0] + len(sequences))) if sequences else not used
            by_state = {state: {line.sequence for line in single if line.state == state} for state in
                        ("used", "void", "backdated", "reserved", "missing")}  # fmt: skip
            assert by_state["used"] | by_state["void"] | by_state["backdated"] == used.keys()
            assert by_state["void"] == {n for n, row_id in used.items() if (place[0], row_id) in self.void}
            assert by_state["reserved"] == kept
            assert by_state["missing"] == set(sequences) - used.keys() - kept
            assert sum(line.state == "duplicate" for line in lines) == self.clashes.get(place, 0)
            assert all(line.number and "〔0〕" not in line.number for line in lines)

    @invariant()
    def no_number_stands_twice(self) -> None:
        for register in ("receipt", "dispatch"):
            texts = [
                text
                for (text,) in self.office.db.conn.execute(f"SELECT number FROM {register} WHERE sequence IS NOT NULL")
            ]
            assert len(texts) == len(set(texts))

    def teardown(self) -> None:
        if hasattr(self, "office"):
            assert checking.verify(self.office).findings == ()
            close_office(self.office)
            shutil.rmtree(self.folder)


TestNumbering = Numbering.TestCase
TestNumbering.settings = settings(
    max_examples=int(os.environ.get("EXAMPLES", "30")), stateful_step_count=30, deadline=None, database=None
)
