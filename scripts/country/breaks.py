"""Mistakes that are made in the folder of a ward on request, each by its name.

In: the folder that holds ``content/``. Each is one that happens to officials: a file saved half, a
figure that does not fit, a folder copied without a file.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

YEAR_FILES = "content/[0-9][0-9][0-9][0-9]"


def _year(ward: Path) -> Path:
    return next(ward.glob(YEAR_FILES))


def _changed(path: Path, pattern: str, new: str) -> None:
    text, count = re.subn(pattern, new, path.read_text("utf-8"), count=1, flags=re.MULTILINE)
    assert count == 1, path
    path.write_text(text, "utf-8")


def broken_yaml(ward: Path) -> None:
    """Leave a quotation mark open in the plan."""
    _changed(_year(ward) / "ke-hoach.yaml", r"^trich_yeu: (.*)$", r'trich_yeu: "\1')


def broken_identity(ward: Path) -> None:
    """Raise the files received online in quarter III, which nothing else follows."""
    path = _year(ward) / "bao-cao" / "q3.yaml"
    _changed(path, r"^  ho-so-truc-tuyen: (\d+)$", r"  ho-so-truc-tuyen: \g<1>7")


def newer_schema(ward: Path) -> None:
    """Say that the content is of a version to come."""
    _changed(
        ward / "content" / "co-quan.yaml", r"^phien_ban_noi_dung: .*$", "phien_ban_noi_dung: 99"
    )


def unknown_key(ward: Path) -> None:
    """Mistype a key."""
    _changed(_year(ward) / "bao-cao" / "q3.yaml", r"^nguoi_ky:", "nguoi_ki:")


def missing_agency(ward: Path) -> None:
    """Lose ``co-quan.yaml``."""
    (ward / "content" / "co-quan.yaml").unlink()


def missing_report(ward: Path) -> None:
    """Have no report of quarter III."""
    (_year(ward) / "bao-cao" / "q3.yaml").unlink()


def missing_evidence(ward: Path) -> None:
    """Lose the files of the evidence, but not their register."""
    shutil.rmtree(_year(ward) / "minh-chung")


def wrong_encoding(ward: Path) -> None:
    """Save a file in UTF-16, as an editor may."""
    path = _year(ward) / "tu-danh-gia.yaml"
    path.write_bytes(path.read_text("utf-8").encode("utf-16"))


def lost_set(ward: Path) -> None:
    """Share a folder that is not there."""
    _changed(ward / "content" / "co-quan.yaml", r"^dung_chung: .*$", "dung_chung: ../../khong-co")


def copied(ward: Path) -> None:
    """Stand there twice, as a folder copied for safety does."""
    shutil.copytree(ward, ward.with_name(f"{ward.name} - Copy"))


def empty(ward: Path) -> None:
    """Have a content folder with nothing in it."""
    shutil.rmtree(ward / "content")
    (ward / "content").mkdir()


BREAKS: dict[str, Callable[[Path], None]] = {
    "yaml": broken_yaml,
    "identity": broken_identity,
    "schema": newer_schema,
    "key": unknown_key,
    "agency": missing_agency,
    "missing": missing_report,
    "evidence": missing_evidence,
    "encoding": wrong_encoding,
    "shared": lost_set,
    "twice": copied,
    "empty": empty,
}
