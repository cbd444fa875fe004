# SPDX-License-Identifier: MulanPSL-2.0
"""涉密: the guarded register, sealed row by row; who opens it, its papers, where each copy is."""
