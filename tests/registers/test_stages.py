# SPDX-License-Identifier: MulanPSL-2.0
"""Every field has its place in the work, and one only."""

from __future__ import annotations

import pytest

from township_office.core.fields import Kind, Register
from township_office.registers import DOCUMENTS
from township_office.registers.receipt import RECEIPT
from township_office.registers.stages import STAGES, by_stage


@pytest.mark.parametrize("register", DOCUMENTS, ids=lambda register: register.name)
def test_every_field_is_in_one_stage(register: Register):
    names = [name for stage in STAGES[register.name] for name in stage.fields]
    assert sorted(names) == sorted(field.name for field in register.fields)


@pytest.mark.parametrize("register", DOCUMENTS, ids=lambda register: register.name)
def test_a_stage_for_some_papers_names_words_a_clerk_can_choose(register: Register):
    for stage in STAGES[register.name]:
        for name, word in stage.when:
            assert register.field(name).kind is Kind.CHOICE
            assert word in register.field(name).choices


def test_fields_come_in_the_order_of_the_work():
    fields = [RECEIPT.field(name) for name in ("filed_on", "proposed_on", "proposed_action", "dated_on")]
    found = [(stage.title, [field.name for field in inside]) for stage, inside in by_stage(RECEIPT, fields)]
    assert found == [("来文", ["dated_on"]), ("拟办与批示", ["proposed_action", "proposed_on"]), ("归档", ["filed_on"])]
