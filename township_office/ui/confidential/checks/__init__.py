# SPDX-License-Identifier: MulanPSL-2.0
"""What is counted, compared and printed of the guarded register."""
