# SPDX-License-Identifier: MulanPSL-2.0
"""How rows stand, in the office's own words: the one place that puts them over those of registers.status.

The 条例 names the steps but no standings, so an office may call them as it always has. Keys stay as they are.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from township_office.core.fields import Register, Value
from township_office.registers.status import STATES, State, state_of
from township_office.services.office import Office
from township_office.services.settings import get_setting


def standings(office: Office, register: Register) -> dict[str, State]:
    """Return every standing a row of register can have by its key, in their order, in the office's words."""
    words = status_words(office, register)
    return {state.key: replace(state, label=words.get(state.key, state.label)) for state in STATES[register.name]}


def standing_of(office: Office, register: Register, row: Mapping[str, Value], today: date) -> State:
    """Return how one row stands; for many rows ask standings() once."""
    return standings(office, register)[state_of(register, row, today).key]


def status_words(office: Office, register: Register) -> dict[str, str]:
    """Return the words the office has set, by standing."""
    pairs = (pair.partition("=") for pair in get_setting(office, f"{register.name}.status_words").split(",") if pair)
    return {key: word for key, _, word in pairs}
