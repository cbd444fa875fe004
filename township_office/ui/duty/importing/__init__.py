# SPDX-License-Identifier: MulanPSL-2.0
"""The office's old 值班表 in, step by step."""
