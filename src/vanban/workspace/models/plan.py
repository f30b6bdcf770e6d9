"""``<năm>/ke-hoach.yaml`` and ``<năm>/linh-vuc/*.yaml``: the plan and its reform areas."""

from enum import StrEnum
from typing import Self

from pydantic import model_validator

from vanban.workspace.models.criteria import CriterionCode
from vanban.workspace.models.entry import (
    Day,
    Flag,
    Identifier,
    IssueNumber,
    SampleEntry,
    Text,
    TextItem,
    key,
    mistake,
    optional,
    several,
)


class IndexName(StrEnum):
    """The three indices that a plan serves."""

    PAR_INDEX = "PAR INDEX"
    SIPAS = "SIPAS"
    PAPI = "PAPI"


class Target(SampleEntry):
    """What a task promises for an indicator, and by when."""

    indicator: Identifier = key("ma", "Mã chỉ tiêu", "Mã chỉ tiêu trong chi-tieu.yaml.")
    level: Text = key(
        "muc",
        "Mức",
        "Mức phải đạt: 100%, từ 95% trở lên, không quá 100%, 0, trên 90%, dưới 5%; hoặc không có "
        "số: tăng, giảm, cao hơn năm trước.",
    )
    deadline: Day | None = optional(
        "han", "Thời hạn", "Ngày phải đạt; bỏ trống thì đánh giá ở báo cáo năm."
    )


class Task(SampleEntry):
    """A task of the plan: one bullet or numbered paragraph, with the targets it states."""

    id: Identifier = key("ma", "Mã", "Mã cố định của nhiệm vụ, không đổi khi sửa lời văn.")
    text: Text = key("noi_dung", "Nội dung", "Lời văn của nhiệm vụ.")
    paragraphs: tuple[Text, ...] = several(
        "doan_tiep", "Đoạn tiếp", "Các đoạn văn tiếp theo của cùng nhiệm vụ."
    )
    targets: tuple[Target, ...] = several(
        "chi_tieu", "Chỉ tiêu", "Các chỉ tiêu mà nhiệm vụ nêu ra."
    )
    leads: tuple[Identifier, ...] = several(
        "chu_tri", "Chủ trì", "Đơn vị chủ trì riêng của nhiệm vụ, nếu khác lĩnh vực."
    )
    supports: tuple[Identifier, ...] = several(
        "phoi_hop", "Phối hợp", "Đơn vị phối hợp riêng của nhiệm vụ, nếu khác lĩnh vực."
    )
    deadline: Day | None = optional("han", "Thời hạn", "Thời hạn hoàn thành nhiệm vụ.")
    product: Text | None = optional(
        "san_pham", "Sản phẩm", "Sản phẩm của nhiệm vụ, ví dụ Kế hoạch, Báo cáo."
    )


class TaskGroup(SampleEntry):
    """A titled group of tasks inside an area."""

    name: Text = key("ten", "Tên", "Tên nhóm, in thành tiêu đề có đánh số.")
    tasks: tuple[Task, ...] = several("nhiem_vu", "Nhiệm vụ", "Các nhiệm vụ của nhóm.")
    groups: tuple["TaskGroup", ...] = several("nhom", "Nhóm", "Các nhóm con.")


class Area(SampleEntry):
    """A reform area (lĩnh vực): a field of PAR INDEX, or the part of SIPAS or PAPI."""

    id: Identifier = key("ma", "Mã", "Mã của lĩnh vực.")
    name: Text = key("ten", "Tên", "Tên lĩnh vực, in trong tiêu đề.")
    index: IndexName = key("chi_so", "Chỉ số", "Chỉ số mà lĩnh vực phục vụ.")
    leads: tuple[Identifier, ...] = several(
        "chu_tri", "Chủ trì", "Mã đơn vị chủ trì, theo danh bạ trong co-quan.yaml."
    )
    supports: tuple[Identifier, ...] = several("phoi_hop", "Phối hợp", "Mã các đơn vị phối hợp.")
    assignment_title: Text | None = optional(
        "tieu_de_phan_cong",
        "Tiêu đề phân công",
        "Tiêu đề của mục phân công nếu khác “Phân công trách nhiệm”.",
    )
    tasks: tuple[Task, ...] = several("nhiem_vu", "Nhiệm vụ", "Các nhiệm vụ của lĩnh vực.")
    groups: tuple[TaskGroup, ...] = several(
        "nhom", "Nhóm nhiệm vụ", "Các nhóm nhiệm vụ có tiêu đề riêng."
    )


