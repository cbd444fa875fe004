# SPDX-License-Identifier: MulanPSL-2.0
"""The clerk's verbs. Each is one function the screen calls and one transaction."""
