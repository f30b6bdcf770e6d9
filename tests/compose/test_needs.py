"""What each kind of document needs: one change of content, one gap; nothing for whole content."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest
from msgspec.structs import replace

import assessments
from conftest import ROOT, TEMPLATES
from documents import SAMPLE, paragraph, sample, table
from support import CONTENT, changed, write_content
from vanban.compose.composed import Composed
from vanban.compose.evidence_index import compose_evidence_index
from vanban.compose.needs import gaps as find_gaps
from vanban.compose.plan import compose_plan
from vanban.compose.report import compose_report
from vanban.compose.self_assessment import compose_self_assessment
from vanban.document import Block, Heading, Run, StyleId
from vanban.workspace.load import load_workspace

PLAN = "2025/ke-hoach.yaml"


def heading(label: str, title: str, level: int) -> Heading:
    return Heading(StyleId.SECTION, level, label, (Run(title),), False, f"m-{label}-{title}")


AREA = "2025/linh-vuc/03-thu-tuc.yaml"


def plan_gaps(folder: Path, changes: Mapping[str, str | None]) -> list[str]:
    workspace = load_workspace(write_content(folder, changes), 2025)
    assert workspace.plan is not None
    return told(compose_plan(workspace, TEMPLATES))


def told(composed: Composed) -> list[str]:
    return [gap.text for gap in composed.missing]


AREAS = """\
ma: {0}
ten: Lĩnh vực {0}
chi_so: {1}
nhiem_vu:
  - {{ma: {0}-01, noi_dung: Rà soát thủ tục.}}
"""
WHOLE: Mapping[str, str | None] = {
    "2025/linh-vuc/08-sipas.yaml": AREAS.format("s", "SIPAS"),
    "2025/linh-vuc/09-papi.yaml": AREAS.format("p", "PAPI"),
}
TASKS = CONTENT[AREA][CONTENT[AREA].index("nhiem_vu:") :]


@pytest.mark.parametrize(
    ("name", "old", "new", "gaps"),
    [
        (PLAN, "luu:", "luu:", []),
        (
            PLAN,
            "can_cu:\n  - {mo_dau: Thực hiện, van_ban: cv-1747}\n",
            "",
            ["chưa có “Căn cứ” (can_cu)"],
        ),
        (PLAN, "noi_nhan: [ubnd-tp, dang-uy]\n", "", ["chưa có “Nơi nhận” (noi_nhan)"]),
        (
            PLAN,
            "\n  - {ma: md-01, noi_dung: Nâng cao chất lượng phục vụ người dân.}",
            " []",
            ["chưa có “Mục đích” (muc_dich)"],
        ),
        (
            PLAN,
            "\n    - {ma: yc-01, noi_dung: Phân công rõ trách nhiệm.}",
            " []",
            ["chưa có “Nhiệm vụ” (yeu_cau.nhiem_vu)"],
        ),
        (
            PLAN,
            "\n  - Các đơn vị tổ chức thực hiện Kế hoạch này.",
            " []",
            ["chưa có “Tổ chức thực hiện” (to_chuc_thuc_hien)"],
        ),
        (
            AREA,
            TASKS,
            "",
            ["lĩnh vực “Cải cách thủ tục hành chính” chưa có nhiệm vụ (nhiem_vu)"],
        ),
        (
            AREA,
            TASKS,
            "nhom: [{ten: Hộ tịch}, {ten: Đất đai, nhiem_vu: [{ma: a, noi_dung: Rà soát.}]}]\n",
            ["nhóm “Hộ tịch” chưa có nhiệm vụ (nhom)"],
        ),
    ],
)
def test_plan(name: str, old: str, new: str, gaps: list[str], tmp_path: Path) -> None:
    assert plan_gaps(tmp_path, {**WHOLE, **changed(name, old, new)}) == gaps


@pytest.mark.parametrize(
    ("left_out", "gaps"),
    [
        ((AREA, *WHOLE), ["chưa có lĩnh vực nào của kế hoạch"]),
        (
            (AREA,),
            ["đề mục “I. ĐỐI VỚI CHỈ SỐ CẢI CÁCH HÀNH CHÍNH PAR INDEX” chưa có nội dung (thuộc"],
        ),
    ],
)
def test_plan_without_areas(left_out: tuple[str, ...], gaps: list[str], tmp_path: Path) -> None:
    found = plan_gaps(tmp_path, {**WHOLE, **dict.fromkeys(left_out)})
    assert len(found) == len(gaps)
    assert all(text.startswith(gap) for text, gap in zip(found, gaps, strict=True))


def report_gaps(folder: Path, *edits: tuple[str, str]) -> list[str]:
    """Return the gaps of the project's own report of q3 with ``edits``, but for its known ones."""
    content = folder / "content"
    shutil.copytree(ROOT / "content", content, ignore=shutil.ignore_patterns("minh-chung"))
    path = content / "2025/bao-cao/q3.yaml"
    text = path.read_text("utf-8")
    before = told(compose_report(load_workspace(content, 2025), "q3", TEMPLATES))
    for old, new in edits:
        assert old in text
        start = text.index(old)
        text = text[:start] + new + text[start + len(old) :]
    path.write_text(text, "utf-8")
    composed = compose_report(load_workspace(content, 2025), "q3", TEMPLATES)
    assert not any("số liệu chưa" in text for text in composed.document.texts())
    return [gap for gap in told(composed) if gap not in before]


