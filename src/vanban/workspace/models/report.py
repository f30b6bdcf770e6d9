"""``<năm>/bao-cao/<kỳ>.yaml``: figures and narrative of one reporting period."""

from typing import Annotated, Any

from vanban.workspace.models.entry import (
    Flag,
    Identifier,
    SampleEntry,
    Text,
    TextItem,
    key,
    optional,
    several,
    shorthand,
)
from vanban.workspace.models.plan import CitableIssue


class Figure(SampleEntry):
    """The figure of one indicator, still as it was typed; read by :mod:`vanban.figures`."""

    value: Text = key(
        "gia_tri", "Giá trị", "Số liệu: 1204, hoặc 98,7 và 1.204,5 nếu chỉ tiêu có số thập phân."
    )
    note: Text | None = optional("ghi_chu", "Ghi chú", "Ghi chú in trong phụ lục.")


FigureValue = Annotated[Figure, shorthand("gia_tri")]

Narrative = tuple[TextItem, ...]


def section(name: str, label: str) -> Any:
    """Declare a narrative section; ``label`` is its heading in the outline."""
    return several(
        name, label, f"{label}: mỗi gạch đầu dòng là một đoạn văn, in sau các câu số liệu của mục."
    )


class Direction(SampleEntry):
    """Section I of the report: direction and administration of the reform."""

    planning: Narrative = section("ke_hoach", "Về kế hoạch cải cách hành chính")
    organisation: Narrative = section(
        "to_chuc", "Về tổ chức chỉ đạo, điều hành cải cách hành chính"
    )
    inspection: Narrative = section("kiem_tra", "Về kiểm tra cải cách hành chính")
    information: Narrative = section(
        "tuyen_truyen", "Về thông tin, tuyên truyền cải cách hành chính"
    )
    initiatives: Narrative = section("sang_kien", "Sáng kiến, cách làm mới")
    survey: Narrative = section(
        "khao_sat", "Khảo sát mức độ hài lòng; đối thoại với người dân, doanh nghiệp"
    )


class Institutions(SampleEntry):
    """Section II.1: institutional reform (cải cách thể chế)."""

    issuing: Narrative = section("ban_hanh", "Ban hành văn bản quy phạm pháp luật")
    review: Narrative = section("ra_soat", "Kiểm tra, rà soát văn bản quy phạm pháp luật")
    enforcement: Narrative = section("thi_hanh", "Thi hành và theo dõi thi hành pháp luật")
    dissemination: Narrative = section("pho_bien", "Phổ biến, giáo dục pháp luật")


class Procedures(SampleEntry):
    """Section II.2: reform of administrative procedures (thủ tục hành chính)."""

    control: Narrative = section("kiem_soat", "Kiểm soát, công khai thủ tục hành chính")
    simplification: Narrative = section("ra_soat", "Rà soát, đơn giản hóa thủ tục hành chính")
    one_stop: Narrative = section("mot_cua", "Cơ chế một cửa, một cửa liên thông")
    results: Narrative = section("giai_quyet", "Kết quả giải quyết hồ sơ")
    feedback: Narrative = section("phan_anh", "Tiếp nhận, xử lý phản ánh, kiến nghị")


class Apparatus(SampleEntry):
    """Section II.3: organisation of the administrative apparatus."""

    arrangement: Narrative = section("sap_xep", "Sắp xếp, kiện toàn tổ chức bộ máy")
    regulations: Narrative = section("quy_che", "Chức năng, nhiệm vụ, quy chế làm việc")
    staffing: Narrative = section("bien_che", "Quản lý, sử dụng biên chế")
    delegation: Narrative = section("phan_cap", "Phân cấp, ủy quyền")


class CivilService(SampleEntry):
    """Section II.4: reform of the civil service regime."""

    positions: Narrative = section("vi_tri_viec_lam", "Vị trí việc làm")
    appointments: Narrative = section("tuyen_dung", "Tuyển dụng, bổ nhiệm")
    appraisal: Narrative = section("danh_gia", "Đánh giá cán bộ, công chức, viên chức")
    training: Narrative = section("dao_tao", "Đào tạo, bồi dưỡng")
    discipline: Narrative = section("ky_luat", "Kỷ luật, kỷ cương hành chính")


