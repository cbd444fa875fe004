# SPDX-License-Identifier: MulanPSL-2.0
"""Every door by which a text can come to a service, each tried with one that bears a state-secret mark."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from pathlib import Path

from tests.services.archive_doors import Shelf, archive_doors
from tests.services.care_doors import Store, care_doors
from tests.services.importing import book, plan, receipts
from tests.services.log_doors import Desk, log_doors
from tests.services.roster_doors import Watch, roster_doors
from township_office.core.fields import Kind
from township_office.registers import CHILDREN, DOCUMENTS
from township_office.registers.circulation import CIRCULATION
from township_office.registers.confidential import CONFIDENTIAL
from township_office.registers.custody import STEPS
from township_office.registers.dispatch import DISPATCH
from township_office.registers.distribution import DISTRIBUTION
from township_office.registers.duty import calendar
from township_office.registers.duty.plan import DayKind
from township_office.registers.receipt import RECEIPT
from township_office.services import (
    backup,
    children,
    circulation,
    demo,
    distribution,
    exporting,
    forms,
    numbers,
    office,
    printing,
    records,
    search,
    settings,
    sheets,
    steps,
    tour,
)
from township_office.services.archive import exporting as catalogues
from township_office.services.archive import printing as archive_printing
from township_office.services.archive import retention_file
from township_office.services.browsing import View
from township_office.services.guarded import (
    clearance,
    confidential,
    custody,
    custody_lists,
    custody_printing,
    day_check,
    importing,
    mishap,
    vault,
)
from township_office.services.office import Office
from township_office.services.roster import calendar as calendars

TODAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 9, 15)
PLAN = "青龙工程"  # the words beside the mark, that must be nowhere
MARKED = f"机密★10年{PLAN}"
NAMED = Path(f"{MARKED}.pdf")


class Place:
    """Everything a door may want: an office with a paper in each book, its guarded part open, folders."""

    def __init__(self, office: Office, folder: Path) -> None:
        self.office, self.folder = office, folder
        receipt = {"received_on": "今天", "sender": "青山县水务局", "title": "关于防汛的通知", "due_on": "明天"}
        self.receipt = int(str(records.register_document(office, RECEIPT, receipt, TODAY)["id"]))
        self.dispatch = int(str(records.register_document(office, DISPATCH, {"title": "通知"}, TODAY)["id"]))
        self.circulated = circulation.send(office, self.receipt, {"reader": "孙志强"}, NOW)
        (self.recipient,) = distribution.distribute(office, self.dispatch, ["张家村"], "1", TODAY)
        self.vault, self.code = vault.make(office, "赵保密", "Feng-2026xy")
        paper = confidential.register_paper(self.vault, {"secrecy_level": "机密", "copy_serial": "1-3"}, TODAY)
        assert paper is not None
        custody.take_step(self.vault, paper.id, ["2"], "out", {"holder": "何文斌"}, NOW)
        lent = {"holder": "何文斌", "approver": "孙志强", "due_on": "明天"}
        custody.take_step(self.vault, paper.id, ["3"], "lend", lent, NOW)
        self.paper = paper
        mishap.begin(office, "2026-11-20 09:00", NOW)
        self.plan = plan(office, RECEIPT, book(folder / "旧.xlsx", 收文=receipts([1, 2])))
        self.batch = sheets.run_import(office, self.plan, TODAY)
        self.shelf = Shelf(office)
        self.store = Store(office, folder)
        self.watch = Watch(office, folder)
        self.desk = Desk(office)


Door = Callable[[Place], object]


def _paper_doors() -> Iterator[tuple[str, Door]]:
    """Each field of each book, by registering and by correcting; each reason."""
    for register in DOCUMENTS:
        whole = {"received_on": "今天", "sender": "甲", "title": "乙"}
        for field in register.fields:
            draft = {name: text for name, text in whole.items() if name in {f.name for f in register.fields}}
            draft[field.name] = MARKED
            yield (
                f"records.register_document draft {register.name}.{field.name}",
                lambda p, r=register, d=draft: records.register_document(p.office, r, d, TODAY),
            )
            yield (
                f"records.correct draft {register.name}.{field.name}",
                lambda p, r=register, n=field.name: records.correct(
                    p.office, r, p.receipt if r is RECEIPT else p.dispatch, {n: MARKED}, TODAY
                ),
            )
        yield (
            f"records.register_document draft {register.name}.{register.number_name}",
            lambda p, r=register: records.register_document(
                p.office,
                r,
                {"sender": "甲", "title": "乙", r.dated_by: "今天", r.number_name: MARKED},
                TODAY,
            ),
        )
    yield "records.correct why", lambda p: records.correct(p.office, RECEIPT, p.receipt, {"title": "丙"}, TODAY, MARKED)
    yield "records.void why", lambda p: records.void(p.office, RECEIPT, p.receipt, MARKED, TODAY)
    yield "records.by_number number", lambda p: records.by_number(p.office, RECEIPT, MARKED)
    yield "steps.take_step draft", lambda p: steps.take_step(
        p.office, RECEIPT, p.receipt, "propose", {"proposed_action": MARKED, "proposer": "甲"}, TODAY
    )  # fmt: skip


def _child_doors() -> Iterator[tuple[str, Door]]:
    for child in CHILDREN:
        for field in child.fields:
            yield (
                f"children.add_child draft {child.name}.{field.name}",
                lambda p, c=child, n=field.name: children.add_child(
                    p.office, c, p.dispatch if c is DISTRIBUTION else p.receipt, {n: MARKED}, TODAY
                ),
            )
    lent = "circulation.take_back opinion"
    yield "children.correct_child draft", lambda p: children.correct_child(
        p.office, CIRCULATION, p.circulated["id"], {"opinion": MARKED}, TODAY
    )  # fmt: skip
    yield "children.correct_child why", lambda p: children.correct_child(
        p.office, CIRCULATION, p.circulated["id"], {"opinion": "同意"}, TODAY, MARKED
    )  # fmt: skip
    yield "children.void_child why", lambda p: children.void_child(
        p.office, CIRCULATION, p.circulated["id"], MARKED, TODAY
    )  # fmt: skip
    yield "circulation.send draft", lambda p: circulation.send(p.office, p.receipt, {"reader": MARKED}, NOW)
    yield "circulation.send_round readers", lambda p: circulation.send_round(p.office, p.receipt, [MARKED], {}, NOW)
    yield "circulation.send_round draft", lambda p: circulation.send_round(
        p.office, p.receipt, ["何文斌"], {"opinion": MARKED}, NOW
    )  # fmt: skip
    yield lent, lambda p: circulation.take_back(p.office, p.circulated["id"], MARKED, NOW)
    yield "circulation.pass_on opinion", lambda p: circulation.pass_on(
        p.office, p.circulated["id"], MARKED, {"reader": "何文斌"}, NOW
    )  # fmt: skip
    yield "circulation.pass_on draft", lambda p: circulation.pass_on(
        p.office, p.circulated["id"], "", {"reader": MARKED}, NOW
    )  # fmt: skip
    yield "circulation.pass_round opinion", lambda p: circulation.pass_round(
        p.office, p.circulated["id"], MARKED, ["何文斌"], NOW
    )  # fmt: skip
    yield "circulation.pass_round readers", lambda p: circulation.pass_round(
        p.office, p.circulated["id"], "", [MARKED], NOW
    )  # fmt: skip
    yield "distribution.distribute units", lambda p: distribution.distribute(p.office, p.dispatch, [MARKED], "1", TODAY)
    yield "distribution.sign_for draft", lambda p: distribution.sign_for(
        p.office, [p.recipient["id"]], {"receiver": MARKED}, TODAY
    )  # fmt: skip


def _guarded_doors() -> Iterator[tuple[str, Door]]:
    for field in CONFIDENTIAL.fields:
        draft = {"received_on": "今天", "secrecy_level": "机密", field.name: MARKED}
        yield (
            f"confidential.register_paper draft {field.name}",
            lambda p, d=draft: confidential.register_paper(p.vault, d, TODAY),
        )
        yield (
            f"confidential.correct_paper draft {field.name}",
            lambda p, n=field.name: confidential.correct_paper(p.vault, p.paper.id, {n: MARKED}, TODAY, "登记错误"),
        )
    yield "confidential.correct_paper why", lambda p: confidential.correct_paper(p.vault, p.paper.id, {}, TODAY, MARKED)
    yield "confidential.set_mode signed_off_by", lambda p: confidential.set_mode(
        p.vault, confidential.RELAXED, MARKED, "2026-11-19", TODAY
    )  # fmt: skip
    for key, step in STEPS.items():
        for field in step.form.fields:
            if field.kind in (Kind.TEXT, Kind.NAME):
                yield (
                    f"custody.take_step draft {key}.{field.name}",
                    lambda p, k=key, n=field.name: _take(p, k, n),
                )
    yield "clearance.clear_matched receiver", lambda p: _clear(p, "清1", MARKED)
    yield "clearance.clear_matched list_no", lambda p: _clear(p, MARKED, "李某")
    yield "day_check.finish second", lambda p: day_check.finish(p.vault, day_check.begin(p.vault, NOW), NOW, MARKED)
    yield "custody_lists.CopyFinder.hits text", lambda p: list(custody_lists.CopyFinder([]).hits(MARKED))
    yield "vault.write bodies", lambda p: vault.write(p.vault, [(None, {"kind": "x", "a": {"b": [MARKED]}})])
    yield "vault.make custodian", lambda p: vault.make(p.office, MARKED, "Feng-2026xy")
    yield "vault.set_password custodian", lambda p: vault.set_password(p.vault, MARKED, "Feng-2026xy")


def _clear(place: Place, list_no: str, receiver: str) -> object:
    line = clearance.Line(clearance.MATCHED, "", "", "", "1", "", "", place.paper.id, is_here=True)
    return clearance.clear_matched(place.vault, clearance.Comparison((line,), 1, ()), list_no, receiver, NOW)


def _take(place: Place, key: str, name: str) -> object:
    step = STEPS[key]
    usual = {"holder": "孙志强", "approver": "何文斌", "due_on": "明天", "list_no": "3", "cabinet_no": "甲3",
             "supervisor_1": "甲", "supervisor_2": "乙", "place": "县保密局"}  # fmt: skip
    known = {field.name for field in step.form.fields}
    draft = {field: text for field, text in usual.items() if field in known} | {name: MARKED}
    copy = {"back": "2", "return": "3"}.get(key, "1")
    return custody.take_step(place.vault, place.paper.id, [copy], key, draft, NOW)


def _other_doors() -> Iterator[tuple[str, Door]]:
    for key in settings.SETTINGS:
        yield f"settings.set_setting value {key}", lambda p, k=key: settings.set_setting(p.office, k, MARKED)
    notebook = '{"a": "\\u673a\\u5bc6\\u2605"}'
    yield "settings.set_setting value escaped", lambda p: settings.set_setting(
        p.office, "confidential.mishap", notebook
    )  # fmt: skip
    yield "settings.add_clerk name", lambda p: settings.add_clerk(p.office, f"密电{PLAN}")
    yield "numbers.reserve words", lambda p: numbers.reserve(
        p.office, RECEIPT, "收文", 1, {"name": "王", "reason": MARKED}, TODAY
    )  # fmt: skip
    yield "numbers.set_series value", lambda p: numbers.set_series(
        p.office, "series.receipt.收文.name", MARKED, TODAY
    )  # fmt: skip
    yield "numbers.release why", lambda p: numbers.release(p.office, 1, TODAY, MARKED)
    yield "sheets.revoke_batch why", lambda p: sheets.revoke_batch(p.office, RECEIPT, p.batch.id, MARKED, TODAY)
    yield "office.create_office name", lambda p: office.create_office(p.folder / "n.db", MARKED, "王", TODAY)
    yield "office.create_office clerk", lambda p: office.create_office(p.folder / "n.db", "甲镇", "密电", TODAY)
    yield "office.open_office clerk", lambda p: office.open_office(p.office.path, MARKED)
    yield "office.sit_down clerk", lambda p: office.sit_down(p.office, MARKED)
    yield "office.check_clerk name", lambda p: office.check_clerk("密电")
    yield "mishap.end reported_to", lambda p: mishap.end(p.office, MARKED, NOW)
    yield "search.find text", lambda p: search.find(p.office, RECEIPT, MARKED, 10)
    yield "search.Finder.hits text", lambda p: list(
        search.Finder(p.office, RECEIPT).hits(MARKED, View(), TODAY)
    )  # fmt: skip


def _file_doors() -> Iterator[tuple[str, Door]]:
    """The names of files and folders: they stand in lists, in notes and on sticks."""
    yield "office.create_office path", lambda p: office.create_office(p.folder / f"{MARKED}.db", "甲镇", "王", TODAY)
    yield "office.open_office path", lambda p: office.open_office(p.folder / MARKED / "a.db", "王")
    yield "demo.create path", lambda p: demo.create(p.folder / f"{MARKED}.db", TODAY, 1, 1)
    yield "tour.take folder", lambda p: list(tour.take(p.folder / MARKED, TODAY))
    yield "sheets.look_at path", lambda p: sheets.look_at(_made(p, f"{MARKED}.xlsx"))
    yield "importing.look_at path", lambda p: importing.look_at(_made(p, f"{MARKED}.xlsx"))
    yield "retention_file.load_table path", lambda p: retention_file.load_table(p.office, _made(p, f"{MARKED}.xlsx"))
    yield "retention_file.load_table matter", lambda p: retention_file.load_table(p.office, _table(p))
    yield "retention_file.save_table path", lambda p: retention_file.save_table(p.office, [], p.folder / NAMED)
    yield "clearance.read_list path", lambda p: clearance.read_list(_made(p, f"{MARKED}.xlsx"))
    yield "sheets.write_problems path", lambda p: sheets.write_problems(p.plan, p.folder / f"{MARKED}.csv")
    yield "backup.backup_to folder", lambda p: backup.backup_to(p.office, _made(p, MARKED))
    yield "exporting.export_register path", lambda p: exporting.export_register(
        p.office, RECEIPT, View(), p.folder / f"{MARKED}.xlsx", TODAY
    )  # fmt: skip
    yield "exporting.export_rows path", lambda p: exporting.export_rows(
        p.office, RECEIPT, [], p.folder / f"{MARKED}.xlsx", TODAY
    )  # fmt: skip
    yield "printing.print_register path", lambda p: printing.print_register(
        p.office, RECEIPT, printing.PrintRequest(2026), p.folder / NAMED, TODAY
    )  # fmt: skip
    yield "printing.print_number_ledger path", lambda p: printing.print_number_ledger(
        p.office, numbers.all_series(p.office, RECEIPT)[0], 2026, p.folder / NAMED, TODAY
    )  # fmt: skip
    yield "printing.suffix_of path", lambda p: printing.suffix_of(p.folder / NAMED, [".pdf"])
    yield (
        "custody_printing.print_sheet target",
        lambda p: custody_printing.print_sheet(
            p.vault, "inventory", custody_printing.SheetRequest(), p.folder / NAMED, TODAY
        ),
    )
    for name, door in (
        ("print_sheet", archive_printing.print_sheet),
        ("preview_sheet", archive_printing.preview_sheet),
    ):
        yield f"printing.{name} path", lambda p, door=door: door(
            p.office, archive_printing.SheetRequest("stamp_grid"), p.folder / NAMED, TODAY
        )  # fmt: skip
    yield "printing.print_set folder", lambda p: archive_printing.print_set(p.office, 2026, p.folder / MARKED, TODAY)
    yield "forms.print_form path", lambda p: forms.print_form(
        p.office, forms.FormRequest("handling_sheet", p.receipt), p.folder / NAMED, TODAY
    )  # fmt: skip


def _table(place: Place) -> Path:
    path = place.folder / "保管期限表.toml"
    path.write_text(f'[[rule]]\ngroup = "甲"\nmatter = "{MARKED}"\nretention = "永久"\nsource = "乙"\n', "utf-8")
    return path


def _calendar_doors() -> Iterator[tuple[str, Door]]:
    """放假安排: a pasted notice, a file from a stick, a name typed, a file written."""
    marked = calendar.YearCalendar(2027).with_day(TODAY.replace(2027), DayKind.HOLIDAY, MARKED[:9])
    notice, table = f"一、元旦：1月1日放假。{MARKED}", f'year = 2027\nsource = "{MARKED}"\n'
    yield "calendar.read_notice text", lambda p: calendars.read_notice(p.office, MARKED, 2027)
    yield "calendar.load_notice path", lambda p: calendars.load_notice(p.office, _made(p, f"{MARKED}.xlsx"))
    yield "calendar.load_notice inside", lambda p: calendars.load_notice(p.office, _written(p, "通知.txt", notice))
    yield "calendar.load_calendar path", lambda p: calendars.load_calendar(p.office, _made(p, f"{MARKED}.xlsx"))
    yield "calendar.load_calendar source", lambda p: calendars.load_calendar(p.office, _written(p, "a.toml", table))
    yield "calendar.save_calendars name", lambda p: calendars.save_calendars(p.office, [marked])
    yield "calendar.write_calendar path", lambda p: calendars.write_calendar(
        p.office, calendar.YearCalendar(2027), p.folder / f"{MARKED}.toml"
    )  # fmt: skip


def _written(place: Place, name: str, text: str) -> Path:
    path = place.folder / name
    path.write_text(text, "utf-8")
    return path


def _archive_doors() -> Iterator[tuple[str, Door]]:
    for name, door in archive_doors(MARKED):
        yield name, lambda p, d=door: d(p.shelf)


def _catalogue_doors() -> Iterator[tuple[str, Door]]:
    """The catalogue of the archive as Excel: its file, the file of its columns, and what stands over them."""
    marked = catalogues.Layout((("title", MARKED),))
    yield "exporting.export_catalogue path", lambda p: catalogues.export_catalogue(
        p.office, View(), catalogues.whole_layout(), p.folder / f"{MARKED}.xlsx", TODAY
    )  # fmt: skip
    yield "exporting.export_catalogue layout", lambda p: catalogues.export_catalogue(
        p.office, View(), marked, p.folder / "a.xlsx", TODAY
    )  # fmt: skip
    yield "exporting.load path", lambda p: catalogues.load(p.folder / f"{MARKED}.json")
    yield "exporting.save path", lambda p: catalogues.save(catalogues.whole_layout(), p.folder / f"{MARKED}.json")
    yield "exporting.save layout", lambda p: catalogues.save(marked, p.folder / "栏目.json")
    yield "exporting.keep layout", lambda p: catalogues.keep(p.office, marked)


def _care_doors() -> Iterator[tuple[str, Door]]:
    for name, door in care_doors(MARKED):
        yield name, lambda p, d=door: d(p.store)


def _roster_doors() -> Iterator[tuple[str, Door]]:
    for name, door in roster_doors(MARKED):
        yield name, lambda p, d=door: d(p.watch)


def _log_doors() -> Iterator[tuple[str, Door]]:
    for name, door in log_doors(MARKED):
        yield name, lambda p, d=door: d(p.desk)


def _made(place: Place, name: str) -> Path:
    path = place.folder / name
    path.touch() if path.suffix else path.mkdir(exist_ok=True)
    return path


_EVERY = (
    _paper_doors, _child_doors, _guarded_doors, _other_doors, _file_doors, _archive_doors, _catalogue_doors,
    _care_doors, _calendar_doors, _roster_doors, _log_doors,
)  # fmt: skip
DOORS: Mapping[str, Door] = {name: door for doors in _EVERY for name, door in doors()}
