# SPDX-License-Identifier: MulanPSL-2.0
"""The doors of the archive by which a text can come in, each tried with one that bears a state-secret mark."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from township_office.registers.archive.box import ARCHIVE_BOX
from township_office.registers.archive.item import ARCHIVE_ITEM
from township_office.services.archive import boxing, committing, deciding, items
from township_office.services.archive.deciding import DECIDED
from township_office.services.office import Office

TODAY = date(2026, 11, 20)
_PAPER = {
    "title": "1999年党委会记录", "responsible_body": "中共云水镇委员会", "dated_on": "1999-12-31", "page_count": "30",
    "retention_period": "永久",
}  # fmt: skip


class Shelf:
    """An archive with one item in a box, filed here, and a document that waits."""

    def __init__(self, office: Office) -> None:
        self.office = office
        deciding.add_unregistered(office, 1999, _PAPER, TODAY)
        self.batch = committing.commit_year(office, 1999, TODAY).batch
        (series,) = (one.series for one in items.classes(office))
        (box,) = boxing.commit_boxes(office, series, 1999, TODAY)
        self.item, self.box = int(str(box.items[0]["id"])), int(str(box.row["id"]))
        self.key = deciding.add_unregistered(office, 1999, _PAPER | {"title": "1999年党委会纪要"}, TODAY)


def archive_doors(marked: str) -> Iterator[tuple[str, Callable[[Shelf], object]]]:
    """Each field of an item, of a box and of a decision; each reason."""
    for field in ARCHIVE_ITEM.fields:
        said = {field.name: marked}
        whole = _PAPER | {"archive_year": "1999", "org_or_subject": "BGS"} | said
        yield f"items.add_item draft {field.name}", lambda s, d=whole: items.add_item(s.office, d, TODAY)
        yield (
            f"items.correct_item draft {field.name}",
            lambda s, d=said: items.correct_item(s.office, s.item, d, TODAY),
        )
    for name in DECIDED:
        said = {name: marked}
        yield (
            f"deciding.decide draft {name}",
            lambda s, d=said: deciding.decide(s.office, [s.key], d, TODAY),
        )
        yield (
            f"deciding.add_unregistered draft {name}",
            lambda s, d=said: deciding.add_unregistered(s.office, 1999, _PAPER | d, TODAY),
        )
    for field in ARCHIVE_BOX.fields:
        said = {field.name: marked}
        yield f"boxing.correct_box draft {field.name}", lambda s, d=said: boxing.correct_box(s.office, s.box, d, TODAY)
    yield "items.correct_item why", lambda s: items.correct_item(s.office, s.item, {"title": "纪要"}, TODAY, marked)
    yield "items.give_fonds_no why", lambda s: items.give_fonds_no(s.office, marked)
    yield "committing.revoke why", lambda s: committing.revoke(s.office, s.batch, marked, TODAY)


# What is a text by its type and none by what is done with it; see test_tripwire.
KEPT_NOWHERE = {
    "compared with what there is": """
        boxing.boxes series, boxing.commit_boxes series, boxing.propose_boxes series, boxing.unbox series,
        boxing.unboxed series, browsing.counts part, deciding.decide keys, deciding.join main, deciding.join others,
        deciding.move key, deciding.split keys,
        items.check_class periods, proposal.Plan.find key, proposal.source_of key, scheme.Scheme.has_orgs category,
        scheme.Scheme.org_code text, scheme.Scheme.org_name code, scheme.Scheme.template category, settings.full_key
        name
    """,
    "proposed from, while it is typed": "items.next_code record",
    "in the file already": "scheme.segments_of row",
    "handed on by a door that is tried": """
        freeing.free_documents why, voids.let_go why, freeing.still_out code, freeing.still_out key,
        care.holder_words row,
        items.own_columns record, settings.pairs_of value
    """,
}