class Finance(SampleEntry):
    """Section II.5: public finance reform."""

    budget: Narrative = section("ngan_sach", "Quản lý ngân sách, giải ngân vốn đầu tư")
    autonomy: Narrative = section("tu_chu", "Cơ chế tự chủ")
    assets: Narrative = section("tai_san", "Quản lý, sử dụng tài sản công")
    audit: Narrative = section("kiem_toan", "Thực hiện kiến nghị thanh tra, kiểm toán")


class DigitalGovernment(SampleEntry):
    """Section II.6: electronic and digital government."""

    planning: Narrative = section(
        "ke_hoach", "Kế hoạch chuyển đổi số, ứng dụng công nghệ thông tin"
    )
    e_documents: Narrative = section("van_ban_dien_tu", "Văn bản điện tử, chữ ký số")
    e_services: Narrative = section(
        "dich_vu_cong", "Dịch vụ công trực tuyến, thanh toán trực tuyến"
    )
    digitisation: Narrative = section(
        "so_hoa", "Số hóa hồ sơ, kết quả giải quyết thủ tục hành chính"
    )
    postal: Narrative = section(
        "buu_chinh", "Tiếp nhận, trả kết quả qua dịch vụ bưu chính công ích"
    )
    quality: Narrative = section("iso", "Hệ thống quản lý chất lượng TCVN ISO 9001:2015")
    portal: Narrative = section("trang_thong_tin", "Trang thông tin điện tử, an toàn thông tin")


class Results(SampleEntry):
    """Section II: results by field, in the order of Resolution 76/NQ-CP."""

    institutions: Institutions = key("the_che", "Cải cách thể chế", "Mục II.1.")
    procedures: Procedures = key("thu_tuc", "Cải cách thủ tục hành chính", "Mục II.2.")
    apparatus: Apparatus = key("bo_may", "Cải cách tổ chức bộ máy", "Mục II.3.")
    civil_service: CivilService = key("cong_vu", "Cải cách chế độ công vụ", "Mục II.4.")
    finance: Finance = key("tai_chinh", "Cải cách tài chính công", "Mục II.5.")
    digital: DigitalGovernment = key("chinh_quyen_so", "Chính quyền số", "Mục II.6.")


class Assessment(SampleEntry):
    """Section III: general assessment."""

    highlights: Narrative = section("noi_bat", "Kết quả nổi bật")
    shortcomings: Narrative = section("ton_tai", "Tồn tại, hạn chế")
    objective_causes: Narrative = section("nguyen_nhan_khach_quan", "Nguyên nhân khách quan")
    subjective_causes: Narrative = section("nguyen_nhan_chu_quan", "Nguyên nhân chủ quan")


class Report(CitableIssue):
    """The report of one period."""

    scope: Text = key(
        "pham_vi",
        "Phạm vi số liệu",
        "Nói rõ số liệu gồm những gì, ví dụ có hay không các xã, phường trước 01/7/2025.",
    )
    figures: dict[Identifier, FigureValue] = key(
        "so_lieu", "Số liệu", "Số liệu của kỳ: mã chỉ tiêu và giá trị. Số 0 phải ghi rõ 0."
    )
    sentences: dict[Identifier, TextItem] = key(
        "cau_so_lieu",
        "Câu số liệu",
        "Câu viết thay cho câu máy lập từ số liệu: mã của câu (trong "
        "templates/report-sentences.yaml) và lời văn. Số liệu dẫn bằng mã chỉ "
        "tiêu, như {ty-le-ho-so-truc-tuyen}.",
        default_factory=dict,
    )
    left_out: tuple[Identifier, ...] = several(
        "bo_cau", "Bỏ câu", "Mã các câu số liệu không in trong báo cáo này."
    )
    direction: Direction = key("chi_dao_dieu_hanh", "Chỉ đạo, điều hành", "Mục I của báo cáo.")
    results: Results = key("ket_qua", "Kết quả", "Mục II của báo cáo.")
    assessment: Assessment = key("danh_gia", "Đánh giá chung", "Mục III của báo cáo.")
    next_steps: Narrative = section("phuong_huong", "Phương hướng, nhiệm vụ trọng tâm")
    lists_due_tasks: Flag = key(
        "viec_den_han",
        "Việc đến hạn",
        "true thì mục phương hướng nêu các nhiệm vụ của kế hoạch đến hạn trong kỳ tiếp theo, kèm "
        "đơn vị chủ trì và thời hạn.",
        default=False,
    )
    proposals: Narrative = section("kien_nghi", "Kiến nghị, đề xuất")
