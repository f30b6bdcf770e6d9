"""An office's own rules in content/quy-tac: read as content, run with the others, tried."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from support import write_content
from vanban.checks.finding import Finding
from vanban.checks.rules import Project
from vanban.checks.run import run_rules
from vanban.checks.writing import plain_writing
from vanban.cli import main
from vanban.errors import ContentError
from vanban.workspace.load import load_workspace

ROOT = Path(__file__).parents[2]
RULES = (ROOT / "content/mau/quy-tac.yaml").read_text(encoding="utf-8")


def findings(folder: Path, rules: str, text: str, **files: str) -> list[Finding]:
    changes = {"quy-tac/van-phong.yaml": rules, **files}
    workspace = load_workspace(write_content(folder, changes))
    project = Project(workspace, (plain_writing(text, Path("a.txt"), workspace),))
    return [each for each in run_rules(project).findings if "van-phong" in each.rule]


def test_a_rule_of_the_office_is_run_with_the_others(tmp_path: Path) -> None:
    found = findings(tmp_path, RULES, "- Gửi dân cư; khu dân cư; tổ giúp việc Ban chỉ đạo.")
    assert [(each.rule, each.severity.value, each.message) for each in found] == [
        ("van-phong/ten-to", "warning", "“tổ giúp việc Ban chỉ đạo” viết chưa đúng"),
        ("van-phong/dan-cu", "info", "“dân cư” nên thay bằng “người dân”"),
    ]


def test_the_example_of_the_project_holds(tmp_path: Path) -> None:
    content = write_content(tmp_path, {"quy-tac/van-phong.yaml": RULES})
    result = CliRunner().invoke(main, ["rules", "--test", "--content", str(content)])
    assert (result.exit_code, "2 quy tắc của cơ quan: 0 chỗ không đúng" in result.output) == (
        0,
        True,
    )


@pytest.mark.parametrize(
    ("change", "line"),
    [
        (("bao_tai: [dân cư]", "bao_tai: [biết]"), "20:12: sai: van-phong/dan-cu: câu sai bị báo"),
        (("ma: van-phong/ten-to", "ma: van-phong/dan-cu"), "24:9: ma: mã “van-phong/dan-cu” đã có"),
        (("ma: van-phong/ten-to", "ma: chinh-ta/lap-tu"), "đã có ở chương trình — đặt mã khác"),
    ],
)
def test_rules_that_cannot_be_used_are_told(
    change: tuple[str, str], line: str, tmp_path: Path
) -> None:
    content = write_content(tmp_path, {"quy-tac/van-phong.yaml": RULES.replace(*change)})
    result = CliRunner().invoke(main, ["rules", "--test", "--content", str(content)])
    assert result.exit_code == 1
    assert line in result.output


def test_a_mistake_in_a_file_of_rules_is_told_like_any_other(tmp_path: Path) -> None:
    rules = RULES.replace("loai_can_cu: thông lệ", "loai_can_cu: thói quen")
    with pytest.raises(ContentError) as error:
        load_workspace(write_content(tmp_path, {"quy-tac/van-phong.yaml": rules}))
    (problem,) = error.value.problems
    assert str(problem).split("quy-tac/")[1].startswith("van-phong.yaml:14:18: loai_can_cu: ")


def test_findings_of_an_own_rule_can_be_accepted(tmp_path: Path) -> None:
    excuse = "chap_nhan:\n  - {quy_tac: van-phong/dan-cu, ly_do: Đã xem.}\n"
    content = write_content(tmp_path, {"quy-tac/van-phong.yaml": RULES, "soat-loi.yaml": excuse})
    project = Project(load_workspace(content), ())
    assert not [each for each in run_rules(project).findings if "khong-co" in each.rule]


def test_signs_of_expressions_in_plain_rows_are_text(tmp_path: Path) -> None:
    rules = RULES.replace("quần chúng nhân dân → Nhân dân", r"dân cư → \0 \1 \g<1> {0} %s")
    rules = rules.replace("      - {sai: dân cư, dung: người dân, tru: [khu, phố]}\n", "")
    rules = rules.replace("ở khu dân cư", "ở khu phố")
    content = write_content(tmp_path, {"quy-tac/van-phong.yaml": rules})
    result = CliRunner().invoke(main, ["rules", "--test", "--content", str(content)])
    assert (result.exit_code, result.exception) == (0, None), result.output


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("thay: [dân cư → dân cư]", "6:12: thay: “dân cư”: chữ đúng trùng với chữ sai"),
        ("di_lien: [{truoc: dân, sau: []}]", "chưa ghi chữ nào phải đi liền sau “dân”"),
    ],
)
def test_rows_that_say_nothing_are_located(row: str, message: str, tmp_path: Path) -> None:
    rules = (
        "quy_tac:\n  - ma: van-phong/a\n    ten: A\n    loai_can_cu: thông lệ\n    can_cu: B\n"
        f"    {row}\n    vi_du: {{sai: A., bao_tai: [A], dung: B.}}\n"
    )
    content = write_content(tmp_path, {"quy-tac/van-phong.yaml": rules})
    result = CliRunner().invoke(main, ["rules", "--test", "--content", str(content)])
    assert result.exit_code == 1
    assert message in result.output
