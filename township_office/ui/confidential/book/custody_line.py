# SPDX-License-Identifier: MulanPSL-2.0
"""The custody chain of one copy as a time line: each step with its two names, when, and on whose word. Latest first."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QSizePolicy

from township_office.core.text import t
from township_office.registers.confidential import show_serials
from township_office.registers.custody import STEPS, Happened, State
from township_office.services.guarded.confidential import Paper
from township_office.ui.life.pane_lines import short_moment
from township_office.ui.widgets import label

_MOST = 24  # steps; the others stand in the history
_AWAY, _BACK = ("out", "lend", "clear", "transfer"), ("back", "return")  # handed to the holder, and back by him
_TONES = {State.READING: "amber", State.LENT: "amber", State.IN_HAND: "green"}


def chain_of(paper: Paper, serial: str, today: date) -> QGridLayout:
    """Return the steps of one copy, the latest first, and at the end how it came in."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(8)
    grid.setVerticalSpacing(3)
    grid.setColumnStretch(2, 1)
    steps = [step for step in reversed(paper.steps) if step.serial == serial]
    for place, step in enumerate(steps[:_MOST]):
        tone = _TONES.get(STEPS[step.key].target, "grey")
        _add(grid, (STEPS[step.key].title, tone), _names(step), short_moment(step.at, today), is_now=place == 0)
        _add_note(grid, _details(step))
    if len(steps) > _MOST:
        _add_note(grid, t("custody_book.more_steps", count=len(steps) - _MOST))
    _add_beginning(grid, paper, serial, today, is_now=not steps)
    return grid


def step_words(step: Happened) -> str:
    """Return a step in one line: 送阅 2026-11-20 09:15 赵保密 → 孙志强."""
    return t("custody_book.step", title=STEPS[step.key].title, at=step.at.replace("T", " ")[:16], names=_names(step))


def _add_beginning(grid: QGridLayout, paper: Paper, serial: str, today: date, *, is_now: bool) -> None:
    original = paper.copies[serial].made_from
    if original:
        made = next(step for step in paper.steps if serial in _serials(step))
        word, names, at = t("custody_book.made"), _names(made), made.at
        note = t("custody_book.made_from", serial=original)
    else:
        received = str(paper.record["received_on"])
        deliverer, by = str(paper.record["deliverer"] or ""), paper.entered_by
        word, names, at, note = t("custody_book.received"), _pair(deliverer, by), received, ""
    _add(grid, (word, "green"), names, short_moment(at, today), is_now=is_now)
    _add_note(grid, note)


def _serials(step: Happened) -> list[str]:
    """The copies that were made in a step."""
    made = step.values.get("serials")
    return made if isinstance(made, list) else []


def _shown_names(step: Happened) -> tuple[str, ...]:
    """Which two names stand in the line of a step: from whom to whom; the other values stand below it."""
    if step.key == "destroy":
        return STEPS[step.key].two
    handed_over = {"out": ("by", "holder"), "back": ("holder", "by")}
    return handed_over["out" if step.key in _AWAY else "back"] if step.key in (*_AWAY, *_BACK) else ("by",)


def _names(step: Happened) -> str:
    """赵保密 → 孙志强; of a destruction the two who watched it."""
    names = [str(step.values.get(name) or "") for name in _shown_names(step)]
    return "、".join(names) if step.key == "destroy" or len(names) == 1 else _pair(*names)


def _pair(giver: str, taker: str) -> str:
    return t("custody_book.from_to", giver=giver, taker=taker) if giver else taker


def _details(step: Happened) -> str:
    """On whose word, until when, on which list: what the step says besides its two names and its time."""
    said = {*_shown_names(step), "at"}
    words = []
    for field in STEPS[step.key].form.fields:
        value = step.values.get(field.name)
        if field.name == "copy_serial":
            value = show_serials(_serials(step))
        if value and field.name not in said:
            words.append(f"{field.label} {value}")
    return "　".join(words)


def _add(grid: QGridLayout, word: tuple[str, str], names: str, when: str, *, is_now: bool) -> None:
    line, (title, tone) = grid.rowCount(), word
    top = Qt.AlignmentFlag.AlignTop
    grid.addWidget(label("●" if is_now else "○", f"note-{tone if is_now else 'faint'}"), line, 0, top)
    grid.addWidget(label(title, f"note-{tone}" if is_now else "note-soft"), line, 1, top)
    who = label(names, "", wraps=True)
    who.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    grid.addWidget(who, line, 2, top)
    grid.addWidget(label(when, "note-soft"), line, 3, Qt.AlignmentFlag.AlignRight | top)


def _add_note(grid: QGridLayout, words: str) -> None:
    if words:
        note = label(words, "hint", wraps=True)
        note.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        grid.addWidget(note, grid.rowCount(), 1, 1, 3)
