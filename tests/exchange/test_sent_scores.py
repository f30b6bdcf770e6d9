"""Wards of which only a file came: points, figures against the rule, whose it is, what is wrong."""

from __future__ import annotations

import json
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

import pytest

from appraisals import ROWS, run, write_city, write_table, write_ward
from assessments import CRITERIA, make_workspace
from vanban.app.appraise import score_ward
from vanban.city.appraisal import Risk, WardPoints
from vanban.errors import ContentError
from vanban.exchange.sent_scores import read_scores
from vanban.workspace.models.criteria import CriteriaSet
from vanban.workspace.wards import Ward


@pytest.fixture(scope="module")
def criteria(tmp_path_factory: pytest.TempPathFactory) -> CriteriaSet:
    found = make_workspace(tmp_path_factory.mktemp("set"), criteria=CRITERIA).criteria
    assert found is not None
    return found


def test_points_of_a_table(tmp_path: Path, criteria: CriteriaSet) -> None:
    ward = read_scores(write_table(tmp_path), criteria)
    assert (ward.name, ward.title) == ("phuong-tran-lieu", "Ủy ban nhân dân phường Trần Liễu")
    assert ward.sum().points == Decimal("14.07")
    assert {leaf.code: leaf.risks for leaf in ward.leaves if leaf.risks} == {
        "1.1.2": (Risk.NO_EVIDENCE,),
        "1.2.1": (Risk.EXPLAINED,),
    }


@pytest.mark.parametrize(
    ("code", "row", "risks"),
    [
        ("1.1.1", "Có\t2\tKhông\t2\t1.1.1-01\t", (Risk.CONTRADICTS,)),
        ("1.1.2", "Mức\t2\tĐủ\t0,5\t1.1.2-01\t", (Risk.CONTRADICTS,)),
        ("1.2.1", "Sàn\t2\t7/10\t1,4\t1.2.1-01\t", (Risk.CONTRADICTS,)),  # below 80 % it is 0
        ("2.1.1", "Mỗi việc\t2\t1\t1,5\t2.1.1-01\t", (Risk.CONTRADICTS,)),
        ("2.1.1", "Mỗi việc\t2\tnhiều\t1,5\t2.1.1-01\t", ()),  # not figures: nobody can say
        ("1.2.2", "Mục tiêu\t2\t0/0\tkhông áp dụng\t\tKhông phát sinh", ()),
        ("1.2.2", "Mục tiêu\t2\t\t–\t\t", (Risk.UNANSWERED,)),
    ],
)
def test_figures_are_compared_with_the_rule(
    tmp_path: Path, criteria: CriteriaSet, code: str, row: str, risks: tuple[Risk, ...]
) -> None:
    ward = read_scores(write_table(tmp_path, {code: row}), criteria)
    assert next(leaf for leaf in ward.leaves if leaf.code == code).risks == risks


@pytest.mark.parametrize(
    ("code", "row", "told"),
    [
        ("1.1.1", "Có\t2\tCó\t3\t\t", "bang.tsv:3:5: 1.1.1: điểm tự chấm 3 vượt điểm tối đa 2"),
        ("1.1.2", "Mức\t2\t\t1\t\t", "bang.tsv:4:5: 1.1.2: điểm tự chấm 1 không phải một mức"),
        ("1.1.1", "Có\t3\tCó\t2\t\t", "điểm tối đa ghi 3, bộ tiêu chí là 2"),
        ("1.1.1", "Có\t2\tCó\thai\t\t", "bang.tsv:3:5: 1.1.1: "),
        ("2.10.1", f"{ROWS['2.10.1']}\n1.1.1\t{ROWS['1.1.1']}", "bang.tsv:11:1: 1.1.1: mã này đã"),
    ],
)
def test_points_that_cannot_be_are_told_at_their_cell(
    tmp_path: Path, criteria: CriteriaSet, code: str, row: str, told: str
) -> None:
    with pytest.raises(ContentError) as error:
        read_scores(write_table(tmp_path, {code: row}), criteria)
    assert told in str(error.value)


def test_files_that_say_too_little(tmp_path: Path, criteria: CriteriaSet) -> None:
    for path, told in (
        (write_table(tmp_path, title="# Bảng điểm\n"), "không rõ bảng của đơn vị nào"),
        (tmp_path / "khong.xlsx", "không đọc được"),
        (tmp_path / "khong.json", "No such file"),
    ):
        with pytest.raises((ContentError, OSError)) as error:
            read_scores(path, criteria)
        assert told in str(error.value)


def test_a_description_leads_to_its_file_while_that_is_unchanged(
    tmp_path: Path, criteria: CriteriaSet
) -> None:
    path, described = write_table(tmp_path, title="# Bảng\n"), tmp_path / "bang.json"
    hashed = sha256(path.read_bytes()).hexdigest()
    facts = {
        "co_quan_ban_hanh": "Ủy ban nhân dân xã Lộc An",
        "trang_thai": "mẫu",
        "tep": [{"ten": "bang.tsv", "sha256": hashed}],
    }
    described.write_text(json.dumps(facts))
    ward = read_scores(described, criteria)
    assert (ward.name, ward.is_sample) == ("xa-loc-an", True)
    path.write_text(path.read_text().replace("1,94", "2"))
    with pytest.raises(ContentError, match="đã bị sửa sau khi dựng"):
        read_scores(described, criteria)


@pytest.mark.slow
def test_a_built_self_assessment_says_what_the_content_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, criteria: CriteriaSet
) -> None:
    monkeypatch.chdir(tmp_path)
    write_city()
    content = write_ward("a")
    (content.parent / "templates").symlink_to(Path("city/templates").resolve())
    built = run("build", "self-assessment", "--engine", "pages", content=content)
    assert built.exit_code == 0, built.output

    def said(ward: WardPoints) -> list[tuple[str, Decimal | None, bool]]:
        return [(leaf.code, leaf.points, leaf.left_out) for leaf in ward.leaves]

    sent = read_scores(content.parent / "build/2025/self-assessment.docx", criteria)
    own = score_ward(Ward("a", content), 2025)
    assert (sent.title, said(sent)) == (own.title, said(own))
