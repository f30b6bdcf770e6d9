"""What stands around the body: number, date, signing block, recipients, bases, notes, "./."."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from support import changed, write_content
from vanban.compose.furniture import (
    BLANK_NUMBER,
    SAMPLE_BANNER,
    annex_note,
    basis_lines,
    citation,
    end_with_mark,
    hold_last_lines,
    issue_date,
    make_document,
    recipient_lines,
    registry_blanks,
    signature,
    symbol_line,
)
from vanban.compose.markdown import Outlined
from vanban.document import (
    Annex,
    Block,
    Cell,
    Document,
    Heading,
    Paragraph,
    Row,
    Run,
    StyleId,
    Table,
)
from vanban.errors import TemplateError
from vanban.workspace.load import load_workspace
from vanban.workspace.models.agency import Signer
from vanban.workspace.models.plan import Issue
from vanban.workspace.models.register import CitedDocument
from vanban.workspace.workspace import Workspace

Load = Callable[..., Workspace]


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return load_workspace(write_content(tmp_path_factory.mktemp("furniture")), 2025)


def issue(**keys: Any) -> Issue:
    return Issue.model_validate({"nguoi_ky": "chu-tich", **keys})


# --- number, symbol and date (Decree 30/2020/NĐ-CP, Annex I, II.3 and II.4) ---------------------


@pytest.mark.parametrize(
    ("document_type", "number", "line"),
    [
        ("Công văn", "7", "07/UBND-VHXH"),
        ("Kế hoạch", None, f"{BLANK_NUMBER}/KH-UBND"),
        ("Kế hoạch", "7", "07/KH-UBND"),
        ("Báo cáo", "15", "15/BC-UBND"),
        ("Báo cáo", "105", "105/BC-UBND"),
        ("Tờ trình", "1", "01/TTr-UBND"),
        ("Quy định", "09", "09/QyĐ-UBND"),
    ],
)
def test_number_and_symbol(
    document_type: str, number: str | None, line: str, workspace: Workspace
) -> None:
    own = issue(so=number, luu=["van-hoa-xa-hoi"])
    assert symbol_line(document_type, own, workspace) == line


def test_the_room_for_the_number_is_never_dropped() -> None:
    assert set(BLANK_NUMBER) == {"\u00a0"}


@pytest.mark.parametrize(
    ("day", "text"),
    [
        ("01/8/2025", "ngày 01 tháng 8 năm 2025"),
        ("2025-02-11", "ngày 11 tháng 02 năm 2025"),
        ("30/12/2025", "ngày 30 tháng 12 năm 2025"),
    ],
)
def test_the_date(day: str, text: str) -> None:
    assert issue_date(issue(ngay=day), 2030) == text


def test_a_date_that_is_not_known_stays_open() -> None:
    text = issue_date(issue(), 2025)
    assert text.replace("\u00a0", "") == "ngàythángnăm 2025"
    assert text.count("\u00a0") >= 8


@pytest.mark.parametrize(
    ("keys", "count"),
    [({}, 2), ({"so": "7"}, 1), ({"ngay": "01/8/2025"}, 1), ({"so": "7", "ngay": "01/8/2025"}, 0)],
)
def test_what_the_registry_fills_in_is_told(keys: dict[str, str], count: int) -> None:
    assert len(registry_blanks(issue(**keys))) == count


# --- signing block (Annex I, II.7) -------------------------------------------------------------


@pytest.mark.parametrize(
    ("keys", "lines"),
    [
        (
            {"chuc_vu": "Chủ tịch", "thay_mat": "Ủy ban nhân dân"},
            ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"),
        ),
        (
            {"chuc_vu": "Phó Chủ tịch", "thay_mat": "Ủy ban nhân dân", "ky_thay": "Chủ tịch"},
            ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
        ),
        (
            {"chuc_vu": "Phó Trưởng phòng", "ky_thay": "Trưởng phòng"},
            ("KT. TRƯỞNG PHÒNG", "PHÓ TRƯỞNG PHÒNG"),
        ),
        (
            {"chuc_vu": "Chánh Văn phòng", "thua_lenh": "Chủ tịch"},
            ("TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG"),
        ),
        (
            {"chuc_vu": "Giám đốc Trung tâm", "thua_uy_quyen": "Chủ tịch"},
            ("TUQ. CHỦ TỊCH", "GIÁM ĐỐC TRUNG TÂM"),
        ),
        (
            {"chuc_vu": "Phó Chủ tịch", "thay_mat": "Ủy ban nhân dân", "quyen": "Chủ tịch"},
            ("TM. ỦY BAN NHÂN DÂN", "Q. CHỦ TỊCH"),
        ),
        ({"chuc_vu": "Trưởng phòng"}, ("TRƯỞNG PHÒNG",)),
    ],
)
def test_signing_capacity(keys: dict[str, str], lines: tuple[str, ...]) -> None:
    signer = Signer.model_validate({"ma": "x", "ho_ten": "Trần Thị Tình", **keys})
    assert signature(signer).capacity == lines
    assert signature(signer).name == "Trần Thị Tình"


# --- recipients (Annex I, II.9.b) --------------------------------------------------------------


@pytest.mark.parametrize(
    ("keys", "lines"),
    [
        ({}, ["- Lưu: VT."]),
        ({"noi_nhan": ["dang-uy"]}, ["- Đảng ủy phường;", "- Lưu: VT."]),
        (
            {"kinh_gui": ["ubnd-tp"], "noi_nhan": ["dang-uy"]},
            ["- Như trên;", "- Đảng ủy phường;", "- Lưu: VT."],
        ),
        ({"kinh_gui": ["ubnd-tp"]}, ["- Như trên;", "- Lưu: VT."]),
        ({"luu": ["van-hoa-xa-hoi"]}, ["- Lưu: VT, VHXH."]),
        (
            {"luu": ["van-hoa-xa-hoi", "trung-tam-hcc"]},
            ["- Lưu: VT, VHXH, Trung tâm Phục vụ hành chính công."],
        ),
    ],
)
def test_recipients(keys: dict[str, Any], lines: list[str], workspace: Workspace) -> None:
    assert list(recipient_lines(issue(**keys), workspace)) == lines


# --- legal bases and citations (Annex I, II.6.a and II.6.b) ------------------------------------


@pytest.mark.parametrize(
    ("keys", "text"),
    [
        (
            {
                "loai": "Công văn",
                "so_ky_hieu": "1747/UBND-KSTTHC",
                "ngay": "30/6/2025",
                "co_quan": "UBND thành phố Hải Phòng",
                "trich_yeu": "về việc nâng cao các chỉ số",
            },
            "Công văn số 1747/UBND-KSTTHC ngày 30/6/2025 của UBND thành phố Hải Phòng về việc nâng "
            "cao các chỉ số",
        ),
        (
            {
                "loai": "Luật",
                "ngay": "16/6/2025",
                "trich_yeu": "Tổ chức chính quyền địa phương",
            },
            "Luật Tổ chức chính quyền địa phương",
        ),
        (
            {
                "loai": "Kế hoạch",
                "so_ky_hieu": "/KH-UBND",
                "ngay": "01/8/2025",
                "phuong_ban_hanh": "true",
                "trich_yeu": "cải cách hành chính",
            },
            f"Kế hoạch số {BLANK_NUMBER}/KH-UBND ngày 01/8/2025 của UBND phường Trần Liễu cải cách "
            "hành chính",
        ),
        (
            {"loai": "Nghị quyết", "so_ky_hieu": "76/NQ-CP", "trich_yeu": "về CCHC"},
            "Nghị quyết số 76/NQ-CP về CCHC",
        ),
    ],
    ids=["full", "law", "own, number unknown", "short"],
)
def test_citation(keys: dict[str, str], text: str, workspace: Workspace) -> None:
    document = CitedDocument.model_validate({"ma": "x", **keys})
    assert citation(document, workspace.agency) == text


@pytest.mark.parametrize("count", [0, 1, 2, 3])
def test_each_basis_ends_with_a_semicolon_the_last_with_a_stop(
    count: int, workspace: Workspace
) -> None:
    bases = issue(can_cu=[{"van_ban": "cv-1747"}] * count).bases
    lines = basis_lines(bases, workspace)
    assert [line[-1] for line in lines] == [";"] * (count - 1) + ["."] * (count > 0)
    assert all(line.startswith("Căn cứ Công văn số 1747/UBND-KSTTHC ") for line in lines)


def test_a_basis_has_an_opening_of_its_own(workspace: Workspace) -> None:
    (line,) = basis_lines(
        issue(can_cu=[{"mo_dau": "Thực hiện", "van_ban": "kh-cchc"}]).bases, workspace
    )
    assert line.startswith("Thực hiện Kế hoạch số ")


# --- annex note (Annex I, III.1.b) -------------------------------------------------------------


def test_the_note_of_an_annex(workspace: Workspace) -> None:
    given = issue(so="15", ngay="01/8/2025")
    assert annex_note("Báo cáo", "15/BC-UBND", given, workspace) == (
        "(Kèm theo Báo cáo số 15/BC-UBND ngày 01 tháng 8 năm 2025 của Ủy ban nhân dân phường "
        "Trần Liễu)"
    )


# --- "./." and the last lines ------------------------------------------------------------------

TABLE = Table((10.0,), (Row((Cell((Run("A"),)),)),), ())
LONG = "Một đoạn văn dài hơn hai dòng để khối chữ ký không đứng một mình trên trang sau. " * 2


def paragraph(text: str, style: StyleId = StyleId.BODY) -> Paragraph:
    return Paragraph(style, (Run(text),))


def heading(title: str) -> Heading:
    return Heading(StyleId.SECTION, 1, "I.", (Run(title),), False, "x")


@pytest.mark.parametrize(
    ("text", "ended"),
    [
        ("Hết", "Hết./."),
        ("Hết.", "Hết./."),
        ("Hết;", "Hết./."),
        ("Hết,", "Hết./."),
        ("Hết ", "Hết./."),
        ("Hết ./.", "Hết./."),
        ("Hết./.", "Hết./."),
        ("Hết.)", "Hết.)./."),
        ("50%", "50%./."),
    ],
)
def test_the_end_mark(text: str, ended: str) -> None:
    first = paragraph("Đầu.")
    assert end_with_mark((first, paragraph(text))) == (first, paragraph(ended))


def test_the_end_mark_keeps_the_look_of_the_runs_before() -> None:
    last = Paragraph(StyleId.BULLET, (Run("- "), Run("Đậm", bold=True), Run(" thường.")))
    (ended,) = end_with_mark((last,))
    assert isinstance(ended, Paragraph)
    assert ended.runs == (Run("- "), Run("Đậm", bold=True), Run(" thường./."))


KEPT = replace(TABLE, keep_with_next=True)
"""Its last row stands on the page of the mark."""


@pytest.mark.parametrize(("last", "kept"), [(TABLE, KEPT), (heading("A"), heading("A"))])
def test_the_end_mark_stands_by_itself_after_a_table(last: Block, kept: Block) -> None:
    assert end_with_mark((last,)) == (kept, paragraph("./.", StyleId.AFTER_TABLE))


@pytest.mark.parametrize("last", [(), (Run("Xem "), Run("Phụ lục", target="pl"))])
def test_the_end_mark_is_no_part_of_a_reference(last: tuple[Run, ...]) -> None:
    (ended,) = end_with_mark((Paragraph(StyleId.BODY, last),))
    assert isinstance(ended, Paragraph)
    assert ended.runs == (*last, Run("./."))


def test_an_empty_body_stays_empty() -> None:
    assert end_with_mark(()) == ()


@pytest.mark.parametrize(
    ("blocks", "held"),
    [
        ((), []),
        ((paragraph(LONG), paragraph(LONG)), [False, True]),
        ((paragraph(LONG), paragraph("Ngắn.")), [True, True]),
        ((paragraph("Ngắn."), paragraph("Ngắn."), paragraph("Ngắn.")), [False, True, True]),
        ((paragraph(LONG), heading("A"), paragraph("Ngắn.")), [True, None, True]),
        ((paragraph(LONG), TABLE, paragraph("./.", StyleId.AFTER_TABLE)), [False, None, True]),
        ((paragraph(LONG), TABLE), [False, None]),
    ],
)
def test_two_lines_of_text_stand_before_the_signature(
    blocks: tuple[Block, ...], held: list[bool | None]
) -> None:
    result = hold_last_lines(blocks)
    assert [
        block.keep_with_next and block.keep_together if isinstance(block, Paragraph) else None
        for block in result
    ] == held
    assert [block.text for block in result] == [block.text for block in blocks]


# --- the whole document ------------------------------------------------------------------------


def outline(**front: str) -> Outlined:
    annex = Annex("Phụ lục", "DANH MỤC", "", True, "pl", (TABLE,))
    return Outlined(
        Path("outline.md"),
        {"loai": "Báo cáo", "trich_yeu": "Kết quả **công tác**", **front},
        (paragraph(LONG), paragraph("Hết.")),
        (annex,),
        {},
    )


@pytest.fixture(scope="module")
def document(workspace: Workspace) -> Document:
    given = issue(kinh_gui=["ubnd-tp"], noi_nhan=["dang-uy"], ngay="20/9/2025")
    return make_document("report-q3", outline(), given, workspace, ())


def test_the_head(document: Document) -> None:
    head = document.header
    assert head.national_name == "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    assert head.motto == "Độc lập - Tự do - Hạnh phúc"
    assert head.superior == ()
    assert head.agency == ("ỦY BAN NHÂN DÂN", "PHƯỜNG TRẦN LIỄU")
    assert head.number == f"Số: {BLANK_NUMBER}/BC-UBND"
    assert head.place_date == "Phường Trần Liễu, ngày 20 tháng 9 năm 2025"
    assert head.document_type == "BÁO CÁO"
    assert head.abstract == "Kết quả **công tác**"
    assert [block.text for block in head.addressee_blocks()] == [
        "Kính gửi: Ủy ban nhân dân thành phố Hải Phòng"
    ]
    assert document.title == "Báo cáo Kết quả **công tác**"
    assert str(document.issued) == "2025-09-20"


def test_several_addressees_have_a_line_each(workspace: Workspace) -> None:
    given = issue(kinh_gui=["ubnd-tp", "dang-uy"])
    head = make_document("x", outline(), given, workspace, ()).header
    assert [block.text for block in head.addressee_blocks()] == [
        "Kính gửi:",
        "- Ủy ban nhân dân thành phố Hải Phòng;",
        "- Đảng ủy phường.",
    ]


def test_body_and_annex_end_with_the_mark(document: Document) -> None:
    assert document.body[-1].text == "Hết./."
    (annex,) = document.annexes
    assert annex.blocks == (KEPT, paragraph("./.", StyleId.AFTER_TABLE))
    assert annex.note == (
        f"(Kèm theo Báo cáo số {BLANK_NUMBER}/BC-UBND ngày 20 tháng 9 năm 2025 của Ủy ban nhân "
        "dân phường Trần Liễu)"
    )


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("co-quan.yaml", "ma: chu-tich\n", "ma: chu-tich\n    so_lieu_mau: true\n"),
        ("co-quan.yaml", "{ma: ubnd-tp,", "{ma: ubnd-tp, so_lieu_mau: true,"),
        ("van-ban.yaml", "  - ma: cv-1747\n", "  - ma: cv-1747\n    so_lieu_mau: true\n"),
        ("2025/ke-hoach.yaml", "{ma: md-01,", "{ma: md-01, so_lieu_mau: true,"),
        ("2025/ke-hoach.yaml", "ngay: 01/8/2025\n", "ngay: 01/8/2025\nso_lieu_mau: true\n"),
    ],
)
def test_sample_content_puts_the_banner_on_the_document(
    name: str, old: str, new: str, tmp_path: Path
) -> None:
    for changes, banner in (({}, ""), (changed(name, old, new), SAMPLE_BANNER)):
        content = write_content(tmp_path / str(bool(changes)), changes)
        workspace = load_workspace(content, 2025)
        assert workspace.plan is not None
        document = make_document("plan", outline(), workspace.plan, workspace, ())
        assert document.banner == banner


def test_sample_entries_that_are_not_used_do_not_count(tmp_path: Path) -> None:
    changes = changed(
        "van-ban.yaml", "  - ma: kh-cchc\n", "  - ma: kh-cchc\n    so_lieu_mau: true\n"
    )
    workspace = load_workspace(write_content(tmp_path, changes), 2025)
    assert workspace.plan is not None
    assert make_document("plan", outline(), workspace.plan, workspace, ()).banner == ""


@pytest.mark.parametrize(
    ("front", "word"),
    [
        ({"loai": "Kế hoach"}, "loai: .*“Kế hoach”"),
        ({"loai": ""}, "loai"),
        ({"trich_yeu": ""}, "trich_yeu"),
    ],
)
def test_faulty_front_matter_is_told(
    front: dict[str, str], word: str, workspace: Workspace
) -> None:
    with pytest.raises(TemplateError, match=word):
        make_document("plan", outline(**front), issue(), workspace, ())
