# SPDX-License-Identifier: MulanPSL-2.0
"""The history of the data file, oldest first. Never edit a released step.

A step speaks raw SQL and imports nothing of ours: the code moves on, the step
must keep doing what it did on the day it was released.
"""

from __future__ import annotations

from typing import Any

from township_office.store.steps import archive, books, duty, duty_log, sealed

SET = "township_office"  # our steps' name in sqlite-utils' own table _sqlite_migrations

STEPS = (
    ("0001_settings_and_change_log", books.settings_and_change_log),
    ("0002_receipt_and_dispatch", books.receipt_and_dispatch),
    ("0003_circulation_chase_distribution", books.circulation_chase_distribution),
    ("0004_sealed_rows", sealed.sealed_rows),
    ("0005_archive", archive.archive),
    ("0006_duty_log", duty_log.duty_log),
    ("0007_duty", duty.duty),
)


def apply(db: Any) -> None:
    """Take the steps a file has not taken yet; db is a sqlite_utils.Database, which notes each in its own table."""
    # sqlite-utils takes 0.1 s to load: not when a file is opened that needs no step.
    from sqlite_utils import Migrations

    history = Migrations(SET)
    for name, step in STEPS:
        history(name=name)(step)
    history.apply(db)
