# SPDX-License-Identifier: MulanPSL-2.0
"""Everything Qt, and nothing but Qt and calls to services."""
