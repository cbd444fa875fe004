# SPDX-License-Identifier: MulanPSL-2.0
"""Every book the office keeps, in the order of the tabs: pure declarations and pure rules."""

from __future__ import annotations

from township_office.core.fields import Book, Child, Register
from township_office.registers.archive.box import ARCHIVE_BOX
from township_office.registers.archive.care import CARE
from township_office.registers.archive.disposal import APPRAISAL, APPRAISAL_LINE, TRANSFER
from township_office.registers.archive.item import ARCHIVE_ITEM
from township_office.registers.chase import CHASE
from township_office.registers.circulation import CIRCULATION
from township_office.registers.dispatch import DISPATCH
from township_office.registers.distribution import DISTRIBUTION
from township_office.registers.duty.event import DUTY_EVENT, DUTY_REPORT
from township_office.registers.duty.log import DUTY_CALL, DUTY_LOG
from township_office.registers.receipt import RECEIPT

DOCUMENTS: tuple[Register, ...] = (RECEIPT, DISPATCH)  # each a tab of its own
ARCHIVE: tuple[Register, ...] = (ARCHIVE_ITEM, ARCHIVE_BOX, *CARE, APPRAISAL, TRANSFER)  # the tab 档案
DUTY: tuple[Register, ...] = (DUTY_LOG, DUTY_EVENT)  # the book kept while on duty, in the tab 值班
ALL: tuple[Register, ...] = (*DOCUMENTS, *ARCHIVE, *DUTY)
CHILDREN: tuple[Child, ...] = (CIRCULATION, CHASE, DISTRIBUTION, APPRAISAL_LINE, DUTY_CALL, DUTY_REPORT)
BY_NAME = {register.name: register for register in ALL}
_BOOKS: tuple[Book, ...] = (*ALL, *CHILDREN)
BOOKS = {book.name: book for book in _BOOKS}
