#!/usr/bin/env bash
# SPDX-License-Identifier: MulanPSL-2.0
#
# Sets up what make needs on Debian, Ubuntu, UOS, Kylin and their kin: system libraries, TrueType Chinese fonts,
# a virtual environment and the dependencies.
#
#   installer/setup.sh run      what the program needs                        .venv
#   installer/setup.sh dev      that, and what the checks need                .venv
#   installer/setup.sh lowest   that, in the oldest versions we promise       .venv-lowest
#
# When all is there it ends in a blink, without a network. What was interrupted is begun afresh. As root it installs
# missing packages itself; a user is told them in one line, with the command.
set -euo pipefail
cd -P "$(dirname "$0")/.."

want=${1:?run, dev or lowest}
venv=.venv
if [ "$want" = lowest ]; then venv=.venv-lowest; fi
state=$venv/.set-up # what was set up, for which pyproject.toml, in which folder
unfinished=$venv/.unfinished
told=$venv/.wished-fonts # what the person was told about
log=$(mktemp)
trap 'rm -f "$log"' EXIT

export DEBIAN_FRONTEND=noninteractive
export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1 PIP_USER=0 PIP_ROOT_USER_ACTION=ignore
unset PYTHONHOME PYTHONPATH
PATH=$PATH:/usr/sbin:/sbin # a user's PATH lacks ldconfig

say() { printf '%s\n' "$*"; }
die() {
    grep -E '^ *(E:|ERROR|error|OSError)' "$log" | sort -u | tail -n 5 >&2 || true
    printf '%s\n' "$*" >&2
    exit 1
}

# The library that Qt loads, then its package; where two names are given, the first that the distribution has.
libraries='
libEGL.so.1             libegl1
libGL.so.1              libgl1
libxkbcommon.so.0       libxkbcommon0
libdbus-1.so.3          libdbus-1-3
libfontconfig.so.1      libfontconfig1
libglib-2.0.so.0        libglib2.0-0t64 libglib2.0-0
libX11-xcb.so.1         libx11-xcb1
libxkbcommon-x11.so.0   libxkbcommon-x11-0
libxcb-cursor.so.0      libxcb-cursor0
libxcb-icccm.so.4       libxcb-icccm4
libxcb-image.so.0       libxcb-image0
libxcb-keysyms.so.1     libxcb-keysyms1
libxcb-randr.so.0       libxcb-randr0
libxcb-render-util.so.0 libxcb-render-util0
libxcb-shape.so.0       libxcb-shape0
libxcb-sync.so.1        libxcb-sync1
libxcb-xfixes.so.0      libxcb-xfixes0
libxcb-xkb.so.1         libxcb-xkb1
'
# Only TrueType outlines can be embedded in a printed register. The first font is needed; the others draw 楷体 and the
# rare characters of names and places, where the distribution has them.
needed_font='wqy-zenhei.tt* fonts-wqy-zenhei'
wished_fonts='
LXGWWenKai*.ttf    fonts-lxgw-wenkai
BabelStoneHan*.ttf fonts-babelstone-han
'
pythons='3.13 3.12 3.11 3.14'
# STRICT tables came with SQLite 3.37.
fits='import sqlite3, sys; sys.exit(sys.version_info < (3, 11) or sqlite3.sqlite_version_info < (3, 37))'
version_of='import sys; print("%d.%d" % sys.version_info[:2])'

find_python() {
    local version path order=$pythons
    if [ "$want" = lowest ]; then order='3.11 3.12 3.13'; fi # the oldest Qt knows no newer one
    for version in $order 3; do
        path=$(command -v "python$version") || continue
        if "$path" -c "$fits" 2>/dev/null; then
            printf '%s' "$path"
            return
        fi
    done
}

distribution_has() { [[ $(apt-cache show "$1" 2>/dev/null) == *Package:* ]]; }

first_available() {
    local name
    for name; do
        if distribution_has "$name"; then break; fi
    done
    printf '%s' "$name"
}

has_font() {
    local found
    found=$(find -L /usr/share/fonts /usr/local/share/fonts ~/.fonts ~/.local/share/fonts -name "$1" -print -quit \
        2>/dev/null) || true
    [ -n "$found" ]
}

# Fills missing (nothing works without), wished (better with), python ("" when there is none).
look_around() {
    local present name package version
    missing=() wished=()
    present=$(ldconfig -p 2>/dev/null || true)
    while read -r name package; do
        if [ -n "$name" ] && [[ $present != *"$name "* ]]; then
            # shellcheck disable=SC2086 # one or two names
            missing+=("$(first_available $package)")
        fi
    done <<<"$libraries"
    if ! has_font "${needed_font% *}"; then missing+=("${needed_font#* }"); fi
    while read -r name package; do
        if [ -n "$name" ] && ! has_font "$name"; then wished+=("$package"); fi
    done <<<"$wished_fonts"
    if is_current; then return; fi
    python=$(find_python)
    if [ -z "$python" ]; then
        for version in $pythons; do
            if distribution_has "python$version"; then
                missing+=("python$version" "python$version-venv")
                return
            fi
        done
        # A distribution that has none new enough, or one whose package lists are not here yet?
        if ! distribution_has python3; then missing+=(python3 python3-venv); fi
    elif ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        missing+=("python$("$python" -c "$version_of")-venv")
    fi
}

