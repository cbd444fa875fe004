# SPDX-License-Identifier: MulanPSL-2.0
"""The printed sheets of the archive before they are on paper."""
