# SPDX-License-Identifier: MulanPSL-2.0
"""Settings, log, 收文, 发文 and what belongs to one paper of theirs."""

from __future__ import annotations

from township_office.store.steps.runs import Runs


def settings_and_change_log(db: Runs) -> None:
    """0001: what every office has, and who changed what."""
    db.execute("""
CREATE TABLE setting (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    value TEXT NOT NULL
) STRICT""")
    db.execute("""
CREATE TABLE change_log (
    seq INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    clerk TEXT NOT NULL,
    verb TEXT NOT NULL,
    register TEXT NOT NULL,
    row_id INTEGER NOT NULL,
    before TEXT,
    after TEXT,
    why TEXT NOT NULL,
    format INTEGER NOT NULL,
    hash BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT""")
    db.execute("CREATE INDEX change_log_row ON change_log (register, row_id)")
    db.execute("""
CREATE TRIGGER change_log_is_gapless BEFORE INSERT ON change_log
WHEN new.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM change_log)
BEGIN SELECT raise(ABORT, 'the change log has no gaps'); END""")
    for event in ("UPDATE", "DELETE"):
        db.execute(f"""
CREATE TRIGGER change_log_never_{event.lower()} BEFORE {event} ON change_log
BEGIN SELECT raise(ABORT, 'the change log is append-only'); END""")


