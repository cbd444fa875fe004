# SPDX-License-Identifier: MulanPSL-2.0
from __future__ import annotations

import threading
from time import sleep

import pytest
from PySide6.QtCore import QThread
from PySide6.QtWidgets import QWidget

from township_office.core.errors import Cancelled, OfficeError
from township_office.ui import jobs
from township_office.ui.jobs import JobDialog, run_job, run_quietly, stop_all


@pytest.fixture
def page(qtbot):
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.show()
    return widget


def dialog_of(page: QWidget) -> JobDialog | None:
    return page.findChild(JobDialog)


def test_result_comes_back_on_the_screens_thread(qtbot, page):
    came: list[object] = []
    worked_in: list[object] = []

    def work(progress):
        worked_in.append(QThread.currentThread())
        return 42

    run_job(page, "打印", work, lambda result: came.extend([result, QThread.currentThread()]), pytest.fail)
    qtbot.waitUntil(lambda: bool(came))
    assert came == [42, page.thread()]
    assert worked_in != [page.thread()]


def test_short_work_shows_no_dialog(qtbot, page, monkeypatch):
    monkeypatch.setattr(jobs, "SHOW_AFTER_MS", 60)
    came: list[int] = []
    run_job(page, "打印", lambda progress: 1, came.append, pytest.fail)
    qtbot.waitUntil(lambda: came == [1])
    qtbot.wait(120)
    assert dialog_of(page) is None


def test_an_error_is_handed_on(qtbot, page):
    errors: list[BaseException] = []

    def work(progress):
        raise OfficeError("error.read_only")

    run_job(page, "打印", work, pytest.fail, errors.append)
    qtbot.waitUntil(lambda: bool(errors))
    assert isinstance(errors[0], OfficeError)


def test_progress_is_shown_and_cancelling_keeps_nothing(qtbot, page, monkeypatch):
    monkeypatch.setattr(jobs, "SHOW_AFTER_MS", 10)
    stopped = threading.Event()

    def work(progress):
        try:
            for step in range(10_000):
                progress(step, 10_000)
                sleep(0.002)
        except Cancelled:
            stopped.set()
            raise

    run_job(page, "正在导入", work, pytest.fail, pytest.fail)
    dialog = dialog_of(page)
    qtbot.waitUntil(lambda: dialog.isVisible() and "/ 10,000" in dialog._words.text())
    dialog._stop.click()
    assert not dialog._stop.isEnabled()
    qtbot.waitUntil(lambda: dialog_of(page) is None)
    assert stopped.is_set()


def test_the_dialog_does_not_close_before_the_work_has_stopped(qtbot, page, monkeypatch):
    monkeypatch.setattr(jobs, "SHOW_AFTER_MS", 10)
    let_go = threading.Event()

    def work(progress):
        let_go.wait(10)
        progress(1, 2)

    run_job(page, "正在备份", work, pytest.fail, pytest.fail)
    dialog = dialog_of(page)
    qtbot.waitUntil(dialog.isVisible)
    dialog.close()
    assert dialog.isVisible()
    let_go.set()
    qtbot.waitUntil(lambda: dialog_of(page) is None)


def test_nobody_is_called_when_the_asking_page_is_gone(qtbot):
    page = QWidget()
    let_go = threading.Event()
    run_quietly(page, lambda progress: let_go.wait(10), pytest.fail, pytest.fail)
    page.deleteLater()
    qtbot.wait(20)
    let_go.set()
    stop_all()
    qtbot.wait(20)


def test_stop_all_waits_for_every_job(page):
    ended = threading.Event()

    def work(progress):
        try:
            while True:
                progress(0, 0)
                sleep(0.001)
        finally:
            ended.set()

    run_quietly(page, work, pytest.fail, pytest.fail)
    stop_all()
    assert ended.is_set()
