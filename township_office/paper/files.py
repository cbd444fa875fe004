# SPDX-License-Identifier: MulanPSL-2.0
"""A printed file is whole or is not there."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from township_office.core.errors import OfficeError


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """Lend a *.partial beside path to write to; when the block ends well it becomes path, else it is removed.

    Raises OfficeError when the disk is full, the file is open in another program, or the folder refuses.
    """
    partial = path.with_name(path.name + ".partial")
    try:
        yield partial
        with partial.open("rb+") as file:
            os.fsync(file.fileno())
        partial.replace(path)
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise OfficeError("paper.disk_full", folder=str(path.parent)) from error
        if isinstance(error, PermissionError):
            raise OfficeError("paper.file_in_use", name=path.name) from error
        raise OfficeError("paper.cannot_write", path=str(path)) from error
    finally:
        with suppress(OSError):
            partial.unlink(missing_ok=True)