def receipt_and_dispatch(db: Runs) -> None:
    """0002: the two books, their numbers, what came in together."""
    db.execute("""
CREATE TABLE series (
    id INTEGER PRIMARY KEY,
    register TEXT NOT NULL,
    code TEXT NOT NULL CHECK (length(code) BETWEEN 1 AND 40),
    name TEXT NOT NULL,
    format TEXT NOT NULL,
    reset TEXT NOT NULL CHECK (reset IN ('yearly', 'per_term', 'never')),
    start INTEGER NOT NULL CHECK (start > 0),
    start_period INTEGER NOT NULL,
    term INTEGER NOT NULL CHECK (term > 0),
    UNIQUE (register, code)
) STRICT""")
    db.execute("""
CREATE TABLE reservation (
    id INTEGER PRIMARY KEY,
    register TEXT NOT NULL,
    series TEXT NOT NULL,
    period INTEGER NOT NULL,
    sequence INTEGER NOT NULL CHECK (sequence > 0),
    name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
    reason TEXT NOT NULL,
    reserved_on TEXT NOT NULL,
    reserved_by TEXT NOT NULL,
    released_on TEXT,
    FOREIGN KEY (register, series) REFERENCES series (register, code) ON UPDATE CASCADE
) STRICT""")
    db.execute("""
CREATE UNIQUE INDEX reservation_open ON reservation (register, series, period, sequence)
WHERE released_on IS NULL""")
    db.execute("""
CREATE TABLE batch (
    id INTEGER PRIMARY KEY,
    register TEXT NOT NULL,
    source TEXT NOT NULL,
    imported_at TEXT NOT NULL,
    imported_by TEXT NOT NULL,
    taken INTEGER NOT NULL,
    not_taken INTEGER NOT NULL,
    revoked_on TEXT,
    revoke_reason TEXT
) STRICT""")
    db.execute("""
CREATE TABLE receipt (
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
    sender TEXT CHECK (sender IS NULL OR length(sender) BETWEEN 1 AND 200),
    doc_number TEXT CHECK (doc_number IS NULL OR length(doc_number) BETWEEN 1 AND 200),
    title TEXT CHECK (title IS NULL OR length(title) BETWEEN 1 AND 500),
    copy_count INTEGER CHECK (copy_count IS NULL OR copy_count BETWEEN 0 AND 999999),
    urgency TEXT CHECK (urgency IS NULL OR length(urgency) BETWEEN 1 AND 200),
    secrecy_level TEXT CHECK (secrecy_level IS NULL OR length(secrecy_level) BETWEEN 1 AND 200),
    due_on TEXT CHECK (due_on IS NULL OR due_on GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    lead_dept TEXT CHECK (lead_dept IS NULL OR length(lead_dept) BETWEEN 1 AND 200),
    handler TEXT CHECK (handler IS NULL OR length(handler) BETWEEN 1 AND 200),
    receiver TEXT CHECK (receiver IS NULL OR length(receiver) BETWEEN 1 AND 200),
    remarks TEXT CHECK (remarks IS NULL OR length(remarks) BETWEEN 1 AND 2000),
    attachment_count INTEGER CHECK (attachment_count IS NULL OR attachment_count BETWEEN 0 AND 999999),
    dated_on TEXT CHECK (dated_on IS NULL OR dated_on GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    channel TEXT CHECK (channel IS NULL OR length(channel) BETWEEN 1 AND 200),
    category TEXT CHECK (category IS NULL OR length(category) BETWEEN 1 AND 200),
    handling TEXT CHECK (handling IS NULL OR length(handling) BETWEEN 1 AND 200),
    received_at TEXT CHECK (received_at IS NULL OR received_at GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'
        OR received_at GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9] [0-2][0-9]:[0-5][0-9]'),
    meeting_at TEXT CHECK (meeting_at IS NULL OR meeting_at GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'
        OR meeting_at GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9] [0-2][0-9]:[0-5][0-9]'),
    meeting_place TEXT CHECK (meeting_place IS NULL OR length(meeting_place) BETWEEN 1 AND 200),
    attendees TEXT CHECK (attendees IS NULL OR length(attendees) BETWEEN 1 AND 500),
    proposed_action TEXT CHECK (proposed_action IS NULL OR length(proposed_action) BETWEEN 1 AND 2000),
    proposer TEXT CHECK (proposer IS NULL OR length(proposer) BETWEEN 1 AND 200),
    proposed_on TEXT CHECK (proposed_on IS NULL OR proposed_on GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    leader_instruction TEXT CHECK (leader_instruction IS NULL OR length(leader_instruction) BETWEEN 1 AND 2000),
    co_dept TEXT CHECK (co_dept IS NULL OR length(co_dept) BETWEEN 1 AND 500),
    is_supervised INTEGER CHECK (is_supervised IS NULL OR is_supervised IN (0, 1)),
    destination TEXT CHECK (destination IS NULL OR length(destination) BETWEEN 1 AND 200),
    result TEXT CHECK (result IS NULL OR length(result) BETWEEN 1 AND 2000),
    completed_on TEXT CHECK (completed_on IS NULL OR completed_on GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    reply_number TEXT CHECK (reply_number IS NULL OR length(reply_number) BETWEEN 1 AND 200),
    returned_on TEXT CHECK (returned_on IS NULL OR returned_on GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    return_reason TEXT CHECK (return_reason IS NULL OR length(return_reason) BETWEEN 1 AND 500),
    is_for_archive INTEGER CHECK (is_for_archive IS NULL OR is_for_archive IN (0, 1)),
    filed_on TEXT CHECK (filed_on IS NULL OR filed_on GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    volume_number TEXT CHECK (volume_number IS NULL OR length(volume_number) BETWEEN 1 AND 200),
    CHECK (instr(search_text, char(0)) = 0),
    UNIQUE (series, period, sequence),
    CHECK (sequence IS NULL OR (number IS NOT NULL AND series IS NOT NULL AND period IS NOT NULL)),
    CHECK ((voided_on IS NULL) = (void_reason IS NULL))
) STRICT""")
    db.execute("""
CREATE TABLE dispatch (
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
    signed_on TEXT CHECK (signed_on IS NULL OR signed_on GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    genre TEXT CHECK (genre IS NULL OR length(genre) BETWEEN 1 AND 200),
    title TEXT CHECK (title IS NULL OR length(title) BETWEEN 1 AND 500),
    main_recipient TEXT CHECK (main_recipient IS NULL OR length(main_recipient) BETWEEN 1 AND 500),
    copy_count INTEGER CHECK (copy_count IS NULL OR copy_count BETWEEN 0 AND 999999),
    urgency TEXT CHECK (urgency IS NULL OR length(urgency) BETWEEN 1 AND 200),
    secrecy_level TEXT CHECK (secrecy_level IS NULL OR length(secrecy_level) BETWEEN 1 AND 200),
    drafter TEXT CHECK (drafter IS NULL OR length(drafter) BETWEEN 1 AND 200),
    signer TEXT CHECK (signer IS NULL OR length(signer) BETWEEN 1 AND 200),
    receiver TEXT CHECK (receiver IS NULL OR length(receiver) BETWEEN 1 AND 200),
    remarks TEXT CHECK (remarks IS NULL OR length(remarks) BETWEEN 1 AND 2000),
    dispatched_on TEXT CHECK (dispatched_on IS NULL OR dispatched_on GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    cc_recipient TEXT CHECK (cc_recipient IS NULL OR length(cc_recipient) BETWEEN 1 AND 500),
    attachment_count INTEGER CHECK (attachment_count IS NULL OR attachment_count BETWEEN 0 AND 999999),
    drafting_dept TEXT CHECK (drafting_dept IS NULL OR length(drafting_dept) BETWEEN 1 AND 200),
    drafted_on TEXT CHECK (drafted_on IS NULL OR drafted_on GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    draft_reviewer TEXT CHECK (draft_reviewer IS NULL OR length(draft_reviewer) BETWEEN 1 AND 200),
    reviewed_on TEXT CHECK (reviewed_on IS NULL OR reviewed_on GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    cosigners TEXT CHECK (cosigners IS NULL OR length(cosigners) BETWEEN 1 AND 500),
    reviewer TEXT CHECK (reviewer IS NULL OR length(reviewer) BETWEEN 1 AND 200),
    proofreader TEXT CHECK (proofreader IS NULL OR length(proofreader) BETWEEN 1 AND 200),
    distributor TEXT CHECK (distributor IS NULL OR length(distributor) BETWEEN 1 AND 200),
    sealed_on TEXT CHECK (sealed_on IS NULL OR sealed_on GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    printed_on TEXT CHECK (printed_on IS NULL OR printed_on GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    archive_copies INTEGER CHECK (archive_copies IS NULL OR archive_copies BETWEEN 0 AND 999999),
    openness TEXT CHECK (openness IS NULL OR length(openness) BETWEEN 1 AND 200),
    is_normative INTEGER CHECK (is_normative IS NULL OR is_normative IN (0, 1)),
    reply_to TEXT CHECK (reply_to IS NULL OR length(reply_to) BETWEEN 1 AND 200),
    is_for_archive INTEGER CHECK (is_for_archive IS NULL OR is_for_archive IN (0, 1)),
    filed_on TEXT CHECK (filed_on IS NULL OR filed_on GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    volume_number TEXT CHECK (volume_number IS NULL OR length(volume_number) BETWEEN 1 AND 200),
    CHECK (instr(search_text, char(0)) = 0),
    UNIQUE (series, period, sequence),
    CHECK (sequence IS NULL OR (number IS NOT NULL AND series IS NOT NULL AND period IS NOT NULL)),
    CHECK ((voided_on IS NULL) = (void_reason IS NULL))
) STRICT""")
    # Lists and counts are read from these alone, without touching the wide rows.
    db.execute("""
CREATE INDEX receipt_order ON receipt (
    year, id, entry, voided_on, filed_on, completed_on, returned_on, reply_number, due_on, received_on
)
WHERE entry <> 'revoked'""")
    db.execute("""
CREATE INDEX dispatch_order ON dispatch (
    year, id, entry, voided_on, filed_on, dispatched_on, signed_on, reviewed_on, printed_on
)
WHERE entry <> 'revoked'""")
    db.execute("""
CREATE INDEX receipt_due ON receipt (due_on, id, year, entry)
WHERE due_on IS NOT NULL AND completed_on IS NULL AND filed_on IS NULL AND returned_on IS NULL AND voided_on IS NULL
    AND entry <> 'revoked'""")
    db.execute("CREATE INDEX receipt_doc_number ON receipt (doc_number) WHERE doc_number IS NOT NULL")
    for register in ("receipt", "dispatch"):
        db.execute(f"CREATE INDEX {register}_number ON {register} (number)")
        # Only of what is typed here: a ledger of former years is taken in as fast as it can be.
        db.execute(f"CREATE INDEX {register}_title ON {register} (title) WHERE entry IN ('live', 'backdated')")
        db.execute(f"""
CREATE INDEX {register}_typed ON {register} (id) WHERE voided_on IS NULL AND entry IN ('live', 'backdated')""")
        db.execute(f"""
CREATE TRIGGER {register}_never_delete BEFORE DELETE ON {register}
BEGIN SELECT raise(ABORT, 'nothing is ever deleted'); END""")


