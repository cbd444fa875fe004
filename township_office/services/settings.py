# SPDX-License-Identifier: MulanPSL-2.0
"""The office's own settings, as the clerk or the county's IT people set them; each is checked before it is kept."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction

from township_office.core.errors import OfficeError
from township_office.core.fields import Field, Register
from township_office.core.gate import clean_text
from township_office.registers import ALL
from township_office.registers.archive.codes import CATEGORIES, WS, check_template, is_segment
from township_office.registers.archive.item import ARCHIVE_ITEM
from township_office.registers.archive.packing import PAGES_PER_MM, THICKNESSES
from township_office.registers.archive.retention import rules_of
from township_office.registers.duty.plan import DayKind
from township_office.registers.status import STATES, VOIDED
from township_office.services import tripwire
from township_office.services.office import MAX_NAME, Office, change, check_clerk
from township_office.store import archive
from township_office.store import settings as store

NUMBER, STATUS = "number", "status"  # columns that are no fields: the number and the standing of a row
WIDEST = 80
LONGEST_STATUS = 8  # characters of a word for a standing
# characters: 2026-0486; 云政办发〔2026〕12号; Z109-WS·2011-Y-BGS-0001
_NUMBER_WIDTHS = {"number": 10, "doc_number": 18, "reference_code": 26, "box": 26}
_STATUS_WIDTH = 7
_LONGEST_PAIRS = 5000
_PAIR_ENDS = re.compile(r"\s*[,，;；]\s*")
_HOUR = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d")
_MILLIMETRES = re.compile(r"-?\d{1,3}(?:\.\d)?")
_SEPARATORS = re.compile(r"[,，、;；]\s*")


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: what holds before it is ever set, and what makes a new value acceptable."""

    default: str
    is_valid: Callable[[str], bool]
    words: str  # key of the sentence that says what is accepted
    is_notebook: bool = False  # the program's own memory, nothing an office decides


def _text(limit: int) -> Callable[[str], bool]:
    return lambda value: len(value) <= limit


def _between(low: int, high: int) -> Callable[[str], bool]:
    return lambda value: value.isascii() and value.isdecimal() and len(value) <= 9 and low <= int(value) <= high


def _millimetres(low: float, high: float) -> Callable[[str], bool]:
    """Return a length with one decimal at most, as 2.5; a shift may be negative."""
    return lambda value: bool(_MILLIMETRES.fullmatch(value)) and low <= float(value) <= high


def _one_of(*known: str) -> Callable[[str], bool]:
    return lambda value: value in known


def _columns(register: Register) -> Callable[[str], bool]:
    known = {NUMBER, STATUS, *(field.name for field in register.fields)}

    def is_valid(value: str) -> bool:
        names = value.split(",")
        return set(names) <= known and len(set(names)) == len(names) and "title" in names

    return is_valid


def _widths(register: Register) -> Callable[[str], bool]:
    known = {NUMBER, STATUS, *(field.name for field in register.fields)}

    def is_valid(value: str) -> bool:
        pairs = [pair.partition("=") for pair in value.split(",") if pair]
        return all(name in known and _between(2, WIDEST)(width) for name, _, width in pairs)

    return is_valid


def _status_words(register: Register) -> Callable[[str], bool]:
    """作废 keeps its name: number ledger, printed book and exported sheets are understood by it."""
    known = {state.key: state.label for state in STATES[register.name]}

    def is_valid(value: str) -> bool:
        pairs = [pair.partition("=") for pair in value.split(",") if pair]
        words = known | {key: word for key, _, word in pairs}
        is_known = len({key for key, _, _ in pairs} & known.keys() - {VOIDED.key}) == len(pairs)
        lengths = [len(word) if word == word.strip() else 0 for word in words.values()]
        return (
            is_known and len(set(words.values())) == len(known) and 1 <= min(lengths) <= max(lengths) <= LONGEST_STATUS
        )

    return is_valid


def _clerks(value: str) -> bool:
    names = value.split(",")
    for name in names:
        try:
            check_clerk(name)
        except OfficeError:
            return False
    return len(set(names)) == len(names)


def _moment(value: str) -> bool:
    try:
        return bool(datetime.fromisoformat(value)) and len(value) <= 40
    except ValueError:
        return not value


def _hour(value: str) -> bool:
    return bool(_HOUR.fullmatch(value))


def _pairs(*, may_be_empty: bool) -> Callable[[str], bool]:
    """Names, each with its words: 孙志强=书记,何文斌=镇长."""

    def is_valid(value: str) -> bool:
        pairs = [pair.partition("=") for pair in value.split(",") if pair]
        names = [name for name, _, _ in pairs]
        is_sound = all(0 < len(name) <= 20 and (may_be_empty or words) for name, _, words in pairs)
        return is_sound and len(set(names)) == len(names) and len(value) <= _LONGEST_PAIRS

    return is_valid


