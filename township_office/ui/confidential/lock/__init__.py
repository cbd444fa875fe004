# SPDX-License-Identifier: MulanPSL-2.0
"""Locked, unlocked for one custodian, and locked again by itself; who may unlock, and how."""
