#!/usr/bin/env bash
# Set up .venv beside this project: setup.sh run (to build documents), sign (to look into digital
# signatures), desk (to work in the browser), cluster (to build on many machines), dev (for tests,
# too) or bench (to compare the speed with other ways).
#
# Called by make when .venv/.ready-KIND is missing or older than what it depends on.
# May be run again and interrupted at any time: the stamps come last, and a .venv that was being
# written when a set-up died is made anew. Installs missing Debian packages where it may (root, or
# sudo without a password), else prints the one command to run. PYTHON=... chooses the interpreter.
set -euo pipefail
cd "$(dirname "$0")/.."

kind=${1:-run}
case $kind in run | sign | desk | cluster | dev | bench) ;; *) echo 'Cách dùng: scripts/setup.sh run|sign|desk|cluster|dev|bench' >&2; exit 2 ;; esac

# What the caller's shell sets for other Pythons must not leak into this one.
unset PYTHONPATH PYTHONHOME
export PIP_USER=0 PIP_DISABLE_PIP_VERSION_CHECK=1

# One set-up at a time, also from two terminals.
if command -v flock >/dev/null; then
    exec 9<scripts/setup.sh
    flock 9
fi

say() { printf '• %s\n' "$*"; }
fail() { printf 'Lỗi cài đặt: %s\n' "$*" >&2; exit 1; }

# --- what the machine has ---------------------------------------------------------------------

package() { [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }
library() { { ldconfig -p 2>/dev/null || /sbin/ldconfig -p 2>/dev/null; } | grep -F "$1" >/dev/null; }
# An office that is no package of Debian is taken as it is.
office() {
    package "libreoffice-$1-nogui" || package "libreoffice-$1" ||
        { command -v soffice >/dev/null && ! package libreoffice-common; }
}
times_font() { [ -n "$(fc-list ':family=Times New Roman:lang=vi' file 2>/dev/null)" ]; }

# Print the Python to use: of at least 3.11 and able to make virtual environments (Debian's may not).
find_python() {
    local candidate candidates=(python3 /usr/bin/python3 python3.13 python3.12 python3.11)
    [ -z "${PYTHON:-}" ] || candidates=("$PYTHON")
    for candidate in "${candidates[@]}"; do
        if "$candidate" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' \
            2>/dev/null; then
            echo "$candidate"
            return
        fi
    done
    return 1
}

missing_for_run() {
    find_python >/dev/null || echo python3 python3-venv
    package libpango-1.0-0 || library libpango-1.0.so.0 || echo libpango-1.0-0
    package libpangoft2-1.0-0 || library libpangoft2-1.0.so.0 || echo libpangoft2-1.0-0
    package libharfbuzz-subset0 || library libharfbuzz-subset.so.0 || echo libharfbuzz-subset0
    package fonts-croscore || times_font || echo fonts-croscore
}

# The check says what it could not check without the dictionary; documents are built all the same.
missing_for_check() {
    package hunspell-vi || [ -e /usr/share/hunspell/vi_VN.dic ] || echo hunspell-vi
}

missing_for_tests() {
    local program
    for program in writer calc; do
        office "$program" || echo "libreoffice-$program-nogui"
    done
    command -v pdftoppm >/dev/null || echo poppler-utils
    command -v chromium >/dev/null || echo chromium
    # Line by line comparison is made with Tinos, whatever else the machine has.
    package fonts-croscore || echo fonts-croscore
}

missing_for_bench() {
    office writer || echo libreoffice-writer-nogui
    # LibreOffice that is kept running is spoken to from the system's Python.
    package python3-uno || echo python3-uno
}

# --- Debian packages --------------------------------------------------------------------------

# Install packages as root. The lists are fetched only where they do not know or have the package.
install_packages() {
    local as_root=() get install
    [ "$(id -u)" = 0 ] || as_root=(sudo -n)
    get=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=120)
    install=("${get[@]}" install -y --no-install-recommends "$@")
    say "Cài gói Debian, có thể mất vài phút: $*"
    if ! "${install[@]}" --simulate >/dev/null 2>&1 || ! "${install[@]}" >/dev/null 9<&-; then
        say 'Cập nhật danh sách gói Debian'
        "${get[@]}" update 9<&- && "${install[@]}" >/dev/null 9<&-
    fi
}

