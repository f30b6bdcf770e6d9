"""What an office tells the check: ``quy-tac/*.yaml`` with its words, and ``soat-loi.yaml``."""

from vanban.workspace.models.entry import Entry, SampleEntry, Text, TextItem, key, optional, several
from vanban.workspace.models.rule_rows import RuleRow


class Excuse(Entry):
    """A finding that is accepted, and why; it is listed and counts as closed."""

    rule: Text = key("quy_tac", "Quy tắc", "Mã quy tắc, như in trong danh sách phát hiện.")
    words: Text | None = optional(
        "cum_tu",
        "Cụm từ",
        "Những chữ được chấp nhận, chép nguyên văn; bỏ trống thì mọi phát hiện của quy tắc.",
    )
    file: Text | None = optional(
        "tep",
        "Tệp",
        "Tệp hoặc thư mục được chấp nhận, ví dụ 2025/ke-hoach.yaml; bỏ trống thì mọi tệp.",
    )
    reason: Text = key("ly_do", "Lý do", "Vì sao chấp nhận; in trong danh sách.")


class Review(Entry):
    """The excused findings."""

    excuses: tuple[Excuse, ...] = several(
        "chap_nhan", "Chấp nhận", "Những phát hiện được chấp nhận, có lý do."
    )


class Abbreviation(SampleEntry):
    """An abbreviation that the agency's documents use."""

    short: Text = key("viet_tat", "Viết tắt", "Chữ viết tắt, ví dụ TDP.")
    meaning: Text = key("nghia", "Nghĩa", "Viết đầy đủ, ví dụ tổ dân phố.")


class HouseRules(Entry):
    """A file of an office's own rules, names and words."""

    rules: tuple[RuleRow, ...] = several("quy_tac", "Quy tắc", "Các quy tắc của cơ quan.")
    names: tuple[TextItem, ...] = several(
        "ten_rieng",
        "Tên riêng",
        "Tên cơ quan, hệ thống thông tin, tổ chức, viết hoa đúng như tên chính thức.",
    )
    abbreviations: tuple[Abbreviation, ...] = several(
        "viet_tat", "Chữ viết tắt", "Chữ viết tắt dùng được mà không cần giải thích."
    )
    words: tuple[TextItem, ...] = several(
        "tu_dung",
        "Từ dùng được",
        "Từ không có trong từ điển nhưng viết đúng: tên người, địa danh, từ nước ngoài.",
    )
    feedback_channels: tuple[TextItem, ...] = several(
        "kenh_phan_anh",
        "Kênh phản ánh",
        "Các số tổng đài, đường dây nóng đang dùng để tiếp nhận phản ánh, kiến nghị.",
    )
