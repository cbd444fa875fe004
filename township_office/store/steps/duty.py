# SPDX-License-Identifier: MulanPSL-2.0
"""值班表."""

from __future__ import annotations

from township_office.store.steps.runs import Runs

_DAY = "GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'"
_KINDS = "IN ('workday', 'restday', 'holiday', 'spring_festival')"


def duty(db: Runs) -> None:
    """0007: people, lines, months, who is on duty when, and each change after a month was published."""
    db.execute(f"""
CREATE TABLE duty_person (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 20),
    groups TEXT NOT NULL CHECK (length(groups) BETWEEN 1 AND 170),
    post TEXT CHECK (length(post) BETWEEN 1 AND 40),
    phone TEXT CHECK (length(phone) BETWEEN 1 AND 40),
    starts_on TEXT CHECK (starts_on {_DAY}),
    ends_on TEXT CHECK (ends_on {_DAY}),
    remarks TEXT CHECK (length(remarks) BETWEEN 1 AND 500),
    opening TEXT CHECK (length(opening) BETWEEN 2 AND 10000),
    since TEXT CHECK (since GLOB '[12][0-9][0-9][0-9]-[01][0-9]'),
    place INTEGER NOT NULL,
    voided_on TEXT
) STRICT""")
    db.execute("CREATE UNIQUE INDEX duty_person_name ON duty_person (name) WHERE voided_on IS NULL")
    db.execute(f"""
CREATE TABLE duty_away (
    id INTEGER PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES duty_person (id),
    kind TEXT NOT NULL CHECK (length(kind) BETWEEN 1 AND 10),
    first_on TEXT NOT NULL CHECK (first_on {_DAY}),
    last_on TEXT NOT NULL CHECK (last_on {_DAY} AND last_on >= first_on),
    remarks TEXT CHECK (length(remarks) BETWEEN 1 AND 200),
    voided_on TEXT
) STRICT""")
    db.execute("CREATE INDEX duty_away_last ON duty_away (last_on) WHERE voided_on IS NULL")
    db.execute("""
CREATE TABLE duty_pair (
    id INTEGER PRIMARY KEY,
    first_id INTEGER NOT NULL REFERENCES duty_person (id),
    second_id INTEGER NOT NULL REFERENCES duty_person (id) CHECK (second_id > first_id),
    rule TEXT NOT NULL CHECK (rule IN ('never', 'always')),
    voided_on TEXT
) STRICT""")
    db.execute("CREATE UNIQUE INDEX duty_pair_once ON duty_pair (first_id, second_id) WHERE voided_on IS NULL")
    db.execute("""
CREATE TABLE duty_line (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 20),
    group_name TEXT NOT NULL CHECK (length(group_name) BETWEEN 1 AND 20),
    people INTEGER NOT NULL CHECK (people BETWEEN 1 AND 9),
    shift TEXT NOT NULL CHECK (shift IN ('24h', 'day', 'night', 'day+night')),
    kinds TEXT NOT NULL CHECK (length(kinds) BETWEEN 1 AND 60),
    place INTEGER NOT NULL,
    voided_on TEXT
) STRICT""")
    db.execute("CREATE UNIQUE INDEX duty_line_name ON duty_line (name) WHERE voided_on IS NULL")
    db.execute("""
CREATE TABLE duty_month (
    id INTEGER PRIMARY KEY,
    month TEXT NOT NULL UNIQUE CHECK (month GLOB '[12][0-9][0-9][0-9]-[01][0-9]'),
    state TEXT NOT NULL CHECK (state IN ('draft', 'published')),
    entry TEXT NOT NULL CHECK (entry IN ('drawn', 'imported')),
    outcome TEXT CHECK (length(outcome) BETWEEN 2 AND 100000),
    signed_by TEXT CHECK (length(signed_by) BETWEEN 1 AND 20),
    published_at TEXT,
    published_by TEXT,
    remarks TEXT CHECK (length(remarks) BETWEEN 1 AND 500),
    CHECK ((state = 'published') = (published_at IS NOT NULL))
) STRICT""")
    # kind is what the day was when the roster was drawn: balances do not move when a calendar is corrected later.
    db.execute(f"""
CREATE TABLE duty_shift (
    id INTEGER PRIMARY KEY,
    month_id INTEGER NOT NULL REFERENCES duty_month (id),
    day TEXT NOT NULL CHECK (day {_DAY}),
    line_id INTEGER NOT NULL REFERENCES duty_line (id),
    half TEXT NOT NULL CHECK (half IN ('24h', 'day', 'night')),
    seat INTEGER NOT NULL CHECK (seat BETWEEN 1 AND 9),
    person_id INTEGER REFERENCES duty_person (id),
    kind TEXT NOT NULL CHECK (kind {_KINDS}),
    is_locked INTEGER NOT NULL DEFAULT 0 CHECK (is_locked IN (0, 1)),
    is_void INTEGER NOT NULL DEFAULT 0 CHECK (is_void IN (0, 1)),
    UNIQUE (day, line_id, half, seat)
) STRICT""")
    db.execute("CREATE INDEX duty_shift_month ON duty_shift (month_id)")
    db.execute("CREATE INDEX duty_shift_person ON duty_shift (person_id, day) WHERE is_void = 0")
    db.execute(f"""
CREATE TABLE duty_change (
    id INTEGER PRIMARY KEY,
    shift_id INTEGER NOT NULL REFERENCES duty_shift (id),
    other_id INTEGER REFERENCES duty_shift (id) CHECK (other_id <> shift_id),
    kind TEXT NOT NULL CHECK (kind IN ('swap', 'substitute', 'change')),
    from_id INTEGER REFERENCES duty_person (id),
    to_id INTEGER REFERENCES duty_person (id),
    reason TEXT NOT NULL CHECK (length(reason) BETWEEN 1 AND 500),
    approved_by TEXT CHECK (length(approved_by) BETWEEN 1 AND 20),
    changed_on TEXT NOT NULL CHECK (changed_on {_DAY}),
    changed_by TEXT NOT NULL,
    returned_on TEXT CHECK (returned_on {_DAY}),
    voided_on TEXT
) STRICT""")
    db.execute("CREATE INDEX duty_change_shift ON duty_change (shift_id)")
    tables = ("duty_person", "duty_away", "duty_pair", "duty_line", "duty_month", "duty_shift", "duty_change")
    for table in tables:
        db.execute(f"""
CREATE TRIGGER {table}_never_delete BEFORE DELETE ON {table}
BEGIN SELECT raise(ABORT, 'nothing is ever deleted'); END""")
