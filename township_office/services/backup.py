# SPDX-License-Identifier: MulanPSL-2.0
"""A proven copy of the data file in another folder. (The sealed container on a USB stick comes with its own issue.)"""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from township_office.core.errors import OfficeError
from township_office.core.gate import clean_text
from township_office.core.progress import Progress, silent
from township_office.services import tripwire
from township_office.services.office import Office, change
from township_office.services.settings import get_setting
from township_office.store import changelog, database, settings

_UNSAFE = re.compile(r"[^\w.-]+")


def backup_to(office: Office, folder: Path, progress: Progress = silent) -> Path:
    """Copy the office's file into folder under a name with date, time and chain head, proven sound; return its path.

    Raise OfficeError when the folder is missing, is the data file's own, or cannot be written.
    """
    folder = folder.absolute()
    tripwire.refuse_name("backup.folder", folder, office.clerk)
    if not folder.is_dir():
        raise OfficeError("error.no_folder", path=folder)
    if folder.resolve() == office.path.absolute().parent.resolve():
        raise OfficeError("error.backup_beside", path=folder)
    now = datetime.now()
    _, head = changelog.head(office.db)
    stem = _UNSAFE.sub("-", office.path.name.removesuffix(".office.db").removesuffix(".db"))
    target = folder / f"{stem}_{now:%Y%m%d-%H%M%S}_{head[:8]}.office.db"
    database.copy_to(office.db, target, progress)
    if not office.is_readonly:
        # The copy is sound and in its place; that a full disk cannot take the note of it is no failure of the copy.
        with suppress(OfficeError), change(office) as pen:
            settings.write(pen, "backup.folder", clean_text(str(folder)))
            settings.write(pen, "backup.last", now.isoformat(timespec="seconds"))
    return target


def last_backup(office: Office) -> datetime | None:
    """Return when the last copy was proven, or None."""
    value = get_setting(office, "backup.last")
    return datetime.fromisoformat(value) if value else None
