"""Papers: each kind that the decree has a sample of, from its YAML file to the printed lines."""

from __future__ import annotations

import io
import re
import shutil
from pathlib import Path

import pytest
from PIL import Image

from conftest import ROOT
from documents import docx_of, frame, times
from support import changed, compose_all, load_checked, write_content
from vanban.app.catalogue import find_kind, kinds_in
from vanban.app.load import load_content
from vanban.checks.finding import Severity
from vanban.checks.form.check_form import check_form
from vanban.compose.composed import Composed
from vanban.document import Heading, Paragraph, StyleId
from vanban.errors import ContentError
from vanban.layout.measures import check_glyphs
from vanban.layout.preparation import prepared
from vanban.nd30.paper_forms import PAPER_FORMS
from vanban.workspace.files import PAPERS

SAMPLES = sorted((ROOT / "content" / "mau" / "soan-thao").glob("*.yaml"))
HEAD = "noi_nhan: [dang-uy]\nluu: [van-hoa-xa-hoi]\nnguoi_ky: chu-tich\n"
LETTER = f"loai: Công văn\ntrich_yeu: gửi số liệu\nkinh_gui: [ubnd-tp]\n{HEAD}"
DECISION = f"loai: Quyết định\ntrich_yeu: Về việc thành lập Đoàn kiểm tra\n{HEAD}"
MINUTES = f"loai: Biên bản\ntrich_yeu: Họp Đoàn kiểm tra\nthu_ky: Lê Thị Mẫu\n{HEAD}"
RULES = f"loai: Quy chế\ntrich_yeu: Làm việc\n{HEAD}"
ISSUING = "Ban hành kèm theo Quyết định này Quy chế làm việc."
ATTACHED = "{loai: Quy chế, trich_yeu: Làm việc, noi_dung: [{dieu: Một.}]}"
NOTICE = f"loai: Thông báo\ntrich_yeu: Lịch tiếp công dân\n{HEAD}"


def compose(folder: Path, text: str) -> Composed:
    content = write_content(folder, {"2025/soan-thao/thu.yaml": text})
    workspace = load_checked(content, 2025)
    (composed,) = compose_all([find_kind("thu", content)], workspace, folder)
    return composed


def body(folder: Path, head: str, *lines: str) -> list[tuple[str, str]]:
    """Return style and text of each block of a paper's body."""
    document = compose(folder, head + "noi_dung:\n" + "".join(f"  {line}\n" for line in lines))
    return [(each.style, each.text) for each in document.document.body if not hasattr(each, "rows")]


def test_every_kind_with_a_layout_has_a_sample() -> None:
    kinds = {
        line.removeprefix("loai: ")
        for path in SAMPLES
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.startswith("loai: ")
    }
    assert kinds == set(PAPER_FORMS)


def test_a_letter_has_its_subject_under_the_number(tmp_path: Path) -> None:
    header = compose(tmp_path, f"{LETTER}noi_dung: [Đề nghị gửi số liệu.]\n").document.header
    assert (header.document_type, header.abstract) == ("", "")
    assert header.subject == "V/v gửi số liệu"
    assert header.number.endswith("/UBND-VHXH")
    assert [each.text for each in header.addressee_blocks()] == [
        "Kính gửi: Ủy ban nhân dân thành phố Hải Phòng"
    ]


def test_a_decision_says_who_decides_and_its_last_article_whom_it_goes_to(tmp_path: Path) -> None:
    text = f"{DECISION}can_cu: [{{van_ban: cv-1747}}]\nnoi_dung: [dieu: Một., dieu: Hai.]\n"
    document = compose(tmp_path, text).document
    lines = [(each.style, each.text) for each in document.body if isinstance(each, Paragraph)]
    assert lines[0] == (StyleId.AUTHORITY, "ỦY BAN NHÂN DÂN PHƯỜNG TRẦN LIỄU")
    assert lines[1][0] is StyleId.LEGAL_BASIS
    assert lines[2:] == [
        (StyleId.AUTHORITY, "QUYẾT ĐỊNH:"),
        (StyleId.NUMBERED, "Điều 1. Một."),
        (StyleId.NUMBERED, "Điều 2. Hai./."),
    ]
    assert document.recipients[0] == "- Như Điều 2;"


