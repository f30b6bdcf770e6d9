#!/usr/bin/env bash
# Make docs/trang-mau.png, the picture in the README, from the plan's first page.
set -euo pipefail
cd "$(dirname "$0")/.."
make --no-print-directory plan YEAR=2025
pdftoppm -png -r 70 -f 1 -l 1 -singlefile build/2025/plan.pdf docs/trang-mau
