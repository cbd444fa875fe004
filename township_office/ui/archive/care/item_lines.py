# SPDX-License-Identifier: MulanPSL-2.0
"""Items of the archive as lines of a plain table: what is to be appraised, what goes to the county."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from township_office.core.fields import Field, Value
from township_office.core.text import t
from township_office.registers.archive.disposal import APPRAISAL_LINE
from township_office.registers.archive.item import ARCHIVE_ITEM
from township_office.registers.status import State
from township_office.services.archive import appraisal
from township_office.services.archive.appraisal import Judged
from township_office.ui.archive.care.plain_table import PLAIN, PlainLine, PlainTable
from township_office.ui.book.table_model import NUMBER, STATUS

Row = Mapping[str, Value]
_ENDS, _REMARKS = "ends", "remarks"
_WIDTHS = {"archive_year": 6, "retention_period": 8, "page_count": 5}
_TITLE_ROOM = 300  # pixels
_DESTROY, _KEEP = "destroy", "keep"


def items_table(*, is_judged: bool = False, is_brief: bool = False) -> PlainTable:
    """Return an empty table of items; is_judged: with what was decided and why; is_brief: beside their class."""
    columns = [Field(NUMBER, ARCHIVE_ITEM.number_label, width=31), Field("title", ARCHIVE_ITEM.field("title").label)]
    columns += [Field(name, ARCHIVE_ITEM.field(name).label, width=width) for name, width in _WIDTHS.items()]
    columns.append(Field(_ENDS, t("disposal.ends"), width=8))
    if is_judged:
        columns.append(Field(_REMARKS, APPRAISAL_LINE.field(_REMARKS).label, width=14))
        columns.insert(0, Field(STATUS, APPRAISAL_LINE.field("decision").label, width=13))
    least = (_ENDS, "archive_year", "retention_period") if is_brief else (_REMARKS, _ENDS, "page_count", "archive_year")
    table = PlainTable(columns, "title", several=True, least=least)
    if is_brief:  # 档号 says it
        table.least_room = _TITLE_ROOM
    table.setAccessibleName(ARCHIVE_ITEM.title)
    return table


def item_lines(items: Sequence[Row]) -> list[PlainLine]:
    """Return items as lines, each with its id as its key."""
    return [PlainLine(_texts(item), PLAIN, int(str(item["id"]))) for item in items]


def judged_lines(every: Sequence[Judged]) -> list[PlainLine]:
    """Return the items of an appraisal as lines, each with the id of its line as its key."""
    return [_judged(one) for one in every]


def _judged(one: Judged) -> PlainLine:
    words = str(one.line["decision"])
    if one.is_kept:
        state = State(_KEEP, t("disposal.kept", period=one.line["extended_to"]), "green")
    else:
        state = State(_DESTROY, words, "grey")
    texts = (state.label, *_texts(one.item), " ".join(str(one.line[_REMARKS] or "").split("\n")))
    return PlainLine(texts, state, int(str(one.line["id"])))


def _texts(item: Row) -> tuple[str, ...]:
    ends = appraisal.ends_in(item)
    said = {**item, "retention_period": item["extended_to"] or item["retention_period"]}
    return (
        str(item["number"] or item["original_number"] or ""),
        " ".join(str(item["title"] or t("ui.no_title")).split("\n")),
        *(str(said[name] or "") for name in _WIDTHS),
        t("disposal.year", year=ends) if ends else "",
    )
