# SPDX-License-Identifier: MulanPSL-2.0
"""值班日志 and 交接班: one page a day, begun with what is known of it, its calls noted, handed over by two names.

What is open goes on to the next day's page. After that the page is locked: what is corrected then says why.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta

from township_office.core.dates import parse_date, show_date
from township_office.core.errors import Invalid
from township_office.core.fields import Draft, Problem, Value
from township_office.core.text import t
from township_office.core.values import parse
from township_office.registers.duty.log import DUTY_CALL, DUTY_LOG, LEADING, NOTHING, QUIET, is_handed_over
from township_office.services import children, records, steps
from township_office.services.office import Office, change
from township_office.services.roster.today import on_duty
from township_office.services.settings import get_setting
from township_office.store import duty_log as store
from township_office.store.records import Row

_DAY = timedelta(1)
_JOINT = "、"
_OPEN = "open_items"
_LOOKED_BACK = 31  # days


def log_of(office: Office, day: date) -> Row | None:
    """Return the page of a day, None where it was not begun."""
    return store.of_day(office.db, day)


def running(office: Office, today: date) -> Row | None:
    """Return the page that is being kept: today's, else the last one before, as long as nobody took over."""
    found = store.of_day(office.db, today) or store.last_before(office.db, today)
    return None if found is None or (found["duty_on"] != today and is_handed_over(found)) else found


def prefilled(office: Office, day: date) -> dict[str, str]:
    """Return what the page of a day says at first: who is on duty, from when to when, what was left open before.

    Where the roster says nothing, whoever took over is on duty.
    """
    turns, before = on_duty(office, day), store.last_before(office.db, day)
    hour = get_setting(office, "duty.day_starts")
    people = _names(one.name for one in turns if LEADING not in one.line)
    took_over = before is not None and before["duty_on"] == day - _DAY and str(before["taken_by"] or "")
    return {
        "duty_on": show_date(day),
        "leader": _names(one.name for one in turns if LEADING in one.line),
        "people": people or took_over or office.clerk,
        "begun_at": f"{show_date(day)} {hour}",
        "ended_at": f"{show_date(day + _DAY)} {hour}",
        "title": QUIET,
        _OPEN: _left_open(before),
    }


def day_to_begin(office: Office, today: date) -> date:
    """Return the day whose page is begun next: today, else the last of a month back that has none."""
    days = (today - timedelta(back) for back in range(_LOOKED_BACK))
    return next((day for day in days if store.of_day(office.db, day) is None), today)


def begin(office: Office, draft: Draft, today: date) -> Row:
    """Begin the page of a day; what draft does not say is filled in. Raise Invalid where the day has one already."""
    whole = prefilled(office, _day_of(draft, today)) | dict(draft)
    return records.register_document(office, DUTY_LOG, whole, today)


def hand_over(office: Office, log_id: int, draft: Draft, today: date) -> Row:
    """交接班: both sign, the page is locked, what is open goes on to the next day's page, which is begun at once."""
    with change(office, t("step.hand_over")):
        row = steps.take_step(office, DUTY_LOG, log_id, "hand_over", draft, today)
        if str(row["handed_at"])[:10] > today.isoformat():
            raise Invalid([Problem("handed_at", t("duty_log.not_yet_handed"))])
        _carry(office, row, today)
        return row


def add_call(office: Office, log_id: int, draft: Draft, today: date) -> Row:
    """来电, 来文 or 来访: one line of a page; a time before the duty began is one of the night after it."""
    page = records.get(office, DUTY_LOG, log_id)
    whole = dict(draft) | {"called_at": _at_night(office, page, draft.get("called_at", ""), today)}
    return children.add_child(office, DUTY_CALL, log_id, whole, today)


def events_of(office: Office, log: Mapping[str, Value]) -> list[Row]:
    """Return the emergencies of the hours a page is about."""
    return store.events_between(office.db, *hours_of(office, log))


def hours_of(office: Office, log: Mapping[str, Value]) -> tuple[str, str]:
    """Return from which minute to which a page is kept, as moments."""
    day, hour = log["duty_on"], get_setting(office, "duty.day_starts")
    assert isinstance(day, date)
    begun, ended = str(log["begun_at"] or ""), str(log["ended_at"] or "")
    return begun or f"{show_date(day)} {hour}", ended or f"{show_date(day + _DAY)} {hour}"


def proposed_handover(office: Office, log: Mapping[str, Value], now: datetime) -> dict[str, str]:
    """Return what the form of 交接班 says at first: who was on duty hands over to who is next by the roster, now."""
    day = log["duty_on"]
    assert isinstance(day, date)
    following = (one.name for one in on_duty(office, day + _DAY) if LEADING not in one.line)
    return {
        "taken_by": _names(following),
        "title": str(log["title"] or QUIET),
        _OPEN: str(log[_OPEN] or NOTHING),
        "handed_by": str(log["people"] or ""),
        "handed_at": f"{now:%Y-%m-%d %H:%M}",
    }


def _carry(office: Office, log: Row, today: date) -> None:
    day = log["duty_on"]
    assert isinstance(day, date)
    following = store.of_day(office.db, day + _DAY)
    if following is None and day < today:
        begin(office, {"duty_on": show_date(day + _DAY)}, today)
    elif following is not None and not is_handed_over(following):
        there = str(following[_OPEN] or "").split("\n")
        lines = [line for line in there if line not in ("", NOTHING)]
        more = [line for line in _left_open(log).split("\n") if line and line not in lines]
        if more:
            row_id = int(str(following["id"]))
            records.correct(office, DUTY_LOG, row_id, {_OPEN: "\n".join([*lines, *more])}, today, t("step.hand_over"))


def _at_night(office: Office, page: Row, typed: str, today: date) -> str:
    begun, ended = hours_of(office, page)
    try:
        at = str(parse(DUTY_CALL.field("called_at"), typed, today) or "")
    except ValueError:
        return typed  # clean() says what is wrong with it
    day = page["duty_on"]
    assert isinstance(day, date)
    later = f"{show_date(day + _DAY)}{at[len('2026-11-20') :]}"
    is_past = day < today  # the night after has come: before, it is an early minute of the day itself
    return later if is_past and at[:10] == show_date(day) and at < begun and later < ended else typed


def _left_open(log: Row | None) -> str:
    """Return what a page leaves open; 无 leaves nothing."""
    said = "" if log is None else str(log[_OPEN] or "")
    return "" if said.strip("。 ") == NOTHING else said


def _day_of(draft: Draft, today: date) -> date:
    try:
        return parse_date(draft.get("duty_on", "").strip(), today)
    except ValueError:
        return today  # clean() says what is wrong with it


def _names(names: Iterable[str]) -> str:
    return _JOINT.join(dict.fromkeys(names))
