# SPDX-License-Identifier: MulanPSL-2.0
"""Numbers that cannot go wrong: the next one, reserved ones, and the ledger of every number of a series."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from township_office.core.dates import parse_date
from township_office.core.docnumber import parse_doc_number
from township_office.core.errors import Invalid, OfficeError
from township_office.core.fields import Draft, Problem, Register, Value
from township_office.core.gate import clean_text
from township_office.core.text import t
from township_office.registers import BY_NAME
from township_office.registers.series import (
    PER_TERM,
    RESETS,
    YEARLY,
    Series,
    first_sequence,
    format_is_sound,
    number_text,
    period_of,
    read_sequence,
)  # fmt: skip
from township_office.services import tripwire
from township_office.services.office import Office, change
from township_office.services.settings import get_setting
from township_office.store import numbers as store
from township_office.store.numbers import Reservation

_ATTRIBUTES = ("name", "format", "reset", "start", "term")
_LONGEST_GAP = 5_000  # numbers a ledger lists as missing in one run, so that one typo cannot fill a thousand pages


@dataclass(frozen=True, slots=True)
class NextNumber:
    """What a draft will be numbered."""

    number: str
    series: Series
    period: int
    sequence: int
    day: date
    is_backdated: bool


@dataclass(frozen=True, slots=True)
class NumberLine:
    """One number of a series and period: used, void, reserved, missing, backdated or duplicate."""

    sequence: int
    number: str
    state: str
    row_id: int | None = None
    title: str = ""
    day: date | None = None
    who: str = ""
    when: date | None = None
    why: str = ""
    reservation_id: int | None = None


def all_series(office: Office, register: Register) -> list[Series]:
    """Return the register's series."""
    return store.all_series(office.db, register)


def pick_series(office: Office, register: Register, wanted: str) -> Series:
    """Return the series with this code or name ("" means the first); raise OfficeError naming the known ones."""
    known = all_series(office, register)
    wanted = clean_text(wanted)
    for series in known:
        if wanted in ("", series.code, series.name):
            return series
    raise OfficeError("error.unknown_series", wanted=wanted, known="、".join(series.code for series in known))


def save_series(office: Office, series: Series) -> None:
    """Add a series or change the one with its id; a used series keeps its code."""
    if series.reset not in RESETS or not format_is_sound(series.format):
        raise OfficeError("error.series_format")
    series = replace(series, code=clean_text(series.code), name=clean_text(series.name))
    if not 1 <= len(series.code) <= 40 or not 1 <= len(series.name) <= 40:
        raise OfficeError("error.series_name")
    if not 1 <= series.start <= 99_999 or not 1 <= series.term <= 9_999:
        raise OfficeError("error.series_start")
    tripwire.refuse("series", series.code, series.name, series.format, clerk=office.clerk)
    with change(office) as pen:
        register = BY_NAME[series.register]
        for other in store.all_series(pen.db, register):
            if other.id != series.id and other.code == series.code:
                raise OfficeError("error.series_exists", code=series.code)
            is_renamed = other.id == series.id and other.code != series.code
            if is_renamed and store.periods(pen.db, register, other.code):
                raise OfficeError("error.series_in_use", code=other.code)
        store.save_series(pen, series)


def set_series(office: Office, key: str, value: str, today: date) -> None:
    """Set one attribute of a series by its key "series.<register>.<code>.<attribute>"; an unknown code makes a new one.

    Attributes: name, format, reset (yearly, per_term, never), start (of the running period), term.
    """
    parts = key.split(".")
    if len(parts) != 4 or parts[1] not in BY_NAME or parts[3] not in _ATTRIBUTES:
        raise OfficeError("error.series_key", name=key, known="、".join(_ATTRIBUTES))
    _, register_name, code, attribute = parts
    known = {series.code: series for series in all_series(office, BY_NAME[register_name])}
    series = known.get(code) or Series(register_name, code, code)
    value = clean_text(value)
    if attribute in ("start", "term") and not (value.isdecimal() and len(value) <= 5):
        raise OfficeError("error.series_start")
    match attribute:
        case "name":
            series = replace(series, name=value)
        case "format":
            series = replace(series, format=value)
        case "reset":
            is_running = series.start_period == period_of(series, today)
            series = replace(series, reset=value)
            if is_running:
                series = replace(series, start_period=period_of(series, today))
        case "start":
            series = replace(series, start=int(value), start_period=period_of(series, today))
        case _:
            series = replace(series, term=int(value))
    save_series(office, series)