def _mapping(value: str) -> bool:
    try:
        return len(value) <= 100_000 and isinstance(json.loads(value), dict)
    except (ValueError, RecursionError):
        return False


def _weights(value: str) -> bool:
    """What a turn of each kind of day weighs, as {"holiday": "2"}; a kind that is missing weighs as usual."""
    try:
        given = json.loads(value)
        return set(given) <= set(DayKind) and all(0 < Fraction(str(one)) <= 20 for one in given.values())
    except (ValueError, ZeroDivisionError, AttributeError, TypeError, RecursionError):
        return False


def _template_of(category: str) -> Callable[[str], bool]:
    """文书 are numbered anew in each year and period (DA/T 22 5.4.2); of the others the county says how."""
    needed = {"{year}", "{retention}"} if category == WS else set()

    def is_valid(value: str) -> bool:
        try:
            check_template(value)
        except OfficeError:
            return False
        return len(value) <= 100 and needed <= set(re.split("[-·]", value))

    return is_valid


def _rule_lines(value: str) -> bool:
    """The retention table as JSON, "" for the one that comes with the program."""
    try:
        return not value or (len(value) <= 200_000 and bool(rules_of(json.loads(value))))
    except (ValueError, TypeError, RecursionError, OfficeError):
        return False


def _calendars(value: str) -> bool:
    """放假安排 as JSON, by year: {"2027": {"year": 2027, "holiday": […]}}."""
    # Loaded with the first roster, not with the program.
    from township_office.registers.duty.calendar import calendar_from

    try:
        return _mapping(value) and all(
            str(calendar_from(kept).year) == year for year, kept in json.loads(value).items()
        )
    except OfficeError:
        return False


def _orgs(value: str) -> bool:
    """Codes of capitals, digits or Chinese, each with its name: BGS=党政综合办公室 (DA/T 13 class codes)."""
    codes = [code for code, _ in pairs_of(value)]
    return bool(codes) and all(is_segment("org", code) for code in codes) and _pairs(may_be_empty=False)(value)


def _default_columns(register: Register) -> str:
    """What lies in the archive nearly all stands alike: there the title takes the room of the standing."""
    last = [] if register is ARCHIVE_ITEM else [STATUS]
    return ",".join([NUMBER, *(field.name for field in register.fields if field.shown), *last])


