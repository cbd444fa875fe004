# SPDX-License-Identifier: MulanPSL-2.0
"""Every book the office keeps, in the order of the tabs: pure declarations and pure rules."""

from __future__ import annotations

from township_office.core.fields import Book, Child, Register
from township_office.registers.chase import CHASE
from township_office.registers.circulation import CIRCULATION
from township_office.registers.dispatch import DISPATCH
from township_office.registers.distribution import DISTRIBUTION
from township_office.registers.receipt import RECEIPT

ALL: tuple[Register, ...] = (RECEIPT, DISPATCH)
CHILDREN: tuple[Child, ...] = (CIRCULATION, CHASE, DISTRIBUTION)
BY_NAME = {register.name: register for register in ALL}
_BOOKS: tuple[Book, ...] = (*ALL, *CHILDREN)
BOOKS = {book.name: book for book in _BOOKS}
