# SPDX-License-Identifier: MulanPSL-2.0
"""The open office: the one handle the screen and the verbs hold."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from types import TracebackType

from township_office.core import searchkeys
from township_office.core.errors import OfficeError
from township_office.core.gate import clean_text
from township_office.registers.series import default_series
from township_office.services import deeds, tripwire
from township_office.services.deeds import Deeds
from township_office.store import changelog, database, numbers, settings
from township_office.store.changelog import Pen
from township_office.store.lock import FileLock

MAX_NAME = 60


@dataclass(slots=True)
class Office:
    """An open data file, the clerk who sits at it and what was done since. db belongs to services alone."""

    db: database.Database
    path: Path
    clerk: str
    is_readonly: bool
    lock: FileLock
    deeds: Deeds = field(default_factory=Deeds)

    def __enter__(self) -> Office:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        close_office(self)


def create_office(path: Path, name: str, clerk: str, today: date) -> Office:
    """Make a new office's data file with its default series; raise OfficeError when path is taken or not writable."""
    name, clerk = clean_text(name), clean_text(clerk)
    if not 2 <= len(name) <= MAX_NAME:
        raise OfficeError("error.office_name", limit=MAX_NAME)
    tripwire.refuse("office.name", name, clerk=clerk)
    check_clerk(clerk)
    tripwire.refuse_name("office.file", path, clerk)

    def fill(db: database.Database) -> None:
        pen = Pen(db, clerk)
        with database.writing(db):
            settings.write(pen, "office.name", name)
            settings.write(pen, "office.clerks", clerk)
            for series in default_series(name, today.year):
                numbers.save_series(pen, series)

    lock = FileLock(path)
    try:
        database.create(path, fill, lambda: lock.take(clerk))
        db = database.connect(path)
    except BaseException:
        lock.withdraw()
        raise
    return Office(db, path, clerk, is_readonly=False, lock=lock)


def open_office(path: Path, clerk: str) -> Office:
    """Open an office for clerk; a file that cannot be written opens read-only.

    Raise OfficeError naming the holder when another program has it open, or saying why it is not ours to open.
    """
    clerk = clean_text(clerk)
    tripwire.refuse("clerk", clerk)
    tripwire.refuse_name("office.file", path, clerk)
    lock = FileLock(path)
    with database.told(path):
        is_readonly = path.is_file() and not database.is_writable(path)
        if not is_readonly and path.is_file():
            try:
                lock.take(clerk)
            except PermissionError:
                is_readonly = True
    try:
        database.check_head(path)
        db = database.connect(path, readonly=is_readonly)
    except BaseException:
        lock.withdraw()
        raise
    return Office(db, path, clerk, is_readonly=is_readonly, lock=lock)


def close_office(office: Office) -> None:
    """Close the data file and give its lock back."""
    with suppress(database.Fault):
        office.db.close()
    office.lock.release()
    office.deeds.forget()


def sit_down(office: Office, clerk: str) -> None:
    """Let another clerk work on; nobody undoes what somebody else did."""
    tripwire.refuse("clerk", clerk)
    office.clerk = clerk
    office.deeds.forget()


@contextmanager
def twin(office: Office) -> Iterator[Office]:
    """Open the same file a second time for a worker thread; the lock stays with the screen's office."""
    db = database.connect(office.path, readonly=office.is_readonly)
    try:
        yield Office(db, office.path, office.clerk, office.is_readonly, FileLock(office.path), office.deeds)
    finally:
        db.close()


@contextmanager
def change(office: Office, deed: str = "") -> Iterator[Pen]:
    """Write in one transaction; raise OfficeError when the office is open read-only or nobody sits at it.

    A change within a change is part of it: kept or dropped with the whole. deed is the clerk's word for what is done;
    without one it cannot be undone.
    """
    pen = pen_of(office)
    if office.db.conn.in_transaction:
        yield pen
        return
    with database.writing(office.db):
        before, _ = changelog.head(office.db)
        yield pen
        done = deeds.since(office.db, before, deed)
    if done is not None:
        office.deeds.note(done)


def pen_of(office: Office) -> Pen:
    """Return the pen of the clerk; raise OfficeError when the office is open read-only or nobody sits at it."""
    if office.is_readonly:
        raise OfficeError("error.read_only")
    if not office.clerk:
        raise OfficeError("error.clerk_name")
    return Pen(office.db, office.clerk)


def warm_up() -> None:
    """Load what the first registered document needs (0.1 s); for a worker thread, while the clerk is still typing."""
    searchkeys.warm_up()
    database.tables_type()


def check_clerk(name: str) -> None:
    """Raise OfficeError unless name can be a person's name on a list."""
    tripwire.refuse("clerk", name)
    if not 1 <= len(name) <= 20 or any(sign in name for sign in ",，、;；\n"):
        raise OfficeError("error.clerk_name")
