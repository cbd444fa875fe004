# SPDX-License-Identifier: MulanPSL-2.0
"""Use and care of the archive: who looked at what, the air of the store, what goes to the fire or to the county."""
