# SPDX-License-Identifier: MulanPSL-2.0
"""Printed forms: a page as plain data, and the writers that draw it."""