NARRATIVE = (ROOT / "content/2025/bao-cao/q3.yaml").read_text("utf-8")
NARRATIVE = NARRATIVE[NARRATIVE.index("chi_dao_dieu_hanh:") :]
EMPTY = """\
chi_dao_dieu_hanh: {}
ket_qua: {the_che: {}, thu_tuc: {}, bo_may: {}, cong_vu: {}, tai_chinh: {}, chinh_quyen_so: {}}
danh_gia: {}
"""


def test_report_to_a_superior_without_addressees(tmp_path: Path) -> None:
    gaps = report_gaps(tmp_path, ("kinh_gui: [ubnd-thanh-pho, so-noi-vu]\n", ""))
    assert gaps == ["chưa có “Kính gửi” (kinh_gui)"]


def test_report_on_a_plan_without_targets_leads_to_the_plan(tmp_path: Path) -> None:
    content = tmp_path / "content"
    shutil.copytree(ROOT / "content", content)
    for path in (content / "2025/linh-vuc").iterdir():
        text = path.read_text("utf-8")
        path.write_text(re.sub(r"^( +)chi_tieu:.*\n(\1 .*\n)+", "", text, flags=re.M), "utf-8")
    plan = content / "2025/ke-hoach.yaml"
    text = plan.read_text("utf-8")
    plan.write_text(re.sub(r"^( +)chi_tieu:.*\n(\1 .*\n)+", "", text, flags=re.M), "utf-8")
    found = compose_report(load_workspace(content, 2025), "q3", TEMPLATES).missing
    (gap,) = (each for each in found if "Phụ lục I, mục B" in each.text)
    assert gap.place is not None and gap.place.file.name == "ke-hoach.yaml"
    assert not [each for each in found if "đề mục “B." in each.text]


def test_report_without_narrative_names_each_section_once(tmp_path: Path) -> None:
    gaps = report_gaps(tmp_path, (NARRATIVE, EMPTY))
    assert len(gaps) == len(set(gaps)) == 13  # not of sections that their figures fill
    assert not any("(ket_qua.thu_tuc.giai_quyet)" in gap for gap in gaps)
    assert "chưa có nội dung: Kết quả nổi bật (danh_gia.noi_bat)" in gaps
    assert "chưa có nội dung: Kiến nghị, đề xuất (kien_nghi)" in gaps
    assert all(gap.startswith("chưa có nội dung: ") for gap in gaps)


def test_report_of_instructions_tells_each_once(tmp_path: Path) -> None:
    start = NARRATIVE.index("  noi_bat:")
    highlights = NARRATIVE[start : NARRATIVE.index("  ton_tai:")]
    gaps = report_gaps(tmp_path, (highlights, "  noi_bat:\n    - HƯỚNG DẪN: nêu kết quả\n"))
    assert gaps == ["danh_gia.noi_bat: còn lời hướng dẫn, chưa có nội dung (“nêu kết quả”)"]


@pytest.mark.parametrize(
    ("line", "left_out"),
    [
        ("  nhiem-vu-cchc-tong: 38\n", "Đã hoàn thành 21/38 nhiệm vụ"),
        ("  ho-so-truc-tuyen: 1486\n", "Tiếp nhận 1.925 hồ sơ"),
        ("  giai-quyet-dung-han: 318\n", "giải quyết 1.923 hồ sơ"),
    ],
)
def test_a_sentence_without_its_figure_is_left_out(
    line: str, left_out: str, tmp_path: Path
) -> None:
    content = tmp_path / "content"
    shutil.copytree(ROOT / "content", content, ignore=shutil.ignore_patterns("minh-chung"))
    path = content / "2025/bao-cao/q3.yaml"

    def body() -> str:
        composed = compose_report(load_workspace(content, 2025), "q3", TEMPLATES)
        return "\n".join(block.text for block in composed.document.body)

    assert left_out in body()
    path.write_text(path.read_text("utf-8").replace(line, ""), "utf-8")
    text = body()
    assert left_out not in text
    assert "chưa có số liệu" not in text


