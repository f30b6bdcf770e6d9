"""A library's writing to a disk that is full ends in an error, not in the end of the process."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest

from vanban.io.sink import whole_file


def test_what_fits_is_written(tmp_path: Path) -> None:
    with whole_file(tmp_path / "a.pdf") as file, pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(file)
    with pikepdf.open(tmp_path / "a.pdf") as pdf:
        assert len(pdf.pages) == 1


def test_a_full_disk_is_told_with_the_name(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.symlink_to("/dev/full")
    with pytest.raises(OSError) as raised, whole_file(path) as file, pikepdf.new() as pdf:
        for _ in range(2000):
            pdf.add_blank_page()
        pdf.save(file)
    assert (raised.value.errno, raised.value.filename) == (28, str(path))
