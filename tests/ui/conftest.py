# SPDX-License-Identifier: MulanPSL-2.0
"""What every test of the screen may ask for: a dressed application, an office, someone who answers the boxes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QWidget

from township_office.core.errors import OfficeError
from township_office.core.fields import Draft, Register, Value
from township_office.registers.dispatch import DISPATCH
from township_office.registers.receipt import RECEIPT
from township_office.services import records
from township_office.services.office import Office, close_office, create_office, open_office
from township_office.ui import jobs, memory, theme
from township_office.ui.book.register_tab import RegisterTab
from township_office.ui.form.record_dialog import RecordDialog
from township_office.ui.window import MainWindow

SENDERS = ("青山县应急管理局", "青山县委组织部", "青山县财政局")
TITLES = ("关于开展森林草原防灭火隐患排查的通知", "关于做好党员信息采集更新工作的通知", "关于报送部门预算数据的通知")


class Recorder:
    """An Asker that writes down what was said and answers as told; an unexpected bug fails the test at once."""

    def __init__(self) -> None:
        self.told: list[str] = []
        self.reported: list[str] = []
        self.confirmed: list[str] = []
        self.asked: list[str] = []  # titles of file and folder dialogs
        self.suggested: list[str] = []
        self.says_yes = True
        self.path: Path | None = None  # the answer to every file and folder dialog; None is 取消

    def report(self, error: BaseException) -> None:
        if not isinstance(error, OfficeError):
            raise error
        self.reported.append(str(error))

    def tell(self, text: str) -> None:
        self.told.append(text)

    def confirm(self, text: str, yes: str, then: Callable[[], None]) -> None:
        self.confirmed.append(text)
        if self.says_yes:
            then()

    def open_file(self, title: str, filters: str, then: Callable[[Path], None]) -> None:
        self._answer(title, then)

    def save_file(self, title: str, suggested: str, filters: str, then: Callable[[Path], None]) -> None:
        self.suggested.append(suggested)
        self._answer(title, then)

    def folder(self, title: str, then: Callable[[Path], None]) -> None:
        self._answer(title, then)

    def _answer(self, title: str, then: Callable[[Path], None]) -> None:
        self.asked.append(title)
        if self.path is not None:
            then(self.path)


@pytest.fixture(autouse=True)
def own_memory(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What the PC remembers lies in a folder of the test's own, never in that of whoever runs it."""
    folder = tmp_path_factory.mktemp("memory")
    monkeypatch.setattr(memory, "folder", lambda: folder)
    return folder


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    """What pytest-qt makes the application with."""
    return ["township-office", *theme.ARGUMENTS]


@pytest.fixture(scope="session")
def dressed(qapp: QApplication) -> QApplication:
    """The application in its own look."""
    theme.apply(qapp)
    return qapp


@pytest.fixture(autouse=True)
def ended_jobs(dressed: QApplication) -> Iterator[None]:
    """No work of one test runs on into the next."""
    yield
    jobs.stop_all()
    dressed.processEvents()


@pytest.fixture
def asker() -> Recorder:
    return Recorder()


@pytest.fixture
def clock(today: date) -> Callable[[], date]:
    return lambda: today


@pytest.fixture
def office(tmp_path: Path, today: date) -> Iterator[Office]:
    """A fresh office without a single row."""
    made = create_office(tmp_path / "云水镇.office.db", "云水镇党政综合办公室", "王春燕", today)
    yield made
    close_office(made)


