# SPDX-License-Identifier: MulanPSL-2.0
"""Their Excel in: the import window and what came of every import."""
