# SPDX-License-Identifier: MulanPSL-2.0
"""Dialogs that serve one purpose each."""
