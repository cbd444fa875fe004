# SPDX-License-Identifier: MulanPSL-2.0
"""The mathematics of the roster: who could be on duty when, and which of all those ways is the fairest."""
