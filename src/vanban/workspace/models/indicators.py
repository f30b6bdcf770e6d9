"""``chi-tieu.yaml``: the register of indicators; each is defined once, ratios are computed."""

from collections.abc import Iterator
from enum import StrEnum

from vanban.workspace.models.agency import PROVIDERS
from vanban.workspace.models.entry import (
    Flag,
    Identifier,
    SampleEntry,
    Text,
    key,
    optional,
    several,
)
from vanban.workspace.models.tracking import TrackingRow


class Nature(StrEnum):
    """Whether an indicator adds up over time or holds at a moment."""

    FLOW = "lũy kế"
    STATE = "thời điểm"


class Indicator(SampleEntry):
    """A count, an amount, a sum of others, or a ratio of two others.

    A ratio has ``numerator`` and ``denominator``; a sum has ``sum_of``; anything else is entered
    as a figure of a period.
    """

    id: Identifier = key("ma", "Mã", "Mã để các tệp khác dẫn đến chỉ tiêu này.")
    name: Text = key("ten", "Tên", "Tên chỉ tiêu in trong phụ lục.")
    unit: Text = key("don_vi_tinh", "Đơn vị tính", "Đơn vị tính, ví dụ hồ sơ, người, %.")
    definition: Text | None = optional(
        "cach_tinh", "Cách tính", "Tính những gì, lấy từ đâu; in trong biểu mẫu gửi các đơn vị."
    )
    providers: tuple[Identifier, ...] = several(*PROVIDERS)
    nature: Nature = key(
        "tinh_chat",
        "Tính chất",
        "“lũy kế” nếu cộng dồn được theo thời gian, “thời điểm” nếu là số tại một lúc.",
        default=Nature.FLOW,
    )
    decimal: Flag = key(
        "so_thap_phan",
        "Số thập phân",
        "true nếu số liệu được có phần lẻ (ví dụ triệu đồng); mặc định là số đếm.",
        default=False,
    )
    sum_of: tuple[Identifier, ...] = several(
        "tong_cua",
        "Tổng của",
        "Các chỉ tiêu cộng lại thành chỉ tiêu này; khi đó không cần nhập số liệu.",
    )
    numerator: Identifier | None = optional("tu_so", "Tử số", "Chỉ tiêu làm tử số của tỷ lệ.")
    denominator: Identifier | None = optional("mau_so", "Mẫu số", "Chỉ tiêu làm mẫu số của tỷ lệ.")
    may_exceed_100: Flag = key(
        "co_the_vuot_100",
        "Có thể vượt 100%",
        "true nếu tử số được lớn hơn mẫu số.",
        default=False,
    )

    wordings: tuple[Text, ...] = several(
        "loi_van",
        "Lời văn",
        "Những chữ mà câu văn dùng để nói về chỉ tiêu này, ví dụ “công chức bị kỷ luật”, “hoàn "
        "thành nhiệm vụ”. Số đứng cạnh những chữ ấy trong báo cáo được đối chiếu với số liệu của "
        "kỳ; tỷ lệ thì đối chiếu phần trăm và phân số (30/38).",
    )

    @property
    def is_ratio(self) -> bool:
        return self.numerator is not None


class IndicatorTopic(SampleEntry):
    """A topic of the annex (1.1, 1.2 …) with its indicators."""

    name: Text = key("ten", "Tên", "Tên mục trong phụ lục thống kê.")
    providers: tuple[Identifier, ...] = several(*PROVIDERS)
    indicators: tuple[Indicator, ...] = key("chi_tieu", "Chỉ tiêu", "Các chỉ tiêu của mục.")


class IndicatorGroup(SampleEntry):
    """A field of the annex (1, 2 …) with its topics."""

    name: Text = key("ten", "Tên", "Tên lĩnh vực trong phụ lục thống kê.")
    providers: tuple[Identifier, ...] = several(*PROVIDERS)
    topics: tuple[IndicatorTopic, ...] = key("muc", "Mục", "Các mục của lĩnh vực.")

    def numbered(self, prefix: str) -> Iterator[tuple[str, Indicator | Text]]:
        """Yield its topics (by name) and indicators with their numbers 1.1, 1.1.1."""
        for topic_number, topic in enumerate(self.topics, 1):
            yield f"{prefix}.{topic_number}", topic.name
            for number, indicator in enumerate(topic.indicators, 1):
                yield f"{prefix}.{topic_number}.{number}", indicator


class Identity(SampleEntry):
    """An identity between sums of indicators: left = right, or left ≤ right."""

    name: Text = key("ten", "Tên", "Diễn giải bằng lời, in ra khi số liệu không khớp.")
    left: tuple[Identifier, ...] = key("ve_trai", "Vế trái", "Các chỉ tiêu cộng lại ở vế trái.")
    right: tuple[Identifier, ...] = key("ve_phai", "Vế phải", "Các chỉ tiêu cộng lại ở vế phải.")
    at_most: Flag = key(
        "khong_vuot",
        "Không vượt",
        "true nếu vế trái chỉ cần không vượt vế phải; mặc định hai vế phải bằng nhau.",
        default=False,
    )


class IndicatorRegister(SampleEntry):
    """The whole register, in the order of the statistical annex."""

    groups: tuple[IndicatorGroup, ...] = key("linh_vuc", "Lĩnh vực", "Các lĩnh vực của phụ lục.")
    others: tuple[Indicator, ...] = several(
        "chi_tieu_khac", "Chỉ tiêu khác", "Chỉ tiêu của kế hoạch không nằm trong phụ lục thống kê."
    )
    identities: tuple[Identity, ...] = several(
        "dang_thuc", "Đẳng thức", "Những đẳng thức mà số liệu phải thỏa mãn."
    )
    tracking: tuple[TrackingRow, ...] = several(
        "theo_doi",
        "Quy ước theo dõi",
        "Bảng quy ước để đánh giá chỉ tiêu trước hạn; mỗi dòng thay dòng cùng số liệu, cùng hướng "
        "của bảng đặt sẵn, in dưới phụ lục của báo cáo.",
    )
