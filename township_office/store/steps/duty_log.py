# SPDX-License-Identifier: MulanPSL-2.0
"""值班日志, 突发事件."""

from __future__ import annotations

from township_office.store.steps.runs import Runs


def duty_log(db: Runs) -> None:
    """0006: the book kept while on duty, with its calls; emergencies, with their reports."""
    db.execute("""
CREATE TABLE duty_log (
    id INTEGER PRIMARY KEY,
    number TEXT CHECK (length(number) <= 200),
    series TEXT,
    year INTEGER,
    period INTEGER,
    sequence INTEGER CHECK (sequence > 0),
    entry TEXT NOT NULL CHECK (entry = 'live' OR entry = 'backdated' OR entry = 'imported' OR entry = 'revoked'),
    original_number TEXT CHECK (length(original_number) <= 200),
    batch_id INTEGER REFERENCES batch (id),
    voided_on TEXT,
    voided_by TEXT,
    void_reason TEXT CHECK (length(void_reason) <= 500),
    entered_at TEXT NOT NULL,
    entered_by TEXT NOT NULL,
    search_text TEXT NOT NULL,
    initials TEXT NOT NULL,
    duty_on TEXT CHECK (duty_on IS NULL OR duty_on GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    weather TEXT CHECK (weather IS NULL OR length(weather) BETWEEN 1 AND 40),
    leader TEXT CHECK (leader IS NULL OR length(leader) BETWEEN 1 AND 100),
    people TEXT CHECK (people IS NULL OR length(people) BETWEEN 1 AND 300),
    begun_at TEXT CHECK (begun_at IS NULL OR begun_at GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'
        OR begun_at GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9] [0-2][0-9]:[0-5][0-9]'),
    ended_at TEXT CHECK (ended_at IS NULL OR ended_at GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'
        OR ended_at GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9] [0-2][0-9]:[0-5][0-9]'),
    title TEXT CHECK (title IS NULL OR length(title) BETWEEN 1 AND 2000),
    patrol TEXT CHECK (patrol IS NULL OR length(patrol) BETWEEN 1 AND 2000),
    tasks TEXT CHECK (tasks IS NULL OR length(tasks) BETWEEN 1 AND 2000),
    open_items TEXT CHECK (open_items IS NULL OR length(open_items) BETWEEN 1 AND 2000),
    handed_by TEXT CHECK (handed_by IS NULL OR length(handed_by) BETWEEN 1 AND 100),
    taken_by TEXT CHECK (taken_by IS NULL OR length(taken_by) BETWEEN 1 AND 100),
    handed_at TEXT CHECK (handed_at IS NULL OR handed_at GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'
        OR handed_at GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9] [0-2][0-9]:[0-5][0-9]'),
    remarks TEXT CHECK (remarks IS NULL OR length(remarks) BETWEEN 1 AND 2000),
    CHECK (instr(search_text, char(0)) = 0),
    UNIQUE (series, period, sequence),
    CHECK (sequence IS NULL OR (number IS NOT NULL AND series IS NOT NULL AND period IS NOT NULL)),
    CHECK ((voided_on IS NULL) = (void_reason IS NULL))
) STRICT""")
    db.execute("""
CREATE TABLE duty_event (
    id INTEGER PRIMARY KEY,
    number TEXT CHECK (length(number) <= 200),
    series TEXT,
    year INTEGER,
    period INTEGER,
    sequence INTEGER CHECK (sequence > 0),
    entry TEXT NOT NULL CHECK (entry = 'live' OR entry = 'backdated' OR entry = 'imported' OR entry = 'revoked'),
    original_number TEXT CHECK (length(original_number) <= 200),
    batch_id INTEGER REFERENCES batch (id),
    voided_on TEXT,
    voided_by TEXT,
    void_reason TEXT CHECK (length(void_reason) <= 500),
    entered_at TEXT NOT NULL,
    entered_by TEXT NOT NULL,
    search_text TEXT NOT NULL,
    initials TEXT NOT NULL,
    received_on TEXT CHECK (received_on IS NULL OR received_on GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    received_at TEXT CHECK (received_at IS NULL OR received_at GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'
        OR received_at GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9] [0-2][0-9]:[0-5][0-9]'),
    title TEXT CHECK (title IS NULL OR length(title) BETWEEN 1 AND 500),
    nature TEXT CHECK (nature IS NULL OR length(nature) BETWEEN 1 AND 200),
    source TEXT CHECK (source IS NULL OR length(source) BETWEEN 1 AND 200),
    happened_at TEXT CHECK (happened_at IS NULL OR happened_at GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'
        OR happened_at GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9] [0-2][0-9]:[0-5][0-9]'),
    place TEXT CHECK (place IS NULL OR length(place) BETWEEN 1 AND 200),
    scope TEXT CHECK (scope IS NULL OR length(scope) BETWEEN 1 AND 1000),
    losses TEXT CHECK (losses IS NULL OR length(losses) BETWEEN 1 AND 1000),
    trend TEXT CHECK (trend IS NULL OR length(trend) BETWEEN 1 AND 1000),
    leaders TEXT CHECK (leaders IS NULL OR length(leaders) BETWEEN 1 AND 500),
    measures TEXT CHECK (measures IS NULL OR length(measures) BETWEEN 1 AND 2000),
    advice TEXT CHECK (advice IS NULL OR length(advice) BETWEEN 1 AND 1000),
    handled_by TEXT CHECK (handled_by IS NULL OR length(handled_by) BETWEEN 1 AND 40),
    remarks TEXT CHECK (remarks IS NULL OR length(remarks) BETWEEN 1 AND 2000),
    CHECK (instr(search_text, char(0)) = 0),
    UNIQUE (series, period, sequence),
    CHECK (sequence IS NULL OR (number IS NOT NULL AND series IS NOT NULL AND period IS NOT NULL)),
    CHECK ((voided_on IS NULL) = (void_reason IS NULL))
) STRICT""")
    db.execute("""
CREATE TABLE duty_call (
    id INTEGER PRIMARY KEY,
    parent_id INTEGER NOT NULL REFERENCES duty_log (id),
    voided_on TEXT,
    voided_by TEXT,
    void_reason TEXT CHECK (length(void_reason) <= 500),
    entered_at TEXT NOT NULL,
    entered_by TEXT NOT NULL,
    called_at TEXT CHECK (called_at GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'
        OR called_at GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9] [0-2][0-9]:[0-5][0-9]'),
    way TEXT CHECK (length(way) BETWEEN 1 AND 200),
    unit TEXT CHECK (length(unit) BETWEEN 1 AND 200),
    caller TEXT CHECK (length(caller) BETWEEN 1 AND 40),
    phone TEXT CHECK (length(phone) BETWEEN 1 AND 40),
    title TEXT CHECK (length(title) BETWEEN 1 AND 1000),
    proposed TEXT CHECK (length(proposed) BETWEEN 1 AND 1000),
    result TEXT CHECK (length(result) BETWEEN 1 AND 1000),
    handler TEXT CHECK (length(handler) BETWEEN 1 AND 40),
    CHECK ((voided_on IS NULL) = (void_reason IS NULL))
) STRICT""")
    db.execute("""
CREATE TABLE duty_report (
    id INTEGER PRIMARY KEY,
    parent_id INTEGER NOT NULL REFERENCES duty_event (id),
    voided_on TEXT,
    voided_by TEXT,
    void_reason TEXT CHECK (length(void_reason) <= 500),
    entered_at TEXT NOT NULL,
    entered_by TEXT NOT NULL,
    kind TEXT CHECK (length(kind) BETWEEN 1 AND 200),
    way TEXT CHECK (length(way) BETWEEN 1 AND 200),
    sent_at TEXT CHECK (sent_at GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'
        OR sent_at GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9] [0-2][0-9]:[0-5][0-9]'),
    unit TEXT CHECK (length(unit) BETWEEN 1 AND 200),
    receiver TEXT CHECK (length(receiver) BETWEEN 1 AND 40),
    reporter TEXT CHECK (length(reporter) BETWEEN 1 AND 40),
    title TEXT CHECK (length(title) BETWEEN 1 AND 2000),
    CHECK ((voided_on IS NULL) = (void_reason IS NULL))
) STRICT""")
    db.execute("CREATE INDEX duty_log_order ON duty_log (year, duty_on, id, entry) WHERE entry <> 'revoked'")
    db.execute("CREATE INDEX duty_event_order ON duty_event (year, id, entry) WHERE entry <> 'revoked'")
    # One day, one page; what old books say is theirs.
    db.execute("""
CREATE UNIQUE INDEX duty_log_day ON duty_log (duty_on)
WHERE voided_on IS NULL AND (entry = 'live' OR entry = 'backdated')""")
    db.execute("CREATE INDEX duty_call_parent ON duty_call (parent_id)")
    db.execute("CREATE INDEX duty_report_parent ON duty_report (parent_id)")
    for table in ("duty_log", "duty_event", "duty_call", "duty_report"):
        db.execute(f"""
CREATE TRIGGER {table}_never_delete BEFORE DELETE ON {table}
BEGIN SELECT raise(ABORT, 'nothing is ever deleted'); END""")
