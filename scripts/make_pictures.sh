#!/usr/bin/env bash
# Make the pictures in the README: the plan's first page, and the views of the desk.
set -euo pipefail
cd "$(dirname "$0")/.."
make --no-print-directory plan YEAR=2025
pdftoppm -png -r 70 -f 1 -l 1 -singlefile build/2025/plan.pdf docs/trang-mau
mkdir -p docs/ban-lam-viec
.venv/bin/python -m pytest -q tests/desk/test_views.py -k pictures --pictures docs/ban-lam-viec
.venv/bin/python - docs/ban-lam-viec/*.png <<'PYTHON'
import sys

from PIL import Image

for path in sys.argv[1:]:  # flat colours: a quarter of the bytes
    Image.open(path).convert("RGB").quantize(128).save(path, optimize=True)
PYTHON
