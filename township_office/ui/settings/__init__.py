# SPDX-License-Identifier: MulanPSL-2.0
"""The office's own settings."""