apt() { apt-get -o DPkg::Lock::Timeout=600 "$@" >>"$log" 2>&1 </dev/null; }

install_packages() {
    local name
    say "正在安装系统组件 / installing:" "${missing[@]}" "${wished[@]}"
    # Package lists may be absent, or name versions that are gone. Without a network we get as far as the disc goes.
    apt update || true
    look_around # by the names just learnt
    if [ ${#missing[@]} -gt 0 ]; then apt install -y --no-install-recommends "${missing[@]}" || true; fi
    for name in "${wished[@]}"; do
        if distribution_has "$name"; then apt install -y --no-install-recommends "$name" || true; fi
    done
    look_around
}

check_system() {
    look_around
    # Asked for once: a distribution that lacks them must not cost a network round at every run.
    if is_current && [ "$(cat "$told" 2>/dev/null)" = "${wished[*]}" ]; then wished=(); fi
    local all=("${missing[@]}" "${wished[@]}")
    if [ ${#all[@]} -gt 0 ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        install_packages
        all=("${missing[@]}" "${wished[@]}")
    fi
    if [ ${#missing[@]} -gt 0 ]; then
        die "缺少系统组件，请先执行 / missing packages, please run: sudo apt-get update && sudo apt-get install -y ${all[*]}"
    fi
    if ! is_current && [ -z "$python" ]; then
        die "请先安装 Python 3.11 或更新版本（含 SQLite 3.37 以上）/ please install Python 3.11 or newer, with SQLite 3.37 or newer"
    fi
    if [ ${#wished[@]} -gt 0 ]; then
        say "可选字体未安装（楷体、生僻字用）/ optional fonts, if you can: sudo apt-get install -y ${wished[*]}"
    fi
}

# "PySide6-Essentials>=6.8,<6.12" → "PySide6-Essentials==6.8.*", for every dependency of the program.
lowest_versions() {
    "$venv/bin/python" - <<'PYTHON'
import re, tomllib
from pathlib import Path

for line in tomllib.loads(Path("pyproject.toml").read_text("utf-8"))["project"]["dependencies"]:
    name, version = re.match(r"([\w.-]+)>=([\d.]+)", line).groups()
    print(f"{name}=={version}.*")
PYTHON
}

is_current() {
    local kind
    [ -e "$state" ] && [ ! -e "$unfinished" ] && "$venv/bin/python" -c '' 2>/dev/null || return 1
    for kind in "$want" dev; do # dev holds all that run needs
        if [ "$(cat "$state")" = "$(fingerprint "$kind")" ]; then return 0; fi
    done
    return 1
}

fingerprint() { printf '%s %s %s' "$1" "$(cksum <pyproject.toml)" "$PWD"; }

is_at_home() { [ -e "$state" ] && [[ $(cat "$state") == *" $PWD" ]]; }

set_up() {
    local what='.[dev]' pins=()
    if [ "$want" = run ]; then what=.; fi
    # Interrupted, moved here from another folder, or made by a Python that is gone: a new one is the sure way.
    if [ -e "$unfinished" ] || ! "$venv/bin/python" -m pip --version >>"$log" 2>&1 || ! is_at_home; then
        say "正在建立虚拟环境 / making $venv with $("$python" --version)"
        rm -f "$state" 2>>"$log" || true
        rm -rf "$venv" 2>>"$log" || die "无法写入此文件夹 / cannot write here: $PWD"
        mkdir "$venv" 2>>"$log" || die "无法写入此文件夹 / cannot write here: $PWD"
        : >"$unfinished"
        "$python" -m venv "$venv" >>"$log" 2>&1 || die "虚拟环境建立失败 / could not make $PWD/$venv"
    fi
    touch "$unfinished" 2>>"$log" || die "无法写入此文件夹 / cannot write here: $PWD"
    say "正在安装依赖 / installing dependencies (a few minutes the first time)"
    if [ "$want" = lowest ]; then mapfile -t pins < <(lowest_versions); fi
    if [ "$want" = lowest ] && [ ${#pins[@]} -eq 0 ]; then die "no dependencies found in pyproject.toml"; fi
    if ! "$venv/bin/python" -m pip install --quiet "${pins[@]}" -e "$what" >>"$log" 2>&1; then
        rm -f "$unfinished" # pip itself gave up and left all as it was
        die "依赖安装失败：请检查网络或 pip 的软件源设置 / pip failed: check the network or pip's index setting"
    fi
    fingerprint "$want" >"$state"
    rm -f "$unfinished"
}

check_system
if ! is_current; then set_up; fi
if [ ${#wished[@]} -gt 0 ]; then printf '%s' "${wished[*]}" 2>/dev/null >"$told" || true; fi
