# SPDX-License-Identifier: MulanPSL-2.0
"""归档: from the year's documents to numbered items, all by keyboard."""
