"""``<năm>/thu-thap/<kỳ>-<đơn vị>.yaml``: what a unit sent back on its form, as it was taken."""

from enum import StrEnum

from vanban.workspace.models.criteria import CriterionCode
from vanban.workspace.models.entry import Day, Identifier, SampleEntry, Text, key, optional, several


class SentFigure(SampleEntry):
    """A figure of the unit, still as it stands in the report, and where the unit has it from."""

    id: Identifier = key("ma", "Mã chỉ tiêu", "Mã chỉ tiêu trong chi-tieu.yaml.")
    value: Text = key("gia_tri", "Giá trị", "Số liệu đơn vị gửi.")
    note: Text | None = optional("ghi_chu", "Ghi chú", "Ghi chú của đơn vị.")
    source: Text | None = optional("nguon", "Nguồn", "Nguồn số liệu đơn vị nêu.")


class SentText(SampleEntry):
    """A paragraph that the unit proposes for a section of the report."""

    section: Text = key(
        "muc", "Mục", "Các khóa dẫn đến mục của báo cáo, ví dụ ket_qua.thu_tuc.mot_cua."
    )
    text: Text = key("noi_dung", "Nội dung", "Đoạn văn đơn vị gửi; đưa vào báo cáo nếu dùng.")


class EvidenceState(StrEnum):
    """What a unit says of a document that it owes."""

    SENT = "đã có và gửi kèm"
    LATER = "chưa có"
    NOTHING = "không phát sinh"


class SentEvidence(SampleEntry):
    """What the unit says of the documents of a sub-criterion."""

    criterion: CriterionCode = key("tieu_chi", "Tiêu chí", "Mã tiêu chí thành phần.")
    state: EvidenceState = key(
        "tinh_trang", "Tình trạng", "“đã có và gửi kèm”, “chưa có” hoặc “không phát sinh”."
    )
    number: Text | None = optional("so_ky_hieu", "Số, ký hiệu", "Số, ký hiệu của tài liệu.")
    date: Day | None = optional("ngay", "Ngày", "Ngày của tài liệu.")
    note: Text | None = optional("ghi_chu", "Ghi chú", "Ghi chú của đơn vị.")


class FormAnswer(SampleEntry):
    """The answer of one unit for one period; written by ``vanban collect --apply``."""

    period: Identifier = key("ky", "Kỳ", "Kỳ báo cáo: q1, h1, q3 hoặc year.")
    unit: Identifier = key("don_vi", "Đơn vị", "Mã đơn vị trong co-quan.yaml.")
    file: Text = key("tep", "Tệp", "Tên tệp Excel đơn vị gửi.")
    received: Day = key("ngay_nhan", "Ngày nhận", "Ngày nhận số liệu.")
    figures: tuple[SentFigure, ...] = several("so_lieu", "Số liệu", "Số liệu đơn vị gửi.")
    texts: tuple[SentText, ...] = several("loi_van", "Lời văn", "Lời văn đơn vị gửi.")
    evidence: tuple[SentEvidence, ...] = several(
        "minh_chung", "Minh chứng", "Tình trạng tài liệu kiểm chứng đơn vị phải gửi."
    )
