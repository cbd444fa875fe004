# SPDX-License-Identifier: MulanPSL-2.0
"""归档文件目录 as Excel: old ones in, the county's out."""
