# SPDX-License-Identifier: MulanPSL-2.0
"""值班: the words and pure rules of the duty roster and of the book kept while on duty."""
