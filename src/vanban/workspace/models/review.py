"""``soat-loi.yaml``: what the check should let pass."""

from __future__ import annotations

from vanban.workspace.models.base import Entry, Text, key


class Excuse(Entry):
    """A finding that is accepted, and why; it is listed and counts as closed."""

    rule: Text = key("quy_tac", "Quy tắc", "Mã quy tắc, như in trong danh sách phát hiện.")
    words: Text | None = key(
        "cum_tu",
        "Cụm từ",
        "Những chữ được chấp nhận, chép nguyên văn; bỏ trống thì mọi phát hiện của quy tắc.",
        default=None,
    )
    file: Text | None = key(
        "tep",
        "Tệp",
        "Tệp hoặc thư mục được chấp nhận, ví dụ 2025/ke-hoach.yaml; bỏ trống thì mọi tệp.",
        default=None,
    )
    reason: Text = key("ly_do", "Lý do", "Vì sao chấp nhận; in trong danh sách.")


class Review(Entry):
    """The excused findings."""

    excuses: tuple[Excuse, ...] = key(
        "chap_nhan", "Chấp nhận", "Những phát hiện được chấp nhận, có lý do.", default=()
    )
