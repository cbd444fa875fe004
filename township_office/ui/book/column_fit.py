# SPDX-License-Identifier: MulanPSL-2.0
"""How wide the columns of a register's table are, and which of them are shown where not all have room."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtGui import QFontMetrics

from township_office.core.fields import Field, Kind
from township_office.ui.book.line_delegate import PADDING
from township_office.ui.book.table_model import NUMBER, STATUS

STRETCHES = "title"
_TITLE_WIDTH = 264  # what a title keeps beside columns that clerks search by
_TITLE_ROOM = 330  # what it keeps beside the others
_TITLE_PLENTY = 420  # from here on other columns grow too
_TITLE_TYPED = 240  # what it keeps while a row is typed
_ALWAYS = (NUMBER, STATUS, STRETCHES)
_EARLY = (
    "sender", "main_recipient", "due_on", "received_on", "signed_on", "page_count", "doc_number",
    "temperature", "humidity", "reader", "duty_on", "received_at",
)  # fmt: skip
# In characters: 青自然资〔2026〕105号; 青山县人民政府办公室.
_IN_FULL = {"doc_number": 21, "sender": 20, "main_recipient": 20}
_CHARACTER = 7.4  # a Latin character; a Chinese one counts as two


def characters(pixels: int) -> int:
    """Return the width in characters that shows as so many pixels."""
    return min(80, max(2, round((pixels - 2 * PADDING) / _CHARACTER)))


def pixels(field: Field, head: QFontMetrics) -> int:
    """Return how wide a column is drawn: its characters, its heading at least."""
    return max(round(field.width * _CHARACTER), head.horizontalAdvance(field.label)) + 2 * PADDING


def fitting(
    columns: Sequence[Field], width: int, head: QFontMetrics, dragged: Collection[str] = (), *, is_typing: bool = False
) -> dict[int, int]:
    """Return place → width of the columns that fit beside a title wide enough to read.

    is_typing: a row is being typed, so what it cannot do without is there and the title has a width of its own, even
    where the table must then be scrolled. Otherwise the title is given what is left: 0.

    Number, state, title always; then who, when and 文号, as whole as there is room; then what clerks search by; then
    the rest, each in the office's order.
    """
    shown: dict[int, int] = {}
    left = width
    # A title that says little (调控措施) keeps no more than its own width from the others.
    own = min((pixels(field, head) for field in columns if field.name == STRETCHES), default=0)
    least = {room: own if own < _TITLE_WIDTH else room for room in (_TITLE_WIDTH, _TITLE_ROOM)}

    def grow(place: int, more: int) -> None:
        nonlocal left
        if columns[place].name not in dragged and more > 0:
            shown[place] += more
            left -= more

    ranks = [0 if is_typing and _is_typed_always(field) else _rank(field) for field in columns]
    order = sorted(range(len(columns)), key=ranks.__getitem__)
    early = [place for place in order if ranks[place] <= len(_EARLY)]
    for group in (early, order[len(early) :]):
        for place in group:
            field = columns[place]
            needed = 0 if field.name == STRETCHES else pixels(field, head)
            kept = least[_TITLE_WIDTH if field.searched or place in early else _TITLE_ROOM]
            if ranks[place] == 0 or needed + kept <= left:
                shown[place] = needed
                left -= needed
        for name, characters_in_full in _IN_FULL.items():
            for place in (place for place in group if place in shown and columns[place].name == name):
                in_full = round(characters_in_full * _CHARACTER) + 2 * PADDING
                grow(place, min(left - _TITLE_WIDTH, in_full - shown[place]))
    for place in shown:  # what is still to spare goes to names and 文号
        if columns[place].kind in (Kind.NAME, Kind.DOC_NUMBER):
            grow(place, min(left - _TITLE_PLENTY, shown[place] // 3))
    if is_typing and left < _TITLE_TYPED:
        shown |= {place: _TITLE_TYPED for place in shown if columns[place].name == STRETCHES}
    return shown


def _is_typed_always(field: Field) -> bool:
    return field.required or field.kind is Kind.DOC_NUMBER


def _rank(field: Field) -> int:
    """Return how early a column is given its place."""
    if field.name in _ALWAYS:
        return 0
    if field.name in _EARLY:
        return 1 + _EARLY.index(field.name)
    return 1 + len(_EARLY) if field.searched else 2 + len(_EARLY)
