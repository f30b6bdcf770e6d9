"""``<năm>/bao-cao-thanh-pho/<kỳ>.yaml``: what a city says itself in the report on its wards."""

from vanban.workspace.models.entry import (
    Flag,
    Identifier,
    SampleEntry,
    Text,
    TextItem,
    key,
    optional,
    several,
)
from vanban.workspace.models.plan import CitableIssue
from vanban.workspace.models.report import Assessment, Direction, Narrative, section


class Compared(SampleEntry):
    """An indicator that the wards are compared by."""

    indicator: Identifier = key("ma", "Mã chỉ tiêu", "Mã chỉ tiêu trong chi-tieu.yaml.")
    level: Text | None = optional(
        "muc",
        "Mức",
        "Mức mà kế hoạch của tỉnh, thành phố đề ra cho từng đơn vị: từ 95% trở lên, 100%, dưới 5% "
        "…; có mức thì báo cáo đếm số đơn vị đạt, không có thì chỉ xếp hạng.",
    )

    is_charted: Flag = key(
        "bieu_do",
        "Biểu đồ",
        "true để vẽ biểu đồ các đơn vị theo chỉ tiêu này; không chỉ tiêu nào ghi thì vẽ tỷ lệ mà "
        "các đơn vị chênh nhau nhiều nhất.",
        default=False,
    )


class CityResults(SampleEntry):
    """Section II: results by field, in the order of Resolution 76/NQ-CP."""

    institutions: Narrative = section("the_che", "Cải cách thể chế")
    procedures: Narrative = section("thu_tuc", "Cải cách thủ tục hành chính")
    apparatus: Narrative = section("bo_may", "Cải cách tổ chức bộ máy hành chính nhà nước")
    civil_service: Narrative = section("cong_vu", "Cải cách chế độ công vụ")
    finance: Narrative = section("tai_chinh", "Cải cách tài chính công")
    digital: Narrative = section(
        "chinh_quyen_so", "Xây dựng, phát triển chính quyền điện tử, chính quyền số"
    )


class CityReport(CitableIssue):
    """The report of one period on all the wards, beside the figures gathered of them."""

    compared: tuple[Compared, ...] = key(
        "so_sanh",
        "Chỉ tiêu so sánh",
        "Các chỉ tiêu để so sánh, xếp hạng các xã, phường, theo thứ tự in ra.",
    )
    sentences: dict[Identifier, TextItem] = key(
        "cau_so_lieu",
        "Câu số liệu",
        "Câu viết thay cho câu máy lập từ số liệu: mã của câu (trong templates/"
        "city-report-sentences.yaml) và lời văn. Tổng số của các đơn vị dẫn bằng mã chỉ tiêu, như "
        "{ty-le-ho-so-truc-tuyen}.",
        default_factory=dict,
    )
    left_out: tuple[Identifier, ...] = several(
        "bo_cau", "Bỏ câu", "Mã các câu số liệu không in trong báo cáo này."
    )
    direction: Direction = key("chi_dao_dieu_hanh", "Chỉ đạo, điều hành", "Mục I của báo cáo.")
    results: CityResults = key("ket_qua", "Kết quả", "Mục II của báo cáo.")
    assessment: Assessment = key("danh_gia", "Đánh giá chung", "Mục IV của báo cáo.")
    next_steps: Narrative = section("phuong_huong", "Phương hướng, nhiệm vụ trọng tâm")
    proposals: Narrative = section("kien_nghi", "Kiến nghị, đề xuất")
