"""``<năm>/tu-danh-gia.yaml``: the answers of the year's self-assessment; points are computed."""

from vanban.workspace.models.criteria import CriterionCode, Points, Share
from vanban.workspace.models.entry import (
    Day,
    Flag,
    Identifier,
    SampleEntry,
    Text,
    TextItem,
    key,
    optional,
    several,
)
from vanban.workspace.models.plan import Issue


class IndicatorAnswer(SampleEntry):
    """A ratio or a count taken from a report's figures instead of being typed again."""

    period: Identifier = key("ky", "Kỳ", "Kỳ báo cáo có số liệu: q1, h1, q3 hoặc year.")
    indicator: Identifier = key("chi_tieu", "Chỉ tiêu", "Mã chỉ tiêu trong chi-tieu.yaml.")


class Answer(SampleEntry):
    """The answer to one sub-criterion: a choice, figures, or a reference to an indicator."""

    choice: Identifier | None = optional("chon", "Chọn", "Mức đã đạt: co, khong, hoặc mã của mức.")
    done: Text | None = optional("da_dat", "Đã đạt (b)", "Tử số của tỷ lệ: số đã làm được.")
    total: Text | None = optional("tong_so", "Tổng số (a)", "Mẫu số của tỷ lệ: tổng số phải làm.")
    count: Text | None = optional(
        "so_luong", "Số lượng", "Số trường hợp được cộng hoặc bị trừ điểm."
    )
    figure: IndicatorAnswer | None = optional(
        "so_lieu", "Số liệu", "Lấy tỷ lệ hoặc số đếm từ số liệu của một báo cáo."
    )
    ratio: Share | None = optional(
        "ty_le",
        "Tỷ lệ",
        "Tỷ lệ đã công bố, khi không có tử số và mẫu số, ví dụ 92,5%; chỉ trong cham-diem.",
    )
    day: Day | None = optional(
        "ngay", "Ngày", "Ngày đã hoàn thành hoặc nộp (dung_han, tre_han), ví dụ 14/12/2025."
    )
    last_year: Text | None = optional(
        "nam_truoc",
        "Năm trước",
        "Tổng số của cả năm trước, khi kỳ này tổng số bằng 0 và cách tính là theo năm trước.",
    )
    source: Text | None = optional(
        "nguon", "Nguồn số liệu", "Nguồn của số liệu đã nhập, nếu không phải báo cáo."
    )
    precondition: Flag | None = optional(
        "dieu_kien", "Điều kiện", "true nếu điều kiện của tiêu chí đã có."
    )
    survey: Share | None = optional(
        "ket_qua_khao_sat", "Kết quả khảo sát", "Chỉ số do Sở Nội vụ công bố, ví dụ 92,5%."
    )
    not_applicable: Text | None = optional(
        "khong_ap_dung", "Không áp dụng", "Lý do tiêu chí không áp dụng với cơ quan."
    )
    explanation: Text | None = optional(
        "giai_trinh", "Giải trình", "Giải trình khi thiếu tài liệu kiểm chứng."
    )
    cause: Text | None = optional(
        "nguyen_nhan",
        "Nguyên nhân bị trừ điểm",
        "Vì sao tiêu chí không đạt điểm tối đa; bắt buộc khi bị trừ điểm.",
    )
    note: Text | None = optional("ghi_chu", "Ghi chú", "Ghi chú in trong bảng điểm.")


class AdjustmentAnswer(SampleEntry):
    """How many cases of a bonus or penalty there were."""

    id: Identifier = key("ma", "Mã", "Mã nội dung thưởng hoặc phạt trong tieu-chi.yaml.")
    count: Text = key("so_luong", "Số trường hợp", "Số trường hợp.")
    explanation: Text | None = optional("giai_trinh", "Giải trình", "Căn cứ cộng, trừ.")


class SelfAssessment(Issue):
    """The self-assessment of a year: answers and the narrative of the report."""

    organisation: tuple[TextItem, ...] = key(
        "to_chuc",
        "Tổ chức tự đánh giá",
        "Công tác tổ chức tự đánh giá: văn bản, tổ chấm, thời gian.",
    )
    answers: dict[CriterionCode, Answer] = key(
        "tra_loi", "Trả lời", "Mã tiêu chí thành phần và câu trả lời."
    )
    bonuses: tuple[AdjustmentAnswer, ...] = several(
        "diem_thuong", "Điểm thưởng", "Các nội dung được cộng điểm."
    )
    penalties: tuple[AdjustmentAnswer, ...] = several(
        "diem_phat", "Điểm phạt", "Các nội dung bị trừ điểm."
    )
    last_year: dict[CriterionCode, Points] = key(
        "nam_truoc", "Năm trước", "Điểm năm trước theo lĩnh vực, để so sánh.", default={}
    )
    difficulties: tuple[TextItem, ...] = several(
        "kho_khan", "Khó khăn, vướng mắc", "Khó khăn, vướng mắc."
    )
    proposals: tuple[TextItem, ...] = several(
        "kien_nghi", "Kiến nghị, đề xuất", "Kiến nghị, đề xuất."
    )
