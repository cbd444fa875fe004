# SPDX-License-Identifier: MulanPSL-2.0
"""放假安排 on the screen: a year at a glance, and how a new year comes in."""
