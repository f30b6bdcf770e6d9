"""``<năm>/minh-chung.yaml``: the register of evidence (tài liệu kiểm chứng) and its dossier."""

import re
from typing import Annotated

from pydantic import BeforeValidator, WithJsonSchema

from vanban.invocation import command_here
from vanban.workspace.models.criteria import CriterionCode
from vanban.workspace.models.entry import (
    Count,
    Day,
    Flag,
    Identifier,
    SampleEntry,
    Text,
    key,
    matching,
    mistake,
    optional,
    scalar_text,
    several,
)


def _read_hash(value: object) -> str:
    text = scalar_text(value, "mã SHA-256")
    if not re.fullmatch(r"[0-9a-f]{64}", text):
        add = command_here("evidence add")
        raise mistake(f"mã SHA-256 không hợp lệ — chạy {add} để chương trình tự ghi")
    return text


EvidenceCode = Annotated[
    str,
    matching(
        "mã tài liệu kiểm chứng, ví dụ 1.1.1-01",
        r"[0-9]{1,2}(\.[0-9]{1,2}){2}-[0-9]{2,3}",
        "mã “{}” không hợp lệ — viết mã tiêu chí và số thứ tự, như 1.1.1-01",
    ),
    WithJsonSchema({"type": "string", "pattern": r"^\d{1,2}(\.\d{1,2}){2}-\d{2,3}$"}),
]
"""Code of a piece of evidence: its first sub-criterion and a running number, 1.1.1-01."""

Sha256 = Annotated[str, BeforeValidator(_read_hash), WithJsonSchema({"type": "string"})]


class Evidence(SampleEntry):
    """One document that proves points; several sub-criteria may refer to it by its one code."""

    code: EvidenceCode = key("ma", "Mã tài liệu", "Mã tài liệu kiểm chứng, ví dụ 1.1.1-01.")
    also_for: tuple[CriterionCode, ...] = several(
        "dung_cho", "Dùng cho", "Các tiêu chí thành phần khác cũng dùng tài liệu này."
    )
    document: Identifier | None = optional(
        "van_ban",
        "Văn bản",
        "Mã văn bản trong van-ban.yaml, của kế hoạch hoặc của báo cáo (report-q3); khi đó không "
        "khai lại số, ngày.",
    )
    type: Text | None = optional("loai", "Tên loại", "Tên loại, ví dụ Quyết định, Ảnh.")
    number: Text | None = optional("so_ky_hieu", "Số, ký hiệu", "Số, ký hiệu.")
    date: Day | None = optional("ngay", "Ngày", "Ngày của chính tài liệu.")
    issuer: Text | None = optional("co_quan", "Cơ quan ban hành", "Cơ quan ban hành.")
    abstract: Text | None = optional("trich_yeu", "Trích yếu", "Trích yếu nội dung.")
    section: Text | None = optional("muc", "Mục", "Mục có nội dung kiểm chứng, ví dụ mục II.2.")
    pages: Text | None = optional(
        "trang", "Trang kiểm chứng", "Trang kiểm chứng, ví dụ 3 hoặc 3-5."
    )
    file: Text = key("tep", "Tệp", "Tên tệp trong thư mục minh-chung/.")
    original: Text | None = optional(
        "tep_goc", "Tệp gốc", "Tệp Word, Excel gốc đã chuyển sang PDF."
    )
    page_count: Count | None = optional(
        "so_trang", "Số trang", "Số trang của tệp, do chương trình ghi."
    )
    sha256: Sha256 | None = optional(
        "sha256", "Mã kiểm tra SHA-256", "Mã kiểm tra của tệp, do chương trình ghi."
    )
    sha256_original: Sha256 | None = optional(
        "sha256_goc", "SHA-256 tệp gốc", "Mã kiểm tra của tệp gốc."
    )
    signed: Flag = key("ban_ky_so", "Bản ký số", "true nếu tệp là bản ký số.", default=False)
    in_force: Flag = key(
        "con_hieu_luc",
        "Còn hiệu lực",
        "true nếu tài liệu ban hành ngoài năm đánh giá nhưng còn hiệu lực.",
        default=False,
    )
    note: Text | None = optional("ghi_chu", "Ghi chú", "Ghi chú in trong danh mục.")


class DossierData(SampleEntry):
    """What the archive asks of the dossier as a whole (hồ sơ)."""

    code: Text = key("so_ho_so", "Số, ký hiệu hồ sơ", "Số, ký hiệu hồ sơ theo danh mục hồ sơ.")
    title: Text = key("tieu_de", "Tiêu đề hồ sơ", "Tiêu đề hồ sơ.")
    retention: Text = key("thoi_han", "Thời hạn bảo quản", "Thời hạn bảo quản, ví dụ Vĩnh viễn.")
    keeper: Identifier = key("don_vi_lap", "Đơn vị lập", "Mã đơn vị lập hồ sơ trong co-quan.yaml.")
    compiler: Text | None = optional("nguoi_lap", "Người lập", "Họ tên người lập hồ sơ.")
    made_on: Day | None = optional(
        "ngay_lap", "Ngày lập", "Ngày lập danh mục, mục lục và chứng từ kết thúc của hồ sơ."
    )
    start: Day | None = optional("tu_ngay", "Từ ngày", "Ngày bắt đầu hồ sơ.")
    end: Day | None = optional("den_ngay", "Đến ngày", "Ngày kết thúc hồ sơ.")
    due: Day | None = optional(
        "han_nop", "Hạn nộp", "Ngày phải đủ tài liệu; không ghi thì lấy den_ngay, để nhắc việc."
    )
    two_sided: Flag = key(
        "in_hai_mat",
        "In hai mặt",
        "true để mỗi tài liệu bắt đầu ở trang lẻ khi in hai mặt.",
        default=False,
    )


class EvidenceRegister(SampleEntry):
    """The whole register of a year."""

    dossier: DossierData = key("ho_so", "Hồ sơ", "Thông tin chung của hồ sơ.")
    evidence: tuple[Evidence, ...] = several(
        "tai_lieu", "Tài liệu", "Các tài liệu kiểm chứng, theo thứ tự bổ sung."
    )
