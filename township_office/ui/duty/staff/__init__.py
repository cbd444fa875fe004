# SPDX-License-Identifier: MulanPSL-2.0
"""人员和岗位: who can be on duty, when they cannot, and on which lines."""