SETTINGS: Mapping[str, Setting] = {
    "office.name": Setting("", lambda value: 2 <= len(value) <= MAX_NAME, "setting.needs_name"),
    "office.clerks": Setting("", _clerks, "setting.needs_clerks"),
    "office.leaders": Setting("", _pairs(may_be_empty=True), "setting.needs_leaders"),
    "office.units": Setting("", _pairs(may_be_empty=False), "setting.needs_units"),
    "backdate.days": Setting("3", _between(0, 366), "setting.needs_days"),
    "circulation.days": Setting("2", _between(0, 366), "setting.needs_circulation"),
    "dispatch.limit": Setting("", lambda value: not value or _between(1, 99_999)(value), "setting.needs_limit"),
    "print.binding_mm": Setting("25", _between(10, 60), "setting.needs_binding"),
    "print.row_mm": Setting("9", _between(6, 30), "setting.needs_row"),
    "print.signatures": Setting("登记人,审核人", _text(100), "setting.too_long"),
    "confidential.return_hour": Setting("17:30", _hour, "setting.needs_hour"),
    "confidential.idle_minutes": Setting("5", _between(1, 5), "setting.needs_idle"),
    "confidential.mishap": Setting("{}", _mapping, "setting.too_long", is_notebook=True),
    "archive.fonds_no": Setting("", lambda value: not value or is_segment("fonds", value), "setting.needs_fonds"),
    "archive.fonds_name": Setting("", _text(MAX_NAME), "setting.too_long"),
    "archive.division": Setting("org", lambda value: value in ("org", "subject", "none"), "setting.needs_division"),
    "archive.orgs": Setting("BGS=党政综合办公室", _orgs, "setting.needs_orgs"),
    "archive.bodies": Setting("", _pairs(may_be_empty=False), "setting.needs_bodies"),
    "archive.box_mm": Setting("30", lambda value: value in map(str, THICKNESSES), "setting.needs_box"),
    "archive.pages_per_mm": Setting(str(int(PAGES_PER_MM)), _between(1, 50), "setting.needs_pages_per_mm"),
    # What the standard does not say, or leaves to the office and its county archive (DA/T 22 5.5.4, 5.4, 6.4).
    "archive.print.binding": Setting("retention", _one_of("class", "retention", "year"), "archive_print.needs_binding"),
    "archive.print.remark_length": Setting("12", _between(1, 200), "archive_print.needs_remark_length"),
    "archive.print.box_front": Setting("a4", _one_of("a4", "box"), "archive_print.needs_box_front"),
    "archive.print.front_top": Setting("90", _millimetres(40, 250), "archive_print.needs_front_top"),
    "archive.print.spine_length": Setting("280", _millimetres(150, 310), "archive_print.needs_spine_length"),
    "archive.print.label_left": Setting("12", _millimetres(0, 100), "archive_print.needs_label_margin"),
    "archive.print.label_top": Setting("13", _millimetres(0, 100), "archive_print.needs_label_margin"),
    "archive.print.label_gap_across": Setting("2", _millimetres(0, 50), "archive_print.needs_label_gap"),
    "archive.print.label_gap_down": Setting("2", _millimetres(0, 50), "archive_print.needs_label_gap"),
    "archive.print.stamp_top": Setting("10", _millimetres(0, 250), "archive_print.needs_stamp_top"),
    "archive.print.stamp_shift": Setting("0", _millimetres(-80, 80), "archive_print.needs_stamp_shift"),
    "archive.print.stamp_colour": Setting("black", _one_of("black", "red"), "archive_print.needs_stamp_colour"),
    "archive.retention": Setting("", _rule_lines, "setting.needs_retention"),
    "archive.printed": Setting("{}", _mapping, "setting.too_long", is_notebook=True),
    "archive.catalogue": Setting("{}", _mapping, "setting.too_long", is_notebook=True),
    "catalogue.import_columns": Setting("{}", _mapping, "setting.too_long", is_notebook=True),
    "archive.retention_approval": Setting("", _text(200), "setting.too_long"),
    **{
        f"archive.template.{one.code}": Setting(one.template, _template_of(one.code), "setting.needs_template")
        for one in CATEGORIES
    },
    "duty.gap": Setting("1", _between(0, 30), "setting.needs_gap"),
    "duty.weights": Setting("{}", _weights, "setting.needs_weights"),
    "duty.phone": Setting("", _text(60), "setting.too_long"),
    "duty.fax": Setting("", _text(60), "setting.too_long"),
    "duty.day_starts": Setting("08:30", _hour, "setting.needs_hour"),
    "duty.night_starts": Setting("17:30", _hour, "setting.needs_hour"),
    "duty.phones": Setting("cell", _one_of("cell", "foot", "none"), "duty_print.needs_phones"),
    "duty.calendar": Setting("{}", _calendars, "setting.needs_calendar"),
    # How long a county gives for each report of an emergency; 0 for no limit.
    "duty.phone_minutes": Setting("20", _between(0, 1440), "setting.needs_minutes"),
    "duty.written_minutes": Setting("40", _between(0, 1440), "setting.needs_minutes"),
    "duty.followup_hours": Setting("24", _between(0, 240), "setting.needs_hours"),
    "backup.folder": Setting("", _text(1000), "setting.too_long"),
    "backup.last": Setting("", _moment, "setting.too_long", is_notebook=True),
} | {
    f"{register.name}.{part}": setting
    for register in ALL
    for part, setting in (
        ("columns", Setting(_default_columns(register), _columns(register), "setting.needs_columns")),
        ("widths", Setting("", _widths(register), "setting.needs_widths")),
        ("status_words", Setting("", _status_words(register), "setting.needs_status_words")),
        ("import_columns", Setting("{}", _mapping, "setting.too_long", is_notebook=True)),
        ("printed", Setting("{}", _mapping, "setting.too_long", is_notebook=True)),
    )
}
_OF_PAIRS = ("office.leaders", "office.units", "archive.orgs", "archive.bodies")
OFFICE_KEYS = tuple(key for key, setting in SETTINGS.items() if not setting.is_notebook)  # what people may set


def get_setting(office: Office, key: str) -> str:
    """Return the setting, or its default where none or no usable one is kept; raise OfficeError for an unknown key."""
    setting = _known(key)
    value = store.read(office.db, key)
    return setting.default if value is None or not setting.is_valid(value) else value


def set_setting(office: Office, key: str, value: str) -> None:
    """Check and keep a setting; raise OfficeError saying what is accepted."""
    setting = _known(key)
    value = clean_text(value)
    if key == "office.clerks":
        value = ",".join(name for name in _SEPARATORS.split(value) if name)
    elif key == "archive.fonds_no":
        value = value.upper()
    elif key in _OF_PAIRS:
        value = ",".join(pair for pair in _PAIR_ENDS.split(value.strip()) if pair)
    tripwire.refuse(key, value, *_texts_in(value), clerk=office.clerk)
    if not setting.is_valid(value):
        raise OfficeError(setting.words, name=key)
    if key == "archive.orgs":
        _refuse_lost_codes(office, value)
    with change(office) as pen:
        store.write(pen, key, value)


