"""Tests of vanban.workspace.stray_files: what systems and cloud folders leave in every folder."""

from __future__ import annotations

import unicodedata
from typing import Literal

import pytest

from vanban.workspace.stray_files import copy_of, is_ignored


@pytest.mark.parametrize(
    "name",
    [
        "desktop.ini", "Desktop.ini", "Thumbs.db", "THUMBS.DB", "ehthumbs.db", "ehthumbs_vista.db",
        "Icon\r", ".DS_Store", "._q3.yaml", ".~lock.q3.yaml#", "~$q3.yaml", "q3.yaml~", "q3.tmp",
        "~WRL0001.tmp", ".q3.yaml.swp", "q3.yaml.bak", "q3.yaml.part", "q3.yaml.crdownload",
        "#q3.yaml#", "4913",
    ],
)  # fmt: skip
def test_names_that_nobody_gave_are_ignored(name: str) -> None:
    assert is_ignored(name)


@pytest.mark.parametrize(
    "name",
    [
        "q3.yaml",
        "ghi-chu.txt",
        "Iconic.yaml",
        "01-thumbs.yaml",
        "tmp.yaml",
        "BC tháng 9.pdf",
        "4913.yaml",
    ],
)
def test_names_of_content_are_not(name: str) -> None:
    assert not is_ignored(name)
    assert copy_of(name) is None


@pytest.mark.parametrize(
    "name",
    [
        "q3 (1).yaml", "q3(2).yaml", "q3 - Copy.yaml", "q3 - Copy (2).yaml", "q3 - Sao chép.yaml",
        "Copy of q3.yaml", "Bản sao của q3.yaml", "q3 copy 2.yaml", "q3-conflict-20250912.yaml",
        "q3_conflict-20250912-101010.yaml", "q3.sync-conflict-20250912-101010-ABCDEFG.yaml",
        "q3 (conflicted copy 2025-09-12).yaml", "q3 (Tình's conflicted copy 2025-09-12).yaml",
        "q3 (Case Conflict).yaml", "q3 (Bản sao xung đột của Tình 2025-09-12).yaml",
        "q3-DESKTOP-AB12CD3.yaml", "q3-LAPTOP-7Q8R-2.yaml",
    ],
)  # fmt: skip
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_copies_of_cloud_folders_are_known(name: str, form: Literal["NFC", "NFD"]) -> None:
    assert copy_of(unicodedata.normalize(form, name)) == "q3.yaml"
