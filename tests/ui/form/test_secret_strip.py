# SPDX-License-Identifier: MulanPSL-2.0
"""A state secret typed into an open register: refused, noted without its words, and led to where it belongs."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.ui.book.looking import empty_page, search, words_of
from tests.ui.conftest import receipt_draft
from tests.ui.entry.hands import put, row_of
from township_office.core.text import t
from township_office.registers import DOCUMENTS
from township_office.registers.confidential import CONFIDENTIAL
from township_office.registers.custody import STEPS
from township_office.registers.receipt import RECEIPT
from township_office.services import records
from township_office.ui.form import drafts
from township_office.ui.form.editors import make_editor
from township_office.ui.window import MainWindow

PLAN = "青龙工程"
MARKED = f"机密★10年{PLAN}"
WORD = f"关于{PLAN}机密文件的通知"


def write(dialog, **texts):
    for name, text in texts.items():
        dialog.sheet.blocks[name].editor.set_text(text)


# ---- the form ----


def test_the_form_says_where_it_belongs_while_the_mark_is_there(form, caplog):
    dialog = form()
    assert dialog._secret.isHidden()
    before = dialog.height()
    write(dialog, sender="青山县委办公室", title=MARKED)
    assert dialog._secret.words() == t("secret.strip")
    assert [button.text() for button in dialog._secret.buttons] == [t("secret.to_confidential"), t("secret.what_to_do")]
    assert dialog.height() > before, "nothing is squeezed"
    write(dialog, title=f"{MARKED}的通知")
    assert caplog.text.count("refused a text: receipt.title, clerk: 王春燕") == 1, "one fact, however many keys"
    assert PLAN not in caplog.text
    write(dialog, title="关于防汛的通知")
    assert dialog._secret.isHidden()


@pytest.mark.parametrize("texts", [{"secrecy_level": "机密"}, {"doc_number": "县委密电〔2026〕3号"}])
def test_a_level_and_a_telegrams_number_too(form, texts):
    dialog = form()
    write(dialog, **texts)
    assert not dialog._secret.isHidden()


@pytest.mark.parametrize(("which", "signal"), [(0, "confidential_wanted"), (1, "mishap_wanted")])
def test_leaving_for_it_keeps_nothing(qtbot, form, office, own_memory, which: int, signal: str):
    dialog = form()
    write(dialog, sender="青山县委办公室")
    dialog._keep_draft()
    write(dialog, title=MARKED)
    with qtbot.waitSignal(getattr(dialog, signal)):
        qtbot.mouseClick(dialog._secret.buttons[which], Qt.MouseButton.LeftButton)
    assert not dialog.isVisible()
    assert drafts.Drafts(office.path, RECEIPT).last(None) is None
    assert not list(own_memory.glob("drafts/*"))


# ---- the bare words ----


def test_the_bare_word_is_a_hint_that_stops_nobody(qtbot, form, office):
    dialog = form()
    write(dialog, sender="青山县委办公室", title=WORD)
    block = dialog.sheet.blocks["title"]
    assert block.below() == t("secret.word")
    assert block.editor.inner.property("tone") == "amber"
    assert dialog._secret.isHidden()
    with qtbot.waitSignal(dialog.saved):
        dialog.save()
    assert records.last_row(office, RECEIPT)["title"] == WORD


@pytest.mark.parametrize("text", ["关于保护商业秘密的通知", "工作秘密管理办法", "关于开展保密教育的通知", MARKED])
def test_no_hint_where_another_secret_is_meant_or_the_mark_says_more(form, text):
    dialog = form()
    write(dialog, title=text)
    assert dialog.sheet.blocks["title"].below() != t("secret.word")


@pytest.mark.parametrize("book", [CONFIDENTIAL, STEPS["out"].form], ids=lambda book: book.name)
def test_in_the_guarded_register_these_words_are_at_home(office, clock, dressed, book):
    for field in book.fields:
        editor = make_editor(field, office, book, clock)
        editor.set_text("机密")
        assert editor.doubt() != t("secret.word")
        editor.deleteLater()


@pytest.mark.parametrize("register", DOCUMENTS, ids=lambda register: register.name)
def test_every_free_text_of_the_open_registers_hints(office, clock, dressed, register):
    hinting = []
    for field in register.fields:
        editor = make_editor(field, office, register, clock)
        editor.set_text(WORD)
        hinting += [field.name] if editor.doubt() == t("secret.word") else []
        editor.deleteLater()
    free = [f.name for f in register.fields if f.kind in ("text", "long_text", "name", "doc_number")]
    assert hinting == free


# ---- the row for a bundle, and cells ----


@pytest.fixture
def begin(qtbot, shown):
    def open_row(office):
        tab = shown(office)
        with qtbot.waitActive(tab):
            tab.activateWindow()
        tab._commands["batch_entry"].trigger()
        return tab, row_of(tab)

    return open_row


@pytest.mark.parametrize(("link", "signal"), [("link", "confidential_wanted"), ("other_link", "mishap_wanted")])
def test_the_row_for_a_bundle_leads_there_and_forgets(qtbot, office_with_rows, begin, caplog, link, signal):
    tab, row = begin(office_with_rows)
    put(row, sender="青山县委办公室", title=MARKED)
    row.go_to("sender")
    assert row.foot.words() == t("secret.here", label="文件标题"), "wherever the cursor is"
    assert (row.foot.link.text(), row.foot.other_link.text()) == (t("secret.to_confidential"), t("secret.what_to_do"))
    assert caplog.text.count("refused a text: receipt.title") == 1
    assert PLAN not in caplog.text
    with qtbot.waitSignal(getattr(tab, signal)):
        getattr(row.foot, link).click()
    assert not tab.desk.bundle.is_open()
    assert row.texts()["title"] == row.texts()["sender"] == ""
    assert drafts.Drafts(office_with_rows.path, RECEIPT).last(None) is None


def test_its_links_go_with_the_mark(office_with_rows, begin):
    _tab, row = begin(office_with_rows)
    row.go_to("title")
    put(row, title=MARKED)
    assert row.foot.other_link.isVisible()
    put(row, title=WORD)
    assert row.foot.words() == t("secret.word")
    assert not row.foot.other_link.isVisible()
    assert not row.foot.link.isVisible()


def test_a_cell_hints_and_refuses(office_with_rows, shown, today):
    records.register_document(office_with_rows, RECEIPT, receipt_draft(0, today, title="关于甲的通知"), today)
    tab = shown(office_with_rows)
    place = [field.name for field in tab.list.model.columns].index("title")
    tab.desk.begin(tab.list.model.index(0, place), is_empty=False)
    cell = tab.desk._cell
    cell.frame.editor.set_text(WORD)
    assert cell.frame.problem.text() == t("secret.word")
    assert cell.frame.problem.property("tone") == "amber"
    cell.frame.editor.set_text(MARKED)
    assert not cell.commit((0, 0))
    assert cell.frame.problem.text() == t("problem.secret_mark", label="文件标题")
    assert cell.frame.problem.property("tone") == "red"
    cell.frame.editor.set_text(WORD)
    assert cell.commit((0, 0)), "a hint stops nobody"


# ---- the search box, and the window ----


def test_nothing_is_looked_for_by_a_mark(qtbot, office_with_rows, shown):
    tab = shown(office_with_rows)
    search(qtbot, tab, "通知")
    tab.search.setText(f"{MARKED}")
    assert words_of(empty_page(tab)) == [t("error.secret_search")]
    tab.search.clear()
    assert tab.list.table.isVisible()


@pytest.mark.parametrize("signal", ["confidential_wanted", "mishap_wanted"])
def test_the_window_leads_on(qtbot, office_with_rows, asker, clock, put_away, signal: str):
    window = MainWindow(office_with_rows, clock, asker)
    window.show()
    window.tabs.setCurrentIndex(1)
    tab = window.tab(1)
    tab.on_record_new()
    dialog = QApplication.activeModalWidget()
    write(dialog, title=MARKED)
    dialog._secret.buttons[signal == "mishap_wanted"].click()
    if signal == "confidential_wanted":
        assert window.tabs.currentIndex() == len(DOCUMENTS) + 1
        assert QApplication.activeModalWidget() is None
    else:
        assert QApplication.activeModalWidget().windowTitle() == t("mishap.title")
        QApplication.activeModalWidget().reject()
    put_away(window)


def test_the_memory_of_this_pc_keeps_no_mark(own_memory):
    from township_office.ui import memory

    memory.remember("folder", "/a/b")
    memory.remember("folder", f"/a/{MARKED}")
    memory.remember_first("reasons", MARKED, 5)
    assert not memory.write("other.json", {"a": [MARKED]})
    assert memory.recall("folder") == "/a/b"
    assert memory.recall_texts("reasons") == []
    assert PLAN not in "".join(path.read_text("utf-8") for path in own_memory.rglob("*") if path.is_file())
