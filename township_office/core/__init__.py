# SPDX-License-Identifier: MulanPSL-2.0
"""The vocabulary. Imports nothing of ours."""
