# SPDX-License-Identifier: MulanPSL-2.0
"""Open the office's one data file, safely; write to it in whole transactions; copy it with proof."""

from __future__ import annotations

import errno
import os
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from township_office.core.errors import OfficeError
from township_office.core.progress import Progress, silent
from township_office.store.migrations import SET, STEPS, apply

__all__ = ["Clash", "Database", "Fault", "check_head", "connect", "copy_to", "create", "is_writable", "told", "writing"]

Fault = sqlite3.Error
Clash = sqlite3.IntegrityError  # the schema refuses what is written

APPLICATION_ID = 0x58_5A_42_47  # "XZBG", 乡镇办公
_HEAD, _ID_AT = 100, slice(68, 72)  # the head of a SQLite file and its application_id
_FAULTS = {
    "SQLITE_FULL": "error.disk_full",
    "SQLITE_IOERR": "error.disk_fault",
    "SQLITE_READONLY": "error.read_only",
    "SQLITE_BUSY": "error.busy",
    "SQLITE_NOTADB": "error.not_our_file",
    "SQLITE_CORRUPT": "error.damaged",
    "SQLITE_CANTOPEN": "error.cannot_open",
}
_RAISED = (sqlite3.DatabaseError, UnicodeDecodeError)
_SYSTEM_FAULTS = {
    errno.ENOSPC: "error.disk_full", errno.EDQUOT: "error.disk_full", errno.EFBIG: "error.disk_full",
    errno.EROFS: "error.read_only", errno.EACCES: "error.no_permission", errno.EPERM: "error.no_permission",
    errno.ENAMETOOLONG: "error.cannot_open", errno.ENOTDIR: "error.cannot_open", errno.ELOOP: "error.cannot_open",
}  # fmt: skip
_PRAGMAS = (
    "foreign_keys = ON", "journal_mode = DELETE", "synchronous = EXTRA", "secure_delete = ON",
    "trusted_schema = OFF", "cell_size_check = ON", "temp_store = MEMORY",
    "recursive_triggers = ON",  # so that nothing is deleted by a REPLACE either
)  # fmt: skip
_NAME = "sqlite_errorname"
_PAGES_PER_STEP = 512  # of a copy, between two reports of progress


class _Connection(sqlite3.Connection):
    """A connection whose faults, also while rows are read, come as sentences for the clerk."""

    path = Path()

    def execute(self, sql: str, parameters: Any = (), /) -> sqlite3.Cursor:
        return self.cursor(_Cursor).execute(sql, parameters)

    def executemany(self, sql: str, many: Any, /) -> sqlite3.Cursor:
        return self.cursor(_Cursor).executemany(sql, many)


class _Cursor(sqlite3.Cursor):
    def execute(self, sql: str, parameters: Any = (), /) -> _Cursor:
        self._or_told(super().execute, sql, parameters)
        return self

    def executemany(self, sql: str, many: Any, /) -> _Cursor:
        self._or_told(super().executemany, sql, many)
        return self

    def fetchone(self) -> Any:
        return self._or_told(super().fetchone)

    def fetchmany(self, size: int | None = 1) -> Any:
        return self._or_told(super().fetchmany, size)

    def fetchall(self) -> Any:
        return self._or_told(super().fetchall)

    def __iter__(self) -> Iterator[Any]:  # type: ignore[override]
        try:
            yield from iter(super().__next__, None)
        except _RAISED as fault:
            raise self._error(fault) from fault

    def _or_told(self, work: Callable[..., Any], *arguments: object) -> Any:
        try:
            return work(*arguments)
        except _RAISED as fault:
            raise self._error(fault) from fault

    def _error(self, fault: Exception) -> OfficeError:
        return _error(fault, getattr(self.connection, "path", Path()))


class Database:
    """An open data file: plain SQL by execute, whole rows by table().

    Tables are sqlite-utils', which takes 0.1 s to load and so is loaded with the first row that is written.
    """

    __slots__ = ("_tables", "conn")

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.conn = connection
        self._tables: Any = None

    @property
    def tables(self) -> Any:
        """The same connection as a sqlite_utils.Database."""
        if self._tables is None:
            self._tables = tables_type()(self.conn, recursive_triggers=False, execute_plugins=False)
        return self._tables

    def table(self, name: str) -> Any:
        """Return a table to insert into, update, or get a row from."""
        return self.tables.table(name)

    def execute(self, sql: str, parameters: Any = ()) -> sqlite3.Cursor:
        """Run one statement."""
        return self.conn.execute(sql, parameters)

    def close(self) -> None:
        """Close the connection."""
        self.conn.close()


@cache
def tables_type() -> Any:
    """Return sqlite_utils.Database, loading it.

    It would load numpy and pandas, where they are, to know their numbers by sight: three times its own 0.1 s, and
    15 MB. We write none of theirs.
    """
    hidden = [name for name in ("numpy", "pandas") if name not in sys.modules]
    sys.modules.update(dict.fromkeys(hidden))  # type: ignore[arg-type]  # None: "not installed", to whoever imports it
    try:
        from sqlite_utils import Database as Tables
    finally:
        for name in hidden:
            del sys.modules[name]
    return Tables


