"""The specification of form: read with places, whole, and the one that the frame agrees with."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

import pytest

from documents import frame
from vanban.checks import form
from vanban.checks.data import read_data, read_with_places
from vanban.checks.form.engine import form_rules
from vanban.checks.form.measure import MEASURES
from vanban.checks.form.specification import Specification, components, specification
from vanban.errors import ContentError

NAME = "the-thuc.yaml"
TEXT = resources.files(form).joinpath(NAME).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("co_chu: 12–13", "co_chu: nhỏ", "“nhỏ” không phải là số"),
        ("kieu: [QuocHieu]", "kieu: [KhongCo]", "KhongCo"),
        ("phai: '^- '", "phai: '^(- '", "biểu thức không đọc được"),
        ("phai: '^- '", "cach_sua: xem lại", "ghi đúng một trong hai khóa"),
        ("loai_can_cu: thống nhất", "loai_can_cu: lệ", "lệ"),
        ("theo: co_chu", "theo: co_chư", "co_chư"),
        ("khia_canh: lời văn", "khia_can: lời văn", "khia_can"),
    ],
)
def test_mistakes_are_told_at_their_places(old: str, new: str, told: str, tmp_path: Path) -> None:
    file = tmp_path / NAME
    file.write_text(TEXT.replace(old, new, 1), encoding="utf-8")
    line = TEXT[: TEXT.index(old)].count("\n") + 1
    with pytest.raises(ContentError) as raised:
        read_data(Specification, file)
    assert any(
        told in problem.message and abs(problem.place.line - line) <= 1
        for problem in raised.value.problems
    )


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("o: [trước cuối], phai", "o: [giữa], phai", "không có dòng “giữa”"),
        ("do: so-dong", "do: so-cot", "không có phép đo “so-cot”"),
        ("thanh_phan: quoc-hieu", "thanh_phan: quoc-ca", "không có thành phần “quoc-ca”"),
        ("xet_tren: [so-phu-luc]", "xet_tren: [phu-bieu]", "không có thành phần “phu-bieu”"),
    ],
)
def test_names_of_what_does_not_exist_are_told(
    old: str, new: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / NAME
    file.write_text(TEXT.replace(old, new, 1), encoding="utf-8")
    changed = read_with_places(Specification, file)
    monkeypatch.setattr("vanban.checks.form.engine.specification", lambda: changed)
    with pytest.raises(ContentError, match=told) as raised:
        form_rules.__wrapped__()
    line = TEXT[: TEXT.index(old)].count("\n") + 1
    assert [problem.place.line for problem in raised.value.problems] == [line]


def test_every_measure_is_used() -> None:
    spec = specification()
    aspects = (*spec.appearance, *(each for row in spec.rows for each in row.aspects))
    assert {aspect.measure for aspect in aspects} == set(MEASURES)


def test_the_frame_prints_each_component_as_the_decree_says() -> None:
    styles = frame().styles
    wrong = [
        f"{component.id}: {name} {styles[name].size}"
        for component in components().values()
        for name in component.styles
        if component.sizes is not None and not component.sizes.holds(styles[name].size)
    ]
    assert wrong == []
