# SPDX-License-Identifier: MulanPSL-2.0
"""A register on the screen: its tab, its table, the chosen row."""
