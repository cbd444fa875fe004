# SPDX-License-Identifier: MulanPSL-2.0
"""The vocabulary of the registers."""

from __future__ import annotations

import dataclasses

import pytest

from township_office.core.fields import Field, Register, no_check

ONE = Register("one", "一册", (Field("a", "甲"), Field("b", "乙")), "编号", "number", "a")


def test_a_field_is_found_by_its_name():
    assert ONE.field("b").label == "乙"
    with pytest.raises(KeyError):
        ONE.field("c")


def test_definitions_cannot_be_changed():
    with pytest.raises(dataclasses.FrozenInstanceError):
        ONE.title = "二册"  # type: ignore[misc]
    with pytest.raises(dataclasses.FrozenInstanceError):
        ONE.fields[0].label = "丙"  # type: ignore[misc]


def test_no_check_objects_to_nothing():
    assert list(no_check({})) == []
    assert ONE.check is no_check
