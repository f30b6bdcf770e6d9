"""What stays of another agency: names, words of level, units; in content, wording and messages."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from msgspec.structs import replace

from assessments import CRITERIA
from conftest import ROOT, TEMPLATES
from support import CONTENT, compose_all, load_checked, write_content
from vanban.app.catalogue import buildable
from vanban.checks.registry import all_rules
from vanban.checks.review import read_project
from vanban.checks.rules import Project, hits_of
from vanban.checks.writing import plain_writing
from vanban.cli import main
from vanban.workspace.load import load_workspace
from vanban.workspace.workspace import Workspace

WARD = {
    "co-quan.yaml": CONTENT["co-quan.yaml"].replace(
        "ky_hieu: UBND\n", "ky_hieu: UBND\ntinh_thanh: thành phố Hải Phòng\n"
    )
}
COMMUNE = {
    "co-quan.yaml": WARD["co-quan.yaml"]
    .replace("phường Trần Liễu", "xã Mường Khương")
    .replace("PHƯỜNG TRẦN LIỄU", "XÃ MƯỜNG KHƯƠNG")
    .replace("Phường Trần Liễu", "Mường Khương")
    .replace("thành phố Hải Phòng", "tỉnh Lào Cai"),
    "quy-tac/tu-ngu.yaml": "ten_rieng: [Ủy ban nhân dân xã Pha Long]\n",
}
OTHER_UNIT = {
    "co-quan.yaml": COMMUNE["co-quan.yaml"].replace("Phòng Văn hóa - Xã hội", "Phòng Kinh tế"),
}


def found(rule: str, text: str, changes: dict[str, str], folder: Path) -> list[tuple[str, str]]:
    """Return matter and words of what a rule finds in a document of this agency."""
    workspace: Workspace = load_workspace(write_content(folder, dict(changes)))
    writing = replace(plain_writing(text, Path("x"), workspace), year=2025)
    (wanted,) = (each for each in all_rules() if each.id == f"sao-chep/{rule}")
    hits = hits_of(wanted, Project(workspace, (writing,)))
    return [(hit.matter, hit.at.excerpt) for hit in hits]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("UBND phường Trần Liễu báo cáo.", ["phường Trần Liễu"]),
        ("KẾ HOẠCH CỦA PHƯỜNG TRẦN LIỄU NĂM 2025", ["PHƯỜNG TRẦN LIỄU"]),
        ("Trang thông tin điện tử phường Trần Liễu.", ["phường Trần Liễu"]),
        ("UBND phường Trần Liễu; nhân dân Trần Liễu.", ["phường Trần Liễu", "Trần Liễu"]),
        (
            "Báo cáo Sở Nội vụ thành phố Hải Phòng; TP. Hải Phòng.",
            ["thành phố Hải Phòng", "TP. Hải Phòng"],
        ),
        (
            "Đặc khu Cát Hải, xã Bản Lầu và thị trấn Sa Pa.",
            ["Đặc khu Cát Hải", "xã Bản Lầu", "thị trấn Sa Pa"],
        ),
        ("Phối hợp với tỉnh Yên Bái.", ["tỉnh Yên Bái"]),
        ("Đảng ủy xã Đưng K'Nớ.", ["xã Đưng K'Nớ"]),
    ],
)
def test_names_of_others(tmp_path: Path, text: str, names: list[str]) -> None:
    assert [words for _, words in found("noi-khac", text, COMMUNE, tmp_path)] == names


@pytest.mark.parametrize(
    "text",
    [
        "UBND xã Mường Khương; UỶ BAN NHÂN DÂN XÃ MƯỜNG KHƯƠNG; tỉnh Lào Cai.",
        "Phối hợp với UBND xã Pha Long.",
        "Hồ sơ của xã Bản Lầu trước sắp xếp; thị trấn Sa Pa cũ; huyện Sa Pa trước đây.",
        "Học tập kinh nghiệm của phường Sa Pa, tỉnh Quảng Ninh.",
        "Công văn số 9/UBND-NC ngày 01/7/2025 của UBND thành phố Hải Phòng về xã An Hòa.",
        "Phòng Văn hóa - Xã hội, mạng xã hội; XÃ HỘI; TỈNH ỦY; Huyện ủy; các xã, phường.",
        "Lãnh đạo UBND xã Chủ tịch ký; công an xã, quân sự xã.",
        "Thôn Sa Pả; xã giao nhiệm vụ; thành phố thông minh.",
    ],
)
def test_names_that_may_stand(tmp_path: Path, text: str) -> None:
    assert found("noi-khac", text, COMMUNE, tmp_path) == []


def test_one_name_is_one_matter(tmp_path: Path) -> None:
    text = "UBND phường Trần Liễu.\nPHƯỜNG TRẦN LIỄU\nNhân dân Trần Liễu; UBND xã An Bình."
    matters = {matter for matter, _ in found("noi-khac", text, COMMUNE, tmp_path)}
    assert matters == {"trần liễu", "an bình"}


def test_what_the_agency_itself_left_behind(tmp_path: Path) -> None:
    """A short name, a unit or a recipient that still names the former ward is no known name."""
    stale = COMMUNE["co-quan.yaml"]
    stale = stale.replace("ten_ngan: UBND xã Mường Khương", "ten_ngan: UBND phường Trần Liễu")
    stale = stale.replace("tỉnh Lào Cai}", "thành phố Hải Phòng}")
    text = "UBND phường Trần Liễu báo cáo.\nKính gửi: Ủy ban nhân dân thành phố Hải Phòng"
    names = [words for _, words in found("noi-khac", text, {"co-quan.yaml": stale}, tmp_path)]
    assert names == ["phường Trần Liễu", "thành phố Hải Phòng"]


def test_where_figures_are_from_is_read_though_not_printed(tmp_path: Path) -> None:
    changes = {
        **COMMUNE,
        "2025/tieu-chi.yaml": CRITERIA,
        "2025/tu-danh-gia.yaml": "nguoi_ky: chu-tich\nto_chuc: [Xã tự chấm.]\ntra_loi:\n"
        "  1.1.1: {da_dat: 1, tong_so: 1, nguon: Sổ theo dõi của phường Trần Liễu}\n",
    }
    assert found("noi-khac", "Xã họp.", changes, tmp_path) == [("trần liễu", "phường Trần Liễu")]


def test_a_foreign_word_file_may_name_others(tmp_path: Path) -> None:
    workspace = load_workspace(write_content(tmp_path, dict(COMMUNE)))
    (rule,) = (each for each in all_rules() if each.id == "sao-chep/noi-khac")
    text = "Mời đại biểu phường Sa Pa.\nUBND phường Cam Đường tổ chức."
    writing = plain_writing(text, Path("x.docx"), workspace)
    words = [hit.at.excerpt for hit in hits_of(rule, Project(None, (writing,)))]
    assert words == ["phường Cam Đường"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Lãnh đạo phường đã đối thoại với người dân.", ["phường"]),
        ("Thuộc thẩm quyền giải quyết của phường; UBND phường họp.", ["phường", "phường"]),
        ("Nhiệm vụ Ủy ban nhân dân thành phố giao.", ["thành phố"]),
        ("Đề nghị hướng dẫn cho cấp phường.", ["phường"]),
        ("NHIỆM VỤ CỦA PHƯỜNG", ["PHƯỜNG"]),
        ("Ủy ban nhân dân đặc khu.", ["đặc khu"]),
        ("Lãnh đạo xã; UBND tỉnh; các xã, phường; xã, phường, đặc khu; các phường bạn.", []),
        ("Tài liệu của phường trước khi sắp xếp; phường Sa Pa.", []),
        ("Các tỉnh, thành phố; thành phố trực thuộc trung ương; thành phố thông minh.", []),
        ("Mạng xã hội; hợp tác xã; cấp xã.", []),
        ("Công văn số 9/UBND ngày 01/7/2025 của Sở Nội vụ về chỉ số của thành phố và phường.", []),
    ],
)
def test_words_of_another_level(tmp_path: Path, text: str, words: list[str]) -> None:
    assert [each for _, each in found("cap-khac", text, COMMUNE, tmp_path)] == words


def test_words_of_the_own_level_stand(tmp_path: Path) -> None:
    text = "Lãnh đạo phường; UBND thành phố; cấp xã; mạng xã hội; các xã, phường."
    assert found("cap-khac", text, WARD, tmp_path) == []
    text = "Lãnh đạo phường; UBND xã."
    department = {
        "co-quan.yaml": WARD["co-quan.yaml"].replace(
            "ten: Ủy ban nhân dân phường Trần Liễu", "ten: Sở Nội vụ thành phố Hải Phòng"
        )
    }
    assert found("cap-khac", text, department, tmp_path / "so") == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Giao Phòng Văn hóa - Xã hội chủ trì.", ["Phòng Văn hóa - Xã hội"]),
        ("Giao Phòng Kinh tế, Hạ tầng và Đô thị chủ trì.", ["Phòng Kinh tế, Hạ tầng và Đô thị"]),
        ("Giao Phòng Nội vụ chủ trì.", ["Phòng Nội vụ"]),
        ("Giao Phòng Kinh tế, Trung tâm Phục vụ hành chính công; các phòng.", []),
        ("Trung tâm Phục vụ HCC; Phòng, chống tham nhũng; Phòng chống dịch; phòng họp.", []),
        ("Phòng Cải cách hành chính, Sở Nội vụ; Phòng Nội vụ huyện trước đây.", []),
        ("Phòng Cải cách hành chính Sở Nội vụ hướng dẫn.", []),
    ],
)
def test_units_of_others(tmp_path: Path, text: str, words: list[str]) -> None:
    assert [each for _, each in found("don-vi-khac", text, OTHER_UNIT, tmp_path)] == words


@pytest.mark.parametrize(
    ("name", "noun"),
    [
        ("Ủy ban nhân dân phường Trần Liễu", "phường"),
        ("Ủy ban nhân dân xã Mường Khương", "xã"),
        ("Ủy ban nhân dân đặc khu Cát Hải", "đặc khu"),
        ("Ủy ban nhân dân thành phố Hải Phòng", "thành phố"),
        ("UBND tỉnh Lào Cai", "tỉnh"),
        ("Sở Nội vụ tỉnh Lào Cai", "sở"),
        ("Trường Tiểu học Hòa Bình", "trường"),
        ("Kho bạc Nhà nước khu vực III", "cơ quan"),
    ],
)
def test_what_an_agency_is_called(tmp_path: Path, name: str, noun: str) -> None:
    agency = WARD["co-quan.yaml"].replace("Ủy ban nhân dân phường Trần Liễu", name)
    workspace = load_workspace(write_content(tmp_path, {"co-quan.yaml": agency}))
    assert workspace.agency.common_noun == noun


# --- everything, for a commune of another province ----------------------------------------------

FORMER = ("phường", "trần liễu", "hải phòng", "thành phố")
"""No word of a commune of a province that is no city."""


def as_commune(text: str) -> str:
    """Return content of the ward as a commune of a province would have written it."""
    for old, new in (
        ("xã, phường", "xã"),
        ("Phường Trần Liễu hoạt động", "Xã Mường Khương hoạt động"),
        ("Phường Trần Liễu", "Mường Khương"),
        ("PHƯỜNG TRẦN LIỄU", "XÃ MƯỜNG KHƯƠNG"),
        ("Trần Liễu", "Mường Khương"),
        ("Phòng Kinh tế, Hạ tầng và Đô thị", "Phòng Kinh tế"),
        ("Hải Phòng", "Lào Cai"),
        ("thành phố", "tỉnh"),
        ("Thành phố", "Tỉnh"),
        ("phường", "xã"),
        ("Phường", "Xã"),
    ):
        text = re.sub(old.replace(" ", r"\s+"), new, text)
    return text


@pytest.fixture(scope="module")
def commune(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("commune")
    shutil.copytree(ROOT / "content", folder / "content")
    shutil.copytree(TEMPLATES, folder / "templates")
    for path in (folder / "content").rglob("*.yaml"):
        text = as_commune(path.read_text("utf-8")).replace("xa_ban_hanh", "phuong_ban_hanh")
        path.write_text(text, "utf-8")
    return folder


def texts_of(content: Path) -> Iterator[tuple[str, str]]:
    """Yield every line that the documents of a content folder print, their sheets and gaps."""
    workspace = load_checked(content, 2025)
    for item in compose_all(buildable(workspace), workspace, TEMPLATES):
        project = read_project(workspace, (item,))
        (writing,) = project.writings
        yield item.document.id, "\n".join(passage.text for passage in writing.passages)
        told = (*map(str, item.missing), *item.blanks, *item.warnings)
        yield f"{item.document.id}, thiếu", "\n".join(told)
        for sheet in item.sheets:
            cells = (cell for row in sheet.rows for cell in row.cells)
            lines = (*sheet.head, *(each.name for each in sheet.columns), *cells)
            yield sheet.name, "\n".join(map(str, lines))


@pytest.mark.slow
def test_nothing_composed_or_said_for_a_commune_speaks_of_the_ward(
    commune: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(commune)
    said = []
    for arguments in (["check"], ["list"], ["evidence", "status"], ["--help"]):
        result = CliRunner().invoke(main, arguments)
        assert result.exit_code in (0, 1), result.output
        said.append((" ".join(arguments), result.output))
    texts = list(texts_of(commune / "content"))
    assert {"plan", "report-q3", "self-assessment", "Phụ lục I"} <= {name for name, _ in texts}
    for name, text in (*texts, *said):
        for word in FORMER:
            assert word not in text.lower(), f"{name}: {_around(text, word)}"


def _around(text: str, word: str) -> str:
    start = text.lower().index(word)
    return text[max(0, start - 120) : start + 60]


def test_rules_give_no_advice_to_a_ward(tmp_path: Path) -> None:
    """Every rule is run on its own failing example, for the commune."""
    workspace = load_workspace(write_content(tmp_path, dict(COMMUNE)))
    for rule in all_rules():
        if not isinstance(rule.fails, str):
            continue
        text = rule.fails.replace("phường", "xã").replace("Phường", "Xã")
        writing = plain_writing(text.replace("PHƯỜNG", "XÃ"), Path("x"), workspace)
        for hit in hits_of(rule, Project(workspace, (writing,))):
            advice = hit.message.replace(hit.at.excerpt, "") + hit.suggestion + rule.clause
            for general in GENERAL:
                advice = advice.replace(general, "")
            assert "phường" not in advice, f"{rule.id}: {advice}"


GENERAL = ("xã, phường, đặc khu", "xã, phường")
"""Words for all communes together."""
