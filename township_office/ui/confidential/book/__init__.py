# SPDX-License-Identifier: MulanPSL-2.0
"""The unlocked register: which copy of which paper is where, and what is done with it."""