def test_a_telegram_is_wired(tmp_path: Path) -> None:
    head = LETTER.replace("Công văn", "Công điện").replace("[ubnd-tp]", "[ubnd-tp, dang-uy]")
    text = f"{head}do_khan: Hoả tốc\nnoi_dung: [Đề nghị trực ban.]\n"
    header = compose(tmp_path, text).document.header
    assert header.urgency == "HỎA TỐC"
    assert [(each.style, each.text) for each in header.addressee_blocks()] == [
        (StyleId.AUTHORITY, "ỦY BAN NHÂN DÂN PHƯỜNG TRẦN LIỄU điện:"),
        (StyleId.ADDRESSEE_ITEM, "- Ủy ban nhân dân thành phố Hải Phòng;"),
        (StyleId.ADDRESSEE_ITEM, "- Đảng ủy phường."),
    ]


def test_minutes_have_no_place_and_date_and_are_kept_in_their_file(tmp_path: Path) -> None:
    composed = compose(tmp_path, f"{MINUTES}noi_dung: [Đã họp.]\n")
    assert composed.document.header.place_date == ""
    assert composed.document.recipients[-1] == "- Lưu: VT, VHXH, Hồ sơ."
    assert len(composed.blanks) == 1


def test_a_letter_of_introduction_goes_to_whom_it_names(tmp_path: Path) -> None:
    text = f"loai: Giấy giới thiệu\n{HEAD}noi_dung: [Giới thiệu ông A.]\n"
    assert compose(tmp_path, text).document.recipients[0] == "- Như trên;"


def test_a_decision_issues_a_text_with_a_head_of_its_own(tmp_path: Path) -> None:
    attached = "kem_theo:\n  loai: Quy chế\n  trich_yeu: Làm việc\n  noi_dung: [{dieu: Một.}]\n"
    issuing = "noi_dung: [dieu: Ban hành kèm theo Quyết định này Quy chế làm việc.]\n"
    annexes = "phu_luc: [{ten: Danh sách, noi_dung: [a]}]\n"
    document = compose(tmp_path, DECISION + issuing + attached + annexes).document
    text, annex = document.annexes
    assert text.head is not None
    assert (text.head.agency, text.head.number) == (document.header.agency, "")
    assert [(each.style, each.text.replace("\u00a0", "")) for each in text.head_blocks()] == [
        (StyleId.ABSTRACT, "Làm việc"),
        (
            StyleId.ANNEX_NOTE,
            "(Kèm theo Quyết định số /QĐ-UBND ngàythángnăm 2025 của Ủy ban nhân dân phường "
            "Trần Liễu)",
        ),
    ]
    assert (text.heading.text, text.blocks[0].text) == ("QUY CHẾ", "Điều 1. Một./.")
    assert text.outline_text == "Quy chế Làm việc"
    assert annex.number == "Phụ lục"


def test_minutes_are_signed_by_two(tmp_path: Path) -> None:
    document = compose(tmp_path, f"{MINUTES}noi_dung: [Đã họp.]\n").document
    assert document.countersignature.capacity == ("THƯ KÝ",)
    assert document.countersignature.name == "Lê Thị Mẫu"
    assert document.signature.capacity == ("CHỦ TỌA",)


