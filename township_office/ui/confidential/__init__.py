# SPDX-License-Identifier: MulanPSL-2.0
"""The guarded register on screen: locked, opened for one custodian, and locked again by itself."""
