# ruff: noqa: E501 - tables of cases read best one case a line
"""Tests of vanban.exchange.assessment_import: a table becomes the set of the self-assessment."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from support import write_content
from vanban.app.import_criteria import import_set
from vanban.app.load import load_content
from vanban.cli import main
from vanban.errors import ContentError, MachineError
from vanban.exchange.assessment_import import import_assessment
from vanban.io.journal import Stamp
from vanban.io.lock import LOCK

TABLE = """\
# Bộ tiêu chí thử của thành phố; bảng gõ tay
Mã\tTên\tĐiểm tối đa\tLoại\tCách tính\tTài liệu
1\tChỉ đạo\t6\t\t\t
1.1\tKế hoạch\t6\t\t\t
1.1.1\tBan hành\t1,5\tbac\ttrong tháng 01: 1,5; muộn hơn: 0,5; không: 0\tKế hoạch
1.1.2\tHoàn thành\t2,5\tty_le\tb/a × 2,5; b/a < 0,80: 0\tBáo cáo
1.1.3\tBáo cáo\t1\ttru\tMỗi báo cáo thiếu/chậm: −0,5\t
1.1.4\tSáng kiến\t1\tbac\t≥ 2: 1; 1: 0,5; 0: 0\tQuyết định công nhận
2\tKết quả\t9\t\t\t
2.1\tHồ sơ\t9\t\t\t
2.1.1\tĐúng hạn\t6\tbac_ty_le\t100%: 6; 95% ≤ x < 100%: b/a × 6; < 95%: 0\t
2.1.2\tTrực tuyến\t2\tty_le\tb/a ÷ 0,70 × 2, tối đa 2\t
2.1.3\tCông khai\t1\tco_khong\tcó: 1; không: 0\t
"""


def given(folder: Path, text: str = TABLE) -> Path:
    path = folder / "bang.tsv"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_table_is_a_set_of_the_self_assessment(tmp_path: Path) -> None:
    imported = import_assessment(given(tmp_path))
    assert (imported.mistakes, imported.row_count) == ((), 7)
    content = write_content(tmp_path, {"2025/tieu-chi.yaml": imported.text})
    loaded = load_content(content, 2025)
    assert loaded.problems == ()
    assert loaded.workspace.criteria is not None
    assert loaded.workspace.criteria.name == "Bộ tiêu chí thử của thành phố"
    assert loaded.workspace.criteria.total == 15
    rules = {code: part.rule for code, part in loaded.workspace.sub_criteria.items()}
    assert [rule.kind.value for rule in rules.values()] == [
        *("bac", "ty_le", "tru", "bac_so", "bac_ty_le", "ty_le", "co_khong")
    ]
    assert [tier.points for tier in rules["2.1.1"].tiers] == [6, None]
    assert loaded.workspace.sub_criteria["1.1.1"].required == "Kế hoạch"


@pytest.mark.parametrize(
    ("old", "new", "place", "message"),
    [
        ("1.1\tKế hoạch\t6", "1.1\tKế hoạch\t5", ":4:3", "tiêu chí 1.1 ghi 5 điểm nhưng các dòng bên dưới cộng lại là 6"),
        ("1\tChỉ đạo\t6", "1\tChỉ đạo\t7", ":3:3", "lĩnh vực 1 ghi 7 điểm"),
        ("2.1\tHồ sơ\t9\t\t\t\n", "", ":9:3", "lĩnh vực 2 chưa có tiêu chí nào"),
        ("2.1\tHồ sơ\t9\t\t\t\n", "", ":10:3", "không có dòng 2.1 của 2.1.1"),
        ("có: 1; không: 0", "theo văn bản", ":13:5", "chưa hiểu cách tính “theo văn bản”"),
        ("2.1.3\t", "2.1.c\t", ":13:1", "viết 1, 1.1 hoặc 1.1.1"),
        ("2.1.3\t", "2.1.2\t", ":13:1", "đã dùng ở"),
        ("Công khai\t1\t", "Công khai\t1.0\t", ":13:3", "dùng dấu chấm"),
        ("Công khai\t1\t", "Công khai\t\t", ":13:3", "phải lớn hơn 0"),
        ("Công khai\t1\t", "\t1\t", ":13:2", "chưa có tên"),
    ],
)  # fmt: skip
def test_mistakes(tmp_path: Path, old: str, new: str, place: str, message: str) -> None:
    assert TABLE.count(old) == 1
    path = given(tmp_path, TABLE.replace(old, new))
    imported = import_assessment(path)
    found = [each for each in imported.mistakes if message in each.message]
    assert [str(each.place) for each in found] == [f"{path.name}{place}"], imported.mistakes
    assert imported.text == ""


def test_a_table_without_rows(tmp_path: Path) -> None:
    path = given(tmp_path, "".join(TABLE.splitlines(keepends=True)[:2]))
    assert "không có dòng tiêu chí nào" in import_assessment(path).mistakes[0].message
    with pytest.raises(ContentError, match="không thấy dòng tên cột"):
        import_assessment(given(tmp_path, "a\tb\n"))


def test_the_command_writes_with_apply_alone(tmp_path: Path) -> None:
    content = write_content(tmp_path, {})
    command = ["criteria", "import", str(given(tmp_path)), "--self-assessment"]
    where = ["--content", str(content)]
    shown = CliRunner().invoke(main, [*command, *where])
    target = content / "2025" / "tieu-chi.yaml"
    assert shown.exit_code == 0 and "--self-assessment --apply" in shown.output
    assert not target.exists()
    assert CliRunner().invoke(main, [*command, *where, "--apply"]).exit_code == 0
    assert target.read_text(encoding="utf-8").count("diem_toi_da") == 11
    again = given(tmp_path, TABLE.replace("Ban hành", "Ban hành kế hoạch"))
    refused = CliRunner().invoke(
        main, ["criteria", "import", str(again), *command[3:], *where, "--apply"]
    )
    assert refused.exit_code == 1 and "đã có tệp này" in refused.output
    assert CliRunner().invoke(main, ["undo", *where]).exit_code == 0
    assert not target.exists()


def test_who_only_looks_needs_no_lock(tmp_path: Path) -> None:
    content = write_content(tmp_path, {})
    (content / LOCK).mkdir()  # nobody can take it, as in a folder that is read-only
    seen = import_set(given(tmp_path), content, 2025, for_assessment=True)
    assert seen.before is None and "tieu_chi" in seen.imported.text
    with pytest.raises(MachineError, match="không ghi được"):
        stamp = Stamp(datetime(2025, 11, 27, tzinfo=UTC), "import")
        import_set(given(tmp_path), content, 2025, for_assessment=True, stamp=stamp)