@pytest.mark.parametrize(
    ("head", "lines", "expected"),
    [
        (
            RULES,
            (
                "- chuong: Quy định chung",
                "  noi_dung:",
                "    - {dieu: Phạm vi, noi_dung: [Quy chế quy định việc A.]}",
                "- chuong: Thực hiện",
                "  noi_dung:",
                "    - muc: Tiếp nhận",
                "      noi_dung:",
                "        - dieu: Thời hạn",
                "          noi_dung:",
                "            - {khoan: 'Gồm:', noi_dung: [diem: Một;, diem: Hai.]}",
                "            - khoan: Ba.",
            ),
            [
                (StyleId.PART, "Chương I\nQUY ĐỊNH CHUNG"),
                (StyleId.ARTICLE, "Điều 1. Phạm vi"),
                (StyleId.BODY, "Quy chế quy định việc A."),
                (StyleId.PART, "Chương II\nTHỰC HIỆN"),
                (StyleId.DIVISION, "Mục 1\nTIẾP NHẬN"),
                (StyleId.ARTICLE, "Điều 2. Thời hạn"),
                (StyleId.NUMBERED, "1. Gồm:"),
                (StyleId.NUMBERED, "a) Một;"),
                (StyleId.NUMBERED, "b) Hai."),
                (StyleId.NUMBERED, "2. Ba./."),
            ],
        ),
        (
            NOTICE,
            (
                "- muc: Thời gian",
                "  noi_dung: [khoan: Sáng thứ Hai., khoan: Chiều thứ Ba.]",
                "- muc: Địa điểm",
                "  noi_dung: [gach: Phòng họp;, {khoan: Ghi chú, noi_dung: [Mang giấy tờ.]}]",
            ),
            [
                (StyleId.SECTION, "I. THỜI GIAN"),
                (StyleId.NUMBERED, "1. Sáng thứ Hai."),
                (StyleId.NUMBERED, "2. Chiều thứ Ba."),
                (StyleId.SECTION, "II. ĐỊA ĐIỂM"),
                (StyleId.BULLET, "- Phòng họp;"),
                (StyleId.CLAUSE, "1. Ghi chú"),
                (StyleId.BODY, "Mang giấy tờ./."),
            ],
        ),
    ],
    ids=["chapters and articles", "sections"],
)
def test_levels_are_numbered_and_titles_told_from_sentences(
    head: str, lines: tuple[str, ...], expected: list[tuple[str, str]], tmp_path: Path
) -> None:
    assert body(tmp_path, head, *lines) == expected


REFERRING = """\
can_cu: [{van_ban: cv-1747}]
noi_dung:
  - muc: Kết quả
    ma: ket-qua
    noi_dung:
      - {khoan: "Thời hạn gửi:", ma: han, noi_dung: [{diem: Một;, ma: mot}, diem: Hai.]}
  - Tại {muc.ket-qua}, {muc.han}, {muc.mot} và {muc.danh-sach}, {muc.dong}.
  - Tiếp nhận {q3.hs-tiep-nhan}; trực tuyến {q3.hs-truc-tuyen}/{q3.hs-tiep-nhan} hồ sơ.
  - Đạt {q3.hs-tl-truc-tuyen}, theo {van-ban.cv-1747}, {van-ban.kh-cchc}.
  - bang: {cot: [A], dong: [["{q3.hs-truc-tuyen}"]]}
phu_luc:
  - {ten: Biểu, noi_dung: [a]}
  - {ten: Danh sách, ma: danh-sach, noi_dung: [{muc: Tổ, noi_dung: [{khoan: a, ma: dong}]}]}
"""


def test_references_print_figures_documents_and_pieces(tmp_path: Path) -> None:
    composed = compose(tmp_path, NOTICE + REFERRING)
    document = composed.document
    printed = [each.text.replace("\u00a0", "") for each in document.body]
    assert printed[5:] == [
        "Tại Mục I, khoản 1 Mục I, điểm a khoản 1 Mục I và Phụ lục II, khoản 1 Mục I Phụ lục II.",
        "Tiếp nhận 1.515 hồ sơ; trực tuyến 1.204/1.515 hồ sơ.",
        "Đạt 79,5%, theo Công văn số 1747/UBND-KSTTHC, Kế hoạch số /KH-UBND ngày 01/8/2025 "
        "của UBND phường Trần Liễu nâng cao Chỉ số cải cách hành chính.",
        "A\n1.204 hồ sơ",
        "./.",
    ]
    targets = [run.target for run in document.body[5].runs if run.target]  # type: ignore[union-attr]
    anchors = {each.anchor for each in document.body if isinstance(each, Heading)}
    assert targets == ["ma-ket-qua", "phu-luc-2"]
    assert set(targets) <= anchors | {annex.anchor for annex in document.annexes}
    assert composed.missing == ()


