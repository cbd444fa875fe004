# SPDX-License-Identifier: MulanPSL-2.0
"""值班: the duty roster from people and lines to the printed page, and the book kept while on duty."""
