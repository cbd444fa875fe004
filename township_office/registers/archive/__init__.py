# SPDX-License-Identifier: MulanPSL-2.0
"""档案: the rules by which a year's documents become archive items (DA/T 22-2015, DA/T 13-2022, 国家档案局令第18号)."""
