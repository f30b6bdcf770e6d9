"""What the check says of known documents is what was recorded: a change of a finding is meant."""

from __future__ import annotations

import pytest

from recorded import FILE, recorded_lines, text_of


@pytest.mark.slow
def test_findings_are_those_recorded() -> None:
    assert text_of(recorded_lines()).splitlines() == FILE.read_text(encoding="utf-8").splitlines()
