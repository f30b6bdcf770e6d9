"""``co-quan.yaml``: the agency, its units, signers, recipients and reporting calendar."""

import re
from typing import Annotated, Self

from pydantic import BeforeValidator, WithJsonSchema

from vanban.nd30.communes import COMMITTEE, COMMUNES
from vanban.workspace.models.entry import (
    Day,
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
from vanban.workspace.models.sharing import NUMBER, NUMBER_KEY, PIN_KEY, SHARED_KEY


class Unit(SampleEntry):
    """A unit of the agency, or a fixed group of units that plans name together."""

    id: Identifier = key("ma", "Mã", "Mã để các tệp khác dẫn đến đơn vị này.")
    name: Text = key("ten", "Tên", "Tên in ra trong văn bản, viết hoa đúng như tên chính thức.")
    code: Text | None = optional(
        "ky_hieu", "Ký hiệu", "Chữ viết tắt trong số, ký hiệu và dòng “Lưu: VT, …”, ví dụ VHXH."
    )


PROVIDERS = (
    "don_vi_cung_cap",
    "Đơn vị cung cấp",
    "Mã đơn vị cung cấp số liệu, tài liệu; không ghi thì theo mục, theo lĩnh vực chứa nó, rồi theo "
    "đơn vị chủ trì lĩnh vực của kế hoạch.",
)
"""The key of the units that answer for something, wherever it is said."""


class Recipient(SampleEntry):
    """An agency or person that documents are sent to."""

    id: Identifier = key("ma", "Mã", "Mã để các văn bản dẫn đến nơi nhận này.")
    name: Text = key("ten", "Tên", "Tên in ra ở “Kính gửi” hoặc “Nơi nhận”.")


class Signer(SampleEntry):
    """A person with the capacity to sign (Decree 30/2020, Annex I, II.7)."""

    id: Identifier = key("ma", "Mã", "Mã để văn bản dẫn đến người ký này.")
    name: Text = key("ho_ten", "Họ và tên", "Họ và tên người ký, không ghi học hàm, học vị.")
    title: Text = key("chuc_vu", "Chức vụ", "Chức vụ của người ký, ví dụ Chủ tịch.")
    on_behalf_of: Text | None = optional(
        "thay_mat",
        "Thay mặt (TM.)",
        "Tập thể mà người ký thay mặt, ví dụ Ủy ban nhân dân; in thành “TM. ỦY BAN NHÂN DÂN”.",
    )
    acting_for: Text | None = optional(
        "ky_thay",
        "Ký thay (KT.)",
        "Chức vụ của người đứng đầu khi cấp phó ký thay, ví dụ Chủ tịch.",
    )
    by_order_of: Text | None = optional(
        "thua_lenh",
        "Thừa lệnh (TL.)",
        "Chức vụ của người đứng đầu khi ký thừa lệnh, ví dụ Chủ tịch.",
    )
    by_order_types: tuple[Text, ...] = several(
        "loai_thua_lenh",
        "Loại văn bản được ký thừa lệnh",
        "Những tên loại mà quy chế làm việc giao người này ký thừa lệnh: Công văn, Giấy mời, …",
    )
    by_authority_of: Text | None = optional(
        "thua_uy_quyen", "Thừa ủy quyền (TUQ.)", "Chức vụ của người đứng đầu khi ký thừa ủy quyền."
    )
    acting_head: Text | None = optional(
        "quyen", "Quyền (Q.)", "Chức vụ đang giữ quyền, ví dụ Chủ tịch; khi đó không cần ký thay."
    )


_GOVERNMENT = re.compile(
    rf"(?:{COMMITTEE}|hội đồng nhân dân|hđnd)\s+({'|'.join(COMMUNES)}|thành phố|tỉnh)\b"
)
_COMMITTEE = re.compile(r"(?:ủy ban nhân dân|uỷ ban nhân dân)\s+", re.IGNORECASE)
_KINDS = ("sở", "ban", "cục", "chi cục", "văn phòng", "phòng", "trung tâm", "trường", "bệnh viện")

_DAYS_IN_MONTH = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def _read_day_month(value: object) -> str:
    text = scalar_text(value, "ngày/tháng")
    match = re.fullmatch(r"(\d{1,2})/(\d{1,2})", text)
    day, month = (int(match[1]), int(match[2])) if match else (0, 0)
    if not 1 <= month <= 12 or not 1 <= day <= _DAYS_IN_MONTH[month - 1]:
        raise mistake(f"“{text}” không phải là ngày/tháng — viết như 14/9")
    return text


DayMonth = Annotated[
    str,
    BeforeValidator(_read_day_month),
    WithJsonSchema({"type": "string", "pattern": r"^\d{1,2}/\d{1,2}$"}),
]
"""A day of any year, written 14/9."""


class Deadline(SampleEntry):
    """When the figures of a period are closed and when the report is due, set by the superior."""

    period: Identifier = key("ky", "Kỳ", "Kỳ báo cáo: q1, h1, q3 hoặc year.")
    closing: DayMonth = key(
        "ngay_chot_so_lieu", "Ngày chốt số liệu", "Ngày/tháng cơ quan chốt số liệu của kỳ."
    )
    units_due: DayMonth | None = optional(
        "han_don_vi",
        "Hạn đơn vị gửi số liệu",
        "Ngày/tháng các đơn vị phải gửi số liệu; không ghi thì là ngày chốt số liệu.",
    )
    due: DayMonth = key("han_gui", "Hạn gửi", "Ngày/tháng phải gửi báo cáo lên cấp trên.")


VERSION_KEY = "phien_ban_noi_dung"
_NUMBER_SCHEMA = WithJsonSchema({"type": ["string", "number"]})

SharedNumber = Annotated[
    str,
    matching(
        "số phiên bản",
        NUMBER,
        "“{}” không phải là số phiên bản — chỉ ghi chữ số và dấu chấm, ví dụ 2026.1",
    ),
    _NUMBER_SCHEMA,
]
"""The number of a version of the shared folder, set by whoever keeps it."""

SharedPin = Annotated[
    str,
    matching(
        "số phiên bản",
        rf"{NUMBER}(-[0-9a-f]{{8}})?|[0-9a-f]{{8}}",
        "“{}” không phải là phiên bản bộ dùng chung — chép như lệnh list in ra, ví dụ 2026.1",
    ),
    _NUMBER_SCHEMA,
]
"""A version of the shared folder: its number, 2026.1, or its whole name, 2026.1-3f9a2c1b."""


ContentVersion = Annotated[
    int,
    matching(
        "số phiên bản",
        r"[1-9][0-9]{0,3}",
        "“{}” không phải là số phiên bản — xóa dòng này, chương trình tự ghi",
    ),
    WithJsonSchema({"type": "integer"}),
]
"""The version of the schema that a content folder is written by."""


SealWidth = Annotated[
    float,
    matching(
        "số milimét",
        r"[2-5][0-9](\.[0-9])?",
        "“{}” không phải là đường kính dấu — đo dấu thật, ghi số mm như 36",
    ),
    WithJsonSchema({"type": "number", "minimum": 20, "maximum": 59.9}),
]
"""How wide a seal is, mm."""


class CommonSet(SampleEntry):
    """``dung-chung.yaml``: what makes a folder one that the wards of a province share."""

    name: Text = key("ten", "Tên", "Tên bộ dùng chung, ví dụ Bộ dùng chung của tỉnh Lâm Đồng.")
    number: SharedNumber | None = optional(
        NUMBER_KEY,
        "Phiên bản",
        "Số phiên bản của bộ, ví dụ 2026.1; người phụ trách tăng mỗi lần sửa bộ.",
    )
    province: Text | None = optional(
        "tinh_thanh", "Tỉnh, thành phố", "Như ở co-quan.yaml; dùng khi đơn vị không ghi."
    )
    recipients: tuple[Recipient, ...] = several(
        "noi_nhan", "Nơi nhận", "Nơi nhận chung, ví dụ Sở Nội vụ; thêm vào danh bạ của từng đơn vị."
    )
    calendar: tuple[Deadline, ...] = several(
        "lich_bao_cao", "Lịch báo cáo", "Ngày chốt số liệu và hạn gửi của kỳ mà đơn vị không ghi."
    )
    version: ContentVersion = key(
        VERSION_KEY,
        "Phiên bản nội dung",
        "Chương trình tự ghi (lệnh migrate); không sửa tay.",
        default=1,
    )


class Agency(SampleEntry):
    """The issuing agency (cơ quan ban hành)."""

    name: Text = key("ten", "Tên cơ quan", "Tên đầy đủ, viết thường như trong câu văn.")
    short_name: Text = key(
        "ten_ngan", "Tên ngắn", "Tên viết gọn trong câu văn, ví dụ UBND xã Lộc An."
    )
    header_lines: tuple[Text, ...] = key(
        "ten_dau_trang",
        "Tên ở đầu trang",
        "Các dòng tên cơ quan in ở góc trái trang đầu, chữ in hoa, mỗi dòng một mục.",
        min_length=1,
        max_length=3,
    )
    superior_lines: tuple[Text, ...] = several(
        "co_quan_chu_quan",
        "Cơ quan chủ quản",
        "Các dòng tên cơ quan chủ quản in phía trên; Ủy ban nhân dân các cấp không ghi mục này.",
    )
    province: Text | None = optional(
        "tinh_thanh",
        "Tỉnh, thành phố",
        "Tỉnh hoặc thành phố trực thuộc trung ương, ví dụ tỉnh Lâm Đồng; dùng khi soát lỗi.",
    )
    established: Day | None = optional(
        "ngay_hoat_dong",
        "Ngày đi vào hoạt động",
        "Ngày cơ quan đi vào hoạt động, ví dụ 01/7/2025; dùng khi soát lỗi, đánh giá chỉ tiêu.",
    )
    place_name: Text = key(
        "dia_danh",
        "Địa danh",
        "Địa danh ghi trước ngày tháng. Đơn vị mang tên người ghi đầy đủ: Phường Trần Phú.",
    )
    code: Text = key("ky_hieu", "Ký hiệu", "Chữ viết tắt tên cơ quan trong số, ký hiệu: UBND.")
    units: tuple[Unit, ...] = key(
        "don_vi", "Đơn vị", "Danh bạ phòng, đơn vị và các nhóm đơn vị hay gọi chung."
    )
    signers: tuple[Signer, ...] = key("nguoi_ky", "Người ký", "Những người có quyền ký văn bản.")
    recipients: tuple[Recipient, ...] = key(
        "noi_nhan", "Nơi nhận", "Danh bạ nơi nhận dùng cho “Kính gửi” và “Nơi nhận”."
    )
    calendar: tuple[Deadline, ...] = several(
        "lich_bao_cao",
        "Lịch báo cáo",
        "Ngày chốt số liệu và hạn gửi của từng kỳ, theo văn bản của cấp trên.",
    )
    seal: SealWidth | None = optional(
        "duong_kinh_dau",
        "Đường kính dấu",
        "Đường kính dấu của cơ quan, mm: PDF chừa ô chữ ký số đúng cỡ dấu thật; không ghi là 36.",
    )
    shared: Text | None = optional(
        SHARED_KEY,
        "Dùng chung",
        "Thư mục dùng chung của nhiều đơn vị, tính từ thư mục chứa thư mục nội dung này, ví dụ "
        "../chung. Tệp nào đơn vị không có thì đọc ở đó.",
    )
    pinned: SharedPin | None = optional(
        PIN_KEY,
        "Phiên bản bộ dùng chung",
        "Phiên bản bộ dùng chung mà đơn vị đã xem và dùng, ví dụ 2026.1; bộ đổi sang phiên bản "
        "khác thì chương trình nhắc.",
    )
    version: ContentVersion = key(
        VERSION_KEY,
        "Phiên bản nội dung",
        "Chương trình tự ghi (lệnh migrate) để biết các tệp viết theo lược đồ nào; không sửa tay.",
        default=1,
    )

    def with_common(self, common: CommonSet) -> Self:
        """Return the agency with what it does not say itself and shares with others."""
        recipients = {each.id: each for each in (*common.recipients, *self.recipients)}
        shared = () if self.is_of_province else common.calendar  # days that wards have to keep
        periods = {each.period: each for each in (*shared, *self.calendar)}
        return self.model_copy(
            update={
                "province": self.province or common.province,
                "recipients": tuple(recipients.values()),
                "calendar": tuple(periods.values()),
            }
        )

    @property
    def territory(self) -> str:
        """What a people's committee governs, "xã Lộc An"; the whole name of another agency."""
        return _COMMITTEE.sub("", self.name)

    @property
    def is_of_province(self) -> bool:
        """Say whether it is the office of a province or city, which reports on its wards."""
        return self.common_noun in ("tỉnh", "thành phố", "sở")

    @property
    def common_noun(self) -> str:
        """What the agency is called in running text: phường, xã, đặc khu, sở …; else cơ quan."""
        name = " ".join(self.name.lower().split())
        government = _GOVERNMENT.match(name)
        if government:
            return government[1]
        return next((kind for kind in _KINDS if name.startswith(f"{kind} ")), "cơ quan")
