# SPDX-License-Identifier: MulanPSL-2.0
"""Typing in the table itself: a row for the next paper above the first, and the cells of the rows below."""
