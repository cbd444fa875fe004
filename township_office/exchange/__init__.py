# SPDX-License-Identifier: MulanPSL-2.0
"""Other people's sheets: Excel and CSV in, Excel out."""
