# SPDX-License-Identifier: MulanPSL-2.0
"""Tabs that are not a plain table."""
