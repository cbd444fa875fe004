# SPDX-License-Identifier: MulanPSL-2.0
"""The form of any register, and what a clerk types into."""
