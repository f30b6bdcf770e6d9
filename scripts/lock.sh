#!/usr/bin/env bash
# Write requirements/run.txt, dev.txt, sign.txt, desk.txt, cluster.txt and bench.txt anew: every
# package that the direct pins of pyproject.toml bring along, each at one exact version. For
# maintainers, after a pin of pyproject.toml changed;
# tests/test_setup.py notices when they disagree.
set -euo pipefail
cd "$(dirname "$0")/.."
unset PYTHONPATH PYTHONHOME
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

"${PYTHON:-python3}" - "$work" <<'PYTHON'
import sys, tomllib
from pathlib import Path

project = tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8"))
run = project["project"]["dependencies"] + project["build-system"]["requires"]
groups = {"run": [], **project["project"]["optional-dependencies"]}
for name in ("sign", "desk", "cluster"):  # what is optional is tried, too
    groups["dev"] += groups[name]
for name, pins in groups.items():
    Path(sys.argv[1], f"{name}.in").write_text("\n".join(run + pins) + "\n", encoding="utf-8")
PYTHON

for kind in run dev sign desk cluster bench; do
    "${PYTHON:-python3}" -m venv "$work/$kind"
    PIP_USER=0 "$work/$kind/bin/pip" install --quiet --no-input -r "$work/$kind.in"
    "$work/$kind/bin/pip" check
    "$work/$kind/bin/pip" freeze --all | grep -v '^pip==' | LC_ALL=C sort -f >"$work/$kind.txt"
done

note='# Written by scripts/lock.sh from pyproject.toml; do not edit by hand.'
{ echo "$note"; cat "$work/run.txt"; } >requirements/run.txt
for kind in dev sign desk cluster bench; do
    {
        echo "$note"
        echo '-r run.txt'
        LC_ALL=C comm -13 <(LC_ALL=C sort "$work/run.txt") <(LC_ALL=C sort "$work/$kind.txt") |
            LC_ALL=C sort -f
    } >"requirements/$kind.txt"
done
