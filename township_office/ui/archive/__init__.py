# SPDX-License-Identifier: MulanPSL-2.0
"""档案 on the screen: filing, the shelf, its use, its printed sheets."""
