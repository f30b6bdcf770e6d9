"""Instructions in content files: what is taken out, what stands instead, what is told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from support import CONTENT, changed, write_content
from vanban.errors import ContentError
from vanban.provenance import Keys
from vanban.workspace.instructions import BLANK
from vanban.workspace.load import load_workspace
from vanban.workspace.source import Scalar
from vanban.workspace.workspace import Workspace

PLAN = "2025/ke-hoach.yaml"
AREA = "2025/linh-vuc/03-thu-tuc.yaml"
REPORT = "2025/bao-cao/q3.yaml"


def load(folder: Path, name: str, old: str, new: str) -> Workspace:
    return load_workspace(write_content(folder, changed(name, old, new)), 2025)


def told(workspace: Workspace) -> list[tuple[str, str, int]]:
    """Return key, words and line of each instruction of plan, areas and reports."""
    roots: tuple[Any, ...] = (workspace.plan, *workspace.areas, *workspace.reports.values())
    return [(each.key, each.text, each.place.line) for r in roots for each in r.instructions]


@pytest.mark.parametrize(
    ("name", "old", "new", "key"),
    [
        # the items of a list, in the three ways that a person types them
        (REPORT, "- Đề nghị tập huấn phần mềm.", '- "HƯỚNG DẪN: nêu a"', "kien_nghi"),
        (REPORT, "- Đề nghị tập huấn phần mềm.", "- HƯỚNG DẪN: nêu a", "kien_nghi"),
        (REPORT, "- Đề nghị tập huấn phần mềm.", "- >-\n    HƯỚNG DẪN:\n    nêu a", "kien_nghi"),
        (REPORT, "- Đề nghị tập huấn phần mềm.", '- {noi_dung: "HƯỚNG DẪN: nêu a"}', "kien_nghi"),
        (REPORT, "hs-truc-tiep: 311", 'hs-truc-tiep: "HƯỚNG DẪN: nêu a"', "so_lieu.hs-truc-tiep"),
        (
            REPORT,
            "{gia_tri: 0, ghi_chu: Không có}",
            '{gia_tri: "HƯỚNG DẪN: nêu a"}',
            "so_lieu.so-ky-luat.gia_tri",
        ),
        (
            REPORT,
            "ghi_chu: Không có",
            'ghi_chu: "HƯỚNG DẪN: nêu a"',
            "so_lieu.so-ky-luat.ghi_chu",
        ),
        (REPORT, "pham_vi: Số liệu từ ngày", 'pham_vi: "HƯỚNG DẪN: nêu a" #', "pham_vi"),
        (PLAN, "- {ma: md-01, noi_dung: Nâng", '- {ma: m, noi_dung: "HƯỚNG DẪN: nêu a"} #', ""),
        (PLAN, "mo_dau: Việc", 'mo_dau: "HƯỚNG DẪN: nêu a" #', "yeu_cau.mo_dau"),
        (PLAN, "can_cu:\n  - {mo_dau: Thực hiện", 'can_cu: "HƯỚNG DẪN: nêu a" #\n#', "can_cu"),
        (AREA, "ten: Cải cách thủ tục", 'ten: "HƯỚNG DẪN: nêu a" #', "ten"),
        (
            AREA,
            "{ma: hs-tl-truc-tuyen, muc: từ 60% trở lên}",
            '{ma: a, muc: "HƯỚNG DẪN: nêu a"}',
            "",
        ),
    ],
)
def test_an_instruction_is_no_content(
    name: str, old: str, new: str, key: str, tmp_path: Path
) -> None:
    workspace = load(tmp_path, name, old, new)
    ((found, words, line),) = told(workspace)
    assert words.split() == ["nêu", "a"]
    assert not key or found == key
    text = CONTENT[name].replace(old, new)
    assert "HƯỚNG" in " ".join(text.splitlines()[line - 1 : line + 1])
    for root in (workspace.plan, *workspace.areas, *workspace.reports.values()):
        assert "HƯỚNG DẪN" not in repr(root)


def test_what_stands_where_a_required_value_is_an_instruction(tmp_path: Path) -> None:
    workspace = load(tmp_path, PLAN, "ket_thuc: Trên đây", 'ket_thuc: "HƯỚNG DẪN: a" # Trên')
    assert workspace.plan is not None
    assert workspace.plan.closing == BLANK
    purposes = "muc_dich:\n  - {ma: md-01, noi_dung: Nâng cao chất lượng phục vụ người dân.}"
    workspace = load(tmp_path / "b", PLAN, purposes, 'muc_dich: "HƯỚNG DẪN: a"')
    assert workspace.plan is not None
    assert workspace.plan.purposes == ()


@pytest.mark.parametrize(
    ("name", "old", "new", "path"),
    [
        (PLAN, "ket_thuc: Trên đây", 'ket_thuc: "HƯỚNG DẪN: a" # Trên', ("ket_thuc",)),
        (REPORT, "pham_vi: Số liệu từ", 'pham_vi: "HƯỚNG DẪN: a" #', ("pham_vi",)),
        (AREA, "ten: Cải cách thủ tục", 'ten: "HƯỚNG DẪN: a" #', ("ten",)),
    ],
)
def test_what_stands_for_an_instruction_leads_to_its_value(
    name: str, old: str, new: str, path: Keys, tmp_path: Path
) -> None:
    workspace = load(tmp_path, name, old, new)
    assert workspace.plan is not None
    blanks = (
        workspace.plan.closing,
        workspace.reports["q3"].scope,
        *(area.name for area in workspace.areas),
    )
    (blank,) = (each for each in blanks if each == BLANK)
    assert isinstance(blank, Scalar) and blank.path == path


@pytest.mark.parametrize("text", ["Hướng dẫn: nộp hồ sơ", "Nêu rõ HƯỚNG DẪN: a", "HƯỚNG DẪN nộp"])
def test_other_words_are_content(text: str, tmp_path: Path) -> None:
    workspace = load(tmp_path, REPORT, "Đề nghị tập huấn phần mềm.", f'"{text}"')
    assert [item.text for item in workspace.reports["q3"].proposals] == [text]
    assert told(workspace) == []


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("nguoi_ky: chu-tich", 'nguoi_ky: "HƯỚNG DẪN: mã người ký"', "nguoi_ky: thiếu khóa này"),
        ("{mo_dau: Thực hiện, van_ban: cv-1747}", '{van_ban: "HƯỚNG DẪN: a", a: b}', ""),
    ],
)
def test_a_reference_cannot_be_left_open(old: str, new: str, words: str, tmp_path: Path) -> None:
    content = write_content(tmp_path, changed(PLAN, old, new))
    if not words:  # an item without its reference is gone
        workspace = load_workspace(content, 2025)
        assert workspace.plan is not None
        assert workspace.plan.bases == ()
        return
    with pytest.raises(ContentError, match=words):
        load_workspace(content, 2025)
