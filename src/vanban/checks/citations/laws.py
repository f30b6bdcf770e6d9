"""The register of documents that are no longer in force: ``checks/laws.yaml``.

General knowledge that copied text falls behind; each row says from when, what to see and how that
is known. What nobody has seen in an official text is marked so.
"""

from __future__ import annotations

from functools import cache
from importlib import resources

from vanban.checks.data import read_data
from vanban.workspace.models.entry import Day, Entry, Flag, Text, key, several


class ReplacedLaw(Entry):
    """Documents that one day took out of force, and what stands in their place."""

    numbers: tuple[Text, ...] = key("so", "Số, ký hiệu", "Số và ký hiệu.", min_length=1)
    names: tuple[Text, ...] = several("ten", "Tên", "Tên gọi khi viện dẫn không ghi số.")
    since: Day = key("tu", "Từ", "Ngày hết hiệu lực.")
    instead: Text = key("xem", "Xem", "Văn bản phải xem.")
    source: Text = key("nguon", "Nguồn", "Biết điều đó từ đâu.")
    unverified: Flag = key("can_kiem_tra", "Cần kiểm tra", "Chưa đọc bản gốc.", default=False)


class ReplacedLaws(Entry):
    """The table, and the day on which all of it was last looked through."""

    reviewed: Day = key("xem_lai", "Xem lại", "Ngày xem lại cả bảng.")
    documents: tuple[ReplacedLaw, ...] = key("van_ban", "Văn bản", "Các dòng của bảng.")


@cache
def replaced_laws() -> ReplacedLaws:
    """Return the register of the program."""
    return read_data(ReplacedLaws, resources.files("vanban.checks").joinpath("laws.yaml"))
