# SPDX-License-Identifier: MulanPSL-2.0
"""The tab 档案: the tree, the items of a branch, boxes, what was filed when."""
