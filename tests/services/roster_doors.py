# SPDX-License-Identifier: MulanPSL-2.0
"""The doors of the duty roster, each tried with a text that bears a state-secret mark."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from township_office.registers.duty.plan import Drawn, Outcome
from township_office.registers.duty.sheet import Span
from township_office.registers.duty.staff import AWAY_DAYS, CHANGED, LINE, PERSON
from township_office.services.office import Office
from township_office.services.roster import changing, importing, lists, months, printing, staffing
from township_office.services.roster.old_sheets import Choices, Target, plan_import, read_sheets
from township_office.services.roster.tasks import frame_of

TODAY = date(2026, 11, 20)
_PERSON = {"name": "许晴", "groups": "值班员"}
_AWAY = {"kind": "请假", "first_on": "2026-12-01"}
_LINE = {"name": "驾驶员", "group_name": "司机", "people": "1"}
_CHANGED = {"reason": "开会", "changed_on": "今天"}


class Watch:
    """An office with two people on one line, a month given out and one in draft."""

    def __init__(self, office: Office, folder: Path) -> None:
        self.office, self.folder = office, folder
        self.people = [staffing.save_person(office, _PERSON | {"name": name}, TODAY).id for name in ("李明", "王芳")]
        staffing.save_line(office, {"name": "值班员", "group_name": "值班员"}, TODAY)
        for name in ("2026-11", "2026-12"):
            frame = frame_of(office, [name])
            cells = {slot: (self.people[slot.day.day % 2],) for slot in frame.task.slots}
            months.keep(office, frame, Drawn(Outcome.OPTIMAL, cells))
        months.publish(office, "2026-11", "", TODAY)
        self.old = read_sheets(office, [_sheet(folder, "李明")], TODAY)
        given_out = months.roster_of(office, "2026-11").shifts
        self.mine, self.theirs = given_out[0].id, given_out[1].id
        self.other = next(one for one in self.people if one != given_out[0].person_id)


def _sheet(folder: Path, name: str) -> Path:
    path = folder / "旧值班表.csv"
    path.write_text(f"日期,值班\n2024-10-08,{name}\n", "utf-8")
    return path


def roster_doors(marked: str) -> Iterator[tuple[str, Callable[[Watch], object]]]:
    """Each field of a person, of days, of a line and of a change; names of files and of who signs."""
    for name in (field.name for field in PERSON.fields):
        said = _PERSON | {name: marked}
        yield f"staffing.save_person draft {name}", lambda w, d=said: staffing.save_person(w.office, d, TODAY)
    for name in (field.name for field in AWAY_DAYS.fields):
        said = _AWAY | {name: marked}
        yield (
            f"staffing.save_away draft {name}",
            lambda w, d=said: staffing.save_away(w.office, w.people[0], d, TODAY),
        )
    for name in (field.name for field in LINE.fields):
        said = _LINE | {name: marked}
        yield f"staffing.save_line draft {name}", lambda w, d=said: staffing.save_line(w.office, d, TODAY)
    for name in (field.name for field in CHANGED.fields):
        said = _CHANGED | {name: marked}
        yield (
            f"changing.swap draft {name}",
            lambda w, d=said: changing.swap(w.office, w.mine, w.theirs, d, TODAY),
        )
        yield (
            f"changing.substitute draft {name}",
            lambda w, d=said: changing.substitute(w.office, w.mine, w.other, d, TODAY),
        )
        yield (
            f"changing.reassign draft {name}",
            lambda w, d=said: changing.reassign(w.office, w.mine, w.other, d, TODAY),
        )
    yield "months.publish signed_by", lambda w: months.publish(w.office, "2026-12", marked, TODAY)
    yield "months.reopen why", lambda w: months.reopen(w.office, "2026-11", marked)
    named = f"{marked}.pdf"
    yield "printing.print_roster path", lambda w: printing.print_roster(w.office, "2026-11", w.folder / named, TODAY)
    yield "printing.print_tally path", lambda w: printing.print_tally(w.office, 2026, w.folder / named, TODAY)
    spring = Span("春节", 2026, date(2026, 11, 1), date(2026, 11, 2))
    yield "printing.print_holiday path", lambda w: printing.print_holiday(w.office, spring, w.folder / named, TODAY)
    for said in (
        {"columns": {"值班": Target(None, marked, "值班员")}},
        {"columns": {"值班": Target(None, "值班", marked)}},
    ):
        yield (
            "importing.run_import plan",
            lambda w, c=said: importing.run_import(w.office, plan_import(w.office, w.old, Choices(**c)), TODAY),
        )
    yield "importing.revoke_import why", lambda w: importing.revoke_import(w.office, "2026-11", marked)
    yield "old_sheets.read_sheets paths", lambda w: read_sheets(w.office, [w.folder / f"{marked}.xlsx"], TODAY)
    yield "old_sheets.read_sheets paths", lambda w: read_sheets(w.office, [_sheet(w.folder, marked)], TODAY)
    yield "lists.take_people path", lambda w: lists.take_people(w.office, w.folder / f"{marked}.csv", TODAY)
    yield "lists.take_lines path", lambda w: lists.take_lines(w.office, w.folder / f"{marked}.json", TODAY)


# What is a text by its type and none by what is done with it; see test_tripwire.
KEPT_NOWHERE = {
    "one of a few words": "staffing.arrange what, staffing.save_pair rule, months.keep_places verb",
    "no text of a clerk's": "months.keep_places wanted",
    "compared with what there is": "staffing.person_named name",
    "a month, or refused": """
        months.checked_month name, months.draw names, months.publish name, months.reopen name, months.roster_of name,
        tasks.frame_of months, printing.print_roster month, print_sheet.month_sheet name,
        importing.revoke_import name, old_sheets.standing_of name
    """,
}
