# SPDX-License-Identifier: MulanPSL-2.0
"""Pages before they are on paper, and on the way there."""