class LegalBasis(SampleEntry):
    """A line of the legal bases (căn cứ): opening word and cited document."""

    opening: Text = key("mo_dau", "Mở đầu", "Chữ mở đầu: Căn cứ, Thực hiện …", default="Căn cứ")
    document: Identifier = key("van_ban", "Văn bản", "Mã văn bản trong van-ban.yaml.")


class Issue(SampleEntry):
    """What every document that is issued says of itself."""

    number: IssueNumber | None = optional(
        "so", "Số", "Số văn bản do văn thư cấp; chưa có thì bỏ trống, văn bản in chỗ trống."
    )
    date: Day | None = optional(
        "ngay", "Ngày", "Ngày ban hành; chưa có thì bỏ trống, văn bản in chỗ trống."
    )
    bases: tuple[LegalBasis, ...] = several("can_cu", "Căn cứ", "Các căn cứ ban hành.")
    addressees: tuple[Identifier, ...] = several(
        "kinh_gui", "Kính gửi", "Mã nơi nhận ghi ở “Kính gửi” (báo cáo gửi cấp trên)."
    )
    recipients: tuple[Identifier, ...] = several(
        "noi_nhan", "Nơi nhận", "Mã các nơi nhận; dòng “Như trên” và “Lưu” tự thêm."
    )
    filing_units: tuple[Identifier, ...] = several(
        "luu", "Đơn vị lưu", "Mã đơn vị soạn thảo, ghi ở dòng “Lưu: VT, …”."
    )
    signer: Identifier = key("nguoi_ky", "Người ký", "Mã người ký trong co-quan.yaml.")


class CitableIssue(Issue):
    """An issued document that others of the content cite by its id, and that may prove criteria."""

    evidence_for: tuple[CriterionCode, ...] = several(
        "minh_chung_cho",
        "Minh chứng cho",
        "Các tiêu chí thành phần mà văn bản này chứng minh, như [1.1.1]; bản đã ký đính kèm bằng "
        "vanban evidence add TỆP --document MÃ, không khai lại số, ngày, trích yếu.",
    )


class Requirements(SampleEntry):
    """The requirements (yêu cầu): an opening paragraph and bullets."""

    opening: Text | None = optional(
        "mo_dau", "Mở đầu", "Đoạn mở đầu trước các gạch đầu dòng, nếu có."
    )
    tasks: tuple[Task, ...] = key("nhiem_vu", "Nhiệm vụ", "Các gạch đầu dòng.")


class Plan(CitableIssue):
    """The plan's own data; the tasks by area stand in ``linh-vuc/``."""

    id: Identifier | None = optional(
        "ma",
        "Mã văn bản",
        "Mã để văn bản khác viện dẫn văn bản này; khi đó không khai lại trong van-ban.yaml.",
    )
    outline: Text | None = optional(
        "dan_bai",
        "Dàn bài",
        "Tên dàn bài, ghi ở dòng dan_bai đầu các mẫu templates/plan*.md: nâng cao các chỉ số, cải "
        "cách hành chính năm; không ghi thì theo nâng cao các chỉ số.",
    )
    task_annex: Flag = key(
        "phu_luc_nhiem_vu",
        "Phụ lục phân công nhiệm vụ",
        "true để in phụ lục phân công: việc, mã, chủ trì, phối hợp, sản phẩm, thời hạn, chỉ tiêu.",
        default=False,
    )
    abstract: Text = key("trich_yeu", "Trích yếu", "Trích yếu nội dung kế hoạch.")
    purposes: tuple[Task, ...] = key("muc_dich", "Mục đích", "Các điểm của mục Mục đích.")
    requirements: Requirements = key("yeu_cau", "Yêu cầu", "Mục Yêu cầu.")
    organisation: tuple[TextItem, ...] = key(
        "to_chuc_thuc_hien", "Tổ chức thực hiện", "Các điểm của phần Tổ chức thực hiện."
    )
    closing: Text = key("ket_thuc", "Kết thúc", "Đoạn kết; dấu “./.” tự thêm.")

    @model_validator(mode="after")
    def _has_an_id_to_attach_by(self) -> Self:
        if self.evidence_for and self.id is None:
            raise mistake(
                "có minh_chung_cho thì phải có ma — ghi mã của kế hoạch, ví dụ ma: kh-cchc-2026"
            )
        return self