def _refuse_lost_codes(office: Office, value: str) -> None:
    """A code that items bear stays: their 档号 would name nothing (DA/T 13: 稳定性)."""
    kept, known = dict(pairs_of(value)), dict(pairs_of(get_setting(office, "archive.orgs")))
    for code, count in archive.items_by_org(office.db).items():
        if code in known and code not in kept:
            raise OfficeError("archive.code_in_use", code=code, count=count)


def office_name(office: Office) -> str:
    """Return the office's name as printed on every sheet."""
    return get_setting(office, "office.name")


def clerks(office: Office) -> list[str]:
    """Return the names that may sit at this program."""
    return [name for name in get_setting(office, "office.clerks").split(",") if name]


def add_clerk(office: Office, name: str) -> None:
    """Add a name to the clerks; a name that is there already stays as it is."""
    name = clean_text(name)
    check_clerk(name)
    if name not in clerks(office):
        set_setting(office, "office.clerks", ",".join([*clerks(office), name]))


def full_key(name: str) -> str:
    """Return the key a setting is kept under when people name only its last part, as fonds_no for archive.fonds_no."""
    found = [key for key in OFFICE_KEYS if key.endswith(f".{name}")]
    return found[0] if name not in SETTINGS and len(found) == 1 else name


def pairs_of(value: str) -> list[tuple[str, str]]:
    """Return a setting of pairs (孙志强=书记,何文斌=镇长) as pairs, in its order."""
    return [(name, words) for name, _, words in (pair.partition("=") for pair in value.split(",") if pair)]


def joined_pairs(pairs: Iterable[tuple[str, str]]) -> str:
    """Return names with their words as office.leaders and office.units keep them; lists inside are joined by 、."""
    return ",".join(f"{name}={'、'.join(filter(None, _SEPARATORS.split(words)))}" for name, words in pairs)


def leaders(office: Office) -> dict[str, str]:
    """Return the leaders in rank order with their posts: {"孙志强": "书记"}; "" where no post is given."""
    return _named(office, "office.leaders")


def unit_groups(office: Office) -> dict[str, list[str]]:
    """Return the saved groups of recipients for 分发: {"各村": ["张家村", "李家村"]}."""
    groups = _named(office, "office.units")
    return {name: [unit for unit in _SEPARATORS.split(units) if unit] for name, units in groups.items()}


def column_names(office: Office, register: Register) -> list[str]:
    """Return the shown columns in the office's order, NUMBER and STATUS among them."""
    return get_setting(office, f"{register.name}.columns").split(",")


def columns(office: Office, register: Register) -> list[Field]:
    """Return the shown fields in the office's order and widths (number and standing are not fields)."""
    widths = column_widths(office, register)
    fields = (register.field(name) for name in column_names(office, register) if name not in (NUMBER, STATUS))
    return [replace(field, width=widths.get(field.name, field.width)) for field in fields]


def declared_width(register: Register, name: str) -> int:
    """Return the width of a column, in characters, where the office has set none."""
    if name == NUMBER:
        return _NUMBER_WIDTHS[register.number_name]
    return _STATUS_WIDTH if name == STATUS else register.field(name).width


def column_widths(office: Office, register: Register) -> dict[str, int]:
    """Return the widths, in characters, that the office has set."""
    pairs = (pair.partition("=") for pair in get_setting(office, f"{register.name}.widths").split(",") if pair)
    return {name: int(width) for name, _, width in pairs}


def keep_column_widths(office: Office, register: Register, widths: Mapping[str, int]) -> None:
    """Keep the widths, in characters, to which columns were dragged; a file that is only read keeps those it has."""
    if not office.is_readonly:
        set_setting(office, f"{register.name}.widths", ",".join(f"{name}={width}" for name, width in widths.items()))


def _named(office: Office, key: str) -> dict[str, str]:
    """Return a setting of pairs as name → words, in its order."""
    return dict(pairs_of(get_setting(office, key)))


def _texts_in(value: str) -> list[str]:
    """Return the texts of a notebook as they were before they became JSON, where signs may be spelt with escapes."""
    try:
        return [json.dumps(json.loads(value), ensure_ascii=False)] if value.startswith("{") else []
    except (ValueError, RecursionError):
        return []


def _known(key: str) -> Setting:
    if key not in SETTINGS:
        raise OfficeError("setting.unknown", name=key, known="、".join(OFFICE_KEYS))
    return SETTINGS[key]