may_install() { [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null; }

ask_for_packages() {
    echo "Máy này còn thiếu gói: $*. Hãy chạy lệnh sau, rồi chạy lại make:" >&2
    local as_root='sudo sh -c'
    command -v sudo >/dev/null || as_root='su -c'
    echo "  $as_root 'apt-get update && apt-get install -y --no-install-recommends $*'" >&2
}

missing_for_more() {
    case $kind in dev) missing_for_tests ;; bench) missing_for_bench ;; esac
}

debian_packages() {
    local for_run wanted every
    read -ra for_run < <(missing_for_run | xargs)
    read -ra wanted < <({ missing_for_check; missing_for_more; } | xargs)
    every=($(printf '%s\n' "${for_run[@]}" "${wanted[@]}" | sort -u))
    [ ${#every[@]} -gt 0 ] || return 0
    if may_install && install_packages "${every[@]}"; then
        return
    fi
    ask_for_packages "${every[@]}"
    # Whatever needs the other packages says that it could not run; where that may not be, stop here.
    [ ${#for_run[@]} -eq 0 ] && [ "${VANBAN_REQUIRE_SOFFICE:-0}" != 1 ] || exit 1
    say 'Tiếp tục mà không có các gói này; phần soát lỗi, phép thử cần đến sẽ không chạy'
}

no_python() {
    fail 'cần Python 3.11 trở lên, tạo được môi trường ảo (venv) —' \
        'hãy cài thêm, hoặc chỉ rõ: make setup PYTHON=/đường/dẫn/python3'
}

# No package mends a Python of the user's own choice.
[ -z "${PYTHON:-}" ] || find_python >/dev/null || no_python

if command -v dpkg-query >/dev/null && command -v apt-get >/dev/null; then
    debian_packages
else
    say 'Máy này không dùng gói Debian; xem còn thiếu gì bằng: make doctor'
fi

# --- Python packages --------------------------------------------------------------------------

python=$(find_python) || no_python

# Say whether .venv was set up whole, in this folder and with this version of Python.
reusable() {
    [ ! -e .venv/.installing ] && [ "$(cat .venv/.place 2>/dev/null)" = "$(pwd -P)" ] &&
        [ "$(.venv/bin/python --version 2>/dev/null)" = "$("$python" --version)" ]
}

if ! reusable; then
    say "Tạo môi trường Python trong .venv ($("$python" --version))"
    "$python" -m venv --clear .venv
fi
touch .venv/.installing

say "Cài thư viện Python theo requirements/$kind.txt, lần đầu có thể mất vài phút"
pip=(.venv/bin/python -m pip -qq --no-input)
# The pip that Python 3.11 brings takes three times as long to choose among the files of a package.
newer=pip==26.3
"${pip[@]}" install "$newer" ||
    say "Không lấy được $newer: cài bằng pip sẵn có, sẽ lâu hơn"
"${pip[@]}" install --no-deps --no-compile -r "requirements/$kind.txt" ||
    fail 'không cài được thư viện Python — hãy kiểm tra kết nối mạng, rồi chạy lại make'
"${pip[@]}" install --no-deps --no-build-isolation --editable . ||
    fail 'không cài được chương trình vào .venv — hãy gửi các dòng trên cho người bảo trì'
"${pip[@]}" check ||
    fail 'các thư viện Python không khớp nhau — hãy gửi các dòng trên cho người bảo trì'

# Libraries and program are compiled on every core: also the first command starts quickly. A file
# of a library that is written for another Python is left out, as pip does.
.venv/bin/python -m compileall -qq -j 0 .venv/lib src || true

pwd -P >.venv/.place
rm .venv/.installing
touch .venv/.ready-run
touch ".venv/.ready-$kind"
say 'Cài đặt xong'
