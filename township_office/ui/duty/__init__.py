# SPDX-License-Identifier: MulanPSL-2.0
"""值班 on the screen."""