def test_below_a_table_is_room(tmp_path: Path) -> None:
    table = "{bang: {cot: [A], dong: [[b]]}}"
    document = compose(tmp_path, f"{NOTICE}noi_dung: [{table}, Một., {table}, {table}]\n").document
    assert [each.text.strip() for each in document.body] == [
        "A\nb",
        "",
        "Một.",
        "A\nb",
        "",
        "A\nb",
        "./.",
    ]


def test_a_reference_leads_into_its_own_text_only(tmp_path: Path) -> None:
    parts = "noi_dung: [{dieu: Một., ma: mot}, {dieu: 'Theo {muc.mot}.'}]"
    attached = f"kem_theo:\n  loai: Quy chế\n  trich_yeu: Làm việc\n  {parts}\n"
    text = f"{DECISION}noi_dung: [{{dieu: {ISSUING}}}]\n{attached}"
    assert compose(tmp_path, text).document.annexes[0].blocks[1].text == "Điều 2. Theo Điều 1./."


def test_a_figure_that_is_not_there_is_missing(tmp_path: Path) -> None:
    report = changed("2025/bao-cao/q3.yaml", "  hs-truc-tiep: 311\n", "")
    text = NOTICE + "noi_dung: ['Nhận {q3.hs-tiep-nhan}.']\n"
    content = write_content(tmp_path, {"2025/soan-thao/thu.yaml": text, **report})
    workspace = load_checked(content, 2025)
    (composed,) = compose_all([find_kind("thu", content)], workspace, tmp_path)
    (gap,) = composed.missing
    assert "lời văn dẫn {q3.hs-tiep-nhan}, chưa có số liệu" in gap.text
    assert gap.place is not None
    assert gap.place.line == 6


PICTURE = "{tep: a.png, ten: Hình 1. Sơ đồ, mo_ta: Sơ đồ có hai bước, rong: 100}"


def write_picture(folder: Path, mode: str = "RGB", size: tuple[int, int] = (40, 20)) -> None:
    path = folder / "content" / "2025" / "soan-thao" / "hinh" / "a.png"
    path.parent.mkdir(parents=True)
    Image.new(mode, size).save(path)


@pytest.mark.parametrize(
    ("mode", "gray"), [("RGB", False), ("RGBA", False), ("P", False), ("L", True)]
)
def test_a_picture_stands_above_its_title(mode: str, gray: bool, tmp_path: Path) -> None:
    write_picture(tmp_path, mode)
    document = compose(tmp_path, NOTICE + f"noi_dung: [Một., {{hinh: {PICTURE}}}, Hai.]\n").document
    (picture,) = document.pictures()
    assert (picture.width, picture.height, picture.gray) == (100, 50, gray)
    assert picture.description == "Sơ đồ có hai bước"
    with Image.open(io.BytesIO(picture.data)) as image:
        assert image.mode == ("L" if gray else "RGB")
    assert document.body[1].text == "Hình 1. Sơ đồ"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("a.png", "b.png", "không có tệp “b.png” trong thư mục hinh"),
        ("a.png", "../../co-quan.yaml", "phải nằm ngay trong thư mục hinh"),
        ("a.png", "/etc/passwd", "phải nằm ngay trong thư mục hinh"),
        ("a.png", "link.png", "phải nằm ngay trong thư mục hinh"),
        ("a.png", "circle.png", "không đọc được hình (liên kết đi vòng"),
        ("a.png", "folder", "không đọc được hình (đây là một thư mục)"),
        ("a.png", "broken.png", "không phải hình PNG, JPEG hoặc đã hỏng"),
        ("a.png", "text.png", "không phải hình PNG, JPEG hoặc đã hỏng"),
        ("a.png", "high.png", "cao 1000 mm, quá 220 mm"),
        ("a.png", "large.png", "tệp quá lớn"),
        ("a.png", "many.png", "hơn 20 triệu điểm ảnh"),
        ("rong: 100", "rong: 300", "số mm từ 10 đến 165"),
        (", mo_ta: Sơ đồ có hai bước", "", "thiếu khóa này (Mô tả)"),
    ],
)
def test_a_picture_that_cannot_be_printed_is_told(
    old: str, new: str, told: str, tmp_path: Path
) -> None:
    write_picture(tmp_path)
    folder = tmp_path / "content" / "2025" / "soan-thao" / "hinh"
    whole = (folder / "a.png").read_bytes()
    (folder / "broken.png").write_bytes(whole[:-20])
    (folder / "text.png").write_text("a")
    (folder / "folder").mkdir()
    (tmp_path / "other.png").write_bytes(whole)
    (folder / "link.png").symlink_to(tmp_path / "other.png")
    (folder / "circle.png").symlink_to("circle.png")
    if new == "high.png":
        Image.new("L", (10, 100)).save(folder / new)
    if new == "large.png":
        (folder / new).write_bytes(whole + bytes(5_000_000))
    if new == "many.png":
        Image.new("1", (5000, 5000)).save(folder / new)
    text = NOTICE + f"noi_dung:\n  - Một.\n  - hinh: {PICTURE.replace(old, new)}\n"
    with pytest.raises(ContentError) as caught:
        compose(tmp_path, text)
    (problem,) = caught.value.problems
    assert (problem.place.file.name, problem.place.line) == ("thu.yaml", 8), problem
    assert told in str(problem)


