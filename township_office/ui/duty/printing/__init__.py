# SPDX-License-Identifier: MulanPSL-2.0
"""The 值班表 before it is on paper."""