def next_number(office: Office, register: Register, draft: Draft, today: date) -> NextNumber:
    """Return the number that register_document would give this draft now, without taking it.

    Raise OfficeError or Invalid when the series or a number asked for by name is not to be had.
    """
    typed = draft.get(register.dated_by, "")
    try:
        day = parse_date(clean_text(typed), today) if typed.strip() else today
    except ValueError:
        day = today
    return allot(office, register, draft, day, today)


def allot(office: Office, register: Register, draft: Draft, day: date, today: date) -> NextNumber:
    """Work out the number for a row dated day: the next of its series, or the free one the draft asks for."""
    asked = clean_text(draft.get(register.number_name, ""))
    series = pick_series(office, register, draft.get("series", ""))
    if asked:
        series, sequence = _asked(office, register, asked, series, day)
    period = period_of(series, day)
    if asked:
        _check_free(office, register, series, sequence, day)
    else:
        sequence = _following(office, register, series, day)
    allowed = timedelta(days=int(get_setting(office, "backdate.days")))
    is_backdated = day < today - allowed or day.year < today.year
    return NextNumber(number_text(series, period, sequence, day), series, period, sequence, day, is_backdated)


def own_columns(numbered: NextNumber) -> dict[str, Value]:
    """Return the columns of ours that numbered fills in a row."""
    return {
        "number": numbered.number, "series": numbered.series.code, "year": numbered.day.year,
        "period": numbered.period, "sequence": numbered.sequence,
        "entry": "backdated" if numbered.is_backdated else "live",
    }  # fmt: skip


def reserve(
    office: Office, register: Register, series_code: str, sequence: int, words: Mapping[str, str], today: date
) -> str:
    """预留号: keep a number of the current period for words["name"] with words["reason"]; return it as written.

    The number may lie ahead of the next one; those between are kept too, in the same name, so no gap arises.
    """
    series = pick_series(office, register, series_code)
    period = period_of(series, today)
    name, reason = clean_text(words.get("name", "")), clean_text(words.get("reason", ""))
    if not name or len(name) > 100 or len(reason) > 200:
        raise OfficeError("error.reservation_name")
    tripwire.refuse("reservation", name, reason, clerk=office.clerk)
    with change(office, t("verb.reserve")) as pen:
        following = _following(office, register, series, today)
        if sequence > following + 200:
            raise OfficeError("error.too_far_ahead", number=number_text(series, period, following, today))
        _check_unused(office, register, series, sequence, today)
        if sequence in {kept.sequence for kept in store.reservations(pen.db, register, series.code, period)}:
            raise OfficeError("error.reserved_already", number=number_text(series, period, sequence, today))
        for each in range(min(following, sequence), sequence + 1):
            store.reserve(pen, register, (series.code, period, each), (name, reason, today))
    return number_text(series, period, sequence, today)


def release(office: Office, reservation_id: int, today: date, why: str) -> None:
    """Give a reserved number back; the ledger then shows it as missing until it is used."""
    why = clean_text(why)
    if len(why) > 200:
        raise OfficeError("error.reservation_name")
    tripwire.refuse("reservation", why, clerk=office.clerk)
    with change(office, t("verb.release")) as pen:
        if not store.is_open(pen.db, reservation_id):
            raise OfficeError("error.reservation_closed")
        store.release(pen, reservation_id, today, why)


def reservations(office: Office, register: Register, series: Series, period: int) -> list[Reservation]:
    """Return the numbers kept in a series and period."""
    return store.reservations(office.db, register, series.code, period)


def periods(office: Office, register: Register, series: Series, today: date) -> list[int]:
    """Return the periods a ledger can be drawn for, the running one always among them, latest first."""
    return sorted({period_of(series, today), *store.periods(office.db, register, series.code)}, reverse=True)


def period_words(series: Series, period: int) -> str:
    """Return a numbering period as people read it: 2026年, 第18届, or 不分年度."""
    if series.reset == YEARLY:
        return t("print.year", year=period)
    return t("print.term", term=period) if series.reset == PER_TERM else t("print.no_period")


