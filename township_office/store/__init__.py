# SPDX-License-Identifier: MulanPSL-2.0
"""The data file: opening, history, rows, numbers, copies. The only room that speaks SQL."""