def create(path: Path, fill: Callable[[Database], None], take_lock: Callable[[], None]) -> None:
    """Make a new data file at path holding what fill writes, under its lock: the whole file, or none.

    Raise OfficeError when something lies there already or it cannot be written.
    """
    with told(path):
        if path.exists():
            raise OfficeError("error.file_exists", path=path)
        if not path.parent.is_dir():
            raise OfficeError("error.no_folder", path=path.parent)
        take_lock()
    connection = sqlite3.connect(":memory:", isolation_level=None, factory=_Connection)
    with closing(connection):
        db = _prepared(connection)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        apply(db.tables)
        fill(db)
        copy_to(db, path)


def check_head(path: Path) -> None:
    """Raise OfficeError unless path is a data file of ours, without SQLite: it would meddle with a stranger's journal.

    Never call it while this process has the file open: closing a file drops SQLite's locks on it.
    """
    with told(path):
        if not path.is_file():
            raise OfficeError("error.no_file", path=path)
        with path.open("rb") as file:
            head = file.read(_HEAD)
    if not head.startswith(b"SQLite format 3\0") or int.from_bytes(head[_ID_AT], "big") != APPLICATION_ID:
        raise OfficeError("error.not_our_file", path=path)


def connect(path: Path, *, readonly: bool = False) -> Database:
    """Open an existing data file, upgrading it after a proven copy; refuse a stranger's or a newer program's file."""
    with told(path):
        if not path.is_file():
            raise OfficeError("error.no_file", path=path)
        # as_uri escapes ?, # and %, which would otherwise open another file.
        uri = f"{path.absolute().as_uri()}?mode={'ro' if readonly else 'rw'}"
        connection = sqlite3.connect(uri, uri=True, isolation_level=None, factory=_Connection)
        connection.path = path
        try:
            db = _prepared(connection)
            _check_ours(db, path)
            if len(_taken(db)) < len(STEPS):
                if readonly:
                    raise OfficeError("error.read_only")
                stamp = f"{datetime.now():%Y%m%d-%H%M%S}"
                copy_to(db, path.with_name(f"{path.name}.{stamp}.before-upgrade"))
                apply(db.tables)
        except (sqlite3.DatabaseError, KeyError) as fault:  # its tables are not what its history says
            connection.close()
            raise OfficeError("error.damaged", path=path) from fault
        except BaseException:
            connection.close()
            raise
    return db


def is_writable(path: Path) -> bool:
    """Return whether both the file and its folder (for the journal) can be written."""
    path = path.resolve()
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)


@contextmanager
def writing(db: Database) -> Iterator[None]:
    """Keep everything inside, or nothing: one IMMEDIATE transaction, system faults told in the clerk's words."""
    with told(getattr(db.conn, "path", Path())):
        try:
            db.conn.execute("BEGIN IMMEDIATE")
            yield
            db.conn.execute("COMMIT")
        except BaseException:
            db.conn.rollback()
            raise


@contextmanager
def reading(db: Database) -> Iterator[None]:
    """See one state of the file inside, though another program writes meanwhile."""
    db.conn.execute("BEGIN")
    try:
        yield
    finally:
        db.conn.rollback()


def copy_to(db: Database, target: Path, progress: Progress = silent) -> None:
    """Copy the live file with SQLite's own backup to target, prove the copy sound, then give it its name.

    Raise OfficeError when the copy is damaged or cannot be written; target is then as it was.
    """
    partial = target.with_name(target.name + ".partial")

    def report(_status: int, remaining: int, total: int) -> None:
        progress(total - remaining, total)

    try:
        with told(target):
            partial.unlink(missing_ok=True)
            with closing(sqlite3.connect(partial)) as copy:
                copy.execute("PRAGMA journal_mode = OFF")  # a copy that fails is thrown away
                db.conn.backup(copy, pages=_PAGES_PER_STEP, progress=report)
                if copy.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
                    raise OfficeError("error.copy_damaged", path=target)
            _flush(partial)
            partial.replace(target)
            _flush(target.parent)
    except BaseException:
        with suppress(OSError):
            partial.unlink(missing_ok=True)
        raise


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turn SQLite's and the system's faults into sentences that say what to do."""
    try:
        yield
    except _RAISED as fault:
        raise _error(fault, path) from fault
    except OSError as fault:
        raise OfficeError(_SYSTEM_FAULTS.get(fault.errno or 0, "error.disk_fault"), path=path) from fault


def _prepared(connection: sqlite3.Connection) -> Database:
    connection.execute("PRAGMA busy_timeout = 5000")
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    return Database(connection)


def _check_ours(db: Database, path: Path) -> None:
    if db.conn.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise OfficeError("error.not_our_file", path=path)
    if _taken(db) - {name for name, _ in STEPS}:
        raise OfficeError("error.file_from_newer_program", path=path)


def _taken(db: Database) -> set[str]:
    """Return the names of the steps of its history that the file has taken."""
    found = db.execute("SELECT name FROM _sqlite_migrations WHERE migration_set = ?", [SET])
    return {name for (name,) in found}


def _flush(path: Path) -> None:
    """Push a file, or a folder's entries, to the medium; Windows has no such call for folders."""
    if path.is_dir() and os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _error(fault: Exception, path: Path) -> OfficeError:
    """Return the clerk's sentence for fault; raise it again when it is our own mistake."""
    # Bytes that are no UTF-8 are found by Python, not by SQLite, and bear no name.
    is_garbled = isinstance(fault, sqlite3.OperationalError | UnicodeDecodeError) and not hasattr(fault, _NAME)
    name = "SQLITE_CORRUPT" if is_garbled else getattr(fault, _NAME, "")
    for prefix, key in _FAULTS.items():
        if name.startswith(prefix):
            return OfficeError(key, path=path)
    raise fault