def number_ledger(office: Office, register: Register, series: Series, period: int) -> list[NumberLine]:
    """号序台账: every number of a series and period from the first to the last, none left out."""
    lines: dict[int, NumberLine] = {}
    for row in store.taken(office.db, register, series.code, period):
        state = "void" if row.voided_on else "backdated" if row.entry == "backdated" else "used"
        lines[row.sequence] = NumberLine(
            row.sequence, row.number, state, row.id, row.title or "", row.day,
            row.voided_by or row.entered_by, row.voided_on, row.void_reason or "",
        )  # fmt: skip
    for kept in store.reservations(office.db, register, series.code, period):
        number = number_text(series, period, kept.sequence, kept.reserved_on)
        line = NumberLine(
            kept.sequence, number, "reserved", None, kept.name, None,
            kept.reserved_by, kept.reserved_on, kept.reason, kept.id,
        )  # fmt: skip
        lines.setdefault(kept.sequence, line)  # an import may have used it
    lines |= _missing(series, period, lines)
    ordered = [lines[sequence] for sequence in sorted(lines)]
    for row in store.clashing(office.db, register, series.code, period):
        twice = NumberLine(0, row.number, "duplicate", row.id, row.title or "", row.day, row.entered_by, row.voided_on)
        place = next((at for at, line in enumerate(ordered) if line.number == row.number), len(ordered) - 1)
        ordered.insert(place + 1, twice)
    return ordered


def _asked(office: Office, register: Register, asked: str, series: Series, day: date) -> tuple[Series, int]:
    """Read a number typed by hand: "15", "2026-0015", "云政发〔2026〕15号"."""
    tripwire.refuse(f"{register.name}.{register.number_name}", asked, clerk=office.clerk)
    parsed = parse_doc_number(asked)
    year: int | None
    if parsed and parsed.code and parsed.sequence and register.number_name != "number":
        series, year, sequence = pick_series(office, register, parsed.code), parsed.year, parsed.sequence
    else:
        read = read_sequence(asked, None)
        if read is None:
            raise Invalid([Problem(register.number_name, t("problem.bad_number", number=asked))])
        year, sequence = read
    if year is not None and series.reset == YEARLY and year != day.year:
        raise Invalid([Problem(register.number_name, t("problem.other_year", number=asked, year=day.year))])
    return series, sequence


def _missing(series: Series, period: int, lines: Mapping[int, NumberLine]) -> dict[int, NumberLine]:
    """Return the numbers between the first and the last that nothing is known of, dated like the one before."""
    first, last = min([*lines, first_sequence(series, period)]), max(lines, default=0)
    days = (lines[sequence].day or lines[sequence].when for sequence in sorted(lines))
    day = next((day for day in days if day), None)
    found: dict[int, NumberLine] = {}
    for sequence in range(first, last + 1):
        line = lines.get(sequence)
        if line is not None:
            day = line.day or day
        elif len(found) < _LONGEST_GAP:
            found[sequence] = NumberLine(sequence, number_text(series, period, sequence, day), "missing")
    return found


def _following(office: Office, register: Register, series: Series, day: date) -> int:
    """Return the next number of the series on day.

    Where it starts anew within a year, because its reset or its term was changed, a number written the same
    may be there already: it is passed over.
    """
    period = period_of(series, day)
    sequence = store.next_sequence(office.db, register, series, period)
    while store.is_borne(office.db, register, number_text(series, period, sequence, day), day.year):
        sequence += 1
    return sequence


def _check_free(office: Office, register: Register, series: Series, sequence: int, day: date) -> None:
    """Raise Invalid unless sequence is the next, a reserved or a missing number."""
    _check_unused(office, register, series, sequence, day)
    period = period_of(series, day)
    following = _following(office, register, series, day)
    kept = {kept.sequence for kept in store.reservations(office.db, register, series.code, period)}
    if sequence > following and sequence not in kept:
        number = number_text(series, period, following, day)
        raise Invalid([Problem(register.number_name, t("problem.number_ahead", number=number))])


def _check_unused(office: Office, register: Register, series: Series, sequence: int, day: date) -> None:
    period = period_of(series, day)
    number = number_text(series, period, sequence, day)
    is_used = sequence < 1 or store.is_used(office.db, register, series.code, period, sequence)
    if is_used or store.is_borne(office.db, register, number, day.year):
        raise Invalid([Problem(register.number_name, t("problem.number_used", number=number))])