def test_the_title_of_an_article_is_a_heading(tmp_path: Path) -> None:
    text = f"{RULES}noi_dung: [{{dieu: Phạm vi, noi_dung: [Quy chế quy định việc A.]}}]\n"
    (heading,) = (each for each in compose(tmp_path, text).document.body if type(each) is Heading)
    assert (heading.label, heading.outline_text) == ("Điều 1.", "Điều 1. Phạm vi")


def test_a_paper_can_be_cited_and_counts_as_issued(tmp_path: Path) -> None:
    content = write_content(
        tmp_path,
        {
            "2025/soan-thao/qd-doan.yaml": f"{DECISION}so: 5\nngay: 02/9/2025\nnoi_dung: [a.]\n",
            "2025/soan-thao/cv.yaml": f"{LETTER}noi_dung: [b.]\ncan_cu: [{{van_ban: qd-doan}}]\n",
        },
    )
    workspace = load_checked(content, 2025)
    cited = workspace.documents_by_id["qd-doan"]
    assert (cited.number, cited.abstract) == ("05/QĐ-UBND", "về việc thành lập Đoàn kiểm tra")
    (letter,) = compose_all([find_kind("cv", content)], workspace, tmp_path)
    assert letter.document.body[0].text == (
        "Căn cứ Quyết định số 05/QĐ-UBND ngày 02/9/2025 của UBND phường Trần Liễu về việc thành "
        "lập Đoàn kiểm tra."
    )


LINE_OF_BODY = NOTICE.count("\n") + 1