@pytest.fixture
def office_with_rows(office: Office, today: date) -> Office:
    """30 receipts of this year (number 5 void, 1 to 10 filed, 28 overdue), 2 of last year, 4 dispatches."""
    for place in range(2):
        day = date(today.year - 1, 12, 20 + place)
        records.register_document(office, RECEIPT, receipt_draft(place, day, title=f"去年的第{place}件通知"), day)
    first = today - timedelta(days=58)
    for place in range(30):
        day = first + timedelta(days=2 * place)
        due = today - timedelta(days=1) if place == 27 else day + timedelta(days=30)
        draft = receipt_draft(place, day, due_on=due.isoformat())
        if place < 10:
            draft |= {"completed_on": day.isoformat(), "filed_on": day.isoformat()}
        elif place < 20:
            draft |= {"completed_on": day.isoformat()}
        row = records.register_document(office, RECEIPT, draft, day)
        if place == 4:
            records.void(office, RECEIPT, int(str(row["id"])), "重复登记", day)
    for place in range(4):
        day = today - timedelta(days=place)
        records.register_document(office, DISPATCH, dispatch_draft(place, day), day)
    return office


@pytest.fixture
def put_away() -> Callable[..., None]:
    """Close and delete widgets now, while their office is still open."""

    def close(*widgets: QWidget) -> None:
        jobs.stop_all()
        for widget in widgets:
            widget.close()
            widget.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    return close


def receipt_draft(place: int, day: date, **more: str) -> dict[str, str]:
    """A believable receipt of invented people."""
    kind = place % len(SENDERS)
    draft = {
        "received_on": day.isoformat(), "sender": SENDERS[kind], "title": TITLES[kind], "copy_count": "1",
        "doc_number": f"青字〔{day.year}〕{place + 20}号", "handler": ("李向东", "刘敏")[place % 2], "urgency": "平件",
    }  # fmt: skip
    return draft | more


def dispatch_draft(place: int, day: date) -> Draft:
    """A believable dispatch."""
    return {
        "signed_on": day.isoformat(), "genre": "通知", "title": f"关于做好第{place}项工作的通知",
        "main_recipient": "各村（社区）", "drafter": "刘敏", "signer": "何文斌",
    }  # fmt: skip


@pytest.fixture
def readonly_office(office_with_rows: Office, today: date) -> Iterator[Office]:
    """The same office, opened from a file that cannot be written."""
    path = office_with_rows.path
    close_office(office_with_rows)
    path.chmod(0o444)
    opened = open_office(path, "王春燕")
    opened.is_readonly = True  # root may write everything: what the file would have told any other user
    yield opened
    close_office(opened)


@pytest.fixture
def window(
    qtbot, office_with_rows: Office, asker: Recorder, clock: Callable[[], date], put_away: Callable[..., None]
) -> Iterator[MainWindow]:
    """The main window on an office with rows, as large as a small screen."""
    made = MainWindow(office_with_rows, clock, asker)
    made.resize(1366, 728)
    made.show()
    qtbot.waitExposed(made)
    yield made
    put_away(made)


@pytest.fixture
def form(qtbot, office: Office, clock: Callable[[], date], asker: Recorder) -> Callable[..., RecordDialog]:
    """Open a form on screen, active, so that keys reach it."""

    def show_form(register: Register = RECEIPT, row: Mapping[str, Value] | None = None) -> RecordDialog:
        dialog = RecordDialog(office, register, clock, asker, row)
        qtbot.addWidget(dialog, before_close_func=lambda widget: setattr(widget, "_is_done", True))
        dialog.open()
        dialog.activateWindow()
        with qtbot.waitActive(dialog):
            pass
        return dialog

    return show_form


@pytest.fixture
def shown(qtbot, office, asker, clock, put_away) -> Iterator[Callable[..., RegisterTab]]:
    """Open tabs, and close them before their office is closed."""
    opened: list[RegisterTab] = []

    def show(
        of: Office, register: Register = RECEIPT, today: Callable[[], date] = clock, width: int = 1366
    ) -> RegisterTab:
        tab = RegisterTab(of, register, today, asker)
        opened.append(tab)
        tab.resize(width, 640)
        tab.show()
        tab.activateWindow()
        tab.list.table.setFocus()
        qtbot.waitExposed(tab)
        return tab

    yield show
    put_away(*opened)


@pytest.fixture
def tab(office_with_rows, shown):
    return shown(office_with_rows)
