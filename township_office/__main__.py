# SPDX-License-Identifier: MulanPSL-2.0
"""Start the program: a verb on the command line, or the window."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path


def main(arguments: list[str] | None = None) -> int:
    """Run a verb when one is given, else open the window (on the data file named, if any); return the exit code."""
    words = sys.argv[1:] if arguments is None else arguments
    if not words or (len(words) == 1 and Path(words[0]).suffix == ".db"):
        # Imported here so that a verb never loads Qt and the window never waits for the verbs.
        code: int = import_module("township_office.ui.application").run(Path(words[0]) if words else None)
        return code
    cli = import_module("township_office.cli")
    code = cli.run(words)
    folder: Path | None = cli.toured(words) if code == cli.DONE else None
    return code if folder is None else _show(import_module("township_office.services.tour").data_file(folder))


def _show(data_file: Path) -> int:
    """Open the window on the tour's office; without a screen, save pictures of every tab beside the other results."""
    application = import_module("township_office.ui.application")
    code: int = application.run(data_file) if application.has_screen() else application.save_pictures(data_file)
    return code


if __name__ == "__main__":
    sys.exit(main())
