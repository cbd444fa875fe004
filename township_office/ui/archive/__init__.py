# SPDX-License-Identifier: MulanPSL-2.0
"""档案: the year's filing, the shelf, use and care."""
