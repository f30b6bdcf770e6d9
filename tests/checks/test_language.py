"""Rules about the language of the text, case by case: what each complains about, word for word."""

from __future__ import annotations

from pathlib import Path

import pytest

from support import write_content
from vanban.checks.registry import all_rules
from vanban.checks.rules import Project, hits_of
from vanban.checks.writing import plain_writing
from vanban.workspace.load import load_workspace

WORDS = """\
ten_rieng: [Hệ thống Một cửa phường]
viet_tat: [{viet_tat: TDP, nghia: tổ dân phố}]
"""


def found(rule_id: str, text: str, folder: Path) -> list[str]:
    workspace = load_workspace(write_content(folder, {"quy-tac/tu-ngu.yaml": WORDS}))
    project = Project(workspace, (plain_writing(text, Path("a.txt"), workspace),))
    (rule,) = [each for each in all_rules() if each.id == rule_id]
    return [hit.at.excerpt for hit in hits_of(rule, project)]


CITED = "Công văn số 1/UBND-VP ngày 01/8/2025 của UBND thành phố về việc"


@pytest.mark.parametrize(
    ("rule", "text", "expected"),
    [
        # tone placement: the minority is told, whatever it is
        ("chinh-ta/dau-thanh", "Hoà nhập, hoà giải, khóa học.", ["khóa"]),
        ("chinh-ta/dau-thanh", "Uỷ ban chuẩn hoá.", []),
        ("chinh-ta/dau-thanh", "TM. UỶ BAN\nỦy ban khóa chuẩn hóa.", ["UỶ"]),
        ("chinh-ta/dau-thanh", "Chuẩn hóa, bà Hoàng Thuỳ Linh, Lê Hoà; Hoà giải.", ["Hoà"]),
        ("chinh-ta/dau-thanh", f"Chuẩn hóa theo {CITED} chuẩn hoá.", []),
        # names
        ("viet-hoa/ten-da-khai", "Gửi phòng văn hóa - xã hội.", ["phòng văn hóa - xã hội"]),
        ("viet-hoa/ten-da-khai", "PHÒNG VĂN HÓA - XÃ HỘI", []),
        (
            "viet-hoa/ten-da-khai",
            "Trưởng phòng Văn hóa - Xã hội; Trưởng Phòng Văn hóa - Xã hội",
            [],
        ),
        ("viet-hoa/ten-da-khai", "Phòng, văn hóa xã hội", ["Phòng, văn hóa xã hội"]),
        ("viet-hoa/ten-da-khai", "hệ thống một cửa phường", ["hệ thống một cửa phường"]),
        ("viet-hoa/ten-da-khai", "Trung tâm Phục vụ hành chính công phường", []),
        ("viet-hoa/ten-co-quan", "Ủy ban Nhân dân xã", ["Ủy ban Nhân dân"]),
        ("viet-hoa/ten-co-quan", "Uỷ ban nhân dân xã", []),
        ("viet-hoa/ten-co-quan", "sở Nội vụ và bộ Nội vụ", ["sở Nội vụ", "bộ Nội vụ"]),
        ("viet-hoa/ten-co-quan", "- Của Ban chỉ đạo phường.", ["Ban chỉ đạo"]),
        ("viet-hoa/ten-co-quan", "Ban chỉ đạo họp. Cùng ban chỉ đạo.", []),
        (
            "viet-hoa/ten-da-khai",
            "- Của các đảng ủy phường; gửi Đảng Ủy phường.",
            ["Đảng Ủy phường"],
        ),
        (
            "viet-hoa/ten-luat",
            "- Luật tiếp công dân; luật đất đai; LUẬT ĐẤT ĐAI.",
            ["Luật tiếp công dân"],
        ),
        (
            "thuat-ngu/ten-khong-thong-nhat",
            "Chỉ số hài lòng về sự phục vụ hành chính.\nChỉ số hài lòng đối với sự phục vụ hành "
            "chính.\nChỉ số hài lòng đối với sự phục vụ hành chính.",
            ["Chỉ số hài lòng về sự phục vụ hành chính"],
        ),
        ("thuat-ngu/ten-khong-thong-nhat", f"Theo {CITED} quản lý văn bản điều hành.", []),
        # capitals
        ("viet-hoa/sau-cham-phay", "- Rà soát; ứng dụng; Ứng dụng số.", ["dụng; Ứng dụng số"]),
        ("viet-hoa/sau-cham-phay", "- Rà soát; Kế hoạch số 12/KH-UBND.", []),
        ("viet-hoa/sau-cham-phay", "- Rà soát; Nguyễn Văn A; UBND phường; 12 việc.", []),
        ("viet-hoa/dau-cau", "- Rà soát TP. Hải Phòng v.v. và kịp thời.", []),
        ("viet-hoa/dau-cau", "- Mức 1.5 lần. đúng hạn", ["lần. đúng hạn"]),
        ("viet-hoa/khoan-diem", "- Khoản 2 Điều 5 quy định.", []),
        ("viet-hoa/khoan-diem", "- Theo khoản 2 điều 5 Luật A.", ["khoản 2 điều 5"]),
        ("viet-hoa/dia-danh", "- Các phường của Thành phố Hồ Chí Minh.", []),
        ("viet-hoa/dia-danh", "- UBND Tỉnh Nam Định.", ["Tỉnh Nam"]),
        ("viet-hoa/danh-tu-chung", "- Do Thành phố Hải Phòng giao.", []),
        # abbreviations
        ("viet-tat/chua-giai-thich", "- Tổ trưởng TDP; văn bản QPPL.", ["bản QPPL"]),
        (
            "viet-tat/chua-giai-thich",
            "Phần I, II; MỤC TIÊU CHUNG\n- TTHC.",
            [],
        ),
        ("viet-tat/chua-giai-thich", "MỤC TIÊU CHUNG", []),
        ("viet-tat/chua-giai-thich", "- Văn bản (sau đây viết tắt là VBHC).\n- VBHC mới.", []),
        (
            "viet-tat/chua-giai-thich",
            "- QL.5, ĐT.391.\n-  - Lưu: VT, KTHT.\n- QPPL. Tổ chức.",
            ["- QPPL"],
        ),
        ("viet-tat/lan-day-du", "- CNTT; công nghệ thông tin (CNTT); CNTT.", []),
        (
            "viet-tat/lan-day-du",
            "- Sở công nghệ thông tin (CNTT); công nghệ thông tin, CNTT.",
            ["tin, CNTT"],
        ),
        ("viet-tat/lan-day-du", "- Dùng CNTT, công nghệ thông tin.", ["Dùng CNTT"]),
        ("viet-tat/lan-day-du", "- Dùng QPPL, quy phạm pháp luật.", []),
        ("viet-tat/khong-thong-nhat", "- CBCC phường.", []),
        ("viet-tat/khong-thong-nhat", "- CBCC và CCVC phường.", ["- CBCC", "và CCVC"]),
        ("viet-tat/dau-va", "Số: 12/SNV-CCHC&PC", []),
        # terms
        ("thuat-ngu/khong-con-dung", "- Mức độ 3 của khảo sát.", []),
        (
            "thuat-ngu/khong-con-dung",
            "- DVC trực tuyến mức độ 3 và 4; UBND quận A.",
            ["trực tuyến mức độ 3 và 4", "UBND quận"],
        ),
        (
            "thuat-ngu/khong-con-dung",
            "- Trực tuyến mức 4; mức 4 điểm; trực tuyến mức 45%.",
            ["Trực tuyến mức 4"],
        ),
        (
            "thuat-ngu/khong-con-dung",
            "- Do Sở Thông tin và Truyền thông.",
            ["Sở Thông tin và Truyền thông"],
        ),
        (
            "thuat-ngu/khong-con-dung",
            "Thông tư số 1/2023/TT-BTTTT ngày 02/3/2023 của Bộ Thông tin và Truyền thông.",
            [],
        ),
        # punctuation
        ("dau-cau/khoang-trang-kep", "Số:        /KH-UBND\nngày     tháng     năm 2025", []),
        ("dau-cau/khoang-trang-kep", "-  Một ý  hai", ["ý  hai"]),
        ("dau-cau/cach-truoc-dau", "Hết./.\nMột ... hai\nA ) b", ["A )"]),
        ("dau-cau/thieu-cach", "lúc 12:30, a@b.vn, www.a.vn/x;y, 1,5, A.B", []),
        ("dau-cau/thieu-cach", "hồ sơ(trực tuyến)", ["sơ(trực"]),
        ("dau-cau/lap-dau", "Hết./.\nMột... hai", []),
        ("dau-cau/ba-cham", "- Một.......... hai", []),
        ("dau-cau/cho-trong", "- Một.......... hai (nêu số liệu)", ["..........", "(nêu số liệu)"]),
        ("dau-cau/gach-dau-kep", "-  -  Lãnh đạo", ["-  -  Lãnh"]),
        ("dau-cau/gach-ngang", "- Giai đoạn 2021 – 2026", ["2021 – 2026"]),
        ("dau-cau/cuoi-y", "- Một;\n- Hai;\n- Ba;", ["- Ba;"]),
        ("dau-cau/cuoi-y", "- Gồm:\n- Hai.", []),
        ("dau-cau/cuoi-y", "- Một.\n- Hai./.", []),
        ("dau-cau/cuoi-y", "- Một;\n# Mục\n- Hai;", []),
        ("dau-cau/ngoac", "a) Một; (tối thiểu 0); 1) hai (3)", []),
        ("dau-cau/ngoac", "Một hai) ba", ["Một hai)"]),
        ("dau-cau/ngoac", "- Một (hai ba bốn năm sáu bảy.", ["(hai ba bốn năm sáu"]),
        (
            "dau-cau/gach-ngang",
            "- Kinh tế -xã hội; e-mail; giai đoạn 2021-2025.",
            ["Kinh tế -xã hội"],
        ),
        (
            "con-so/hang-nghin",
            "- Có 1,204 hồ sơ, 1,204 km2, 0,125 hồ sơ, 2,345,678.",
            ["1,204 hồ sơ", "2,345,678"],
        ),
        (
            "con-so/ngay-gach",
            "- Từ 5-9-2025; ngày 15.10.2025; 32-1-2025; v1.2.2025.",
            ["5-9-2025", "ngày 15.10.2025"],
        ),
        ("con-so/ngay-nhieu-cach", "- Ngày 5/9/2025, 15/9/2025, 3/11/2025.", []),
        ("con-so/ngay-nhieu-cach", "- Ngày 05/9/2025, 15/09/2025, 30/2/2025.", ["15/09/2025"]),
        ("con-so/dau-thap-phan", "- Tăng 1.5 lần; mục 1.2 điểm a; mục 3.5 tỷ lệ.", ["1.5 lần"]),
        ("con-so/dau-thap-phan", "- 98.7 % và 1.204 hồ sơ, mục 1.2.", ["98.7 %"]),
        # typed in haste; letters that stand for themselves are left alone
        ("chinh-ta/viet-tat-nhan-tin", "- Phường k tổ chức, ko thu phí.", ["k tổ", "ko thu"]),
        ("chinh-ta/viet-tat-nhan-tin", "- Ko tổ chức họp vs dân.", ["vs dân"]),
        (
            "chinh-ta/viet-tat-nhan-tin",
            "- Điểm k khoản 1; hệ số k = 2; k) Hai; 12 m; đơn vị: m, các biến m và n; m².",
            [],
        ),
        ("chinh-ta/i-y", "- Trong kì này, theo qui định; tỉ lệ cao.", ["kì", "qui", "tỉ lệ"]),
        ("chinh-ta/i-y", "- Ông Nguyễn Văn Quí, bác sĩ, thi tuyển, tỉ mỉ, hi hữu.", []),
        (
            "chinh-ta/nham-tu",
            "- Tuyển dựng công chức; sử dựng máy.",
            ["Tuyển dựng công chức", "sử dựng"],
        ),
        ("chinh-ta/nham-tu", "- Tuyển dụng, xây dựng, sử dụng, nội dung.", []),
        # pasted from Word
        ("dau-cau/dau-dong-chep-tu-word", "- • Rà soát văn bản.", ["- • Rà"]),
        ("dau-cau/dau-dong-chep-tu-word", "• Rà soát.\n- ▪ Báo cáo.", ["• Rà", "- ▪ Báo"]),
        ("dau-cau/dau-dong-chep-tu-word", "+7\n\n+2,3 điểm %\n\n+ Rà soát", ["+ Rà"]),
        ("dau-cau/dau-dong-chep-tu-word", "- Rà soát • báo cáo; 5 * 3.\n** đậm", ["** đậm"]),
        ("dau-cau/dau-tab", "- Rà\tsoát,\t báo cáo.", ["Rà\tsoát,\t báo"]),
        ("dau-cau/dau-tab", "-\tRà soát.\na)\tBáo cáo.\nNơi nhận:\tNhư trên.", []),
        ("dau-cau/ngoac-kep", 'Dùng "Một cửa".\nDùng “Một cửa”.', ['"Một cửa"']),
    ],
)
def test_what_is_told(rule: str, text: str, expected: list[str], tmp_path: Path) -> None:
    assert found(rule, text, tmp_path) == expected