def circulation_chase_distribution(db: Runs) -> None:
    """0003: what belongs to one paper."""
    db.execute("""
CREATE TABLE circulation (
    id INTEGER PRIMARY KEY,
    parent_id INTEGER NOT NULL REFERENCES receipt (id),
    voided_on TEXT,
    voided_by TEXT,
    void_reason TEXT CHECK (length(void_reason) <= 500),
    entered_at TEXT NOT NULL,
    entered_by TEXT NOT NULL,
    purpose TEXT CHECK (length(purpose) BETWEEN 1 AND 200),
    reader TEXT CHECK (length(reader) BETWEEN 1 AND 200),
    copy_no INTEGER CHECK (copy_no BETWEEN 0 AND 999999),
    sent_at TEXT CHECK (sent_at GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'
        OR sent_at GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9] [0-2][0-9]:[0-5][0-9]'),
    returned_at TEXT CHECK (returned_at GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'
        OR returned_at GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9] [0-2][0-9]:[0-5][0-9]'),
    opinion TEXT CHECK (length(opinion) BETWEEN 1 AND 1000),
    CHECK ((voided_on IS NULL) = (void_reason IS NULL))
) STRICT""")
    db.execute("""
CREATE TABLE chase (
    id INTEGER PRIMARY KEY,
    parent_id INTEGER NOT NULL REFERENCES receipt (id),
    voided_on TEXT,
    voided_by TEXT,
    void_reason TEXT CHECK (length(void_reason) <= 500),
    entered_at TEXT NOT NULL,
    entered_by TEXT NOT NULL,
    chased_at TEXT CHECK (chased_at GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'
        OR chased_at GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9] [0-2][0-9]:[0-5][0-9]'),
    chased TEXT CHECK (length(chased) BETWEEN 1 AND 200),
    answer TEXT CHECK (length(answer) BETWEEN 1 AND 1000),
    CHECK ((voided_on IS NULL) = (void_reason IS NULL))
) STRICT""")
    db.execute("""
CREATE TABLE distribution (
    id INTEGER PRIMARY KEY,
    parent_id INTEGER NOT NULL REFERENCES dispatch (id),
    voided_on TEXT,
    voided_by TEXT,
    void_reason TEXT CHECK (length(void_reason) <= 500),
    entered_at TEXT NOT NULL,
    entered_by TEXT NOT NULL,
    unit TEXT CHECK (length(unit) BETWEEN 1 AND 200),
    copy_count INTEGER CHECK (copy_count BETWEEN 0 AND 999999),
    copy_serials TEXT CHECK (length(copy_serials) BETWEEN 1 AND 200),
    sent_at TEXT CHECK (sent_at GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'
        OR sent_at GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9] [0-2][0-9]:[0-5][0-9]'),
    receiver TEXT CHECK (length(receiver) BETWEEN 1 AND 200),
    received_at TEXT CHECK (received_at GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'
        OR received_at GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9] [0-2][0-9]:[0-5][0-9]'),
    remarks TEXT CHECK (length(remarks) BETWEEN 1 AND 500),
    CHECK ((voided_on IS NULL) = (void_reason IS NULL))
) STRICT""")
    for child in ("circulation", "chase", "distribution"):
        db.execute(f"CREATE INDEX {child}_parent ON {child} (parent_id)")  # the history tells of void ones too
        db.execute(f"""
CREATE TRIGGER {child}_never_delete BEFORE DELETE ON {child}
BEGIN SELECT raise(ABORT, 'nothing is ever deleted'); END""")
    db.execute("CREATE INDEX dispatch_reply_to ON dispatch (reply_to) WHERE reply_to IS NOT NULL")
    # 今日 is read from these, however many years the books hold; a ledger that is taken in adds nothing to them.
    db.execute("CREATE INDEX receipt_meeting ON receipt (meeting_at) WHERE meeting_at IS NOT NULL")
    db.execute("""
CREATE INDEX receipt_unfiled ON receipt (year, is_for_archive)
WHERE completed_on IS NOT NULL AND filed_on IS NULL AND returned_on IS NULL AND voided_on IS NULL
    AND entry IN ('live', 'backdated')""")
    db.execute("""
CREATE INDEX dispatch_unfiled ON dispatch (year, is_for_archive)
WHERE dispatched_on IS NOT NULL AND filed_on IS NULL AND voided_on IS NULL AND entry IN ('live', 'backdated')""")
    db.execute("""
CREATE INDEX dispatch_numbered ON dispatch (year)
WHERE number IS NOT NULL AND voided_on IS NULL AND entry <> 'revoked'""")
    db.execute("""
CREATE INDEX distribution_waiting ON distribution (parent_id) WHERE received_at IS NULL AND voided_on IS NULL""")
    # 横传 is refused by the file itself: a copy that is out has one holder.
    db.execute("""
CREATE UNIQUE INDEX circulation_out ON circulation (parent_id, copy_no)
WHERE sent_at IS NOT NULL AND returned_at IS NULL AND voided_on IS NULL""")
    # Who has a paper and what for is read from this alone. It must not be that one: a key with the reader in it would
    # let a second reader in.
    db.execute("""
CREATE INDEX circulation_holders ON circulation (parent_id, copy_no, purpose, reader, sent_at, returned_at, voided_on)
WHERE sent_at IS NOT NULL AND returned_at IS NULL AND voided_on IS NULL""")
