# SPDX-License-Identifier: MulanPSL-2.0
"""The doors of the book kept while on duty, each tried with a text that bears a state-secret mark."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from township_office.registers.duty.event import DUTY_EVENT
from township_office.registers.duty.log import DUTY_CALL, DUTY_LOG
from township_office.services.office import Office
from township_office.services.roster import events, log

TODAY = date(2026, 11, 20)
_HEARD = {"received_at": "2026-11-20 9:15", "title": "石桥村后山滑坡"}
_SIGNED = {"title": "平安无事", "handed_by": "王春燕", "taken_by": "李向东", "handed_at": "2026-11-20 20:30"}


class Desk:
    """A page that is being kept, and an emergency."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.page = int(str(log.begin(office, {"duty_on": "2026-11-20"}, TODAY)["id"]))
        self.event = int(str(events.enter(office, _HEARD, TODAY)["id"]))


def log_doors(marked: str) -> Iterator[tuple[str, Callable[[Desk], object]]]:
    """Each field of each book by each way in."""
    for field in DUTY_LOG.fields:
        said = {"duty_on": "2026-11-19", field.name: marked}
        yield f"log.begin draft {field.name}", lambda d, s=said: log.begin(d.office, s, TODAY)
    for field in DUTY_CALL.fields:
        said = {"title": "询问会议时间", field.name: marked}
        yield f"log.add_call draft {field.name}", lambda d, s=said: log.add_call(d.office, d.page, s, TODAY)
    for name in ("title", "open_items", *_SIGNED):
        said = _SIGNED | {name: marked}
        yield f"log.hand_over draft {name}", lambda d, s=said: log.hand_over(d.office, d.page, s, TODAY)
    for field in DUTY_EVENT.fields:
        said = {field.name: marked}
        yield f"events.enter draft {field.name}", lambda d, s=said: events.enter(d.office, _HEARD | s, TODAY)
        yield f"events.correct draft {field.name}", lambda d, s=said: events.correct(d.office, d.event, s, TODAY)
    yield "events.correct why", lambda d: events.correct(d.office, d.event, {"place": "石桥村"}, TODAY, marked)


# What is a text by its type and none by what is done with it; see test_tripwire.
KEPT_NOWHERE = {
    "in the file already": """
        log.events_of log, log.hours_of log, log.proposed_handover log, events.proposed_report event,
        one_a_day.refuse_second record
    """,
}
