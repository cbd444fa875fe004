# SPDX-License-Identifier: MulanPSL-2.0
"""A paper's way through the office: its steps, its readers, its recipients, as small dialogs and lines of the pane."""
