# SPDX-License-Identifier: MulanPSL-2.0
"""值班表: a month on the screen, changed by hand, given out."""
