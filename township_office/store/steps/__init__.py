# SPDX-License-Identifier: MulanPSL-2.0
"""The steps of the file's history, each as it was on the day it was released. Raw SQL; they import nothing of ours."""
