# SPDX-License-Identifier: MulanPSL-2.0
"""档案 on the screen: filing, the shelf, printing, exchange, use and care."""
