# SPDX-License-Identifier: MulanPSL-2.0
"""No door lets a text with a state-secret mark in, whichever it is; and each notes the fact without the text."""

from __future__ import annotations

import inspect
import logging
import pkgutil
import re
from collections.abc import Iterator
from datetime import datetime
from importlib import import_module
from pathlib import Path

import platformdirs
import pytest

from tests.services import archive_doors, care_doors, log_doors, roster_doors
from tests.services.doors import DOORS, MARKED, PLAN, TODAY, Place
from township_office import services
from township_office.core.errors import OfficeError
from township_office.registers.receipt import RECEIPT
from township_office.services import logbook, office, records, tripwire
from township_office.services.guarded import drafts
from township_office.services.office import Office
from township_office.store import rows as store


@pytest.fixture(scope="module")
def place(new_office, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """One for all doors: what is refused changes nothing."""
    folder = tmp_path_factory.mktemp("doors")
    made = new_office(folder / "云水镇.office.db")
    yield Place(made, folder)
    office.close_office(made)


# Refused for another reason first, or looked at and kept nowhere: then there is nothing to note.
_UNNOTED = {
    "records.by_number number", "vault.make custodian", "confidential.correct_paper why",
    # A choice takes no words but its own.
    "confidential.register_paper draft secrecy_level", "confidential.correct_paper draft secrecy_level",
}  # fmt: skip


@pytest.mark.parametrize("name", DOORS)
def test_a_marked_text_is_refused_and_the_fact_alone_is_noted(name: str, place: Place, caplog, tmp_path: Path):
    caplog.set_level(0)
    with pytest.raises(OfficeError) as refused:
        DOORS[name](place)
    assert PLAN not in caplog.text
    assert "★" not in caplog.text
    if name not in _UNNOTED:
        assert PLAN not in str(refused.value)
        assert "refused a text: " in caplog.text


def test_nothing_of_it_is_in_the_file_or_beside_it(place: Place):
    """After all of the above, and by itself as well."""
    for name in DOORS:
        with pytest.raises(OfficeError):
            DOORS[name](place)
    whole = place.office.path.read_bytes()
    assert not [word for word in (PLAN, "★") if word.encode() in whole]
    assert {path.name for path in place.folder.rglob("*") if PLAN in path.name} <= {MARKED, f"{MARKED}.xlsx"}


def test_the_file_itself_takes_none_from_a_door_that_forgot(place: Place):
    with pytest.raises(OfficeError, match="国家秘密标志"), office.change(place.office) as pen:
        store.insert(pen, "setting", {"name": "office.leaders", "value": MARKED})
    assert not place.office.db.conn.in_transaction


def test_a_half_typed_form_with_a_mark_is_not_kept_sealed_either(place: Place, caplog):
    drafts.keep(place.vault, "paper", {"secrecy_period": "★10年", "cabinet_no": "甲3"})
    assert drafts.is_kept(place.vault, "paper")
    assert caplog.text == ""
    drafts.keep(place.vault, "paper", {"cabinet_no": "甲3", "title": MARKED})
    assert not drafts.is_kept(place.vault, "paper")
    assert "refused a text: confidential.draft, clerk: 赵保密" in caplog.text
    assert PLAN not in caplog.text


# ---- is every door here? ----


def text_parameters() -> Iterator[str]:
    """Every parameter of a public function of the services that may be a text, a draft or a path."""
    for module in pkgutil.walk_packages(services.__path__, f"{services.__name__}."):
        loaded, short = import_module(module.name), module.name.rpartition(".")[2]
        for owner in [loaded, *(c for _, c in inspect.getmembers(loaded, inspect.isclass))]:
            if owner is not loaded and owner.__module__ != loaded.__name__:
                continue
            for name, function in inspect.getmembers(owner, inspect.isfunction):
                if name.startswith("_") or function.__module__ != loaded.__name__:
                    continue
                whose = short if owner is loaded else f"{short}.{owner.__name__}"
                for one in inspect.signature(function).parameters.values():
                    if re.search(r"\bstr\b|Draft|Path", str(one.annotation)):
                        yield f"{whose}.{name} {one.name}"


# What is a text by its type and none by what is done with it, each with the reason why nothing of it is kept.
KEPT_NOWHERE = {
    "compared with what there is": """
        circulation.out_now purpose, circulation.plan purpose, circulation.send purpose,
        confidential.by_number typed, confidential.checked_reason why, confidential.correct_paper why,
        confidential.set_mode wanted, confidential.void_paper why, custody.copies_of typed, custody.copy_of
        typed, custody.take_back_step serial, custody.take_back_step why, custody.take_step serials,
        custody.take_step key, custody.take_steps copies, custody.take_steps key, numbers.next_number draft,
        numbers.pick_series wanted, numbers.reserve series_code, numbers.set_series key, records.completions
        field_name, settings.declared_width name, settings.get_setting key, settings.set_setting key,
        sheets.choose sheet, importing.choose sheet, importing.plan_import sheet, sheets.left_out why,
        steps.take_step key,
        vault.is_recovery_code typed, vault.of_kind kind, vault.remove_custodian custodian, vault.unlock
        custodian, clearance.Comparison.of group, custody_lists.known_names field_name, day_check.matching
        typed, mishap.tick measure, unlocking.prove_apart custodian, unlocking.unlock_apart custodian,
        recovery.check typed, drafts.is_kept name, drafts.take name,
        claims.read_loosely written, claims.spelt written,
        custody_printing.list_numbers key, custody_printing.prepare_sheet key, custody_printing.print_sheet
        key, custody_rows.said name, print_pages.gather_from sheet, printing.registered sheet,
        print_pages.Desk.setting name, print_pages.Desk.millimetres name
    """,
    "read as a day, a time or a count": """
        circulation.pass_on returned_at, circulation.pass_round returned_at, circulation.take_back
        returned_at, confidential.set_mode signed_off_on, custody.is_late hour, distribution.distribute
        copies, mishap.begin found_at
    """,
    "proposed from, while it is typed": """
        habits.likely_sender title, habits.likely_sender number, habits.recurring_titles sender,
        habits.recurring_titles typed, habits.usual_code sender, records.completions typed,
        records.lookalikes draft
    """,
    "in the file already": """
        children.check_copy row, circulation.days_out row, circulation.is_out row, dossier.likely_purpose
        paper, records.awaits_number row, records.is_done row, standing.standing_of row, steps.draft_of row,
        steps.possible_steps row, memory_sheets.mishap office_name, memory_sheets.recovery office_name
    """,
    "handed on by a door that is tried": """
        children.read_changes draft, children.read_changes clerk, circulation.plan readers,
        confidential.check_paper draft, confidential.register_papers drafts, confidential.is_counted draft,
        custody.take_steps draft, import_numbering.Places.take values, numbers.allot draft,
        printing.suffix_of allowed, printing.write_page path, records.checked_reason why,
        records.checked_reason clerk, search.queries_of text, settings.joined_pairs pairs, tour.data_file
        folder, vault.unlock_with_code clerk, day_check.checked_second name, unlocking.make_apart custodian,
        unlocking.set_password_apart custodian, printing.page_count source, printing.render_page source,
        custody_printing.draw_sheet target, printing.write_pages path, settings.keep_column_widths widths
    """,
    "a word of the program's own": """
        deeds.since verb, office.change deed, vault.make hand_over, printing.draw_in_memory name
    """,
    "kept as a key alone": """
        vault.check_password password, vault.check_password name, vault.make password, vault.set_password
        password, vault.unlock password, vault.unlock_with_code code, memory_sheets.recovery code,
        recovery.groups code, unlocking.make_apart password, unlocking.prove_apart password,
        unlocking.set_password_apart password, unlocking.set_password_apart code, unlocking.unlock_apart
        password, unlocking.unlock_with_code_apart code
    """,
    "the trip-wire itself": """
        tripwire.clean draft, tripwire.clean clerk, tripwire.note place, tripwire.note clerk,
        tripwire.note_problems place, tripwire.note_problems clerk, tripwire.read draft, tripwire.read
        clerk, tripwire.refuse place, tripwire.refuse texts, tripwire.refuse clerk, tripwire.refuse_name
        place, tripwire.refuse_name path, tripwire.refuse_name clerk, tripwire.refuse_fields draft,
        tripwire.refuse_fields clerk
    """,
    "dropped, and tried below": """
        drafts.keep name, drafts.keep texts
    """,
}


def test_every_text_of_every_service_is_tried_or_kept_nowhere():
    tried = {" ".join(name.split()[:2]) for name in DOORS}
    excused = {
        " ".join(one.split())
        for module in (archive_doors, care_doors, log_doors, roster_doors)
        for kept in (KEPT_NOWHERE, module.KEPT_NOWHERE)
        for names in kept.values()
        for one in names.split(",")
    }
    there = set(text_parameters())
    assert not there - tried - excused, f"try them in DOORS: {sorted(there - tried - excused)}"
    assert not excused - there, f"no longer there: {sorted(excused - there)}"


# ---- what can be read of it later ----


@pytest.fixture
def log_file(tmp_path: Path, monkeypatch) -> Iterator[Path]:
    """The program's log as the program itself keeps it."""
    monkeypatch.setattr(platformdirs, "user_log_path", lambda *_, **__: tmp_path / "log")
    handler = logbook.log_handler()
    logging.getLogger("township_office").addHandler(handler)
    yield tmp_path / "log" / "program.log"
    logging.getLogger("township_office").removeHandler(handler)
    handler.close()


def test_the_facts_can_be_counted_and_the_text_is_not_among_them(office: Office, log_file: Path):
    draft = {"received_on": "今天", "sender": "甲", "title": MARKED}
    for _ in range(2):
        with pytest.raises(OfficeError):
            records.register_document(office, RECEIPT, draft, TODAY)
    tripwire.note("search")
    first, second = tripwire.noted()
    assert (first.place, first.clerk) == ("receipt.title", "王春燕")
    assert datetime.fromisoformat(first.at)
    assert (second.place, second.clerk) == ("search", "")
    assert not [word for word in (PLAN, "★", "机密") if word in log_file.read_text("utf-8")]


def test_no_log_is_no_refusal(log_file: Path):
    assert tripwire.noted() == []


def test_a_fault_nobody_expected_takes_no_words_into_the_log(log_file: Path):
    try:
        try:
            raise KeyError(MARKED)
        except KeyError as error:
            raise ValueError(MARKED) from error
    except ValueError:
        logging.getLogger("township_office.cli").exception("unexpected")
    written = log_file.read_text("utf-8")
    assert "ValueError" in written
    assert "KeyError" in written
    assert "test_tripwire.py" in written
    assert PLAN not in written