@pytest.mark.parametrize(
    ("papers", "wrong"),
    [
        ({"a": "Xem {x}.", "b": ""}, {"a": LINE_OF_BODY, "b": 1}),
        ({"a": "Xem {van-ban.b}.", "b": ""}, {"a": LINE_OF_BODY, "b": 1}),
        ({"a": "Xem {van-ban.b}.", "b": "Xem {x}."}, dict.fromkeys("ab", LINE_OF_BODY)),
        (
            {"a": "Xem {van-ban.b}.", "b": "Xem {van-ban.c}.", "c": "Xem {x}."},
            dict.fromkeys("abc", LINE_OF_BODY),
        ),
    ],
    ids=["two wrong", "cites one that lacks all", "cites one that refers wrongly", "a chain"],
)
def test_papers_that_are_wrong_or_cite_such_are_told_apart_from_the_sound(
    papers: dict[str, str], wrong: dict[str, int], tmp_path: Path
) -> None:
    texts = {name: f"{NOTICE}noi_dung: ['{text}']\n" for name, text in papers.items() if text}
    texts |= {name: "loai: Thông báo\n" for name, text in papers.items() if not text}
    texts["sound"] = f"{NOTICE}noi_dung: [Tốt.]\n"
    files = {f"2025/soan-thao/{name}.yaml": text for name, text in texts.items()}
    loaded = load_content(write_content(tmp_path, files), 2025)
    told = {each.place.file.stem: each.place.line for each in loaded.problems}
    assert told == wrong
    assert list(loaded.workspace.entries(PAPERS)) == ["sound"]


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        (f"loai: Quyết địn\n{HEAD}noi_dung: [a]\n", 1, "có phải “Quyết định”?"),
        (
            f"loai: Hợp đồng\n{HEAD}noi_dung: [a]\n",
            1,
            "không soạn ở đây: do các bên",
        ),
        (f"loai: Thư công\n{HEAD}noi_dung: [a]\n", 1, "là thư riêng của người đứng đầu"),
        (f"loai: Thông báo\n{HEAD}noi_dung: [a]\n", 1, "chưa có trích yếu"),
        (NOTICE + "kinh_gui: [dang-uy]\nnoi_dung: [a]\n", 6, "thông báo không có “Kính gửi”"),
        (LETTER.replace("kinh_gui: [ubnd-tp]\n", "noi_dung: [a]\n"), 1, "phải có “Kính gửi”"),
        (
            LETTER.replace("van-hoa-xa-hoi", "trung-tam-hcc") + "noi_dung: [a]\n",
            5,
            "chưa có ky_hieu",
        ),
        (LETTER.replace("luu: [van-hoa-xa-hoi]\n", "") + "noi_dung: [a]\n", 1, "đơn vị soạn thảo"),
        (NOTICE.replace("chu-tich", "[chu-tich]") + "noi_dung: [a]\n", 5, "phải là một mã"),
        (NOTICE + "thu_ky: Lê Mẫu\nnoi_dung: [a]\n", 6, "thông báo chỉ có một người ký"),
        (MINUTES.replace("thu_ky: Lê Thị Mẫu\n", "") + "noi_dung: [a]\n", 1, "người ghi biên bản"),
        (NOTICE + "noi_dung:\n  - diem: a\n", 7, "điểm phải nằm trong khoản"),
        (NOTICE + "noi_dung:\n  - dieu: a\n", 7, "thông báo không có cấp này — chỉ có phần, mục"),
        (RULES + "noi_dung:\n  - muc: a\n", 7, "mục phải nằm trong chương"),
        (
            RULES + "noi_dung:\n  - {dieu: a, noi_dung: [{chuong: b}]}\n",
            7,
            "chương không thể nằm trong điều",
        ),
        (NOTICE + "noi_dung:\n  - {gach: a, noi_dung: [b]}\n", 7, "không có phần nhỏ hơn"),
        (NOTICE + "noi_dung:\n  - {khoan: a, gach: b}\n", 7, "có cùng lúc khoan, gach"),
        (NOTICE + "noi_dung:\n  - {}\n", 7, "chưa có nội dung"),
        (NOTICE + "noi_dung:\n  - bang: {cot: [a, b], dong: [[x]]}\n", 7, "có 1 ô"),
        *(
            (
                NOTICE + f"noi_dung:\n  - bang: {{cot: [a, b], dong: [[x, {empty}]]}}\n",
                7,
                "ô của bảng đang để trống — ô trống ghi dấu “-”",
            )
            for empty in ('""', '" "', "null")
        ),
        *(
            (NOTICE + f"{key}: Mật\nnoi_dung: [a]\n", 6, "bí mật nhà nước")
            for key in ("do_mat", "mat", "Mật", "Tối mật", "tuyet_mat", "Độ mật", "muc-do-mat")
        ),
        *(
            (NOTICE + f"{key}: true\nnoi_dung: [a]\n", 6, "78/2025/NĐ-CP")
            for key in ("quy_pham", "vbqppl", "Quy phạm pháp luật", "van_ban_quy_pham")
        ),
        (f"loai: Quyết định quy phạm pháp luật\n{HEAD}noi_dung: [a]\n", 1, "78/2025/NĐ-CP"),
        (NOTICE + "do_khan: tối mật\nnoi_dung: [a]\n", 6, "bí mật nhà nước"),
        (NOTICE + "do_khan: gấp\nnoi_dung: [a]\n", 6, "khẩn, thượng khẩn, hỏa tốc"),
        (NOTICE + "noi_dung: []\n", 6, "noi_dung"),
        (NOTICE + "noi_dung: ['{hs-tiep-nhan}']\n", 6, "chưa nói số liệu của kỳ nào"),
        (NOTICE + "noi_dung: ['{q3.hs-tiep-nha}']\n", 6, "có phải “{q3.hs-tiep-nhan}”?"),
        (NOTICE + "noi_dung: ['{q4.hs-tiep-nhan}']\n", 6, "không hiểu “q4”"),
        (NOTICE + "noi_dung: ['{van-ban.kh-cch}']\n", 6, "có phải “{van-ban.kh-cchc}”?"),
        (NOTICE + "noi_dung: ['{vanban.kh-cchc}']\n", 6, "có phải “{van-ban.kh-cchc}”?"),
        (NOTICE + "noi_dung: ['{muc.dau}']\n", 6, "không có mục “dau” — xem khóa ma"),
        (NOTICE + "noi_dung:\n  - muc: A {muc.mo}\n    ma: mot\n", 7, "có phải “{muc.mot}”?"),
        (NOTICE + "noi_dung: ['{q1.hs-tiep-nhan}']\n", 6, "chưa có báo cáo quý I năm 2025"),
        (NOTICE + "noi_dung: ['{gì đó}']\n", 6, "không hiểu “{gì đó}” — viết"),
        (NOTICE + "noi_dung: [{doan: a, ma: b}]\n", 6, "không có số để dẫn đến"),
        (
            NOTICE + "noi_dung:\n  - {khoan: a, ma: b}\n  - {khoan: c, ma: b}\n",
            8,
            "mã “b” đã dùng ở",
        ),
        (
            NOTICE.replace("công dân", "'{q3.hs-tiep-nhan}'") + "noi_dung: [a]\n",
            2,
            "chỉ dùng trong noi_dung",
        ),
        (
            DECISION + f"noi_dung: [{{dieu: {ISSUING}}}]\n",
            6,
            "chưa có văn bản được ban hành",
        ),
        (DECISION + f"noi_dung: [a]\nkem_theo: {ATTACHED}\n", 7, "chưa có điều nào ghi"),
        (NOTICE + f"noi_dung: [a]\nkem_theo: {ATTACHED}\n", 7, "không ban hành văn bản kèm theo"),
        (
            DECISION + f"noi_dung: [{ISSUING}]\nkem_theo: {ATTACHED.replace('chế', 'che')}\n",
            7,
            "“Quy che” không ban hành kèm theo được — có phải “Quy chế”?",
        ),
        (
            DECISION + f"noi_dung: [{ISSUING}]\nkem_theo: {ATTACHED.replace('dieu', 'diem')}\n",
            7,
            "điểm phải nằm trong khoản",
        ),
    ],
)
def test_what_a_kind_does_not_have_is_told_at_its_line(
    text: str, line: int, told: str, tmp_path: Path
) -> None:
    with pytest.raises(ContentError) as caught:
        compose(tmp_path, text)
    (problem,) = caught.value.problems
    assert (problem.place.file.name, problem.place.line) == ("thu.yaml", line), problem
    assert told in str(problem)


