# SPDX-License-Identifier: MulanPSL-2.0
"""档案: the clerk's verbs from the year's documents to boxes on a shelf, and what becomes of them."""
