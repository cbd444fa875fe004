# SPDX-License-Identifier: MulanPSL-2.0
"""档案."""

from __future__ import annotations

from township_office.store.steps.runs import Runs


def archive(db: Runs) -> None:
    """0005: items, boxes, their use and care, what became of them; what is to be filed."""
    db.execute("""
CREATE TABLE archive_item (
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
    doc_number TEXT CHECK (doc_number IS NULL OR length(doc_number) BETWEEN 1 AND 200),
    responsible_body TEXT CHECK (responsible_body IS NULL OR length(responsible_body) BETWEEN 1 AND 200),
    title TEXT CHECK (title IS NULL OR length(title) BETWEEN 1 AND 500),
    dated_on TEXT CHECK (dated_on IS NULL OR dated_on GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    secrecy_level TEXT CHECK (secrecy_level IS NULL OR length(secrecy_level) BETWEEN 1 AND 200),
    page_count INTEGER CHECK (page_count IS NULL OR page_count BETWEEN 0 AND 999999),
    box_no INTEGER CHECK (box_no IS NULL OR box_no BETWEEN 0 AND 999999),
    remarks TEXT CHECK (remarks IS NULL OR length(remarks) BETWEEN 1 AND 2000),
    fonds_no TEXT CHECK (fonds_no IS NULL OR length(fonds_no) BETWEEN 1 AND 10),
    category TEXT CHECK (category IS NULL OR length(category) BETWEEN 1 AND 20),
    archive_year INTEGER CHECK (archive_year IS NULL OR archive_year BETWEEN 0 AND 999999),
    retention_period TEXT CHECK (retention_period IS NULL OR length(retention_period) BETWEEN 1 AND 200),
    org_or_subject TEXT CHECK (org_or_subject IS NULL OR length(org_or_subject) BETWEEN 1 AND 20),
    volume_no INTEGER CHECK (volume_no IS NULL OR volume_no BETWEEN 0 AND 999999),
    components TEXT CHECK (components IS NULL OR length(components) BETWEEN 1 AND 1000),
    filed_on TEXT CHECK (filed_on IS NULL OR filed_on GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    openness TEXT CHECK (openness IS NULL OR length(openness) BETWEEN 1 AND 200),
    open_review TEXT CHECK (open_review IS NULL OR length(open_review) BETWEEN 1 AND 200),
    carrier TEXT CHECK (carrier IS NULL OR length(carrier) BETWEEN 1 AND 200),
    people TEXT CHECK (people IS NULL OR length(people) BETWEEN 1 AND 500),
    subject_words TEXT CHECK (subject_words IS NULL OR length(subject_words) BETWEEN 1 AND 500),
    place TEXT CHECK (place IS NULL OR length(place) BETWEEN 1 AND 200),
    extended_to TEXT CHECK (extended_to IS NULL OR length(extended_to) BETWEEN 1 AND 200),
    destroyed_on TEXT CHECK (destroyed_on IS NULL OR destroyed_on GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    transferred_on TEXT CHECK (transferred_on IS NULL
        OR transferred_on GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    disposal_no TEXT CHECK (disposal_no IS NULL OR length(disposal_no) BETWEEN 1 AND 200),
    CHECK (instr(search_text, char(0)) = 0),
    UNIQUE (series, period, sequence),
    CHECK (sequence IS NULL OR (number IS NOT NULL AND series IS NOT NULL AND period IS NOT NULL)),
    CHECK ((voided_on IS NULL) = (void_reason IS NULL))
) STRICT""")
    db.execute("""
CREATE TABLE archive_box (
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
    thickness INTEGER CHECK (thickness IS NULL OR thickness BETWEEN 0 AND 999999),
    title TEXT CHECK (title IS NULL OR length(title) BETWEEN 1 AND 1000),
    arranged_by TEXT CHECK (arranged_by IS NULL OR length(arranged_by) BETWEEN 1 AND 20),
    arranged_on TEXT CHECK (arranged_on IS NULL OR arranged_on GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    checked_by TEXT CHECK (checked_by IS NULL OR length(checked_by) BETWEEN 1 AND 20),
    checked_on TEXT CHECK (checked_on IS NULL OR checked_on GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    place TEXT CHECK (place IS NULL OR length(place) BETWEEN 1 AND 200),
    CHECK (instr(search_text, char(0)) = 0),
    UNIQUE (series, period, sequence),
    CHECK (sequence IS NULL OR (number IS NOT NULL AND series IS NOT NULL AND period IS NOT NULL)),
    CHECK ((voided_on IS NULL) = (void_reason IS NULL))
) STRICT""")
    db.execute("""
CREATE TABLE access_log (
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
    used_on TEXT CHECK (used_on IS NULL OR used_on GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    reader TEXT CHECK (reader IS NULL OR length(reader) BETWEEN 1 AND 20),
    unit TEXT CHECK (unit IS NULL OR length(unit) BETWEEN 1 AND 200),
    reference_codes TEXT CHECK (reference_codes IS NULL OR length(reference_codes) BETWEEN 1 AND 1000),
    title TEXT CHECK (title IS NULL OR length(title) BETWEEN 1 AND 1000),
    purpose TEXT CHECK (purpose IS NULL OR length(purpose) BETWEEN 1 AND 200),
    way TEXT CHECK (way IS NULL OR length(way) BETWEEN 1 AND 200),
    copied_pages INTEGER CHECK (copied_pages IS NULL OR copied_pages BETWEEN 0 AND 999999),
    approver TEXT CHECK (approver IS NULL OR length(approver) BETWEEN 1 AND 20),
    due_on TEXT CHECK (due_on IS NULL OR due_on GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    returned_on TEXT CHECK (returned_on IS NULL OR returned_on GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    is_intact INTEGER CHECK (is_intact IS NULL OR is_intact IN (0, 1)),
    effect TEXT CHECK (effect IS NULL OR length(effect) BETWEEN 1 AND 1000),
    handled_by TEXT CHECK (handled_by IS NULL OR length(handled_by) BETWEEN 1 AND 20),
    credential TEXT CHECK (credential IS NULL OR length(credential) BETWEEN 1 AND 200),
    CHECK (instr(search_text, char(0)) = 0),
    UNIQUE (series, period, sequence),
    CHECK (sequence IS NULL OR (number IS NOT NULL AND series IS NOT NULL AND period IS NOT NULL)),
    CHECK ((voided_on IS NULL) = (void_reason IS NULL))
) STRICT""")
    db.execute("""
CREATE TABLE stack_in_out (
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
    moved_on TEXT CHECK (moved_on IS NULL OR moved_on GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    direction TEXT CHECK (direction IS NULL OR length(direction) BETWEEN 1 AND 200),
    reference_codes TEXT CHECK (reference_codes IS NULL OR length(reference_codes) BETWEEN 1 AND 1000),
    item_count INTEGER CHECK (item_count IS NULL OR item_count BETWEEN 0 AND 999999),
    title TEXT CHECK (title IS NULL OR length(title) BETWEEN 1 AND 500),
    handled_by TEXT CHECK (handled_by IS NULL OR length(handled_by) BETWEEN 1 AND 20),
    returned_on TEXT CHECK (returned_on IS NULL OR returned_on GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    remarks TEXT CHECK (remarks IS NULL OR length(remarks) BETWEEN 1 AND 2000),
    CHECK (instr(search_text, char(0)) = 0),
    UNIQUE (series, period, sequence),
    CHECK (sequence IS NULL OR (number IS NOT NULL AND series IS NOT NULL AND period IS NOT NULL)),
    CHECK ((voided_on IS NULL) = (void_reason IS NULL))
) STRICT""")
    db.execute("""
CREATE TABLE climate_log (
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
    measured_on TEXT CHECK (measured_on IS NULL OR measured_on GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    measured_at TEXT CHECK (measured_at IS NULL OR measured_at GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'
        OR measured_at GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9] [0-2][0-9]:[0-5][0-9]'),
    temperature TEXT CHECK (temperature IS NULL OR length(temperature) BETWEEN 1 AND 10),
    humidity TEXT CHECK (humidity IS NULL OR length(humidity) BETWEEN 1 AND 10),
    title TEXT CHECK (title IS NULL OR length(title) BETWEEN 1 AND 500),
    handled_by TEXT CHECK (handled_by IS NULL OR length(handled_by) BETWEEN 1 AND 20),
    CHECK (instr(search_text, char(0)) = 0),
    UNIQUE (series, period, sequence),
    CHECK (sequence IS NULL OR (number IS NOT NULL AND series IS NOT NULL AND period IS NOT NULL)),
    CHECK ((voided_on IS NULL) = (void_reason IS NULL))
) STRICT""")
    db.execute("""
CREATE TABLE stack_check (
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
    checked_on TEXT CHECK (checked_on IS NULL OR checked_on GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    title TEXT CHECK (title IS NULL OR length(title) BETWEEN 1 AND 500),
    finding TEXT CHECK (finding IS NULL OR length(finding) BETWEEN 1 AND 1000),
    problem TEXT CHECK (problem IS NULL OR length(problem) BETWEEN 1 AND 1000),
    handling TEXT CHECK (handling IS NULL OR length(handling) BETWEEN 1 AND 1000),
    handled_on TEXT CHECK (handled_on IS NULL OR handled_on GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    checked_by TEXT CHECK (checked_by IS NULL OR length(checked_by) BETWEEN 1 AND 40),
    CHECK (instr(search_text, char(0)) = 0),
    UNIQUE (series, period, sequence),
    CHECK (sequence IS NULL OR (number IS NOT NULL AND series IS NOT NULL AND period IS NOT NULL)),
    CHECK ((voided_on IS NULL) = (void_reason IS NULL))
) STRICT""")
    db.execute("""
CREATE TABLE appraisal (
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
    begun_on TEXT CHECK (begun_on IS NULL OR begun_on GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    title TEXT CHECK (title IS NULL OR length(title) BETWEEN 1 AND 500),
    head TEXT CHECK (head IS NULL OR length(head) BETWEEN 1 AND 20),
    members TEXT CHECK (members IS NULL OR length(members) BETWEEN 1 AND 200),
    opinion TEXT CHECK (opinion IS NULL OR length(opinion) BETWEEN 1 AND 2000),
    approver TEXT CHECK (approver IS NULL OR length(approver) BETWEEN 1 AND 20),
    approved_on TEXT CHECK (approved_on IS NULL OR approved_on GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    witness_one TEXT CHECK (witness_one IS NULL OR length(witness_one) BETWEEN 1 AND 20),
    witness_two TEXT CHECK (witness_two IS NULL OR length(witness_two) BETWEEN 1 AND 20),
    destroyed_on TEXT CHECK (destroyed_on IS NULL OR destroyed_on GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    closed_on TEXT CHECK (closed_on IS NULL OR closed_on GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    remarks TEXT CHECK (remarks IS NULL OR length(remarks) BETWEEN 1 AND 2000),
    CHECK (instr(search_text, char(0)) = 0),
    UNIQUE (series, period, sequence),
    CHECK (sequence IS NULL OR (number IS NOT NULL AND series IS NOT NULL AND period IS NOT NULL)),
    CHECK ((voided_on IS NULL) = (void_reason IS NULL))
) STRICT""")
    db.execute("""
CREATE TABLE transfer (
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
    handed_on TEXT CHECK (handed_on IS NULL OR handed_on GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    title TEXT CHECK (title IS NULL OR length(title) BETWEEN 1 AND 500),
    nature TEXT CHECK (nature IS NULL OR length(nature) BETWEEN 1 AND 200),
    receiving_unit TEXT CHECK (receiving_unit IS NULL OR length(receiving_unit) BETWEEN 1 AND 200),
    handed_by TEXT CHECK (handed_by IS NULL OR length(handed_by) BETWEEN 1 AND 20),
    leader TEXT CHECK (leader IS NULL OR length(leader) BETWEEN 1 AND 20),
    received_by TEXT CHECK (received_by IS NULL OR length(received_by) BETWEEN 1 AND 20),
    finding_aids TEXT CHECK (finding_aids IS NULL OR length(finding_aids) BETWEEN 1 AND 200),
    remarks TEXT CHECK (remarks IS NULL OR length(remarks) BETWEEN 1 AND 2000),
    CHECK (instr(search_text, char(0)) = 0),
    UNIQUE (series, period, sequence),
    CHECK (sequence IS NULL OR (number IS NOT NULL AND series IS NOT NULL AND period IS NOT NULL)),
    CHECK ((voided_on IS NULL) = (void_reason IS NULL))
) STRICT""")
    db.execute("""
CREATE TABLE appraisal_line (
    id INTEGER PRIMARY KEY,
    parent_id INTEGER NOT NULL REFERENCES appraisal (id),
    voided_on TEXT,
    voided_by TEXT,
    void_reason TEXT CHECK (length(void_reason) <= 500),
    entered_at TEXT NOT NULL,
    entered_by TEXT NOT NULL,
    item_id INTEGER CHECK (item_id BETWEEN 0 AND 999999),
    title TEXT CHECK (length(title) BETWEEN 1 AND 500),
    decision TEXT CHECK (length(decision) BETWEEN 1 AND 200),
    extended_to TEXT CHECK (length(extended_to) BETWEEN 1 AND 200),
    remarks TEXT CHECK (length(remarks) BETWEEN 1 AND 500),
    CHECK ((voided_on IS NULL) = (void_reason IS NULL))
) STRICT""")
    # What the year's filing says of each document, from the first hand laid on it to the item it became.
    db.execute("""
CREATE TABLE filing (
    id INTEGER PRIMARY KEY,
    register TEXT CHECK (register IN ('receipt', 'dispatch')),
    source_id INTEGER CHECK ((register IS NULL) = (source_id IS NULL)),
    archive_year INTEGER CHECK (archive_year BETWEEN 1900 AND 2999),
    is_kept INTEGER CHECK (is_kept IN (0, 1)),
    retention_period TEXT CHECK (length(retention_period) BETWEEN 1 AND 20),
    org_or_subject TEXT CHECK (length(org_or_subject) BETWEEN 1 AND 20),
    category TEXT CHECK (length(category) BETWEEN 1 AND 20),
    doc_number TEXT CHECK (length(doc_number) BETWEEN 1 AND 200),
    responsible_body TEXT CHECK (length(responsible_body) BETWEEN 1 AND 200),
    title TEXT CHECK (length(title) BETWEEN 1 AND 500),
    dated_on TEXT CHECK (dated_on GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    page_count INTEGER CHECK (page_count BETWEEN 0 AND 999999),
    remarks TEXT CHECK (length(remarks) BETWEEN 1 AND 2000),
    main_id INTEGER REFERENCES filing (id) CHECK (main_id <> id),
    behind_id INTEGER,
    item_id INTEGER REFERENCES archive_item (id),
    UNIQUE (register, source_id),
    CHECK (register IS NOT NULL OR archive_year IS NOT NULL)
) STRICT""")
    db.execute("CREATE INDEX filing_open ON filing (archive_year) WHERE item_id IS NULL")
    db.execute("CREATE INDEX filing_item ON filing (item_id) WHERE item_id IS NOT NULL")
    # The tree of the archive, its branches in order, and their counts are read from this alone.
    db.execute("""
CREATE INDEX archive_item_order ON archive_item (
    year DESC, series, sequence, id, category, archive_year, retention_period, org_or_subject, fonds_no, volume_no,
    page_count, box_no, entry, voided_on, destroyed_on, transferred_on
)
WHERE entry <> 'revoked'""")
    db.execute("CREATE UNIQUE INDEX archive_item_code ON archive_item (number) WHERE entry <> 'revoked'")
    db.execute("CREATE INDEX archive_item_batch ON archive_item (batch_id) WHERE batch_id IS NOT NULL")
    for register in ("access_log", "stack_in_out", "climate_log", "stack_check", "appraisal", "transfer"):
        db.execute(f"CREATE INDEX {register}_order ON {register} (year, id, entry) WHERE entry <> 'revoked'")
    db.execute("CREATE INDEX access_log_out ON access_log (due_on) WHERE returned_on IS NULL AND voided_on IS NULL")
    db.execute("CREATE INDEX appraisal_line_parent ON appraisal_line (parent_id)")
    tables = ("archive_item", "archive_box", "access_log", "stack_in_out", "climate_log", "stack_check", "appraisal",
              "appraisal_line", "transfer", "filing")  # fmt: skip
    for table in tables:
        db.execute(f"""
CREATE TRIGGER {table}_never_delete BEFORE DELETE ON {table}
BEGIN SELECT raise(ABORT, 'nothing is ever deleted'); END""")