CHIEF = """\
  - ma: truong-phong
    ho_ten: Lê Văn Mẫu
    chuc_vu: Trưởng phòng
    thua_lenh: Chủ tịch
    loai_thua_lenh: [Giấy mời, Quyết định]
noi_nhan:
"""


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (f"loai: Giấy mời\ntrich_yeu: Họp\n{HEAD}noi_dung: [a]\n", None),
        (NOTICE + "noi_dung: [a]\n", "chưa được giao ký thừa lệnh thông báo"),
        (DECISION + "noi_dung: [dieu: a]\n", "quyết định không ký thừa lệnh"),
    ],
)
def test_who_signs_by_order_may_sign_what_the_rules_of_the_office_say(
    text: str, told: str | None, tmp_path: Path
) -> None:
    agency = changed("co-quan.yaml", "noi_nhan:\n", CHIEF)
    paper = text.replace("nguoi_ky: chu-tich", "nguoi_ky: truong-phong")
    content = write_content(tmp_path, {**agency, "2025/soan-thao/thu.yaml": paper})
    if told is None:
        signature = compose_all([find_kind("thu", content)], load_checked(content, 2025), tmp_path)[
            0
        ].document.signature
        assert signature.capacity == ("TL. CHỦ TỊCH", "TRƯỞNG PHÒNG")
        return
    with pytest.raises(ContentError, match=told) as caught:
        load_checked(content, 2025)
    (problem,) = caught.value.problems
    assert (problem.place.file.name, problem.place.line) == ("thu.yaml", 5)