SENT = {"2025/tieu-chi.yaml": assessments.CRITERIA}


@pytest.mark.parametrize(
    ("old", "new", "gap"),
    [
        ("noi_nhan: [dang-uy]\n", "", "chưa có “Nơi nhận” (noi_nhan)"),
        ("to_chuc: [Các phòng tự chấm.]", "to_chuc: []", "chưa có “Tổ chức tự đánh giá” (to_chuc)"),
        ("tra_loi:\n", "", "chưa có “Trả lời” (tra_loi)"),
    ],
)
def test_self_assessment(old: str, new: str, gap: str, tmp_path: Path) -> None:
    text = assessments.HEAD.replace(old, new)
    if "tra_loi" in old:
        text += "tra_loi: {}\n"
    else:
        text += "".join(f"  {code}: {answer}\n" for code, answer in assessments.FULL.items())
    workspace = load_workspace(
        write_content(tmp_path, {**SENT, "2025/tu-danh-gia.yaml": text}), 2025
    )
    assert workspace.criteria is not None
    assert workspace.self_assessment is not None
    composed = compose_self_assessment(
        workspace, workspace.criteria, workspace.self_assessment, TEMPLATES
    )
    gaps = told(composed)
    assert "chưa có “Kính gửi” (kinh_gui)" in gaps
    assert gap in gaps
    assert sum("chưa trả lời: " in each for each in gaps) == (8 if "tra_loi" in old else 0)


@pytest.mark.parametrize(
    ("blocks", "gaps"),
    [
        ((heading("I.", "A", 1), paragraph("B."), heading("II.", "C", 1)), ["đề mục “II. C”"]),
        ((heading("I.", "A", 1), heading("1.", "B", 2), paragraph("C.")), []),
        (
            (heading("I.", "A", 1), heading("1.", "B", 2), heading("II.", "C", 1), paragraph("D.")),
            ["đề mục “1. B”"],
        ),
        ((paragraph("Bảng", StyleId.TABLE_TITLE), table(("STT", "Tên"))), ["đề mục “Bảng”"]),
        ((paragraph("Bảng", StyleId.TABLE_TITLE), table(("STT", "Tên"), ("1", "A"))), []),
        ((heading("I.", "A", 1), paragraph("./.", StyleId.AFTER_TABLE)), ["đề mục “I. A”"]),
    ],
)
def test_headings_with_nothing_below(
    blocks: tuple[Block, ...], gaps: list[str], tmp_path: Path
) -> None:
    """The same in the body and in annexes, whatever kind the document is of."""
    workspace = load_workspace(write_content(tmp_path, WHOLE), 2025)
    assert workspace.plan is not None
    (annex, *_) = SAMPLE.annexes
    for document in (
        sample(body=blocks, annexes=()),
        sample(annexes=(replace(annex, blocks=blocks),)),
    ):
        found = [gap.text for gap in find_gaps("plan", document, (workspace.plan,), workspace)]
        assert [text.partition(" chưa có nội dung")[0] for text in found] == gaps


def test_an_annex_with_nothing_in_it(tmp_path: Path) -> None:
    workspace = load_workspace(write_content(tmp_path, WHOLE), 2025)
    assert workspace.plan is not None
    (annex, *_) = SAMPLE.annexes
    document = sample(annexes=(replace(annex, blocks=(paragraph("./."),)),))
    (gap,) = find_gaps("plan", document, (workspace.plan,), workspace)
    assert gap.text == "Phụ lục I “BẢNG THỬ” chưa có nội dung"


def test_evidence_index_without_entries(tmp_path: Path) -> None:
    register = "ho_so: {so_ho_so: '01', tieu_de: A, don_vi_lap: van-hoa-xa-hoi, thoi_han: 10 năm}\n"
    changes = {**SENT, "2025/minh-chung.yaml": register}
    workspace = load_workspace(write_content(tmp_path, changes), 2025)
    assert workspace.evidence is not None
    composed = compose_evidence_index(workspace, workspace.evidence, None, TEMPLATES)
    assert told(composed) == ["chưa có “Tài liệu” (tai_lieu)"]
