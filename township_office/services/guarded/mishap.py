# SPDX-License-Identifier: MulanPSL-2.0
"""误录处置: the clock that runs after a state secret was typed in, and what was done. Facts, never the text."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from township_office.core.dates import parse_moment
from township_office.core.errors import OfficeError
from township_office.core.gate import clean_text
from township_office.registers.mishap import MEASURES, REPORT_WITHIN
from township_office.services import tripwire
from township_office.services.office import Office
from township_office.services.settings import get_setting, set_setting

_KEY = "confidential.mishap"
_LONGEST = 40  # characters of whom it was reported to
_MINUTE = "%Y-%m-%d %H:%M"


@dataclass(frozen=True, slots=True)
class Tick:
    """When a measure was done ("2026-11-20 09:15"), and by which clerk."""

    at: str
    by: str


@dataclass(frozen=True, slots=True)
class Mishap:
    """One case: when it was found, what was done by a measure's key; ended_at is "" while the clock runs."""

    found_at: datetime
    ticks: Mapping[str, Tick]
    ended_at: str = ""
    reported_to: str = ""

    @property
    def deadline(self) -> datetime:
        """By when it must be reported."""
        return self.found_at + REPORT_WITHIN

    @property
    def is_running(self) -> bool:
        """Whether the clock runs."""
        return not self.ended_at


def latest(office: Office) -> Mishap | None:
    """Return the case that is running or was the last; None when there never was one."""
    try:
        kept = json.loads(get_setting(office, _KEY))
        ticks = {str(key): Tick(str(at), str(by)) for key, (at, by) in kept["ticks"].items()}
        found_at = datetime.strptime(kept["found_at"], _MINUTE)
        return Mishap(found_at, ticks, str(kept["ended_at"]), str(kept["reported_to"]))
    except (KeyError, TypeError, ValueError, AttributeError):
        return None


def running(office: Office) -> datetime | None:
    """Return by when the case that is running must be reported; None when none is."""
    mishap = latest(office)
    return mishap.deadline if mishap and mishap.is_running else None


def begin(office: Office, found_at: str, now: datetime) -> Mishap:
    """Start the clock at the moment of finding, as a clerk writes it; raise OfficeError when it cannot be read."""
    if running(office):
        raise OfficeError("mishap.runs_already")
    try:
        moment = datetime.strptime(parse_moment(clean_text(found_at), now), _MINUTE)
    except ValueError:
        raise OfficeError("mishap.bad_moment") from None
    if moment > now:
        raise OfficeError("mishap.in_future")
    return _keep(office, Mishap(moment, {}))


def tick(office: Office, measure: str, now: datetime, *, is_done: bool = True) -> Mishap:
    """Note that a measure was done now by the clerk, or that it was not after all."""
    mishap = _running(office)
    ticks = {key: one for key, one in mishap.ticks.items() if key != measure}
    if is_done:
        ticks[measure] = Tick(now.strftime(_MINUTE), office.clerk)
    return _keep(office, Mishap(mishap.found_at, ticks))


def end(office: Office, reported_to: str, now: datetime) -> Mishap:
    """Stop the clock: it was reported, and to whom. Raise OfficeError without a name."""
    mishap, whom = _running(office), clean_text(reported_to)
    tripwire.refuse("mishap.reported_to", whom, clerk=office.clerk)
    if not 2 <= len(whom) <= _LONGEST:
        raise OfficeError("mishap.needs_whom", limit=_LONGEST)
    return _keep(office, Mishap(mishap.found_at, mishap.ticks, now.strftime(_MINUTE), whom))


def shown(moment: datetime) -> str:
    """Return a moment as it is read: 2026-11-20 09:15."""
    return moment.strftime(_MINUTE)


def _running(office: Office) -> Mishap:
    mishap = latest(office)
    if mishap is None or not mishap.is_running:
        raise OfficeError("mishap.not_running")
    return mishap


def _keep(office: Office, mishap: Mishap) -> Mishap:
    known = {measure.key for measure in MEASURES}
    ticks = {key: [one.at, one.by] for key, one in mishap.ticks.items() if key in known}
    kept = {"found_at": shown(mishap.found_at), "ticks": ticks, "ended_at": mishap.ended_at}
    set_setting(office, _KEY, json.dumps(kept | {"reported_to": mishap.reported_to}))
    return mishap