@pytest.mark.parametrize(
    ("head", "name"),
    [
        ("loai: Công văn\ntrich_yeu: gửi số liệu\n", "Công văn: V/v gửi số liệu"),
        (
            'loai: "Quyết định"\ntrich_yeu: >-\n  Về việc\n  thành lập\nso: 1\n',
            "Quyết định: Về việc thành lập",
        ),
        ("so: 1\nloai: Phiếu gửi\nnoi_dung:\n  - loai: a\n", "Phiếu gửi"),
        ("trich_yeu: dài\n  hai dòng\nloai: Thông báo\n", "Thông báo: dài hai dòng"),
        ("- a\n", "Văn bản soạn thảo"),
    ],
)
def test_a_list_calls_a_paper_by_type_and_abstract(head: str, name: str, tmp_path: Path) -> None:
    content = write_content(tmp_path, {"2025/soan-thao/thu.yaml": head})
    assert find_kind("thu", content).name == name


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Cv 1", "không dùng làm mã được"),
        ("kh-cchc", "đã dùng cho một văn bản ở"),
        ("plan", "là của một văn bản khác của chương trình"),
    ],
)
def test_a_name_that_is_no_id_or_is_taken_is_told(name: str, told: str, tmp_path: Path) -> None:
    content = write_content(tmp_path, {f"2025/soan-thao/{name}.yaml": f"{NOTICE}noi_dung: [a]\n"})
    with pytest.raises(ContentError, match=told):
        kinds_in(content, 2025)
        load_checked(content, 2025)


GUIDE = (ROOT / "docs" / "soan-thao.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("block", re.findall(r"```yaml\n(.*?)```", GUIDE, re.DOTALL))
def test_examples_of_the_guide_are_right(block: str, tmp_path: Path) -> None:
    head = DECISION if "kem_theo" in block else NOTICE
    assert "{" not in " ".join(compose(tmp_path, head + block).document.texts())


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The content of the ward with all samples among its papers."""
    content = tmp_path_factory.mktemp("papers") / "content"
    shutil.copytree(ROOT / "content", content)
    shutil.copytree(content / "mau" / "soan-thao", content / "2025" / "soan-thao")
    return content


@pytest.mark.slow
def test_word_files_of_samples_have_no_mistake_of_form(samples: Path) -> None:
    workspace = load_checked(samples, 2025)
    kinds = [find_kind(path.stem, samples) for path in SAMPLES]
    wrong: dict[str, list[str]] = {}
    for composed in compose_all(kinds, workspace, ROOT / "templates"):
        printed = prepared(composed.document, frame(), times())
        path = Path(f"{printed.id}.docx")
        report = check_form(docx_of(printed), None, path, workspace, measure=False)
        told = [each.message for each in report.findings if each.severity is Severity.ERROR]
        wrong |= {printed.id: told} if told else {}
    assert wrong == {}


def test_samples_lack_nothing_but_number_and_date(samples: Path) -> None:
    workspace = load_checked(samples, 2025)
    kinds = [find_kind(path.stem, samples) for path in SAMPLES]
    for composed in compose_all(kinds, workspace, ROOT / "templates"):
        assert composed.missing == (), composed.document.id
        assert composed.document.banner, composed.document.id


def test_a_character_that_is_not_printed_is_told_where_it_stands(tmp_path: Path) -> None:
    """Each paragraph that has it, not where the file has it first."""
    lines = ("- Việc ✓ một.", "- Việc hai.", "- ✓", "- bang: {cot: [Việc, Xong], dong: [[a, ✓]]}")
    text = f"# ✓\n{NOTICE}noi_dung:\n" + "".join(f"  {line}\n" for line in lines)
    document = compose(tmp_path, text).document
    with pytest.raises(ContentError) as raised:
        check_glyphs(document, times())
    places = [(each.place.line, each.place.column) for each in raised.value.problems]
    assert places == [(8, 10), (10, 5), (11, 42)]
