# SPDX-License-Identifier: MulanPSL-2.0
"""乡镇办公室登记系统 — the registers of one township office, offline, in one file."""

__version__ = "0.1.0"
