# SPDX-License-Identifier: MulanPSL-2.0
"""The verbs of the duty roster: its people and lines, a month drawn, given out, listed and printed."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from datetime import date

from township_office.cli.old_roster import take_sheets
from township_office.cli.verbs import Answer, open_file
from township_office.core.text import t
from township_office.registers.duty.month import after
from township_office.services.office import Office
from township_office.services.roster import answers, lists, months, staffing


def carry_out(options: argparse.Namespace) -> Answer:
    """Do what was asked with the roster."""
    with open_file(options) as office:
        return _DEEDS[options.deed](options, office)


def _people(options: argparse.Namespace, office: Office) -> Answer:
    taken = lists.take_people(office, options.source, date.today())
    shown = [
        {"name": one.name, "groups": list(one.groups), "post": one.post, "phone": one.phone}
        for one in staffing.people(office)
    ]
    answer = {"added": taken.added, "changed": taken.changed, "unavailable": taken.unavailable, "people": shown}
    return answer, t("duty_cli.people", added=taken.added, changed=taken.changed)


def _lines(options: argparse.Namespace, office: Office) -> Answer:
    kept = lists.take_lines(office, options.source, date.today())
    shown = [
        {"name": one.name, "group": one.group, "people": one.people, "shift": one.shift,
         "kinds": sorted(one.kinds)} for one in kept
    ]  # fmt: skip
    return shown, t("duty_cli.lines", lines="、".join(one.name for one in kept))


def _draw(options: argparse.Namespace, office: Office) -> Answer:
    names = [after(f"{options.month}-01", n) for n in range(12)] if len(options.month) == 4 else [options.month]
    drawn = months.draw(office, names, seconds=options.seconds)
    rosters = [months.roster_of(office, name) for name in names]
    plain = [answers.as_plain(roster, drawn) for roster in rosters]
    words = [answers.words_of(roster, drawn) for roster in rosters]
    return plain[0] if len(plain) == 1 else plain, "\n".join(dict.fromkeys(words))


def _publish(options: argparse.Namespace, office: Office) -> Answer:
    month = months.publish(office, options.month, options.signed_by, date.today())
    answer = answers.as_plain(months.roster_of(office, month.month))
    return answer, t("duty_cli.published", month=month.month)


def _list(options: argparse.Namespace, office: Office) -> Answer:
    roster = months.roster_of(office, options.month)
    return answers.as_plain(roster), answers.words_of(roster) or t("duty.nothing_drawn", month=roster.name)


def _print(options: argparse.Namespace, office: Office) -> Answer:
    from township_office.services.roster import printing

    printed = printing.print_roster(office, options.month, options.out, date.today())
    return {"path": str(printed.path), "pages": printed.pages}, t("cli.printed", path=printed.path)


_DEEDS: Mapping[str, Callable[[argparse.Namespace, Office], Answer]] = {
    "people": _people, "lines": _lines, "draw": _draw, "publish": _publish, "list": _list,
    "print": _print, "import": take_sheets,
}  # fmt: skip
