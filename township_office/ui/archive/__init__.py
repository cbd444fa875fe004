# SPDX-License-Identifier: MulanPSL-2.0
"""档案: from the year's documents to boxes on a shelf, their use and care."""
