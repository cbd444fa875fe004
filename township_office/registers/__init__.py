# SPDX-License-Identifier: MulanPSL-2.0
"""Every book the office keeps, in the order of the tabs: pure declarations and pure rules."""

from __future__ import annotations

from township_office.core.fields import Register
from township_office.registers.dispatch import DISPATCH
from township_office.registers.receipt import RECEIPT

ALL: tuple[Register, ...] = (RECEIPT, DISPATCH)
BY_NAME = {register.name: register for register in ALL}