@pytest.mark.parametrize(
    ("rule", "text", "right"),
    [
        ("viet-hoa/ten-da-khai", "phòng Văn hóa - Xã hội", "Phòng Văn hóa - Xã hội"),
        (
            "viet-hoa/ten-da-khai",
            "Trung tâm phục vụ hành chính Công",
            "Trung tâm Phục vụ hành chính công",
        ),
        ("chinh-ta/dau-thanh", "Ủy ban, khóa, đa dạng hoá", "dạng hóa"),
        ("dau-cau/khoang-trang-kep", "Hồ  sơ", "Hồ sơ"),
        ("dau-cau/khoang-trang-kep", "Một  hai  ba bốn", "Một hai ba"),
        ("dau-cau/gach-ngang", "- Tổ a–b–c.", "a - b - c."),
        ("dau-cau/dau-dong-chep-tu-word", "- • Hồ sơ", "- Hồ"),
        ("dau-cau/dau-tab", "- Một\thai", "Một hai"),
        ("dau-cau/ngoac-kep", 'Một "hai", “ba”.', "“hai”"),
        ("dau-cau/cach-truoc-dau", "Hồ sơ , tài liệu", "sơ,"),
        ("dau-cau/gach-dau-kep", "- - Hồ sơ", "- Hồ"),
        ("con-so/dau-thap-phan", "đạt 98.7%", "98,7%"),
    ],
)
def test_what_surely_belongs_there(rule: str, text: str, right: str, tmp_path: Path) -> None:
    workspace = load_workspace(write_content(tmp_path))
    project = Project(workspace, (plain_writing(text, Path("a.txt"), workspace),))
    (chosen,) = [each for each in all_rules() if each.id == rule]
    assert [hit.replacement for hit in hits_of(chosen, project)] == [right]
