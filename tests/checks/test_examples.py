"""Every rule tells exactly the words that its wrong example names, and nothing of its right one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from support import CONTENT, write_content
from vanban.checks.data import built_in_rows
from vanban.checks.form.engine import FormRule
from vanban.checks.registry import all_rules, known_ids
from vanban.checks.rules import Project, Rule, algorithms, hits_of
from vanban.checks.writing import plain_writing
from vanban.workspace.load import load_workspace
from vanban.workspace.models.rule_rows import Example

RULES = [
    pytest.param(rule, id=rule.id)
    for rule in all_rules()
    if not isinstance(rule, FormRule)  # those have tests that build Word files
]


BASE = {
    **CONTENT,
    "2025/tieu-chi.yaml": """\
ten: Bộ tiêu chí
tong_diem: 2
linh_vuc:
  - ma: 1
    ten: Chỉ đạo
    diem_toi_da: 2
    tieu_chi:
      - ma: 1.1
        ten: Kế hoạch
        diem_toi_da: 2
        thanh_phan:
          - {ma: 1.1.1, ten: Ban hành kế hoạch, diem_toi_da: 1, dien_giai: Có,
             cach_tinh: {loai: co_khong}}
          - {ma: 1.1.2, ten: Tỷ lệ hồ sơ nhận trực tuyến, diem_toi_da: 1, dien_giai: Tỷ lệ,
             cach_tinh: {loai: ty_le}, so_tai_lieu: 0}
""",
    "2025/tu-danh-gia.yaml": """\
nguoi_ky: chu-tich
to_chuc: [Tự đánh giá.]
tra_loi: {}
""",
}
"""What the keys of an example replace: the tiny content of the tests, and criteria to score."""


def told(rule: Rule, example: Example, folder: Path) -> list[str]:
    """Return the words that a rule tells of an example, its keys put into :data:`BASE`."""
    files = {} if isinstance(example, str) else example
    changes = {name: with_keys(BASE.get(name, ""), keys) for name, keys in files.items()}
    workspace = load_workspace(write_content(folder, {**BASE, **changes}))
    text = example if isinstance(example, str) else ""
    project = Project(workspace, (plain_writing(text, Path("vidu.txt"), workspace),))
    hits = list(hits_of(rule, project))
    unfilled = [hit for hit in hits if re.search(r"\{\w+\}", hit.message + hit.suggestion)]
    assert not unfilled, "a row has a name in braces that its function gives no words for"
    return [hit.at.excerpt for hit in hits]


def with_keys(text: str, keys: str) -> str:
    """Return a file of YAML with other values of its outermost keys, or further ones."""
    names = re.findall(r"^\w+(?=:)", keys, re.MULTILINE)
    kept = re.split(r"^(?=\w+:)", text, flags=re.MULTILINE)
    return "".join(part for part in kept if part.partition(":")[0] not in names) + keys + "\n"


@pytest.mark.parametrize("rule", RULES)
def test_the_words_that_an_example_names_are_hit_and_no_other(rule: Rule, tmp_path: Path) -> None:
    assert told(rule, rule.fails, tmp_path / "wrong") == list(rule.hit)
    right = rule.passes
    if not isinstance(right, str) and not isinstance(rule.fails, str):
        right = {**rule.fails, **right}  # files that are not named again stay as they were
    assert told(rule, right, tmp_path / "right") == []


def test_every_row_stands_in_the_file_of_its_group() -> None:
    for row in built_in_rows():
        assert row.at("id").file.stem == row.id.split("/")[0]


def test_every_function_is_named_by_a_row() -> None:
    all_rules()
    assert set(algorithms()) == {row.algorithm for row in built_in_rows() if row.algorithm}


def test_every_rule_of_text_and_form_has_a_known_id() -> None:
    assert known_ids() == {rule.id for rule in all_rules()}
