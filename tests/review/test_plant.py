"""The script that plants mistakes still plants and counts them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.slow
def test_mistakes_are_planted_and_counted() -> None:
    command = [sys.executable, "scripts/plant_mistakes.py", "--rounds", "1", "--only", "cong-van"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode in (0, 1), done.stderr
    assert "tiêu ngữ                        1 /    1  100.0%" in done.stdout
    assert "1 tệp chưa sửa gì: 0 lỗi" in done.stdout
