# SPDX-License-Identifier: MulanPSL-2.0
"""值班日志 and 突发事件: the day on one page, an emergency until its 终报."""
